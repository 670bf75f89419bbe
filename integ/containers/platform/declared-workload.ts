import { DescribeTaskDefinitionCommand, MountPoint, Secret, Volume } from '@aws-sdk/client-ecs';
import { DescribeAccessPointsCommand } from '@aws-sdk/client-efs';
import { DescribeReplicationGroupsCommand, DescribeUsersCommand } from '@aws-sdk/client-elasticache';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { AwsClients } from './aws';
import { StackResources } from './stack-resources';

/** What the deployed stack says about how the application runs, read back from the API of its services. */
export interface DeclaredWorkload {
  /** Every environment variable of the container, its secrets resolved. */
  readonly environment: Readonly<Record<string, string>>;
  /** Names of those that come from Secrets Manager. */
  readonly secretNames: readonly string[];
  readonly port: number;
  /** Seconds between SIGTERM and SIGKILL when ECS stops the container. */
  readonly stopSeconds: number;
  readonly readOnly: boolean;
  /** The user that the task definition names; without one, the image's. */
  readonly user?: string;
  /** Folders on a file system that all units mount, with the user that its access point makes of everyone. */
  readonly sharedFolders: readonly SharedFolder[];
  /** Folders on a volume of the task's own, which are writable on a read-only file system too. */
  readonly writableFolders: readonly string[];
  /** What the session store's user may do, as ElastiCache has it; empty without one. */
  readonly sessionAccess: string;
}

export interface SharedFolder {
  readonly path: string;
  /** User and group, as numbers. */
  readonly owner: string;
}

/** What ECS waits where the task definition says nothing. */
const DEFAULT_STOP_SECONDS = 30;

export async function readDeclaredWorkload(aws: AwsClients, resources: StackResources): Promise<DeclaredWorkload> {
  const { taskDefinition } = await aws.ecs.send(new DescribeTaskDefinitionCommand({
    taskDefinition: resources.only('AWS::ECS::TaskDefinition'),
  }));
  const container = taskDefinition?.containerDefinitions?.find(({ essential }) => essential !== false);
  if (container === undefined) throw new Error('The task definition has no essential container');
  const plain = (container.environment ?? []).map(({ name, value }): [string, string] => [name ?? '', value ?? '']);
  const secrets = await Promise.all((container.secrets ?? []).map(secret => resolve(aws, secret)));
  const environment = Object.fromEntries([...plain, ...secrets]);
  return {
    environment,
    secretNames: secrets.map(([name]) => name),
    port: container.portMappings?.[0]?.containerPort ?? 0,
    stopSeconds: container.stopTimeout ?? DEFAULT_STOP_SECONDS,
    readOnly: container.readonlyRootFilesystem ?? false,
    user: container.user,
    ...await foldersOf(aws, container.mountPoints ?? [], taskDefinition?.volumes ?? []),
    sessionAccess: environment.SESSION_USER === undefined ? '' : await accessOf(aws, environment.SESSION_USER, resources),
  };
}

async function foldersOf(
  aws: AwsClients, mountPoints: readonly MountPoint[], volumes: readonly Volume[],
): Promise<Pick<DeclaredWorkload, 'sharedFolders' | 'writableFolders'>> {
  const shared: SharedFolder[] = [];
  const own: string[] = [];
  for (const { containerPath: path = '', sourceVolume, readOnly } of mountPoints) {
    const accessPoint = volumes.find(({ name }) => name === sourceVolume)?.efsVolumeConfiguration?.authorizationConfig?.accessPointId;
    if (accessPoint !== undefined) shared.push({ path, owner: await ownerOf(aws, accessPoint) });
    else if (readOnly !== true) own.push(path);
  }
  return { sharedFolders: shared, writableFolders: own };
}

async function ownerOf(aws: AwsClients, AccessPointId: string): Promise<string> {
  const { AccessPoints: [accessPoint] = [] } = await aws.efs.send(new DescribeAccessPointsCommand({ AccessPointId }));
  if (accessPoint?.PosixUser === undefined) throw new Error(`Access point ${AccessPointId} names no user`);
  return `${accessPoint.PosixUser.Uid}:${accessPoint.PosixUser.Gid}`;
}

/**
 * As ECS does it: `<secret>` or `<secret>:<field of its JSON>:<stage>:<version>`. On AWS the secret is an ARN; the local AWS
 * may give its name in the place of one.
 */
const VALUE_FROM = /^(?<secret>arn:(?:[^:]*:){5}[^:]+|[^:]+)(?::(?<field>[^:]*):[^:]*:[^:]*)?$/;

async function resolve(aws: AwsClients, { name, valueFrom = '' }: Secret): Promise<[string, string]> {
  const { secret, field = '' } = VALUE_FROM.exec(valueFrom)?.groups ?? {};
  const { SecretString = '' } = await aws.secretsManager.send(new GetSecretValueCommand({ SecretId: secret }));
  const value: unknown = field === '' ? SecretString : (JSON.parse(SecretString) as Record<string, unknown>)[field];
  if (typeof value !== 'string' || value === '') throw new Error(`Secret ${valueFrom} of ${name} has no such value`);
  return [name ?? '', value];
}

/** Whom an AUTH token of a replication group stands for, and what it may do (ElastiCache user guide, "Authenticating with AUTH"). */
const TOKEN_USER = 'default';
const TOKEN_ACCESS = 'on ~* &* +@all';

async function areTokensAsked(aws: AwsClients, resources: StackResources): Promise<boolean> {
  const ReplicationGroupId = resources.only('AWS::ElastiCache::ReplicationGroup');
  const { ReplicationGroups = [] } = await aws.elastiCache.send(new DescribeReplicationGroupsCommand({ ReplicationGroupId }));
  return ReplicationGroups.every(({ AuthTokenEnabled, TransitEncryptionEnabled }) => AuthTokenEnabled && TransitEncryptionEnabled);
}

/** The access string of the stack's ElastiCache user of that name. */
async function accessOf(aws: AwsClients, userName: string, resources: StackResources): Promise<string> {
  for (const UserId of resources.all('AWS::ElastiCache::User')) {
    const { Users = [] } = await aws.elastiCache.send(new DescribeUsersCommand({ UserId }));
    const user = Users.find(candidate => candidate.UserName === userName);
    if (user?.AccessString !== undefined) return user.AccessString;
  }
  if (userName === TOKEN_USER && await areTokensAsked(aws, resources)) return TOKEN_ACCESS;
  throw new Error(`The stack has no ElastiCache user '${userName}'`);
}
