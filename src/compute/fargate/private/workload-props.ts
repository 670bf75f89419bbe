import { Duration } from 'aws-cdk-lib';
import { ContainerDefinitionOptions, ContainerImage, CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import { SecretReference } from '../../../core';
import { ITracing } from '../../tracing/contract';
import { IFargateDeployment } from '../fargate-deployment';
import { ScheduledTask } from '../scheduled-task';

/** The props of a Fargate workload with every default filled in. */
export interface FargateWorkloadProps {
  readonly image: ContainerImage;
  readonly port: number;
  readonly healthCheckPath: string;
  readonly cpu: number;
  readonly memoryLimitMiB: number;
  readonly cpuArchitecture: CpuArchitecture;
  readonly environment: { [name: string]: string };
  readonly secrets: { [name: string]: SecretReference };
  readonly deployment: IFargateDeployment;
  readonly user?: string;
  readonly readonlyRootFilesystem: boolean;
  readonly writablePaths: string[];
  readonly spotShare: number;
  readonly ephemeralStorageGiB?: number;
  readonly sidecars: { [name: string]: ContainerDefinitionOptions };
  readonly enableExecuteCommand: boolean;
  readonly scheduledTasks: { [name: string]: ScheduledTask };
  readonly tracing?: ITracing;
}

/** Name of the container that answers the requests. */
export const WEB_CONTAINER = 'web';

/**
 * Time for requests under way when a unit goes: the load balancer sends no more, waits this long, and then the container
 * has as long between SIGTERM and SIGKILL. Longer than the slowest page, and both together shorter than the two minutes
 * that a unit on spot capacity is warned ahead.
 */
export function drain(): Duration {
  return Duration.seconds(30);
}
