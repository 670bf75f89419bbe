import { App, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { ApplicationLoadBalancer, ApplicationTargetGroup, TargetType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { inZone, migrated, watchedSteps } from './support';
import { Compute, FargateDeployment, Domain, EnvironmentProfile, IWebWorkload } from '../../src';
import { CutOver, LegacySite, WeightedCutOverProps } from '../../src/migration';
import { eastStack, IMAGE, once } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { only, propertiesOf, resources, text } from '../support/template';
import { titlesOf } from '../support/watched';

const LEGACY = LegacySite.addresses(['198.51.100.7']);
const BOTH_FAMILIES = LegacySite.addresses(['198.51.100.7'], ['2001:db8::7']);
const cutOver = (props: Partial<WeightedCutOverProps> = {}) =>
  migrated(() => ({ cutOver: CutOver.weighted({ platformShare: 20, legacy: LEGACY, ...props }) }), stack => ({ domain: inZone(stack) }));
const byDefault = once(() => cutOver());

/** `<type> <set identifier> <weight> -> <where>`, and whether the answer hangs on a health check. */
function records(template: Template): string[] {
  // The database's private name is nobody's share.
  return resources(template, 'AWS::Route53::RecordSet').filter(({ Properties }) => Properties.Type !== 'CNAME').map(({ Properties }) => {
    const where = (Properties.ResourceRecords as string[] | undefined)?.join(',') ?? 'alias';
    return `${Properties.Type} ${Properties.SetIdentifier} ${Properties.Weight} -> ${where}${Properties.HealthCheckId === undefined ? '' : ', if well'}`;
  }).sort();
}

/** The alarms that health checks of the platform read. */
function noneHealthy(template: Template) {
  return resources(template, 'AWS::CloudWatch::Alarm').filter(({ Properties }) => text(Properties.AlarmName).includes('-Weighted-Platform-'));
}

function checks(template: Template) {
  return resources(template, 'AWS::Route53::HealthCheck').map(({ Properties }) => Properties.HealthCheckConfig as { [name: string]: unknown });
}

describe('CutOver.weighted', () => {
  test('gives each side its share, and leaves out whoever does not answer', () => {
    expect(records(byDefault().template)).toEqual(['A legacy 80 -> 198.51.100.7, if well', 'A platform 20 -> alias, if well']);
  });

  test('names no IPv6 address of the platform while the other side has none: whoever has IPv6 would come, whatever the share', () => {
    expect(records(cutOver({ platformShare: 99 }).template).filter(line => line.startsWith('AAAA'))).toEqual([]);
  });

  test('shares IPv6 too where both sides have it', () => {
    expect(records(cutOver({ legacy: BOTH_FAMILIES }).template)).toEqual([
      'A legacy 80 -> 198.51.100.7, if well', 'A platform 20 -> alias, if well',
      'AAAA legacy 80 -> 2001:db8::7, if well', 'AAAA platform 20 -> alias, if well',
    ]);
  });

  test('with a share of 0 sends nobody to a platform that is not ready, not even when the other side fails', () => {
    expect(records(cutOver({ platformShare: 0 }).template)).toEqual(['A legacy 100 -> 198.51.100.7', 'A platform 0 -> alias']);
  });

  test('with a share of 100 sends nobody back to old data by itself, and the platform has IPv6', () => {
    expect(records(cutOver({ platformShare: 100 }).template)).toEqual([
      'A legacy 0 -> 198.51.100.7', 'A platform 100 -> alias', 'AAAA platform 100 -> alias',
    ]);
  });

  test('asks the other side at its address by the name of both', () => {
    expect(checks(byDefault().template)[0]).toMatchObject({
      Type: 'HTTPS',
      IPAddress: '198.51.100.7',
      FullyQualifiedDomainName: 'shop.example.com',
      EnableSNI: true,
      Port: 443,
      ResourcePath: '/',
      RequestInterval: 30,
      FailureThreshold: 3,
    });
  });

  test('asks for the given path, by HTTP where the other side has no HTTPS', () => {
    const [legacy] = checks(cutOver({ legacyHealthCheckPath: '/alive.php', legacyHttps: false }).template);
    expect(legacy).toMatchObject({ Type: 'HTTP', Port: 80, ResourcePath: '/alive.php' });
    expect(legacy).not.toHaveProperty('EnableSNI');
  });

  test('holds the platform for well as long as its load balancer counts a healthy unit, and sends no request by a name of CloudFront\'s', () => {
    const { template } = byDefault();
    expect(checks(template).map(({ FullyQualifiedDomainName: name }) => name)).toEqual(['shop.example.com', undefined]);
    const [alarm] = noneHealthy(template);
    expect(alarm.Properties).toMatchObject({
      Namespace: 'AWS/ApplicationELB',
      MetricName: 'HealthyHostCount',
      Statistic: 'Maximum',
      Period: 60,
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      EvaluationPeriods: 2,
    });
    expect(alarm.Properties).not.toHaveProperty('Metrics');
    const group = only(template, 'AWS::ElasticLoadBalancingV2::TargetGroup').id;
    expect((alarm.Properties.Dimensions as { Name: string; Value: unknown }[]).find(({ Name }) => Name === 'TargetGroup')!.Value)
      .toEqual({ 'Fn::GetAtt': [group, 'TargetGroupFullName'] });
    expect(checks(template)[1]).toEqual({
      Type: 'CLOUDWATCH_METRIC',
      AlarmIdentifier: { Name: { Ref: alarm.id }, Region: 'us-east-1' },
      Inverted: false,
      InsufficientDataHealthStatus: 'Unhealthy',
    });
    const record = resources(template, 'AWS::Route53::RecordSet').find(({ Properties }) => Properties.SetIdentifier === 'platform')!;
    expect(text(record.Properties.HealthCheckId)).toContain(resources(template, 'AWS::Route53::HealthCheck')[1].id);
  });

  test('reads another alarm when another group or balancer takes the place, since Route 53 does not follow a change of an alarm', () => {
    const [{ Properties: { AlarmName: name } }] = noneHealthy(byDefault().template);
    expect(text(name)).toMatch(/^Stack-Shop-Migration-CutOver-Weighted-Platform-Group0 \$\{ShopCompute\w+\.TargetGroupFullName\} /);
    expect(text(name)).toMatch(/LoadBalancer/);
  });

  test('holds the platform for well by either of the groups of a deployment beside the old version', () => {
    const compute = Compute.fargate({ image: IMAGE, deployment: FargateDeployment.blueGreen() });
    const { template } = migrated(() => ({ cutOver: weighted({})() }), stack => ({ domain: inZone(stack), compute }));
    expect(noneHealthy(template)).toHaveLength(2);
    expect(checks(template).filter(({ Type }) => Type === 'CLOUDWATCH_METRIC')).toHaveLength(2);
    expect(checks(template).find(({ Type }) => Type === 'CALCULATED')).toMatchObject({
      HealthThreshold: 1, ChildHealthChecks: [expect.anything(), expect.anything()],
    });
  });

  test('leads its share to a platform whose workload names no groups in any case, and says so', () => {
    const stack = eastStack();
    const step = weighted({})().bind(new Construct(stack, 'Slot'), { domain: inZone(stack) });
    expect(step.healthCheckOf({} as IWebWorkload)).toBeUndefined();
    expect(noneHealthy(Template.fromStack(stack))).toEqual([]);
    Annotations.fromStack(stack).hasWarning('/Stack/Slot/Weighted', Match.stringLikeRegexp(
      'the platform has no health check, since its workload names no \'targetGroups\': DNS leads its share of the users to it in any case'));
    Annotations.fromStack(byDefault().stack).hasNoWarning('/Stack/Shop/Migration/CutOver/Weighted', Match.stringLikeRegexp('no health check'));
  });

  test('holds the other side for well as long as one of its addresses answers', () => {
    const { template } = cutOver({ legacy: LegacySite.addresses(['198.51.100.7', '198.51.100.8']) });
    const any = resources(template, 'AWS::Route53::HealthCheck').find(({ Properties }) => (Properties.HealthCheckConfig as { Type: string }).Type === 'CALCULATED')!;
    expect(any.Properties.HealthCheckConfig).toMatchObject({ HealthThreshold: 1, ChildHealthChecks: [expect.anything(), expect.anything()] });
    const record = resources(template, 'AWS::Route53::RecordSet').find(({ Properties }) => Properties.SetIdentifier === 'legacy')!;
    expect(text(record.Properties.HealthCheckId)).toBe(`\${${any.id}}`);
  });

  test('keeps an answer for a minute, or as long as one says', () => {
    const ttl = (template: Template) => resources(template, 'AWS::Route53::RecordSet').find(({ Properties }) => Properties.SetIdentifier === 'legacy')!.Properties.TTL;
    expect(ttl(byDefault().template)).toBe('60');
    expect(ttl(cutOver({ ttl: Duration.minutes(5) }).template)).toBe('300');
  });

  test('leads to an alias, which says itself whether it is well, or is asked by a name', () => {
    const target = { bind: () => ({ dnsName: 'old.elb.amazonaws.com', hostedZoneId: 'Z1' }) };
    expect(records(cutOver({ legacy: LegacySite.alias(target) }).template)).toEqual(['A legacy 80 -> alias', 'A platform 20 -> alias, if well']);
    const named = cutOver({ legacy: LegacySite.alias(target, { hostname: 'old.example.com', ipv6: true }) }).template;
    expect(records(named)).toEqual([
      'A legacy 80 -> alias, if well', 'A platform 20 -> alias, if well', 'AAAA legacy 80 -> alias, if well', 'AAAA platform 20 -> alias, if well',
    ]);
    expect(checks(named)[0]).toMatchObject({ FullyQualifiedDomainName: 'old.example.com' });
  });

  test('says what it is', () => {
    expect(byDefault().steps.map(step => step.describe().facts)).toEqual([
      { platform: '20 % of the DNS answers', ipv6: 'the platform alone, once it has every answer' },
    ]);
    expect(cutOver({ legacy: BOTH_FAMILIES }).steps[0].describe().facts).toMatchObject({ ipv6: 'both sides, by the same share' });
  });
});

describe('its monitoring', () => {
  // Those that tell people, not the one that a health check reads.
  const alarms = (template: Template) => resources(template, 'AWS::CloudWatch::Alarm')
    .filter(({ Properties }) => String(Properties.AlarmName).startsWith('Stack-Shop-Migration')).map(({ Properties }) => Properties);

  test('alarms when a side does not answer, whatever the share', () => {
    const expected = { Threshold: 1, ComparisonOperator: 'LessThanThreshold', EvaluationPeriods: 1, TreatMissingData: 'missing' };
    expect(alarms(cutOver({ platformShare: 20 }).template)).toEqual([
      expect.objectContaining({ ...expected, AlarmName: 'Stack-Shop-Migration-Cut-Over-LegacyIpv4-Answers-Critical' }),
      expect.objectContaining({ ...expected, AlarmName: 'Stack-Shop-Migration-Cut-Over-Platform-Answers-Critical' }),
    ]);
  });

  const [NOBODY, SOME, ALL] = ['', 'symptom:failing, ', 'symptom:down, '];
  test.each([
    [0, 'Critical', ALL, 'Warning', NOBODY], [20, 'Critical', SOME, 'Critical', SOME], [100, 'Warning', NOBODY, 'Critical', ALL],
  ])('with a share of %s wakes somebody for the side that users are led to', (platformShare, legacy, ofLegacy, platform, ofPlatform) => {
    const watched = watchedSteps(() => ({ cutOver: CutOver.weighted({ platformShare, legacy: LEGACY }) }), stack => ({ domain: inZone(stack) }));
    expect(watched.withAdvice).toEqual({
      [`Cut-Over-LegacyIpv4-Answers-${legacy}`]: `${ofLegacy}application-is-down`, [`Cut-Over-Platform-Answers-${platform}`]: `${ofPlatform}application-is-down`,
    });
    expect(watched.alarm(`Cut-Over-Platform-Answers-${platform}`).AlarmDescription).toContain(`and has ${platformShare} % of the DNS answers`);
    expect(titlesOf(watched.detail)).toEqual(['Healthy (1) or unhealthy (0)']);
    expect(titlesOf(watched.summary)).toEqual([]);
  });

  test('has no alarms where Route 53 has no metrics, and a warning says so', () => {
    const stack = new Stack(new App(), 'Stack', { env: { region: 'sa-east-1', account: '111111111111' } });
    const step = CutOver.weighted({ platformShare: 20, legacy: LEGACY }).bind(new Construct(stack, 'Slot'), { domain: inZone(stack) });
    const vpc = new Vpc(stack, 'Vpc');
    const targetGroup = new ApplicationTargetGroup(stack, 'Targets', { targetType: TargetType.IP, port: 80, vpc });
    new ApplicationLoadBalancer(stack, 'Balancer', { vpc }).addListener('Http', { port: 80, defaultTargetGroups: [targetGroup] });
    step.healthCheckOf({ targetGroups: [targetGroup] } as unknown as IWebWorkload);
    step.monitorWith(new MonitoringFacade(stack, 'Board'));
    const template = Template.fromStack(stack);
    expect(alarms(template)).toEqual([]);
    // The alarm that the health check reads is in the stack's Region, beside its metric.
    expect(checks(template)[1]).toMatchObject({ AlarmIdentifier: { Region: 'sa-east-1' } });
    expect(text(propertiesOf(template, 'AWS::CloudWatch::Dashboard').DashboardBody)).toContain('"HealthCheckStatus","HealthCheckId"');
    expect(text(propertiesOf(template, 'AWS::CloudWatch::Dashboard').DashboardBody)).toContain('"region":"us-east-1"');
    Annotations.fromStack(stack).hasWarning('/Stack/Slot/Weighted', Match.stringLikeRegexp(
      'no alarm watches the health checks, whose metrics are in us-east-1 alone, and the stack is in sa-east-1: watch the dashboard while the share changes'));
    Annotations.fromStack(byDefault().stack).hasNoWarning('/Stack/Shop/Migration/CutOver/Weighted', Match.stringLikeRegexp('no alarm watches'));
  });
});

const weighted = (props: Partial<WeightedCutOverProps>) => () => CutOver.weighted({ platformShare: 20, legacy: LEGACY, ...props });
const without = (domain: (stack: Stack) => Domain | undefined) => () => migrated(
  () => ({ cutOver: weighted({})() }), stack => ({ domain: domain(stack), profile: EnvironmentProfile.development() }));
const certificate = { certificateArn: 'arn:aws:acm:us-east-1:111111111111:certificate/1' } as never;

testRefusals([
  ['a share of more than all', weighted({ platformShare: 101 }),
    '[CutOver.weighted] \'platformShare\' must be a whole number between 0 and 100, got 101: give the platform\'s percentage of the answers; the rest is the legacy site\'s'],
  ['a share that is no whole number', weighted({ platformShare: 0.2 }),
    '[CutOver.weighted] \'platformShare\' must be a whole number between 0 and 100, got 0.2: give the platform\'s percentage of the answers; the rest is the legacy site\'s'],
  ['a path without its slash', weighted({ legacyHealthCheckPath: 'alive' }),
    '[CutOver.weighted] \'legacyHealthCheckPath\' must be a path of up to 255 characters that begins with a slash, got "alive": give such as \'/healthz\''],
  ['answers that stay for days', weighted({ ttl: Duration.days(2) }),
    '[CutOver.weighted] \'ttl\' must be between 1 second and 1 day, got 172800 seconds: give as long as a way back may take'],
  ['a migration of nothing', () => migrated(() => ({})),
    '[Stack/Shop] \'migration\' must bring something, got {}: give at least one of \'database\', \'files\', \'cutOver\''],
  ['a platform without a name', without(() => undefined),
    '[Stack/Shop] \'migration.cutOver\' needs a \'domain\' in a hosted zone, got none: give Domain.inZone, or lead users over where the name\'s DNS is kept'],
  ['a name whose DNS is elsewhere', without(() => Domain.elsewhere('shop.example.com', certificate)),
    '[Stack/Shop] \'migration.cutOver\' needs a \'domain\' in a hosted zone, got shop.example.com, whose DNS is kept elsewhere: give Domain.inZone, or lead users over where the name\'s DNS is kept'],
  ['a site without an address', () => LegacySite.addresses([]),
    '[LegacySite.addresses] \'ipv4\' must name an address at least, got []: give the addresses that users reach the site by today'],
  ['a name, and a private address', () => LegacySite.addresses(['old.example.com', '10.0.0.7', '198.51.100.7']),
    '[LegacySite.addresses] \'ipv4\' must be public addresses, got ["old.example.com","10.0.0.7"]: give such as \'203.0.113.7\'; a name is no address, see LegacySite.alias'],
  ['an IPv4 address, and one of a home network, for IPv6', () => LegacySite.addresses(['198.51.100.7'], ['198.51.100.7', 'fd00::7']),
    '[LegacySite.addresses] \'ipv6\' must be public addresses, got ["198.51.100.7","fd00::7"]: give such as \'2001:db8::7\'; a name is no address, see LegacySite.alias'],
]);
