import { Assembly, Template } from './assembly';
import { evaluate } from './conditions';
import { asObject, isObject, Json, JsonObject } from './json';
import { Resolver } from './resolver';
import { describe } from './values';

/**
 * The template as it is deployed with the defaults of its parameters: resources whose condition does not hold are gone,
 * of conditions and of keys of maps the branch that is chosen is left. What only the deployment tells stays as it is.
 */
export function settle(template: Template, assembly: Assembly): JsonObject {
  const resolver = new Resolver(assembly);
  const textOf = (json: Json): string | undefined => {
    const values = resolver.resolve(settled(json), template);
    return values.length === 1 && values[0].kind === 'literal' ? describe(values[0]) : undefined;
  };
  const holds = (name: string) => evaluate(name, template, (left, right) => {
    const [one, other] = [textOf(left), textOf(right)];
    return one === undefined || other === undefined ? undefined : one === other;
  });

  function settled(json: Json): Json {
    if (Array.isArray(json)) { return json.map(settled); }
    if (!isObject(json)) { return json; }
    const { 'Fn::If': branches, 'Fn::FindInMap': keys } = json;
    if (Array.isArray(branches)) {
      const truth = holds(String(branches[0]));
      return truth === undefined ? { 'Fn::If': [branches[0], ...branches.slice(1).map(settled)] } : settled(branches[truth ? 1 : 2]);
    }
    if (Array.isArray(keys)) { return entryOf(keys) ?? json; }
    return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, settled(value)]));
  }

  function entryOf(keys: Json[]): Json {
    return keys.slice(0, 3).reduce<Json>((entries, key) => {
      const name = textOf(key);
      return name === undefined ? undefined : asObject(entries)[name];
    }, template.body.Mappings);
  }

  const { Resources: resources, Conditions: conditions, Mappings: mappings, ...rest } = template.body;
  const there = Object.entries(asObject(resources)).flatMap(([id, resource]): [string, Json][] => {
    const { Condition: name, ...body } = asObject(resource);
    const truth = typeof name === 'string' ? holds(name) : true;
    const settledBody = asObject(settled(body));
    return truth === false ? [] : [[id, truth === undefined ? { ...settledBody, Condition: name } : settledBody]];
  });
  return { ...asObject(settled(rest)), Conditions: conditions, Mappings: mappings, Resources: Object.fromEntries(there) };
}
