import { Template } from 'aws-cdk-lib/assertions';

/** A resource of a template, with its logical id. */
export interface Resource {
  readonly id: string;
  readonly Type: string;
  readonly Properties: { readonly [name: string]: unknown };
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly DependsOn?: string[];
}

/** All resources, or those of one type. */
export function resources(template: Template, type?: string): Resource[] {
  const all = template.toJSON().Resources as { [id: string]: Omit<Resource, 'id'> };
  return Object.entries(all)
    .filter(([, resource]) => type === undefined || resource.Type === type)
    .map(([id, resource]) => ({ id, ...resource, Properties: resource.Properties ?? {} }));
}

/** The only resource of a type. */
export function only(template: Template, type: string): Resource {
  const found = resources(template, type);
  if (found.length !== 1) throw new Error(`expected one ${type}, found ${found.length}`);
  return found[0];
}

/** The properties of the only resource of a type. */
export function propertiesOf(template: Template, type: string): Resource['Properties'] {
  return only(template, type).Properties;
}

/** A value as text, with the intrinsic functions that matter here put in their short form. */
export function text(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(text).join(', ')}]`;
  const [[name, argument], ...more] = Object.entries(value);
  if (more.length > 0 || !(name === 'Ref' || name.startsWith('Fn::'))) return JSON.stringify(value);
  if (name === 'Ref') return argument === 'AWS::Partition' ? 'aws' : `\${${argument}}`;
  if (name === 'Fn::GetAtt') return `\${${(argument as string[]).join('.')}}`;
  if (name === 'Fn::Join') return (argument[1] as unknown[]).map(text).join(argument[0] as string);
  return JSON.stringify(value);
}

/** Alarms that tell people, composites too; the others tell scaling what to do, or are read by a composite or a board alone. */
export function alarmsForPeople(template: Template): Resource[] {
  return alarmsOf(template).filter(({ Properties }) => Properties.AlarmActions !== undefined);
}

/** Alarms that tell nobody: halves of composites, and what customers notice. */
export function silentAlarms(template: Template): Resource[] {
  return alarmsOf(template).filter(({ Properties }) => Properties.AlarmActions === undefined);
}

/** All alarms but those that tell scaling what to do. */
function alarmsOf(template: Template): Resource[] {
  const policies = resources(template).filter(({ Type }) => Type.endsWith('::ScalingPolicy')).map(({ id }) => `[\${${id}}]`);
  return resources(template).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm' || Type === 'AWS::CloudWatch::CompositeAlarm')
    .filter(({ Properties }) => !policies.includes(text(Properties.AlarmActions)));
}

/** The rule of a listener that leads requests to an application; another one only lets the balancer know its units. */
export function productionRule(template: Template): Resource {
  const rules = resources(template, 'AWS::ElasticLoadBalancingV2::ListenerRule').filter(({ Properties }) => JSON.stringify(Properties.Conditions).includes('path-pattern'));
  if (rules.length !== 1) throw new Error(`There are ${rules.length} rules that lead requests`);
  return rules[0];
}
