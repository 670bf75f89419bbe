import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';

/** Something that a pack found at a resource. */
export interface Finding {
  /** The rule without its pack: the HIPAA, NIST and PCI packs share theirs. */
  readonly rule: string;
  readonly path: string;
}

/** A rule that the library acknowledges, for a construct and what is below it. */
export interface Acknowledgment extends Finding {
  readonly reason: string;
}

const PACKS = [AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks];
const PACK_RULE = /^(AwsSolutions|HIPAA\.Security|NIST\.800\.53\.R5|PCI\.DSS\.321)-/;
const SHARED_PACKS = /^(HIPAA\.Security|NIST\.800\.53\.R5|PCI\.DSS\.321)-/;

/** What the packs find and nobody acknowledged. */
export function unacknowledged(app: App): Finding[] {
  return PACKS.flatMap(Pack => validate(new Pack(app), app));
}

/** What the packs find when no acknowledgment counts. */
export function allFindings(app: App): Finding[] {
  // The packs keep the look-up of acknowledgments to themselves: answering "no" is the only way to see what they hide.
  return PACKS.flatMap(Pack => validate(Object.assign(new Pack(app), { isAcknowledged: () => false }), app));
}

function validate(pack: InstanceType<typeof PACKS[number]>, app: App): Finding[] {
  return pack.validateScope(app).violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ constructPath }) => ({ rule: ruleName.replace(SHARED_PACKS, ''), path: constructPath! })));
}

/** What the library acknowledges, as the constructs carry it. */
export function acknowledgments(app: App): Acknowledgment[] {
  return app.node.findAll().flatMap(({ node }) => node.metadata
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.entries(data as { [id: string]: string }))
    .map(([id, reason]) => ({ id: id.replace(/^annotation::/i, ''), reason }))
    // Newer releases of CDK acknowledge rules of their own validator by the same means.
    .filter(({ id }) => PACK_RULE.test(id))
    .map(({ id, reason }) => ({ rule: id.replace(SHARED_PACKS, ''), path: node.path, reason })));
}

/** Acknowledgments of what no pack finds in any of the apps. */
export function needless(apps: App[]): string[] {
  const needed = new Set<string>();
  const all = new Set<string>();
  for (const app of apps) {
    const found = allFindings(app);
    for (const { rule, path } of acknowledgments(app)) {
      const key = `${rule} at ${path}`;
      all.add(key);
      if (found.some(each => each.rule === rule && `${each.path}/`.startsWith(`${path}/`))) needed.add(key);
    }
  }
  return [...all].filter(key => !needed.has(key));
}

/** Reasons by rule; wildcards in policies count as one rule. */
export function reasonsByRule(acknowledged: Acknowledgment[]): { [rule: string]: string[] } {
  const reasons = new Map<string, Set<string>>();
  for (const { rule, reason } of acknowledged) {
    const name = rule.replace(/\[.*$/, '');
    reasons.set(name, (reasons.get(name) ?? new Set()).add(reason));
  }
  return Object.fromEntries([...reasons].sort(([a], [b]) => a.localeCompare(b, 'en')).map(([rule, set]) => [rule, [...set].sort()]));
}
