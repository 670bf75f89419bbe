import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';

type Database = ReturnType<typeof loadAwsServiceSpecSync>;
type Reference = { type: string; element?: Reference; reference?: { $ref: string }; types?: Reference[] };

let database: Database | undefined;

/** Dotted paths of the properties of every type that AWS publishes, as far as CDK's own copy knows them. */
export function propertiesOfTypes(): Map<string, string[]> {
  database ??= loadAwsServiceSpecSync();
  return new Map([...database.all('resource')].map(resource => [resource.cloudFormationType, paths(resource.properties as never, '', 0)]));
}

function paths(properties: { [name: string]: { type: Reference } }, prefix: string, depth: number): string[] {
  return Object.entries(properties).flatMap(([name, { type }]) => [
    prefix + name, ...depth > 3 ? [] : definitions(type).flatMap(each => paths(each, `${prefix}${name}.`, depth + 1)),
  ]);
}

function definitions(type: Reference): { [name: string]: { type: Reference } }[] {
  if (type.element !== undefined) { return definitions(type.element); }
  if (type.types !== undefined) { return type.types.flatMap(definitions); }
  return type.reference === undefined ? [] : [database!.get('typeDefinition', type.reference.$ref).properties as never];
}
