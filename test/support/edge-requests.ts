import { Template } from 'aws-cdk-lib/assertions';
import { only, resources, text } from './template';

/** What a viewer asks. */
export interface EdgeRequest {
  readonly uri: string;
  readonly method?: string;
  readonly query?: string;
  readonly headers?: { readonly [name: string]: string };
}

/** What the edge does with it: an answer of its own, or what it asks of which origin. */
export interface EdgeAnswer {
  readonly status?: number;
  readonly location?: string;
  readonly contentType?: string;
  readonly body?: string;
  /** Logical id of what the origin is of. */
  readonly origin?: string;
  readonly asked?: string;
}

interface Behavior {
  readonly PathPattern?: string;
  readonly AllowedMethods?: string[];
  readonly TargetOriginId: string;
  readonly CachePolicyId: unknown;
  readonly FunctionAssociations?: { readonly EventType: string; readonly FunctionARN: { readonly 'Fn::GetAtt': string[] } }[];
}

interface Config {
  readonly CacheBehaviors: Behavior[];
  readonly DefaultCacheBehavior: Behavior;
  readonly Origins: { readonly Id: string; readonly OriginPath?: string; readonly DomainName: { readonly 'Fn::GetAtt': string[] } }[];
}

interface FunctionAnswer { uri?: string; statusCode?: number; headers?: { [name: string]: { value: string } }; body?: { data: string } }

export function distributionOf(template: Template): Config {
  return only(template, 'AWS::CloudFront::Distribution').Properties.DistributionConfig as unknown as Config;
}

/** Follows a request through the distribution of a template as CloudFront does: behavior, function, origin. */
export function askEdge(template: Template, { uri, method = 'GET', query = '', headers = {} }: EdgeRequest): EdgeAnswer {
  const { CacheBehaviors, DefaultCacheBehavior, Origins } = distributionOf(template);
  const behavior = CacheBehaviors.find(({ PathPattern }) => fits(PathPattern!, uri)) ?? DefaultCacheBehavior;
  if (!(behavior.AllowedMethods ?? ['GET', 'HEAD']).includes(method)) return { status: 403 };
  const answer = runFunction(template, behavior, { uri, method, query, headers });
  if (answer.statusCode !== undefined) {
    const { location, 'content-type': contentType } = answer.headers ?? {};
    return { status: answer.statusCode, location: location?.value, contentType: contentType?.value, body: answer.body?.data };
  }
  const origin = Origins.find(({ Id }) => Id === behavior.TargetOriginId)!;
  return { origin: origin.DomainName['Fn::GetAtt'][0].replace(/\w{8}$/, ''), asked: `${origin.OriginPath ?? ''}${answer.uri}` };
}

/** `*` stands for any text, `?` for one character (CloudFront developer guide, "Path pattern"). */
function fits(pattern: string, uri: string): boolean {
  return new RegExp(`^${pattern.replace(/[\\^$.|+()[\]{}]/g, '\\$&').replace(/\?/g, '.').replace(/\*/g, '.*')}$`).test(uri);
}

function runFunction(
  template: Template, { FunctionAssociations = [] }: Behavior, { uri, method, query, headers }: Required<EdgeRequest>,
): FunctionAnswer {
  const request = {
    uri,
    method,
    headers: Object.fromEntries(Object.entries({ host: 'd1.cloudfront.net', ...headers }).map(([name, value]) => [name, { value }])),
    rawQueryString: () => query,
  };
  const association = FunctionAssociations.find(({ EventType }) => EventType === 'viewer-request');
  if (association === undefined) return request;
  const { Properties } = resources(template, 'AWS::CloudFront::Function').find(({ id }) => id === association.FunctionARN['Fn::GetAtt'][0])!;
  const handler = new Function(`${text(Properties.FunctionCode)}; return handler;`)() as (event: object) => FunctionAnswer;
  return handler({ context: { eventType: 'viewer-request' }, request });
}
