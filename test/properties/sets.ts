import fc from 'fast-check';
import { booleans, call, Code, durations, either, instanceTypes, list, numbers, sizes, some, struct, texts } from './code';
import { compute } from './compute-sets';

const CERTIFICATE = '"arn:aws:acm:us-east-1:111111111111:certificate/1"';
const rotation = some(['PasswordRotation.managed()', 'PasswordRotation.alternatingUsers({ secret: secret() })'], [
  'PasswordRotation.alternatingUsers({ secret: secret(), automaticallyAfter: Duration.minutes(7) })', 'PasswordRotation.alternatingUsers({ secret: secret(), automaticallyAfter: Duration.days(NaN) })',
]);
const relational = {
  'databaseName': texts('"shop"'),
  'port': numbers('13306', '5432', '3306'),
  '...access': either(struct({ proxy: booleans }), struct({ iamAuthentication: booleans }), struct({ rotation }), struct({ proxy: booleans, iamAuthentication: booleans, rotation })),
  'requireTls': booleans,
  'snapshot': struct({ snapshotIdentifier: texts('"backup"'), username: texts('"admin"') }, 'snapshotIdentifier', 'username'),
};
const aurora = { ...relational, readers: numbers('0', '1', '2') };
const serverless = { ...aurora, minAcu: numbers('0.5', '1', '2'), maxAcu: numbers('8', '16', '256') };
const rds = {
  ...relational,
  instanceType: instanceTypes('m7g.large', 'db.t4g.medium', 'r6g.xlarge'),
  allocatedStorageGib: numbers('20', '100'),
  maxAllocatedStorageGib: numbers('200', '1000'),
  readReplica: some(['false'], ['true']),
};
export const database = either(
  call('Database.auroraMysql', struct(serverless)), call('Database.auroraPostgresql', struct(serverless)),
  call('Database.auroraMysqlProvisioned', struct({ ...aurora, instanceType: instanceTypes('r7g.large', 'db.t4g.medium') })),
  call('Database.auroraPostgresqlProvisioned', struct({ ...aurora, instanceType: instanceTypes('r7g.xlarge') })),
  call('Database.rdsMysql', struct(rds)), call('Database.rdsPostgresql', struct(rds)),
);

const nodes = struct({ nodeType: instanceTypes('t4g.small', 'cache.r7g.large'), numCacheClusters: numbers('1', '2', '3'), automaticFailover: booleans });
export const cache = call('Cache.valkeyNodes', nodes);
export const sessions = either(
  call('Sessions.valkeyServerless', struct({ maxEcpuPerSecond: numbers('5000', '15000'), minEcpuPerSecond: numbers('1000', '2000'), maxDataGb: numbers('5', '10'), minDataGb: numbers('1', '2') })),
  call('Sessions.valkeyNodes', nodes),
  call('Sessions.dynamoDb', struct({ maxReadRequestUnits: numbers('1000'), maxWriteRequestUnits: numbers('1000'), warmThroughput: struct({ readUnitsPerSecond: numbers('13000'), writeUnitsPerSecond: numbers('5000') }) })),
  call('Sessions.none'),
);

const prefix = texts('"media"', '"files"', '"a/b"');
const originShieldRegion = texts('"us-east-1"', '"sa-east-1"');
const media = either(
  call('Media.bucket', struct({
    prefix,
    writable: booleans,
    originShieldRegion,
    noncurrentVersionExpiration: durations('days(90)', 'days(1)'),
    transitions: list(struct({
      storageClass: some(['StorageClass.INTELLIGENT_TIERING', 'StorageClass.GLACIER_INSTANT_RETRIEVAL'], ['StorageClass.INFREQUENT_ACCESS', 'StorageClass.GLACIER', 'new StorageClass("")']),
      transitionAfter: durations('days(30)', 'days(90)'),
    }, 'storageClass', 'transitionAfter'), { maxLength: 2 }),
  })),
  call('Media.fileSystem', struct({
    prefix,
    writable: booleans,
    mountPath: texts('"/var/www/media"', '"/mnt/a"'),
    rootDirectory: texts('"/images"', '"/a/b"'),
    posixUser: struct({ uid: texts('"1000"'), gid: texts('"1000"') }, 'uid', 'gid'),
    throughputMode: some(['ThroughputMode.ELASTIC'], ['ThroughputMode.PROVISIONED', 'ThroughputMode.BURSTING']),
    provisionedThroughputPerSecond: some(['undefined'], ['Size.mebibytes(10)']),
    lifecyclePolicy: some(['LifecyclePolicy.AFTER_30_DAYS'], ['LifecyclePolicy.AFTER_1_DAY']),
  })),
  call('Media.fromBucket', some(['bucket()'], ['bucket()']), struct({ prefix, writable: booleans, originShieldRegion })),
);

