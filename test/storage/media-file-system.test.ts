import { Lazy, Size } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { LifecyclePolicy, ThroughputMode } from 'aws-cdk-lib/aws-efs';
import { library } from './support';
import { EnvironmentProfile, Media, MediaFileSystemProps, Network, Reachability, SignedUrls, Tier } from '../../src';
import { once, platformTemplate } from '../support/platform';
import { PUBLIC_KEY } from '../support/public-key';
import { Refusal, testRefusals } from '../support/refusals';
import { saidBy } from '../support/said-by';
import { securityGroupRules } from '../support/security-groups';
import { only, propertiesOf, Resource, resources, text } from '../support/template';

const FILES = 'AWS::EFS::FileSystem';
const filesWith = (props?: MediaFileSystemProps, profile?: EnvironmentProfile) => library(Media.fileSystem(props), profile);
const production = once(() => filesWith());
const development = once(() => filesWith({}, EnvironmentProfile.development()));
const platform = once(() => platformTemplate({ media: Media.fileSystem() }));
const statementsOf = ({ Properties }: Resource) => (Properties.PolicyDocument as { Statement: unknown[] }).Statement;

describe('a media file system', () => {
  test('serves /media/ from the application, which finds the files where they are mounted', () => {
    const { block, stack } = production();
    expect(block.pathPattern).toBe('/media/*');
    expect(block.origin).toBeUndefined();
    expect(stack.resolve(block.environment)).toEqual({ MEDIA_BASE_URL: '/media', MEDIA_PATH: '/mnt/media' });
    expect(block.mount?.path).toBe('/mnt/media');
    expect(stack.resolve(block.mount?.fileSystem.fileSystemId)).toEqual({ Ref: only(production().template, FILES).id });
    expect(stack.resolve(block.mount?.accessPoint.accessPointId)).toEqual({ Ref: only(production().template, 'AWS::EFS::AccessPoint').id });
    expect(block.secrets).toEqual({});
  });

  test('serves the prefix, and mounts where it is told', () => {
    const { block } = filesWith({ prefix: 'images', mountPath: '/srv/www/images' });
    expect(block.pathPattern).toBe('/images/*');
    expect(block.environment).toEqual({ MEDIA_BASE_URL: '/images', MEDIA_PATH: '/srv/www/images' });
    expect(block.mount?.path).toBe('/srv/www/images');
  });

  test('is encrypted with the platform\'s key, and grows in throughput by itself', () => {
    const { template } = production();
    expect(propertiesOf(template, FILES)).toMatchObject({
      Encrypted: true,
      KmsKeyId: { 'Fn::GetAtt': [only(template, 'AWS::KMS::Key').id, 'Arn'] },
      ThroughputMode: 'elastic',
      LifecyclePolicies: [{ TransitionToIA: 'AFTER_30_DAYS' }, { TransitionToPrimaryStorageClass: 'AFTER_1_ACCESS' }],
    });
  });

  test('has the throughput and the life cycle that are given', () => {
    const { template } = filesWith({
      throughputMode: ThroughputMode.PROVISIONED, provisionedThroughputPerSecond: Size.mebibytes(64), lifecyclePolicy: LifecyclePolicy.AFTER_90_DAYS,
    });
    expect(propertiesOf(template, FILES)).toMatchObject({
      ThroughputMode: 'provisioned', ProvisionedThroughputInMibps: 64, LifecyclePolicies: [{ TransitionToIA: 'AFTER_90_DAYS' }, {}],
    });
  });

  test('refuses clients without TLS and past the mount targets, and lets nobody in by itself', () => {
    const refused = (Sid: string, key: string) => ({
      Sid,
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientRootAccess', 'elasticfilesystem:ClientWrite'],
      Condition: { Bool: { [key]: 'false' } },
    });
    expect((propertiesOf(production().template, FILES).FileSystemPolicy as { Statement: unknown[] }).Statement)
      .toEqual([refused('TlsOnly', 'aws:SecureTransport'), refused('MountTargetsOnly', 'elasticfilesystem:AccessedViaMountTarget')]);
  });

  test('is reached in each zone, by what attaches alone', () => {
    const { template } = production();
    expect(resources(template, 'AWS::EFS::MountTarget')).toHaveLength(4);
    expect(securityGroupRules(template)).toEqual(['Application out to Media, tcp 2049', 'Media in from Application, tcp 2049']);
  });

  test('has one mount target in a zone, by the id of its subnet, however many subnets there are', () => {
    const template = platformTemplate(stack => ({
      media: Media.fileSystem(),
      network: Network.fromVpc(new Vpc(stack, 'Vpc', {
        availabilityZones: ['us-east-1a', 'us-east-1b'],
        subnetConfiguration: [
          { name: 'Public', subnetType: SubnetType.PUBLIC },
          { name: 'Private', subnetType: SubnetType.PRIVATE_WITH_EGRESS },
          ...['One', 'Two'].map(name => ({ name, subnetType: SubnetType.PRIVATE_ISOLATED })),
        ],
      })),
    }));
    expect(resources(template, 'AWS::EFS::MountTarget').map(({ id }) => /EfsMountTarget(.*Subnet\d)/.exec(id)?.[1])).toEqual(['OneSubnet1', 'OneSubnet2']);
    expect(resources(platform(), 'AWS::EFS::MountTarget').map(({ id }) => /EfsMountTarget(.*Subnet\d)/.exec(id)?.[1]))
      .toEqual(['DataSubnet1', 'DataSubnet2', 'DataSubnet3']);
  });

  test('shows the application one folder, as one user', () => {
    expect(propertiesOf(production().template, 'AWS::EFS::AccessPoint')).toMatchObject({
      PosixUser: { Uid: '1000', Gid: '1000' },
      RootDirectory: { Path: '/media', CreationInfo: { OwnerUid: '1000', OwnerGid: '1000', Permissions: '0755' } },
    });
    const { template } = filesWith({ rootDirectory: '/shop/images', posixUser: { uid: '33', gid: '34' } });
    expect(propertiesOf(template, 'AWS::EFS::AccessPoint')).toMatchObject({
      PosixUser: { Uid: '33', Gid: '34' },
      RootDirectory: { Path: '/shop/images', CreationInfo: { OwnerUid: '33', OwnerGid: '34' } },
    });
  });

  test.each([
    ['to read and write', {}, ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite']],
    ['to read', { writable: false }, 'elasticfilesystem:ClientMount'],
  ])('lets the application in by the access point alone, %s and never as root', (_, props, actions) => {
    const { template } = filesWith(props);
    const [statement, ...more] = statementsOf(only(template, 'AWS::IAM::Policy')) as { Condition: { StringEquals: { [key: string]: unknown } } }[];
    expect(more).toEqual([]);
    expect(statement).toMatchObject({ Action: actions, Effect: 'Allow', Resource: { 'Fn::GetAtt': [only(template, FILES).id, 'Arn'] } });
    expect(text(statement.Condition.StringEquals['elasticfilesystem:AccessPointArn']))
      .toBe(`arn:aws:elasticfilesystem:us-east-1:111111111111:access-point/\${${only(template, 'AWS::EFS::AccessPoint').id}}`);
  });

  test('is kept and backed up in production, in a vault of its own', () => {
    const { template } = production();
    const files = only(template, FILES);
    expect(files).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
    template.hasResourceProperties('AWS::Backup::BackupSelection', {
      BackupSelection: { SelectionName: 'Files', Resources: [{ 'Fn::GetAtt': [files.id, 'Arn'] }] },
    });
    const kept = (days: number) => Match.objectLike({ Lifecycle: { DeleteAfterDays: days } });
    template.hasResourceProperties('AWS::Backup::BackupPlan', { BackupPlan: { BackupPlanRule: [kept(35), kept(365)] } });
    expect(statementsOf(only(template, 'AWS::IAM::ManagedPolicy'))).toContainEqual({
      Action: ['elasticfilesystem:Backup', 'elasticfilesystem:DescribeTags'], Effect: 'Allow', Resource: { 'Fn::GetAtt': [files.id, 'Arn'] },
    });
  });

  test('goes with its stack in development, without a copy', () => {
    const { template } = development();
    expect(only(template, FILES)).toMatchObject({ DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
    template.resourceCountIs('AWS::Backup::BackupVault', 0);
  });

  test('leaves nothing that somebody else may reach', () => {
    expect(Reachability.analyzeTemplate(JSON.stringify(platform().toJSON()))).toEqual([]);
  });

  test('has a finding when its mount targets let in more than the application', () => {
    const opened = platform().toJSON() as { Resources: { [id: string]: unknown } };
    const group = resources(platform(), 'AWS::EC2::SecurityGroup').find(({ Properties }) => Properties.GroupDescription === 'Media')!;
    const damaged = {
      ...opened,
      Resources: {
        ...opened.Resources,
        Opened: {
          Type: 'AWS::EC2::SecurityGroupIngress',
          Properties: { GroupId: { 'Fn::GetAtt': [group.id, 'GroupId'] }, IpProtocol: 'tcp', FromPort: 2049, ToPort: 2049, CidrIp: '10.0.0.0/16' },
        },
      },
    };
    const findings = Reachability.analyzeTemplate(JSON.stringify(damaged)).map(({ witness }) => witness);
    expect(findings).toContainEqual(expect.stringContaining('AWS::EFS::FileSystem'));
  });

  test('says what it is', () => {
    expect(saidBy(production().block)).toEqual({
      id: 'Slot/FileSystem',
      port: 2049,
      title: 'Media file system',
      purpose: 'Holds images and other files for an application that works with paths, without a copy on any unit',
      tier: Tier.DATA,
      facts: { path: '/media/*', mount: '/mnt/media', throughput: 'elastic', application: 'reads and writes', encryption: 'at rest and in transit' },
    });
    const { facts } = filesWith({ writable: false, signedUrls: SignedUrls.byPublicKeys([PUBLIC_KEY]) }).block.describe();
    expect(facts).toMatchObject({ application: 'reads', access: 'by signed URLs alone' });
  });

  test('takes tokens', () => {
    const token = Lazy.string({ produce: () => '/' });
    expect(() => Media.fileSystem({ prefix: token, mountPath: token, rootDirectory: token, posixUser: { uid: token, gid: token } })).not.toThrow();
  });

  const posix = (uid: string, gid: string) => ['the user ' + uid + ' of ' + gid, () => Media.fileSystem({ posixUser: { uid, gid } }),
    `[Media.fileSystem] 'posixUser' must be a user and a group by number, and not root, got uid ${uid} and gid ${gid}: give those that own the files, such as { uid: '1000', gid: '1000' }`] as const;
  const throughput = 'must be given with ThroughputMode.PROVISIONED and with no other';
  testRefusals([
    ['a prefix with a slash', () => Media.fileSystem({ prefix: '/media' }),
      '[Media.fileSystem] \'prefix\' must be a path without a slash at either end, got "/media": give letters, digits, dashes and underscores, such as \'media\' or \'static/images\''],
    ...['media', '/media/', '/', '/a b'].map(mountPath => [`the mount path '${mountPath}'`, () => Media.fileSystem({ mountPath }),
      `[Media.fileSystem] 'mountPath' must be an absolute path without a slash at its end, got "${mountPath}": give a folder that the image may leave out, such as '/mnt/media'`] as const),
    ...['media', '/', '/a/b/c/d/e', '/../etc', `/${'a'.repeat(100)}`].map(rootDirectory => [`the root directory '${rootDirectory}'`,
      () => Media.fileSystem({ rootDirectory }),
      `[Media.fileSystem] 'rootDirectory' must be an absolute path of 1 to 4 folders and at most 100 characters, got "${rootDirectory}": give a folder of the file system, such as '/media'`] as const),
    posix('0', '1000'), posix('1000', '0'), posix('www-data', '33'),
    ['provisioned throughput without a number', () => Media.fileSystem({ throughputMode: ThroughputMode.PROVISIONED }),
      `[Media.fileSystem] 'provisionedThroughputPerSecond' ${throughput}, got none with provisioned: give both, or neither`],
    ['a number without provisioned throughput', () => Media.fileSystem({ provisionedThroughputPerSecond: Size.mebibytes(5) }),
      `[Media.fileSystem] 'provisionedThroughputPerSecond' ${throughput}, got 5 MiB with elastic: give both, or neither`],
  ].map(([what, attempt, message]) => [what, attempt, message] as Refusal));
});
