import { Token } from 'aws-cdk-lib';
import { ContainerDefinition, ContainerDefinitionOptions, ContainerImage, FargateTaskDefinition, LogDrivers, OperatingSystemFamily, Secret } from 'aws-cdk-lib/aws-ecs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { warnOfOtherProcessors } from './image-platform';
import { warnOfUnreachableImages } from './unreachable-image';
import { drain, FargateWorkloadProps, WEB_CONTAINER } from './workload-props';
import { FileSystemMount, SecretReference } from '../../../core';
import { acknowledge, acknowledgeWildcards } from '../../../core/private/acknowledge';
import { nameInAccount } from '../../../core/private/naming';
import { managedPolicyRole } from '../../../core/private/resources/managed-policy-role';
import { letReadSecret } from '../../../core/private/resources/read-secret';
import { brought, Rule, validate } from '../../../core/private/validation';
import { ComputeContext } from '../../../workload';
import { mountsOf, variablesOf } from '../../../workload/private/attached';
import { COUNT_RULES } from '../../../workload/private/variables';
import { bindTracing, TRACING_CONTAINER } from '../../tracing/private/bind-tracing';

/** Longest name of a task definition's family (ECS API reference). */
const MAX_FAMILY = 255;

const IMAGE_MEND = 'give a folder with a Dockerfile from where the app runs, or join it with __dirname; or the name of an image';
/** Two volumes at one place are refused by ECS. */
const FOLDER_RULES: Rule<{ readonly writablePaths: string[]; readonly mounts: FileSystemMount[] }>[] = [
  ({ writablePaths, mounts }) => {
    const twice = writablePaths.filter(path => mounts.some(mount => mount.path === path));
    return twice.length === 0 ? undefined
      : `'writablePaths' must be other folders than those where media is mounted, got ${JSON.stringify(twice)}: leave them out, the application writes there as it is`;
  },
];

const SIDECAR_MEND = 'mend what it says of the container';

/** What a unit is made of, and where its containers write their logs. */
export interface FargateTask {
  readonly taskDefinition: FargateTaskDefinition;
  readonly logGroup: LogGroup;
  /** Whether its units send traces to X-Ray. */
  readonly sendsToXray: boolean;
}

/** The application's container and those beside it, with all that the platform's services tell them. */
export function createTask(scope: Construct, props: FargateWorkloadProps, context: ComputeContext): FargateTask {
  const { attachments, encryptionKey, profile } = context;
  const taskDefinition = createDefinition(scope, props);
  const logGroup = new LogGroup(scope, 'Logs', {
    encryptionKey, retention: profile.logRetention, removalPolicy: profile.removalPolicy,
  });
  const { environment = {}, sidecar, sendsToXray = false } = bindTracing(scope, props.tracing, {
    role: taskDefinition.taskRole,
    logGroup,
    takesSidecar: true,
    memoryMiB: Token.isUnresolved(props.memoryLimitMiB) ? undefined : props.memoryLimitMiB,
  });
  const variables = variablesOf(attachments, props);
  const plain = { ...environment, ...variables.environment };
  const given = Object.keys({ ...props.environment, ...props.secrets });
  validate(scope.node.path, { given, all: Object.keys({ ...plain, ...variables.secrets }) }, COUNT_RULES);
  const web = brought(scope.node.path, 'image', IMAGE_MEND, () => taskDefinition.addContainer(WEB_CONTAINER, {
    image: props.image,
    portMappings: [{ containerPort: props.port }],
    environment: plain,
    secrets: Object.fromEntries(Object.entries(variables.secrets).map(([name, reference]) => [name, injected(reference)])),
    logging: LogDrivers.awsLogs({ logGroup, streamPrefix: WEB_CONTAINER }),
    stopTimeout: drain(),
    user: props.user,
    readonlyRootFilesystem: props.readonlyRootFilesystem ? true : undefined,
  }));
  const others = addSidecars(taskDefinition, logGroup, { ...props.sidecars, ...sidecar === undefined ? {} : { [TRACING_CONTAINER]: sidecar } });
  warnOfUnreachableImages(scope, context, [web, ...others]);
  warnOfOtherProcessors(scope, { [WEB_CONTAINER]: props.image, ...imagesOf(props.sidecars) }, props.cpuArchitecture);
  addFolders(taskDefinition, web, props.writablePaths, mountsOf(attachments));
  acknowledge(taskDefinition, ['AwsSolutions-ECS2'],
    'Plain variables hold addresses and names alone; user names and passwords come from Secrets Manager');
  acknowledgeWildcards(taskDefinition.executionRole!, ['*'],
    'Only ecr:GetAuthorizationToken, which takes no resource, when the image is in ECR');
  return { taskDefinition, logGroup, sendsToXray };
}

