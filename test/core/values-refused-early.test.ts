import { Duration, Lazy } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { InstanceType, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { ContainerDefinitionOptions, ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Bucket, StorageClass, Transition } from 'aws-cdk-lib/aws-s3';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import {
  Compute, Database, Domain, EnvironmentProfile, InstanceCode, Media, Owner, Sessions, Tracing, Traffic,
} from '../../src';
import { cronFields } from '../../src/core/private/time/schedules';
import { brought } from '../../src/core/private/validation';
import { CutOver, FileMigration, LegacySite } from '../../src/migration';
import { Slo, SloCounts, SloMonitoring } from '../../src/observability';
import { DatabaseIdentifier, DatabaseSaturationMonitoring, NatGatewayMonitoring } from '../../src/segments';
import { addPlatform, eastStack, IMAGE, once, platformTemplate } from '../support/platform';
import { Refusal, testRefusals } from '../support/refusals';
import { resources } from '../support/template';

const types = (...names: string[]) => names.map(name => new InstanceType(name));
const code = () => InstanceCode.fromBucket(Bucket.fromBucketName(eastStack(), 'Code', 'code'), 'app.zip');
const instances = (...names: string[]) => () => Compute.instances({ code: code(), instanceTypes: types(...names) });
const beside = (sidecar: Partial<ContainerDefinitionOptions>) => () =>
  Compute.fargate({ image: IMAGE, sidecars: { proxy: { image: IMAGE, ...sidecar } } });
const to = (...transitions: Partial<Transition>[]) => () =>
  Media.bucket({ transitions: transitions.map(each => ({ storageClass: StorageClass.INTELLIGENT_TIERING, ...each })) });
const certificate = (arn: string) => Certificate.fromCertificateArn(eastStack(), 'Certificate', arn);
const zone = once(() => HostedZone.fromHostedZoneAttributes(eastStack(), 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' }));
const runs = (schedule: Schedule) => () => FileMigration.fromS3({ bucket: undefined!, schedule });
const TWO_O_CLOCK = 'give such as Schedule.cron({ hour: \'2\', minute: \'0\' })';
const facade = () => new MonitoringFacade(eastStack(), 'Facade');
const lag = (maxLatency: Duration) => () =>
  new DatabaseSaturationMonitoring(facade(), { database: DatabaseIdentifier.cluster('orders'), addMaxReplicaLagAlarm: { Warning: { maxLatency } } });
const abroad = new Metric({ namespace: 'Shop', metricName: 'Orders', region: 'eu-west-1' });

const REFUSALS: Refusal[] = [
  ['a type of instances that is none', instances('large'),
    '[Compute.instances] \'instanceTypes\' must be a family and a size, got "large": give such as new InstanceType(\'c7g.medium\')'],
  ['types of instances that the system does not run on', instances('a1.large', 'mac2.metal'),
    '[Compute.instances] \'instanceTypes\' must be of a family that Amazon Linux 2023 has (all but a1 and mac), got "a1.large", "mac2.metal": give such as new InstanceType(\'c7g.medium\')'],
  ['a type of RDS that is none', () => Database.rdsMysql({ instanceType: new InstanceType('db.enormous') }),
    '[Database.rdsMysql] \'instanceType\' must be a family and a size, got "db.enormous": give such as new InstanceType(\'m7g.large\')'],
  ['a type that RDS lacks', () => Database.rdsPostgresql({ instanceType: new InstanceType('c7g.large') }),
    '[Database.rdsPostgresql] \'instanceType\' must be of a family that RDS has (m, r, t, x and z), got "c7g.large": give such as new InstanceType(\'m7g.large\')'],
  ['a type that Aurora lacks', () => Database.auroraMysqlProvisioned({ instanceType: new InstanceType('db.m7g.large') }),
    '[Database.auroraMysqlProvisioned] \'instanceType\' must be of a family that Aurora has (r, t and x), got "db.m7g.large": give such as new InstanceType(\'r7g.large\')'],
  ['a type that ElastiCache lacks', () => Sessions.valkeyNodes({ nodeType: new InstanceType('cache.c7g.large') }),
    '[Sessions.valkeyNodes] \'nodeType\' must be of a family that ElastiCache has (m, r, t and c7gn), got "cache.c7g.large": give such as new InstanceType(\'r7g.large\')'],
  ['a time that logs are not kept', () => EnvironmentProfile.production({ logRetention: 42 as never }),
    '[EnvironmentProfile.production] \'logRetention\' must be a time that CloudWatch Logs keeps logs for, got 42: give one of RetentionDays, such as RetentionDays.ONE_YEAR'],
  ['a certificate by another text than its ARN', () => Domain.inZone(zone(), 'shop.example.com', { certificate: certificate('shop') }),
    '[Domain.inZone] \'certificate\' must have the ARN of a certificate in ACM, got "shop": give \'arn:aws:acm:<region>:<account>:certificate/<id>\''],
  ['an origin\'s certificate that is none', () => Domain.elsewhere('shop.example.com', certificate('arn:aws:acm:us-east-1:111111111111:certificate/1'), {
    originCertificate: certificate('arn:aws:iam::111111111111:server-certificate/1'),
  }), '[Domain.elsewhere] \'originCertificate\' must have the ARN of a certificate in ACM, got "arn:aws:iam::111111111111:server-certificate/1": give \'arn:aws:acm:<region>:<account>:certificate/<id>\''],
  ['a transition without an age', to({}), '[Media.bucket] \'transitions\' must be by age alone, got no age for INTELLIGENT_TIERING: give \'transitionAfter\', such as Duration.days(30)'],
  ['a transition on a date', to({ transitionDate: new Date('2026-12-01') }),
    '[Media.bucket] \'transitions\' must be by age alone, got a date for INTELLIGENT_TIERING: give \'transitionAfter\', such as Duration.days(30)'],
  ['a transition at half a day', to({ transitionAfter: Duration.hours(36) }), '[Media.bucket] \'transitionAfter\' must be whole days, got 1.5 days: S3 counts in days'],
  ['a transition at a token in another unit', to({ transitionAfter: Duration.hours(Lazy.number({ produce: () => 24 })) }),
    '[Media.bucket] \'transitionAfter\' must be in days where it is a token, got a token in another unit: it cannot be converted before it is known; give the parameter in days'],
  ['two transitions to one class', to({ transitionAfter: Duration.days(1) }, { transitionAfter: Duration.days(9) }),
    '[Media.bucket] \'transitions\' must be to each class once, got INTELLIGENT_TIERING more than once: leave all but one out'],
  ['a sidecar with more CPU than the unit', beside({ cpu: 1024 }),
    '[Compute.fargate] \'sidecars\' must not have more \'cpu\' than the unit, got 1024 of 512: lower theirs, or raise \'size.cpu\''],
  ['a sidecar with all memory of the unit', beside({ memoryReservationMiB: 1024 }),
    '[Compute.fargate] \'sidecars\' must leave memory of the unit to the application, got 1024 of 1024 MiB: lower theirs, or raise \'size.memoryLimitMiB\''],
  ['a sidecar that may take more memory than there is', beside({ memoryReservationMiB: 64, memoryLimitMiB: 2048 }),
    '[Compute.fargate] \'sidecars\' must not have a larger \'memoryLimitMiB\' than the unit\'s 1024, got proxy: lower it, or raise \'size.memoryLimitMiB\''],
  ['a sidecar on the application\'s port', beside({ portMappings: [{ containerPort: 8080 }] }),
    '[Compute.fargate] \'sidecars\' must leave the application its \'port\', got 8080 for proxy, too: the containers of a unit share their ports'],
  ['a sidecar that asks for no number', beside({ memoryLimitMiB: NaN }),
    '[Compute.fargate] \'sidecars\' must ask for whole CPU units and MiB, got NaN for proxy.memoryLimitMiB: give whole numbers, or leave them out'],
  ['a sidecar on no port', beside({ portMappings: [{ containerPort: NaN }] }),
    '[Compute.fargate] \'sidecars\' must listen on ports from 1 to 65535, got NaN: give the port that each listens on, or none'],
  ['types of instances that are not known', () => Compute.instances({ code: code(), instanceTypes: [new InstanceType(Lazy.string({ produce: () => 'c7g.medium' }))] }),
    '[Compute.instances] \'instanceTypes\' must be known at synthesis, got a token: the processor is worked out from it; give types such as new InstanceType(\'c7g.medium\')'],
  ['a throughput without an end', () => Sessions.dynamoDb({ warmThroughput: { readUnitsPerSecond: Infinity } }),
    '[Sessions.dynamoDb.warmThroughput] \'readUnitsPerSecond\' must be a finite number, got Infinity: give what the peak needs, or leave it out for what a new table has'],
  ['a throughput of nothing', () => Sessions.dynamoDb({ warmThroughput: {} }),
    '[Sessions.dynamoDb.warmThroughput] \'warmThroughput\' must say at least one of \'readUnitsPerSecond\' and \'writeUnitsPerSecond\', got {}: give what the peak needs, or leave it out for what a new table has'],
  ['a language that no board has', () => addPlatform(eastStack(), { observability: { language: 'xx' as never } }),
    '[Stack/Shop] \'language\' must be one of the operations board, got "xx": give BoardLanguage.ENGLISH or BoardLanguage.PORTUGUESE_BRAZIL'],
  ['a share of the answers that is not known', () => CutOver.weighted({ platformShare: Lazy.number({ produce: () => 10 }), legacy: LegacySite.addresses(['203.0.113.7']) }),
    '[CutOver.weighted] \'platformShare\' must be known at synthesis, got a token: the shares of both sides are worked out from it'],
  ['the port of what receives spans', () => Compute.fargate({ image: IMAGE, port: 4318, tracing: Tracing.openTelemetry() }),
    '[Compute.fargate] \'port\' must not be 4317 or 4318 beside \'tracing\', got 4318: what receives the spans listens there; give another, such as 8080'],
  ['code that is not there', () => InstanceCode.fromAsset('/no/such/folder'),
    '[InstanceCode.fromAsset] \'path\' must be of a folder or an archive that is there, got "/no/such/folder", which is /no/such/folder: give the path from where the app runs, or join it with __dirname'],
  ['an image whose folder is not there', () => addPlatform(eastStack(), { compute: Compute.fargate({ image: ContainerImage.fromAsset('/no/such/folder') }) }),
    '[Stack/Shop/Compute/Fargate] \'image\' must be of what can be made, got an error, "Cannot find image directory at /no/such/folder": give a folder with a Dockerfile from where the app runs, or join it with __dirname; or the name of an image'],
  ['a sidecar whose folder is not there', () => addPlatform(eastStack(), { compute: beside({ image: ContainerImage.fromAsset('/no/such/folder') })() }),
    '[Stack/Shop/Compute/Fargate] \'sidecars.proxy\' must be of what can be made, got an error, "Cannot find image directory at /no/such/folder": mend what it says of the container'],
  ['a schedule of several minutes', runs(Schedule.cron({ minute: '0/15' })),
    `[FileMigration.fromS3] 'schedule' must be a rate of hours or days, or a cron expression at one minute of the hour, got cron(0/15 * * * ? *): ${TWO_O_CLOCK}`],
  ['a schedule that is none', runs(Schedule.expression('at night')),
    `[FileMigration.fromS3] 'schedule' must be a rate of hours or days, or a cron expression at one minute of the hour, got at night: ${TWO_O_CLOCK}`],
  ['an alarm on a time without an end', lag(Duration.millis(Infinity)),
    '[Stack/Facade] \'maxLatency\' of \'addMaxReplicaLagAlarm\' for Warning must be a finite time, got Infinity milliseconds: give the time from which on somebody should look'],
  ['an alarm on a token in another unit', lag(Duration.hours(Lazy.number({ produce: () => 1 }))),
    '[Stack/Facade] \'maxLatency\' of \'addMaxReplicaLagAlarm\' for Warning must be in milliseconds where it is a token, got a token in another unit: it cannot be converted before it is known; give the parameter in milliseconds'],
  ['an alarm on metrics of another Region', () => new NatGatewayMonitoring(facade(), {
    natGatewayIds: ['nat-1'], region: 'eu-west-1', addMaxPortAllocationErrorCountAlarm: { Warning: { maxErrorCount: 0 } },
  }), '[Stack/Facade] \'addMaxPortAllocationErrorCountAlarm\' must be in the Region of its metrics, got metrics of eu-west-1 in a stack of us-east-1: watch them in a stack of eu-west-1, or leave the alarm out'],
  ['an objective on metrics of another Region', () => new SloMonitoring(facade(), {
    slo: Slo.of({ name: 'Orders', promise: 'orders are confirmed', objective: 99, counts: SloCounts.fromGood(abroad, abroad) }),
  }), '[Stack/Facade] \'counts\' must be of metrics in the Region of the alarms, got one in eu-west-1: watch the objective in a stack of that Region'],
  ['a security group whose id is none', () => {
    const { database } = addPlatform(eastStack());
    const scope = database as unknown as Construct;
    database.attachTo({ connections: SecurityGroup.fromSecurityGroupId(scope, 'Other', 'web').connections } as never);
  }, '[Stack/Shop/Database/AuroraMysql/Other] \'securityGroupId\' must be the id of a security group, got "web": give such as \'sg-0123456789abcdef0\''],
];

describe('what CDK lets pass, or says poorly, is refused early', () => {
  testRefusals(REFUSALS);

  test('an error of the library\'s own stays as it is', () => {
    const own = new Error('[Other/Path] \'prop\' must be mended');
    expect(() => brought('Path', 'image', 'mend it', () => { throw own; })).toThrow(own);
  });

  test('what is well, with or without the prefix of a service, and what is only known when deployed, passes', () => {
    const token = new InstanceType(Lazy.string({ produce: () => 'r7g.large' }));
    expect(() => [
      Database.auroraMysqlProvisioned({ instanceType: new InstanceType('db.x2g.large') }), Database.rdsMysql({ instanceType: token }),
      Sessions.valkeyNodes({ nodeType: new InstanceType('cache.t4g.small') }), instances('m7g.large', 'c6gn.medium')(), beside({ cpu: 512, memoryLimitMiB: 512 })(),
      to({ transitionAfter: Duration.hours(48) })(), runs(Schedule.rate(Duration.hours(6)))(), runs(Schedule.cron({ hour: '2', minute: '30', weekDay: 'MON-FRI' }))(),
      EnvironmentProfile.production({ logRetention: Lazy.number({ produce: () => 365 }) }),
    ]).not.toThrow();
  });
});

test.each([
  ['cron(0 2 * * ? *)', true], ['cron(0/15 8-18/2 ? JAN,6 MON-FRI 2026)', true], ['cron(0 0 LW * ? *)', true], ['cron(0 0 ? * 6#3 *)', true],
  ['cron(60 2 * * ? *)', false], ['cron(0 24 * * ? *)', false], ['cron(0 2 * * * *)', false], ['cron(0 2 ? * ? *)', false], ['cron(0 2 * * ?)', false],
  ['cron(0 2 32 * ? *)', false], ['cron(0 2 ? FOO MON *)', false], ['cron(0 2/0 * * ? *)', false], ['rate(1 hour)', false],
])('%s is a cron expression of AWS: %s', (expression, is) => {
  expect(cronFields(expression) !== undefined).toBe(is);
});

describe('instances of which there are always as many', () => {
  const template = once(() => platformTemplate({
    compute: Compute.instances({ code: InstanceCode.fromBucket(Bucket.fromBucketName(eastStack(), 'Code', 'code'), 'app.zip') }),
    traffic: Traffic.steady({ rps: 1 }),
    profile: EnvironmentProfile.production({ minimumUnits: 2 }),
  }));

  test('follow no target: cfn-lint refuses a policy that says so', () => {
    const [group] = resources(template(), 'AWS::AutoScaling::AutoScalingGroup');
    expect([group.Properties.MinSize, group.Properties.MaxSize]).toEqual(['2', '2']);
    expect(resources(template(), 'AWS::AutoScaling::ScalingPolicy')).toEqual([]);
  });
});

describe('the owner of a platform is on every tag that takes it', () => {
  const tagsOf = (name: string) => {
    const template = platformTemplate({ owner: Owner.team({ name, contact: 'x' }) });
    const ownerOf = (type: string) => (resources(template, type)[0].Properties.Tags as { Key: string; Value: string }[] | undefined)?.find(({ Key }) => Key === 'Owner')?.Value;
    return [ownerOf('AWS::EC2::VPC'), ownerOf('AWS::ElastiCache::ServerlessCache')];
  };

  test.each([
    ['São Paulo & Co', 'São Paulo Co', 'Sao Paulo Co'],
    ['注文チーム', '注文チーム', undefined],
    ['Storefront', 'Storefront', 'Storefront'],
  ])('%s', (name, anywhere, ascii) => {
    expect(tagsOf(name)).toEqual([anywhere, ascii]);
  });
});
