import { SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { ApplicationTargetGroup, IApplicationListener } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct, IDependable } from 'constructs';
import { BindContext, ComputeCapacity, IAttachable, IDescribable, IMonitorable, IReleasable, IWorkload, Runtime, UnitLoad } from '../core';

/** The requests that a platform leads to a workload. */
export interface WebEntry {
  /** The listener of the platform's load balancer; the balancer's security group is in its connections. */
  readonly listener: IApplicationListener;
  /**
   * First of ten precedences among the rules of the listener that are the workload's own, 1 (first) to 49,990; the platform counts
   * them. While one workload gives way to another, both have rules, and a listener takes no two of one precedence: those of this
   * library take from the second on, and a function the first, so that a workload of your own best takes the fifth.
   */
  readonly priority: number;
  /**
   * The paths that are led to the workload, such as `/backend/*`: at most 5.
   *
   * @default - every path
   */
  readonly pathPatterns?: string[];
  /**
   * What the path of each request begins with and the workload is not to see, such as `/backend`: it is asked for `/items` in place of
   * `/backend/items`. The load balancer takes it away.
   *
   * @default - the path is as the user sees it
   */
  readonly stripPath?: string;
}

/** A workload that answers HTTP requests behind the platform's load balancer. */
export interface IWebWorkload extends IWorkload, IMonitorable, IDescribable {
  /**
   * Where its units stand behind the load balancer, once it is registered: each group that requests may be led to.
   *
   * @default - not known: nobody can ask the load balancer how many units are well
   */
  readonly targetGroups?: ApplicationTargetGroup[];
  /**
   * What has to be there before the edge asks the listener that it is registered with: its units, and the rule that leads to them.
   *
   * @default - nothing: the edge does not wait for it
   */
  readonly ready?: IDependable;
  /**
   * Where its units write what they have to say: the service board asks it, and queries are saved for it.
   *
   * @default - not known: no logs on the board
   */
  readonly logGroup?: ILogGroup;
  /**
   * What its team may do by itself.
   *
   * @default - a new version of it comes with a deployment of its stack alone
   */
  readonly release?: IReleasable;
  /**
   * Leads the entry's requests to the workload, by a rule of the listener in the workload's own scope. The platform owns the
   * load balancer; the workload supplies the target, of whatever type.
   *
   * @param entry the listener, the rule's precedence, and which requests
   */
  registerWith(entry: WebEntry): void;
}

/** What a compute choice receives. */
export interface ComputeContext extends BindContext {
  /** Names the application among the alarms and segments of its platform, such as `Application`: letters, digits and dashes. */
  readonly label: string;
  /** Where the units run: private subnets with a way out. */
  readonly subnets: SubnetSelection;
  /** How many units. */
  readonly capacity: ComputeCapacity;
  /** The services that the application uses. */
  readonly attachments: IAttachable[];
  /**
   * Whether the load balancer speaks HTTPS: with a domain it has another listener than without.
   *
   * @default false
   */
  readonly httpsToOrigin?: boolean;
}

/** What one unit (a task or an instance) carries, and what it takes of what applications share. */
export interface UnitLoadProps {
  /**
   * Requests per second that it answers well; measure it with your application.
   *
   * @default 25 - a unit of the default size whose requests take 20 ms of CPU each
   */
  readonly requestsPerSecond?: number;
  /**
   * Connections to the database that it opens, at the most.
   *
   * @default - as many as it has requests in hand at once, each for 0.4 seconds: 10 for 25 requests per second
   */
  readonly connections?: number;
}

/** A way to run the application. Bring your own by implementing it. */
export interface ICompute {
  /** What one of its units carries and takes: how many units an application needs follows from it. */
  readonly unit: UnitLoad;
  /**
   * What the application is written in: what is made for it at the edge, in the firewall and in the session store follows from it.
   *
   * @default - what the platform is made for: PHP in an ElasticWebPlatform
   */
  readonly runtime?: Runtime;
  /**
   * Creates the workload, attached to every service of the context.
   *
   * @param scope the namespace that the platform gives
   * @param context where, how large, and with which services
   */
  bind(scope: Construct, context: ComputeContext): IWebWorkload;
}
