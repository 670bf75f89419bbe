import { Duration, Lazy, Token } from 'aws-cdk-lib';
import { ContainerImage, JsonFileLogDriver } from 'aws-cdk-lib/aws-ecs';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import {
  Compute, FargateProps, InstanceCode, ITracing, OpenTelemetryProps, Tracing, TracingContext, TracingSettings,
} from '../../src';
import { instances, userDataOf } from '../support/instances';
import { eastStack, IMAGE, once, platformTemplate } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { only, propertiesOf, resources, text } from '../support/template';
import { fargate } from '../support/workloads';

const TASK = 'AWS::ECS::TaskDefinition';
const COLLECTOR = 'public.ecr.aws/aws-observability/aws-otel-collector:v0.49.0';
const COPY = ContainerImage.fromRegistry('111111111111.dkr.ecr.us-east-1.amazonaws.com/collector:v0.49.0');

interface Container {
  readonly Name: string;
  readonly Environment: { readonly Name: string; readonly Value: unknown }[];
  readonly LogConfiguration: { readonly LogDriver: string; readonly Options: { readonly [name: string]: unknown } };
}

type Traced = ReturnType<typeof fargate>;

const traced = once(() => fargate({ props: { tracing: Tracing.openTelemetry() } }));
const tracedInstances = once(() => instances({ props: { tracing: Tracing.openTelemetry() } }));

function containers({ template }: Traced): Container[] {
  return propertiesOf(template, TASK).ContainerDefinitions as Container[];
}

function variables({ Environment }: Container): { [name: string]: string } {
  return Object.fromEntries(Environment.map(({ Name, Value }) => [Name, text(Value)]));
}

/** The collector's configuration; the memory of a unit may be given. */
function configurationOf(props: OpenTelemetryProps = {}, unit: Partial<FargateProps> = {}) {
  const [, collector] = containers(fargate({ props: { ...unit, tracing: Tracing.openTelemetry(props) } }));
  return JSON.parse(variables(collector).AOT_CONFIG_CONTENT);
}

/** What a role may do to traces, as the template says it. */
function xrayStatements({ template }: Traced): unknown[] {
  return resources(template, 'AWS::IAM::ManagedPolicy')
    .flatMap(({ Properties }) => (Properties.PolicyDocument as { Statement: { Action: unknown }[] }).Statement)
    .filter(({ Action }) => JSON.stringify(Action).includes('xray'));
}

describe('without tracing', () => {
  test('there is no collector, no variable and no right', () => {
    const bound = fargate();
    expect(containers(bound).map(({ Name }) => Name)).toEqual(['web']);
    expect(Object.keys(variables(containers(bound)[0])).filter(name => name.startsWith('OTEL'))).toEqual([]);
    expect(xrayStatements(bound)).toEqual([]);
    expect(userDataOf(instances())).not.toMatch(/OTEL|"traces"/);
  });
});

