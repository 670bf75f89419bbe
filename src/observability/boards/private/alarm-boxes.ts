import { ArnFormat, Stack } from 'aws-cdk-lib';
import { ConcreteWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmWithAnnotation, MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { MAX_ALARMS_OF_WIDGET } from './board-limits';
import { Severity } from '../../../core';

/** The whole row of a board (CloudWatch: 24 columns). */
const WIDE = 24;
/** Boxes beside each other at full width, as the console draws them. */
const OF_ROW = 6;

/** The state of each alarm, also of those that are added after the board is made. */
export class AlarmBoxes extends ConcreteWidget {
  /**
   * @param title what stands above
   * @param alarms asked when the app is synthesized; of more than CloudWatch shows in one widget, the first
   */
  constructor(private readonly title: string, private readonly alarms: () => string[]) {
    super(WIDE, 2 + Math.ceil(Math.min(alarms().length, MAX_ALARMS_OF_WIDGET) / OF_ROW));
  }

  public toJson(): object[] {
    const alarms = this.alarms().slice(0, MAX_ALARMS_OF_WIDGET);
    return [{ type: 'alarm', width: this.width, height: this.height, x: this.x, y: this.y, properties: { title: this.title, alarms } }];
  }
}

/**
 * ARNs of alarms that are known by their names, in the Region of the scope or in another. By name also where a board could refer to
 * the alarm itself: the two may be in stacks that are deployed one after the other.
 */
export function alarmArns(scope: Construct, alarms: { readonly alarmName: string; readonly region?: string }[]): string[] {
  const stack = Stack.of(scope);
  return alarms.map(({ alarmName, region = stack.region }) => stack.formatArn({
    service: 'cloudwatch', region, resource: 'alarm', resourceName: alarmName, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  }));
}

/** ARNs of all alarms of some facades, those that wake somebody first. */
export function arnsByUrgency(...facades: MonitoringFacade[]): string[] {
  const rank = ({ disambiguator }: AlarmWithAnnotation) => disambiguator === Severity.CRITICAL ? 0 : 1;
  return facades
    .flatMap(facade => facade.createdAlarms().map(alarm => ({ rank: rank(alarm), arns: alarmArns(facade, [alarm]) })))
    .sort((one, other) => one.rank - other.rank)
    .flatMap(({ arns }) => arns);
}
