import { Resource } from './assembly';
import { asList, at, isObject, Json } from './json';
import { Resolver } from './resolver';
import { Value } from './values';

/** Every reference in properties, at any depth, also inside the text of a state machine or the URI of an integration. */
export function mentionsIn(json: Json, resource: Resource, resolver: Resolver): Value[] {
  if (typeof json === 'string') { return /^sg-[0-9a-f]+$/.test(json) ? [{ kind: 'literal', text: json }] : []; }
  if (Array.isArray(json)) { return json.flatMap(each => mentionsIn(each, resource, resolver)); }
  if (!isObject(json)) { return []; }
  if ('Fn::Sub' in json) { return substitutedIn(json['Fn::Sub'], resource, resolver); }
  const isReference = ['Ref', 'Fn::GetAtt', 'Fn::ImportValue', 'Fn::FindInMap'].some(key => key in json);
  return isReference ? resolver.resolve(json, resource.template) : Object.values(json).flatMap(each => mentionsIn(each, resource, resolver));
}

function substitutedIn(argument: Json, resource: Resource, resolver: Resolver): Value[] {
  const [pattern, given] = asList(argument);
  return [...String(pattern).matchAll(/\$\{[^!}][^}]*\}/g)]
    .flatMap(([name]) => resolver.resolve({ 'Fn::Sub': [name, given] }, resource.template));
}

/** The resources that are mentioned at a path of the properties; of an alias or a version of a function, the function too. */
export function mentionedAt(resource: Resource, path: string, resolver: Resolver): Resource[] {
  const direct = at(resource.properties, path).flatMap(json => mentionsIn(json, resource, resolver))
    .flatMap(value => value.kind === 'resource' ? [value.resource] : []);
  const behind = direct.filter(({ type }) => /^AWS::Lambda::(Alias|Version)$/.test(type))
    .flatMap(alias => resolver.at(alias, 'FunctionName').flatMap(value => value.kind === 'resource' ? [value.resource] : []));
  return [...direct, ...behind];
}

/** Whether a property names a resource, in whole or within a text. */
export function names(resource: Resource, path: string, named: Resource, resolver: Resolver): boolean {
  return mentionedAt(resource, path, resolver).some(({ key }) => key === named.key);
}
