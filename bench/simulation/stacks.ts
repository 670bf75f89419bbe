import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { MachineImage } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancedFargateService, ApplicationLoadBalancedFargateServiceProps } from 'aws-cdk-lib/aws-ecs-patterns';
import { Compute, ElasticWebPlatform, ElasticWebPlatformProps, KnownEvent, Notifications, Traffic } from '../../src';
import { ApplicationModel } from '../../src/simulation';

/** The base of the platform's default traffic, and what half a vCPU answers. */
export const BASE = 20;

const IMAGE = ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx-unprivileged:stable');

/** A template as JSON text, with a name for the table. */
export interface Candidate {
  readonly name: string;
  readonly template: string;
  /** What is known of its units besides the template. */
  readonly application?: ApplicationModel;
}

function synthesize(name: string, make: (stack: Stack) => void): Candidate {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Stack', { env: { account: '111111111111', region: 'us-east-1' } });
  make(stack);
  return { name, template: JSON.stringify(Template.fromStack(stack).toJSON()) };
}

/** What may differ from the defaults of the platform, besides its traffic. */
export type PlatformChoices = Partial<ElasticWebPlatformProps>;

/** The platform with its defaults, but for its traffic, on Fargate unless another compute is given. */
export function platform(name: string, traffic: Traffic, choices: PlatformChoices = {}): Candidate {
  return synthesize(name, stack => new ElasticWebPlatform(stack, 'Platform', {
    compute: Compute.fargate({ image: IMAGE }),
    notifications: Notifications.email('team@example.com'),
    traffic,
    ...choices,
  }));
}

/** Every day at 01:00, when the replayed peak begins, for as long as it lasts. */
export const EVENT = KnownEvent.weekly({ name: 'show', start: '01:00', duration: Duration.minutes(80) });

type Scale = (made: ApplicationLoadBalancedFargateService) => void;

/**
 * The platform on instances, from an image that holds the application, with a warm pool. A unit answers what the traffic
 * says, though it has a whole vCPU: the same as a task, so that the rows can be compared.
 */
export function onInstances(name: string, traffic: Traffic): Candidate {
  const compute = Compute.instances({ machineImage: MachineImage.genericLinux({ 'us-east-1': 'ami-0123456789abcdef0' }) });
  // As its nginx and PHP-FPM are set up: 16 processes, 64 requests at once, the others are answered 503; checks are let through.
  const application = { requestsPerSecondPerUnit: compute.unit.requestsPerSecond, workersPerUnit: 16, backlogPerUnit: 48, healthChecksQueue: false };
  return { ...platform(name, traffic, { compute }), application };
}

function service(name: string, props: ApplicationLoadBalancedFargateServiceProps, scale: Scale): Candidate {
  return synthesize(name, stack => scale(new ApplicationLoadBalancedFargateService(stack, 'Web', { taskImageOptions: { image: IMAGE }, ...props })));
}

/** What users of ecs-patterns get, and what they often add; no database is in it, so that none slows it down. */
export function ecsPatterns(): Candidate[] {
  return [
    service('ecs-patterns as it comes', {}, () => undefined),
    service('ecs-patterns, CPU target', { cpu: 512, memoryLimitMiB: 1024 }, ({ service: tasks }) => tasks
      .autoScaleTaskCount({ minCapacity: 2, maxCapacity: 30 })
      .scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 50 })),
  ];
}
