import { Stack } from 'aws-cdk-lib';
import { ComparisonOperator, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { CompositeAlarmOperator } from 'cdk-monitoring-constructs';
import { facadeIn, INDICATORS } from './slo-support';
import { Notifications, Severity, Slo, SloCounts, SloMonitoring, Symptom } from '../../src';
import { NatGatewayMonitoring } from '../../src/segments';
import { eastStack } from '../support/platform';
import { testRefusals } from '../support/refusals';

const ORDERS = new Metric({ namespace: 'Shop', metricName: 'Orders' });
const facade = (stack = eastStack()) => facadeIn(stack);

/** An alarm of a user's own. */
function added(severity: string, customTags: string[] = [], monitoring = facade()) {
  monitoring.monitorCustom({
    alarmFriendlyName: 'Orders',
    metricGroups: [{
      title: 'Orders',
      metrics: [{
        metric: ORDERS, alarmFriendlyName: 'None', addAlarm: { [severity]: { threshold: 1, comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD, customTags } },
      }],
    }],
  });
  return monitoring;
}

function composed(disambiguator: string) {
  const monitoring = added(Severity.WARNING);
  return monitoring.createAlarmFactory('Shop').addCompositeAlarm(monitoring.createdAlarms(), { disambiguator, compositeOperator: CompositeAlarmOperator.OR });
}

function topics(bind: (topic: Topic) => { topicsFor(severity: string): unknown }) {
  const stack = new Stack(undefined, 'Stack');
  return bind(new Topic(stack, 'Pager'));
}

const own = (symptom: string) => ({ name: 'Checkout', promise: 'orders are confirmed', objective: 99, counts: SloCounts.fromBad(ORDERS, ORDERS), symptom });

describe('a severity or a symptom that is none', () => {
  testRefusals([
    ['a severity of a user\'s own alarm', () => added('Critcal'),
      '[Stack/Facade] the severity of the alarm \'Orders-None\' must be \'Critical\' or \'Warning\', got \'Critcal\': give Severity.CRITICAL or Severity.WARNING'],
    ['a severity in small letters', () => added('warning'),
      '[Stack/Facade] the severity of the alarm \'Orders-None\' must be \'Critical\' or \'Warning\', got \'warning\': give Severity.CRITICAL or Severity.WARNING'],
    ['a severity of a segment', () => {
      const monitoring = facade();
      return new NatGatewayMonitoring(monitoring, { natGatewayIds: ['nat-1'], addMaxPortAllocationErrorCountAlarm: { Warn: { maxErrorCount: 0 } } });
    }, '[Stack/Facade] the severity of the alarm \'NatGateways-Port-Allocation-Errors\' must be \'Critical\' or \'Warning\', got \'Warn\': give Severity.CRITICAL or Severity.WARNING'],
    ['a severity of a composite alarm', () => composed('Urgent'),
      '[Stack/Facade] the severity of the alarm \'Shop\' must be \'Critical\' or \'Warning\', got \'Urgent\': give Severity.CRITICAL or Severity.WARNING'],
    ['a severity that alarms are looked for by', () => added(Severity.WARNING).createdAlarmsWithDisambiguator('Warnings'),
      '[Stack/Facade] the severity of the alarms that are looked for must be \'Critical\' or \'Warning\', got \'Warnings\': give Severity.CRITICAL or Severity.WARNING'],
    ['a symptom of a user\'s own alarm', () => added(Severity.CRITICAL, ['orders', 'symptom:failng']),
      '[Stack/Facade] the symptom of the alarm \'Orders-None\' must be \'symptom:down\', \'symptom:failing\' or \'symptom:slow\', got \'symptom:failng\': give Symptom.DOWN, Symptom.FAILING or Symptom.SLOW'],
    ['a symptom in other letters', () => added(Severity.CRITICAL, ['Symptom:Down']),
      '[Stack/Facade] the symptom of the alarm \'Orders-None\' must be \'symptom:down\', \'symptom:failing\' or \'symptom:slow\', got \'Symptom:Down\': give Symptom.DOWN, Symptom.FAILING or Symptom.SLOW'],
    ['a symptom that alarms are looked for by', () => added(Severity.WARNING).createdAlarmsWithTag('symptoms:slow'),
      '[Stack/Facade] the symptom of the alarms that are looked for must be \'symptom:down\', \'symptom:failing\' or \'symptom:slow\', got \'symptoms:slow\': give Symptom.DOWN, Symptom.FAILING or Symptom.SLOW'],
    ['a symptom of an objective', () => Slo.of(own('failing')),
      '[Slo.of] \'symptom\' must be \'symptom:down\', \'symptom:failing\' or \'symptom:slow\', got "failing": give Symptom.DOWN, Symptom.FAILING or Symptom.SLOW, or leave it out'],
    ['a symptom of an objective that a user brings', () => new SloMonitoring(facade(), { slo: { ...Slo.availability(), symptom: 'Down' }, indicators: INDICATORS }),
      '[Stack/Facade] \'symptom\' must be \'symptom:down\', \'symptom:failing\' or \'symptom:slow\', got "Down": give Symptom.DOWN, Symptom.FAILING or Symptom.SLOW, or leave it out'],
    ['a severity that topics are asked for by', () => topics(topic => Notifications.topic(topic).bind(topic, { encryptionKey: undefined! })).topicsFor('critical'),
      '[Stack/Pager] the severity of an alarm must be \'Critical\' or \'Warning\', got \'critical\': give Severity.CRITICAL or Severity.WARNING'],
    ['a severity that topics of a combination are asked for by', () => topics(topic =>
      Notifications.bySeverity({ critical: Notifications.topic(topic) }).bind(topic, { encryptionKey: undefined! })).topicsFor('CRITICAL'),
    '[Stack/Pager] the severity of an alarm must be \'Critical\' or \'Warning\', got \'CRITICAL\': give Severity.CRITICAL or Severity.WARNING'],
  ]);
});

describe('what is no mistake is taken', () => {
  test('tags of the user\'s own, and a composite alarm that is called by one', () => {
    const monitoring = added(Severity.WARNING, ['orders', Symptom.SLOW]);
    expect(monitoring.createdAlarmsWithTag('orders')).toHaveLength(1);
    expect(monitoring.createdAlarmsWithDisambiguator(Severity.WARNING)).toHaveLength(1);
    expect(monitoring.createCompositeAlarmUsingTag('orders')).toBeDefined();
  });

  test('an alarm without a severity', () => {
    expect(facade().createAlarmFactory('Orders').addAlarm(ORDERS, {
      alarmNameSuffix: 'None', alarmDescription: 'No orders.', threshold: 1, comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD, treatMissingData: undefined!,
    }).alarmName).toBe('Shop-Orders-None');
  });
});
