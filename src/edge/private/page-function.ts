import { Function as EdgeFunction, FunctionAssociation, FunctionCode, FunctionEventType, FunctionRuntime } from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import { nameBelow, nameInAllRegions } from '../../core/private/naming';

/** Longest name of a function (CloudFront API reference). */
const MAX_NAME = 64;
/** Where the function of maintenance stands. */
const MAINTENANCE = 'Maintenance';
/** Seconds after which a visitor is asked to come back. */
const RETRY_AFTER = 300;

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
  readonly canonicalName?: string;
}

/** What CloudFront runs for pages, or calls; nothing when there is nothing to do. */
export function pageFunctions(scope: Construct, id: string, props: PageFunctionProps): FunctionAssociation[] | undefined {
  if (!props.caching && props.canonicalName === undefined) return undefined;
  const made = createFunction(new Construct(scope, id), pageFunctionCode(props));
  return [FunctionEventType.VIEWER_REQUEST, ...props.caching ? [FunctionEventType.VIEWER_RESPONSE] : []]
    .map(eventType => ({ function: made, eventType }));
}

/** The source of the function for pages and calls, of at most 10 kB (CloudFront quota). */
export function pageFunctionCode({ caching, canonicalName }: PageFunctionProps): string {
  if (canonicalName === undefined) return PAGE_FUNCTION;
  const asked = caching ? 'asked(event.request)' : 'event.request';
  return `function handler(event) {
  if (event.context.eventType === 'viewer-request') return elsewhere(event.request) || ${asked};
  return answered(event.request, event.response);
}

function elsewhere(request) {
  var host = request.headers.host;
  if (host === undefined || host.value.toLowerCase() === ${JSON.stringify(canonicalName.toLowerCase())}) return undefined;
  var query = request.rawQueryString();
  var kept = request.method === 'GET' || request.method === 'HEAD';
  return {
    statusCode: kept ? 301 : 308,
    statusDescription: kept ? 'Moved Permanently' : 'Permanent Redirect',
    headers: {
      'location': { value: 'https://${canonicalName.toLowerCase()}' + request.uri + (query ? '?' + query : '') },
      'cache-control': { value: 'max-age=3600' }
    }
  };
}
${caching ? PAGE_CACHING : ''}`;
}

/**
 * What CloudFront runs while maintenance is on, for pages and calls. It is a function of its own: each time that it runs is an answer
 * of 503 that somebody wants, and what watches the edge counts them by its name.
 */
export function maintenanceFunctions(scope: Construct, page: string): FunctionAssociation[] {
  const made = createFunction(new Construct(scope, MAINTENANCE), maintenanceFunctionCode(page));
  return [{ function: made, eventType: FunctionEventType.VIEWER_REQUEST }];
}

/**
 * The name of the function above, whether it is there or not.
 *
 * @param scope as it is given there
 */
export function maintenanceFunctionName(scope: Construct): string {
  return nameBelow(scope, MAINTENANCE, MAX_NAME);
}

function createFunction(holder: Construct, code: string): EdgeFunction {
  return new EdgeFunction(holder, 'Resource', {
    functionName: nameInAllRegions(holder, MAX_NAME), runtime: FunctionRuntime.JS_2_0, code: FunctionCode.fromInline(code),
  });
}

/** The source of the function that answers for the application, of at most 10 kB (CloudFront quota). */
export function maintenanceFunctionCode(page: string): string {
  return `function handler() {
  return {
    statusCode: 503,
    statusDescription: 'Service Unavailable',
    headers: {
      'content-type': { value: 'text/html; charset=utf-8' },
      'cache-control': { value: 'no-store' },
      'retry-after': { value: '${RETRY_AFTER}' }
    },
    body: { encoding: 'text', data: ${JSON.stringify(page)} }
  };
}
`;
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

/** The source of the function for pages that may be kept, where nobody is led to another name. */
export const PAGE_FUNCTION = `function handler(event) {
  if (event.context.eventType === 'viewer-request') return asked(event.request);
  return answered(event.request, event.response);
}
${PAGE_CACHING}`;
