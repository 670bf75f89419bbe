import { Token } from 'aws-cdk-lib';
import { ContainerDefinitionOptions, ContainerImage, CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { FargateDeployment, IFargateDeployment } from './fargate-deployment';
import { EnvironmentProfile, UnitLoad } from '../../core';
import { FargateWebWorkload } from './private/web-workload';
import { WEB_CONTAINER } from './private/workload-props';
import { known, matches, Rule, validate, wholeBetween } from '../../core/private/validation';
import { ComputeContext, ICompute, IWebWorkload, UnitLoadProps } from '../../workload';
import { UNIT_LOAD_RULES, unitLoad } from '../../workload/private/unit-load';
import { ITracing } from '../tracing/contract';
import { TRACING_CONTAINER } from '../tracing/private/bind-tracing';

/** The application in a container on Fargate. */
export interface FargateProps {
  /** The image: a web server that answers on `port`. */
  readonly image: ContainerImage;
  /**
   * The port that the container answers on, 1 to 65535.
   *
   * @default 8080 - a port that needs no root
   */
  readonly port?: number;
  /**
   * Path that answers 200 while the container can serve requests. It should not ask the database: when that is slow,
   * replacing every container makes it slower.
   *
   * @default '/healthz'
   */
  readonly healthCheckPath?: string;
  /**
   * CPU of a unit, 1024 for one vCPU: 256, 512, 1024, 2048, 4096, 8192 or 16384.
   *
   * @default 512
   */
  readonly cpu?: number;
  /**
   * Memory of a unit in MiB; Fargate takes certain amounts for each `cpu`.
   *
   * @default - twice the CPU, such as 1024 for 512
   */
  readonly memoryLimitMiB?: number;
  /**
   * Processor that the image is built for; AWS Graviton (`ARM64`) costs about a fifth less for the same work.
   *
   * @default CpuArchitecture.X86_64 - what most images are built for
   */
  readonly cpuArchitecture?: CpuArchitecture;
  /**
   * Environment variables of the application. Those of the platform's services are added: `DB_HOST`, `SESSION_HOST` and
   * so on; one that is given here wins.
   *
   * @default - those of the platform's services
   */
  readonly environment?: { [name: string]: string };
  /**
   * How a new version takes over. Another choice changes the service in place.
   *
   * @default FargateDeployment.rolling() - units are replaced one after another
   */
  readonly deployment?: IFargateDeployment;
  /**
   * Share of the units above the minimum that run on spot capacity, 0 to 100 percent: up to 70 % cheaper, and taken back
   * with two minutes' notice. The minimum always stays on capacity of its own. A change replaces the units one after
   * another, and keeps the service.
   *
   * @default 0
   */
  readonly spotShare?: number;
  /**
   * Scratch space of a unit in GiB, 21 to 200; it is gone with the unit.
   *
   * @default - the 20 GiB that every unit has
   */
  readonly ephemeralStorageGiB?: number;
  /**
   * Containers that run beside the application's in each unit, by name: they share its size and reach it on localhost.
   * One that ends does not end the unit, unless `essential` says so; each logs to the application's log group, unless
   * `logging` says where.
   *
   * @default - the application's container is alone
   */
  readonly sidecars?: { [name: string]: ContainerDefinitionOptions };
  /**
   * Whether ECS Exec may open a shell in a container; what is typed and shown is logged. Not for production.
   *
   * @default false
   */
  readonly enableExecuteCommand?: boolean;
  /**
   * How requests are traced through the application, such as `Tracing.openTelemetry()`. What receives the spans is a container
   * of the name `tracing`, which ends no unit.
   *
   * @default - requests are not traced
   */
  readonly tracing?: ITracing;
  /**
   * What a unit of this size carries: measure it with your application.
   *
   * @default - 25 requests per second, and 10 connections to the database
   */
  readonly load?: UnitLoadProps;
}

/** Memory in MiB that Fargate takes for each CPU (ECS developer guide, "Task CPU and memory"): lowest, highest, step. */
const MEMORY: { [cpu: number]: [number, number, number] } = {
  256: [512, 2048, 512],
  512: [1024, 4096, 1024],
  1024: [2048, 8192, 1024],
  2048: [4096, 16384, 1024],
  4096: [8192, 30720, 1024],
  8192: [16384, 61440, 4096],
  16384: [32768, 122880, 8192],
};

const NAME = /^[A-Za-z0-9_-]{1,255}$/;

const RULES: Rule<FargateProps>[] = [
  wholeBetween('port', 1, 65535, 'give the port that the web server in the image listens on'),
  matches('healthCheckPath', /^\/\S*$/, 'must begin with a slash', 'give a path such as \'/healthz\''),
  props => props.memoryLimitMiB === undefined ? known<FargateProps>('cpu', 'the memory is worked out from it; give \'memoryLimitMiB\' too')(props) : undefined,
  ({ cpu = 512 }) => Token.isUnresolved(cpu) || cpu in MEMORY ? undefined
    : `'cpu' must be one of ${Object.keys(MEMORY).join(', ')}, got ${cpu}: Fargate has no other sizes`,
  props => {
    const { cpu, memoryLimitMiB } = sizeOf(props);
    if (!(cpu in MEMORY) || Token.isUnresolved(memoryLimitMiB)) return undefined;
    const [lowest, highest, step] = MEMORY[cpu];
    return memoryLimitMiB >= lowest && memoryLimitMiB <= highest && memoryLimitMiB % step === 0 ? undefined
      : `'memoryLimitMiB' must be between ${lowest} and ${highest} in steps of ${step} for cpu ${cpu}, got ${memoryLimitMiB}: choose one of these or another 'cpu'`;
  },
  known('spotShare', 'the weights of both kinds of capacity are worked out from it'),
  wholeBetween('spotShare', 0, 100, 'give the percentage of the units above the minimum that may be taken back'),
  wholeBetween('ephemeralStorageGiB', 21, 200, 'leave it out for the 20 GiB that every unit has, and mount a file system for more'),
  ({ sidecars = {} }) => {
    const wrong = Object.keys(sidecars).filter(name => name === WEB_CONTAINER || !NAME.test(name));
    return wrong.length === 0 ? undefined
      : `'sidecars' must be named by letters, digits, dashes and underscores, and not '${WEB_CONTAINER}', got ${JSON.stringify(wrong)}: the application's own container has that name`;
  },
  ({ sidecars = {}, tracing }) => tracing === undefined || !(TRACING_CONTAINER in sidecars) ? undefined
    : `'sidecars' must not have one named '${TRACING_CONTAINER}' beside 'tracing', got ${JSON.stringify(Object.keys(sidecars))}: what receives the spans has that name`,
];

const BOUND_RULES: Rule<{ enableExecuteCommand: boolean; profile: EnvironmentProfile }>[] = [
  ({ enableExecuteCommand, profile }) => !enableExecuteCommand || profile.name !== 'production' ? undefined
    : '\'enableExecuteCommand\' must be off in production, got true: a shell in a unit changes what no deployment knows of; look into logs and metrics, or try it on a development platform',
];

/** The choice of Fargate. */
export class Fargate implements ICompute {
  public readonly unit: UnitLoad;

  constructor(private readonly props: FargateProps) {
    validate('Compute.fargate', props, RULES);
    validate('Compute.fargate.load', props.load ?? {}, UNIT_LOAD_RULES);
    this.unit = unitLoad(props.load);
  }

  public bind(scope: Construct, context: ComputeContext): IWebWorkload {
    const {
      image, port = 8080, healthCheckPath = '/healthz', cpuArchitecture = CpuArchitecture.X86_64, environment = {},
      deployment = FargateDeployment.rolling(), spotShare = 0, ephemeralStorageGiB, sidecars = {}, enableExecuteCommand = false,
      tracing,
    } = this.props;
    validate(scope.node.path, { enableExecuteCommand, profile: context.profile }, BOUND_RULES);
    return new FargateWebWorkload(scope, 'Fargate', {
      image,
      port,
      healthCheckPath,
      cpuArchitecture,
      environment,
      deployment,
      spotShare,
      ephemeralStorageGiB,
      sidecars,
      enableExecuteCommand,
      tracing,
      ...sizeOf(this.props),
    }, context);
  }
}

function sizeOf({ cpu = 512, memoryLimitMiB = cpu * 2 }: FargateProps): { cpu: number; memoryLimitMiB: number } {
  return { cpu, memoryLimitMiB };
}