describe('OpenTelemetry on Fargate', () => {
  test('tells the application where spans go, and leaves the choice among them to the collector', () => {
    expect(variables(containers(traced())[0])).toEqual({
      DB_HOST: 'db',
      DB_PORT: '1',
      OTEL_SERVICE_NAME: 'Stack-Slot',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'none',
      OTEL_TRACES_SAMPLER: 'always_on',
    });
  });

  test('lets a variable of the user win', () => {
    const [web] = containers(fargate({ props: { tracing: Tracing.openTelemetry(), environment: { OTEL_SERVICE_NAME: 'mine' } } }));
    expect(variables(web).OTEL_SERVICE_NAME).toBe('mine');
  });

  test('runs a collector that takes no unit with it, comes back by itself, weighs little and has a stream of its own', () => {
    const [web, collector] = containers(traced());
    expect(collector).toMatchObject({
      Name: 'tracing',
      Image: COLLECTOR,
      Essential: false,
      RestartPolicy: { Enabled: true },
      Cpu: 64,
      Memory: 256,
      ReadonlyRootFilesystem: true,
    });
    expect(collector).not.toHaveProperty('PortMappings');
    expect(collector.LogConfiguration.Options).toEqual({ ...web.LogConfiguration.Options, 'awslogs-stream-prefix': 'tracing' });
  });

  test('has the collector take spans of its unit alone, and keep those of failed and slow requests and a share of the others', () => {
    const [, collector] = containers(traced());
    const { receivers, processors, exporters, service } = JSON.parse(variables(collector).AOT_CONFIG_CONTENT);
    expect(receivers.otlp.protocols).toEqual({ grpc: { endpoint: '127.0.0.1:4317' }, http: { endpoint: '127.0.0.1:4318' } });
    const limit = { name: 'limit', type: 'rate_limiting', rate_limiting: { spans_per_second: 40 } };
    expect(processors.tail_sampling).toEqual({
      decision_wait: '30s',
      num_traces: 5000,
      policies: [
        { name: 'failed', type: 'and', and: { and_sub_policy: [{ name: 'failed', type: 'status_code', status_code: { status_codes: ['ERROR'] } }, limit] } },
        { name: 'slow', type: 'and', and: { and_sub_policy: [{ name: 'slow', type: 'latency', latency: { threshold_ms: 1000 } }, limit] } },
        { name: 'rest', type: 'probabilistic', probabilistic: { sampling_percentage: 5 } },
      ],
    });
    expect(exporters).toEqual({ awsxray: { aws_log_groups: [`\${${only(traced().template, 'AWS::Logs::LogGroup').id}}`] } });
    expect(service.pipelines).toEqual({
      traces: { receivers: ['otlp'], processors: ['memory_limiter', 'tail_sampling', 'batch'], exporters: ['awsxray'] },
    });
    expect(Object.keys(processors)).toEqual(service.pipelines.traces.processors);
  });

  test('lets the units write traces, and nothing else of X-Ray', () => {
    expect(xrayStatements(traced())).toEqual([{ Effect: 'Allow', Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], Resource: '*' }]);
  });

  test.each([[512, 256, 128, 96, '102MiB'], [1024, 512, 256, 192, '204MiB'], [8192, 1024, 256, 192, '204MiB']])(
    'takes a quarter of %s MiB at the most', (memoryLimitMiB, cpu, most, limit, go) => {
      const bound = fargate({ props: { size: { cpu, memoryLimitMiB }, tracing: Tracing.openTelemetry() } });
      const [, collector] = containers(bound);
      expect(collector).toMatchObject({ Memory: most });
      expect(variables(collector).GOMEMLIMIT).toBe(go);
      expect(JSON.parse(variables(collector).AOT_CONFIG_CONTENT).processors.memory_limiter.limit_mib).toBe(limit);
    });

  test('takes what it may where the memory of a unit is known at deployment', () => {
    const memoryLimitMiB = Token.asNumber(Lazy.any({ produce: () => '1024' }));
    expect(configurationOf({}, { size: { memoryLimitMiB } }).processors.memory_limiter.limit_mib).toBe(192);
  });

  test('takes another share, another duration, a name and an image', () => {
    const tracing = Tracing.openTelemetry({ samplingPercent: 0.5, slowerThan: Duration.millis(300), serviceName: 'shop', image: COPY });
    const [web, collector] = containers(fargate({ props: { tracing } }));
    expect(variables(web).OTEL_SERVICE_NAME).toBe('shop');
    expect(collector).toMatchObject({ Image: expect.stringContaining('/collector:v0.49.0') });
    const { policies } = JSON.parse(variables(collector).AOT_CONFIG_CONTENT).processors.tail_sampling;
    expect(policies[1].and.and_sub_policy[0].latency).toEqual({ threshold_ms: 300 });
    expect(policies[2].probabilistic).toEqual({ sampling_percentage: 0.5 });
  });

  test('names an application by its platform, so that two never mix', () => {
    const template = platformTemplate({ compute: Compute.fargate({ image: IMAGE, tracing: Tracing.openTelemetry() }) });
    const [web] = propertiesOf(template, TASK).ContainerDefinitions as Container[];
    expect(variables(web).OTEL_SERVICE_NAME).toBe('Stack-Shop-Compute');
  });
});

describe('OpenTelemetry on instances', () => {
  const agentOf = (bound: Traced) => JSON.parse(userDataOf(bound).split('cat > /etc/application/agent.json <<\'END-OF-FILE\'\n')[1].split('\n')[0]);
  const variablesOf = (bound: Traced) => Object.fromEntries(userDataOf(bound).split('cat > /etc/application/variables <<\'END-OF-FILE\'\n')[1].split('\nEND-OF-FILE')[0]
    .split('\n').map(line => line.split(' ')).map(([name, value]) => [name, Buffer.from(value, 'base64').toString()]));

  test('has the CloudWatch agent pass on what the application chose to trace, whatever whoever asks wants', () => {
    expect(agentOf(tracedInstances()).traces).toEqual({ traces_collected: { otlp: {} } });
    expect(variablesOf(tracedInstances())).toMatchObject({
      OTEL_SERVICE_NAME: 'Stack-Slot',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
      OTEL_TRACES_SAMPLER: 'traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.05',
    });
  });

  test('lets the instances write traces, and nothing else of X-Ray', () => {
    expect(xrayStatements(tracedInstances())).toEqual([{ Effect: 'Allow', Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], Resource: '*' }]);
  });

  testRefusals([
    ['a duration that nobody reads', () => instances({ props: { tracing: Tracing.openTelemetry({ slowerThan: Duration.millis(300) }) } }),
      '[Stack/Slot/Instances/Tracing] \'slowerThan\' must be left out on instances, got 300 ms: the application chooses what is traced before it knows how long a request takes; give the share of all requests as \'samplingPercent\''],
    ['an image that nobody runs', () => instances({ props: { tracing: Tracing.openTelemetry({ image: COPY }) } }),
      '[Stack/Slot/Instances/Tracing] \'image\' must be left out on instances, got one: the CloudWatch agent takes the spans, and no collector runs there; leave it out'],
  ]);
});

