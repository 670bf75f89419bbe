import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Severity, Symptom } from '../../core';
import { QUARTER_OF_AN_HOUR } from '../../core/private/alarms/thresholds';
import { withAdvice, AlarmAdvice } from '../../core/private/alarms/with-advice';
import { NatGatewayMonitoring } from '../../segments';

/**
 * Connections of 5 minutes without a port from which on customers notice: a hundred a minute are no longer mended by trying
 * once more. A judgement, where AWS names none.
 */
const MANY = 500;

const FIRST_CHECK = 'open connections and their destination in the flow logs: the application should keep connections to others and reuse them.';

const EXHAUSTED: AlarmAdvice = {
  why: 'Connections of the application to the outside find no port free: a gateway has 55,000 to one destination.',
  firstCheck: FIRST_CHECK,
  runbook: 'nat-gateway-exhausted',
};
const FAILING: AlarmAdvice = {
  why: `More than ${MANY} connections of the application to the outside found no port free in 5 minutes: what needs others, such as payment, fails.`,
  firstCheck: FIRST_CHECK,
  runbook: 'nat-gateway-exhausted',
  symptom: Symptom.FAILING,
};

/** The way out of a network. */
export function monitorNatGateways(monitoring: MonitoringFacade, natGatewayIds: string[]): void {
  monitoring.addSegment(new NatGatewayMonitoring(monitoring, {
    natGatewayIds,
    humanReadableName: 'Network: the way out',
    alarmFriendlyName: 'Network',
    addMaxPortAllocationErrorCountAlarm: {
      // As AWS suggests (VPC user guide, "Monitor NAT gateways using Amazon CloudWatch").
      [Severity.WARNING]: { maxErrorCount: 0, ...QUARTER_OF_AN_HOUR, ...withAdvice(EXHAUSTED) },
      [Severity.CRITICAL]: { maxErrorCount: MANY, evaluationPeriods: 2, datapointsToAlarm: 2, ...withAdvice(FAILING) },
    },
  }), { addToSummaryDashboard: false });
}
