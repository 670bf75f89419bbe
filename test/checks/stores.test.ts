import { client, database, group, groupId, messages, network, Properties, ref, Resources } from './tiny';

/** A rule from anywhere on one port. */
const onPort = (port: number) => group({ IpProtocol: 'tcp', FromPort: port, ToPort: port, CidrIp: '0.0.0.0/0' });

function isReachedOn(port: number, properties: Properties): boolean {
  return messages({ ...network(false), ...database(properties), DatabaseGroup: onPort(port) }).length > 0;
}

describe('the port of a store', () => {
  test.each([
    ['aurora-mysql', 3306], ['aurora-postgresql', 5432], ['postgres', 5432], ['mariadb', 3306], ['oracle-se2', 1521], ['sqlserver-web', 1433],
    ['custom-sqlserver-ee', 1433],
  ])('is that of its engine %s', (Engine, port) => {
    expect(isReachedOn(port, { Engine })).toBe(true);
    expect(isReachedOn(9, { Engine })).toBe(false);
  });

  test('is the one that is given, as number or text', () => {
    expect(isReachedOn(13306, { Port: 13306 })).toBe(true);
    expect(isReachedOn(13306, { Port: '13306' })).toBe(true);
    expect(isReachedOn(3306, { Port: 13306 })).toBe(false);
  });

  test('may be any when it is known only when deployed, or the engine is new', () => {
    expect(isReachedOn(9, { Port: ref('Port') })).toBe(true);
    expect(isReachedOn(9, { Engine: 'newest' })).toBe(true);
    expect(isReachedOn(9, { Engine: undefined })).toBe(true);
  });

  test('may be the one that a rule names only when deployed', () => {
    const rule = { IpProtocol: 'tcp', CidrIp: '0.0.0.0/0', FromPort: { 'Fn::GetAtt': ['Database', 'Endpoint.Port'] } };
    expect(messages({ ...network(false), ...database(), DatabaseGroup: group(rule) })).toEqual([
      'reachability-wide-ingress: addresses 0.0.0.0/0 -> sg DatabaseGroup ingress tcp any port from 0.0.0.0/0 -> AWS::RDS::DBInstance Database',
    ]);
  });
});

describe('a part of a cluster', () => {
  test('that is elsewhere has the groups of its cluster, out of sight', () => {
    expect(messages({ ...network(false), ...database({ VPCSecurityGroups: undefined, DBClusterIdentifier: 'imported' }, []) })).toEqual([]);
  });

  test('of a file system, its mount target, brings its group and subnet', () => {
    expect(messages({
      ...network(true),
      Files: { Type: 'AWS::EFS::FileSystem' },
      Target: { Type: 'AWS::EFS::MountTarget', Properties: { FileSystemId: ref('Files'), SubnetId: ref('Subnet'), SecurityGroups: [groupId('FilesGroup')] } },
      FilesGroup: onPort(2049),
    })[0]).toBe(
      'reachability-internet: internet -> igw Gateway -> subnet Subnet (route 0.0.0.0/0) -> sg FilesGroup ingress tcp 2049 from 0.0.0.0/0 -> AWS::EFS::FileSystem Files');
  });
});

describe('a store without groups', () => {
  test('in subnets of no template is in the default group of their VPC', () => {
    const cache: Resources = {
      Cache: {
        Type: 'AWS::ElastiCache::ServerlessCache',
        Properties: { Engine: 'valkey', SubnetIds: ['subnet-1', 'subnet-2'] },
        Metadata: { 'cdk-platform-patterns:reachable-by': [] },
      },
    };
    expect(messages(cache)).toEqual([
      'reachability-undeclared-workload: whatever names no group of its own -> sg default group of the VPC -> AWS::ElastiCache::ServerlessCache Cache',
    ]);
    expect(messages(cache, [{ source: 'default group of the VPC', target: 'Cache' }])).toEqual([]);
  });
});

