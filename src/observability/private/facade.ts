import { CompositeAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import {
  AddAlarmProps, AddCompositeAlarmProps, AlarmFactory, AlarmFactoryDefaults, AlarmFactoryProps, AlarmWithAnnotation, IAlarmActionStrategy,
  IDynamicDashboardFactory, MetricWithAlarmSupport, MonitoringFacade, MultipleAlarmActionStrategy, noopAction, SnsAlarmActionStrategy,
} from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { EnvironmentProfile, Owner, Severity } from '../../core';
import { mustBeSeverity, mustBeSymptoms } from '../../core/private/alarms/spelling';
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

  public createdAlarmsWithDisambiguator(disambiguator: string): AlarmWithAnnotation[] {
    mustBeSeverity(this.node.path, disambiguator, 'the alarms that are looked for');
    return super.createdAlarmsWithDisambiguator(disambiguator);
  }

  public createdAlarmsWithTag(customTag: string): AlarmWithAnnotation[] {
    mustBeSymptoms(this.node.path, [customTag], 'the alarms that are looked for');
    return super.createdAlarmsWithTag(customTag);
  }
}

/** Says in each alarm's description who answers for it, and takes no severity and no symptom that it does not know. */
class OwnedAlarmFactory extends AlarmFactory {
  constructor(scope: Construct, private readonly props: AlarmFactoryProps, private readonly owner?: Owner) {
    super(scope, props);
  }

  public addAlarm(metric: MetricWithAlarmSupport, props: AddAlarmProps): AlarmWithAnnotation {
    this.check(props);
    return super.addAlarm(metric, props);
  }

  /** As alarms do: that of cdk-monitoring-constructs sends every composite where an alarm without a severity goes. */
  public addCompositeAlarm(alarms: AlarmWithAnnotation[], props: AddCompositeAlarmProps): CompositeAlarm {
    const { disambiguator, ...others } = props;
    // One of alarms that carry a tag is called by it, unless told otherwise.
    const byTag = alarms.every(({ customTags = [] }) => customTags.includes(disambiguator));
    this.check(byTag ? others : props);
    return super.addCompositeAlarm(alarms, { ...props, actionOverride: this.determineAction(props.disambiguator, props.actionOverride) });
  }

  private check({ alarmNameSuffix, disambiguator, customTags = [] }: Pick<Partial<AddAlarmProps>, 'alarmNameSuffix' | 'disambiguator' | 'customTags'>): void {
    const name = [this.props.localAlarmNamePrefix, ...alarmNameSuffix === undefined ? [] : [alarmNameSuffix]].join('-');
    mustBeSeverity(this.alarmScope.node.path, disambiguator, `the alarm '${name}'`);
    mustBeSymptoms(this.alarmScope.node.path, customTags, `the alarm '${name}'`);
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
