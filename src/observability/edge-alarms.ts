import { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { NoBoards } from './private/boards';
import { PlatformFacade, Watching } from './private/facade';
import { monitoringName } from './private/names';
import { acknowledgeSilence } from '../core/private/acknowledge';
import { IPlatformEdge } from '../edge';
import { Companion } from '../edge/companion';

/** What CloudFront's alarms in us-east-1 need. */
export interface EdgeAlarmsProps extends Watching {
  readonly companion: Companion;
  readonly edge: IPlatformEdge;
}

/** The alarms of a platform outside us-east-1 that must be there, without a board: the platform's shows their metrics. */
export class EdgeAlarms extends Construct {
  public readonly facade: MonitoringFacade;

  constructor(platform: Construct, id: string, { companion, edge, ...watching }: EdgeAlarmsProps) {
    super(companion.alarmNamespace, id);
    const { distributionId, distributionDomainName } = edge.distribution;
    const { DistributionId, DomainName } = companion.take({ DistributionId: distributionId, DomainName: distributionDomainName });
    const distribution = Distribution.fromDistributionAttributes(this, 'Distribution', { distributionId: DistributionId, domainName: DomainName });
    this.facade = new PlatformFacade(this, 'Facade', { ...watching, alarmNamePrefix: monitoringName(platform), boards: new NoBoards() });
    edge.alarmWith(this.facade, distribution);
    acknowledgeSilence(this, watching.profile);
  }
}
