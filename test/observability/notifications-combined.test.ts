import { Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { boundOnce, boundTwice, Choice, pathsOf, Place, templateOf } from './notifications-support';
import { INotifications, Notifications, Owner, Severity } from '../../src';
import { routeTo } from '../../src/observability/notifications/private/routed-notifications';
import { testRefusals } from '../support/refusals';
import { resources } from '../support/template';

const { CRITICAL, WARNING } = Severity;
const mail = (name: string) => Notifications.email(`${name}@example.com`);
const team = (name: string) => Owner.team({ name, contact: 'x' });
const channel = () => Notifications.slack({ slackWorkspaceId: 'T1', slackChannelId: 'C1' });
const topics = (stack: Stack, count: number) => Array.from({ length: count }, (_, index) => Notifications.topic(new Topic(stack, `Own${index}`)));

/** Whom an alarm reaches: the addresses and channels behind its topics. */
function reached(place: Place, severity: string, owner?: Owner): string[] {
  const subscriptions = resources(templateOf(place), 'AWS::SNS::Subscription');
  return place.topics.topicsFor(severity, owner).flatMap(topic => {
    const ref = JSON.stringify(place.stack.resolve(topic.topicArn));
    const people = subscriptions.filter(({ Properties }) => JSON.stringify(Properties.TopicArn) === ref).map(({ Properties }) => String(Properties.Endpoint).split('@')[0]);
    return people.length > 0 ? people : [topic.node.path.split('/').slice(-2)[0]];
  });
}

const warnings = ({ stack }: Place) => Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => entry.data);

describe.each<[string, (choice: Choice) => Place[]]>([
  ['in us-east-1', choice => [boundOnce(choice)]],
  ['in São Paulo, with us-east-1', choice => Object.values(boundTwice(choice))],
])('combined notifications %s', (_, bindAll) => {
  test('tell those of a severity', () => {
    bindAll(() => Notifications.bySeverity({ critical: mail('oncall'), warning: mail('team') })).forEach(place => {
      expect(reached(place, CRITICAL)).toEqual(['oncall']);
      expect(reached(place, WARNING, team('Any'))).toEqual(['team']);
      expect(place.topics.topics).toHaveLength(2);
    });
  });

  test('leave warnings to the boards unless somebody is to be told', () => {
    bindAll(() => Notifications.bySeverity({ critical: mail('oncall') })).forEach(place => {
      expect(place.topics.topicsFor(WARNING)).toEqual([]);
      expect(warnings(place)).toEqual([]);
    });
  });

  test('tell the owner of the same name, and others of all else', () => {
    bindAll(() => Notifications.byOwner([{ owner: team('Pay'), notifications: mail('pay') }, { owner: team('Shop / São Paulo'), notifications: mail('shop') }], mail('rest')))
      .forEach(place => {
        expect(['Pay', 'Shop / São Paulo', 'Other'].map(name => reached(place, WARNING, team(name)))).toEqual([['pay'], ['shop'], ['rest']]);
        expect(reached(place, CRITICAL)).toEqual(['rest']);
      });
  });

  test('tell each of several, each once', () => {
    const [a, b] = [mail('a'), mail('b')];
    bindAll(() => Notifications.all(a, b, channel(), a)).forEach(place => {
      expect(reached(place, CRITICAL)).toEqual(['a', 'b', 'C1']);
      expect(place.topics.topics).toHaveLength(3);
    });
  });

  test('combine one another', () => {
    const [slack, all] = [channel(), mail('all')];
    const paying = Notifications.bySeverity({ critical: Notifications.all(mail('pay'), slack), warning: slack });
    bindAll(() => Notifications.byOwner([{ owner: team('Pay'), notifications: paying }], Notifications.all(all, Notifications.bySeverity({ critical: slack })))).forEach(place => {
      expect(reached(place, CRITICAL, team('Pay'))).toEqual(['pay', 'C1']);
      expect(reached(place, WARNING, team('Pay'))).toEqual(['C1']);
      expect(reached(place, CRITICAL)).toEqual(['all', 'C1']);
      expect(reached(place, WARNING)).toEqual(['all']);
      expect(place.topics.topics).toHaveLength(3);
    });
  });
});

describe('topics of combined notifications', () => {
  const paths = (choice: INotifications) => {
    const place = boundOnce(() => choice);
    return Object.fromEntries(place.topics.topics.map(topic => [reachedBy(place, topic), pathsOf(place, [topic])[0]]));
  };
  const reachedBy = (place: Place, topic: ITopic) => reached({ ...place, topics: { topics: [topic], topicsFor: () => [topic] } }, CRITICAL).join();
  const [a, b, c] = ['a', 'b', 'c'].map(mail);

  test('stay where they are when another choice is added', () => {
    const owners = [{ owner: team('Pay'), notifications: b }];
    const more = [...owners, { owner: team('Shop'), notifications: c }];
    expect(paths(a)).toEqual({ a: 'Topic' });
    expect(paths(Notifications.all(a, b))).toEqual({ a: 'Topic', b: 'Also/Topic' });
    expect(paths(Notifications.all(a, b, c))).toEqual({ a: 'Topic', b: 'Also/Topic', c: 'Also2/Topic' });
    expect(paths(Notifications.bySeverity({ critical: b }))).toEqual({ b: 'Critical/Topic' });
    expect(paths(Notifications.bySeverity({ critical: b, warning: a }))).toEqual({ a: 'Topic', b: 'Critical/Topic' });
    expect(paths(Notifications.bySeverity({ critical: Notifications.all(a, b), warning: a }))).toEqual({ a: 'Topic', b: 'Critical/Also/Topic' });
    expect(paths(Notifications.byOwner(owners, a))).toEqual({ a: 'Topic', b: 'Owners/Pay/Topic' });
    expect(paths(Notifications.byOwner([...more].reverse(), Notifications.bySeverity({ critical: a, warning: a }))))
      .toEqual({ a: 'Topic', b: 'Owners/Pay/Topic', c: 'Owners/Shop/Topic' });
  });

  test('do not collide where combinations of one kind meet', () => {
    const twice = (warning: INotifications) => Notifications.bySeverity({ critical: mail('x'), warning });
    const owned = (otherwise: INotifications) => Notifications.byOwner([{ owner: team('Pay'), notifications: mail('y') }], otherwise);
    expect(boundOnce(() => Notifications.all(twice(twice(a)), owned(owned(b)), Notifications.all(Notifications.all(c, mail('d')), mail('e')))).topics.topics).toHaveLength(9);
  });

  test('are there once when they are brought twice', () => {
    const arn = 'arn:aws:sns:us-east-1:111111111111:alarms';
    const place = boundOnce(stack => Notifications.all(...['One', 'Two'].map(id => Notifications.topic(Topic.fromTopicArn(stack, id, arn)))));
    expect(place.topics.topicsFor(CRITICAL).map(({ topicArn }) => topicArn)).toEqual([arn]);
  });
});

