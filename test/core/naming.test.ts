import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { hashedNameInAccount, nameInAccount, nameInAllRegions, nameOfRetained, pathInStack } from '../../src/core/private/naming';

/** A construct below a stack, at the path of the ids. */
function at(stackName: string, ...ids: string[]): Construct {
  return ids.reduce<Construct>((scope, id) => new Construct(scope, id), new Stack(new App(), 'Stack', { stackName }));
}

describe('a name in the account', () => {
  test('is the stack\'s name and the path within it', () => {
    expect(nameInAccount(at('shop-blue', 'Shop', 'Monitoring'), 64)).toBe('shop-blue-Shop-Monitoring');
  });

  test('is cut to its length, and ends in a hash then', () => {
    expect(nameInAccount(at('shop-blue', 'Shop', 'Monitoring'), 20)).toMatch(/^shop-blue-S-[0-9a-f]{8}$/);
  });

  test('tells stacks apart whose names are alike up to where they are cut', () => {
    const stacks = ['storefront-platform-production-blue', 'storefront-platform-production-green'];
    const [blue, green] = stacks.map(name => nameInAccount(at(name, 'Shop', 'Sessions'), 39));
    expect(blue).not.toBe(green);
    expect([blue.length, green.length]).toEqual([39, 39]);
  });

  test.each([
    ['a dash in an id and a level', [['A-B'], ['A', 'B']]],
    ['different marks', [['A_B'], ['A-B'], ['A.B']]],
  ])('tells %s apart', (_, paths) => {
    const names = paths.map(ids => nameInAccount(at('Stack', ...ids), 64));
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(paths.map(() => expect.stringMatching(/^[A-Za-z0-9-]+$/)));
  });

  test('begins with the top-level stack\'s name in a nested stack', () => {
    const nested = new NestedStack(at('shop', 'Parts') as Stack, 'Nested');
    expect(nameInAccount(new Construct(nested, 'Shop'), 64)).toBe('shop-Parts-Nested-Shop');
  });

  test('that is hashed tells capitals apart even where they do not count', () => {
    const names = ['Shop', 'shop'].map(id => hashedNameInAccount(at('Stack', id), 39).toLowerCase());
    expect(names[0]).not.toBe(names[1]);
    expect(names).toEqual([expect.stringMatching(/^stack-shop-[0-9a-f]{8}$/), expect.stringMatching(/^stack-shop-[0-9a-f]{8}$/)]);
  });
});

describe('a name in all Regions of the account', () => {
  const inRegion = (region?: string) => new Construct(new Stack(new App(), 'Stack', { stackName: 'shop', env: { region } }), 'Cache');

  test.each([['us-east-1', 'us-east-1'], ['a Region that is not known', undefined]])('in %s is the name in the account', (_, region) => {
    expect(nameInAllRegions(inRegion(region), 64)).toBe('shop-Cache');
  });

  test('elsewhere holds the Region', () => {
    expect(nameInAllRegions(inRegion('sa-east-1'), 64)).toBe('shop-sa-east-1-Cache');
    expect(nameInAccount(inRegion('sa-east-1'), 64)).toBe('shop-Cache');
  });

  test('tells Regions apart where it is cut', () => {
    const names = ['sa-east-1', 'eu-west-1', 'us-east-1'].map(region => nameInAllRegions(inRegion(region), 14));
    expect(new Set(names.map(name => name.slice(0, 14))).size).toBe(3);
    expect(Math.max(...names.map(({ length }) => length))).toBe(14);
  });

  test('is that of the top-level stack in a nested stack', () => {
    const nested = new NestedStack(Stack.of(inRegion('sa-east-1')), 'Nested');
    expect(nameInAllRegions(new Construct(nested, 'Cache'), 64)).toBe('shop-sa-east-1-Nested-Cache');
  });
});

test('a name of a resource that outlives its stack ends in the first part of the stack\'s id', () => {
  const scope = at('shop', 'Vault');
  expect(Stack.of(scope).resolve(nameOfRetained(scope, 50))).toEqual({
    'Fn::Join': ['', ['shop-Vault-', { 'Fn::Select': [0, { 'Fn::Split': ['-', { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }] }] }]],
  });
});

test('a path in the stack holds the ids below it', () => {
  expect(pathInStack(at('shop', 'Shop', 'Media'))).toBe('Shop-Media');
});
