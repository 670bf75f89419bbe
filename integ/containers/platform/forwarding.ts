import {
  CachePolicyConfig, GetCachePolicyCommand, GetOriginRequestPolicyCommand, OriginRequestPolicyConfig,
} from '@aws-sdk/client-cloudfront';
import { AwsClients } from './aws';

/** What a policy says of one kind of values: how it chooses, and the names that it lists. */
interface Choice {
  readonly behaviour?: string;
  readonly names?: readonly string[];
}

/** CloudFront's words for everything. */
const ALL = ['all', 'allViewer', 'allViewerAndWhitelistCloudFront'];
const HEADERS_OF_ITS_OWN = 'cloudfront-';

/** What reaches the origin of what a viewer sends, and which headers CloudFront adds: what the two policies of a behaviour say together. */
export class Forwarding {
  static async of(aws: AwsClients, cachePolicyId?: string, originRequestPolicyId?: string): Promise<Forwarding> {
    const cached = cachePolicyId ? await aws.cloudFront.send(new GetCachePolicyCommand({ Id: cachePolicyId })) : undefined;
    const requested = originRequestPolicyId
      ? await aws.cloudFront.send(new GetOriginRequestPolicyCommand({ Id: originRequestPolicyId })) : undefined;
    return new Forwarding(
      cached?.CachePolicy?.CachePolicyConfig?.ParametersInCacheKeyAndForwardedToOrigin, requested?.OriginRequestPolicy?.OriginRequestPolicyConfig);
  }

  private constructor(
    private readonly cache: CachePolicyConfig['ParametersInCacheKeyAndForwardedToOrigin'],
    private readonly request: OriginRequestPolicyConfig | undefined,
  ) {}

  /** Headers of CloudFront's own that the origin is sent, in lower case. */
  get added(): string[] {
    return this.headers.filter(({ behaviour = '' }) => ['whitelist', 'allViewerAndWhitelistCloudFront'].includes(behaviour))
      .flatMap(({ names = [] }) => names).map(name => name.toLowerCase()).filter(name => name.startsWith(HEADERS_OF_ITS_OWN));
  }

  /** Whether a header of the viewer's is sent on. One that only CloudFront may write is not, whoever sends it. */
  header(name: string): boolean {
    return !name.startsWith(HEADERS_OF_ITS_OWN) && passes(this.headers, name);
  }

  cookie(name: string): boolean {
    return passes([
      { behaviour: this.cache?.CookiesConfig?.CookieBehavior, names: this.cache?.CookiesConfig?.Cookies?.Items },
      { behaviour: this.request?.CookiesConfig?.CookieBehavior, names: this.request?.CookiesConfig?.Cookies?.Items },
    ], name);
  }

  parameter(name: string): boolean {
    return passes([
      { behaviour: this.cache?.QueryStringsConfig?.QueryStringBehavior, names: this.cache?.QueryStringsConfig?.QueryStrings?.Items },
      { behaviour: this.request?.QueryStringsConfig?.QueryStringBehavior, names: this.request?.QueryStringsConfig?.QueryStrings?.Items },
    ], name);
  }

  private get headers(): Choice[] {
    return [
      { behaviour: this.cache?.HeadersConfig?.HeaderBehavior, names: this.cache?.HeadersConfig?.Headers?.Items },
      { behaviour: this.request?.HeadersConfig?.HeaderBehavior, names: this.request?.HeadersConfig?.Headers?.Items },
    ];
  }
}

/** What either policy lets through is sent. */
function passes(choices: readonly Choice[], name: string): boolean {
  return choices.some(({ behaviour = 'none', names = [] }) => {
    const listed = names.some(each => each.toLowerCase() === name.toLowerCase());
    return ALL.includes(behaviour) || (behaviour === 'whitelist' && listed) || (behaviour === 'allExcept' && !listed);
  });
}
