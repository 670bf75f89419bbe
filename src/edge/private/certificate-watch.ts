import { Duration } from 'aws-cdk-lib';
import { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Certificates } from './certificates';
import { alarmsInUsEast1 } from './us-east-1';
import { IMonitorable, Severity } from '../../core';
import { withAdvice, AlarmAdvice } from '../../core/private/alarms/with-advice';
import { US_EAST_1 } from '../../core/private/regions';

/** ACM tries to renew from 60 days on (ACM user guide, "Certificate renewal"), and its own events begin at 45: with 30 left, it has failed for weeks. */
const MIN_DAYS = 30;
/**
 * No customer notices yet, but on that day all of them will, and nobody acted on three weeks of warning. A week is what an
 * imported certificate takes, with an order and a validation, over a weekend.
 */
const LAST_DAYS = 7;

/** What customers see; in us-east-1 it may be the load balancer's, too. */
const VIEWER = { humanReadableName: 'Certificate', alarmFriendlyName: 'Certificate', region: US_EAST_1 };
/** What the edge sees at the load balancer. */
const ORIGIN = { humanReadableName: 'Origin certificate', alarmFriendlyName: 'Origin-Certificate' };

/** The certificates of a platform's name: what renews itself may fail to, and what was imported does not. */
export class CertificateWatch implements IMonitorable {
  /** @param certificates as the platform's own stack names them */
  constructor(private readonly certificates: Certificates) {}

  /** The one that customers see, which is in us-east-1. */
  public get viewer(): ICertificate | undefined {
    return this.certificates.viewer;
  }

  public monitorWith(monitoring: MonitoringFacade): void {
    const { viewer, origin } = this.certificates;
    if (viewer !== undefined) watch(monitoring, viewer, VIEWER, alarmsInUsEast1(monitoring));
    if (origin !== undefined && origin !== viewer) watch(monitoring, origin, ORIGIN, true);
  }

  /**
   * Adds the alarms on the viewer's certificate to a facade in us-east-1.
   *
   * @param monitoring the facade
   * @param viewer the certificate, as a stack of us-east-1 knows it
   */
  public alarmWith(monitoring: MonitoringFacade, viewer: ICertificate): void {
    watch(monitoring, viewer, VIEWER, true);
  }
}

function watch(monitoring: MonitoringFacade, certificate: ICertificate, names: typeof VIEWER | typeof ORIGIN, alarms: boolean): void {
  const below = (minDaysToExpiry: number) => ({
    minDaysToExpiry,
    // ACM measures once a day, and no more once the certificate has expired: what is raised stays so.
    period: Duration.days(1),
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    treatMissingDataOverride: TreatMissingData.IGNORE,
    ...withAdvice(expires(minDaysToExpiry)),
  });
  monitoring.monitorCertificate({
    ...names,
    certificate,
    addToSummaryDashboard: false,
    ...alarms ? { addDaysToExpiryAlarm: { [Severity.WARNING]: below(MIN_DAYS), [Severity.CRITICAL]: below(LAST_DAYS) } } : {},
  });
}

function expires(days: number): AlarmAdvice {
  return {
    why: `A certificate of the platform expires in less than ${days} days; then browsers refuse the site.`,
    firstCheck: 'in ACM, why its renewal waits: a DNS record of the validation is gone, or it was imported and is renewed by hand.',
    runbook: 'certificate-expires',
  };
}
