import { Match } from '@aws-cdk/integ-tests-alpha';
import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnQueryDefinition } from 'aws-cdk-lib/aws-logs';
import { ElasticWebPlatform, Notifications, Owner, Severity, Slo, SloCounts, Symptom } from '../src';
import { operationsLinesOf } from './support/boards';
import { OnCall } from './support/on-call';
import { PlatformCase } from './support/platform-case';
import { Proof } from './support/proof';
import { Story } from './support/story';

/**
 * A platform that is watched: what customers suffer raises an alarm, and its message says whom to call and where to look.
 * The metrics are the application's own, since nobody but AWS may put those of AWS.
 */
const test = new PlatformCase('ElasticWebPlatformObservability');

const NAMESPACE = 'ElasticWebPlatformObservability';
const IDLE = 'Shop-Orders-Idle-Critical';
const BURNING = 'Shop-Orders-Confirmed-Fast-Burn-Critical';
const onCall = new OnCall(test.stack, 'OnCall', [IDLE, BURNING]);
const count = (metricName: string) => new Metric({ namespace: NAMESPACE, metricName, statistic: 'Sum' });

const platform = new ElasticWebPlatform(test.stack, 'Shop', {
  compute: test.fargate,
  traffic: test.traffic,
  profile: test.profile,
  notifications: Notifications.topic(onCall.topic),
  owner: Owner.team({
    name: 'Storefront', contact: 'storefront@example.com', hours: 'Mon to Fri, 9:00 to 18:00', runbook: 'https://wiki.example.com/shop',
  }),
  observability: {
    objectives: [Slo.availability(), Slo.latency(), Slo.of({
      name: 'Orders-Confirmed',
      promise: 'orders are confirmed',
      objective: 99,
      symptom: Symptom.FAILING,
      counts: SloCounts.fromBad(count('Orders'), count('OrdersLost')),
    })],
  },
});

// An alarm of the user's own.
const idle = new Metric({ namespace: NAMESPACE, metricName: 'MinutesSinceLastOrder', statistic: 'Minimum', period: Duration.minutes(1) });
platform.monitoring.monitorCustom({
  alarmFriendlyName: 'Orders',
  metricGroups: [{
    title: 'Orders',
    metrics: [{
      metric: idle,
      alarmFriendlyName: 'Idle',
      addAlarm: {
        [Severity.CRITICAL]: {
          threshold: 30,
          comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
          datapointsToAlarm: 1,
          // It is as it was until the next value says otherwise.
          treatMissingDataOverride: TreatMissingData.IGNORE,
        },
      },
    }],
  }],
});

test.prove(platform, proof => {
  askQueries(proof);
  const story = proof.story();
  ownAlarm(story);
  errorBudget(story);
  operationsBoard(story);
});

/** What an alarm's message says to whoever is woken by it. */
function told(name: string, state: string) {
  return {
    Messages: Match.arrayWith([Match.objectLike({
      Body: Match.serializedJson(Match.objectLike({
        AlarmName: name,
        NewStateValue: state,
        AlarmDescription: Match.stringLikeRegexp('https://wiki\\.example\\.com/shop[^]*Owner: Storefront, storefront@example\\.com, Mon to Fri, 9:00 to 18:00'),
      })),
    })]),
  };
}

function ownAlarm(story: Story): void {
  const name = `${test.stack.stackName}-${IDLE}`;
  const reported = (minutes: number) => ({ Namespace: NAMESPACE, MetricData: [{ MetricName: 'MinutesSinceLastOrder', Value: minutes }] });
  const messages = { QueueUrl: onCall.queue.queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 5 };
  const isIn = (state: string) => ({ MetricAlarms: [Match.objectLike({ AlarmName: name, StateValue: state })] });
  story
    .then('cloudwatch', 'putMetricData', reported(45))
    .until('cloudwatch', 'describeAlarms', { AlarmNames: [name] }, isIn('ALARM'))
    .until('sqs', 'receiveMessage', messages, told(name, 'ALARM'))
    .then('cloudwatch', 'putMetricData', reported(1))
    .until('cloudwatch', 'describeAlarms', { AlarmNames: [name] }, isIn('OK'))
    .until('sqs', 'receiveMessage', messages, told(name, 'OK'));
}

/** Half of the orders are lost, of which one in a hundred may be: both silent halves are raised, and with them the alarm that tells. */
function errorBudget(story: Story): void {
  const name = `${test.stack.stackName}-${BURNING}`;
  const halves = ['Long', 'Short'].map(half => `${test.stack.stackName}-Shop-Orders-Confirmed-Fast-Burn-${half}`);
  story.then('cloudwatch', 'putMetricData', {
    Namespace: NAMESPACE, MetricData: [{ MetricName: 'Orders', Value: 100 }, { MetricName: 'OrdersLost', Value: 50 }],
  });
  halves.forEach(half => story.until('cloudwatch', 'describeAlarms', { AlarmNames: [half] }, {
    MetricAlarms: [Match.objectLike({ StateValue: 'ALARM', ActionsEnabled: false })],
  }));
  [name, `${test.stack.stackName}-Shop-Customers-Failing`].forEach(each => story.until(
    'cloudwatch', 'describeAlarms', { AlarmNames: [each], AlarmTypes: ['CompositeAlarm'] }, { CompositeAlarms: [Match.objectLike({ StateValue: 'ALARM' })] },
  ));
  story.until('sqs', 'receiveMessage', { QueueUrl: onCall.queue.queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 5 }, told(name, 'ALARM'));
}

/** Whoever knows nothing of metrics is told, too. On the local AWS nobody counts healthy units, so that the application is down there. */
function operationsBoard(story: Story): void {
  const { functionName, request } = operationsLinesOf(platform);
  story.invoke(functionName, request, {
    Payload: Match.stringLikeRegexp('Not well: 1 of 2.*Shop.*(Down|Failing).*Storefront.*storefront@example\\.com.*Mon to Fri, 9:00 to 18:00'),
  });
}

/** The queries that a team asks its logs are ready. */
function askQueries(proof: Proof): void {
  const queries = proof.all(CfnQueryDefinition);
  if (queries.length === 0) throw new Error('expected saved queries');
  queries.forEach(({ name, queryString }) => proof.assert('cloudwatch-logs', 'describeQueryDefinitions', { queryDefinitionNamePrefix: name }, {
    queryDefinitions: [Match.objectLike({ name, queryString })],
  }, 'logs:DescribeQueryDefinitions'));
}
