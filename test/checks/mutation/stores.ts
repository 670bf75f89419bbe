import { Draft, groupId, Properties, ref } from './draft';
import { INTERNET, Mutation, PLACEMENT } from './mutation';

const ANYONE = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' };

function publicBlock(draft: Draft): Properties {
  return draft.properties(draft.bucket).PublicAccessBlockConfiguration as Properties;
}

function statements(draft: Draft): Properties[] {
  return (draft.properties(draft.bucketPolicy).PolicyDocument as { Statement: Properties[] }).Statement;
}

function letIn(draft: Draft, statement: Properties = ANYONE): void {
  statements(draft).push(statement);
}

function cloudFrontStatement(draft: Draft): Properties {
  return statements(draft).find(statement => JSON.stringify(statement.Principal ?? '').includes('cloudfront.amazonaws.com'))!;
}

function flagOff(name: string): Mutation {
  return {
    name: `the bucket's ${name} off`,
    rule: PLACEMENT,
    edge: `public access block off (${name})`,
    damage: draft => { publicBlock(draft)[name] = false; },
  };
}

/** Bad edges made of buckets' settings and policies. */
export const BUCKET_MUTATIONS: Mutation[] = [
  ...['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'].map(flagOff),
  {
    name: 'the public access block removed',
    rule: PLACEMENT,
    edge: 'public access block off (BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy, RestrictPublicBuckets)',
    damage: draft => { delete draft.properties(draft.bucket).PublicAccessBlockConfiguration; },
  },
  {
    name: 'a public bucket policy behind the public access block',
    rule: PLACEMENT,
    edge: '(Principal *: s3:GetObject)',
    damage: draft => letIn(draft),
  },
  {
    name: 'a public bucket policy',
    rule: INTERNET,
    edge: '(Principal *: s3:GetObject)',
    damage: draft => {
      delete draft.properties(draft.bucket).PublicAccessBlockConfiguration;
      letIn(draft, { ...ANYONE, Principal: { AWS: ['*'] } });
    },
  },
  {
    name: 'a bucket policy for everyone from 0.0.0.0/0',
    rule: PLACEMENT,
    edge: '(Principal *: s3:GetObject)',
    damage: draft => letIn(draft, { ...ANYONE, Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } } }),
  },
  {
    name: 'a bucket policy for everyone but one',
    rule: PLACEMENT,
    edge: '(NotPrincipal: s3:GetObject)',
    damage: draft => letIn(draft, { Effect: 'Allow', NotPrincipal: { AWS: '222222222222' }, Action: 's3:GetObject', Resource: '*' }),
  },
  {
    name: 'anybody\'s distribution',
    rule: PLACEMENT,
    edge: '(any distribution of cloudfront.amazonaws.com',
    damage: draft => { delete cloudFrontStatement(draft).Condition; },
  },
  {
    name: 'a public ACL behind the public access block',
    rule: PLACEMENT,
    edge: 'AccessControl PublicRead',
    damage: draft => { draft.properties(draft.bucket).AccessControl = 'PublicRead'; },
  },
  {
    name: 'a public ACL',
    rule: INTERNET,
    edge: 'AccessControl PublicReadWrite',
    damage: draft => {
      delete draft.properties(draft.bucket).PublicAccessBlockConfiguration;
      draft.properties(draft.bucket).AccessControl = 'PublicReadWrite';
    },
  },
];

/** A store that somebody adds in the public subnets, its group open to the world. */
function added(type: string, port: number, properties: (draft: Draft, group: Properties, subnets: Properties[]) => Properties): Mutation {
  return {
    name: `a public ${type}`,
    rule: INTERNET,
    edge: `sg OpenGroup ingress tcp ${port} from 0.0.0.0/0 -> ${type} Added`,
    damage: draft => {
      const group = groupId(draft.group('OpenGroup', { CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: port, ToPort: port }));
      draft.add('Added', type, properties(draft, group, draft.publicSubnets.map(ref)));
    },
  };
}

function subnetGroup(draft: Draft, type: string, subnets: Properties[]): Properties {
  return ref(draft.add('AddedSubnets', type, { SubnetIds: subnets }));
}

