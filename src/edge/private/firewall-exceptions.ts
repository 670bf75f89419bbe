import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Unplaced, visibility } from './firewall-rules';
import { labelOf } from './managed-rules';
import { FirewallException } from '../firewall-exception';

/** A rule of a group, with the exceptions that it has, by their place. */
interface ExceptedRule {
  readonly group: string;
  readonly rule: string;
  readonly exceptions: number[];
}

/** The rules of a group that count, since what they match is blocked later, but for where it is right. */
export function exceptedOf(group: string, exceptions: FirewallException[]): string[] {
  return exceptions.flatMap(({ rules }) => rules[group] ?? []);
}

/** Before the groups: which requests ask for the path of an exception. */
export function pathRules(exceptions: FirewallException[]): Unplaced[] {
  return exceptions.map(({ paths }, at) => ({
    name: nameOf(at),
    action: { count: {} },
    ruleLabels: [{ name: nameOf(at) }],
    statement: anyOf(paths.map(beginningWith)),
    visibilityConfig: visibility(nameOf(at)),
  }));
}

/** After the groups: what their rules matched is blocked where there is no exception, or counted while all of them only count. */
export function blockRules(exceptions: FirewallException[], countMode: boolean): Unplaced[] {
  return excepted(exceptions).map(({ group, rule, exceptions: places }) => ({
    name: `${rule}-Elsewhere`,
    action: countMode ? { count: {} } : { block: {} },
    statement: {
      andStatement: {
        statements: [labelled(labelOf(group, rule)), { notStatement: { statement: anyOf(places.map(at => labelled(nameOf(at)))) } }],
      },
    },
    visibilityConfig: visibility(`${rule}-Elsewhere`),
  }));
}

/** Each rule once, however many exceptions name it. */
function excepted(exceptions: FirewallException[]): ExceptedRule[] {
  const found = new Map<string, ExceptedRule>();
  exceptions.forEach(({ rules }, at) => Object.entries(rules).forEach(([group, names]) => new Set(names).forEach(rule => {
    const key = `${group}/${rule}`;
    found.set(key, { group, rule, exceptions: [...found.get(key)?.exceptions ?? [], at] });
  })));
  return [...found.values()];
}

/** Of the path as the application will read it: `/wp-admin/../login` is another page. */
function beginningWith(path: string): CfnWebACL.StatementProperty {
  return {
    byteMatchStatement: {
      fieldToMatch: { uriPath: {} },
      positionalConstraint: 'STARTS_WITH',
      searchString: path,
      textTransformations: ['URL_DECODE', 'NORMALIZE_PATH'].map((type, priority) => ({ priority, type })),
    },
  };
}

function anyOf([first, ...others]: CfnWebACL.StatementProperty[]): CfnWebACL.StatementProperty {
  return others.length === 0 ? first : { orStatement: { statements: [first, ...others] } };
}

function labelled(key: string): CfnWebACL.StatementProperty {
  return { labelMatchStatement: { scope: 'LABEL', key } };
}

/** Of the rule, and of the label that it gives. */
function nameOf(at: number): string {
  return `Exception${at + 1}`;
}
