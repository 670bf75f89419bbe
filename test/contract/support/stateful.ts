import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { App, Stack } from 'aws-cdk-lib';
import { appOf, Variant } from './variant';
import { STATEFUL_VARIANTS } from './variants';

/** A resource that keeps something which a new one would not have. */
export interface StatefulResource {
  /** Construct path below the stack. */
  readonly path: string;
  readonly type: string;
  readonly logicalId: string;
  /** Properties whose change makes CloudFormation replace the resource, or its content, as the template has them. */
  readonly fixed: { readonly [property: string]: unknown };
  /** Names of the variants that have it so. */
  readonly variants: string[];
}

/** Data and identities that AWS's own specification does not call stateful, and what is lost with them. */
const ALSO_STATEFUL: { [type: string]: string } = {
  'AWS::ElastiCache::ServerlessCache': 'sessions',
  'AWS::CloudFront::Distribution': 'the domain name that users and DNS elsewhere know',
  'AWS::EC2::EIP': 'the address that others have on their allow lists',
  'AWS::SNS::Topic': 'the confirmed subscriptions',
  'AWS::Route53::HostedZone': 'the records, and the name servers that the registrar knows',
};

/** Properties that replace the content rather than the resource, or do so at times. */
const ALSO_FIXED: { [type: string]: string[] } = {
  'AWS::SecretsManager::Secret': ['GenerateSecretString'],
  'AWS::RDS::DBCluster': ['Engine', 'MasterUsername'],
  'AWS::RDS::DBInstance': ['Engine'],
};

/** Every stateful resource of the library's platforms. */
export function statefulResources(): StatefulResource[] {
  const merged = new Map<string, StatefulResource>();
  for (const variant of STATEFUL_VARIANTS) {
    for (const resource of statefulResourcesOf(variant)) {
      const key = JSON.stringify(resource);
      merged.set(key, { ...resource, variants: [...merged.get(key)?.variants ?? [], variant.name] });
    }
  }
  return [...merged.values()].sort((a, b) => a.path.localeCompare(b.path, 'en'));
}

/** Every stateful resource of one platform. */
export function statefulResourcesOf(variant: Variant, fixed = fixedOf): Omit<StatefulResource, 'variants'>[] {
  const app = appOf(variant);
  const { Resources } = app.synth().getStackByName('Stack').template as Template;
  return Object.entries(Resources)
    .map(([logicalId, { Type }]) => ({ path: pathOf(app, logicalId), type: Type, logicalId, fixed: fixed(logicalId, Resources) }))
    .filter(({ path, type }) => path.startsWith('Shop/') && isStateful(type));
}

/** The resources of a template, by logical id. */
export interface Resources {
  readonly [id: string]: { readonly Type: string; readonly Properties?: { readonly [name: string]: unknown } };
}

interface Template {
  readonly Resources: Resources;
}

const paths = new WeakMap<App, Map<string, string>>();

function pathOf(app: App, logicalId: string): string {
  const known = paths.get(app) ?? new Map(logicalPaths(app));
  paths.set(app, known);
  return known.get(logicalId)!;
}

function logicalPaths(app: App): [string, string][] {
  const stack = app.node.findChild('Stack') as Stack;
  return stack.node.findAll()
    .flatMap(node => Stack.isStack(node) || !('logicalId' in node) ? [] : [[String(stack.resolve(node.logicalId)), node.node.path.replace(/^Stack\//, '')]]);
}

const specification = (() => {
  let loaded: ReturnType<typeof loadAwsServiceSpecSync> | undefined;
  return () => loaded ??= loadAwsServiceSpecSync();
})();

function specOf(type: string) {
  return specification().lookup('resource', 'cloudFormationType', 'equals', type)[0];
}

/** Whether a new resource of the type would lack what the old one kept. */
export function isStateful(type: string): boolean {
  return type in ALSO_STATEFUL || specOf(type)?.isStateful === true;
}

function fixedOf(logicalId: string, resources: Resources): { [property: string]: unknown } {
  const { Type, Properties = {} } = resources[logicalId];
  return Object.fromEntries(Object.entries(Properties).filter(([name]) => causesReplacement(Type, name)));
}

function causesReplacement(type: string, property: string): boolean {
  return specOf(type)?.properties[property]?.causesReplacement === 'yes' || ALSO_FIXED[type]?.includes(property);
}

/**
 * As the list has it, with what each reference stands for beside it: a resource is replaced too when one is that it names
 * in such a property.
 */
export function fixedThroughReferences(logicalId: string, resources: Resources, above: string[] = []): { [property: string]: unknown } {
  const known = [...above, logicalId];
  const withTarget = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(withTarget);
    const target = referenced(value);
    if (target !== undefined && target in resources && !known.includes(target)) {
      return { ...value, Target: fixedThroughReferences(target, resources, known) };
    }
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withTarget(each)]));
  };
  return withTarget(fixedOf(logicalId, resources)) as { [property: string]: unknown };
}

function referenced(value: object): string | undefined {
  if ('Ref' in value) return String(value.Ref);
  return 'Fn::GetAtt' in value && Array.isArray(value['Fn::GetAtt']) ? String(value['Fn::GetAtt'][0]) : undefined;
}