describe('a policy', () => {
  const domain = (AccessPolicies: unknown): Resources => ({ Search: { Type: 'AWS::OpenSearchService::Domain', Properties: { AccessPolicies, VPCOptions: {} } } });
  const open = { Statement: { Effect: 'Allow', Principal: '*', Action: 'es:*' } };

  test('may be JSON text', () => {
    expect(messages(domain(JSON.stringify(open)))).toEqual([
      'reachability-internet: internet -> AccessPolicies statement 0 (Principal *: es:*) -> AWS::OpenSearchService::Domain Search',
    ]);
    expect(messages(domain('not JSON'))).toEqual([]);
  });

  test('of a store in subnets is one barrier of two', () => {
    const files = { Type: 'AWS::EFS::FileSystem', Properties: { FileSystemPolicy: open } };
    const target = { Type: 'AWS::EFS::MountTarget', Properties: { FileSystemId: ref('Files'), SubnetId: 'subnet-1', SecurityGroups: ['sg-1'] } };
    expect(messages({ Files: files, Target: target })).toEqual([
      'reachability-public-placement: internet -> FileSystemPolicy statement 0 (Principal *: es:*) -> AWS::EFS::FileSystem Files',
    ]);
  });

  test('of a bucket may name it by its name', () => {
    const on = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };
    const named = (Bucket: string) => messages({
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'pictures', PublicAccessBlockConfiguration: on } },
      Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket, PolicyDocument: open } },
    });
    expect(named('pictures')).toHaveLength(1);
    expect(named('others')).toEqual([]);
  });

  test.each([
    ['AWS::S3::AccessPoint', 'Policy'], ['AWS::SecretsManager::ResourcePolicy', 'ResourcePolicy'], ['AWS::KMS::Key', 'KeyPolicy'],
    ['AWS::Kinesis::ResourcePolicy', 'ResourcePolicy'], ['AWS::SQS::QueuePolicy', 'PolicyDocument'], ['AWS::SNS::TopicPolicy', 'PolicyDocument'],
    ['AWS::ECR::Repository', 'RepositoryPolicyText'], ['AWS::Backup::BackupVault', 'AccessPolicy'],
  ])('of %s lets nobody in by accident', (Type, property) => {
    expect(messages({ Store: { Type, Properties: { [property]: open } } })).toEqual([
      `reachability-internet: internet -> ${property} statement 0 (Principal *: es:*) -> ${Type} Store`,
    ]);
    expect(messages({ Store: { Type, Properties: { [property]: open } } }, [{ source: 'internet', target: 'Store' }])).toEqual([]);
  });
});

describe('a client with a public address', () => {
  const machine = (properties: Properties, more: Resources = {}) => messages({
    ...network(true),
    ...database({ DBSubnetGroupName: 'private', PubliclyAccessible: false }, []),
    DatabaseGroup: group({ IpProtocol: 'tcp', FromPort: 3306, ToPort: 3306, SourceSecurityGroupId: groupId('ClientGroup') }),
    ClientGroup: onPort(22),
    Client: { Type: 'AWS::EC2::Instance', Properties: { SubnetId: ref('Subnet'), SecurityGroupIds: [groupId('ClientGroup')], ...properties } },
    ...more,
  })[0];
  const fromInternet = 'reachability-undeclared-workload: internet -> igw Gateway -> subnet Subnet (route 0.0.0.0/0) -> sg ClientGroup ingress tcp 22 from 0.0.0.0/0 -> AWS::EC2::Instance Client -> sg DatabaseGroup ingress tcp 3306 from sg ClientGroup -> AWS::RDS::DBInstance Database';
  const fromClient = 'reachability-undeclared-workload: AWS::EC2::Instance Client -> sg DatabaseGroup ingress tcp 3306 from sg ClientGroup -> AWS::RDS::DBInstance Database';

  test('by an elastic IP shows the internet in its path', () => {
    expect(machine({})).toBe(fromClient);
    expect(machine({}, { Address: { Type: 'AWS::EC2::EIP', Properties: { InstanceId: ref('Client') } } })).toBe(fromInternet);
  });

  test('by its subnet too, unless it refuses it', () => {
    const subnet = { Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), CidrBlock: '10.0.1.0/24', MapPublicIpOnLaunch: true } };
    expect(machine({}, { Subnet: subnet })).toBe(fromInternet);
    expect(machine({ NetworkInterfaces: [{ AssociatePublicIpAddress: false }] }, { Subnet: subnet })).toBe(fromClient);
  });

  test('in a subnet of no template may be reached', () => {
    expect(machine({ SubnetId: 'subnet-1', NetworkInterfaces: [{ AssociatePublicIpAddress: true }] }))
      .toContain('internet -> subnet subnet-1 (not in the templates) -> sg ClientGroup');
  });

  test('is not looked for behind a private one', () => {
    expect(messages({ ...network(true), ClientGroup: onPort(22), Client: client('ClientGroup') })).toEqual([]);
  });
});