describe('a choice of a user\'s own', () => {
  test('is combined like any other, and asked where each alarm goes', () => {
    const own: INotifications = {
      bind: scope => {
        const [page, note] = ['Page', 'Note'].map(id => new Topic(scope, id));
        return { topics: [page, note], topicsFor: (severity, owner) => [severity === CRITICAL || owner?.name === 'Pay' ? page : note] };
      },
    };
    const place = boundOnce(() => Notifications.all(mail('a'), own));
    expect(pathsOf(place, place.topics.topics)).toEqual(['Topic', 'Also/Page', 'Also/Note']);
    expect(pathsOf(place, place.topics.topicsFor(CRITICAL))).toEqual(['Topic', 'Also/Page']);
    expect(pathsOf(place, place.topics.topicsFor(WARNING))).toEqual(['Topic', 'Also/Note']);
    expect(pathsOf(place, place.topics.topicsFor(WARNING, team('Pay')))).toEqual(['Topic', 'Also/Page']);
  });
});

describe('a choice that is new in this library', () => {
  test('says where it is made, and whether it tells anybody', () => {
    const bind: INotifications['bind'] = scope => {
      const topic = new Topic(scope, 'Own');
      return { topics: [topic], topicsFor: () => [topic] };
    };
    const made = routeTo({ bind }, { tellsSomebody: false });
    const place = boundOnce(() => Notifications.all(Notifications.email(), made));
    expect(pathsOf(place, place.topics.topics)).toEqual(['Topic', 'Own']);
    expect(warnings(place)).toHaveLength(1);
  });
});

describe('a warning', () => {
  const of = (choice: Choice) => warnings(boundOnce(choice));
  const text = (who: string) => `[East/Slot] ${who} notify nobody: give 'notifications', such as Notifications.email('team@example.com') [ack: cdk-platform-patterns:nobody-notified]`;
  const nobody = Notifications.email();

  test('says that nobody is told, once, and not when somebody is', () => {
    expect(of(() => Notifications.all(nobody, Notifications.email()))).toEqual([text('alarms')]);
    expect(of(() => Notifications.all(nobody, mail('a')))).toEqual([]);
    expect(of(() => Notifications.byOwner([{ owner: team('Pay'), notifications: nobody }], mail('a')))).toEqual([]);
    expect(of(stack => Notifications.all(nobody, ...topics(stack, 1)))).toEqual([]);
  });

  test('says that critical alarms tell nobody', () => {
    expect(of(() => Notifications.bySeverity({ critical: nobody, warning: mail('a') }))).toEqual([text('critical alarms')]);
    expect(of(() => Notifications.bySeverity({ critical: nobody }))).toEqual([text('alarms')]);
    expect(of(() => Notifications.bySeverity({ critical: mail('a'), warning: nobody }))).toEqual([]);
  });
});

describe('the quota of an alarm\'s actions', () => {
  test('is kept by each alarm, not by all of them', () => {
    const place = boundOnce(stack => {
      const [critical, warning] = [topics(stack, 8).slice(0, 5), topics(new Stack(stack, 'More'), 3)];
      return Notifications.bySeverity({ critical: Notifications.all(...critical), warning: Notifications.all(...warning) });
    });
    expect(place.topics.topics).toHaveLength(8);
    expect(place.topics.topicsFor(CRITICAL)).toHaveLength(5);
  });

  testRefusals([
    ['more than 5 topics for one alarm', () => boundOnce(stack => Notifications.all(...topics(stack, 6))).topics.topicsFor(CRITICAL),
      '[East/Slot] \'notifications\' must be 5 topics at the most for one alarm, the quota of its actions, got 6 for severity Critical: let one topic tell several, such as Notifications.email with all addresses'],
    ['to combine nothing', () => Notifications.all(), '[Notifications.all] \'notifications\' must be one at least, got 0: give who is told'],
    ['to tell no owner', () => Notifications.byOwner([], mail('a')),
      '[Notifications.byOwner] \'owners\' must have one at least, got 0: give who is told of what an owner answers for, or leave Notifications.byOwner out'],
    ['an owner twice', () => Notifications.byOwner(['Pay', 'Shop', 'Pay'].map(name => ({ owner: team(name), notifications: mail('a') })), mail('b')),
      '[Notifications.byOwner] \'owners\' must have each owner once, got \'Pay\' twice: combine who is told by Notifications.all'],
  ]);
});
