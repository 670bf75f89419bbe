import { App, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { inZone, migrated } from './support';
import { CutOver, Domain, EnvironmentProfile, LegacySite, WeightedCutOverProps } from '../../src';
import { once } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { propertiesOf, resources, text } from '../support/template';

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

  test('asks the platform by the distribution\'s own name, and the other side at its address by the name of both', () => {
    const [legacy, platform] = checks(byDefault().template);
    expect(legacy).toMatchObject({
      Type: 'HTTPS',
      IPAddress: '198.51.100.7',
      FullyQualifiedDomainName: 'shop.example.com',
      EnableSNI: true,
      Port: 443,
      ResourcePath: '/',
      RequestInterval: 30,
      FailureThreshold: 3,
    });
    expect(platform).toMatchObject({ Type: 'HTTPS', Port: 443, ResourcePath: '/' });
    expect(text(platform.FullyQualifiedDomainName)).toMatch(/^\$\{ShopContentDelivery\w+\.DomainName\}$/);
  });

  test('asks for the given paths, by HTTP where the other side has no HTTPS', () => {
    const [legacy, platform] = checks(cutOver({ healthCheckPath: '/healthz', legacyHealthCheckPath: '/alive.php', legacyHttps: false }).template);
    expect(legacy).toMatchObject({ Type: 'HTTP', Port: 80, ResourcePath: '/alive.php' });
    expect(legacy).not.toHaveProperty('EnableSNI');
    expect(platform).toMatchObject({ Type: 'HTTPS', ResourcePath: '/healthz' });
    expect(checks(cutOver({ healthCheckPath: '/healthz' }).template)[0]).toMatchObject({ ResourcePath: '/healthz' });
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
  const alarms = (template: Template) => resources(template, 'AWS::CloudWatch::Alarm')
    .filter(({ Properties }) => String(Properties.AlarmName).startsWith('Stack-Shop-Migration')).map(({ Properties }) => Properties);

  test('alarms when a side does not answer, whatever the share', () => {
    expect(alarms(cutOver({ platformShare: 0 }).template)).toEqual([
      expect.objectContaining({ AlarmName: 'Stack-Shop-Migration-CutOver-LegacyIpv4Answers-Critical', Threshold: 1, ComparisonOperator: 'LessThanThreshold' }),
      expect.objectContaining({ AlarmName: 'Stack-Shop-Migration-CutOver-PlatformAnswers-Critical' }),
    ]);
  });

  test('has no alarms where Route 53 has no metrics, and a warning says so', () => {
    const stack = new Stack(new App(), 'Stack', { env: { region: 'sa-east-1', account: '111111111111' } });
    const step = CutOver.weighted({ platformShare: 20, legacy: LEGACY }).bind(new Construct(stack, 'Slot'), { domain: inZone(stack) });
    step.healthCheckOf('d1.cloudfront.net');
    const { MonitoringFacade } = jest.requireActual<typeof import('cdk-monitoring-constructs')>('cdk-monitoring-constructs');
    step.monitorWith(new MonitoringFacade(stack, 'Board'));
    const template = Template.fromStack(stack);
    expect(alarms(template)).toEqual([]);
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
  ['a path without its slash', weighted({ healthCheckPath: 'healthz' }),
    '[CutOver.weighted] \'healthCheckPath\' must be a path of up to 255 characters that begins with a slash, got "healthz": give such as \'/healthz\''],
  ['another one', weighted({ legacyHealthCheckPath: 'alive' }),
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
