import { analyze, client, database, group, groupId, messages, MYSQL, network, ref, Resources } from './tiny';

const WORLD = { ...MYSQL, CidrIp: '0.0.0.0/0' };

describe('reachability-internet', () => {
  test('shows route, subnet and rule', () => {
    const [finding] = analyze({ ...network(true), ...database(), DatabaseGroup: group(WORLD) });
    expect(finding).toEqual({
      ruleName: 'reachability-internet',
      store: 'Database',
      storeType: 'AWS::RDS::DBInstance',
      source: 'internet',
      port: 3306,
      witness: 'internet -> igw Gateway -> subnet Subnet (route 0.0.0.0/0) -> sg DatabaseGroup ingress tcp 3306 from 0.0.0.0/0 -> AWS::RDS::DBInstance Database',
      fix: 'Remove the rule, route, flag or statement that the path names; let clients in by their security group.',
      templatePath: 'template.json',
    });
  });

  test('tells IPv6 from IPv4: the route has to carry what the group admits', () => {
    const rule = { ...MYSQL, CidrIpv6: '::/0' };
    expect(messages({ ...network(true), ...database(), DatabaseGroup: group(rule) }))
      .not.toContainEqual(expect.stringContaining('reachability-internet:'));
    expect(messages({ ...network(true, { DestinationIpv6CidrBlock: '::/0' }), ...database(), DatabaseGroup: group(rule) })).toContain(
      'reachability-internet: internet -> igw Gateway -> subnet Subnet (route ::/0) -> sg DatabaseGroup ingress tcp 3306 from ::/0 -> AWS::RDS::DBInstance Database');
  });

  test('holds without a subnet in the templates when the flag is on', () => {
    const outside = database({ DBSubnetGroupName: 'imported', PubliclyAccessible: true });
    expect(messages({ ...outside, DatabaseGroup: group(WORLD) })[0]).toBe(
      'reachability-internet: internet -> PubliclyAccessible true on AWS::RDS::DBInstance Database -> sg DatabaseGroup ingress tcp 3306 from 0.0.0.0/0 -> AWS::RDS::DBInstance Database');
  });

  test('is not where the flag is off', () => {
    expect(messages({ ...network(true), ...database({ PubliclyAccessible: false }), DatabaseGroup: group(WORLD) })
      .filter(each => each.startsWith('reachability-internet:'))).toEqual([]);
  });

  test('names the statement of a public bucket policy', () => {
    expect(messages({
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { PublicAccessBlockConfiguration: { BlockPublicAcls: true, IgnorePublicAcls: true } } },
      Policy: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: {
          Bucket: ref('Bucket'),
          PolicyDocument: { Statement: [{ Sid: 'Open', Effect: 'Allow', Principal: { AWS: '*' }, Action: ['s3:GetObject', 's3:ListBucket'] }] },
        },
      },
    })).toEqual([
      'reachability-public-placement: internet -> public access block off (BlockPublicPolicy, RestrictPublicBuckets) -> AWS::S3::Bucket Bucket',
      'reachability-internet: internet -> bucket policy Policy statement Open (Principal *: s3:GetObject, s3:ListBucket) -> AWS::S3::Bucket Bucket',
    ]);
  });
});

describe('reachability-public-placement', () => {
  test('names the public subnet though no group lets anyone in', () => {
    expect(messages({ ...network(true), ...database(), DatabaseGroup: group() })).toEqual([
      'reachability-public-placement: internet -> igw Gateway -> subnet Subnet (route 0.0.0.0/0) -> AWS::RDS::DBInstance Database',
    ]);
  });

  test('names the flag', () => {
    expect(messages({ ...network(false), ...database({ PubliclyAccessible: true }), DatabaseGroup: group() })).toEqual([
      'reachability-public-placement: internet -> PubliclyAccessible true on AWS::RDS::DBInstance Database -> AWS::RDS::DBInstance Database',
    ]);
  });
});

