import { Match } from '@aws-cdk/integ-tests-alpha';
import { Stack } from 'aws-cdk-lib';
import { CfnDistribution, CfnKeyGroup, CfnPublicKey } from 'aws-cdk-lib/aws-cloudfront';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { CfnAccessPoint, CfnFileSystem, CfnMountTarget } from 'aws-cdk-lib/aws-efs';
import { CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnDBInstance } from 'aws-cdk-lib/aws-rds';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Database, ElasticWebPlatform, Media, Network, Notifications, Sessions, SignedUrls } from '../src';
import { PlatformCase } from './support/platform-case';
import { Proof } from './support/proof';
import { PUBLIC_KEY } from '../test/support/public-key';

/**
 * A platform among what an account has already: the VPC and the topic are of another stack. In it, whatever the default
 * platform leaves out: MySQL on an instance, sessions on nodes, and private media in a file system.
 */
const test = new PlatformCase('ElasticWebPlatformBroughtInVpc');

const base = new Stack(test.app, 'ElasticWebPlatformBroughtInVpcBase', { env: test.env });
const vpc = new Vpc(base, 'Vpc', {
  availabilityZones: ['us-east-1a', 'us-east-1b'],
  natGateways: 1,
  restrictDefaultSecurityGroup: false,
  subnetConfiguration: [
    { name: 'Public', subnetType: SubnetType.PUBLIC, mapPublicIpOnLaunch: false },
    { name: 'Private', subnetType: SubnetType.PRIVATE_WITH_EGRESS },
    { name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED },
  ],
});
const topic = new Topic(base, 'OnCall');
topic.grantPublish(new ServicePrincipal('cloudwatch.amazonaws.com'));

const platform = new ElasticWebPlatform(test.stack, 'Shop', {
  compute: test.fargate,
  traffic: test.traffic,
  profile: test.profile,
  network: Network.fromVpc(vpc),
  database: Database.rdsMysql(),
  sessions: Sessions.valkeyNodes(),
  media: Media.fileSystem({ signedUrls: SignedUrls.byPublicKeys([PUBLIC_KEY]) }),
  notifications: Notifications.topic(topic),
});

test.prove(platform, proof => {
  askStores(proof);
  askFiles(proof);
  askWayToFiles(proof);
});

function askStores(proof: Proof): void {
  // The database is where the owner of the VPC has room for it: in isolated subnets.
  proof.assert('rds', 'describeDBInstances', { DBInstanceIdentifier: proof.only(CfnDBInstance).ref }, {
    DBInstances: [Match.objectLike({ Engine: 'mysql', MultiAZ: true, DBSubnetGroup: Match.objectLike({ VpcId: vpc.vpcId }) })],
  });

  // Sessions: two nodes that stand in for each other, encrypted at rest and in transit, behind a password.
  proof.assert('elasticache', 'describeReplicationGroups', { ReplicationGroupId: proof.only(CfnReplicationGroup).ref }, {
    ReplicationGroups: [Match.objectLike({
      Status: 'available', MultiAZ: 'enabled', AutomaticFailover: 'enabled', TransitEncryptionEnabled: true, AtRestEncryptionEnabled: true,
    })],
  });
}

function askFiles(proof: Proof): void {
  // Media: an encrypted file system in both zones, of which the application sees one folder, as one user.
  const fileSystem = proof.only(CfnFileSystem);
  proof.assert('efs', 'describeFileSystems', { FileSystemId: fileSystem.ref }, {
    FileSystems: [Match.objectLike({ LifeCycleState: 'available', Encrypted: true, ThroughputMode: 'elastic', NumberOfMountTargets: 2 })],
  }, 'elasticfilesystem:DescribeFileSystems');
  proof.assert('efs', 'describeFileSystemPolicy', { FileSystemId: fileSystem.ref }, {
    Policy: Match.stringLikeRegexp('aws:SecureTransport.*AccessedViaMountTarget'),
  }, 'elasticfilesystem:DescribeFileSystemPolicy');
  proof.all(CfnMountTarget).forEach(target => proof.assert('efs', 'describeMountTargets', { MountTargetId: target.ref }, {
    MountTargets: [Match.objectLike({ LifeCycleState: 'available', VpcId: vpc.vpcId })],
  }, 'elasticfilesystem:DescribeMountTargets'));
  proof.assert('efs', 'describeAccessPoints', { AccessPointId: proof.only(CfnAccessPoint).ref }, {
    AccessPoints: [Match.objectLike({ PosixUser: { Uid: 1000, Gid: 1000 }, RootDirectory: Match.objectLike({ Path: '/media' }) })],
  }, 'elasticfilesystem:DescribeAccessPoints');
}

function askWayToFiles(proof: Proof): void {
  // The edge asks for a signature by the key, on media alone.
  const keyGroup = proof.only(CfnKeyGroup);
  proof.assert('cloudfront', 'getKeyGroup', { Id: keyGroup.ref }, {
    KeyGroup: Match.objectLike({ KeyGroupConfig: Match.objectLike({ Items: [proof.only(CfnPublicKey).ref] }) }),
  });
  proof.assert('cloudfront', 'getDistributionConfig', { Id: proof.only(CfnDistribution).ref }, {
    DistributionConfig: Match.objectLike({
      CacheBehaviors: Match.objectLike({
        Items: Match.arrayWith([Match.objectLike({
          PathPattern: '/media/*', TrustedKeyGroups: { Enabled: true, Quantity: 1, Items: [keyGroup.ref] },
        })]),
      }),
    }),
  });

  // Each task mounts it: with TLS, as its own role, through the access point.
  proof.assert('ecs', 'describeTaskDefinition', { taskDefinition: proof.only(CfnTaskDefinition).ref }, {
    taskDefinition: {
      containerDefinitions: [Match.objectLike({
        environment: Match.arrayWith([{ name: 'MEDIA_PATH', value: '/mnt/media' }]),
        mountPoints: [Match.objectLike({ containerPath: '/mnt/media' })],
      })],
      volumes: [Match.objectLike({
        efsVolumeConfiguration: Match.objectLike({
          fileSystemId: proof.only(CfnFileSystem).ref,
          transitEncryption: 'ENABLED',
          authorizationConfig: Match.objectLike({ iam: 'ENABLED', accessPointId: proof.only(CfnAccessPoint).ref }),
        }),
      })],
    },
  });
}
