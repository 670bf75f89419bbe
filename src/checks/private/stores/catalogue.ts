/** How to read one type of data store. All names are dotted paths of properties. */
export interface StoreType {
  readonly type: string;
  /** Security groups; `undefined` for a store that is not in a VPC. */
  readonly groups?: string;
  /** Subnets, or the subnet group that names them. */
  readonly subnets?: string;
  /** Ports when no property tells; none means that any port counts. */
  readonly ports?: number[];
  /** The property that makes it public, and the values that mean it is not. */
  readonly publicFlag?: string;
  readonly privateValues?: string[];
  /** Types that are parts of this store (instances of a cluster), and their property that refers to it. */
  readonly parts?: { readonly type: string; readonly link: string };
  /** The document that says which principals may use it. */
  readonly policy?: string;
}

const FLAG = { publicFlag: 'PubliclyAccessible', privateValues: ['false'] };

/** Ports of RDS by the beginning of the engine's name; the first that fits. */
export const ENGINE_PORTS: { readonly [engine: string]: number } = {
  'aurora-postgresql': 5432,
  'postgres': 5432,
  'aurora': 3306,
  'mysql': 3306,
  'mariadb': 3306,
  'oracle': 1521,
  'custom-oracle': 1521,
  'sqlserver': 1433,
  'custom-sqlserver': 1433,
  'docdb': 27017,
  'neptune': 8182,
  'redis': 6379,
  'valkey': 6379,
  'memcached': 11211,
  'POSTGRESQL': 5432,
  'MYSQL': 3306,
  'SQLSERVER': 1433,
};

/** The data stores that the check knows; at the end, those that are guarded by a policy alone. */
export const STORE_TYPES: StoreType[] = [
  {
    type: 'AWS::RDS::DBCluster',
    groups: 'VpcSecurityGroupIds',
    subnets: 'DBSubnetGroupName',
    parts: { type: 'AWS::RDS::DBInstance', link: 'DBClusterIdentifier' },
    ...FLAG,
  },
  { type: 'AWS::RDS::DBInstance', groups: 'VPCSecurityGroups', subnets: 'DBSubnetGroupName', ...FLAG },
  { type: 'AWS::RDS::DBProxy', groups: 'VpcSecurityGroupIds', subnets: 'VpcSubnetIds' },
  { type: 'AWS::RDS::DBProxyEndpoint', groups: 'VpcSecurityGroupIds', subnets: 'VpcSubnetIds' },
  {
    type: 'AWS::DocDB::DBCluster',
    groups: 'VpcSecurityGroupIds',
    subnets: 'DBSubnetGroupName',
    ports: [27017],
    parts: { type: 'AWS::DocDB::DBInstance', link: 'DBClusterIdentifier' },
  },
  { type: 'AWS::DocDBElastic::Cluster', groups: 'VpcSecurityGroupIds', subnets: 'SubnetIds', ports: [27017] },
  {
    type: 'AWS::Neptune::DBCluster',
    groups: 'VpcSecurityGroupIds',
    subnets: 'DBSubnetGroupName',
    ports: [8182],
    parts: { type: 'AWS::Neptune::DBInstance', link: 'DBClusterIdentifier' },
    ...FLAG,
  },
  { type: 'AWS::ElastiCache::ServerlessCache', groups: 'SecurityGroupIds', subnets: 'SubnetIds', ports: [6379, 6380, 11211, 11212] },
  { type: 'AWS::ElastiCache::ReplicationGroup', groups: 'SecurityGroupIds', subnets: 'CacheSubnetGroupName', ports: [6379] },
  { type: 'AWS::ElastiCache::CacheCluster', groups: 'VpcSecurityGroupIds', subnets: 'CacheSubnetGroupName', ports: [6379, 11211] },
  { type: 'AWS::MemoryDB::Cluster', groups: 'SecurityGroupIds', subnets: 'SubnetGroupName', ports: [6379] },
  { type: 'AWS::DAX::Cluster', groups: 'SecurityGroupIds', subnets: 'SubnetGroupName', ports: [8111, 9111] },
  {
    type: 'AWS::EFS::FileSystem',
    groups: 'SecurityGroups',
    subnets: 'SubnetId',
    ports: [2049],
    parts: { type: 'AWS::EFS::MountTarget', link: 'FileSystemId' },
    policy: 'FileSystemPolicy',
  },
  { type: 'AWS::EFS::MountTarget', groups: 'SecurityGroups', subnets: 'SubnetId', ports: [2049] },
  { type: 'AWS::FSx::FileSystem', groups: 'SecurityGroupIds', subnets: 'SubnetIds' },
  { type: 'AWS::OpenSearchService::Domain', groups: 'VPCOptions.SecurityGroupIds', subnets: 'VPCOptions.SubnetIds', ports: [443, 80], policy: 'AccessPolicies' },
  { type: 'AWS::Elasticsearch::Domain', groups: 'VPCOptions.SecurityGroupIds', subnets: 'VPCOptions.SubnetIds', ports: [443, 80], policy: 'AccessPolicies' },
  { type: 'AWS::Redshift::Cluster', groups: 'VpcSecurityGroupIds', subnets: 'ClusterSubnetGroupName', ports: [5439], ...FLAG },
  { type: 'AWS::RedshiftServerless::Workgroup', groups: 'SecurityGroupIds', subnets: 'SubnetIds', ports: [5439], ...FLAG },
  {
    type: 'AWS::MSK::Cluster',
    groups: 'BrokerNodeGroupInfo.SecurityGroups',
    subnets: 'BrokerNodeGroupInfo.ClientSubnets',
    publicFlag: 'BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type',
    privateValues: ['DISABLED'],
  },
  { type: 'AWS::MSK::ServerlessCluster', groups: 'VpcConfigs.SecurityGroups', subnets: 'VpcConfigs.SubnetIds' },
  { type: 'AWS::AmazonMQ::Broker', groups: 'SecurityGroups', subnets: 'SubnetIds', ...FLAG },
  { type: 'AWS::Timestream::InfluxDBInstance', groups: 'VpcSecurityGroupIds', subnets: 'VpcSubnetIds', ports: [8086], ...FLAG },
  { type: 'AWS::DynamoDB::Table', policy: 'ResourcePolicy.PolicyDocument' },
  { type: 'AWS::DynamoDB::GlobalTable', policy: 'Replicas.ResourcePolicy.PolicyDocument' },
  { type: 'AWS::Backup::BackupVault', policy: 'AccessPolicy' },
  { type: 'AWS::S3::Bucket' },
  { type: 'AWS::S3::AccessPoint', policy: 'Policy' },
  { type: 'AWS::SecretsManager::ResourcePolicy', policy: 'ResourcePolicy' },
  { type: 'AWS::KMS::Key', policy: 'KeyPolicy' },
  { type: 'AWS::Kinesis::ResourcePolicy', policy: 'ResourcePolicy' },
  { type: 'AWS::SQS::QueuePolicy', policy: 'PolicyDocument' },
  { type: 'AWS::SNS::TopicPolicy', policy: 'PolicyDocument' },
  { type: 'AWS::ECR::Repository', policy: 'RepositoryPolicyText' },
];
