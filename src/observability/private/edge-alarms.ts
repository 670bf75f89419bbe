import { Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { PlatformFacade, Watching } from './facade';
import { monitoringName } from './names';
import { SymptomAlarms } from './symptoms';
import { acknowledgeSilence } from '../../core/private/acknowledge';
import { Companion } from '../../edge/private/companion';
import { OpenDoor } from '../../edge/private/front-door';
import { NoBoards } from '../boards/private/boards';

/** What the alarms in us-east-1 need. */
export interface EdgeAlarmsProps extends Watching {
  readonly companion: Companion;
  readonly frontDoor: OpenDoor;
}

/** The alarms of a platform outside us-east-1 that must be there, without a board: the platform's shows their metrics. */
export class EdgeAlarms extends Construct {
  public readonly facade: MonitoringFacade;
  /** What customers may notice at the edge. */
  public readonly symptoms: SymptomAlarms;

  constructor(platform: Construct, id: string, { companion, frontDoor, ...watching }: EdgeAlarmsProps) {
    super(companion.alarmNamespace, id);
    const { edge: { distribution }, certificates: { viewer } } = frontDoor;
    const values = companion.take({
      DistributionId: distribution.distributionId,
      DomainName: distribution.distributionDomainName,
      // By way of the platform's stack: an export of the stack before it could not change while this one imports it.
      ...viewer === undefined ? {} : { CertificateArn: viewer.certificateArn },
    });
    const name = monitoringName(platform);
    this.facade = new PlatformFacade(this, 'Facade', { ...watching, alarmNamePrefix: name, boards: new NoBoards() });
    this.watch(frontDoor, values);
    this.symptoms = new SymptomAlarms(this, 'Symptoms', `${name}-Ground`, this.facade);
    acknowledgeSilence(this, watching.profile);
  }

  /** By their names, as the platform's stack knows them. */
  public get named(): { readonly alarmName: string; readonly region: string }[] {
    const { region } = Stack.of(this);
    return this.facade.createdAlarms().map(({ alarmName }) => ({ alarmName, region }));
  }

  private watch({ edge, firewall, certificates }: OpenDoor, values: { [name: string]: string }): void {
    edge.alarmWith(this.facade, Distribution.fromDistributionAttributes(this, 'Distribution', {
      distributionId: values.DistributionId, domainName: values.DomainName,
    }));
    firewall.alarmWith(this.facade);
    if (values.CertificateArn !== undefined) certificates.alarmWith(this.facade, Certificate.fromCertificateArn(this, 'ViewerCertificate', values.CertificateArn));
  }
}