describe('reachability-wide-ingress', () => {
  const wide = (rule: object) => messages({ ...network(false), ...database(), DatabaseGroup: group(rule) });

  test('names a workload that has such an address', () => {
    expect(messages({ ...network(false), ...database(), DatabaseGroup: group(WORLD), ClientGroup: group(), Client: client('ClientGroup') })).toEqual([
      'reachability-wide-ingress: addresses 0.0.0.0/0 -> such as AWS::Lambda::Function Client in subnet Subnet (10.0.1.0/24) -> sg DatabaseGroup ingress tcp 3306 from 0.0.0.0/0 -> AWS::RDS::DBInstance Database',
    ]);
  });

  test('begins at the width of the VPC for a store of which nothing is declared', () => {
    expect(wide({ ...MYSQL, CidrIp: '10.0.0.0/16' })).toHaveLength(1);
    expect(wide({ ...MYSQL, CidrIp: '10.0.0.0/17' })).toEqual([]);
  });

  test('names a prefix list', () => {
    expect(wide({ ...MYSQL, SourcePrefixListId: 'pl-1' })).toEqual([
      'reachability-wide-ingress: prefix list pl-1 -> sg DatabaseGroup ingress tcp 3306 from prefix list pl-1 -> AWS::RDS::DBInstance Database',
    ]);
  });
});

describe('reachability-undeclared-workload', () => {
  const fromClients = { ...MYSQL, SourceSecurityGroupId: groupId('ClientGroup') };

  test('names the workload and the rule', () => {
    expect(messages({
      ...network(false), ...database({}, []), DatabaseGroup: group(fromClients), ClientGroup: group(), Client: client('ClientGroup'),
    })).toEqual([
      'reachability-undeclared-workload: AWS::Lambda::Function Client -> sg DatabaseGroup ingress tcp 3306 from sg ClientGroup -> AWS::RDS::DBInstance Database',
    ]);
  });

  test('looks at what launches with the group, and at the internet in front of it', () => {
    const bastion = {
      Template: {
        Type: 'AWS::EC2::LaunchTemplate',
        Properties: { LaunchTemplateData: { NetworkInterfaces: [{ Groups: [groupId('ClientGroup')], AssociatePublicIpAddress: true }] } },
      },
      Bastions: {
        Type: 'AWS::AutoScaling::AutoScalingGroup',
        Properties: { LaunchTemplate: { LaunchTemplateId: ref('Template') }, VPCZoneIdentifier: [ref('PublicSubnet')] },
      },
      PublicSubnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), CidrBlock: '10.0.2.0/24' } },
      PublicTable: { Type: 'AWS::EC2::RouteTable' },
      PublicRoute: {
        Type: 'AWS::EC2::Route',
        Properties: { RouteTableId: ref('PublicTable'), GatewayId: ref('Gateway'), DestinationCidrBlock: '0.0.0.0/0' },
      },
      PublicJoined: {
        Type: 'AWS::EC2::SubnetRouteTableAssociation',
        Properties: { SubnetId: ref('PublicSubnet'), RouteTableId: ref('PublicTable') },
      },
    };
    expect(messages({
      ...network(false),
      ...database({}, []),
      ...bastion,
      DatabaseGroup: group(fromClients),
      ClientGroup: group({ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' }),
    })).toEqual([
      'reachability-undeclared-workload: internet -> igw Gateway -> subnet PublicSubnet (route 0.0.0.0/0) -> sg ClientGroup ingress tcp 22 from 0.0.0.0/0 -> AWS::AutoScaling::AutoScalingGroup Bastions -> sg DatabaseGroup ingress tcp 3306 from sg ClientGroup -> AWS::RDS::DBInstance Database',
    ]);
  });

  test('names narrow addresses too, since a closed store names its clients', () => {
    expect(messages({ ...network(false), ...database({}, []), DatabaseGroup: group({ ...MYSQL, CidrIp: '10.0.7.0/24' }) })).toEqual([
      'reachability-undeclared-workload: addresses 10.0.7.0/24 -> sg DatabaseGroup ingress tcp 3306 from 10.0.7.0/24 -> AWS::RDS::DBInstance Database',
    ]);
  });

  test('names the default group of the VPC, which whatever names no group is in', () => {
    expect(messages({ ...network(false), ...database({ VPCSecurityGroups: undefined }, []) })).toEqual([
      'reachability-undeclared-workload: whatever names no group of its own -> sg default group of Vpc -> AWS::RDS::DBInstance Database',
    ]);
  });

  test('names a group that nothing is in yet', () => {
    expect(messages({ ...network(false), ...database({}, []), DatabaseGroup: group(fromClients), ClientGroup: group() })).toEqual([
      'reachability-undeclared-workload: whatever will be in sg ClientGroup -> sg DatabaseGroup ingress tcp 3306 from sg ClientGroup -> AWS::RDS::DBInstance Database',
    ]);
  });

  test('names a group that no template makes', () => {
    expect(messages({ ...network(false), ...database({}, []), DatabaseGroup: group({ ...MYSQL, SourceSecurityGroupId: 'sg-0123' }) })).toEqual([
      'reachability-undeclared-workload: whatever is in sg sg-0123 -> sg DatabaseGroup ingress tcp 3306 from sg sg-0123 -> AWS::RDS::DBInstance Database',
    ]);
  });
});

