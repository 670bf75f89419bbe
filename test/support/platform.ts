import { App, Stack, StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Code, Runtime as LambdaRuntime } from 'aws-cdk-lib/aws-lambda';
import { Compute, ElasticWebPlatform, ElasticWebPlatformProps, FunctionCode } from '../../src';

// Newer releases of CDK validate each template, which takes seconds; the contract tests do that once.
process.env.CDK_VALIDATION = 'false';

export const ACCOUNT = '111111111111';
export const EAST = { account: ACCOUNT, region: 'us-east-1' };
export const BRAZIL = { ...EAST, region: 'sa-east-1' };
/** Code of a function that needs nothing to be uploaded. */
export const FUNCTION_CODE = FunctionCode.zip({
  code: Code.fromInline('exports.handler = async () => ({ statusCode: 200 });'), handler: 'index.handler', lambdaRuntime: LambdaRuntime.NODEJS_24_X,
});
export const IMAGE = ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:stable');

/** Nothing here reads what CDK writes for its own analytics and for viewers of the construct tree. */
export const QUICK = { analyticsReporting: false, treeMetadata: false };

/** Every prop of a platform may be given; `compute` has a default here. */
export type PlatformProps = Partial<ElasticWebPlatformProps>;

/** A stack in us-east-1, in an app of its own. */
export function eastStack(id = 'Stack', props: StackProps = {}, context: { [flag: string]: unknown } = {}): Stack {
  return new Stack(new App({ context, ...QUICK }), id, { env: EAST, ...props });
}

/** A platform whose application is one container. */
export function addPlatform(stack: Stack, props: PlatformProps = {}, id = 'Shop'): ElasticWebPlatform {
  return new ElasticWebPlatform(stack, id, { compute: Compute.fargate({ image: IMAGE }), ...props });
}

/** The template of a stack in us-east-1 with one platform, whose props may be made in that stack. */
export function platformTemplate(props: PlatformProps | ((stack: Stack) => PlatformProps) = {}): Template {
  const stack = eastStack();
  addPlatform(stack, typeof props === 'function' ? props(stack) : props);
  return Template.fromStack(stack);
}

/** Makes a value at its first use and keeps it: templates are shared by the tests of one file. */
export function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
