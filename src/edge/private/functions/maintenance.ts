import { FunctionAssociation } from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import { createFunction, MAX_NAME, onRequest } from './function';
import { ownAnswerCode } from './own-answer';
import { nameBelow } from '../../../core/private/naming';

/** Where the function of maintenance stands. */
const MAINTENANCE = 'Maintenance';
/** Seconds after which a visitor is asked to come back. */
const RETRY_AFTER = 300;

/**
 * What CloudFront runs while maintenance is on, for pages and calls. It is a function of its own: each time that it runs is an answer
 * of 503 that somebody wants, and what watches the edge counts them by its name.
 */
export function maintenanceFunctions(scope: Construct, page: string): FunctionAssociation[] {
  return onRequest(createFunction(new Construct(scope, MAINTENANCE), maintenanceFunctionCode(page)));
}

/**
 * The name of the function above, whether it is there or not.
 *
 * @param scope as it is given there
 */
export function maintenanceFunctionName(scope: Construct): string {
  return nameBelow(scope, MAINTENANCE, MAX_NAME);
}

/** The source of the function that answers for the application. */
export function maintenanceFunctionCode(page: string): string {
  return `function handler(event) {
  return answer(event.request);
}
${ownAnswerCode({ statusCode: 503, statusDescription: 'Service Unavailable', page, headers: { 'retry-after': String(RETRY_AFTER) } })}`;
}