describe('reachability-unknown-source', () => {
  test('names the parameter', () => {
    const rule = { ...MYSQL, CidrIp: ref('Office') };
    const parameters = (parameter: object) => ({ Parameters: { Office: { Type: 'String', ...parameter } } });
    const resources = { ...network(false), ...database(), DatabaseGroup: group(rule) };
    expect(messages(resources, undefined, parameters({}))).toEqual([
      'reachability-unknown-source: addresses parameter Office -> sg DatabaseGroup ingress tcp 3306 from addresses parameter Office -> AWS::RDS::DBInstance Database',
    ]);
    expect(messages(resources, undefined, parameters({ Default: '10.0.7.0/24' }))).toEqual([]);
  });

  test('names the group of a closed store whose rules no template holds', () => {
    expect(messages({ ...network(false), ...database({ VPCSecurityGroups: ['sg-0123'] }, []) })).toEqual([
      'reachability-unknown-source: sg sg-0123, whose rules are not in the templates -> AWS::RDS::DBInstance Database',
    ]);
  });
});

describe('reachability-entrance', () => {
  const balancer = {
    Balancer: {
      Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      Properties: { Scheme: 'internet-facing', SecurityGroups: [groupId('BalancerGroup')], Subnets: [ref('Subnet')] },
    },
    BalancerGroup: group({ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' }),
  };
  const resources: Resources = {
    ...network(true),
    ...balancer,
    ...database({ PubliclyAccessible: false, DBSubnetGroupName: 'private' }, [{ securityGroups: ['ClientGroup'] }]),
    DatabaseGroup: group({ ...MYSQL, SourceSecurityGroupId: groupId('ClientGroup') }),
    ClientGroup: group({ IpProtocol: 'tcp', FromPort: 8080, ToPort: 8080, SourceSecurityGroupId: groupId('BalancerGroup') }),
    Client: client('ClientGroup', 'Stack/Shop/Client/Resource'),
  };
  const message = 'reachability-entrance: internet -> igw Gateway -> subnet Subnet (route 0.0.0.0/0) -> sg BalancerGroup ingress tcp 443 from 0.0.0.0/0 -> AWS::ElasticLoadBalancingV2::LoadBalancer Balancer (Scheme internet-facing) -> sg ClientGroup ingress tcp 8080 from sg BalancerGroup -> AWS::Lambda::Function Client';

  test('names the balancer and the rule that lets it in', () => {
    expect(messages(resources)).toEqual([message]);
  });

  test('is silent for a front door that somebody declared', () => {
    const declared = { ...resources.Balancer, Metadata: { 'cdk-platform-patterns:reachable-by': [{ workload: 'internet', securityGroups: [] }] } };
    expect(messages({ ...resources, Balancer: declared })).toEqual([]);
    expect(messages(resources, [{ source: 'internet', target: 'Balancer' }])).toEqual([]);
    expect(messages(resources, [{ source: 'internet', target: 'Stack/Shop' }])).toEqual([]);
    expect(messages(resources, [{ source: 'internet', target: 'Stack/Sho' }])).toEqual([message]);
  });

  test('does not ask about clients of a store of which nothing is declared', () => {
    expect(messages({ ...resources, Database: { ...resources.Database, Metadata: {} } })).toEqual([]);
  });
});
