import pytest
from conftest import SUBNETS, network

REFRESH = {'AutoScalingInstanceRefresh': {'Strategy': 'Rolling', 'Preferences': {'MinHealthyPercentage': 100, 'SkipMatching': True}}}


def group(image='ami-1', mixed=False, policy=REFRESH, **more):
    template = {'LaunchTemplateId': {'Ref': 'Template'}, 'Version': {'Fn::GetAtt': ['Template', 'LatestVersionNumber']}}
    launch = {'MixedInstancesPolicy': {
        'InstancesDistribution': {'OnDemandBaseCapacity': 1, 'SpotAllocationStrategy': 'price-capacity-optimized'},
        'LaunchTemplate': {'LaunchTemplateSpecification': template, 'Overrides': [{'InstanceType': 'c7g.medium'}, {'InstanceType': 'm7g.medium'}]},
    }} if mixed else {'LaunchTemplate': template}
    return network(
        Template={'Type': 'AWS::EC2::LaunchTemplate', 'Properties': {'LaunchTemplateData': {
            'ImageId': image, 'MetadataOptions': {'HttpTokens': 'required', 'HttpPutResponseHopLimit': 1}}}},
        Targets={'Type': 'AWS::ElasticLoadBalancingV2::TargetGroup', 'Properties': {
            'Port': 8080, 'Protocol': 'HTTP', 'VpcId': {'Ref': 'Vpc'}, 'TargetType': 'instance'}},
        Group={
            'Type': 'AWS::AutoScaling::AutoScalingGroup',
            **({'UpdatePolicy': policy} if policy else {}),
            'Properties': {
                'MinSize': '2', 'MaxSize': '9', 'VPCZoneIdentifier': SUBNETS, 'TargetGroupARNs': [{'Ref': 'Targets'}],
                'DefaultInstanceWarmup': 60, 'CapacityRebalance': mixed, **launch,
                'LifecycleHookSpecificationList': [{
                    'LifecycleHookName': 'ready', 'LifecycleTransition': 'autoscaling:EC2_INSTANCE_LAUNCHING',
                    'HeartbeatTimeout': 900, 'DefaultResult': 'ABANDON'}],
                **more,
            }},
    )


def described(aws, stack):
    return aws('autoscaling').describe_auto_scaling_groups(AutoScalingGroupNames=[stack.id_of('Group')])['AutoScalingGroups'][0]


def instances(aws, stack):
    return sorted(each['InstanceId'] for each in described(aws, stack)['Instances'])


def targets(aws, stack):
    health = aws('elbv2').describe_target_health(TargetGroupArn=stack.id_of('Targets'))['TargetHealthDescriptions']
    return sorted(each['Target']['Id'] for each in health)


@pytest.fixture
def deployed(stack):
    assert stack.deploy(group()) == 'CREATE_COMPLETE', stack.reasons()
    return stack


def test_group_launches_its_minimum_over_its_zones_and_registers_it(aws, deployed):
    found = described(aws, deployed)
    assert found['AvailabilityZones'] == ['us-east-1a', 'us-east-1b']
    assert {each['AvailabilityZone'] for each in found['Instances']} == {'us-east-1a', 'us-east-1b'}
    assert targets(aws, deployed) == instances(aws, deployed)
    assert (found['DefaultInstanceWarmup'], found['TargetGroupARNs']) == (60, [deployed.id_of('Targets')])


def test_group_has_its_lifecycle_hook(aws, deployed):
    hook = aws('autoscaling').describe_lifecycle_hooks(AutoScalingGroupName=deployed.id_of('Group'))['LifecycleHooks'][0]
    assert (hook['LifecycleHookName'], hook['HeartbeatTimeout'], hook['DefaultResult']) == ('ready', 900, 'ABANDON')


def test_update_leaves_the_number_that_scaling_set(aws, deployed):
    aws('autoscaling').set_desired_capacity(AutoScalingGroupName=deployed.id_of('Group'), DesiredCapacity=6)
    before = instances(aws, deployed)
    assert deployed.deploy(group(MaxSize='20')) == 'UPDATE_COMPLETE', deployed.reasons()
    found = described(aws, deployed)
    assert (found['MaxSize'], found['DesiredCapacity']) == (20, 6)
    assert instances(aws, deployed) == before


def test_new_image_renews_the_instances_by_a_refresh(aws, deployed):
    before = instances(aws, deployed)
    assert deployed.deploy(group(image='ami-2')) == 'UPDATE_COMPLETE', deployed.reasons()
    assert not set(before) & set(instances(aws, deployed))
    assert targets(aws, deployed) == instances(aws, deployed)
    assert {each['LaunchTemplate']['Version'] for each in described(aws, deployed)['Instances']} == {'2'}
    refreshes = aws('autoscaling').describe_instance_refreshes(AutoScalingGroupName=deployed.id_of('Group'))['InstanceRefreshes']
    assert len(refreshes) == 1


def test_without_an_update_policy_a_new_image_reaches_nobody(aws, stack):
    assert stack.deploy(group(policy=None)) == 'CREATE_COMPLETE', stack.reasons()
    before = instances(aws, stack)
    assert stack.deploy(group(image='ami-2', policy=None)) == 'UPDATE_COMPLETE', stack.reasons()
    assert instances(aws, stack) == before


def test_mixed_instances_policy_comes_back_as_declared(aws, stack):
    assert stack.deploy(group(mixed=True)) == 'CREATE_COMPLETE', stack.reasons()
    found = described(aws, stack)
    policy = found['MixedInstancesPolicy']
    assert policy['InstancesDistribution'] == {'OnDemandBaseCapacity': 1, 'SpotAllocationStrategy': 'price-capacity-optimized'}
    assert [each['InstanceType'] for each in policy['LaunchTemplate']['Overrides']] == ['c7g.medium', 'm7g.medium']
    assert policy['LaunchTemplate']['LaunchTemplateSpecification']['LaunchTemplateId'] == stack.id_of('Template')
    assert found['CapacityRebalance'] is True


def test_warm_pool_lives_and_changes_with_its_group(aws, stack):
    def pool(size):
        return {'WarmPool': {'Type': 'AWS::AutoScaling::WarmPool', 'Properties': {
            'AutoScalingGroupName': {'Ref': 'Group'}, 'MinSize': size, 'MaxGroupPreparedCapacity': size, 'PoolState': 'Stopped'}}}
    assert stack.deploy({**group(), **pool(3)}) == 'CREATE_COMPLETE', stack.reasons()
    assert stack.deploy({**group(), **pool(5)}) == 'UPDATE_COMPLETE', stack.reasons()
    api, name = aws('autoscaling'), stack.id_of('Group')
    found = api.describe_warm_pool(AutoScalingGroupName=name)['WarmPoolConfiguration']
    assert (found['MinSize'], found['MaxGroupPreparedCapacity'], found['PoolState']) == (5, 5, 'Stopped')
    assert stack.deploy(group()) == 'UPDATE_COMPLETE', stack.reasons()
    assert 'WarmPoolConfiguration' not in api.describe_warm_pool(AutoScalingGroupName=name)


def test_public_parameters_name_images_for_both_processors(aws):
    names = [f'/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-{processor}' for processor in ('arm64', 'x86_64')]
    images = [aws('ssm').get_parameter(Name=name)['Parameter']['Value'] for name in names]
    assert len(set(images)) == 2
