import { Stack } from 'aws-cdk-lib';
import { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Effect, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Architecture, CfnFunction, CodeConfig } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { functionVariables } from './variables';
import { FileSystemMount, SecretReference } from '../../../core';
import { acknowledge, acknowledgeWildcards, skipChecks } from '../../../core/private/acknowledge';
import { managedPolicyRole } from '../../../core/private/resources/managed-policy-role';
import { letReadSecret } from '../../../core/private/resources/read-secret';
import { brought, Rule, validate } from '../../../core/private/validation';
import { ComputeContext } from '../../../workload';
import { mountsOf } from '../../../workload/private/attached';
import { IFunctionCode } from '../function-code';

/** The props of a function with every default filled in. */
export interface FunctionWorkloadProps {
  readonly code: IFunctionCode;
  readonly healthCheckPath: string;
  readonly memorySize: number;
  readonly architecture: Architecture;
  readonly timeoutSeconds: number;
  readonly environment: { [name: string]: string };
  readonly secrets: { [name: string]: SecretReference };
}

/** The function, what it acts as, and where it logs. */
export interface FunctionParts {
  readonly fn: CfnFunction;
  readonly role: Role;
  readonly logGroup: LogGroup;
  /** Which code the template brings, and with which settings, as text: what a version is made of. */
  readonly code: string;
  readonly settings: string;
}

const CODE_MEND = 'give such as lambda.Code.fromAsset(folder), with the path from where the app runs, or join it with __dirname';
const NETWORK = 'EC2 takes no resource for the network interfaces of a function; the application itself is denied these actions';

/** What Lambda mounts (Lambda API reference, `FileSystemConfig`, and quotas): one file system, below /mnt. */
const MOUNT_RULES: Rule<{ readonly mounts: FileSystemMount[] }>[] = [
  ({ mounts }) => mounts.length <= 1 ? undefined
    : `'attachments' must mount one file system at the most into a function, got ${mounts.map(({ path }) => path).join(', ')}: run the application on containers`,
  ({ mounts }) => mounts.every(({ path }) => /^\/mnt\/[\w.-]+$/.test(path)) ? undefined
    : `'mountPath' must be a folder of /mnt for a function, got ${mounts.map(({ path }) => path).join(', ')}: give such as '/mnt/media', or run the application on containers`,
];

/** A function in private subnets that keeps no secret. */
export function createFunction(
  scope: Construct, securityGroup: ISecurityGroup, props: FunctionWorkloadProps, context: ComputeContext,
): FunctionParts {
  const { vpc, subnets, capacity, attachments, profile, encryptionKey } = context;
  const mounts = mountsOf(attachments);
  validate(scope.node.path, { mounts }, MOUNT_RULES);
  const logGroup = new LogGroup(scope, 'Logs', { encryptionKey, retention: profile.logRetention, removalPolicy: profile.removalPolicy });
  const role = createRole(scope, logGroup);
  const { variables, secrets } = functionVariables(scope, attachments, props);
  secrets.forEach(({ secret }) => letReadSecret(role, secret));
  const { code, handler, lambdaRuntime, layers = [] } = props.code.bind(scope);
  const config = brought(scope.node.path, 'code', CODE_MEND, () => code.bind(scope));
  const source = sourceOf(config);
  const place = vpc.selectSubnets(subnets);
  const settings = {
    packageType: config.image === undefined ? 'Zip' : 'Image',
    runtime: lambdaRuntime?.name,
    handler,
    imageConfig: imageConfigOf(config),
    layers: layers.length === 0 ? undefined : layers.map(({ layerVersionArn }) => layerVersionArn),
    architectures: [props.architecture.name],
    memorySize: props.memorySize,
    timeout: props.timeoutSeconds,
    role: role.roleArn,
    environment: { variables },
    vpcConfig: { subnetIds: place.subnetIds, securityGroupIds: [securityGroup.securityGroupId] },
    fileSystemConfigs: mounts.length === 0 ? undefined
      : mounts.map(({ accessPoint, path }) => ({ arn: accessPoint.accessPointArn, localMountPath: path })),
    loggingConfig: { logGroup: logGroup.logGroupName },
  };
  const fn = new CfnFunction(scope, 'Resource', { ...settings, code: source, reservedConcurrentExecutions: capacity.maxUnits });
  code.bindToResource(fn);
  // An execution that is made ready reads its secrets at once.
  fn.node.addDependency(role.node.findChild('Policy'), place.internetConnectivityEstablished, ...mounts.map(({ fileSystem }) => fileSystem.mountTargetsAvailable));
  acknowledge(fn, ['LambdaDLQ'], 'The load balancer waits for each answer: nothing is invoked that nobody waits for');
  skipChecks(fn, ['CKV_AWS_173'], 'Plain variables hold addresses, names and the ARNs of secrets alone; what is secret the function reads from Secrets Manager');
  const stack = Stack.of(scope);
  return { fn, role, logGroup, code: stack.toJsonString(source), settings: stack.toJsonString(settings) };
}

/** Lambda makes the function's network interfaces in its name; the application cannot, though it has the same role. */
function createRole(scope: Construct, logGroup: LogGroup): Role {
  const role = managedPolicyRole(scope, 'Role', 'lambda.amazonaws.com');
  const actions = [
    'CreateNetworkInterface', 'DescribeNetworkInterfaces', 'DescribeSubnets', 'DeleteNetworkInterface', 'AssignPrivateIpAddresses',
    'UnassignPrivateIpAddresses',
  ].map(action => `ec2:${action}`);
  role.addToPrincipalPolicy(new PolicyStatement({ actions, resources: ['*'] }));
  // The key is in requests of a function's code, and not in those of Lambda itself (Lambda developer guide, "Using Lambda function conditions").
  role.addToPrincipalPolicy(new PolicyStatement({
    effect: Effect.DENY, actions, resources: ['*'], conditions: { Null: { 'lambda:SourceFunctionArn': 'false' } },
  }));
  logGroup.grantWrite(role);
  acknowledgeWildcards(role, ['*'], NETWORK);
  skipChecks(role.node.findChild('Policy'), ['CKV_AWS_111'], NETWORK);
  return role;
}

function sourceOf({ inlineCode, s3Location, image }: CodeConfig): CfnFunction.CodeProperty {
  return {
    zipFile: inlineCode,
    s3Bucket: s3Location?.bucketName,
    s3Key: s3Location?.objectKey,
    s3ObjectVersion: s3Location?.objectVersion,
    imageUri: image?.imageUri,
  };
}

function imageConfigOf({ image }: CodeConfig): CfnFunction.ImageConfigProperty | undefined {
  if (image?.cmd === undefined && image?.entrypoint === undefined && image?.workingDirectory === undefined) return undefined;
  return { command: image.cmd, entryPoint: image.entrypoint, workingDirectory: image.workingDirectory };
}
