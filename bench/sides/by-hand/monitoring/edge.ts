import { Duration } from 'aws-cdk-lib';
import { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { ApplicationLoadBalancer, HttpCodeElb, HttpCodeTarget, IApplicationLoadBalancerMetrics } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { COUNT, Graph, math, metricsOf, PERCENT, Section, WHOLE_PERCENT } from './sections';

const MINUTE = Duration.minutes(1);

export function firewallSection(): Section {
  const metric = metricsOf('AWS/WAFV2', { WebACL: 'WebAcl', Rule: 'ALL' });
  const [allowed, blocked] = [metric('AllowedRequests', 'Sum', 'Allowed'), metric('BlockedRequests', 'Sum', 'Blocked')];
  const share = (least: number) => math('Blocked (%)',
    `IF(FILL(blocked, 0) >= ${least}, 100 * FILL(blocked, 0) / (FILL(allowed, 0) + FILL(blocked, 0)), 0)`, { blocked, allowed });
  return {
    heading: 'Web ACL **Web firewall**',
    graphs: [
      { title: 'Requests', left: [allowed, blocked], axis: COUNT },
      {
        title: 'Refused of all requests (%)',
        left: [share(1)],
        axis: WHOLE_PERCENT,
        alarms: [{
          name: 'Firewall-Blocked-Surge',
          severity: 'Warning',
          metric: share(500),
          threshold: 20,
          points: [2, 3],
          says: 'The web firewall refuses more than 20 % of the requests, at least 500 in 5 minutes: an attack or a flood, or customers who are taken for one. First check: which rule refuses them, on the board, and who they are, in the firewall\'s log.',
          runbook: 'attack-or-flood',
        }],
      },
      {
        title: 'Refused requests by rule',
        left: [math(' ', 'SEARCH(\'{"AWS/WAFV2","Rule","WebACL"} "WebACL"="WebAcl" MetricName="BlockedRequests"\', \'Sum\', 300)', {})],
        axis: COUNT,
      },
    ],
  };
}

export function balancerSection({ metrics }: ApplicationLoadBalancer): Section {
  const balancerSent = metrics.requestCount({ label: 'Sent to units' });
  const balancerOwn5xx = metrics.httpCodeElb(HttpCodeElb.ELB_5XX_COUNT, { label: 'Failed by the balancer' });
  const unit5xx = metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT, { label: 'Failed by units' });
  const balancerOwn503 = metrics.httpCodeElb(HttpCodeElb.ELB_503_COUNT, { label: 'No unit for them' });
  const requests = math('Requests', 'FILL(balancerSent, 0) + FILL(balancerOwn503, 0)', { balancerSent, balancerOwn503 }, MINUTE);
  const failed = math('Failed', 'FILL(unit5xx, 0) + FILL(balancerOwn5xx, 0)', { unit5xx, balancerOwn5xx }, MINUTE);
  const share = (label: string, id: string, failures: IMetric) =>
    math(label, `IF(requests >= 20, 100 * FILL(${id}, 0) / requests, 0)`, { requests, [id]: failures }, MINUTE);
  return {
    heading: 'Load balancer',
    graphs: [
      { title: 'Traffic: requests per minute', isOnService: true, left: [requests], axis: COUNT },
      errors(share('Failed', 'failed', failed)),
      latency(metrics),
      tiers(share('All', 'failed', failed), share('Units', 'unit5xx', unit5xx), share('Balancer', 'balancerOwn5xx', balancerOwn5xx)),
      {
        title: 'Connections',
        left: [
          metrics.activeConnectionCount({ label: 'Active' }), metrics.newConnectionCount({ label: 'New' }),
          metrics.rejectedConnectionCount({ label: 'Rejected' }),
        ],
        axis: COUNT,
      },
    ],
  };
}

function errors(failing: IMetric): Graph {
  return {
    title: 'Errors: failed requests (%)',
    isOnService: true,
    left: [failing],
    axis: PERCENT,
    alarms: [{
      name: 'Load-Balancer-Failed',
      severity: 'Critical',
      symptom: 'Failing',
      metric: failing,
      threshold: 5,
      points: [3, 6],
      says: 'More than 5 % of the requests fail, by the application or by the load balancer before it. First check: which of the two fails, on the board; then the application\'s log, its last deployment, and whether its database answers.',
      runbook: 'requests-fail',
    }],
  };
}

function latency(metrics: IApplicationLoadBalancerMetrics): Graph {
  const answers = (statistic: string, label: string) => metrics.targetResponseTime({ statistic, label });
  const slowest = answers('p99', '99 in a hundred');
  return {
    title: 'Latency: time to answer (s)',
    isOnService: true,
    left: [answers('p50', 'half of the answers'), answers('p90', 'nine in ten'), slowest],
    axis: { min: 0, label: 'sec', showUnits: false },
    alarms: [{
      name: 'Load-Balancer-Slow',
      severity: 'Warning',
      metric: math('99 in a hundred', 'IF(sampleCount > 100, slowest)', { slowest, sampleCount: answers('SampleCount', 'Sample count') }),
      threshold: 2,
      says: 'One answer in a hundred takes longer than 2 s. First check: whether the units or the database are saturated; then which pages are slow, in the access log.',
      runbook: 'answers-are-slow',
    }],
  };
}

function tiers(all: IMetric, units: IMetric, unanswered: IMetric): Graph {
  return {
    title: 'Who fails (% of the requests)',
    left: [all, units, unanswered],
    axis: PERCENT,
    alarms: [{
      name: 'Load-Balancer-Down',
      severity: 'Critical',
      symptom: 'Down',
      metric: all,
      threshold: 90,
      points: [3, 6],
      says: 'More than 90 % of the requests fail: customers have nothing that works. First check: whether units are healthy; if they are, what all pages need and the health check does not ask for: most often the database.',
      runbook: 'application-is-down',
    }, {
      name: 'Load-Balancer-Unanswered',
      severity: 'Warning',
      metric: unanswered,
      threshold: 1,
      points: [3, 6],
      says: 'The load balancer itself answers more than 1 % of the requests, by an error: units are missing, close connections or take too long. First check: how many units are well, and whether they restart or are out of memory.',
      runbook: 'requests-fail',
    }],
  };
}
