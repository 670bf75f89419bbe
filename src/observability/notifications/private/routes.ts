import { Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { chosen, Combination, Place, placed } from './combination';
import { freshNamespace, idOfValue } from './namespaces';
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
export class AllNotifications extends Combination {
  constructor(private readonly notifications: INotifications[]) {
    super();
    validate('Notifications.all', { notifications }, RULES_OF_ALL);
  }

  public place(scope: Construct, place: Place): void {
    this.notifications.forEach((choice, index) => placed(choice, index === 0 ? scope : freshNamespace(scope, 'Also'), place));
  }

  public choicesFor(severity: string, owner?: Owner): INotifications[] {
    return this.notifications.flatMap(choice => chosen(choice, severity, owner));
  }
}

/** Others are told when somebody must look now. */
export class NotificationsBySeverity extends Combination {
  constructor(private readonly props: SeverityNotifications) {
    super();
  }

  public place(scope: Construct, place: Place): void {
    const { critical, warning } = this.props;
    if (warning !== undefined) placed(warning, scope, place);
    placed(critical, freshNamespace(scope, 'Critical'), place);
  }

  public choicesFor(severity: string, owner?: Owner): INotifications[] {
    const choice = severity === Severity.CRITICAL ? this.props.critical : this.props.warning;
    return choice === undefined ? [] : chosen(choice, severity, owner);
  }
}

/** Each owner is told of what is theirs. */
export class NotificationsByOwner extends Combination {
  constructor(private readonly owners: OwnerNotifications[], private readonly otherwise: INotifications) {
    super();
    validate('Notifications.byOwner', { owners }, RULES_OF_OWNERS);
  }

  public place(scope: Construct, place: Place): void {
    placed(this.otherwise, scope, place);
    const namespace = freshNamespace(scope, 'Owners');
    this.owners.forEach(({ owner: { name }, notifications }) =>
      placed(notifications, new Construct(namespace, Token.isUnresolved(name) ? idOfValue(scope, name) : name), place));
  }

  public choicesFor(severity: string, owner?: Owner): INotifications[] {
    const found = this.owners.find(({ owner: { name } }) => name === owner?.name);
    return chosen(found?.notifications ?? this.otherwise, severity, owner);
  }
}
