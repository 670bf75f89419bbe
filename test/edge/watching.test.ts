import { App, Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { Brazil } from './support';
import { Edge, EnvironmentProfile, Firewall, IWebFirewall, Runtime, Symptom } from '../../src';
import { CertificateWatch } from '../../src/edge/private/certificate-watch';
import { invocationsOf, monitorDistribution } from '../../src/edge/private/distribution-alarms';
import { AlarmProperties, Recording, replayMinutes } from '../support/alarm-replay';
import { ACCOUNT, once, platformTemplate } from '../support/platform';
import { only, resources } from '../support/template';
import { titlesOf, Watched } from '../support/watched';

const stackIn = (region?: string) => new Stack(new App(), 'Stack', region === undefined ? {} : { env: { account: ACCOUNT, region } });

describe('a distribution', () => {
  const distribution = (alarms: boolean, additionalMetrics: boolean) => new Watched((monitoring, stack) => monitorDistribution(monitoring, {
    alarms, additionalMetrics, closed: { maintenance: invocationsOf('Closed') }, distribution: Distribution.fromDistributionAttributes(stack, 'Known', { distributionId: 'E1', domainName: 'd1.cloudfront.net' }),
  }));
  const full = once(() => distribution(true, true));

  test('wakes somebody when answers fail, three minutes of six, once there are enough', () => {
    expect(full().alarm('Edge-Fault-Rate-Critical')).toMatchObject({
      Threshold: 5, ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 6, DatapointsToAlarm: 3, TreatMissingData: 'notBreaching',
    });
    expect(full().expression('Edge-Fault-Rate-Critical')).toBe(
      'IF((requests - (FILL(maintenance, 0))) >= 20, (watched * requests - 105 * (FILL(maintenance, 0))) / (requests - (FILL(maintenance, 0))), 0)');
    expect(full().measures('Edge-Fault-Rate-Critical')).toEqual([
      'watched: AWS/CloudFront 5xxErrorRate Average', 'requests: AWS/CloudFront Requests Sum', 'maintenance: AWS/CloudFront FunctionInvocations Sum',
    ]);
    expect(full().dimensions('Edge-Fault-Rate-Critical')).toEqual([
      [{ Name: 'DistributionId', Value: 'E1' }, { Name: 'Region', Value: 'Global' }], [{ Name: 'FunctionName', Value: 'Closed' }, { Name: 'Region', Value: 'Global' }],
    ]);
    expect(full().alarm('Edge-Fault-Rate-Critical').Metrics.slice(1).map(({ MetricStat }) => MetricStat!.Period)).toEqual([60, 60, 60]);
  });

  test('warns when the edge waits, where CloudFront measures it', () => {
    expect(full().alarm('Edge-Origin-Latency-Warning')).toMatchObject({ Threshold: 3000, EvaluationPeriods: 3, DatapointsToAlarm: 3, TreatMissingData: 'notBreaching' });
    expect(full().expression('Edge-Origin-Latency-Warning')).toBe('IF(requests >= 100, watched, 0)');
    expect(full().measures('Edge-Origin-Latency-Warning')[0]).toBe('watched: AWS/CloudFront OriginLatency p99');
    expect(distribution(true, false).alarmNames).toEqual(['Edge-Fault-Rate-Critical']);
  });

  test('tells its symptoms', () => {
    expect(full().withAdvice).toEqual({
      'Edge-Fault-Rate-Critical': `${Symptom.FAILING}, requests-fail`, 'Edge-Origin-Latency-Warning': 'answers-are-slow',
    });
  });

  test('has no alarm outside us-east-1, and shows the team as much', () => {
    const shown = distribution(false, true);
    expect(shown.alarmNames).toEqual([]);
    expect(titlesOf(shown.summary)).toEqual(['TPS', 'Errors (rate)', 'Latency: time to the first byte of what is not cached (ms)']);
    expect(titlesOf(shown.detail)).toContain('Hit Rate');
  });

  test('without the metrics that are charged for shows no empty graph', () => {
    expect(titlesOf(distribution(true, false).detail)).toEqual(['TPS', 'Traffic', 'Errors (rate)']);
  });

  test('is measured in more detail when the edge is asked to', () => {
    const template = platformTemplate({ edge: Edge.cloudFront({ additionalMetrics: true }) });
    template.hasResourceProperties('AWS::CloudFront::MonitoringSubscription', {
      MonitoringSubscription: { RealtimeMetricsSubscriptionConfig: { RealtimeMetricsSubscriptionStatus: 'Enabled' } },
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: 'Stack-Shop-Edge-Origin-Latency-Warning' });
    platformTemplate().resourceCountIs('AWS::CloudFront::MonitoringSubscription', 0);
  });
});

/** What the edge did in a minute. */
interface Minute {
  /** Answers of the application, media and static files. */
  readonly well?: number;
  /** Answers of 5xx that nobody wants. */
  readonly failed?: number;
  /** Answers of 503 during maintenance. */
  readonly closed?: number;
  /** Answers of 503 by the waiting page. */
  readonly waiting?: number;
}

describe('what is answered by 503 on purpose', () => {
  const [BEGIN, END] = [10, 40];
  const platform = once(() => platformTemplate({
    edge: Edge.cloudFront({ firewall: Firewall.managed({ waitingPage: { newVisitsPerMinute: 600 } }) }),
  }));
  const alarm = once(() => resources(platform(), 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties)
    .find(({ AlarmName }) => AlarmName === 'Stack-Shop-Edge-Fault-Rate-Critical') as unknown as AlarmProperties);
  const samples = (value: number) => value === 0 ? [] : [{ value, times: 1 }];

  /** Series as CloudFront and AWS WAF count them: each answer of 5xx is in CloudFront's rate, whoever gave it. */
  function recordingOf(at: (minute: number) => Minute): Recording {
    const all = (minute: number) => Object.values(at(minute)).reduce<number>((sum, count: number) => sum + count, 0);
    return {
      'Requests': minute => samples(all(minute)),
      '5xxErrorRate': minute => all(minute) === 0 ? [] : [{ value: 100 * (all(minute) - (at(minute).well ?? 0)) / all(minute), times: 1 }],
      'FunctionInvocations': minute => samples(at(minute).closed ?? 0),
      'BlockedRequests': minute => samples(at(minute).waiting ?? 0),
    };
  }

  const raised = (at: (minute: number) => Minute) => replayMinutes(alarm(), recordingOf(at), END).map(({ from }) => from - BEGIN);
  const since = (after: Minute) => raised(minute => minute < BEGIN ? { well: 600 } : after);

  test.each<[string, Minute]>([
    ['maintenance', { well: 200, closed: 400 }],
    ['maintenance of a site without media', { closed: 600 }],
    ['maintenance with a few media files', { well: 25, closed: 575 }],
    ['a door that is shut', { well: 100, waiting: 5000 }],
    ['what is borne, and both', { well: 196, failed: 4, closed: 300, waiting: 300 }],
  ])('wakes nobody: %s', (_, minute) => {
    expect(since(minute)).toEqual([]);
  });

  test('nor when a few of those answers are counted in the minute before', () => {
    expect(raised(minute => minute < BEGIN ? { well: 600 } : { well: 100, closed: 500 + (minute % 2 === 0 ? 20 : -20) })).toEqual([]);
    const early = recordingOf(minute => minute < BEGIN ? { well: 600 } : { well: 100, closed: 500 });
    const shifted = { ...early, FunctionInvocations: (minute: number) => samples(minute < BEGIN ? 0 : 480) };
    expect(replayMinutes(alarm(), shifted, END)).toEqual([]);
  });

  test.each<[string, Minute]>([
    ['the application', { well: 500, failed: 100 }],
    ['media during maintenance', { failed: 200, closed: 400 }],
    ['those who are in while the door is shut', { failed: 100, waiting: 500 }],
    ['half of those who are in', { well: 100, failed: 100, waiting: 400 }],
  ])('hides no fault of %s', (_, minute) => {
    expect(since(minute)).toEqual([2]);
  });

  test('is counted by the names that the function and the rule have', () => {
    const names = alarm().Metrics.flatMap(({ MetricStat }) => MetricStat === undefined ? [] : [MetricStat.Metric as unknown as {
      readonly MetricName: string; readonly Dimensions: { readonly Name: string; readonly Value: unknown }[];
    }]).map(({ MetricName, Dimensions }) => [MetricName, Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]))]);
    const of = Object.fromEntries(names) as { readonly [name: string]: { readonly [name: string]: unknown } };
    const closed = platformTemplate({ edge: Edge.cloudFront({ maintenance: true }) });
    expect(only(closed, 'AWS::CloudFront::Function').Properties.Name).toBe(of.FunctionInvocations.FunctionName);
    const { Name, Rules } = only(platform(), 'AWS::WAFv2::WebACL').Properties as unknown as {
      readonly Name: string; readonly Rules: { readonly VisibilityConfig: { readonly MetricName: string } }[];
    };
    expect(of.BlockedRequests).toEqual({ Rule: 'WaitingPage', WebACL: Name });
    expect(Rules.map(({ VisibilityConfig }) => VisibilityConfig.MetricName)).toContain('WaitingPage');
  });

  test('is known in us-east-1 by the alarm of a platform elsewhere', () => {
    const firewall = Firewall.managed({ waitingPage: { newVisitsPerMinute: 600 } });
    const brazil = new Brazil({ edge: Edge.cloudFront({ firewall, maintenance: true }) });
    const { Name } = only(brazil.template(), 'AWS::CloudFront::Function').Properties;
    const [{ Properties }] = resources(brazil.template('-edge-alarms'), 'AWS::CloudWatch::Alarm')
      .filter(({ Properties: { AlarmName } }) => String(AlarmName).endsWith('Edge-Fault-Rate-Critical'));
    const text = JSON.stringify(Properties);
    expect(text).toContain(`{"Name":"FunctionName","Value":${JSON.stringify(Name)}}`);
    expect(text).toContain('{"Name":"Rule","Value":"WaitingPage"}');
  });
});