function createDefinition(scope: Construct, props: FargateWorkloadProps): FargateTaskDefinition {
  const { cpu, memoryLimitMiB, cpuArchitecture, ephemeralStorageGiB } = props;
  return new FargateTaskDefinition(scope, 'Task', {
    family: nameInAccount(scope, MAX_FAMILY),
    cpu,
    memoryLimitMiB,
    ephemeralStorageGiB,
    runtimePlatform: { cpuArchitecture, operatingSystemFamily: OperatingSystemFamily.LINUX },
    taskRole: managedPolicyRole(scope, 'TaskRole', 'ecs-tasks.amazonaws.com'),
    executionRole: managedPolicyRole(scope, 'ExecutionRole', 'ecs-tasks.amazonaws.com'),
  });
}

function addSidecars(
  taskDefinition: FargateTaskDefinition, logGroup: LogGroup, sidecars: { [name: string]: ContainerDefinitionOptions },
): ContainerDefinition[] {
  const path = taskDefinition.node.scope!.node.path;
  return Object.entries(sidecars).map(([name, options]) => brought(path, `sidecars.${name}`, SIDECAR_MEND, () => taskDefinition.addContainer(name, {
    // What helps the application must not end it.
    essential: false,
    logging: LogDrivers.awsLogs({ logGroup, streamPrefix: name }),
    ...options,
  })));
}

function imagesOf(sidecars: { [name: string]: ContainerDefinitionOptions }): { [name: string]: ContainerImage } {
  return Object.fromEntries(Object.entries(sidecars).map(([name, { image }]) => [name, image]));
}

/** Where the application may write: what all units share, and what is of this one alone. */
function addFolders(taskDefinition: FargateTaskDefinition, container: ContainerDefinition, writablePaths: string[], mounts: FileSystemMount[]): void {
  validate(taskDefinition.node.scope!.node.path, { writablePaths, mounts }, FOLDER_RULES);
  mounts.forEach(mount => addMount(taskDefinition, container, mount));
  writablePaths.forEach((path, index) => addScratch(taskDefinition, container, path, `scratch${index}`));
}

/** Of the unit's own disk. Named by number: of two paths that differ by a mark alone, the names would be one. */
function addScratch(taskDefinition: FargateTaskDefinition, container: ContainerDefinition, path: string, name: string): void {
  taskDefinition.addVolume({ name });
  container.addMountPoints({ containerPath: path, sourceVolume: name, readOnly: false });
}

/** Encrypted on the way, and opened by the role of the task: the access point decides which folder it is, and as whom. */
function addMount(taskDefinition: FargateTaskDefinition, container: ContainerDefinition, mount: FileSystemMount): void {
  const name = mount.path.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^-/, '');
  taskDefinition.addVolume({
    name,
    efsVolumeConfiguration: {
      fileSystemId: mount.fileSystem.fileSystemId,
      transitEncryption: 'ENABLED',
      authorizationConfig: { accessPointId: mount.accessPoint.accessPointId, iam: 'ENABLED' },
    },
  });
  container.addMountPoints({ containerPath: mount.path, sourceVolume: name, readOnly: false });
}

/** As ECS injects it: read by the task's execution role, of which the secret's key knows nothing. */
function injected({ secret, field }: SecretReference): Secret {
  const reference = Secret.fromSecretsManager(secret, field);
  reference.grantRead = grantee => letReadSecret(grantee, secret);
  return reference;
}
