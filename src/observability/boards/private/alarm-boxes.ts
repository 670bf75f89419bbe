import { ArnFormat, Stack } from 'aws-cdk-lib';
import { Alarm, ConcreteWidget, IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { MAX_ALARMS_OF_WIDGET } from './board-limits';

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
  constructor(private readonly title: string, private readonly alarms: () => IAlarm[]) {
    super(WIDE, 2 + Math.ceil(Math.min(alarms().length, MAX_ALARMS_OF_WIDGET) / OF_ROW));
  }

  public toJson(): object[] {
    const alarms = this.alarms().slice(0, MAX_ALARMS_OF_WIDGET).map(({ alarmArn }) => alarmArn);
    return [{ type: 'alarm', width: this.width, height: this.height, x: this.x, y: this.y, properties: { title: this.title, alarms } }];
  }
}

/** Alarms that are known by their names, in the Region of the scope or in another. */
export function alarmsNamed(scope: Construct, alarms: { readonly alarmName: string; readonly region?: string }[]): IAlarm[] {
  const stack = Stack.of(scope);
  return alarms.map(({ alarmName, region = stack.region }, index) => Alarm.fromAlarmArn(scope, `Alarm${index}`, stack.formatArn({
    service: 'cloudwatch', region, resource: 'alarm', resourceName: alarmName, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  })));
}
