import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { ICluster } from 'aws-cdk-lib/aws-ecs';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { CountAxisFromZero, MetricStatistic, MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { WEB_CONTAINER } from './workload-props';
import { Severity } from '../../../core';
import { acknowledge } from '../../../core/private/acknowledge';
import { oneIsEnough } from '../../../core/private/alarms/one-is-enough';
import { AlarmAdvice } from '../../../core/private/alarms/with-advice';

/** As long as SQS keeps a message at the most: whoever comes back from two weeks of leave still finds it. */
const KEPT = Duration.days(14);
/** Begins the groups of the tasks that are run by the clock; those of a service begin with `service:`. */
const GROUP = 'scheduled-';

/** What SQS calls the messages that nobody has deleted. */
const DEPTH = 'ApproximateNumberOfMessagesVisible';

const FAILED: AlarmAdvice = {
  why: 'A scheduled task did not start, or its command ended in an error: what it is to do is not done, and nobody tries again before its next time.',
  firstCheck: 'the messages in the queue of failed runs, which name the task and say why; then its log.',
  runbook: 'scheduled-task-failed',
};

/**
 * A queue of the runs that nobody would hear of: EventBridge Scheduler tells it of those that it could not start, and a rule of those
 * that ended with another code than 0, or before their container ran.
 */
export class FailedRuns extends Construct {
  /** The task group by which a run is known. */
  public static groupOf(name: string): string {
    return `${GROUP}${name}`;
  }

  public readonly queue: Queue;

  constructor(scope: Construct, id: string, cluster: ICluster, encryptionKey: IKey) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: encryptionKey,
      enforceSSL: true,
      retentionPeriod: KEPT,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    acknowledge(this.queue, ['AwsSolutions-SQS3'], 'It is the dead-letter queue of EventBridge Scheduler; nothing receives from it but people');
    const rule = new CfnRule(this, 'Rule', {
      eventPattern: endedBadly(cluster),
      targets: [{ id: 'Queue', arn: this.queue.queueArn }],
    });
    this.letSend(rule, encryptionKey);
  }

  /** Until somebody has read and deleted the messages, or two weeks are over. */
  public monitorWith(monitoring: MonitoringFacade, label: string): void {
    const factory = monitoring.createMetricFactory();
    monitoring.monitorCustom({
      humanReadableName: `${label}: scheduled tasks`,
      alarmFriendlyName: `${label}-Scheduled-Tasks`,
      metricGroups: [{
        title: 'Runs that did not start, or failed',
        graphWidgetAxis: CountAxisFromZero,
        addToSummaryDashboard: true,
        metrics: [{
          metric: factory.createMetric(DEPTH, MetricStatistic.MAX, 'Failed runs', { QueueName: this.queue.queueName }, undefined, 'AWS/SQS'),
          alarmFriendlyName: 'Failed',
          addAlarm: {
            // SQS says nothing of a queue that has been empty for six hours.
            [Severity.WARNING]: oneIsEnough(FAILED),
          },
        }],
      }],
    });
  }

  private letSend({ attrArn }: CfnRule, encryptionKey: IKey): void {
    const events = new ServicePrincipal('events.amazonaws.com');
    this.queue.addToResourcePolicy(new PolicyStatement({
      principals: [events], actions: ['sqs:SendMessage'], resources: [this.queue.queueArn], conditions: { ArnEquals: { 'aws:SourceArn': attrArn } },
    }));
    encryptionKey.addToResourcePolicy(new PolicyStatement({
      sid: 'FailedRunsToQueue',
      principals: [events, new ServicePrincipal('scheduler.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
    }));
  }
}

/**
 * Events of tasks that ended with another code than 0, or before a container of theirs ran. What holds of an element of an array must
 * hold of one element (EventBridge's matcher, github.com/aws/event-ruler, "JSON Array Matching"): the code is that of the application's
 * container, not of one beside it that was ended with it.
 */
function endedBadly({ clusterArn }: ICluster): object {
  return {
    'source': ['aws.ecs'],
    'detail-type': ['ECS Task State Change'],
    'detail': {
      clusterArn: [clusterArn],
      lastStatus: ['STOPPED'],
      group: [{ prefix: GROUP }],
      $or: [
        { stopCode: ['TaskFailedToStart'] },
        { containers: { name: [WEB_CONTAINER], exitCode: [{ 'anything-but': [0] }] } },
      ],
    },
  };
}
