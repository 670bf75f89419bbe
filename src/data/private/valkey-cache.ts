import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { withoutPrefix } from './instance-type';
import { monitorCache } from './valkey-alarms';
import { NODE_RULES, ValkeyNodesStore } from './valkey-nodes-store';
import { IAttachable } from '../../core';
import { validate } from '../../core/private/validation';
import { CacheContext, ICache } from '../contract';
import { ValkeyNodesProps } from '../valkey-nodes-props';

/** The choice of ElastiCache nodes for the application's cache. */
export class ValkeyCache implements ICache {
  constructor(private readonly props: ValkeyNodesProps) {
    validate('Cache.valkeyNodes', props, NODE_RULES);
  }

  public bind(scope: Construct, context: CacheContext): IAttachable {
    // How much an application caches follows from nothing that is known of it: enough for the objects and pages of most.
    const { nodeType = new InstanceType(context.profile.multiAz ? 'm7g.large' : 't4g.small') } = this.props;
    return new ValkeyNodesStore(scope, 'ValkeyNodes', this.props, {
      what: 'Cache',
      store: 'cache',
      purpose: 'Holds what the application has worked out already, until it is flushed or there is no room',
      nodeTypeOf: () => withoutPrefix(nodeType, 'cache'),
      environmentOf: (host, port, user) => ({ CACHE_HOST: host, CACHE_PORT: port, CACHE_TLS: 'true', CACHE_USER: user }),
      passwordVariable: 'CACHE_PASSWORD',
      monitor: monitorCache,
    }, context);
  }
}
