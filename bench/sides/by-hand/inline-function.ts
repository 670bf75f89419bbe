import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';

/** A small function whose code is in the template. */
export interface InlineFunction {
  readonly key: IKey;
  readonly description: string;
  readonly code: string;
  readonly statement: PolicyStatement;
  readonly timeout: number;
  readonly retention: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
}

/** The function with its role and its encrypted log. */
export function createInlineFunction(stack: Stack, id: string, props: InlineFunction): CfnFunction {
  const logGroup = new LogGroup(stack, `${id}Logs`, {
    encryptionKey: props.key, retention: props.retention, removalPolicy: props.removalPolicy,
  });
  const role = new Role(stack, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  const policy = new ManagedPolicy(stack, `${id}Policy`, {
    roles: [role],
    statements: [
      props.statement,
      new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] }),
    ],
  });
  const fn = new CfnFunction(stack, `${id}Function`, {
    description: props.description,
    runtime: Runtime.PYTHON_3_14.name,
    handler: 'index.handler',
    code: { zipFile: props.code },
    timeout: props.timeout,
    role: role.roleArn,
    loggingConfig: { logGroup: logGroup.logGroupName },
  });
  fn.node.addDependency(policy);
  return fn;
}
