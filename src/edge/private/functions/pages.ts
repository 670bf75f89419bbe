import { FunctionAssociation, FunctionEventType } from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import { CanonicalName, elsewhereCode, leadElsewhere } from './canonical-name';
import { createFunction } from './function';

/**
 * Headers by which frameworks take another name, path or method for a request's: an attacker would have a page of his
 * making kept for all.
 */
const UNTRUSTED = [
  'x-forwarded-host', 'x-forwarded-server', 'x-forwarded-scheme', 'x-forwarded-prefix', 'x-host', 'x-original-url', 'x-rewrite-url',
  'x-http-method', 'x-http-method-override', 'x-method-override', 'forwarded',
];

/** What runs at the edge for pages or calls. */
export interface PageFunctionProps {
  /** Whether it keeps cookies out of answers that may be kept. */
  readonly caching: boolean;
  /**
   * Leads those who ask by another name to this one.
   *
   * @default - nobody is led to another name
   */
  readonly canonical?: CanonicalName;
}

/** What CloudFront runs for pages, or calls; nothing when there is nothing to do. */
export function pageFunctions(scope: Construct, id: string, props: PageFunctionProps): FunctionAssociation[] | undefined {
  if (!props.caching && props.canonical === undefined) return undefined;
  const made = createFunction(new Construct(scope, id), pageFunctionCode(props));
  return [FunctionEventType.VIEWER_REQUEST, ...props.caching ? [FunctionEventType.VIEWER_RESPONSE] : []]
    .map(eventType => ({ function: made, eventType }));
}

/** The source of the function for pages and calls. */
export function pageFunctionCode({ caching, canonical }: PageFunctionProps): string {
  return `function handler(event) {
  var request = event.request;${caching ? `
  if (event.context.eventType !== 'viewer-request') return answered(request, event.response);` : ''}${leadElsewhere(canonical)}
  return ${caching ? 'asked(request)' : 'request'};
}
${elsewhereCode(canonical)}${caching ? PAGE_CACHING : ''}`;
}

/** No cookie of one visitor is in what is kept for all. */
const PAGE_CACHING = `
function asked(request) {
  ${JSON.stringify(UNTRUSTED)}.forEach(function (name) { delete request.headers[name]; });
  return request;
}

function answered(request, response) {
  var control = response.headers['cache-control'];
  var apart = control !== undefined && control.value.toLowerCase().split(',').some(function (part) {
    return ['private', 'no-store', 'no-cache'].indexOf(part.trim()) >= 0;
  });
  if (!apart && (request.method === 'GET' || request.method === 'HEAD')) response.cookies = {};
  return response;
}
`;
