import {
  CacheBehavior, DefaultCacheBehavior, DistributionConfig, GetDistributionConfigCommand, GetOriginAccessControlCommand, GetVpcOriginCommand,
  Origin as DeclaredOrigin,
} from '@aws-sdk/client-cloudfront';
import { AwsClients } from './aws';
import { Forwarding } from './forwarding';

export interface Behaviour {
  readonly originId: string;
  readonly allowedMethods: readonly string[];
  /** What of a request reaches the origin. */
  readonly forwarding: Forwarding;
  /** Whether a viewer who comes by plain HTTP is sent away. */
  readonly httpsOnly: boolean;
}

interface Declared extends Behaviour {
  readonly pattern: string;
}

/** The parts of a distribution's configuration that decide where a request goes, and what of it. */
export class DistributionView {
  static async of(aws: AwsClients, distributionId: string): Promise<DistributionView> {
    const { DistributionConfig: config } = await aws.cloudFront.send(new GetDistributionConfigCommand({ Id: distributionId }));
    if (config?.DefaultCacheBehavior === undefined) throw new Error(`Distribution ${distributionId} has no configuration`);
    const special = await Promise.all((config.CacheBehaviors?.Items ?? [])
      .map(async behaviour => ({ pattern: behaviour.PathPattern ?? '', ...await read(aws, behaviour) })));
    return new DistributionView(aws, config, special, await read(aws, config.DefaultCacheBehavior));
  }

  private constructor(
    private readonly aws: AwsClients,
    private readonly config: DistributionConfig,
    private readonly special: readonly Declared[],
    private readonly usual: Behaviour,
  ) {}

  get origins(): readonly DeclaredOrigin[] {
    return this.config.Origins?.Items ?? [];
  }

  /** The first behaviour whose pattern matches, in the order of the configuration; else the default one. */
  behaviourFor(path: string): Behaviour {
    return this.special.find(({ pattern }) => matches(pattern, path)) ?? this.usual;
  }

  /** The bucket behind an origin, or undefined when the origin is no bucket. */
  bucketOf(origin: DeclaredOrigin): string | undefined {
    return /^(?<bucket>.+?)\.s3[.-]/.exec(origin.DomainName ?? '')?.groups?.bucket;
  }

  /** Whether CloudFront signs each of its requests to the origin. */
  async signs(origin: DeclaredOrigin): Promise<boolean> {
    if (!origin.OriginAccessControlId) return false;
    const { OriginAccessControl } = await this.aws.cloudFront.send(new GetOriginAccessControlCommand({ Id: origin.OriginAccessControlId }));
    const control = OriginAccessControl?.OriginAccessControlConfig;
    return control?.SigningBehavior === 'always' && control.SigningProtocol === 'sigv4' && control.OriginAccessControlOriginType === 's3';
  }

  /** How CloudFront speaks to the load balancer behind a VPC origin: protocol and port of the last leg. */
  async lastLegTo(vpcOriginId: string): Promise<{ readonly protocol: string; readonly port: number }> {
    const { VpcOrigin } = await this.aws.cloudFront.send(new GetVpcOriginCommand({ Id: vpcOriginId }));
    const { OriginProtocolPolicy, HTTPPort = 80, HTTPSPort = 443 } = VpcOrigin?.VpcOriginEndpointConfig ?? {};
    return OriginProtocolPolicy === 'http-only' ? { protocol: 'http', port: HTTPPort } : { protocol: 'https', port: HTTPSPort };
  }
}

async function read(aws: AwsClients, behaviour: CacheBehavior | DefaultCacheBehavior): Promise<Behaviour> {
  return {
    originId: behaviour.TargetOriginId ?? '',
    // CloudFront's own default, where the configuration names none.
    allowedMethods: behaviour.AllowedMethods?.Items ?? ['GET', 'HEAD'],
    forwarding: await Forwarding.of(aws, behaviour.CachePolicyId, behaviour.OriginRequestPolicyId),
    httpsOnly: ['https-only', 'redirect-to-https'].includes(behaviour.ViewerProtocolPolicy ?? ''),
  };
}

/** CloudFront's wildcards: `*` for any characters, `?` for one. A pattern without its leading slash means the same. */
function matches(pattern: string, path: string): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.');
  return new RegExp(`^/?${escaped.replace(/^\//, '')}$`).test(path);
}
