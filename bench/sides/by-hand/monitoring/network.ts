import { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnNatGateway, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { BYTES, COUNT, Graph, math, metricsOf, Section } from './sections';

const CHECK = 'First check: open connections and their destination in the flow logs: the application should keep connections to others and reuse them.';

export function networkSection(vpc: Vpc): Section {
  const gateways = vpc.node.findAll().filter(CfnNatGateway.isCfnNatGateway);
  /** One metric of each gateway, by an id with its number. */
  const each = (id: string, metricName: string, statistic: string, label: string): { [id: string]: IMetric } => Object.fromEntries(
    gateways.map(({ ref }, index) => [`${id}${index}`, metricsOf('AWS/NATGateway', { NatGatewayId: ref })(metricName, statistic, label)]));
  const sum = (id: string, metricName: string, label: string) => {
    const metrics = each(id, metricName, 'Sum', label);
    return math(label, filled(metrics).join(' + '), metrics);
  };
  const open = each('open', 'ActiveConnectionCount', 'Maximum', 'Busiest gateway');
  return {
    heading: 'NAT gateways **Network: the way out**',
    graphs: [
      exhaustion(sum('errors', 'ErrorPortAllocation', 'No port free')),
      { title: 'Open connections', width: 6, left: [math('Busiest gateway', `MAX([${filled(open).join(', ')}])`, open)], axis: COUNT },
      { title: 'Dropped packets', width: 6, left: [sum('dropped', 'PacketsDropCount', 'Dropped')], axis: COUNT },
      { title: 'Traffic', width: 6, left: [sum('out', 'BytesOutToDestination', 'Out'), sum('in', 'BytesInFromDestination', 'In')], axis: BYTES },
    ],
  };
}

function filled(metrics: { [id: string]: IMetric }): string[] {
  return Object.keys(metrics).map(id => `FILL(${id}, 0)`);
}

function exhaustion(metric: IMetric): Graph {
  const alarm = { name: 'Network-Port-Allocation-Errors', metric, runbook: 'nat-gateway-exhausted' };
  return {
    title: 'Connections without a port',
    width: 6,
    left: [metric],
    axis: COUNT,
    alarms: [{
      ...alarm,
      severity: 'Warning',
      threshold: 0,
      says: `Connections of the application to the outside find no port free: a gateway has 55,000 to one destination. ${CHECK}`,
    }, {
      ...alarm,
      severity: 'Critical',
      symptom: 'Failing',
      threshold: 500,
      points: [2, 2],
      says: `More than 500 connections of the application to the outside found no port free in 5 minutes: what needs others, such as payment, fails. ${CHECK}`,
    }],
  };
}

export function costSection(logGroups: { readonly [label: string]: ILogGroup }): Section {
  return {
    heading: 'Cost drivers',
    graphs: [{
      title: 'Bytes of logs taken in, charged by the GB',
      width: 24,
      left: Object.entries(logGroups).map(([label, { logGroupName }]) => metricsOf('AWS/Logs', { LogGroupName: logGroupName })('IncomingBytes', 'Sum', label)),
      axis: BYTES,
    }],
  };
}