const addresses = list(texts('"192.0.2.7/32"', '"2001:db8::/48"'), { minLength: 1, maxLength: 2 });
const rulesByGroup = (rules: ReturnType<typeof texts>, least = 0) =>
  fc.dictionary(fc.constantFrom('AWSManagedRulesCommonRuleSet', 'AWSManagedRulesSQLiRuleSet'), list(rules, { minLength: least }), { minKeys: least, maxKeys: 1 })
    .map(given => `{${Object.entries(given).map(([name, value]) => ` ${name}: ${value}`).join(',')} }`);
const firewall = either(call('Firewall.managed', struct({
  rateLimit: numbers('2000', '100'),
  allowList: addresses,
  denyList: addresses,
  countOnly: rulesByGroup(texts('"SQLi_COOKIE"')),
  exceptions: list(struct({ paths: list(texts('"/admin/"', '"/wp-json/"'), { minLength: 1 }), rules: rulesByGroup(texts('"SQLi_BODY"'), 1) }, 'paths', 'rules')),
  countMode: booleans,
  waitingPage: struct({ newVisitsPerMinute: numbers('1000'), exceptPaths: list(texts('"/static/"', '"/api/"')), retryAfter: durations('minutes(2)', 'seconds(30)'), html: texts('"<p>Wait</p>"') }, 'newVisitsPerMinute'),
})), call('Firewall.fromWebAclArn', texts('"arn:aws:wafv2:us-east-1:111111111111:global/webacl/shared/0123"')));

const staticPaths = list(texts('"/static/*"', '"/*.css"', '"/files/*"'));
const edge = call('Edge.cloudFront', struct({
  firewall,
  priceClass: some(['PriceClass.PRICE_CLASS_ALL', 'PriceClass.PRICE_CLASS_100'], ['PriceClass.PRICE_CLASS_200']),
  geoRestriction: some(['GeoRestriction.allowlist("BR")'], ['GeoRestriction.denylist("BR", "PT")']),
  originShieldRegion,
  contentSecurityPolicy: texts('"default-src \'self\'"'),
  staticPaths,
  mediaTtl: durations('days(30)', 'hours(1)'),
  mediaCorsOrigins: list(texts('"https://www.example.com"', '"*"'), { minLength: 1, maxLength: 2 }),
  pageCaching: struct({ cookies: list(texts('"currency"', '"lang"')), headers: list(texts('"Accept-Language"')), maxTtl: durations('minutes(5)') }),
  maintenancePage: texts('"<p>Back soon</p>"'),
  maintenance: booleans,
  additionalMetrics: booleans,
  notFoundPage: texts('"<p>Nothing</p>"'),
  closeDistributionName: booleans,
}));

const network = either(
  call('Network.create', struct({ cidr: texts('"10.20.0.0/16"', '"192.168.0.0/20"', '"100.64.0.0/22"') })),
  call('Network.fromVpc', some(['vpc()'], ['new Vpc(stack, "Plain")', 'vpc(1)'])),
);

const certificate = some([`certificate(${CERTIFICATE})`], ['certificate("x")', 'certificate(text())', 'certificate("arn:aws:acm:eu-west-1:111111111111:certificate/1")']);
const names = texts('"shop.example.com"', '"example.com"', '"a.b.c.example.com"');
const alternativeNames = some(['["www.example.com"]', '["old.example.com", "www.example.com"]'], ['[]', '["*.example.com"]', '[text()]', '["example.com", "shop.example.com"]']);
const inZone = call('Domain.inZone', some(['zone()'], ['zone("other.com")', 'new PublicHostedZone(stack, "New", { zoneName: "example.com" })', 'new PrivateHostedZone(stack, "P", { zoneName: "example.com", vpc: vpc() })']), names, struct({ certificate, alternativeNames, redirectAlternativeNames: booleans }));
export const domain = either(inZone, call('Domain.elsewhere', names, certificate));

export const owner = call('Owner.team', struct({ name: texts('"Storefront"', '"Loja & Cia: São Paulo"'), contact: texts('"shop@example.com"'), runbook: texts('"https://wiki.example.com/shop"'), hours: texts('"Mon to Fri"') }, 'name', 'contact'));

