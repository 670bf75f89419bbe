import { once } from '../support/platform';
import { Assembly, AssemblyType, readAssembly } from './support/assembly';
import { largeStructs, looseTypes, neediesWithDefault, strangeNames, undocumented, withoutDefault } from './support/surface';

type Check = (assembly: Assembly) => string[];

const assembly = once(readAssembly);
const docs = { summary: 'What it is.' };

function struct(...properties: object[]): AssemblyType {
  return { name: 'Props', fqn: 'x.Props', kind: 'interface', datatype: true, docs, properties: properties as AssemblyType['properties'] };
}

/** Each check, a type that it must refuse, and what it says of it. */
const CHECKS: [what: string, check: Check, bad: AssemblyType, finding: string][] = [
  ['has no unions', looseTypes, struct({ name: 'size', docs, type: { union: { types: [{ primitive: 'string' }, { primitive: 'number' }] } } }), 'Props.size is a union'],
  ['has no `any`, however deep', looseTypes, struct({ name: 'extra', docs, type: { collection: { elementtype: { primitive: 'any' }, kind: 'map' } } }), 'Props.extra is of type any'],
  ['has no untyped JSON', looseTypes, struct({ name: 'extra', docs, type: { primitive: 'json' } }), 'Props.extra is of type json'],
  ['documents every type', undocumented, { name: 'Thing', fqn: 'x.Thing', kind: 'class' }, 'Thing'],
  ['documents every member', undocumented, struct({ name: 'size' }), 'Props.size'],
  ['documents every member of an enum', undocumented, { name: 'Kind', fqn: 'x.Kind', kind: 'enum', docs, members: [{ name: 'A' }] }, 'Kind.A'],
  ['documents every parameter', undocumented, { name: 'Thing', fqn: 'x.Thing', kind: 'class', docs, methods: [{ name: 'of', docs, parameters: [{ name: 'props' }] }] }, 'Thing.of(props)'],
  ['documents what a class is made with', undocumented, { name: 'Thing', fqn: 'x.Thing', kind: 'class', docs, initializer: { parameters: [{ name: 'props' }] } }, 'new Thing(props)'],
  ['tells the default of every optional member', withoutDefault, struct({ name: 'size', docs, optional: true }), 'Props.size (@default missing)'],
  ['tells no default as "undefined"', withoutDefault, struct({ name: 'size', docs: { ...docs, default: 'undefined' }, optional: true }), 'Props.size (@default undefined)'],
  ['tells no default as "none"', withoutDefault, struct({ name: 'size', docs: { ...docs, default: '- none' }, optional: true }), 'Props.size (@default - none)'],
  ['tells no default of what is required', neediesWithDefault, struct({ name: 'size', docs: { ...docs, default: '1' } }), 'Props.size'],
  ['has structs of at most 14 members', largeStructs, struct(...Array.from({ length: 15 }, (_, index) => ({ name: `p${index}`, docs }))), 'Props has 15 members, more than 14'],
  ['has types in PascalCase', strangeNames, { name: 'HTTPServer', fqn: 'x.HTTPServer', kind: 'class' }, 'HTTPServer'],
  ['has members in camelCase', strangeNames, struct({ name: 'max_size' }), 'Props.max_size'],
  ['has members without two capitals in a row', strangeNames, struct({ name: 'maxACU' }), 'Props.maxACU'],
  ['has members of enums in upper case', strangeNames, { name: 'Kind', fqn: 'x.Kind', kind: 'enum', members: [{ name: 'Arm' }] }, 'Kind.Arm'],
];

describe('the public API', () => {
  test('is there', () => {
    expect(Object.keys(assembly().types)).toEqual(expect.arrayContaining(['ElasticWebPlatform', 'Compute', 'Database', 'Sessions', 'Reachability']
      .map(name => `cdk-platform-patterns.${name}`)));
  });

  test('has its submodules among what is looked at', () => {
    expect(Object.keys(assembly().types)).toEqual(expect.arrayContaining(['migration.CutOver', 'segments.EfsMonitoringProps', 'simulation.Arrivals']
      .map(name => `cdk-platform-patterns.${name}`)));
  });

  test.each(CHECKS)('%s', (_, check) => {
    expect(check(assembly())).toEqual([]);
  });
});

describe('a public API that is not so is refused, one that', () => {
  test('has a struct that has too many members with those that it inherits, from however far, each once', () => {
    const named = (name: string, count: number, from: number, ...interfaces: string[]): AssemblyType => ({
      ...struct(...Array.from({ length: count }, (_, index) => ({ name: `p${from + index}`, docs }))), name, fqn: `x.${name}`, interfaces,
    });
    const types = [named('Root', 5, 0), named('Middle', 5, 5, 'x.Root'), named('Leaf', 5, 10, 'x.Middle', 'x.Root', 'other.Base')];
    expect(largeStructs({ name: 'x', dependencies: {}, types: Object.fromEntries(types.map(type => [type.fqn, type])) }))
      .toEqual(['Leaf has 15 members, more than 14']);
  });

  test.each(CHECKS)('%s', (_, check, bad, finding) => {
    expect(check({ name: 'x', dependencies: {}, types: { [bad.fqn]: bad } })).toEqual([finding]);
  });
});