describe('a managed firewall', () => {
  const bind = (stack: Stack): IWebFirewall => Firewall.managed().bind(new Construct(stack, 'Firewall'), {
    profile: EnvironmentProfile.production(), encryptionKey: new Key(stack, 'Key'), runtime: Runtime.php(),
  });
  const watched = once(() => new Watched((monitoring, stack) => bind(stack).monitorWith(monitoring)));

  test('warns of a surge of refused requests, of its own web ACL', () => {
    const alarm = watched().alarm('Firewall-Blocked-Surge-Warning');
    expect(watched().alarmNames).toEqual(['Firewall-Blocked-Surge-Warning']);
    expect(alarm).toMatchObject({ Threshold: 20, EvaluationPeriods: 3, DatapointsToAlarm: 2, TreatMissingData: 'notBreaching' });
    expect(watched().expression('Firewall-Blocked-Surge-Warning')).toContain('FILL(blocked, 0) >= 500');
    expect(watched().withAdvice).toEqual({ 'Firewall-Blocked-Surge-Warning': 'attack-or-flood' });
    const [{ Value }] = (watched().dimensions('Firewall-Blocked-Surge-Warning') as { Name: string; Value: string }[][])[0].filter(({ Name }) => Name === 'WebACL');
    watched().template.hasResourceProperties('AWS::WAFv2::WebACL', { Name: Value, VisibilityConfig: Match.objectLike({ MetricName: Value }) });
  });

  test('is for engineers', () => {
    expect(titlesOf(watched().detail)).toHaveLength(3);
    expect(titlesOf(watched().summary)).toEqual([]);
  });

  test('is shown without alarms in another Region, whose alarms another stack makes in us-east-1', () => {
    const firewall = bind(stackIn('us-east-1'));
    expect(new Watched(monitoring => firewall.monitorWith(monitoring), stackIn('sa-east-1')).alarmNames).toEqual([]);
    expect(new Watched(monitoring => firewall.alarmWith(monitoring), stackIn('us-east-1')).alarmNames).toEqual(['Firewall-Blocked-Surge-Warning']);
  });
});

