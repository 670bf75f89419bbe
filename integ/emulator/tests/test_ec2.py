import pytest
from conftest import network


def rules(port=3306):
    return network(
        App={'Type': 'AWS::EC2::SecurityGroup', 'Properties': {'GroupDescription': 'app', 'VpcId': {'Ref': 'Vpc'}}},
        Data={'Type': 'AWS::EC2::SecurityGroup', 'Properties': {
            'GroupDescription': 'data', 'VpcId': {'Ref': 'Vpc'},
            'SecurityGroupEgress': [{'IpProtocol': 'icmp', 'FromPort': 252, 'ToPort': 86, 'CidrIp': '255.255.255.255/32'}]}},
        FromApp={'Type': 'AWS::EC2::SecurityGroupIngress', 'Properties': {
            'GroupId': {'Fn::GetAtt': ['Data', 'GroupId']}, 'SourceSecurityGroupId': {'Fn::GetAtt': ['App', 'GroupId']},
            'IpProtocol': 'tcp', 'FromPort': port, 'ToPort': str(port), 'Description': 'application'}},
        FromEdge={'Type': 'AWS::EC2::SecurityGroupIngress', 'Properties': {
            'GroupId': {'Fn::GetAtt': ['App', 'GroupId']}, 'SourcePrefixListId': 'pl-3b927c52',
            'IpProtocol': 'tcp', 'FromPort': 80, 'ToPort': 80}},
        ToData={'Type': 'AWS::EC2::SecurityGroupEgress', 'Properties': {
            'GroupId': {'Fn::GetAtt': ['App', 'GroupId']}, 'DestinationSecurityGroupId': {'Fn::GetAtt': ['Data', 'GroupId']},
            'IpProtocol': 'tcp', 'FromPort': port, 'ToPort': port}},
    )


@pytest.fixture
def deployed(stack):
    assert stack.deploy(rules()) == 'CREATE_COMPLETE', stack.reasons()
    return stack


def group(aws, stack, name):
    return aws('ec2').describe_security_groups(GroupIds=[stack.id_of(name)])['SecurityGroups'][0]


def ports(permissions):
    return [rule['FromPort'] for rule in permissions if rule.get('UserIdGroupPairs')]


def test_rules_between_groups_come_back_as_declared(aws, deployed):
    rule = group(aws, deployed, 'Data')['IpPermissions'][0]
    assert (rule['IpProtocol'], rule['FromPort'], rule['ToPort']) == ('tcp', 3306, 3306)
    assert rule['UserIdGroupPairs'][0]['GroupId'] == deployed.id_of('App')
    assert rule['UserIdGroupPairs'][0]['Description'] == 'application'
    assert ports(group(aws, deployed, 'App')['IpPermissionsEgress']) == [3306]
    assert group(aws, deployed, 'App')['IpPermissions'][0]['PrefixListIds'][0]['PrefixListId'] == 'pl-3b927c52'


def test_changed_rule_takes_the_place_of_the_old_one(aws, deployed):
    assert deployed.deploy(rules(port=3307)) == 'UPDATE_COMPLETE', deployed.reasons()
    assert ports(group(aws, deployed, 'Data')['IpPermissions']) == [3307]
    assert ports(group(aws, deployed, 'App')['IpPermissionsEgress']) == [3307]


def test_removed_rule_is_revoked(aws, deployed):
    left = {name: each for name, each in rules().items() if name not in ('FromApp', 'ToData')}
    assert deployed.deploy(left) == 'UPDATE_COMPLETE', deployed.reasons()
    assert group(aws, deployed, 'Data')['IpPermissions'] == []
    assert ports(group(aws, deployed, 'App')['IpPermissionsEgress']) == []


def test_nat_gateway_address_and_flow_log_live_and_go_with_the_stack(aws, stack):
    assert stack.deploy(network(
        Address={'Type': 'AWS::EC2::EIP', 'Properties': {'Domain': 'vpc'}},
        Nat={'Type': 'AWS::EC2::NatGateway', 'Properties': {
            'SubnetId': {'Ref': 'SubnetA'}, 'AllocationId': {'Fn::GetAtt': ['Address', 'AllocationId']}}},
        Log={'Type': 'AWS::Logs::LogGroup'},
        Flow={'Type': 'AWS::EC2::FlowLog', 'Properties': {
            'ResourceId': {'Ref': 'Vpc'}, 'ResourceType': 'VPC', 'TrafficType': 'ALL', 'LogGroupName': {'Ref': 'Log'},
            'DeliverLogsPermissionArn': 'arn:aws:iam::000000000000:role/flow'}},
    )) == 'CREATE_COMPLETE', stack.reasons()
    ec2, nat, flow, address = aws('ec2'), stack.id_of('Nat'), stack.id_of('Flow'), stack.id_of('Address')
    found = ec2.describe_nat_gateways(NatGatewayIds=[nat])['NatGateways'][0]
    assert (found['State'], found['SubnetId']) == ('available', stack.id_of('SubnetA'))
    assert ec2.describe_flow_logs(FlowLogIds=[flow])['FlowLogs'][0]['TrafficType'] == 'ALL'
    assert stack.delete() == 'DELETE_COMPLETE'
    assert [each['State'] for each in ec2.describe_nat_gateways(NatGatewayIds=[nat])['NatGateways']] in ([], ['deleted'])
    assert flow not in [each['FlowLogId'] for each in ec2.describe_flow_logs()['FlowLogs']]
    assert address not in [each['PublicIp'] for each in ec2.describe_addresses()['Addresses']]


def test_subnets_by_zone_id_are_in_the_zones_of_these_ids(aws, stack):
    ids = ['use1-az1', 'use1-az2', 'use1-az4', 'use1-az5', 'use1-az6']
    assert stack.deploy(network(**{f'ById{index}': {'Type': 'AWS::EC2::Subnet', 'Properties': {
        'VpcId': {'Ref': 'Vpc'}, 'CidrBlock': f'10.0.{100 + index}.0/24', 'AvailabilityZoneId': zone}}
        for index, zone in enumerate(ids)})) == 'CREATE_COMPLETE', stack.reasons()
    made = [aws('ec2').describe_subnets(SubnetIds=[stack.id_of(f'ById{index}')])['Subnets'][0] for index in range(len(ids))]
    assert [subnet['AvailabilityZoneId'] for subnet in made] == ids
    assert len({subnet['AvailabilityZone'] for subnet in made}) == len(ids)
