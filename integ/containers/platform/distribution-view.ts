import {
  CacheBehavior, DefaultCacheBehavior, DistributionConfig, GetDistributionConfigCommand, GetOriginAccessControlCommand,
  Origin as DeclaredOrigin,
} from '@aws-sdk/client-cloudfront';
import { AwsClients } from './aws';

export interface Behaviour {
  readonly originId: string;
  readonly allowedMethods: readonly string[];
  /** Whether the origin receives the viewer's cookies. */
  readonly forwardsCookies: boolean;
  /** Whether a viewer who comes by plain HTTP is sent away. */
  readonly httpsOnly: boolean;
}

/** CloudFront's managed origin request policies that forward all that the viewer sends: AllViewer, and the one with headers of its own. */
const ALL_VIEWER_POLICIES = ['216adef6-5c7f-47e4-b989-5492eafa07d3', '33f36d7e-f396-46d9-90e0-52428a34d9dc'];

/** The parts of a distribution's configuration that decide where a request goes. */
export class DistributionView {
  static async of(aws: AwsClients, distributionId: string): Promise<DistributionView> {
    const { DistributionConfig: config } = await aws.cloudFront.send(new GetDistributionConfigCommand({ Id: distributionId }));
    if (config === undefined) throw new Error(`Distribution ${distributionId} has no configuration`);
    return new DistributionView(aws, config);
  }

  private constructor(private readonly aws: AwsClients, private readonly config: DistributionConfig) {}

  get origins(): readonly DeclaredOrigin[] {
    return this.config.Origins?.Items ?? [];
  }

  /** The first behaviour whose pattern matches, in the order of the configuration; else the default one. */
  behaviourFor(path: string): Behaviour {
    const found: CacheBehavior | DefaultCacheBehavior | undefined =
      this.config.CacheBehaviors?.Items?.find(({ PathPattern }) => matches(PathPattern ?? '', path)) ?? this.config.DefaultCacheBehavior;
    return {
      originId: found?.TargetOriginId ?? '',
      // CloudFront's own default, where the configuration names none.
      allowedMethods: found?.AllowedMethods?.Items ?? ['GET', 'HEAD'],
      forwardsCookies: ALL_VIEWER_POLICIES.includes(found?.OriginRequestPolicyId ?? ''),
      httpsOnly: ['https-only', 'redirect-to-https'].includes(found?.ViewerProtocolPolicy ?? ''),
    };
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
}

/** CloudFront's wildcards: `*` for any characters, `?` for one. A pattern without its leading slash means the same. */
function matches(pattern: string, path: string): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.');
  return new RegExp(`^/?${escaped.replace(/^\//, '')}$`).test(path);
}
