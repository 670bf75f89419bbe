import { CompositeAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import {
  AddCompositeAlarmProps, AlarmFactory, AlarmFactoryDefaults, AlarmWithAnnotation, IAlarmActionStrategy, IDynamicDashboardFactory,
  MonitoringFacade, MultipleAlarmActionStrategy, noopAction, SnsAlarmActionStrategy,
} from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { EnvironmentProfile, Owner, Severity } from '../../core';
import { IAlarmTopics } from '../notifications/contract';

/** Whom alarms tell, and what they say. */
export interface Watching {
  readonly profile: EnvironmentProfile;
  readonly topics: IAlarmTopics;
  readonly owner?: Owner;
}

/** What a facade needs besides. */
export interface PlatformFacadeProps extends Watching {
  /** What the name of each alarm begins with. */
  readonly alarmNamePrefix: string;
  readonly boards: IDynamicDashboardFactory;
}

/** A facade whose alarms go where their severity and their owner send them, and say whom to call. */
export class PlatformFacade extends MonitoringFacade {
  constructor(scope: Construct, id: string, private readonly watching: PlatformFacadeProps) {
    super(scope, id, { alarmFactoryDefaults: defaultsOf(watching), dashboardFactory: watching.boards });
  }

  public createAlarmFactory(alarmNamePrefix: string): AlarmFactory {
    return new OwnedAlarmFactory(this, {
      globalAlarmDefaults: this.alarmFactoryDefaults,
      globalMetricDefaults: this.metricFactoryDefaults,
      localAlarmNamePrefix: alarmNamePrefix,
    }, this.watching.owner);
  }
}

/** Says in each alarm's description who answers for it. */
class OwnedAlarmFactory extends AlarmFactory {
  constructor(scope: Construct, props: ConstructorParameters<typeof AlarmFactory>[1], private readonly owner?: Owner) {
    super(scope, props);
  }

  /** As alarms do: that of cdk-monitoring-constructs sends every composite where an alarm without a severity goes. */
  public addCompositeAlarm(alarms: AlarmWithAnnotation[], props: AddCompositeAlarmProps): CompositeAlarm {
    return super.addCompositeAlarm(alarms, { ...props, actionOverride: this.determineAction(props.disambiguator, props.actionOverride) });
  }

  protected generateDescription(...texts: Parameters<AlarmFactory['generateDescription']>): string {
    const description = super.generateDescription(...texts);
    return this.owner === undefined ? description : this.joinDescriptionParts(description, `Owner: ${callable(this.owner)}`);
  }
}

/** Whom to call, in one line. */
export function callable({ name, contact, hours }: Owner): string {
  return [name, contact, ...hours === undefined ? [] : [hours]].join(', ');
}

function defaultsOf({ alarmNamePrefix, profile, topics, owner }: PlatformFacadeProps): AlarmFactoryDefaults {
  const publish = (severity: string) => publishTo(topics, severity, owner);
  return {
    alarmNamePrefix,
    actionsEnabled: profile.notifyOnAlarm,
    // An alarm of the user's own that says no severity.
    action: publish(Severity.WARNING),
    disambiguatorAction: { [Severity.CRITICAL]: publish(Severity.CRITICAL), [Severity.WARNING]: publish(Severity.WARNING) },
    runbookLink: owner?.runbook,
  };
}

/** Tells each topic when an alarm is raised, and when it is over. */
function publishTo(topics: IAlarmTopics, severity: string, owner?: Owner): IAlarmActionStrategy {
  const strategies = topics.topicsFor(severity, owner).map(topic => new SnsAlarmActionStrategy({ onAlarmTopic: topic, onOkTopic: topic }));
  if (strategies.length === 0) return noopAction();
  return strategies.length === 1 ? strategies[0] : new MultipleAlarmActionStrategy(strategies);
}