describe('the certificates of a domain', () => {
  const arn = (region: string) => `arn:aws:acm:${region}:${ACCOUNT}:certificate/1`;
  const certificate = (stack: Stack, region: string) => Certificate.fromCertificateArn(stack, region, arn(region));
  const both = (stack: Stack) => ({ viewer: certificate(stack, 'us-east-1'), origin: certificate(stack, 'sa-east-1') });
  const ORIGIN = ['Origin-Certificate-DaysToExpiry-Critical', 'Origin-Certificate-DaysToExpiry-Warning'];
  const VIEWER = ['Certificate-DaysToExpiry-Critical', 'Certificate-DaysToExpiry-Warning'];

  test('that are one are watched once', () => {
    const watched = new Watched((monitoring, stack) => {
      const viewer = certificate(stack, 'us-east-1');
      new CertificateWatch({ viewer, origin: viewer }).monitorWith(monitoring);
    });
    expect(watched.alarmNames).toEqual(VIEWER);
    expect(VIEWER.map(name => watched.alarm(name).Threshold)).toEqual([7, 30]);
    VIEWER.forEach(name => expect(watched.alarm(name)).toMatchObject({
      ComparisonOperator: 'LessThanThreshold', EvaluationPeriods: 1, TreatMissingData: 'ignore',
    }));
    expect(watched.withAdvice).toEqual(Object.fromEntries(VIEWER.map(name => [name, 'certificate-expires'])));
    const [{ MetricStat }] = watched.alarm(VIEWER[0]).Metrics;
    expect(MetricStat).toMatchObject({ Period: 86400, Stat: 'Minimum', Metric: { MetricName: 'DaysToExpiry', Dimensions: [{ Name: 'CertificateArn', Value: arn('us-east-1') }] } });
    expect(titlesOf(watched.summary)).toEqual([]);
  });

  test('of two Regions are watched each in its own', () => {
    const shown = new Watched((monitoring, stack) => new CertificateWatch(both(stack)).monitorWith(monitoring), stackIn('sa-east-1'));
    expect(shown.alarmNames).toEqual(ORIGIN);
    expect(shown.detail).toMatch(/"DaysToExpiry","CertificateArn","arn:aws:acm:us-east-1:[^\]]*"region":"us-east-1"/);
    const alarmed = new Watched((monitoring, stack) => {
      const watch = new CertificateWatch(both(stack));
      watch.alarmWith(monitoring, watch.viewer!);
    }, stackIn('us-east-1'));
    expect(alarmed.alarmNames).toEqual(VIEWER);
  });

  test('are none without a domain', () => {
    expect(titlesOf(new Watched(monitoring => new CertificateWatch({}).monitorWith(monitoring)).detail)).toEqual([]);
  });
});
