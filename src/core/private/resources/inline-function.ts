import { CfnResource, CustomResource, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnFunction, Runtime, RuntimeFamily } from 'aws-cdk-lib/aws-lambda';
import { ILogGroup, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { EnvironmentProfile } from '../../environment-profile';
import { acknowledge, skipChecks } from '../acknowledge';
import { managedPolicyRole } from './managed-policy-role';

/** What a function within the template is made of. */
export interface InlineFunctionProps {
  /** What it does, in a few words. */
  readonly description: string;
  /** Python source of at most 4 MB (CDK, `Code.fromInline`) with a `handler(event, context)`. */
  readonly code: string;
  /** What it is told besides its events: names, never secrets. */
  readonly environment?: { [name: string]: string };
  /** @default - 128 MiB, the least (Lambda quota) */
  readonly memorySize?: number;
  /** What it may do. */
  readonly statements: PolicyStatement[];
  /** Encrypts its log. */
  readonly encryptionKey: IKey;
  /** How long its log is kept. */
  readonly logRetention: RetentionDays;
  /** What happens to its log when it leaves the stack. */
  readonly logRemovalPolicy: RemovalPolicy;
  /** Longest that it runs. */
  readonly timeout: Duration;
  /** Why it needs no concurrency of its own, no dead-letter queue and no VPC, for an auditor. */
  readonly bareBecause: string;
}

/** A function, and where it writes. */
export interface InlineFunction {
  readonly fn: CfnFunction;
  readonly logGroup: ILogGroup;
}

/**
 * A function that is written into the template, so that nothing has to be bootstrapped. It has a role of its own: one for
 * several functions would let each do what only another must. And functions that differ by their resources alone do not
 * become one: an update takes a right away before CloudFormation asks to clean up what the right was for.
 */
export function createInlineFunction(scope: Construct, props: InlineFunctionProps): InlineFunction {
  const logGroup = new LogGroup(scope, 'Logs', {
    encryptionKey: props.encryptionKey,
    retention: props.logRetention,
    removalPolicy: props.logRemovalPolicy,
  });
  const role = managedPolicyRole(scope, 'Role', 'lambda.amazonaws.com');
  props.statements.forEach(statement => role.addToPrincipalPolicy(statement));
  logGroup.grantWrite(role);
  // The L2 function would name the role as a dependency twice, which cfn-lint warns of.
  const fn = new CfnFunction(scope, 'Function', {
    description: props.description,
    runtime: newestPython(),
    handler: 'index.handler',
    code: { zipFile: props.code },
    timeout: props.timeout.toSeconds(),
    memorySize: props.memorySize,
    environment: props.environment && { variables: props.environment },
    role: role.roleArn,
    loggingConfig: { logGroup: logGroup.logGroupName },
  });
  fn.node.addDependency(role.node.findChild('Policy'));
  acknowledge(fn, ['LambdaConcurrency', 'LambdaDLQ', 'LambdaInsideVPC'], props.bareBecause);
  if (props.environment !== undefined) skipChecks(fn, ['CKV_AWS_173'], 'Its environment holds names alone, which the template holds too');
  return { fn, logGroup };
}

/** What an inline custom resource is made of. */
export interface InlineCustomResourceProps {
  /** Type in the template, `Custom::…`. */
  readonly resourceType: string;
  /** What the function does, in a few words. */
  readonly description: string;
  /** Python source of at most 4 MB with a `handler(event, context)` that answers by `cfnresponse`. */
  readonly code: string;
  /** What the function may do. */
  readonly statements: PolicyStatement[];
  /** What the function is told. */
  readonly properties: { [name: string]: string | string[] };
  /** Encrypts the function's log. */
  readonly encryptionKey: IKey;
  /** Says how long that log is kept. */
  readonly profile: EnvironmentProfile;
  /** Memory of the function in MiB; 128 when left out. */
  readonly memorySize?: number;
  /** What it speaks to; one API of AWS alone when left out. */
  readonly speaksTo?: string;
}

/** Longest that a function runs (Lambda quota: 15 minutes), and that CloudFormation waits for its answer. */
const TIMEOUT = Duration.minutes(15);

/** A custom resource for what CloudFormation has no way to do. */
export class InlineCustomResource extends Construct {
  private readonly resource: CustomResource;
  private readonly serviceToken: string;

  constructor(scope: Construct, id: string, props: InlineCustomResourceProps) {
    super(scope, id);
    this.serviceToken = createInlineFunction(this, {
      ...props,
      logRetention: props.profile.logRetention,
      logRemovalPolicy: RemovalPolicy.DESTROY,
      timeout: TIMEOUT,
      bareBecause: `Runs only while CloudFormation waits for its answer, on a change of the stack: it is called once at a time, a failure fails the deployment, and it speaks to ${props.speaksTo ?? 'one API of AWS alone'}`,
    }).fn.attrArn;
    this.resource = this.another(this, 'Resource', props);
  }

  /** Another resource of the same function, for what belongs together and comes at its own time. */
  public another(scope: Construct, id: string, { resourceType, properties }: Pick<InlineCustomResourceProps, 'resourceType' | 'properties'>): CustomResource {
    return new CustomResource(scope, id, { resourceType, serviceToken: this.serviceToken, serviceTimeout: TIMEOUT, properties });
  }

  /** What others may wait for: that the function has answered. */
  public get answered(): CfnResource {
    return this.resource.node.defaultChild as CfnResource;
  }

  /** What the function answered under a name. */
  public getAttString(name: string): string {
    return this.resource.getAttString(name);
  }
}

/** The newest Python that the CDK in use knows: a fixed one would be outdated under a newer CDK, and one day refused. */
function newestPython(): string {
  const minor = ({ name }: Runtime) => Number(name.split('.')[1]);
  return Runtime.ALL.filter(({ family }) => family === RuntimeFamily.PYTHON).reduce((a, b) => minor(b) > minor(a) ? b : a).name;
}