/** Stores that the platform does not have, each reached from the internet. */
export const ADDED_STORE_MUTATIONS: Mutation[] = [
  added('AWS::RDS::DBInstance', 5432, (draft, group, subnets) => ({
    Engine: 'postgres', VPCSecurityGroups: [group], DBSubnetGroupName: subnetGroup(draft, 'AWS::RDS::DBSubnetGroup', subnets), PubliclyAccessible: true,
  })),
  added('AWS::RDS::DBProxy', 3306, (_, group, subnets) => ({ EngineFamily: 'MYSQL', VpcSecurityGroupIds: [group], VpcSubnetIds: subnets })),
  added('AWS::ElastiCache::ReplicationGroup', 6379, (draft, group, subnets) => ({
    SecurityGroupIds: [group], CacheSubnetGroupName: subnetGroup(draft, 'AWS::ElastiCache::SubnetGroup', subnets),
  })),
  added('AWS::ElastiCache::CacheCluster', 11211, (draft, group, subnets) => ({
    VpcSecurityGroupIds: [group], CacheSubnetGroupName: subnetGroup(draft, 'AWS::ElastiCache::SubnetGroup', subnets),
  })),
  added('AWS::Redshift::Cluster', 5439, (draft, group, subnets) => ({
    PubliclyAccessible: true, VpcSecurityGroupIds: [group], ClusterSubnetGroupName: subnetGroup(draft, 'AWS::Redshift::ClusterSubnetGroup', subnets),
  })),
  added('AWS::RedshiftServerless::Workgroup', 5439, (_, group, subnets) => ({ PubliclyAccessible: true, SecurityGroupIds: [group], SubnetIds: subnets })),
  added('AWS::DocDB::DBCluster', 27017, (draft, group, subnets) => ({
    VpcSecurityGroupIds: [group], DBSubnetGroupName: subnetGroup(draft, 'AWS::DocDB::DBSubnetGroup', subnets),
  })),
  added('AWS::Neptune::DBCluster', 8182, (draft, group, subnets) => ({
    VpcSecurityGroupIds: [group], DBSubnetGroupName: subnetGroup(draft, 'AWS::Neptune::DBSubnetGroup', subnets),
  })),
  added('AWS::MemoryDB::Cluster', 6379, (draft, group, subnets) => ({
    SecurityGroupIds: [group], SubnetGroupName: subnetGroup(draft, 'AWS::MemoryDB::SubnetGroup', subnets),
  })),
  added('AWS::MSK::Cluster', 9196, (_, group, subnets) => ({
    BrokerNodeGroupInfo: { SecurityGroups: [group], ClientSubnets: subnets, ConnectivityInfo: { PublicAccess: { Type: 'SERVICE_PROVIDED_EIPS' } } },
  })),
  added('AWS::OpenSearchService::Domain', 443, (_, group, subnets) => ({ VPCOptions: { SecurityGroupIds: [group], SubnetIds: subnets } })),
  added('AWS::EFS::MountTarget', 2049, (_, group, subnets) => ({ FileSystemId: 'fs-1', SecurityGroups: [group], SubnetId: subnets[0] })),
  added('AWS::AmazonMQ::Broker', 5671, (_, group, subnets) => ({ PubliclyAccessible: true, SecurityGroups: [group], SubnetIds: subnets })),
  {
    name: 'a search domain with a public endpoint',
    rule: PLACEMENT,
    edge: 'public endpoint (no VPCOptions) -> AWS::OpenSearchService::Domain Added',
    damage: draft => { draft.add('Added', 'AWS::OpenSearchService::Domain', {}); },
  },
  {
    name: 'a search domain that lets anyone in',
    rule: INTERNET,
    edge: 'AccessPolicies statement 0 (Principal *: es:*)',
    damage: draft => { draft.add('Added', 'AWS::OpenSearchService::Domain', { AccessPolicies: { Statement: [{ ...ANYONE, Action: 'es:*' }] } }); },
  },
  {
    name: 'a search collection with public access',
    rule: PLACEMENT,
    edge: 'AllowFromPublic true -> AWS::OpenSearchServerless::SecurityPolicy Added',
    damage: draft => { draft.add('Added', 'AWS::OpenSearchServerless::SecurityPolicy', { Type: 'network', Policy: '[{"AllowFromPublic": true}]' }); },
  },
  {
    name: 'a table that lets anyone in',
    rule: INTERNET,
    edge: 'ResourcePolicy statement 0 (Principal *: dynamodb:GetItem)',
    damage: draft => {
      draft.add('Added', 'AWS::DynamoDB::Table', { ResourcePolicy: { PolicyDocument: { Statement: { ...ANYONE, Action: 'dynamodb:GetItem' } } } });
    },
  },
  {
    name: 'a database in the default VPC',
    rule: INTERNET,
    edge: 'default VPC (no subnets are named) -> sg OpenGroup ingress tcp 1433',
    damage: draft => {
      const group = draft.group('OpenGroup', { CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 1433, ToPort: 1433 });
      draft.add('Added', 'AWS::RDS::DBInstance', { Engine: 'sqlserver-ex', VPCSecurityGroups: [groupId(group)] });
    },
  },
];
