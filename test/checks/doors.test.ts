import { client, database, group, groupId, messages, MYSQL, network, Properties, ref, Resources } from './tiny';

const WEB = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };
const fromGroup = (id: string) => ({ ...WEB, SourceSecurityGroupId: groupId(id) });
const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const NO_VALUE = { Ref: 'AWS::NoValue' };

/** A closed database whose one declared client is a function. */
const closed: Resources = {
  ...network(true),
  ...database({ PubliclyAccessible: false, DBSubnetGroupName: 'private' }, [{ securityGroups: ['ClientGroup'] }]),
  DatabaseGroup: group({ ...MYSQL, SourceSecurityGroupId: groupId('ClientGroup') }),
  ClientGroup: group(fromGroup('InnerGroup')),
  Client: client('ClientGroup', 'Stack/Client/Resource'),
};
const entrances = (more: Resources, allow?: Parameters<typeof messages>[1]) => messages({ ...closed, ...more }, allow);
const balancer = (groupId1: string, properties: Properties = {}): Resources[string] => ({
  Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  Properties: { Scheme: 'internal', SecurityGroups: [groupId(groupId1)], Subnets: [ref('Subnet')], ...properties },
});
const inner: Resources = {
  InnerGroup: group(fromGroup('OuterGroup')),
  Inner: balancer('InnerGroup'),
  InnerListener: { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { LoadBalancerArn: ref('Inner'), Port: 443 } },
};
const from = (door: string) => expect.stringMatching(new RegExp(`^reachability-entrance: internet -> .*${door}.* -> AWS::Lambda::Function Client$`));