const profileOverrides = struct({
  availabilityZones: numbers('2', '3', '4'),
  natGateways: numbers('1', '0', '2'),
  minimumUnits: numbers('1', '2', '10'),
  multiAz: booleans,
  deletionProtection: booleans,
  removalPolicy: some(['RemovalPolicy.DESTROY', 'RemovalPolicy.RETAIN'], ['RemovalPolicy.SNAPSHOT', '"keep"']),
  backupRetention: durations('days(7)', 'days(35)'),
  logRetention: some(['RetentionDays.ONE_MONTH', 'RetentionDays.INFINITE'], ['42', 'NaN', '0']),
  notifyOnAlarm: booleans,
});
const profile = either(call('EnvironmentProfile.production', profileOverrides), call('EnvironmentProfile.development', profileOverrides));

const told = either(
  call('Notifications.email', texts('"a@example.com"', '"b@example.com"')),
  call('Notifications.slack', struct({ slackWorkspaceId: texts('"T0123ABCD"'), slackChannelId: texts('"C0123ABCD"', '"C1"') }, 'slackWorkspaceId', 'slackChannelId')),
  call('Notifications.webhook', some(['SecretValue.secretsManager("pager")', 'SecretValue.unsafePlainText("https://example.com/hook")'], ['SecretValue.unsafePlainText("http://x")', 'SecretValue.unsafePlainText("")', 'SecretValue.ssmSecure("x")'])),
);
const notifications = either(told, call('Notifications.all', told, told),
  call('Notifications.bySeverity', struct({ critical: told, warning: told }, 'critical')),
  fc.tuple(owner, told, told).map(([of, one, other]) => `Notifications.byOwner([{ owner: ${of}, notifications: ${one} }], ${other})`));

const sloOptions = { window: durations('days(30)', 'days(7)', 'days(28)'), minimumTraffic: numbers('20', '1'), minimumBad: numbers('5', '1') };
const METRIC = 'new Metric({ namespace: "Shop", metricName: "Orders" })';
const objective = numbers('99', '99.9', '80');
const objectives = list(either(
  call('Slo.availability', struct({ ...sloOptions, name: texts('"Availability"', '"Up"'), objective })),
  call('Slo.latency', struct({ ...sloOptions, name: texts('"Latency"', '"Fast"'), objective, threshold: durations('seconds(1)', 'millis(300)') })),
  call('Slo.freshness', struct({ ...sloOptions, name: texts('"Fresh"'), objective, age: some([METRIC], [METRIC]), threshold: durations('minutes(5)') }, 'age', 'threshold')),
  call('Slo.of', struct({
    ...sloOptions,
    name: texts('"Orders"'),
    promise: texts('"orders are confirmed"'),
    objective,
    symptom: some(['Symptom.SLOW'], ['"symptom:odd"', '""']),
    counts: some([`SloCounts.fromGood(${METRIC}, ${METRIC})`], ['SloCounts.fromBad(new Metric({ namespace: "Shop", metricName: "Orders", region: "eu-central-1" }), new Metric({ namespace: "Shop", metricName: "Bad" }))']),
  }, 'name', 'promise', 'objective', 'counts')),
));
const observability = struct({
  applicationName: texts('"Shop"', '"Loja São Paulo"'), language: some(['BoardLanguage.ENGLISH', 'BoardLanguage.PORTUGUESE_BRAZIL'], ['"xx"']), objectives, applicationSignals: booleans,
});

const event = either(
  call('KnownEvent.once', struct({ name: texts('"sale"'), start: texts('"2040-11-27T08:00"'), end: texts('"2040-11-27T20:00"'), timeZone: texts('"America/Sao_Paulo"'), multiplier: numbers('10', '50'), leadTime: durations('minutes(30)') }, 'name', 'start', 'end')),
  call('KnownEvent.weekly', struct({ name: texts('"friday"'), start: texts('"18:00"'), duration: durations('hours(2)'), weekDays: list(some(['WeekDay.FRIDAY', 'WeekDay.MONDAY'], ['"XXX"'])), timeZone: texts('"Europe/Lisbon"'), multiplier: numbers('5') }, 'name', 'start', 'duration')),
);
export const traffic = either(
  call('Traffic.spiky', struct({ baselineRps: numbers('20', '1', '300'), peakMultiplier: numbers('30', '1', '5'), rampUp: durations('minutes(5)', 'seconds(20)', 'hours(2)'), standingHeadroom: numbers('0', '0.5', '1'), events: list(event, { maxLength: 1 }) }, 'baselineRps')),
  call('Traffic.steady', struct({ rps: numbers('20', '0.1', '400') }, 'rps')),
);

