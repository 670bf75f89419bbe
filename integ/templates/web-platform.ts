import { CfnMapping, CfnOutput, Lazy, Token } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CfnDBCluster } from 'aws-cdk-lib/aws-rds';
import { LaunchedCompute, LaunchedImage } from './launched';
import { PlainStack, Template } from './plain-stack';
import {
  CapacityPlan, Compute, Domain, ElasticWebPlatform, EnvironmentProfile, ICompute, Notifications, Traffic,
} from '../../src';

const APPLICATION = 'The application';
const SIZES = 'How much of it';
const PEOPLE = 'Who is told';
const NAME = 'Its name';
const SAFETY = 'Its safety';

/** Sizes of a task in vCPU * 1024, with the memory in MiB that each comes with. */
const TASKS = Object.fromEntries([256, 512, 1024, 2048, 4096].map(cpu => [cpu, { memory: cpu * 2 }]));

/** What the sizes are by default: those of a small site with peaks of 30 times its base. */
const TRAFFIC = Traffic.spiky({ baselineRps: 20 });

/** What tells one template of the web platform from another. */
export interface WebPlatformTemplate {
  readonly description: string;
  readonly profile: EnvironmentProfile;
  readonly domain: boolean;
}

/** The template of a web platform, with parameters for what only its launcher knows. */
export function webPlatformTemplate({ description, profile, domain }: WebPlatformTemplate): Template {
  const stack = new PlainStack(description);
  const platform = new ElasticWebPlatform(stack, 'Platform', {
    profile,
    traffic: TRAFFIC,
    compute: sized(stack, fargate(stack), profile),
    notifications: Notifications.email(stack.text(PEOPLE, 'AlarmEmail', {
      description: 'The address that alarms are sent to. SNS asks it to confirm first.',
      allowedPattern: '[^\\s@]+@[^\\s@]+\\.[^\\s@]+',
      constraintDescription: 'an e-mail address',
    })),
    domain: domain ? named(stack) : undefined,
  });
  sizeDatabase(stack, platform);
  if (profile.deletionProtection) protect(stack, platform);
  (platform.node.findChild('Url') as CfnOutput).overrideLogicalId('Url');
  new CfnOutput(stack, 'DistributionDomainName', {
    value: platform.distribution.distributionDomainName, description: 'Point the name of the site at it by a CNAME or ALIAS record',
  });
  new CfnOutput(stack, 'MediaBucket', { value: platform.media.environment.MEDIA_BUCKET, description: 'Put media files below media/' });
  return stack.template();
}

function fargate(stack: PlainStack): ICompute {
  const image = stack.text(APPLICATION, 'Image', {
    description: 'The container image, such as 111111111111.dkr.ecr.us-east-1.amazonaws.com/shop:1.0. It answers HTTP on Port.',
    allowedPattern: '\\S+',
    constraintDescription: 'the name of an image',
  });
  const cpu = stack.text(SIZES, 'Cpu', {
    description: 'CPU of a task, 1024 for one vCPU. It has twice as many MiB of memory.', default: '512', allowedValues: Object.keys(TASKS),
  });
  const memory = new CfnMapping(stack, 'Tasks', { mapping: TASKS }).findInMap(cpu, 'memory');
  return Compute.fargate({
    image: new LaunchedImage(image),
    port: stack.number(APPLICATION, 'Port', { description: 'The port that the container answers on.', default: 8080, minValue: 1, maxValue: 65535 }),
    healthCheckPath: stack.text(APPLICATION, 'HealthCheckPath', {
      description: 'Path that answers 200 while the container can serve requests.',
      default: '/healthz',
      allowedPattern: '/\\S*',
      constraintDescription: 'a path that begins with a slash',
    }),
    cpuArchitecture: CpuArchitecture.of(stack.text(APPLICATION, 'CpuArchitecture', {
      description: 'The processor that the image is built for.', default: 'X86_64', allowedValues: ['X86_64', 'ARM64'],
    })),
    cpu: numberOf(cpu),
    memoryLimitMiB: numberOf(memory),
  });
}

/** A number that is text to CloudFormation. */
function numberOf(text: string): number {
  return Token.asNumber(Lazy.any({ produce: () => text }));
}

/** The numbers of units and what scaling aims at; the steps of sharp ramps are percentages, and stay. */
function sized(stack: PlainStack, compute: ICompute, profile: EnvironmentProfile): ICompute {
  const { minUnits, maxUnits, targetRequestsPerMinute } = CapacityPlan.of(TRAFFIC, profile).compute;
  const units = { minValue: 1, maxValue: 5000 };
  return new LaunchedCompute(compute, {
    minUnits: stack.number(SIZES, 'MinUnits', { description: 'Units (tasks or instances) that always run.', default: minUnits, ...units }),
    maxUnits: stack.number(SIZES, 'MaxUnits', { description: 'Units that the application may grow to; not below MinUnits.', default: maxUnits, ...units }),
    targetRequestsPerMinute: stack.number(SIZES, 'TargetRequestsPerMinute', {
      description: 'Requests per minute and unit that scaling aims at: 60 % of what one answers.', default: targetRequestsPerMinute, minValue: 1,
    }),
  });
}

/** By its resource: the construct of CDK checks the bounds, and so takes none that is only known at launch. */
function sizeDatabase(stack: PlainStack, { capacity, node }: ElasticWebPlatform): void {
  const { minAcu, maxAcu } = capacity.database;
  const bounds = {
    minCapacity: stack.number(SIZES, 'MinAcu', {
      description: 'Smallest capacity of the database in ACU (about 2 GiB of memory each), in steps of 0.5.', default: minAcu, minValue: 0.5, maxValue: 256,
    }),
    maxCapacity: stack.number(SIZES, 'MaxAcu', {
      description: 'Largest capacity of the database in ACU, in steps of 0.5; not below MinAcu.', default: maxAcu, minValue: 1, maxValue: 256,
    }),
  };
  node.findAll().filter((each): each is CfnDBCluster => each instanceof CfnDBCluster)
    .forEach(cluster => { cluster.serverlessV2ScalingConfiguration = bounds; });
}

/** A stack whose load balancer is protected is not deleted: its launcher needs a way to let it go. */
function protect(stack: PlainStack, { node }: ElasticWebPlatform): void {
  const protection = stack.text(SAFETY, 'DeletionProtection', {
    description: 'Whether load balancer and database refuse to be deleted. Update the stack with false before you delete it.',
    default: 'true',
    allowedValues: ['true', 'false'],
  });
  node.findAll().forEach(each => {
    if (each instanceof ApplicationLoadBalancer) each.setAttribute('deletion_protection.enabled', protection);
    if (each instanceof CfnDBCluster) each.addPropertyOverride('DeletionProtection', protection);
  });
}

function named(stack: PlainStack): Domain {
  const name = stack.text(NAME, 'DomainName', {
    description: 'The name of the site, such as shop.example.com. Its DNS is yours: see the output DistributionDomainName.',
    allowedPattern: '([a-z0-9_]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}',
    constraintDescription: 'a domain name in lower case',
  });
  const arn = stack.text(NAME, 'CertificateArn', {
    description: 'A certificate of ACM in us-east-1 that is valid for the name.',
    allowedPattern: 'arn:aws[a-z-]*:acm:us-east-1:\\d{12}:certificate/\\S+',
    constraintDescription: 'the ARN of a certificate in us-east-1',
  });
  return Domain.elsewhere(name, Certificate.fromCertificateArn(stack, 'Certificate', arn));
}
