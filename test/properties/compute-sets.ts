import fc from 'fast-check';
import { booleans, call, durations, either, instanceTypes, list, numbers, settings, sizes, some, struct, texts, variables } from './code';

const runtimeOptions = { sessionCookies: list(texts('"SID"', '"sid"'), { minLength: 1 }), firewallRuleGroups: list(texts('"AWSManagedRulesUnixRuleSet"'), { maxLength: 1 }) };
const runtime = either(call('Runtime.php', struct(runtimeOptions)), call('Runtime.node', struct(runtimeOptions)), call('Runtime.java'),
  call('Runtime.any', struct({ name: texts('"Ruby"'), ...runtimeOptions }, 'name', 'sessionCookies')));
const load = struct({ requestsPerSecond: numbers('25', '100', '3'), connections: numbers('10', '2') });
const sampling = { samplingPercent: numbers('5', '100'), serviceName: texts('"shop"') };
const tracing = call('Tracing.openTelemetry', struct({ ...sampling, slowerThan: durations('seconds(1)') }));
const shifts = struct({ percent: numbers('10', '50'), interval: durations('minutes(5)'), bakeTime: durations('minutes(5)', 'minutes(0)') });

const fargate = call('Compute.fargate', struct({
  image: some(['IMAGE', 'ReleasedImage.byTeam()'], ['ContainerImage.fromRegistry("")', 'ContainerImage.fromRegistry(text())', 'ContainerImage.fromAsset("/nowhere")', 'undefined']),
  port: numbers('8080', '80'),
  healthCheckPath: texts('"/healthz"'),
  size: struct({
    'ephemeralStorageGiB': numbers('30'),
    '...sized': either(struct({ cpu: numbers('512', '1024', '2048', '4096') }), struct({ memoryLimitMiB: numbers('2048', '4096') }),
      struct({ cpu: numbers('1024'), memoryLimitMiB: numbers('2048', '8192') }, 'cpu', 'memoryLimitMiB')),
    'cpuArchitecture': some(['CpuArchitecture.ARM64', 'CpuArchitecture.X86_64'], ['CpuArchitecture.of("SPARC")']),
  }),
  runtime,
  environment: variables,
  deployment: either(call('FargateDeployment.rolling'), call('FargateDeployment.blueGreen', struct({ bakeTime: durations('minutes(5)') })), call('FargateDeployment.canary', shifts)),
  spotShare: numbers('0', '50', '100'),
  sidecars: fc.dictionary(fc.constantFrom('proxy', 'cache'), struct({
    image: some(['IMAGE'], ['undefined', 'ReleasedImage.byTeam()']),
    cpu: numbers('64', '128'),
    memoryLimitMiB: numbers('128', '256'),
    memoryReservationMiB: numbers('64'),
    essential: booleans,
    portMappings: list(struct({ containerPort: numbers('9000', '9001') }, 'containerPort'), { maxLength: 1 }),
  }, 'image'), { maxKeys: 2 }).map(given => `{${Object.entries(given).map(([name, value]) => ` ${name}: ${value}`).join(',')} }`),
  container: struct({
    'user': texts('"1000:1000"', '"www-data"'),
    '...root': either(struct({ readonlyRootFilesystem: booleans }),
      struct({ readonlyRootFilesystem: some(['true'], ['false', 'undefined']), writablePaths: list(texts('"/tmp"', '"/run/app"'), { maxLength: 2 }) }, 'readonlyRootFilesystem')),
    'enableExecuteCommand': some(['false'], ['true']),
  }),
  scheduledTasks: fc.dictionary(some(['clean', 'e-mail'], ['9 lives', '']), struct({
    schedule: some(['ScheduleExpression.rate(Duration.hours(1))', 'ScheduleExpression.cron({ hour: "3", minute: "0" })'], ['ScheduleExpression.expression("cron(61 * * * ? *)")', 'ScheduleExpression.expression(text())', 'undefined']),
    command: list(texts('"php"', '"bin/clean.php"'), { minLength: 1, maxLength: 3 }),
    maxEventAge: durations('hours(1)', 'minutes(5)'),
  }, 'schedule', 'command'), { maxKeys: 2 }).map(given => `{${Object.entries(given).map(([name, value]) => ` '${name}': ${value}`).join(',')} }`),
  tracing,
  load,
}, 'image'));

const instances = call('Compute.instances', struct({
  code: some(['InstanceCode.fromBucket(bucket(), "app.zip")', 'InstanceCode.fromBucket(bucket(), "app.zip", "v1")'], ['InstanceCode.fromBucket(bucket(), text())', 'InstanceCode.fromBucket(bucket(), "")', 'InstanceCode.fromAsset("/nowhere")', 'undefined']),
  instanceTypes: list(instanceTypes('c7g.medium', 'm7g.medium', 'c6g.large'), { minLength: 2 }),
  spotShare: numbers('0', '50'),
  port: numbers('8080', '80'),
  healthCheckPath: texts('"/healthz"', '"/up.php"'),
  documentRoot: texts('"public"', '"."'),
  php: struct({
    version: texts('"8.4"', '"8.3"', '"8.5"'),
    extensions: list(texts('"redis-6.2.0"', '"apcu-5.1.24"'), { maxLength: 2 }),
    workerMemory: sizes('mebibytes(64)', 'mebibytes(128)'),
    maxUpload: sizes('mebibytes(16)', 'mebibytes(64)'),
    sessionCookies: list(texts('"SID"'), { minLength: 1 }),
    ini: settings,
  }),
  packages: list(texts('"php8.4-gd"', '"git"')),
  volumeSize: sizes('gibibytes(16)', 'gibibytes(100)'),
  environment: variables,
  tracing: call('Tracing.openTelemetry', struct(sampling)),
  load,
}, 'code'));

const lambda = call('Compute.function', struct({
  code: some(
    ['FunctionCode.zip({ code: Code.fromBucket(bucket(), "app.zip"), handler: "index.handler", lambdaRuntime: LambdaRuntime.NODEJS_22_X })'],
    ['FunctionCode.zip({ code: Code.fromAsset("/nowhere"), handler: "index.handler", lambdaRuntime: LambdaRuntime.NODEJS_22_X })', 'Code.fromInline("none")', 'undefined'],
  ),
  healthCheckPath: texts('"/healthz"'),
  memorySize: numbers('128', '1769', '10240'),
  architecture: some(['Architecture.ARM_64', 'Architecture.X86_64'], ['"arm64"']),
  timeout: durations('seconds(1)', 'seconds(57)'),
  runtime: either(call('Runtime.node', struct(runtimeOptions)), some(['Runtime.java()'], ['Runtime.php()'])),
  environment: variables,
  accountConcurrency: numbers('1000', '400', '5000'),
  load: struct({ duration: durations('millis(100)', 'millis(900)'), connections: numbers('1', '2') }),
}, 'code'));

/** What runs the application. */
export const compute = either(fargate, instances, lambda);
