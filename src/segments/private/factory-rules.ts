import { named } from './rules';
import { known, Rule, wholeBetween } from '../../core/private/validation';

/** Metrics of one alarm (CloudWatch API, `PutMetricAlarm`). */
const MOST_GATEWAYS = 10;
/** A primary and five replicas (ElastiCache user guide, "Quotas for ElastiCache"). */
const MOST_NODES = 6;

/** What must hold of gateways, for whoever measures and whoever watches them. */
export const NAT_GATEWAY_RULES: Rule<{ readonly natGatewayIds: string[] }>[] = [
  known('natGatewayIds', 'each gateway has a metric of its own; give the ids one by one'),
  ({ natGatewayIds: { length } }) => length >= 1 && length <= MOST_GATEWAYS ? undefined
    : `'natGatewayIds' must name 1 to ${MOST_GATEWAYS} gateways, got ${length}: an alarm takes ${MOST_GATEWAYS} metrics; watch the gateways of each network by themselves`,
];

/** What must hold of a replication group, for whoever measures and whoever watches it. */
export const REPLICATION_GROUP_RULES: Rule<{ readonly replicationGroupId: string; readonly nodes: number }>[] = [
  named('replicationGroupId'),
  known('nodes', 'each node has a metric of its own; give the number'),
  wholeBetween('nodes', 1, MOST_NODES, 'a replication group has a primary and up to five replicas'),
];
