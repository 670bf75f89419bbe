import { Token } from 'aws-cdk-lib';
import { CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import { known, Rule, wholeBetween } from '../../core/private/validation';

/** What a unit on Fargate has. */
export interface FargateSize {
  /**
   * CPU, 1024 for one vCPU: 256, 512, 1024, 2048, 4096, 8192 or 16384.
   *
   * @default 512
   */
  readonly cpu?: number;
  /**
   * Memory in MiB; Fargate takes certain amounts for each `cpu`.
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
   * Scratch space in GiB, 21 to 200; it is gone with the unit.
   *
   * @default - the 20 GiB that every unit has
   */
  readonly ephemeralStorageGiB?: number;
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

/** What must hold of a size. */
export const SIZE_RULES: Rule<FargateSize>[] = [
  props => props.memoryLimitMiB === undefined ? known<FargateSize>('cpu', 'the memory is worked out from it; give \'memoryLimitMiB\' too')(props) : undefined,
  ({ cpu = 512 }) => Token.isUnresolved(cpu) || cpu in MEMORY ? undefined
    : `'cpu' must be one of ${Object.keys(MEMORY).join(', ')}, got ${cpu}: Fargate has no other sizes`,
  props => {
    const { cpu, memoryLimitMiB } = sized(props);
    if (!(cpu in MEMORY) || Token.isUnresolved(memoryLimitMiB)) return undefined;
    const [lowest, highest, step] = MEMORY[cpu];
    return memoryLimitMiB >= lowest && memoryLimitMiB <= highest && memoryLimitMiB % step === 0 ? undefined
      : `'memoryLimitMiB' must be between ${lowest} and ${highest} in steps of ${step} for cpu ${cpu}, got ${memoryLimitMiB}: choose one of these or another 'cpu'`;
  },
  wholeBetween('ephemeralStorageGiB', 21, 200, 'leave it out for the 20 GiB that every unit has, and mount a file system for more'),
];

/** With its defaults. */
export function sized({ cpu = 512, memoryLimitMiB = cpu * 2, cpuArchitecture = CpuArchitecture.X86_64, ephemeralStorageGiB }: FargateSize) {
  return { cpu, memoryLimitMiB, cpuArchitecture, ephemeralStorageGiB };
}
