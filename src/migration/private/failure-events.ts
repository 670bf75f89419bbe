import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, ResourcePolicy } from 'aws-cdk-lib/aws-logs';
import { MetricStatistic, MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { BindContext, Severity } from '../../core';
import { oneIsEnough } from '../../core/private/alarms/one-is-enough';
import { AlarmAdvice } from '../../core/private/alarms/with-advice';
import { nameInAccount } from '../../core/private/naming';

/** What failure events are told by. */
export interface FailureEventsProps {
  /** The event pattern of EventBridge. */
  readonly pattern: { [name: string]: unknown };
  /** What the alarm says. */
  readonly advice: AlarmAdvice;
}

/** Longest name of a resource policy of CloudWatch Logs. */
const MAX_POLICY_NAME = 255;

/**
 * Events of a task that failed or stopped: kept in a log, and counted. Neither DMS nor DataSync has a metric for it, and
 * the metrics that there are simply end when a task does.
 */
export class FailureEvents extends Construct {
  private readonly rule: CfnRule;

  constructor(scope: Construct, id: string, private readonly props: FailureEventsProps, context: BindContext) {
    super(scope, id);
    const log = new LogGroup(this, 'Log', {
      encryptionKey: context.encryptionKey,
      retention: context.profile.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    letWrite(this, log, 'events.amazonaws.com', 'delivery.logs.amazonaws.com');
    this.rule = new CfnRule(this, 'Rule', { eventPattern: props.pattern, targets: [{ id: 'Log', arn: bareArn(log) }] });
  }

  /** Graph and alarm for the events. Users are still served elsewhere: nobody is woken. */
  public monitorWith(monitoring: MonitoringFacade, title: string, alarmFriendlyName: string): void {
    const metrics = monitoring.createMetricFactory();
    monitoring.monitorCustom({
      humanReadableName: title,
      alarmFriendlyName,
      addToSummaryDashboard: false,
      metricGroups: [{
        title: 'Failures and stops',
        metrics: [{
          metric: metrics.createMetric('TriggeredRules', MetricStatistic.SUM, 'Events', { RuleName: this.rule.ref }, undefined, 'AWS/Events'),
          alarmFriendlyName: 'Failed',
          addAlarm: { [Severity.WARNING]: oneIsEnough(this.props.advice) },
        }],
      }],
    });
  }
}

/** Lets services of AWS write to a log group. */
export function letWrite(scope: Construct, log: LogGroup, ...services: string[]): ResourcePolicy {
  return new ResourcePolicy(scope, 'LogPolicy', {
    resourcePolicyName: nameInAccount(scope, MAX_POLICY_NAME),
    policyStatements: [new PolicyStatement({
      principals: services.map(service => new ServicePrincipal(service)),
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [log.logGroupArn],
    })],
  });
}

/** The log group's own ARN ends in `:*`, which neither EventBridge nor DataSync takes. */
export function bareArn(log: LogGroup): string {
  return Stack.of(log).formatArn({
    service: 'logs', resource: 'log-group', resourceName: log.logGroupName, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
