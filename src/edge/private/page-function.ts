import { Function as EdgeFunction, FunctionAssociation, FunctionCode, FunctionEventType, FunctionRuntime } from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import { nameInAllRegions } from '../../core/private/naming';

/** Longest name of a function (CloudFront API reference). */
const MAX_NAME = 64;
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

/** What runs at the edge for every page. */
export interface PageFunctionProps {
  /** Answers each request with this page. */
  readonly maintenancePage?: string;
  /** Keeps cookies out of answers that may be kept. */
  readonly caching: boolean;
}

/** What CloudFront runs for pages; nothing when there is nothing to do. */
export function pageFunctions(scope: Construct, id: string, props: PageFunctionProps): FunctionAssociation[] {
  if (!props.caching && props.maintenancePage === undefined) return [];
  const holder = new Construct(scope, id);
  const made = new EdgeFunction(holder, 'Resource', {
    functionName: nameInAllRegions(holder, MAX_NAME),
    runtime: FunctionRuntime.JS_2_0,
    code: FunctionCode.fromInline(pageFunctionCode(props)),
  });
  return [FunctionEventType.VIEWER_REQUEST, ...props.caching ? [FunctionEventType.VIEWER_RESPONSE] : []]
    .map(eventType => ({ function: made, eventType }));
}

/** The function's source, of at most 10 kB (CloudFront quota). */
export function pageFunctionCode({ maintenancePage, caching }: PageFunctionProps): string {
  return `function handler(event) {
  if (event.context.eventType === 'viewer-request') return ${maintenancePage === undefined ? 'asked(event.request)' : 'closed()'};
  return answered(event.request, event.response);
}
${maintenancePage === undefined ? '' : closed(maintenancePage)}${caching ? PAGE_CACHING : ''}`;
}

function closed(page: string): string {
  return `
function closed() {
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
