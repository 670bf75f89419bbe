import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { bound, Bound } from './blocks';
import { IMAGE } from './platform';
import {
  BindContext, Compute, ComputeCapacity, EnvironmentProfile, FargateProps, IAttachable, IWebWorkload, Tier,
} from '../../src';

/** What a test may change of the workload. */
export interface FargateTest {
  readonly props?: Partial<FargateProps>;
  readonly profile?: EnvironmentProfile;
  readonly capacity?: Partial<ComputeCapacity>;
  /** More services that the application uses. */
  readonly attachments?: (context: BindContext) => IAttachable[];
}

const CAPACITY: ComputeCapacity = {
  minUnits: 3, maxUnits: 60, targetRequestsPerMinute: 900, targetCpuPercent: 60, steps: [], scheduledFloors: [], warmPoolUnits: 0,
};

/** A workload on Fargate behind a load balancer, with a database of variables alone. */
export function fargate({ props, profile, capacity, attachments = () => [] }: FargateTest = {}): Bound<IWebWorkload> {
  return bound((scope, context) => {
    const workload = Compute.fargate({ image: IMAGE, ...props }).bind(scope, {
      ...context,
      subnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      attachments: [database(context), ...attachments(context)],
      capacity: { ...CAPACITY, ...capacity },
    });
    workload.registerWith(new ApplicationLoadBalancer(scope, 'Balancer', { vpc: context.vpc }).addListener('Http', { port: 80, open: false }));
    return workload;
  }, profile);
}

function database(context: BindContext): IAttachable {
  const secret = new Secret(context.encryptionKey, 'Login');
  return {
    environment: { DB_HOST: 'db', DB_PORT: '1' },
    secrets: { DB_USER: { secret, field: 'username' }, TOKEN: { secret } },
    attachTo: () => {},
    monitorWith: () => {},
    describe: () => ({ title: 'Database', purpose: 'Test', tier: Tier.DATA }),
  };
}
