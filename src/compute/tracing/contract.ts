import { ContainerDefinitionOptions } from 'aws-cdk-lib/aws-ecs';
import { IGrantable } from 'aws-cdk-lib/aws-iam';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/** What a tracing choice receives. */
export interface TracingContext {
  /** As traces name the application: unique in account and Region. */
  readonly serviceName: string;
  /** Where the application writes its logs, for whoever wants to come from a trace to them. */
  readonly logGroup: ILogGroup;
  /** Whom the units act as. */
  readonly grantee: IGrantable;
  /** Whether a container may run beside the application's: on Fargate; on instances the CloudWatch agent takes its place. */
  readonly takesSidecar: boolean;
  /**
   * Memory of a unit in MiB.
   *
   * @default - not known before it runs
   */
  readonly memoryMiB?: number;
}

/** What traces of an application take. */
export interface TracingSettings {
  /**
   * Environment variables that tell the application to trace, and where to send it. One that the user gives wins.
   *
   * @default - the application is told nothing
   */
  readonly environment?: { [name: string]: string };
  /**
   * A container beside the application's in each unit; on Fargate alone. It ends no unit, unless `essential` says so, and
   * logs to the application's log group, unless `logging` says where.
   *
   * @default - the application's container is alone
   */
  readonly sidecar?: ContainerDefinitionOptions;
  /**
   * Whether the CloudWatch agent takes spans by OTLP, on 127.0.0.1:4317 (gRPC) and 4318 (HTTP), and sends them to X-Ray; on
   * instances alone.
   *
   * @default false
   */
  readonly agentReceives?: boolean;
  /**
   * Whether spans go to X-Ray: the units may write them, and have a way to it where they have none out.
   *
   * @default false
   */
  readonly sendsToXray?: boolean;
}

/** How requests are traced. Bring your own by implementing it. */
export interface ITracing {
  /**
   * Says what the application is told and what runs beside it, and creates what that takes.
   *
   * @param scope the namespace that the workload gives
   * @param context the application that is traced
   */
  bind(scope: Construct, context: TracingContext): TracingSettings;
}
