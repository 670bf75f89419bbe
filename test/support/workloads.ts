import { Stack } from 'aws-cdk-lib';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { ApplicationLoadBalancer, ListenerAction } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { bound, Bound } from './blocks';
import { IMAGE } from './platform';
import {
  BindContext, Compute, ComputeCapacity, EnvironmentProfile, FargateProps, IAttachable, ICompute, IWebWorkload, Tier, WebEntry,
} from '../../src';

/** What a test may change of a workload. */
export interface WorkloadTest {
  readonly profile?: EnvironmentProfile;
  readonly capacity?: Partial<ComputeCapacity>;
  /** More services that the application uses. */
  readonly attachments?: (context: BindContext) => IAttachable[];
  readonly entry?: Partial<WebEntry>;
}

/** What a test may change of a workload on Fargate. */
export interface FargateTest extends WorkloadTest {
  readonly props?: Partial<FargateProps>;
}

const CAPACITY: ComputeCapacity = {
  minUnits: 3, maxUnits: 60, targetRequestsPerMinute: 900, targetCpuPercent: 60, steps: [], scheduledFloors: [], warmPoolUnits: 0,
};

/** A workload on Fargate behind a load balancer, with a database of variables alone. */
export function fargate({ props, ...test }: FargateTest = {}): Bound<IWebWorkload> {
  return workload(() => Compute.fargate({ image: IMAGE, ...props }), test);
}

/** A workload behind a load balancer, with a database of variables alone. */
export function workload(
  choose: (stack: Stack) => ICompute,
  { profile, capacity, attachments = () => [], entry: changed }: WorkloadTest,
): Bound<IWebWorkload> {
  return bound((scope, context) => {
    const made = choose(Stack.of(scope)).bind(scope, {
      ...context,
      label: 'Application',
      subnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      attachments: [database(context), ...attachments(context)],
      capacity: { ...CAPACITY, ...capacity },
    });
    made.registerWith({ ...entry(scope, context), ...changed });
    return made;
  }, profile);
}

/** Every path of a load balancer's only listener. */
export function entry(scope: Construct, { vpc }: BindContext): WebEntry {
  const listener = new ApplicationLoadBalancer(scope, 'Balancer', { vpc })
    .addListener('Http', { port: 80, open: false, defaultAction: ListenerAction.fixedResponse(404) });
  return { listener, priority: 1 };
}

function database(context: BindContext): IAttachable {
  const secret = new Secret(context.encryptionKey, 'Login');
  return {
    environment: { DB_HOST: 'db', DB_PORT: '1' },
    secrets: { DB_USER: { secret, field: 'username' }, TOKEN: { secret } },
    attachTo: () => {},
    monitorWith: () => {},
    describe: () => ({ id: 'Database', construct: secret, title: 'Database', purpose: 'Test', tier: Tier.DATA }),
  };
}
