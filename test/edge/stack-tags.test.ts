import { App, PermissionsBoundary, Stack, StackProps, Tags } from 'aws-cdk-lib';
import { addPlatform, BRAZIL, EAST, QUICK } from '../support/platform';

const boundary = { permissionsBoundary: PermissionsBoundary.fromName('limits') };
const topic = { notificationArns: ['arn:aws:sns:sa-east-1:111111111111:deployments'] };

/** The stacks of an app with a platform, as they were synthesized. */
function synthesized(props: StackProps, change: (stack: Stack) => void = () => {}) {
  const app = new App(QUICK);
  const stack = new Stack(app, 'Stack', props);
  addPlatform(stack);
  change(stack);
  return app.synth().stacks.map(({ id, tags, template, messages }) => ({
    id,
    tags,
    boundaries: JSON.stringify(template).split('policy/limits').length - 1,
    roles: Object.values(template.Resources as { [id: string]: { Type: string } }).filter(({ Type }) => Type === 'AWS::IAM::Role').length,
    warnings: messages.map(({ entry }) => String(entry.data)).filter(text => /companion-differs|stack-tags/.test(text)),
  }));
}

describe('what the platform\'s stack has', () => {
  test('the stacks in us-east-1 have too: tags and the permissions boundary', () => {
    const stacks = synthesized({ env: BRAZIL, tags: { CostCenter: '7' }, ...boundary });
    expect(stacks.map(({ id, tags }) => [id, tags])).toEqual(['Stack-edge', 'Stack', 'Stack-edge-alarms'].map(id => [id, { CostCenter: '7' }]));
    expect(stacks.map(({ roles, boundaries }) => boundaries === roles)).toEqual([true, true, true]);
    expect(stacks[2].roles).toBeGreaterThan(0);
    expect(stacks.flatMap(({ warnings }) => warnings.filter(text => text.includes('companion-differs')))).toEqual([]);
  });

  test('and they cannot have is said', () => {
    const [edge, , alarms] = synthesized({ env: BRAZIL, ...topic }, stack => Tags.of(stack).add('Team', 'shop', { excludeResourceTypes: ['aws:cdk:stack'] }));
    const message = (id: string) => `[${id}] what is added to Stack does not reach this stack, which CloudFront needs in us-east-1: aspects (tags that were added by Tags.of are some), notificationArns (a topic of its Region). Add it to the app (Tags.of(app), Aspects.of(app)) or to this stack too: app.node.findChild('${id}') [ack: cdk-platform-patterns:companion-differs]`;
    expect([edge.warnings, alarms.warnings]).toEqual([[message('Stack-edge')], [message('Stack-edge-alarms')]]);
  });
});

describe('tags of a stack itself', () => {
  const warning = '[Stack/Shop/ContentDelivery/CloudFront/HttpOrigin/Resource] the stack has tags of its own (CostCenter), which CloudFormation gives to this origin too: CloudFront refuses to change them while the distribution uses it, so that a deployment with other tags would fail. Tag the resources instead: new Stack(app, id, { … }) without \'tags\', Tags.of(stack).add(key, value, { excludeResourceTypes: [\'aws:cdk:stack\'] }) [ack: cdk-platform-patterns:stack-tags]';

  test.each<[string, StackProps, (stack: Stack) => void]>([
    ['by its props', { env: EAST, tags: { CostCenter: '7' } }, () => {}],
    ['later', { env: EAST }, stack => Tags.of(stack).add('CostCenter', '7')],
  ])('are warned of, since the origin in use would change with them: %s', (_, props, change) => {
    expect(synthesized(props, change)[0].warnings).toEqual([warning]);
  });

  test('are none where the resources alone are tagged', () => {
    expect(synthesized({ env: EAST }, stack => Tags.of(stack).add('Team', 'shop', { excludeResourceTypes: ['aws:cdk:stack'] }))[0].warnings).toEqual([]);
  });
});
