import { SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { ApplicationListener, ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { BindContext, ComputeCapacity, IAttachable, IDescribable, IMonitorable, IWorkload } from '../core';

/** A workload that answers HTTP requests behind the platform's load balancer. */
export interface IWebWorkload extends IWorkload, IMonitorable, IDescribable {
  /**
   * Where its units stand behind the load balancer, once it is registered: each group that requests may be led to.
   *
   * @default - not known: nobody can ask the load balancer how many units are well
   */
  readonly targetGroups?: ApplicationTargetGroup[];
  /**
   * Where its units write what they have to say: the service board asks it, and queries are saved for it.
   *
   * @default - not known: no logs on the board
   */
  readonly logGroup?: ILogGroup;
  /**
   * Makes the workload a target of the listener. The platform owns the load balancer; the workload supplies the target.
   *
   * @param listener the listener that receives the platform's requests
   */
  registerWith(listener: ApplicationListener): void;
}

/** What a compute choice receives. */
export interface ComputeContext extends BindContext {
  /** Where the units run: private subnets with a way out. */
  readonly subnets: SubnetSelection;
  /** How many units. */
  readonly capacity: ComputeCapacity;
  /** The services that the application uses. */
  readonly attachments: IAttachable[];
}

/** A way to run the application. Bring your own by implementing it. */
export interface ICompute {
  /**
   * Creates the workload, attached to every service of the context.
   *
   * @param scope the namespace that the platform gives
   * @param context where, how large, and with which services
   */
  bind(scope: Construct, context: ComputeContext): IWebWorkload;
}
