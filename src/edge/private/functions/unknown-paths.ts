import { FunctionAssociation } from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import { CanonicalName, elsewhereCode, leadElsewhere } from './canonical-name';
import { createFunction, onRequest } from './function';
import { ownAnswerCode } from './own-answer';

/** What the function for paths that nobody serves has to know. */
export interface UnknownPathsProps {
  /** Where `/` leads, such as `/frontend/`. */
  readonly home?: string;
  /** The page, in HTML. */
  readonly page: string;
  readonly canonical?: CanonicalName;
}

/** What CloudFront runs for paths that nobody serves. */
export function unknownPathFunctions(scope: Construct, props: UnknownPathsProps): FunctionAssociation[] {
  return onRequest(createFunction(new Construct(scope, 'UnknownPaths'), unknownPathsCode(props)));
}

/** The source of the function that answers for nobody: no origin is ever asked. */
export function unknownPathsCode({ home, page, canonical }: UnknownPathsProps): string {
  return `function handler(event) {
  var request = event.request;${leadElsewhere(canonical)}${home === undefined ? '' : `
  if (request.uri === '/') return toHome(request);`}
  return answer(request);
}
${ownAnswerCode({ statusCode: 404, statusDescription: 'Not Found', page, headers: { 'x-content-type-options': 'nosniff' } })}${
  home === undefined ? '' : toHome(home)}${elsewhereCode(canonical)}`;
}

function toHome(home: string): string {
  return `
function toHome(request) {
  var query = request.rawQueryString();
  return {
    statusCode: 302,
    statusDescription: 'Found',
    headers: {
      'location': { value: ${JSON.stringify(home)} + (query ? '?' + query : '') },
      'cache-control': { value: 'no-store' }
    }
  };
}
`;
}
