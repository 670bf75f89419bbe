import { Token } from 'aws-cdk-lib';

/** Says which of the given texts do not match the pattern, and how to mend them. */
export function noneOf(prop: string, given: string[], pattern: RegExp, mend: string): string | undefined {
  const wrong = given.filter(each => !Token.isUnresolved(each) && !pattern.test(each));
  return wrong.length === 0 ? undefined : `'${prop}' must not hold ${wrong.map(each => JSON.stringify(each)).join(', ')}: ${mend}`;
}
