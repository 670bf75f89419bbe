import { Duration } from 'aws-cdk-lib';
import { ContainerDefinitionOptions, ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { ITracing, TracingContext, TracingSettings } from './contract';
import { collectorConfiguration } from './private/collector-configuration';
import { between, known, matches, Rule, validate } from '../../core/private/validation';

/** Options of tracing by OpenTelemetry. */
export interface OpenTelemetryProps {
  /**
   * Percent of all requests whose traces are kept, 0 to 100. On Fargate, those of failed and of slow requests are kept besides,
   * up to 40 spans a second of each unit; on instances they are not known when the choice is made.
   *
   * @default 5 - the share that X-Ray itself takes (X-Ray developer guide, "Configuring sampling rules")
   */
  readonly samplingPercent?: number;
  /**
   * From which duration on a request is slow, in whole milliseconds. On Fargate alone: it is refused on instances, where the
   * application chooses before it knows how long a request takes.
   *
   * @default Duration.seconds(1) - about when people begin to notice that they wait
   */
  readonly slowerThan?: Duration;
  /**
   * The collector's image, such as a copy in a repository of your own: units without a way out reach no other, and many units
   * that start at once may run into the limits of a public one. On Fargate alone: it is refused on instances, where the
   * CloudWatch agent takes the spans.
   *
   * @default - AWS Distro for OpenTelemetry 0.49.0, from public.ecr.aws
   */
  readonly image?: ContainerImage;
  /**
   * As traces name the application: up to 200 letters, digits, spaces and `_ . : / % & # = + \ - @` (X-Ray API, segment documents).
   *
   * @default - the stack's name and the path of the workload in it
   */
  readonly serviceName?: string;
}

/** Its newest release (github.com/aws-observability/aws-otel-collector, July 2026), by number: another may read its configuration differently. */
const COLLECTOR = 'public.ecr.aws/aws-observability/aws-otel-collector:v0.49.0';
/** Memory of the collector in MiB at the most. */
const MOST_MEMORY = 256;
/** Its weight against the application, which has 1,024 (ECS developer guide, "Task definition parameters": `cpu`). */
const CPU_WEIGHT = 64;

const SERVICE_NAME = /^[\p{L}\p{N}\s_.:/%&#=+\\\-@]{1,200}$/u;

const RULES: Rule<OpenTelemetryProps>[] = [
  known('samplingPercent', 'it is written into the collector\'s configuration'),
  between('samplingPercent', 0, 100, 'give the percentage of requests whose traces are kept'),
  ({ slowerThan = Duration.seconds(1) }) => slowerThan.isUnresolved() ? '\'slowerThan\' must be known at synthesis, got a token: it is written into the collector\'s configuration' : undefined,
  ({ slowerThan = Duration.seconds(1) }) => {
    const milliseconds = slowerThan.isUnresolved() ? 1 : slowerThan.toMilliseconds({ integral: false });
    return Number.isInteger(milliseconds) && milliseconds >= 1 ? undefined
      : `'slowerThan' must be at least 1 whole millisecond, got ${milliseconds} ms: for the traces of all requests give samplingPercent 100`;
  },
  matches('serviceName', SERVICE_NAME, 'must be 1 to 200 letters, digits, spaces and _ . : / % & # = + \\ - @', 'give a name such as \'shop\''),
];

/** Nothing reads them where no collector runs. */
const RULES_WITHOUT_COLLECTOR: Rule<OpenTelemetryProps>[] = [
  ({ slowerThan }) => slowerThan === undefined ? undefined
    : `'slowerThan' must be left out on instances, got ${slowerThan.toMilliseconds({ integral: false })} ms: the application chooses what is traced before it knows how long a request takes; give the share of all requests as 'samplingPercent'`,
  ({ image }) => image === undefined ? undefined
    : '\'image\' must be left out on instances, got one: the CloudWatch agent takes the spans, and no collector runs there; leave it out',
];

/** Spans by OTLP, to X-Ray. */
export class OpenTelemetry implements ITracing {
  constructor(private readonly props: OpenTelemetryProps) {
    validate('Tracing.openTelemetry', props, RULES);
  }

  public bind(scope: Construct, context: TracingContext): TracingSettings {
    if (!context.takesSidecar) validate(scope.node.path, this.props, RULES_WITHOUT_COLLECTOR);
    const { serviceName = context.serviceName, samplingPercent = 5 } = this.props;
    const environment = {
      OTEL_SERVICE_NAME: serviceName,
      // As an address: `localhost` may be an IPv6 one first, where nobody listens.
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
      // Said, since SDKs differ in what they do otherwise.
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      // The endpoint would be theirs, too, and it takes traces alone.
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'none',
    };
    // Never by the parent: whoever asks could decide by a header what is traced, and so what it costs.
    return context.takesSidecar
      ? { environment: { ...environment, OTEL_TRACES_SAMPLER: 'always_on' }, sidecar: this.collector(samplingPercent, context), sendsToXray: true }
      : {
        environment: { ...environment, OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: String(samplingPercent / 100) },
        agentReceives: true,
        sendsToXray: true,
      };
  }

  private collector(samplingPercent: number, { logGroup, memoryMiB = Infinity }: TracingContext): ContainerDefinitionOptions {
    const { image = ContainerImage.fromRegistry(COLLECTOR), slowerThan = Duration.seconds(1) } = this.props;
    const memoryLimitMiB = Math.min(MOST_MEMORY, Math.floor(memoryMiB / 4));
    return {
      image,
      cpu: CPU_WEIGHT,
      memoryLimitMiB,
      // One that died is started again by itself, and its unit goes on.
      essential: false,
      enableRestartPolicy: true,
      readonlyRootFilesystem: true,
      environment: {
        AOT_CONFIG_CONTENT: collectorConfiguration({
          samplingPercent, slowerThanMs: slowerThan.toMilliseconds(), memoryLimitMiB, logGroupName: logGroup.logGroupName,
        }),
        // Go gives memory back before the limit ends it.
        GOMEMLIMIT: `${Math.floor(memoryLimitMiB * 0.8)}MiB`,
      },
    };
  }
}
