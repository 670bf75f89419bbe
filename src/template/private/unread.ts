import { Assembly, Resource, Template } from './assembly';
import { asList, asObject, isObject, Json } from './json';
import { isLoop } from './loops';

/** Something of a template that makes resources or properties which no template at hand tells. */
export interface Unread {
  readonly template: Template;
  /** The resource, or where in the template it stands. */
  readonly logicalId: string;
  /** The resource's type, or the function's name. */
  readonly type: string;
  /** Why, in words. */
  readonly reason: string;
  readonly resource?: Resource;
}

/** Transforms that the reader writes out itself, or that leave the resources as they are written. */
const READ = [/^AWS::LanguageExtensions$/, /^AWS::Serverless-/, /^AWS::CodeDeployBlueGreen$/, /^AWS::SecretsManager-/];

/** Types that deploy another template. */
const DEPLOY = [
  'AWS::CloudFormation::Stack', 'AWS::CloudFormation::StackSet', 'AWS::Serverless::Application', 'AWS::ServiceCatalog::CloudFormationProvisionedProduct',
];

/** All that could not be read. */
export function unreadOf(assembly: Assembly): Unread[] {
  return assembly.templates.flatMap(template => [
    ...ofTemplate(template), ...[...template.resources.values()].flatMap(resource => ofResource(resource, assembly)),
  ]);
}

function ofTemplate(template: Template): Unread[] {
  const { body } = template;
  const transforms = [...asList(body.Transform), ...asList(body['Fn::Transform'])].map(nameOf).filter(name => !READ.some(read => read.test(name)));
  const inResources = Object.keys(asObject(body.Resources)).filter(key => isLoop(key) || key === 'Fn::Transform');
  return [
    ...transforms.map(name => ({ template, logicalId: 'Transform', type: name, reason: `the transform ${name} of the template` })),
    ...inResources.map(key => {
      const name = isLoop(key) ? `the loop ${key}` : `the transform ${nameOf(asObject(body.Resources)[key])}`;
      return { template, logicalId: key, type: key.split('::').slice(0, 2).join('::'), reason: `${name} of the resources` };
    }),
  ];
}

function ofResource(resource: Resource, assembly: Assembly): Unread[] {
  const { template, logicalId, type } = resource;
  const found = (reason: string): Unread => ({ template, logicalId, type, reason, resource });
  const isMissing = DEPLOY.includes(type) && assembly.nestedIn(resource) === undefined;
  return [
    ...isMissing ? [found('the template that it deploys is not at hand')] : [],
    ...type.endsWith('::MODULE') ? [found('the module that it stands for is not at hand')] : [],
    ...functionsIn(resource.properties).map(name => found(`${name} in its properties`)),
  ];
}

/** Functions in the properties that write properties. */
function functionsIn(json: Json): string[] {
  if (Array.isArray(json)) { return json.flatMap(functionsIn); }
  if (!isObject(json)) { return []; }
  return Object.entries(json).flatMap(([key, value]) => {
    if (isLoop(key)) { return [`the loop ${key}`]; }
    return key === 'Fn::Transform' ? [`the transform ${nameOf(value)}`] : functionsIn(value);
  });
}

function nameOf(transform: Json): string {
  return asList(transform).map(each => String(isObject(each) ? each.Name : each)).join(', ');
}
