import { App, Environment, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { IAlarmTopics, INotifications } from '../../src';
import { ACCOUNT } from '../support/platform';
import { resources } from '../support/template';

/** A choice of the stack that it is bound in. */
export type Choice = (stack: Stack) => INotifications;

/** Topics, in a stack of their own: its id is also the name of the stack. */
export interface Place {
  readonly stack: Stack;
  readonly topics: IAlarmTopics;
}

/** A choice as a platform in us-east-1 has it: bound once. */
export function boundOnce(choice: Choice, app = newApp(), id = 'East'): Place {
  const stack = new Stack(app, id, { env: { account: ACCOUNT, region: 'us-east-1' } });
  return { stack, topics: choice(stack).bind(slotIn(stack), { encryptionKey: new Key(stack, 'Key') }) };
}

/** A choice as a platform in São Paulo has it: bound there, and once more in us-east-1. */
export function boundTwice(choice: Choice, env: Environment = { account: ACCOUNT }): { home: Place; edge: Place } {
  const [home, edge] = [['Brazil', 'sa-east-1'], ['Edge', 'us-east-1']].reduce<Stack[]>(
    (stacks, [id, region]) => [...stacks, new Stack(stacks[0]?.node.root ?? newApp(), id, { env: { ...env, region } })], []);
  const made = choice(home);
  const topics = made.bind(slotIn(home), { encryptionKey: new Key(home, 'Key'), bindsAgain: true });
  const edgeTopics = made.bind(slotIn(edge), { encryptionKey: new Key(edge, 'Key'), homeTopics: topics.topics });
  return { home: { stack: home, topics }, edge: { stack: edge, topics: edgeTopics } };
}

export function templateOf({ stack }: Place): Template {
  return Template.fromStack(stack);
}

/** What people are told by, and by which topic, in the order of the template. */
export function subscriptionsOf(place: Place): [protocol: unknown, endpoint: unknown, topic: unknown][] {
  return resources(templateOf(place), 'AWS::SNS::Subscription')
    .map(({ Properties: { Protocol, Endpoint, TopicArn } }) => [Protocol, Endpoint, TopicArn]);
}

/** Paths of topics below the slot, such as `Critical/Topic`. */
export function pathsOf({ stack }: Place, topics: { readonly node: Construct['node'] }[]): string[] {
  return topics.map(({ node }) => node.path.replace(`${stack.node.path}/Slot/`, ''));
}

function slotIn(stack: Stack): Construct {
  return new Construct(stack, 'Slot');
}

function newApp(): App {
  return new App({ analyticsReporting: false });
}