describe('a door in front of a declared client:', () => {
  const url = (AuthType: unknown): Resources => ({ Url: { Type: 'AWS::Lambda::Url', Properties: { AuthType, TargetFunctionArn: arn('Client') } } });
  const permission = (properties: Properties): Resources => ({
    Permission: { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: arn('Client'), Principal: '*', ...properties } },
  });

  test('an URL of the function, of its alias, and one that a condition opens', () => {
    expect(entrances(url('NONE'))).toEqual(['reachability-entrance: internet -> AWS::Lambda::Url Url (AuthType NONE) -> AWS::Lambda::Function Client']);
    expect(entrances(url({ 'Fn::If': ['Closed', 'AWS_IAM', 'NONE'] }))).toHaveLength(1);
    expect(entrances(url('AWS_IAM'))).toEqual([]);
    const alias: Resources = { Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: ref('Client') } } };
    expect(entrances({ ...alias, Url: { Type: 'AWS::Lambda::Url', Properties: { AuthType: 'NONE', TargetFunctionArn: ref('Live') } } })).toHaveLength(1);
  });

  test('a permission for everyone', () => {
    expect(entrances(permission({}))).toEqual([from('AWS::Lambda::Permission Permission')]);
    expect(entrances(permission({ PrincipalOrgID: { 'Fn::If': ['Closed', 'o-1', NO_VALUE] } }))).toHaveLength(1);
    expect(entrances(permission({ SourceArn: '*' }))).toHaveLength(1);
    expect(entrances(permission({ FunctionUrlAuthType: 'AWS_IAM' }))).toHaveLength(1);
    expect(entrances(permission({ PrincipalOrgID: 'o-1' }))).toEqual([]);
    expect(entrances(permission({ SourceAccount: ref('AWS::AccountId') }))).toEqual([]);
    expect(entrances(permission({ Principal: 'events.amazonaws.com' }))).toEqual([]);
    expect(entrances(permission({ FunctionUrlAuthType: 'NONE' }))).toEqual([]);
  });

  const http = (route: Properties, api: Properties = {}): Resources => ({
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP', ...api } },
    Route: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: ref('Api'), Target: { 'Fn::Join': ['/', ['integrations', ref('Call')]] }, ...route } },
    Call: { Type: 'AWS::ApiGatewayV2::Integration', Properties: { ApiId: ref('Api'), IntegrationUri: { 'Fn::Sub': 'arn:${AWS::Partition}:x/${Client.Arn}' } } },
  });

  test('an HTTP API', () => {
    const { Route: published, ...api } = http({});
    expect(entrances({ ...api, Call2: published, Igw: closed.Route })).toEqual([from('AWS::ApiGatewayV2::Api Api')]);
    const asking = (properties: Properties) => { const { Route: route, ...rest } = http(properties); return entrances({ ...rest, Call2: route }); };
    expect(asking({ AuthorizationType: 'JWT' })).toEqual([]);
    expect(asking({ AuthorizationType: { 'Fn::If': ['Closed', 'JWT', 'NONE'] } })).toHaveLength(1);
    expect(entrances({ Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP', Target: arn('Client') } } })).toHaveLength(1);
  });

  test('a WebSocket API, which asks when the connection is made', () => {
    const socket = (AuthorizationType: string) => {
      const { Route: call, ...api } = http({ RouteKey: '$default' }, { ProtocolType: 'WEBSOCKET' });
      return entrances({
        ...api, Call2: call, Connect: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: ref('Api'), RouteKey: '$connect', AuthorizationType } },
      });
    };
    expect(socket('NONE')).toHaveLength(1);
    expect(socket('AWS_IAM')).toEqual([]);
  });

  test('a REST API', () => {
    const rest = (method: Properties, api: Properties = {}) => entrances({
      Rest: { Type: 'AWS::ApiGateway::RestApi', Properties: api },
      Method: { Type: 'AWS::ApiGateway::Method', Properties: { RestApiId: ref('Rest'), AuthorizationType: 'NONE', Integration: { Uri: { 'Fn::Join': ['', ['arn:x/', arn('Client')]] } }, ...method } },
    });
    expect(rest({})).toEqual([from('AWS::ApiGateway::RestApi Rest')]);
    expect(rest({ ApiKeyRequired: true })).toHaveLength(1);
    expect(rest({ AuthorizationType: 'AWS_IAM' })).toEqual([]);
    expect(rest({}, { EndpointConfiguration: { Types: ['PRIVATE'] } })).toEqual([]);
    expect(rest({}, { Policy: { Statement: { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } } } })).toEqual([]);
    const described = (Body: unknown) => entrances({ Rest: { Type: 'AWS::ApiGateway::RestApi', Properties: { Body } } });
    const paths = { '/': { get: { 'x-amazon-apigateway-integration': { uri: arn('Client') } } } };
    expect(described({ paths })).toHaveLength(1);
    expect(described({ paths, security: [{ sigv4: [] }] })).toEqual([]);
  });

  test('AppSync with an API key', () => {
    const graph = (api: Properties, source: Properties = { LambdaConfig: { LambdaFunctionArn: arn('Client') } }, more: Resources = {}) => entrances({
      Graph: { Type: 'AWS::AppSync::GraphQLApi', Properties: api },
      Source: { Type: 'AWS::AppSync::DataSource', Properties: { ApiId: { 'Fn::GetAtt': ['Graph', 'ApiId'] }, ...source } },
      ...more,
    });
    expect(graph({ AuthenticationType: 'API_KEY' })).toEqual([from('AWS::AppSync::GraphQLApi Graph')]);
    expect(graph({ AuthenticationType: 'AWS_IAM', AdditionalAuthenticationProviders: [{ AuthenticationType: 'API_KEY' }] })).toHaveLength(1);
    expect(graph({ AuthenticationType: 'AWS_IAM' })).toEqual([]);
    expect(graph({ AuthenticationType: 'API_KEY', Visibility: 'PRIVATE' })).toEqual([]);
    const endpoint = { HttpConfig: { Endpoint: { 'Fn::Sub': 'https://${Inner.DNSName}' } } };
    expect(graph({ AuthenticationType: 'API_KEY' }, endpoint, inner)).toEqual([from('Graph .*Inner')]);
  });

  test('App Runner, unless it is private', () => {
    const runner = (network1: Properties) => messages({
      ...closed,
      Connector: { Type: 'AWS::AppRunner::VpcConnector', Properties: { SecurityGroups: [groupId('ClientGroup')], Subnets: [ref('Subnet')] } },
      Client: { Type: 'AWS::AppRunner::Service', Properties: { NetworkConfiguration: { EgressConfiguration: { VpcConnectorArn: arn('Connector') }, ...network1 } } },
    });
    expect(runner({})).toEqual(['reachability-entrance: internet -> IsPubliclyAccessible true -> AWS::AppRunner::Service Client']);
    expect(runner({ IngressConfiguration: { IsPubliclyAccessible: false } })).toEqual([]);
  });

  test('SAM\'s events and URL', () => {
    const served = (properties: Properties, more: Resources = {}) => messages({
      ...closed, ...more, Client: { Type: 'AWS::Serverless::Function', Properties: { ...closed.Client.Properties, ...properties } },
    });
    expect(served({ FunctionUrlConfig: { AuthType: 'NONE' } })).toHaveLength(1);
    expect(served({ Events: { Get: { Type: 'HttpApi' } } })).toHaveLength(1);
    expect(served({ Events: { Get: { Type: 'Api', Properties: { Auth: { Authorizer: 'AWS_IAM' } } } } })).toEqual([]);
    const api: Resources = { Shop: { Type: 'AWS::Serverless::Api', Properties: { Auth: { DefaultAuthorizer: 'AWS_IAM' } } } };
    expect(served({ Events: { Get: { Type: 'Api', Properties: { RestApiId: ref('Shop') } } } }, api)).toEqual([]);
    expect(served({ Events: { Nightly: { Type: 'Schedule' } } })).toEqual([]);
  });

  test('is none that somebody declared', () => {
    expect(entrances(url('NONE'), [{ source: 'internet', target: 'Url' }])).toEqual([]);
    expect(entrances(url('NONE'), [{ source: 'internet', target: 'Stack/Client' }])).toEqual([]);
  });
});

