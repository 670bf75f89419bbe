import { Function as EdgeFunction, FunctionAssociation, FunctionCode, FunctionEventType, FunctionRuntime } from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import { nameInAllRegions } from '../../../core/private/naming';

/** Longest name of a function (CloudFront API reference). */
export const MAX_NAME = 64;

/**
 * A function that CloudFront runs. Its code is of at most 10 kB (CloudFront quota), and in the language of Debian's njs 0.7 as well, which is
 * narrower than CloudFront's own: neither destructuring nor spread, no default parameters, no `for … of`.
 */
export function createFunction(holder: Construct, code: string): EdgeFunction {
  return new EdgeFunction(holder, 'Resource', {
    functionName: nameInAllRegions(holder, MAX_NAME), runtime: FunctionRuntime.JS_2_0, code: FunctionCode.fromInline(code),
  });
}

/** Has a function run for what viewers ask, before anything is looked for. */
export function onRequest(made: EdgeFunction): FunctionAssociation[] {
  return [{ function: made, eventType: FunctionEventType.VIEWER_REQUEST }];
}
