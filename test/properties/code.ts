import fc from 'fast-check';

/** Source text of a value: what fails is read, and pasted into a test, as it is. */
export type Code = fc.Arbitrary<string>;

/** Of so many values one is odd: about half of the sets have none. */
const ODD = 120;

/** Values as people give them, the simplest first, and now and then an odd one, which may be well or refused. */
export function some(usual: string[], odd: string[]): Code {
  return fc.oneof({ withCrossShrink: true },
    { weight: ODD, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: fc.constantFrom(...odd) });
}

/** An object with some of these members, and with each of the required ones; the members of one whose name is dots are its own. */
export function struct<Members extends { readonly [name: string]: Code }>(members: Members, ...requiredKeys: (keyof Members & string)[]): Code {
  return fc.record<{ [name: string]: string }>(members, { requiredKeys })
    .map(given => `{${Object.entries(given).map(([name, value]) => name.startsWith('...') ? ` ...${value}` : ` ${name}: ${value}`).join(',')} }`);
}

/** A call of a function with these arguments. */
export function call(name: string, ...args: Code[]): Code {
  return fc.tuple(...args).map(given => `${name}(${given.join(', ')})`);
}

/** A list of a few of these, each once. */
export function list(of: Code, lengths: { readonly minLength?: number; readonly maxLength?: number } = {}): Code {
  return fc.uniqueArray(of, { maxLength: 3, ...lengths }).map(given => `[${given.join(', ')}]`);
}

/** One of these, the simplest first. */
export function either(...all: Code[]): Code {
  return fc.oneof({ withCrossShrink: true }, ...all);
}

export const numbers = (...usual: string[]) => some(usual, ['NaN', 'Infinity', '-1', '0', '0.5', '1e12', 'number()']);
export const texts = (...usual: string[]) => some(usual, ['""', '" "', '"ü注"', '"a".repeat(300)', '"a<b>&\\n"', '"$1"', 'text()', '`a${text()}`']);
export const booleans = some(['false', 'true'], ['true']);
export const durations = (...usual: string[]) => some(usual.map(each => `Duration.${each}`), [
  'Duration.seconds(0)', 'Duration.millis(1500)', 'Duration.hours(25)', 'Duration.days(NaN)', 'Duration.days(Infinity)', 'Duration.days(10000)', 'Duration.seconds(number())',
  'Duration.minutes(number())', 'Duration.days(number())',
]);
export const sizes = (...usual: string[]) => some(usual.map(each => `Size.${each}`), [
  'Size.bytes(1)', 'Size.kibibytes(1.5)', 'Size.mebibytes(0)', 'Size.gibibytes(NaN)', 'Size.gibibytes(Infinity)', 'Size.gibibytes(100000)', 'Size.mebibytes(number())',
  'Size.gibibytes(number())',
]);
/** Types of instances. */
export const instanceTypes = (...usual: string[]) => some(usual.map(type => `new InstanceType("${type}")`), [
  'new InstanceType("large")', 'new InstanceType("")', 'new InstanceType("x9z.enormous")', 'new InstanceType("t3.micro")', 'new InstanceType(text())',
]);
/** Settings of PHP. */
export const settings = fc.dictionary(
  fc.constantFrom('max_input_vars', '"date.timezone"'), some(['"3000"', '"UTC"'], ['""', '"a\\nb"', 'text()', '"x".repeat(2000)', '"\\"a\\""']), { maxKeys: 2 },
).map(given => `{${Object.entries(given).map(([name, value]) => ` ${name}: ${value}`).join(',')} }`);
/** A map of names to texts. */
export const variables = fc.dictionary(
  some(['APP_MODE', 'LEVEL', 'DB_HOST'], ['', '1ST', 'A-B', 'Ä', 'A'.repeat(300)]),
  some(['"live"', '""', '"a b\'c\\"$x"', 'text()'], ['undefined', 'null', '1', '"x".repeat(5000)', '"\\n"', 'Aws.REGION']), { maxKeys: 3 },
).map(given => `{${Object.entries(given).map(([name, value]) => ` ${JSON.stringify(name)}: ${value}`).join(',')} }`);