describe('tracing of one\'s own', () => {
  class Elsewhere implements ITracing {
    public seen?: TracingContext;

    constructor(private readonly settings: TracingSettings) {}

    public bind(_scope: Construct, context: TracingContext): TracingSettings {
      this.seen = context;
      context.grantee.grantPrincipal.addToPrincipalPolicy(new PolicyStatement({ actions: ['aps:RemoteWrite'], resources: ['arn:aws:aps:us-east-1:111111111111:workspace/w'] }));
      return this.settings;
    }
  }

  test('may send spans anywhere by variables alone, with rights of its own and none of X-Ray', () => {
    const tracing = new Elsewhere({ environment: { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://traces.example.com' } });
    const bound = fargate({ props: { tracing } });
    expect(containers(bound).map(({ Name }) => Name)).toEqual(['web']);
    expect(variables(containers(bound)[0]).OTEL_EXPORTER_OTLP_ENDPOINT).toBe('https://traces.example.com');
    expect(xrayStatements(bound)).toEqual([]);
    expect(JSON.stringify(resources(bound.template, 'AWS::IAM::ManagedPolicy'))).toContain('aps:RemoteWrite');
    expect(tracing.seen).toMatchObject({ serviceName: 'Stack-Slot', takesSidecar: true, memoryMiB: 1024 });
    expect(tracing.seen!.logGroup).toBe(bound.block.logGroup);
  });

  test('may run a container of its own, with what is said of it', () => {
    const sidecar = { image: ContainerImage.fromRegistry('example/collector:1'), essential: true, logging: new JsonFileLogDriver() };
    const [, collector] = containers(fargate({ props: { tracing: new Elsewhere({ sidecar }) } }));
    expect(collector).toMatchObject({ Name: 'tracing', Image: 'example/collector:1', Essential: true, LogConfiguration: { LogDriver: 'json-file' } });
  });

  testRefusals([
    ['a container on instances', () => instances({ props: { tracing: new Elsewhere({ sidecar: { image: COPY } }) } }),
      '[Stack/Slot/Instances] \'tracing\' must ask for no container on instances, got one: there is nothing that runs it; let the CloudWatch agent receive the spans (\'agentReceives\'), or tell the application another address'],
    ['an agent on Fargate', () => fargate({ props: { tracing: new Elsewhere({ agentReceives: true }) } }),
      '[Stack/Slot/Fargate] \'tracing\' must not have the CloudWatch agent receive spans on Fargate, got agentReceives true: no agent runs there; give a \'sidecar\''],
  ]);
});

describe('tracing props', () => {
  const number = Lazy.number({ produce: () => 5 });
  testRefusals([
    ['a share of more than all', () => Tracing.openTelemetry({ samplingPercent: 101 }),
      '[Tracing.openTelemetry] \'samplingPercent\' must be between 0 and 100, got 101: give the percentage of requests whose traces are kept'],
    ['a share that is known at deployment', () => Tracing.openTelemetry({ samplingPercent: number }),
      '[Tracing.openTelemetry] \'samplingPercent\' must be known at synthesis, got a token: it is written into the collector\'s configuration'],
    ['a duration that is known at deployment', () => Tracing.openTelemetry({ slowerThan: Duration.millis(number) }),
      '[Tracing.openTelemetry] \'slowerThan\' must be known at synthesis, got a token: it is written into the collector\'s configuration'],
    ['every request as a slow one', () => Tracing.openTelemetry({ slowerThan: Duration.millis(0) }),
      '[Tracing.openTelemetry] \'slowerThan\' must be at least 1 whole millisecond, got 0 ms: for the traces of all requests give samplingPercent 100'],
    ['a name that X-Ray does not take', () => Tracing.openTelemetry({ serviceName: 'shop!' }),
      '[Tracing.openTelemetry] \'serviceName\' must be 1 to 200 letters, digits, spaces and _ . : / % & # = + \\ - @, got "shop!": give a name such as \'shop\''],
    ['a container of the same name', () => Compute.fargate({ image: IMAGE, tracing: Tracing.openTelemetry(), sidecars: { tracing: { image: COPY } } }),
      '[Compute.fargate] \'sidecars\' must not have one named \'tracing\' beside \'tracing\', got ["tracing"]: what receives the spans has that name'],
  ]);

  test('may be the ends of their ranges', () => {
    expect(() => [0, 100].map(samplingPercent => Tracing.openTelemetry({ samplingPercent }))).not.toThrow();
    expect(() => Compute.fargate({ image: IMAGE, sidecars: { tracing: { image: COPY } } })).not.toThrow();
    expect(() => Compute.instances({ code: InstanceCode.fromBucket(Bucket.fromBucketName(eastStack(), 'Releases', 'releases'), 'shop-1.zip'), tracing: Tracing.openTelemetry() })).not.toThrow();
  });
});