describe('a door two steps away from a declared client:', () => {
  const outer = (properties: Properties = {}): Resources => ({
    OuterGroup: group({ ...WEB, CidrIp: '0.0.0.0/0' }),
    Outer: balancer('OuterGroup', { Scheme: 'internet-facing', Type: 'network', ...properties }),
    OuterListener: { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { LoadBalancerArn: ref('Outer'), DefaultActions: [{ TargetGroupArn: ref('Targets') }] } },
    Targets: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { TargetType: 'alb', Port: 443, Targets: [{ Id: ref('Inner') }] } },
  });

  test('a balancer that sends to another', () => {
    expect(entrances({ ...inner, ...outer() })).toEqual([from('Outer .*sg ClientGroup ingress tcp 443 from sg InnerGroup')]);
    expect(entrances({ ...inner, ...outer({ Scheme: 'internal' }) })).toEqual([]);
    expect(entrances({ ...inner, ...outer(), Targets: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup' } })).toEqual([]);
  });

  test('a balancer whose target is the function', () => {
    const targets: Resources = { Targets: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { TargetType: 'lambda', Targets: [{ Id: arn('Client') }] } } };
    expect(entrances({ ...outer({ Type: 'application' }), ...targets })).toEqual([from('AWS::ElasticLoadBalancingV2::LoadBalancer Outer')]);
  });

  test('an HTTP API with a VPC link, to a balancer and to the client itself', () => {
    const link = (integration: Properties): Resources => ({
      OuterGroup: group(),
      Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' } },
      Link: { Type: 'AWS::ApiGatewayV2::VpcLink', Properties: { SecurityGroupIds: [groupId('OuterGroup')], SubnetIds: [ref('Subnet')] } },
      Any: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: ref('Api'), Target: { 'Fn::Sub': 'integrations/${Call}' } } },
      Call: { Type: 'AWS::ApiGatewayV2::Integration', Properties: { ApiId: ref('Api'), ConnectionId: ref('Link'), ...integration } },
    });
    expect(entrances({ ...inner, ...link({ IntegrationUri: ref('InnerListener') }) })).toEqual([from('AWS::ApiGatewayV2::Api Api')]);
    expect(entrances({ ...link({ IntegrationUri: 'arn:of-a-registry' }), ClientGroup: group(fromGroup('OuterGroup')) })).toEqual([from('AWS::ApiGatewayV2::Api Api')]);
  });

  test('a REST API with a VPC link to a balancer of layer 4', () => {
    expect(entrances({
      ...inner,
      Rest: { Type: 'AWS::ApiGateway::RestApi' },
      Link: { Type: 'AWS::ApiGateway::VpcLink', Properties: { TargetArns: [ref('Inner')] } },
      Method: { Type: 'AWS::ApiGateway::Method', Properties: { RestApiId: ref('Rest'), AuthorizationType: 'NONE', Integration: { ConnectionId: ref('Link') } } },
    })).toEqual([from('AWS::ApiGateway::RestApi Rest')]);
  });

  const proxy = (cidr: string): Resources => ({
    ProxyGroup: group({ ...WEB, CidrIp: cidr }),
    Proxy: { Type: 'AWS::EC2::Instance', Properties: { NetworkInterfaces: [{ AssociatePublicIpAddress: true, GroupSet: [groupId('ProxyGroup')], SubnetId: ref('Subnet') }] } },
  });

  test('a public proxy, in front of the client or of its balancer', () => {
    expect(entrances({ ...proxy('0.0.0.0/0'), ClientGroup: group(fromGroup('ProxyGroup')) })).toEqual([from('AWS::EC2::Instance Proxy')]);
    expect(entrances({ ...proxy('0.0.0.0/0'), ...inner, InnerGroup: group(fromGroup('ProxyGroup')) })).toEqual([from('Proxy .*Inner')]);
    expect(entrances({ ...proxy('203.0.113.0/28'), ClientGroup: group(fromGroup('ProxyGroup')) })).toEqual([]);
  });

  test('PrivateLink that is open to everybody', () => {
    const service = (AllowedPrincipals: string[], AcceptanceRequired?: boolean) => entrances({
      ...inner,
      Service: { Type: 'AWS::EC2::VPCEndpointService', Properties: { NetworkLoadBalancerArns: [ref('Inner')], AcceptanceRequired } },
      Permissions: { Type: 'AWS::EC2::VPCEndpointServicePermissions', Properties: { ServiceId: ref('Service'), AllowedPrincipals } },
    });
    expect(service(['*'], false)).toEqual([from('AWS::EC2::VPCEndpointService Service')]);
    expect(service(['*'])).toEqual([]);
    expect(service(['arn:aws:iam::111111111111:root'], false)).toEqual([]);
  });

  const machine = (more: Resources, groupRule: Properties = { ...WEB, CidrIp: '0.0.0.0/0' }) => messages({
    ...closed,
    ClientGroup: group(groupRule),
    Client: { Type: 'AWS::EC2::Instance', Properties: { SubnetId: 'subnet-private', SecurityGroupIds: [groupId('ClientGroup')] } },
    ...more,
  });

  test('Global Accelerator in front of an instance', () => {
    const accelerator: Resources = { Group: { Type: 'AWS::GlobalAccelerator::EndpointGroup', Properties: { EndpointConfigurations: [{ EndpointId: ref('Client') }] } } };
    expect(machine(accelerator)).toEqual(['reachability-entrance: internet -> AWS::GlobalAccelerator::EndpointGroup Group (Global Accelerator) -> AWS::EC2::Instance Client']);
    expect(machine(accelerator, { ...WEB, CidrIp: '203.0.113.0/28' })).toEqual([]);
  });

  test('an address on a second interface', () => {
    const second = (association: Properties): Resources => ({
      SecondGroup: group({ ...WEB, CidrIp: '0.0.0.0/0' }),
      Second: { Type: 'AWS::EC2::NetworkInterface', Properties: { SubnetId: ref('Subnet'), GroupSet: [groupId('SecondGroup')] } },
      Attached: { Type: 'AWS::EC2::NetworkInterfaceAttachment', Properties: { NetworkInterfaceId: ref('Second'), InstanceId: ref('Client') } },
      Address: { Type: 'AWS::EC2::EIPAssociation', Properties: association },
    });
    expect(machine(second({ NetworkInterfaceId: ref('Second') }), fromGroup('Gone'))).toEqual([
      'reachability-entrance: internet -> igw Gateway -> subnet Subnet (route 0.0.0.0/0) -> sg SecondGroup ingress tcp 443 from 0.0.0.0/0 -> AWS::EC2::NetworkInterface Second -> AWS::EC2::Instance Client',
    ]);
    expect(machine(second({ NetworkInterfaceId: 'eni-1' }), fromGroup('Gone'))).toEqual([]);
  });
});
