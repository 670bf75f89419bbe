import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { BlockDescription, IReleasable, Runtime, Traffic } from '../../core';
import { isGiven, Rule, validate } from '../../core/private/validation';
import { RouteKind } from '../../edge';
import { acknowledgeNoLogOfLogs } from '../../storage/private/access-logs';
import { IWebWorkload } from '../../workload';
import { ContainerFrontendProps } from '../container-frontend-props';
import { FrontendContext, FrontendLoad, FrontendRoute, IFrontend, IFrontendApplication } from '../contract';

const RULES: Rule<ContainerFrontendProps>[] = [
  ({ compute }) => isGiven(compute) ? undefined
    : `'compute' must be given, got ${compute}: say what runs the site, such as Compute.fargate({ image })`,
];

/** The choice of a frontend with units of its own. */
export class ContainerFrontend implements IFrontend {
  public readonly load: FrontendLoad;
  public readonly runtime?: Runtime;

  constructor(private readonly props: ContainerFrontendProps) {
    validate('Frontend.container', props, RULES);
    const { compute, traffic = Traffic.spiky({ baselineRps: 20 }), usesData = false } = props;
    this.load = { traffic, unit: compute.unit, usesData };
    this.runtime = compute.runtime;
  }

  public bind(scope: Construct, { units, accessLogs }: FrontendContext): IFrontendApplication {
    if (units === undefined) throw new Error(`[${scope.node.path}] 'units' of the context must be given to a frontend with a load, got undefined: hand on the capacity that was planned for it`);
    acknowledgeNoLogOfLogs(accessLogs);
    return new RunFrontend(scope, 'Container', this.props.compute.bind(scope, units));
  }
}

/** Pages from units behind the load balancer. */
class RunFrontend extends Construct implements IFrontendApplication {
  public readonly route: FrontendRoute = { kind: RouteKind.PAGES };

  constructor(scope: Construct, id: string, public readonly workload: IWebWorkload) {
    super(scope, id);
  }

  public get release(): IReleasable | undefined {
    return this.workload.release;
  }

  /** The edge keeps nothing of it that a release has to renew. */
  public servedBy(): void {}

  public monitorWith(monitoring: MonitoringFacade): void {
    this.workload.monitorWith(monitoring);
  }

  public describe(): BlockDescription {
    return this.workload.describe();
  }
}