const schedule = some(['Schedule.rate(Duration.hours(6))', 'Schedule.cron({ hour: "2", minute: "0" })'], ['Schedule.rate(Duration.minutes(5))', 'Schedule.expression("x")', 'Schedule.expression(text())']);
const fileOptions = { schedule, bandwidthPerSecond: sizes('mebibytes(10)'), deleteRemoved: booleans, excludes: list(texts('"/cache"', '"*.tmp"'), { maxLength: 2 }) };
const files = either(
  call('FileMigration.fromS3', struct({ ...fileOptions, bucket: some(['bucket()'], ['bucket()']), subdirectory: texts('"/images"') }, 'bucket')),
  call('FileMigration.fromNfs', struct({ ...fileOptions, serverHostname: texts('"files.example.com"', '"192.0.2.4"'), subdirectory: texts('"/srv/images"'), agentArns: list(texts('"arn:aws:datasync:us-east-1:111111111111:agent/agent-0123456789abcdef0"'), { minLength: 1, maxLength: 1 }) }, 'serverHostname', 'subdirectory', 'agentArns')),
);
const mysql = call('DatabaseMigration.fromMysql', struct({
  sourceSecret: some(['secret()'], ['secret()']),
  sourceDatabase: texts('"shop"'),
  sourcePort: numbers('3306'),
  sourceCidr: texts('"203.0.113.7/32"'),
  tables: list(texts('"orders"', '"log_%"'), { minLength: 1 }),
  excludedTables: list(texts('"tmp"'), { minLength: 1 }),
  maxLobSize: sizes('mebibytes(1)'),
  replicationInstanceClass: texts('"dms.r6i.large"'),
  allocatedStorageGib: numbers('100', '5'),
  createServiceRoles: booleans,
}, 'sourceSecret', 'sourceDatabase'));
const cutOver = call('CutOver.weighted', struct({
  platformShare: numbers('0', '10', '100'),
  legacy: call('LegacySite.addresses', list(texts('"203.0.113.7"'), { minLength: 1, maxLength: 2 }), list(texts('"2001:db8::7"'), { maxLength: 1 })),
  legacyHealthCheckPath: texts('"/"'),
  legacyHttps: booleans,
  ttl: durations('seconds(60)'),
}, 'platformShare', 'legacy'));
const migration = struct({ database: mysql, files, cutOver });

/** Where the platform is: it has its own stacks in us-east-1, none, or does not know. */
export const stacks = some(['{ env: EAST }', '{ env: BRAZIL }', '{}'], [
  '{ env: { region: "eu-west-1" } }', '{ env: { ...EAST, region: "mars-north-1" } }', '{ env: BRAZIL, stackName: "a".repeat(128) }', '{ env: EAST, stackName: "S" }',
  '{ env: EAST, synthesizer: new BootstraplessSynthesizer() }', '{ env: BRAZIL, description: "x", tags: { a: "b" }, terminationProtection: true }',
]);
export const ids = some(['"Shop"'], ['"A-B_c"', '"ü"', '"a".repeat(200)', '"Shop.1"']);

/** Left out in so many sets of ten. */
export function leftOut(times: number, code: Code): fc.Arbitrary<string | undefined> {
  return fc.oneof({ withCrossShrink: true }, { weight: times, arbitrary: fc.constant(undefined) }, { weight: 10 - times, arbitrary: code });
}

export const written = (props: { readonly [name: string]: string | undefined }) =>
  `{\n${Object.entries(props).filter(([, value]) => value !== undefined).map(([name, value]) => `  ${name}: ${value},\n`).join('')}}`;
/** What every pattern takes. */
export const common = {
  edge: leftOut(3, edge),
  network: leftOut(5, network),
  owner: leftOut(5, owner),
  profile: leftOut(3, profile),
  notifications: leftOut(3, notifications),
  observability: leftOut(5, observability),
};
const own = {
  compute,
  sessions: leftOut(3, sessions),
  cache: leftOut(5, cache),
  media: leftOut(3, media),
  traffic: leftOut(3, traffic),
};

/** The props of an ElasticWebPlatform, as source text: every tenth moves in. */
export const sets: Code = fc.oneof({ withCrossShrink: true },
  { weight: 9, arbitrary: fc.record({ ...own, ...common, database: leftOut(3, database), domain: leftOut(5, domain) }) },
  { weight: 1, arbitrary: fc.record({ ...own, ...common, domain: inZone, migration }) },
).map(written);
