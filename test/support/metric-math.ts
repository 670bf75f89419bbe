/** A value at one point in time; nothing where data is missing. */
export type Value = number | undefined;

/** What the names in an expression stand for. */
export type Lookup = (id: string) => Value;

const TOKEN = /\s*(\d+(?:\.\d+)?|[A-Za-z_]\w*|>=|<=|==|!=|&&|\|\||[-+*/<>()[\],])/y;
/** From what binds least to what binds most. */
const OPERATORS: { readonly [operator: string]: (a: number, b: number) => Value }[] = [
  { 'OR': (a, b) => Number(a !== 0 || b !== 0), '||': (a, b) => Number(a !== 0 || b !== 0) },
  { 'AND': (a, b) => Number(a !== 0 && b !== 0), '&&': (a, b) => Number(a !== 0 && b !== 0) },
  {
    '>=': (a, b) => Number(a >= b),
    '<=': (a, b) => Number(a <= b),
    '>': (a, b) => Number(a > b),
    '<': (a, b) => Number(a < b),
    '==': (a, b) => Number(a === b),
    '!=': (a, b) => Number(a !== b),
  },
  { '+': (a, b) => a + b, '-': (a, b) => a - b },
  // CloudWatch leaves out what is divided by zero.
  { '*': (a, b) => a * b, '/': (a, b) => b === 0 ? undefined : a / b },
];

/** The functions of metric math that alarms use here; a list in brackets arrives as its values. */
const FUNCTIONS: { readonly [name: string]: (...args: Value[]) => Value } = {
  IF: (condition, yes, no) => condition === undefined ? undefined : condition === 0 ? no : yes,
  FILL: (value, instead) => value ?? instead,
  MAX: (...values) => extreme(Math.max, values),
  MIN: (...values) => extreme(Math.min, values),
  SUM: (...values) => values.reduce<number>((sum, value) => sum + (value ?? 0), 0),
};

function extreme(of: (...values: number[]) => number, values: Value[]): Value {
  const there = values.filter(value => value !== undefined);
  return there.length === 0 ? undefined : of(...there);
}

/** What an expression of CloudWatch's metric math gives at one point in time, read once. Throws at what it does not know. */
export function compileMath(expression: string): (lookup: Lookup) => Value {
  return new Parser(expression).all();
}

type Node = (lookup: Lookup) => Value;

class Parser {
  private readonly tokens: string[];
  private at = 0;

  constructor(private readonly text: string) {
    this.tokens = tokensOf(text);
  }

  public all(): Node {
    const result = this.operation(0);
    if (this.at < this.tokens.length) throw new Error(`'${this.tokens[this.at]}' is not expected in ${this.text}`);
    return result;
  }

  private operation(level: number): Node {
    if (level === OPERATORS.length) return this.operand();
    let node = this.operation(level + 1);
    while (this.tokens[this.at] in OPERATORS[level]) node = both(node, OPERATORS[level][this.next()], this.operation(level + 1));
    return node;
  }

  private operand(): Node {
    const token = this.next();
    if (/^\d/.test(token)) return () => Number(token);
    if (token === '-') return both(() => 0, OPERATORS[3]['-'], this.operand());
    if (token === '(') return this.listUpTo(')')[0];
    if (!/^[A-Z]/.test(token)) return lookup => lookup(token);
    if (!(token in FUNCTIONS) || this.next() !== '(') throw new Error(`'${token}' is not known, in ${this.text}`);
    const args = this.listUpTo(')');
    return lookup => FUNCTIONS[token](...args.map(arg => arg(lookup)));
  }

  private listUpTo(end: string): Node[] {
    const nodes: Node[] = [];
    do {
      if (this.tokens[this.at] === '[') {
        this.next();
        nodes.push(...this.listUpTo(']'));
      } else {
        nodes.push(this.operation(0));
      }
    } while (this.tokens[this.at] === ',' && this.next() === ',');
    if (this.next() !== end) throw new Error(`'${end}' is missing in ${this.text}`);
    return nodes;
  }

  private next(): string {
    if (this.at === this.tokens.length) throw new Error(`${this.text} ends too soon`);
    return this.tokens[this.at++];
  }
}

/** Nothing where either side is missing, as in CloudWatch. */
function both(one: Node, operator: (a: number, b: number) => Value, other: Node): Node {
  return lookup => {
    const [left, right] = [one(lookup), other(lookup)];
    return left === undefined || right === undefined ? undefined : operator(left, right);
  };
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw new Error(`'${text.slice(from)}' cannot be read, in ${text}`);
    tokens.push(match[1]);
  }
  return tokens;
}
