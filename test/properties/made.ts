import * as cdk from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { InstanceType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage, CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import { LifecyclePolicy, ThroughputMode } from 'aws-cdk-lib/aws-efs';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { Architecture, Code, Runtime as LambdaRuntime } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { HostedZone, PrivateHostedZone, PublicHostedZone } from 'aws-cdk-lib/aws-route53';
import { Bucket, StorageClass } from 'aws-cdk-lib/aws-s3';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import * as library from '../../src';
import { BRAZIL, EAST, IMAGE, QUICK } from '../support/platform';

/** A platform as source text: its stack's props, its id and its own props. */
export interface PlatformCode {
  readonly pattern: 'ElasticWebPlatform' | 'SpaApiPlatform';
  readonly stack: string;
  readonly id: string;
  readonly props: string;
}

/** Makes the platform in an app of its own. */
export function make({ pattern, stack: stackProps, id, props }: PlatformCode): cdk.App {
  const app = new cdk.App(QUICK);
  const stack = new cdk.Stack(app, 'Stack', evaluate(stackProps, { ...cdk, EAST, BRAZIL }) as cdk.StackProps);
  const names = namesIn(stack);
  new library[pattern](stack, evaluate(id, names) as string, evaluate(props, names) as never);
  return app;
}

function evaluate(code: string, names: object): unknown {
  return (new Function(...Object.keys(names), `return (${code});`) as (...values: unknown[]) => unknown)(...Object.values(names));
}

/** What the texts may name; a function makes something of the user's own beside the platform. */
function namesIn(stack: cdk.Stack) {
  let made = 0;
  const below = () => new Construct(stack, `Own${made++}`);
  const parameter = (props: cdk.CfnParameterProps) => new cdk.CfnParameter(below(), 'Given', props);
  return {
    ...cdk,
    ...cloudfront,
    ...library,
    ...library.migration,
    stack,
    EAST,
    BRAZIL,
    IMAGE,
    InstanceType,
    Vpc,
    ContainerImage,
    CpuArchitecture,
    Architecture,
    Code,
    LambdaRuntime,
    LifecyclePolicy,
    ThroughputMode,
    Schedule,
    ScheduleExpression,
    RetentionDays,
    Metric,
    StorageClass,
    PrivateHostedZone,
    PublicHostedZone,
    text: () => parameter({ default: 'given' }).valueAsString,
    number: () => parameter({ type: 'Number', default: 3 }).valueAsNumber,
    bucket: () => Bucket.fromBucketName(below(), 'Bucket', 'somebody-elses'),
    secret: () => Secret.fromSecretNameV2(below(), 'Secret', 'given'),
    certificate: (arn: string) => Certificate.fromCertificateArn(below(), 'Certificate', arn),
    zone: (zoneName = 'example.com') => HostedZone.fromHostedZoneAttributes(below(), 'Zone', { hostedZoneId: 'Z1', zoneName }),
    vpc: (zones = 2) => Vpc.fromVpcAttributes(below(), 'Vpc', vpcOf(zones)),
  };
}

function vpcOf(zones: number) {
  const each = (beginning: string) => Array.from({ length: zones }, (_, index) => `${beginning}${index}`);
  return {
    vpcId: 'vpc-0123456789abcdef0',
    vpcCidrBlock: '10.0.0.0/16',
    availabilityZones: each('zone-'),
    publicSubnetIds: each('subnet-012345a'),
    privateSubnetIds: each('subnet-012345b'),
    isolatedSubnetIds: each('subnet-012345c'),
    publicSubnetRouteTableIds: each('rtb-0123456a'),
    privateSubnetRouteTableIds: each('rtb-0123456b'),
    isolatedSubnetRouteTableIds: each('rtb-0123456c'),
  };
}
