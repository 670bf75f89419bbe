import { Token } from 'aws-cdk-lib';
import { ContainerImage, CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { ComputeContext, ICompute, IWebWorkload } from '../core';
import { FargateWebWorkload } from './private/fargate-web-workload';
import { matches, Rule, validate, wholeBetween } from '../core/private/validation';

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

const RULES: Rule<FargateProps>[] = [
  wholeBetween('port', 1, 65535, 'give the port that the web server in the image listens on'),
  matches('healthCheckPath', /^\/\S*$/, 'must begin with a slash', 'give a path such as \'/healthz\''),
  ({ cpu = 512 }) => Token.isUnresolved(cpu) || cpu in MEMORY ? undefined
    : `'cpu' must be one of ${Object.keys(MEMORY).join(', ')}, got ${cpu}: Fargate has no other sizes`,
  props => {
    const { cpu, memoryLimitMiB } = sizeOf(props);
    if (!(cpu in MEMORY) || Token.isUnresolved(memoryLimitMiB)) return undefined;
    const [lowest, highest, step] = MEMORY[cpu];
    return memoryLimitMiB >= lowest && memoryLimitMiB <= highest && memoryLimitMiB % step === 0 ? undefined
      : `'memoryLimitMiB' must be between ${lowest} and ${highest} in steps of ${step} for cpu ${cpu}, got ${memoryLimitMiB}: choose one of these or another 'cpu'`;
  },
];

/** The choice of Fargate. */
export class Fargate implements ICompute {
  constructor(private readonly props: FargateProps) {
    validate('Compute.fargate', props, RULES);
  }

  public bind(scope: Construct, context: ComputeContext): IWebWorkload {
    const { image, port = 8080, healthCheckPath = '/healthz', cpuArchitecture = CpuArchitecture.X86_64, environment = {} } = this.props;
    return new FargateWebWorkload(scope, 'Fargate', {
      image, port, healthCheckPath, cpuArchitecture, environment, ...sizeOf(this.props),
    }, context);
  }
}

function sizeOf({ cpu = 512, memoryLimitMiB = cpu * 2 }: FargateProps): { cpu: number; memoryLimitMiB: number } {
  return { cpu, memoryLimitMiB };
}
