import { CfnMapping, Lazy, Token } from 'aws-cdk-lib';
import { CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { LaunchedCompute, LaunchedImage } from './launched';
import { PlainStack } from './plain-stack';
import { Compute, ICompute, InstanceCode } from '../../src';

const APPLICATION = 'The application';
/** The group of parameters about sizes. */
export const SIZES = 'How much of it';

/** Sizes of a task in vCPU * 1024, with the memory in MiB that each comes with. */
const TASKS = Object.fromEntries([256, 512, 1024, 2048, 4096].map(cpu => [cpu, { memory: cpu * 2 }]));

/** Types that the application may run on: one architecture, since one machine image runs on all of them. */
const INSTANCE_TYPES = ['c7g', 'm7g', 'r7g'].flatMap(family => ['medium', 'large', 'xlarge', '2xlarge'].map(size => `${family}.${size}`));

/** A container that is named at launch. */
export function fargate(stack: PlainStack): ICompute {
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
    port: portOf(stack),
    healthCheckPath: healthCheckPathOf(stack),
    size: {
      cpuArchitecture: CpuArchitecture.of(stack.text(APPLICATION, 'CpuArchitecture', {
        description: 'The processor that the image is built for.', default: 'X86_64', allowedValues: ['X86_64', 'ARM64'],
      })),
      cpu: numberOf(cpu),
      memoryLimitMiB: numberOf(memory),
    },
  });
}

/** A number that is text to CloudFormation. */
function numberOf(text: string): number {
  return Token.asNumber(Lazy.any({ produce: () => text }));
}

/** Instances with an archive of the application that is named at launch. */
export function instances(stack: PlainStack): ICompute {
  const bucket = stack.text(APPLICATION, 'CodeBucket', {
    description: 'The bucket that holds the archive of the application. It is read with the rights of the instances.',
    allowedPattern: '[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]',
    constraintDescription: 'the name of a bucket',
  });
  const key = stack.text(APPLICATION, 'CodeKey', {
    description: 'The archive in the bucket, a .zip or .tar.gz with PHP code: a key of its own for each release.',
    allowedPattern: '\\S+\\.(zip|tar\\.gz)',
    constraintDescription: 'a key that ends in .zip or .tar.gz',
  });
  const type = stack.text(SIZES, 'InstanceType', { description: 'The type of the instances.', default: 'c7g.medium', allowedValues: INSTANCE_TYPES });
  const compute = Compute.instances({
    code: InstanceCode.fromBucket(Bucket.fromBucketName(stack, 'Code', bucket), key),
    port: portOf(stack),
    healthCheckPath: healthCheckPathOf(stack),
  });
  // The library reads the architecture from the type, so it takes none that is only known at launch.
  return new LaunchedCompute(compute, {}, template => {
    if (template instanceof CfnLaunchTemplate) template.addPropertyOverride('LaunchTemplateData.InstanceType', type);
  });
}

function portOf(stack: PlainStack): number {
  return stack.number(APPLICATION, 'Port', { description: 'The port that the application answers on.', default: 8080, minValue: 1024, maxValue: 65535 });
}

function healthCheckPathOf(stack: PlainStack): string {
  return stack.text(APPLICATION, 'HealthCheckPath', {
    description: 'Path that answers 200 while the application can serve requests.',
    default: '/healthz',
    allowedPattern: '/[A-Za-z0-9_./~%?=&-]*',
    constraintDescription: 'a path that begins with a slash',
  });
}
