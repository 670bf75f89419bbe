import { Construct } from 'constructs';
import { MemoryBySize, smallestThatHolds, withoutPrefix } from './instance-type';
import { connection, PASSWORD_VARIABLE } from './valkey';
import { monitorNodes } from './valkey-alarms';
import { NODE_RULES, ValkeyNodesStore } from './valkey-nodes-store';
import { IAttachable } from '../../core';
import { validate } from '../../core/private/validation';
import { ISessions, SessionsContext } from '../contract';
import { ValkeyNodesProps } from '../valkey-nodes-props';

/** Share of memory for sessions; the rest is for replication and snapshots (user guide, "Reserved memory": 25 %). */
const USABLE_MEMORY = 0.75;
/** Memory for sessions in GiB, by node type (ElastiCache user guide, "Supported node types"). */
const NODE_TYPES: MemoryBySize = ([
  ['t4g.small', 1.37], ['t4g.medium', 3.09], ['r7g.large', 13.07], ['r7g.xlarge', 26.32], ['r7g.2xlarge', 52.82], ['r7g.4xlarge', 105.81],
] as const).map(([type, gib]) => [type, gib * USABLE_MEMORY] as const);
/** Days that snapshots are kept; the most useful for sessions is far less, but audits ask for 15. */
const SNAPSHOT_DAYS = 15;

/** The choice of ElastiCache nodes for sessions. */
export class ValkeyNodes implements ISessions {
  constructor(private readonly props: ValkeyNodesProps) {
    validate('Sessions.valkeyNodes', props, NODE_RULES);
  }

  public bind(scope: Construct, context: SessionsContext): IAttachable {
    const { nodeType } = this.props;
    return new ValkeyNodesStore(scope, 'ValkeyNodes', this.props, {
      what: 'Sessions',
      store: 'session store',
      purpose: 'Keeps the sessions, so that any unit can serve any user',
      nodeTypeOf: store => nodeType === undefined
        ? smallestThatHolds(store, NODE_TYPES, context.capacity.maxDataGb, 'give \'nodeType\', or choose Sessions.valkeyServerless()')
        : withoutPrefix(nodeType, 'cache'),
      environmentOf: (host, port, user) => connection(host, port, user, context.runtime),
      passwordVariable: PASSWORD_VARIABLE,
      monitor: monitorNodes,
      snapshotDays: SNAPSHOT_DAYS,
    }, context);
  }
}
