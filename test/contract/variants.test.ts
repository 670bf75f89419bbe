import { App } from 'aws-cdk-lib';
import { addPlatform, eastStack, once } from '../support/platform';
import { DEFAULT } from './support/elastic-web-variants';
import { EVERYTHING } from './support/everything';
import { readList } from './support/lists';
import { Resources } from './support/stateful';
import { appOf } from './support/variant';
import { VARIANTS } from './support/variants';

/** CloudFormation takes so many resources in a template. */
const MAX = 500;

const synthesized = once(() => [...VARIANTS, EVERYTHING].flatMap(variant => appOf(variant).synth().stacks
  .map(({ stackName, template }) => ({ variant: variant.name, stack: stackName, template: template as { readonly Resources: Resources } }))));

const counts = once(() => synthesized()
  .map(({ variant, stack, template }) => ({ name: stack === 'Stack' ? variant : `${variant} (${stack})`, variant, resources: Object.keys(template.Resources).length })));

const budgets = once(() => readList<{ [variant: string]: number }>('resource-budgets.json'));

describe('the resources of a stack', () => {
  test('are within the budget of each variant', () => {
    counts().forEach(({ name, resources }) => process.stdout.write(`${name}: ${resources} of ${MAX} resources\n`));
    const over = counts().filter(({ variant, resources }) => resources > budgets()[variant]);
    expect(over.map(({ name, variant, resources }) => `${name}: ${resources} resources, of ${budgets()[variant]} that it may have`)).toEqual([]);
  });

  test('have a budget in every variant, and nothing else has', () => {
    expect(Object.keys(budgets()).sort()).toEqual([...VARIANTS, EVERYTHING].map(({ name }) => name).sort());
  });

  test('leave room for a second platform: no budget is above half of what CloudFormation takes, but that of everything at once', () => {
    expect(Object.entries(budgets()).filter(([, budget]) => budget > MAX / 2).map(([variant]) => variant)).toEqual([EVERYTHING.name]);
  });
});

test('platforms that do not fit into one stack are refused, with the way out', () => {
  const stack = eastStack();
  ['One', 'Two', 'Three'].forEach(id => addPlatform(stack, {}, id));
  expect(() => (stack.node.root as App).synth()).toThrow(
    /^Validation failed with the following errors:\n {2}\[Stack\] a stack may have 500 resources, got 5\d\d \(AWS::CloudWatch::Alarm \d+, .*\): give each platform a stack of its own, .* \[cdk-platform-patterns:stack-full\]$/);
});

describe('functions that are written into the template', () => {
  // A role for functions of different rights would let each do what only another must.
  test('are as few as their rights allow: no two of a stack have the same', () => {
    const twice = synthesized().flatMap(({ variant, stack, template }) => {
      const rights = inlineFunctions(template.Resources).map(each => rightsOf(each, template.Resources));
      expect([variant, rights.length]).not.toEqual([DEFAULT.name, 0]);
      return rights.filter((each, index) => rights.indexOf(each) !== index).map(each => `${variant} (${stack}): ${each}`);
    });
    expect(twice).toEqual([]);
  });
});

function inlineFunctions(resources: Resources): Resources[string][] {
  return Object.values(resources).filter(({ Type, Properties }) => Type === 'AWS::Lambda::Function'
    && (Properties?.Code as { ZipFile?: string } | undefined)?.ZipFile !== undefined);
}

/** What the function's role may do, but for writing its own log. */
function rightsOf({ Properties }: Resources[string], resources: Resources): string {
  const [role] = (Properties!.Role as { 'Fn::GetAtt': string[] })['Fn::GetAtt'];
  return JSON.stringify(Object.values(resources)
    .filter(({ Type, Properties: policy }) => Type === 'AWS::IAM::ManagedPolicy' && JSON.stringify(policy!.Roles).includes(`"${role}"`))
    .flatMap(({ Properties: policy }) => (policy!.PolicyDocument as { Statement: { Action: unknown }[] }).Statement)
    .filter(({ Action }) => JSON.stringify(Action) !== JSON.stringify(['logs:CreateLogStream', 'logs:PutLogEvents'])));
}
