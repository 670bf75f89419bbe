import { below, onlyFor, RoutedNotifications, routesOf } from './routed-notifications';
import { Owner, Severity } from '../../../core';
import { Rule, validate } from '../../../core/private/validation';
import { INotifications } from '../contract';
import { OwnerNotifications, SeverityNotifications } from '../notifications-props';

const RULES_OF_ALL: Rule<{ notifications: INotifications[] }>[] = [
  ({ notifications }) => notifications.length > 0 ? undefined : '\'notifications\' must be one at least, got 0: give who is told',
];

const RULES_OF_OWNERS: Rule<{ owners: OwnerNotifications[] }>[] = [
  ({ owners }) => owners.length > 0 ? undefined
    : '\'owners\' must have one at least, got 0: give who is told of what an owner answers for, or leave Notifications.byOwner out',
  ({ owners }) => {
    const names = owners.map(({ owner }) => owner.name);
    const twice = names.find((name, index) => names.indexOf(name) < index);
    return twice === undefined ? undefined
      : `'owners' must have each owner once, got '${twice}' twice: combine who is told by Notifications.all`;
  },
];

/** Each of several is told. */
export function toAll(notifications: INotifications[]): INotifications {
  validate('Notifications.all', { notifications }, RULES_OF_ALL);
  const [first, ...others] = notifications.map(routesOf);
  return new RoutedNotifications([...first, ...others.flatMap(routes => below([{ id: 'Also' }], routes))]);
}

/** Others are told when somebody must look now. */
export function bySeverity({ critical, warning }: SeverityNotifications): INotifications {
  const isCritical = (severity: string) => severity === Severity.CRITICAL;
  return new RoutedNotifications([
    ...warning === undefined ? [] : onlyFor(severity => !isCritical(severity), routesOf(warning)),
    ...onlyFor(isCritical, below([{ id: 'Critical' }], routesOf(critical))),
  ]);
}

/** Each owner is told of what is theirs. */
export function byOwner(owners: OwnerNotifications[], otherwise: INotifications): INotifications {
  validate('Notifications.byOwner', { owners }, RULES_OF_OWNERS);
  const namespace = { id: 'Owners' };
  const isOf = (name: string) => (_: string, owner?: Owner) => owner?.name === name;
  return new RoutedNotifications([
    ...onlyFor((_, owner) => owners.every(each => each.owner.name !== owner?.name), routesOf(otherwise)),
    ...owners.flatMap(({ owner: { name }, notifications }) => onlyFor(isOf(name), below([namespace, { id: name }], routesOf(notifications)))),
  ]);
}
