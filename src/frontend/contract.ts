import { IDistribution, IOrigin } from 'aws-cdk-lib/aws-cloudfront';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct, IConstruct } from 'constructs';
import { BindContext, IDescribable, IMonitorable, IReleasable, IRequestIndicators, Runtime, Traffic, UnitLoad } from '../core';
import { EdgeSite, RouteKind } from '../edge';
import { ComputeContext, IWebWorkload } from '../workload';

/** What a frontend asks of units of its own, and lets them reach. */
export interface FrontendLoad {
  /** What it is to carry. */
  readonly traffic: Traffic;
  /** What one of its units carries and takes. */
  readonly unit: UnitLoad;
  /** Whether its units reach the data stores of the platform. */
  readonly usesData: boolean;
}

/** How the edge serves a frontend. */
export interface FrontendRoute {
  /** What is asked for there. */
  readonly kind: RouteKind;
  /**
   * Where it comes from.
   *
   * @default - the platform's load balancer
   */
  readonly origin?: IOrigin;
  /**
   * How its paths become files.
   *
   * @default - it has no files: it answers each path by itself
   */
  readonly site?: EdgeSite;
}

/** A frontend of a platform. */
export interface IFrontendApplication extends IConstruct, IMonitorable, IDescribable {
  /** How the edge serves it. */
  readonly route: FrontendRoute;
  /**
   * What answers for it behind the platform's load balancer.
   *
   * @default - nothing: the edge has it from its own origin
   */
  readonly workload?: IWebWorkload;
  /**
   * What users ask of it, where that is not counted at the load balancer.
   *
   * @default - counted at the load balancer
   */
  readonly indicators?: IRequestIndicators;
  /**
   * What its team may do by itself, once it is served.
   *
   * @default - a new version of it comes with a deployment of its stack alone
   */
  readonly release?: IReleasable;
  /**
   * Tells it the distribution that serves it: what it keeps there is renewed by a release.
   *
   * @param distribution the platform's
   */
  servedBy(distribution: IDistribution): void;
}

/** What a frontend choice receives. */
export interface FrontendContext extends BindContext {
  /** The path that all of it is below, such as `/frontend`; or `/`. */
  readonly path: string;
  /** Receives the access logs. */
  readonly accessLogs: IBucket;
  /**
   * For units of its own.
   *
   * @default - it said that it has no load
   */
  readonly units?: ComputeContext;
}

/** A site that users open. Bring your own by implementing it. */
export interface IFrontend {
  /**
   * What it asks of units of its own.
   *
   * @default - it has none: the edge carries all of it
   */
  readonly load?: FrontendLoad;
  /**
   * What it is written in, where that matters at the edge and to the firewall.
   *
   * @default - it runs in browsers alone
   */
  readonly runtime?: Runtime;
  /**
   * Creates the frontend.
   *
   * @param scope the namespace that the platform gives
   * @param context its path, the profile and the key
   */
  bind(scope: Construct, context: FrontendContext): IFrontendApplication;
}
