import { client, database, group, groupId, messages, MYSQL, network, Properties, ref, Resources } from './tiny';

const from = (id: string) => ({ ...MYSQL, SourceSecurityGroupId: groupId(id) });

/** A closed database, with a client that may reach it and one that may not. */
const closed: Resources = {
  ...network(false),
  ...database({ PubliclyAccessible: false }, [{ securityGroups: ['ClientGroup'] }]),
  DatabaseGroup: group(from('ClientGroup')),
  ClientGroup: group(),
  Client: client('ClientGroup'),
  OtherGroup: group(),
  Other: client('OtherGroup'),
};
const found = (more: Resources, allow?: Parameters<typeof messages>[1]) => messages({ ...closed, ...more }, allow);

describe('what gives the data of a closed store is as closed as that,', () => {
  const proxy = (groupId1: string): Resources => ({
    Proxy: { Type: 'AWS::RDS::DBProxy', Properties: { EngineFamily: 'MYSQL', VpcSecurityGroupIds: [groupId('ProxyGroup')], VpcSubnetIds: [ref('Subnet')] } },
    Targets: { Type: 'AWS::RDS::DBProxyTargetGroup', Properties: { DBProxyName: ref('Proxy'), DBInstanceIdentifiers: [ref('Database')] } },
    ProxyGroup: group(from(groupId1)),
  });
  const ANOTHER = 'reachability-undeclared-workload: AWS::Lambda::Function Other -> sg ProxyGroup ingress tcp 3306 from sg OtherGroup -> AWS::RDS::DBProxy Proxy';

  test('a proxy', () => {
    expect(found(proxy('OtherGroup'))).toEqual([ANOTHER]);
    expect(found(proxy('ClientGroup'))).toEqual([]);
  });

  test('unless it says itself who may come', () => {
    const { Proxy: made, ...rest } = proxy('OtherGroup');
    const saying = (securityGroups: string[]) => found({ ...rest, Proxy: { ...made, Metadata: { 'cdk-platform-patterns:reachable-by': [{ securityGroups }] } } });
    expect(saying(['OtherGroup'])).toEqual([]);
    expect(saying([])).toEqual([ANOTHER]);
    expect(found(proxy('OtherGroup'), [{ source: 'OtherGroup', target: 'Proxy' }])).toEqual([]);
  });

  test('an endpoint of the proxy, and a replica', () => {
    const endpoint: Resources = {
      ...proxy('ClientGroup'),
      EndpointGroup: group(from('OtherGroup')),
      Endpoint: { Type: 'AWS::RDS::DBProxyEndpoint', Properties: { DBProxyName: ref('Proxy'), VpcSecurityGroupIds: [groupId('EndpointGroup')], VpcSubnetIds: [ref('Subnet')] } },
    };
    expect(found(endpoint)).toEqual([expect.stringMatching(/^reachability-undeclared-workload: .*Other -> .*AWS::RDS::DBProxyEndpoint Endpoint$/)]);
    const replica: Resources = {
      ReplicaGroup: group(from('OtherGroup')),
      Replica: { Type: 'AWS::RDS::DBInstance', Properties: { SourceDBInstanceIdentifier: ref('Database'), PubliclyAccessible: false, VPCSecurityGroups: [groupId('ReplicaGroup')], DBSubnetGroupName: ref('Subnets') } },
    };
    expect(found(replica)).toEqual([expect.stringMatching(/^reachability-undeclared-workload: .*Other -> .*AWS::RDS::DBInstance Replica$/)]);
  });
});

describe('a way past the network to a closed store:', () => {
  const cluster = (properties: Properties, more: Resources = {}, allow?: Parameters<typeof messages>[1]) => messages({
    Cluster: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-mysql', ...properties }, Metadata: { 'cdk-platform-patterns:reachable-by': [] } }, ...more,
  }, allow);

  test('the Data API', () => {
    const finding = 'reachability-undeclared-workload: whoever may call rds-data -> Data API (EnableHttpEndpoint true) -> AWS::RDS::DBCluster Cluster';
    expect(cluster({ EnableHttpEndpoint: true })).toEqual([finding]);
    expect(cluster({ EnableHttpEndpoint: { 'Fn::If': ['Closed', false, true] } })).toEqual([finding]);
    expect(cluster({ EnableHttpEndpoint: false })).toEqual([]);
    expect(cluster({})).toEqual([]);
    expect(cluster({ EnableHttpEndpoint: true }, {}, [{ source: 'Data API', target: 'Cluster' }])).toEqual([]);
  });

  test('an AppSync data source', () => {
    const graph = (AuthenticationType: string): Resources => ({
      Graph: { Type: 'AWS::AppSync::GraphQLApi', Properties: { AuthenticationType } },
      Source: {
        Type: 'AWS::AppSync::DataSource',
        Properties: { ApiId: { 'Fn::GetAtt': ['Graph', 'ApiId'] }, RelationalDatabaseConfig: { RdsHttpEndpointConfig: { DbClusterIdentifier: { 'Fn::Sub': 'arn:x:cluster:${Cluster}' } } } },
      },
    });
    expect(cluster({}, graph('API_KEY'))).toEqual([
      'reachability-internet: internet -> AWS::AppSync::GraphQLApi Graph (API_KEY) -> AWS::AppSync::DataSource Source -> AWS::RDS::DBCluster Cluster',
    ]);
    expect(cluster({}, graph('AWS_IAM'))).toEqual(['reachability-undeclared-workload: AWS::AppSync::DataSource Source -> AWS::RDS::DBCluster Cluster']);
    expect(cluster({}, graph('API_KEY'), [{ source: 'Source', target: 'Cluster' }])).toEqual([]);
  });

  test('a public replication instance of DMS among its clients', () => {
    const replication = (properties: Properties) => messages({
      ...closed, Client: { Type: 'AWS::DMS::ReplicationInstance', Properties: { VpcSecurityGroupIds: [groupId('ClientGroup')], ...properties } },
    });
    const open = 'reachability-entrance: internet -> PubliclyAccessible true -> AWS::DMS::ReplicationInstance Client';
    expect(replication({})).toEqual([open]);
    expect(replication({ PubliclyAccessible: true })).toEqual([open]);
    expect(replication({ PubliclyAccessible: false })).toEqual([]);
  });
});
