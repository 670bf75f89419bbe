import { Token } from 'aws-cdk-lib';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { freshNamespace, idOfValue } from './namespaces';
import { warnOfSilence } from './silence';
import { Owner } from '../../../core';
import { mustBeSeverity } from '../../../core/private/alarms/spelling';
import { IAlarmTopics, INotifications, NotificationsContext } from '../contract';

/** Actions of an alarm for each of its states (CloudWatch API, PutMetricAlarm; PutCompositeAlarm). */
const MAX_ACTIONS = 5;

/** A namespace that is yet to be made: routes that hold the same one meet in it. */
export interface Namespace {
  readonly id: string;
}

/** One way that alarms take to people. */
export interface Route {
  /** Who is told; bound once, in the namespace of its first route. */
  readonly choice: INotifications;
  /** Where it is made, from the outside in; without it, at the very top, where it makes a namespace of its own by what it is. */
  readonly path?: Namespace[];
  /** Whether anybody is told there. */
  readonly tellsSomebody: boolean;
  /** Whether an alarm takes it. */
  takes(severity: string, owner?: Owner): boolean;
}

/** The ways of all alarms, as a list: whatever combines choices makes one list of theirs. */
export class RoutedNotifications implements INotifications {
  constructor(public readonly routes: Route[]) {}

  /** What was alone before it was combined stays in its namespace, so that alarms keep their topics. */
  public bind(scope: Construct, context: NotificationsContext): IAlarmTopics {
    const bound = new Map<INotifications, IAlarmTopics>();
    const namespaces = new Namespaces();
    this.routes.forEach(({ choice, path = [] }) => {
      const namespace = namespaces.in(scope, path);
      if (!bound.has(choice)) bound.set(choice, choice.bind(namespace, context));
    });
    warnOfSilence(scope, severity => this.routes.some(route => route.tellsSomebody && route.takes(severity)));
    return {
      topics: distinct([...bound.values()].flatMap(({ topics }) => topics)),
      topicsFor: (severity, owner) => {
        mustBeSeverity(scope.node.path, severity, 'an alarm');
        const taken = this.routes.filter(route => route.takes(severity, owner));
        return atMostFive(scope, severity, distinct(taken.flatMap(({ choice }) => bound.get(choice)!.topicsFor(severity, owner))));
      },
    };
  }
}

/** One choice, which every alarm takes. */
export function routeTo(choice: INotifications, options: Partial<Pick<Route, 'path' | 'tellsSomebody'>> = {}): RoutedNotifications {
  return new RoutedNotifications([{ choice, tellsSomebody: true, takes: () => true, ...options }]);
}

/** The ways of a choice; of a user's own there is one. */
export function routesOf(choice: INotifications): Route[] {
  return (choice instanceof RoutedNotifications ? choice : routeTo(choice, { path: [] })).routes;
}

/** Made in a namespace, unless they make their own. */
export function below(namespaces: Namespace[], routes: Route[]): Route[] {
  return routes.map(route => route.path === undefined ? route : { ...route, path: [...namespaces, ...route.path] });
}

/** Taken by some alarms alone. */
export function onlyFor(takes: Route['takes'], routes: Route[]): Route[] {
  return routes.map(route => ({ ...route, takes: (severity, owner) => takes(severity, owner) && route.takes(severity, owner) }));
}

/** Makes each namespace once in each other. */
class Namespaces {
  private readonly made = new Map<Construct, Map<Namespace, Construct>>();

  public in(scope: Construct, [first, ...others]: Namespace[]): Construct {
    if (first === undefined) return scope;
    const here = this.made.get(scope) ?? new Map<Namespace, Construct>();
    this.made.set(scope, here);
    const found = here.get(first) ?? freshNamespace(scope, Token.isUnresolved(first.id) ? idOfValue(scope, first.id) : first.id);
    here.set(first, found);
    return this.in(found, others);
  }
}

function distinct(topics: ITopic[]): ITopic[] {
  return [...new Map(topics.map(topic => [topic.topicArn, topic])).values()];
}

function atMostFive(scope: Construct, severity: string, topics: ITopic[]): ITopic[] {
  if (topics.length > MAX_ACTIONS) {
    throw new Error(`[${scope.node.path}] 'notifications' must be ${MAX_ACTIONS} topics at the most for one alarm, the quota of its actions, got ${topics.length} for severity ${severity}: let one topic tell several, such as Notifications.email with all addresses`);
  }
  return topics;
}
