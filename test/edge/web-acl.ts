/** A web ACL's rule, as in the template. */
export interface AclRule {
  readonly Name: string;
  readonly Priority: number;
  readonly Action?: { readonly Block?: object; readonly Allow?: object; readonly Count?: object };
  readonly OverrideAction?: { readonly Count?: object };
  readonly RuleLabels?: { readonly Name: string }[];
  readonly Statement: Statement;
}

interface Statement {
  readonly AndStatement?: { readonly Statements: Statement[] };
  readonly OrStatement?: { readonly Statements: Statement[] };
  readonly NotStatement?: { readonly Statement: Statement };
  readonly LabelMatchStatement?: { readonly Scope: string; readonly Key: string };
  readonly ByteMatchStatement?: ByteMatch;
  readonly RateBasedStatement?: { readonly Limit: number };
  readonly ManagedRuleGroupStatement?: ManagedGroup;
}

interface ByteMatch {
  readonly SearchString: string;
  readonly PositionalConstraint: string;
  readonly TextTransformations: { readonly Type: string }[];
}

interface ManagedGroup {
  readonly Name: string;
  readonly RuleActionOverrides?: { readonly Name: string; readonly ActionToUse: { readonly Count?: object } }[];
}

/** A rule of a managed group that a request matches, with the label that AWS documents for it. */
export interface Match {
  readonly group: string;
  readonly rule: string;
  readonly label: string;
}

/**
 * The rule that blocks a request, evaluated as AWS documents it: by priority, labels given on the way, a group ended by its first
 * rule that blocks. No address is above its limit.
 */
export function blockedBy(rules: AclRule[], path: string, matches: Match[]): string | undefined {
  const labels = new Set<string>();
  for (const { Name, Action, OverrideAction, RuleLabels = [], Statement: statement } of [...rules].sort((a, b) => a.Priority - b.Priority)) {
    if (statement.ManagedRuleGroupStatement !== undefined) {
      const rule = ofGroup(statement.ManagedRuleGroupStatement, matches, labels);
      if (rule !== undefined && OverrideAction?.Count === undefined) return rule;
    } else if (holds(statement, path, labels)) {
      RuleLabels.forEach(label => labels.add(label.Name));
      if (Action?.Block !== undefined) return Name;
      if (Action?.Allow !== undefined) return undefined;
    }
  }
  return undefined;
}

function ofGroup({ Name, RuleActionOverrides = [] }: ManagedGroup, matches: Match[], labels: Set<string>): string | undefined {
  for (const { rule, label } of matches.filter(({ group }) => group === Name)) {
    labels.add(label);
    if (!RuleActionOverrides.some(each => each.Name === rule && each.ActionToUse.Count !== undefined)) return rule;
  }
  return undefined;
}

function holds(statement: Statement, path: string, labels: Set<string>): boolean {
  const { AndStatement, OrStatement, NotStatement, LabelMatchStatement, ByteMatchStatement, RateBasedStatement } = statement;
  if (AndStatement !== undefined) return AndStatement.Statements.every(each => holds(each, path, labels));
  if (OrStatement !== undefined) return OrStatement.Statements.some(each => holds(each, path, labels));
  if (NotStatement !== undefined) return !holds(NotStatement.Statement, path, labels);
  if (LabelMatchStatement?.Scope === 'LABEL') return labels.has(LabelMatchStatement.Key);
  if (ByteMatchStatement?.PositionalConstraint === 'STARTS_WITH') {
    const read = ByteMatchStatement.TextTransformations.reduce((text, { Type }) => transformed(text, Type), path);
    return read.startsWith(ByteMatchStatement.SearchString);
  }
  if (RateBasedStatement !== undefined) return false;
  throw new Error(`a statement that is not evaluated here: ${JSON.stringify(statement)}`);
}

function transformed(text: string, type: string): string {
  if (type === 'NONE') return text;
  if (type === 'URL_DECODE') return decodeURIComponent(text);
  if (type === 'NORMALIZE_PATH') return new URL(text, 'http://host').pathname;
  throw new Error(`a transformation that is not known here: ${type}`);
}
