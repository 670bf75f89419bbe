import { CfnOutput, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct, IConstruct } from 'constructs';
import { IReleasable } from '../../core';
import { nameInAccount, namespaceIn } from '../../core/private/naming';
import { Rule, validate } from '../../core/private/validation';
import { IPipeline } from '../contract';

/** One application of a platform, and who releases it. */
export interface ReleasedApplication {
  /** The application's prop, such as `backend`. */
  readonly prop: string;
  readonly pipeline?: IPipeline;
  /** What is released; it may stand in a stack of its own. */
  readonly subject: IConstruct;
  readonly release?: IReleasable;
  /** Where users find it. */
  readonly address: string;
}

/** Longest name of a parameter, with its ARN's other parts (Systems Manager API reference: 1,011 in all). */
const MAX_NAME = 800;

const RULES: Rule<ReleasedApplication>[] = [
  ({ prop, release }) => release !== undefined ? undefined
    : `'${prop}.pipeline' must be left out where an application is released with its stack alone, got one: give the workload a 'release', or deploy its stack`,
];

/**
 * Lets the pipeline release the application, and see how that goes; what its workflow has to know is in one parameter, which the role
 * reads. All of it stands where the application stands: of two stacks, the platform's knows nothing of its team's.
 */
export function letRelease(scope: Construct, application: ReleasedApplication): void {
  const { pipeline, release, address, subject } = application;
  if (pipeline === undefined) return;
  validate(scope.node.scopes.slice(-2)[0].node.path, application, RULES);
  const stack = Stack.of(subject);
  const place = new Construct(stack === Stack.of(scope) ? scope : namespaceIn(stack, scope), 'Pipeline');
  const role = pipeline.bind(place);
  release!.grantRelease(role);
  release!.grantView(role);
  const parameter = new StringParameter(place, 'Parameter', {
    parameterName: `/releases/${nameInAccount(place.node.scope as Construct, MAX_NAME)}`,
    description: 'What the workflow that releases the application has to know',
    stringValue: stack.toJsonString({ ...release!.parameters, address, region: stack.region }),
  });
  // `grantRead` of CDK gives the history of it, too.
  role.addToPrincipalPolicy(new PolicyStatement({ actions: ['ssm:GetParameter'], resources: [parameter.parameterArn] }));
  new CfnOutput(place, 'RoleArn', { value: role.roleArn, description: 'The role that the pipeline takes' });
  new CfnOutput(place, 'ParameterName', { value: parameter.parameterName, description: 'The parameter that its workflow reads' });
}
