import { CfnResource, Stack, Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { EnvironmentProfile } from '../environment-profile';

const PACKS = ['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321'];

/** What Checkov finds where cdk-nag finds a rule, and at which type of resource. */
const CHECKS: { readonly [rule: string]: { readonly type: string; readonly ids: string[] } } = {
  'LambdaDLQ': { type: 'AWS::Lambda::Function', ids: ['CKV_AWS_116'] },
  'LambdaInsideVPC': { type: 'AWS::Lambda::Function', ids: ['CKV_AWS_117'] },
  'LambdaConcurrency': { type: 'AWS::Lambda::Function', ids: ['CKV_AWS_115'] },
  'ELBv2ACMCertificateRequired': { type: 'AWS::ElasticLoadBalancingV2::Listener', ids: ['CKV_AWS_2', 'CKV_AWS_103'] },
  'RDSStorageEncrypted': { type: 'AWS::RDS::DBInstance', ids: ['CKV_AWS_16'] },
  'AwsSolutions-CFR4': { type: 'AWS::CloudFront::Distribution', ids: ['CKV_AWS_174'] },
};

/**
 * Acknowledges rules of cdk-nag for one construct and what is below it; where Checkov has the same, it is told so in the template.
 *
 * @param scope the narrowest construct that the reason is true of
 * @param rules rule names: `AwsSolutions-…` as it is, any other in each of the HIPAA, NIST and PCI packs
 * @param reason why the rule does not hold here, for an auditor
 */
export function acknowledge(scope: IConstruct, rules: string[], reason: string): void {
  for (const rule of rules) {
    const ids = rule.startsWith('AwsSolutions-') ? [rule] : PACKS.map(pack => `${pack}-${rule}`);
    ids.forEach(id => Validations.of(scope).acknowledge({ id, reason }));
    const { type, ids: checks = [] } = CHECKS[rule] ?? {};
    resourcesBelow(scope, type).forEach(resource => skipChecks(resource, checks, reason));
  }
}

/**
 * Tells Checkov what it is not to look at, in the template, where it reads it (Checkov, "Suppressing and skipping policies").
 *
 * @param construct the resource that the reason is true of, or what has it as its default child; what is brought has none
 * @param ids checks, such as `CKV_AWS_18`
 * @param reason why the check does not hold here, for an auditor
 */
export function skipChecks(construct: IConstruct, ids: string[], reason: string): void {
  const resource = CfnResource.isCfnResource(construct) ? construct : construct.node.defaultChild;
  if (resource === undefined || !CfnResource.isCfnResource(resource)) return;
  const { skip = [] } = (resource.getMetadata('checkov') ?? {}) as { skip?: object[] };
  resource.addMetadata('checkov', { skip: [...skip, ...ids.map(id => ({ id, comment: reason }))] });
}

function resourcesBelow(scope: IConstruct, type?: string): CfnResource[] {
  return scope.node.findAll().filter(CfnResource.isCfnResource).filter(({ cfnResourceType }) => cfnResourceType === type);
}

/**
 * Acknowledges wildcards in policies (AwsSolutions-IAM5), each by its own text: any other wildcard is still found.
 *
 * @param scope the role or policy
 * @param resources the resources with a wildcard, as the policy names them
 * @param reason why each is needed
 */
export function acknowledgeWildcards(scope: IConstruct, resources: string[], reason: string): void {
  resources.forEach(resource => acknowledgeDetail(scope, 'AwsSolutions-IAM5', 'Resource', resource, reason));
}

/**
 * Acknowledges a role's managed policy of AWS (AwsSolutions-IAM4): any other is still found.
 *
 * @param scope the role
 * @param policyArn the policy, as the role names it
 * @param reason why AWS's own is the right one
 */
export function acknowledgeManagedPolicy(scope: IConstruct, policyArn: string, reason: string): void {
  acknowledgeDetail(scope, 'AwsSolutions-IAM4', 'Policy', policyArn, reason);
}

function acknowledgeDetail(scope: IConstruct, rule: string, kind: string, detail: string, reason: string): void {
  const id = `${rule}[${kind}::${flatten(Stack.of(scope).resolve(detail))}]`;
  // As `acknowledge` records it; that of aws-cdk-lib below 2.262 refuses ids with more than one `::`.
  scope.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, { [id]: reason });
}

/** Acknowledges what a profile leaves out on purpose. */
export function acknowledgeProfile(scope: IConstruct, profile: EnvironmentProfile): void {
  const reason = leftOut(profile);
  if (!profile.deletionProtection) {
    acknowledge(scope, ['AwsSolutions-RDS10', 'RDSInstanceDeletionProtectionEnabled', 'ELBDeletionProtectionEnabled'], reason);
  }
  if (profile.destroysData) acknowledge(scope, ['RDSInBackupPlan'], reason);
  if (!profile.multiAz) acknowledge(scope, ['AwsSolutions-RDS3', 'AwsSolutions-AEC4', 'RDSMultiAZSupport'], reason);
  acknowledgeSilence(scope, profile);
}

/** Acknowledges alarms that tell nobody, where the profile wants it so. */
export function acknowledgeSilence(scope: IConstruct, profile: EnvironmentProfile): void {
  if (!profile.notifyOnAlarm) acknowledge(scope, ['CloudWatchAlarmAction'], leftOut(profile));
}

/** Tells Checkov what the profile leaves out at a resource on purpose. */
export function skipForProfile(construct: IConstruct, ids: string[], profile: EnvironmentProfile): void {
  skipChecks(construct, ids, leftOut(profile));
}

function leftOut(profile: EnvironmentProfile): string {
  return `The ${profile.name} profile leaves it out: data and availability matter less there than its price`;
}

/** A resolved value as cdk-nag writes it: references in angle brackets, joined parts as one text. */
function flatten(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const [[name, argument]] = Object.entries(value as { [name: string]: unknown });
  if (name === 'Ref') return `<${argument}>`;
  if (name === 'Fn::GetAtt') return `<${(argument as string[]).join('.')}>`;
  const [separator, parts] = argument as [string, unknown[]];
  return parts.map(flatten).join(separator);
}
