import type { Standing } from './case-life';

/** Names by service and store, as the emulator tells them. */
export type Inventory = { readonly [store: string]: string[] };

/**
 * What CloudFormation tells of deleted stacks; settings of buckets, requests for zones and checks, and how often AWS's own
 * policies are attached, which the emulator never forgets.
 */
const NO_RESOURCES = /^cloudformation\.|^s3\.bucket_logging_config$|^route53\.(hc_)?caller_refs$|^iam\.aws_managed_attachment_counts$/;
/** Templates that the CDK command line has put into the bucket of its bootstrap. */
const BOOTSTRAP = 'cdk-hnb659fds-assets-';

/** RDS makes these groups itself and writes to them until it is gone; the platform only encrypts them and sets how long they are kept. */
const MADE_BY_RDS = /^\/aws\/rds\/(cluster|instance)\//;

/** Each Region of an account has this one, and nobody can delete it (EventBridge Scheduler user guide, "Managing a schedule group"). */
const DEFAULT_GROUP = { store: 'scheduler.schedule_groups', name: 'default' };

/** What is there after the deletion, was not there before the first deploy, and is no part of what the stacks keep. */
export function leftBehind(before: Inventory, after: Inventory, standing: Standing[]): string[] {
  const kept = standing.filter(({ retained }) => retained).flatMap(({ physicalId }) => namesOf(physicalId));
  return Object.entries(after).filter(([store]) => !NO_RESOURCES.test(store)).flatMap(([store, names]) => names
    .filter(name => !(before[store] ?? []).includes(name) && !name.includes(BOOTSTRAP) && !MADE_BY_RDS.test(name))
    .filter(name => !kept.some(each => name.includes(each)))
    .filter(name => store !== DEFAULT_GROUP.store || name !== DEFAULT_GROUP.name)
    .map(name => `${store} still holds ${name} after the deletion`));
}

/** What the stacks keep on deletion and is gone nevertheless. */
export function lost(after: Inventory, standing: Standing[]): string[] {
  const names = Object.values(after).flat();
  return standing.filter(({ retained }) => retained)
    .filter(({ physicalId }) => !namesOf(physicalId).some(each => names.some(name => name.includes(each))))
    .map(({ type, logicalId, physicalId }) => `${type} ${logicalId} is kept by its stack, but ${physicalId} is gone after the deletion`);
}

/** An id, and the name at the end of an ARN. */
function namesOf(physicalId: string): string[] {
  const last = physicalId.split(/[:/]/).pop() ?? '';
  return last.length > 3 ? [physicalId, last] : [physicalId];
}
