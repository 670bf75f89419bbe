import { CfnOutput } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CfnDBCluster } from 'aws-cdk-lib/aws-rds';
import { SIZES } from './computes';
import { LaunchedCompute } from './launched';
import { PlainStack, Template } from './plain-stack';
import {
  CapacityPlan, Domain, ElasticWebPlatform, EnvironmentProfile, ICompute, Notifications, Traffic,
} from '../../src';

const PEOPLE = 'Who is told';
const NAME = 'Its name';
const SAFETY = 'Its safety';

/** What the sizes are by default: those of a small site with peaks of 30 times its base. */
const TRAFFIC = Traffic.spiky({ baselineRps: 20 });

/** What tells one template of the web platform from another. */
export interface WebPlatformTemplate {
  readonly description: string;
  readonly profile: EnvironmentProfile;
  readonly domain: boolean;
  readonly compute: (stack: PlainStack) => ICompute;
}

/** The template of a web platform, with parameters for what only its launcher knows. */
export function webPlatformTemplate({ description, profile, domain, compute }: WebPlatformTemplate): Template {
  const stack = new PlainStack(description);
  const platform = new ElasticWebPlatform(stack, 'Platform', {
    profile,
    traffic: TRAFFIC,
    compute: sized(stack, compute(stack), profile),
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

/** The numbers of units and what scaling aims at; the steps of sharp ramps are percentages, and stay. */
function sized(stack: PlainStack, compute: ICompute, profile: EnvironmentProfile): ICompute {
  const { minUnits, maxUnits, targetRequestsPerMinute } = CapacityPlan.of([{ name: 'Application', traffic: TRAFFIC, unit: compute.unit }], profile).computeOf('Application');
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
