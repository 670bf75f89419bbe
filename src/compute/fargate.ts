import { Token } from 'aws-cdk-lib';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { ComputeContext, ICompute, IWebWorkload } from '../core';
import { FargateWebWorkload } from './private/fargate-web-workload';
import { matches, Rule, validate, wholeBetween } from '../core/private/validation';

/** Kinds of processor. */
export enum Processor {
  /** Intel and AMD: what most images are built for. */
  X86_64 = 'X86_64',
  /** AWS Graviton: about a fifth cheaper for the same work; the image must be built for it. */
  ARM64 = 'ARM64',
}

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
  readonly memoryMiB?: number;
  /**
   * Processor that the image is built for.
   *
   * @default Processor.X86_64 - what most images are built for
   */
  readonly processor?: Processor;
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
    const { cpu, memoryMiB } = sizeOf(props);
    if (!(cpu in MEMORY) || Token.isUnresolved(memoryMiB)) return undefined;
    const [lowest, highest, step] = MEMORY[cpu];
    return memoryMiB >= lowest && memoryMiB <= highest && memoryMiB % step === 0 ? undefined
      : `'memoryMiB' must be between ${lowest} and ${highest} in steps of ${step} for cpu ${cpu}, got ${memoryMiB}: choose one of these or another 'cpu'`;
  },
];

/** The choice of Fargate. */
export class Fargate implements ICompute {
  constructor(private readonly props: FargateProps) {
    validate('Compute.fargate', props, RULES);
  }

  public bind(scope: Construct, context: ComputeContext): IWebWorkload {
    const { image, port = 8080, healthCheckPath = '/healthz', processor = Processor.X86_64, environment = {} } = this.props;
    return new FargateWebWorkload(scope, 'Fargate', {
      image, port, healthCheckPath, processor, environment, ...sizeOf(this.props),
    }, context);
  }
}

function sizeOf({ cpu = 512, memoryMiB = cpu * 2 }: FargateProps): { cpu: number; memoryMiB: number } {
  return { cpu, memoryMiB };
}
