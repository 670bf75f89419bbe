import { App, Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { Edge, EnvironmentProfile, Firewall, IWebFirewall, Runtime, Symptom } from '../../src';
import { CertificateWatch } from '../../src/edge/private/certificate-watch';
import { monitorDistribution } from '../../src/edge/private/distribution-alarms';
import { ACCOUNT, once, platformTemplate } from '../support/platform';
import { titlesOf, Watched } from '../support/watched';

const stackIn = (region?: string) => new Stack(new App(), 'Stack', region === undefined ? {} : { env: { account: ACCOUNT, region } });

describe('a distribution', () => {
  const distribution = (alarms: boolean, additionalMetrics: boolean) => new Watched((monitoring, stack) => monitorDistribution(monitoring, {
    alarms, additionalMetrics, distribution: Distribution.fromDistributionAttributes(stack, 'Known', { distributionId: 'E1', domainName: 'd1.cloudfront.net' }),
  }));
  const full = once(() => distribution(true, true));

  test('wakes somebody when answers fail, three minutes of six, once there are enough', () => {
    expect(full().alarm('Edge-Fault-Rate-Critical')).toMatchObject({
      Threshold: 5, ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 6, DatapointsToAlarm: 3, TreatMissingData: 'notBreaching',
    });
    expect(full().expression('Edge-Fault-Rate-Critical')).toBe('IF(requests >= 20, watched, 0)');
    expect(full().measures('Edge-Fault-Rate-Critical')).toEqual(['watched: AWS/CloudFront 5xxErrorRate Average', 'requests: AWS/CloudFront Requests Sum']);
    expect(full().dimensions('Edge-Fault-Rate-Critical')).toEqual([[{ Name: 'DistributionId', Value: 'E1' }, { Name: 'Region', Value: 'Global' }]]);
    expect(full().alarm('Edge-Fault-Rate-Critical').Metrics.slice(1).map(({ MetricStat }) => MetricStat!.Period)).toEqual([60, 60]);
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
