/** A template as it is deployed. */
export interface TemplateOfStack {
  readonly stackName: string;
  readonly template: {
    readonly Resources?: { readonly [id: string]: { readonly Type: string; readonly Properties?: { readonly [name: string]: unknown } } };
    readonly Outputs?: { readonly [id: string]: unknown };
  };
}

/** Text that a value became which is none: no service says these words. */
/** Programs, which may say `undefined`. */
const PROGRAMS = ['FunctionCode', 'ZipFile'];
const NO_VALUE = /\bNaN\b|\bInfinity\b|\bundefined\b|\[object Object\]|\$\{Token\[|#\{Token\[|-1\.888154589/;

/** Names that services take: the longest, and their letters (AWS API references; of a text that is known in part, those that are known). */
const NAMES: { readonly [type: string]: { readonly [property: string]: readonly [longest: number, letters: RegExp] } } = {
  'AWS::CloudWatch::Alarm': { AlarmName: [255, /^[^\x00-\x1f]*$/], AlarmDescription: [1024, /[^]*/] },
  'AWS::CloudWatch::CompositeAlarm': { AlarmName: [255, /^[^\x00-\x1f]*$/], AlarmDescription: [1024, /[^]*/], AlarmRule: [10_240, /[^]*/] },
  'AWS::CloudWatch::Dashboard': { DashboardName: [255, /^[\w-]+$/] },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': { Name: [32, /^(?!internal-)[A-Za-z0-9-]+$/] },
  'AWS::ElasticLoadBalancingV2::TargetGroup': { Name: [32, /^[A-Za-z0-9-]+$/], HealthCheckPath: [1024, /^(\/[\x21-\x7e]*|.*x.*)$/] },
  'AWS::ECS::TaskDefinition': { Family: [255, /^[\w-]+$/] },
  'AWS::ECS::Service': { ServiceName: [255, /^[\w-]+$/] },
  'AWS::ECS::Cluster': { ClusterName: [255, /^[\w-]+$/] },
  'AWS::AutoScaling::AutoScalingGroup': { AutoScalingGroupName: [255, /^[^:]*$/] },
  'AWS::Logs::LogGroup': { LogGroupName: [512, /^[\w./#-]+$/] },
  'AWS::Logs::QueryDefinition': { Name: [255, /^[^\x00-\x1f]*$/] },
  'AWS::WAFv2::WebACL': { Name: [128, /^[\w-]+$/] },
  'AWS::WAFv2::IPSet': { Name: [128, /^[\w-]+$/] },
  'AWS::CloudFront::Function': { Name: [64, /^[\w-]+$/] },
  'AWS::SSM::Parameter': { Name: [1011, /^[\w./-]+$/] },
  'AWS::SNS::Topic': { TopicName: [256, /^[\w-]+$/] },
  'AWS::RDS::DBCluster': { DBClusterIdentifier: [63, /^[a-zA-Z][a-zA-Z0-9-]*$/], DatabaseName: [63, /^\w+$/] },
  'AWS::RDS::DBInstance': { DBInstanceIdentifier: [63, /^[a-zA-Z][a-zA-Z0-9-]*$/] },
  'AWS::RDS::DBProxy': { DBProxyName: [63, /^[a-zA-Z][a-zA-Z0-9-]*$/] },
  'AWS::RDS::DBSubnetGroup': { DBSubnetGroupDescription: [255, /[^]*/] },
  'AWS::ElastiCache::ServerlessCache': { ServerlessCacheName: [40, /^[a-zA-Z][a-zA-Z0-9-]*$/], Description: [255, /[^<>]*/] },
  'AWS::ElastiCache::ReplicationGroup': { ReplicationGroupId: [40, /^[a-zA-Z][a-zA-Z0-9-]*$/], ReplicationGroupDescription: [255, /[^]*/] },
  'AWS::ElastiCache::User': { UserId: [40, /^[a-zA-Z][a-zA-Z0-9-]*$/], UserName: [120, /^[\x21-\x7e]+$/] },
  'AWS::ElastiCache::UserGroup': { UserGroupId: [40, /^[a-zA-Z][a-zA-Z0-9-]*$/] },
  'AWS::DMS::ReplicationInstance': { ReplicationInstanceIdentifier: [63, /^[a-zA-Z][a-zA-Z0-9-]*$/] },
  'AWS::DMS::ReplicationTask': { ReplicationTaskIdentifier: [255, /^[a-zA-Z][a-zA-Z0-9-]*$/] },
  'AWS::EC2::SecurityGroup': { GroupDescription: [255, /^[a-zA-Z0-9. _:/()#,@[\]+=&;{}!$*-]*$/] },
  'AWS::IAM::Role': { RoleName: [64, /^[\w+=,.@-]+$/], Description: [1000, /[^]*/] },
  'AWS::Lambda::Function': { FunctionName: [64, /^[\w-]+$/], Description: [256, /[^]*/] },
  'AWS::Chatbot::SlackChannelConfiguration': { ConfigurationName: [128, /^[\w-]+$/] },
  'AWS::KMS::Key': { Description: [8192, /[^]*/] },
  'AWS::Events::Rule': { Name: [64, /^[\w.-]+$/] },
  'AWS::ApplicationSignals::ServiceLevelObjective': { Name: [128, /^[0-9A-Za-z][-._0-9A-Za-z ]*[0-9A-Za-z]$/] },
};
/** Texts within structures, by the path of their properties. */
const DEEP: readonly (readonly [type: string, path: string, longest: number])[] = [
  ['AWS::CloudFront::Distribution', 'DistributionConfig.Comment', 128],
  ['AWS::CloudFront::CachePolicy', 'CachePolicyConfig.Name', 128],
  ['AWS::CloudFront::OriginRequestPolicy', 'OriginRequestPolicyConfig.Name', 128],
  ['AWS::CloudFront::ResponseHeadersPolicy', 'ResponseHeadersPolicyConfig.Name', 128],
  ['AWS::CloudFront::OriginAccessControl', 'OriginAccessControlConfig.Name', 64],
  ['AWS::CloudFront::PublicKey', 'PublicKeyConfig.Name', 128],
  ['AWS::CloudFront::VpcOrigin', 'VpcOriginEndpointConfig.Name', 64],
  ['AWS::CloudFront::Function', 'FunctionCode', 10_240],
  ['AWS::CloudFront::Function', 'FunctionConfig.Comment', 128],
  ['AWS::Backup::BackupPlan', 'BackupPlan.BackupPlanName', 50],
];
/** Longest value of a tag, most resources of a stack (AWS quotas), and most characters of user data before it is encoded. */
const [MAX_TAG, MAX_RESOURCES, MAX_USER_DATA] = [256, 500, 16_384];

/** What is wrong with a template, in a line each. */
export function problemsOf({ stackName, template }: TemplateOfStack): string[] {
  const resources = Object.entries(template.Resources ?? {});
  return [
    ...stackName.length <= 128 ? [] : [`${stackName}: a name of more than 128 characters`],
    ...resources.length <= MAX_RESOURCES ? [] : [`${stackName}: ${resources.length} resources`],
    ...valueProblems(template, stackName),
    ...resources.flatMap(([id, { Type, Properties = {} }]) => [
      ...Object.entries(NAMES[Type] ?? {}).flatMap(([name, [longest, letters]]) => nameProblems(`${id}.${name}`, Properties[name], longest, letters)),
      ...DEEP.filter(([type]) => type === Type).flatMap(([, path, longest]) => nameProblems(`${id}.${path}`, at(Properties, path), longest)),
      ...tagProblems(id, Properties.Tags),
      ...boardProblems(id, Properties.DashboardBody),
      ...userDataProblems(id, at(Properties, 'LaunchTemplateData.UserData')),
    ]),
  ];
}

/** JSON has no value for what is none. */
function valueProblems(value: unknown, path: string): string[] {
  if (value === null) return [`${path}: null`];
  if (typeof value === 'string') return NO_VALUE.test(value) ? [`${path}: ${NO_VALUE.exec(value)![0]} in ${JSON.stringify(value.slice(0, 200))}`] : [];
  if (typeof value !== 'object') return [];
  return Object.entries(value as object).flatMap(([name, each]) => NO_VALUE.test(name) ? [`${path}.${name}: no name`] : PROGRAMS.includes(name) ? [] : valueProblems(each, `${path}.${name}`));
}

function nameProblems(path: string, value: unknown, longest: number, letters = /[^]*/): string[] {
  if (value === undefined) return [];
  const text = textOf(value);
  if (text === DEPLOYED) return [];
  if (text === '') return [`${path}: empty`];
  const known = text.replaceAll(DEPLOYED, 'x');
  return known.length > longest ? [`${path}: ${known.length} characters of ${longest}`]
    : letters.test(known) ? [] : [`${path}: letters that it may not have, ${JSON.stringify(known)}`];
}

function tagProblems(id: string, tags: unknown): string[] {
  const given = Array.isArray(tags) ? tags as { Value?: unknown }[] : [];
  return given.map(({ Value }) => textOf(Value)).filter(text => text.length > MAX_TAG).map(() => `${id}.Tags: a value of more than ${MAX_TAG} characters`);
}

function boardProblems(id: string, body: unknown): string[] {
  if (body === undefined) return [];
  try {
    JSON.parse(textOf(body));
    return [];
  } catch (error) {
    return [`${id}.DashboardBody: ${(error as Error).message}`];
  }
}

function userDataProblems(id: string, userData: unknown): string[] {
  const script = textOf((userData as { 'Fn::Base64'?: unknown } | undefined)?.['Fn::Base64'] ?? '');
  return script.length <= MAX_USER_DATA ? [] : [`${id}.UserData: ${script.length} characters of ${MAX_USER_DATA}`];
}

/** Stands for what is known when it is deployed. */
const DEPLOYED = '\u{e000}';

/** A text, with one letter for what is only known when it is deployed. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const [separator, parts] = (value as { 'Fn::Join'?: [string, unknown] } | undefined)?.['Fn::Join'] ?? ['', undefined];
  return Array.isArray(parts) ? parts.map(textOf).join(separator) : DEPLOYED;
}

function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((above, name) => (above as { [name: string]: unknown } | undefined)?.[name], value);
}
