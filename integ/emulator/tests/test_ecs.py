import json

import pytest
from conftest import SUBNETS, network

TARGET_GROUP = {'Type': 'AWS::ElasticLoadBalancingV2::TargetGroup', 'Properties': {
    'Port': 8080, 'Protocol': 'HTTP', 'TargetType': 'ip', 'VpcId': {'Ref': 'Vpc'}}}


def task_definition(image='nginx'):
    return {'Type': 'AWS::ECS::TaskDefinition', 'Properties': {
        'RequiresCompatibilities': ['FARGATE'], 'NetworkMode': 'awsvpc', 'Cpu': '512', 'Memory': '1024',
        'RuntimePlatform': {'CpuArchitecture': 'ARM64', 'OperatingSystemFamily': 'LINUX'},
        'ContainerDefinitions': [{
            'Name': 'web', 'Image': image, 'Essential': True, 'ReadonlyRootFilesystem': True,
            'PortMappings': [{'ContainerPort': 8080}],
            'Environment': [{'Name': 'DB_HOST', 'Value': 'db.example.com'}],
            'Secrets': [{'Name': 'DB_USER', 'ValueFrom': 'arn:aws:secretsmanager:us-east-1:0:secret:db:username::'}],
            'HealthCheck': {'Command': ['CMD', 'true'], 'Interval': '30'},
            'LogConfiguration': {'LogDriver': 'awslogs', 'Options': {'awslogs-group': 'web'}},
        }]}}


def service(**properties):
    return {'Type': 'AWS::ECS::Service', 'DependsOn': 'Providers', 'Properties': {
        'Cluster': {'Ref': 'Cluster'}, 'TaskDefinition': {'Ref': 'Task'}, 'HealthCheckGracePeriodSeconds': 90,
        'EnableExecuteCommand': False, 'PropagateTags': 'SERVICE',
        'Monitoring': {'MetricConfigurations': [{'MetricNames': ['CPUUtilization'], 'ResolutionSeconds': '20'}]},
        'CapacityProviderStrategy': [{'CapacityProvider': 'FARGATE', 'Base': 2, 'Weight': 1}],
        'DeploymentConfiguration': {'MinimumHealthyPercent': 100, 'DeploymentCircuitBreaker': {'Enable': True, 'Rollback': True}},
        'LoadBalancers': [{'ContainerName': 'web', 'ContainerPort': 8080, 'TargetGroupArn': {'Ref': 'Group'}}],
        'NetworkConfiguration': {'AwsvpcConfiguration': {'Subnets': SUBNETS, 'AssignPublicIp': 'DISABLED'}},
        **properties}}


def platform(image='nginx', target={}, **properties):
    return network(
        Group=TARGET_GROUP, Task=task_definition(image), Service=service(**properties),
        Cluster={'Type': 'AWS::ECS::Cluster', 'Properties': {'ClusterSettings': [{'Name': 'containerInsights', 'Value': 'enabled'}]}},
        Providers={'Type': 'AWS::ECS::ClusterCapacityProviderAssociations', 'Properties': {
            'Cluster': {'Ref': 'Cluster'}, 'CapacityProviders': ['FARGATE', 'FARGATE_SPOT'],
            'DefaultCapacityProviderStrategy': [{'CapacityProvider': 'FARGATE', 'Weight': 1}]}},
        Target={'Type': 'AWS::ApplicationAutoScaling::ScalableTarget', 'Properties': {
            'ServiceNamespace': 'ecs', 'ScalableDimension': 'ecs:service:DesiredCount', 'MinCapacity': 2, 'MaxCapacity': '60',
            'ResourceId': {'Fn::Join': ['/', ['service', {'Ref': 'Cluster'}, {'Fn::GetAtt': ['Service', 'Name']}]]},
            **target}},
        Policy={'Type': 'AWS::ApplicationAutoScaling::ScalingPolicy', 'Properties': {
            'PolicyName': 'cpu', 'PolicyType': 'TargetTrackingScaling', 'ScalingTargetId': {'Ref': 'Target'},
            'TargetTrackingScalingPolicyConfiguration': {
                'TargetValue': '50', 'ScaleOutCooldown': 10,
                'PredefinedMetricSpecification': {'PredefinedMetricType': 'ECSServiceAverageCPUUtilization'}}}})


@pytest.fixture
def deployed(stack):
    assert stack.deploy(platform()) == 'CREATE_COMPLETE', stack.reasons()
    return stack


def described(aws, stack):
    return aws('ecs').describe_services(cluster=stack.id_of('Cluster'), services=[stack.id_of('Service')])['services'][0]


def test_task_definition_comes_back_as_declared(aws, deployed):
    found = aws('ecs').describe_task_definition(taskDefinition=deployed.id_of('Task'))['taskDefinition']
    web = found['containerDefinitions'][0]
    assert web['environment'] == [{'name': 'DB_HOST', 'value': 'db.example.com'}]
    assert web['secrets'] == [{'name': 'DB_USER', 'valueFrom': 'arn:aws:secretsmanager:us-east-1:0:secret:db:username::'}]
    assert web['healthCheck'] == {'command': ['CMD', 'true'], 'interval': 30}
    assert web['logConfiguration']['options'] == {'awslogs-group': 'web'}
    assert web['readonlyRootFilesystem'] is True
    assert found['runtimePlatform'] == {'cpuArchitecture': 'ARM64', 'operatingSystemFamily': 'LINUX'}
    assert (found['cpu'], found['memory']) == ('512', '1024')


def test_service_comes_back_as_declared(aws, deployed):
    found = described(aws, deployed)
    assert found['loadBalancers'] == [
        {'containerName': 'web', 'containerPort': 8080, 'targetGroupArn': deployed.id_of('Group')}]
    assert found['healthCheckGracePeriodSeconds'] == 90
    assert found['propagateTags'] == 'SERVICE'
    assert found['capacityProviderStrategy'] == [{'capacityProvider': 'FARGATE', 'base': 2, 'weight': 1}]
    assert found['deploymentConfiguration']['deploymentCircuitBreaker'] == {'enable': True, 'rollback': True}
    assert found['networkConfiguration']['awsvpcConfiguration']['assignPublicIp'] == 'DISABLED'


def monitoring_of(aws, stack):
    revisions = [each['arn'] for each in described(aws, stack)['currentServiceRevisions']]
    return aws('ecs').describe_service_revisions(serviceRevisionArns=revisions)['serviceRevisions'][0].get('monitoring')


def test_revision_says_at_which_resolution_the_metrics_are(aws, deployed):
    assert monitoring_of(aws, deployed) == {'metricConfigurations': [{'metricNames': ['CPUUtilization'], 'resolutionSeconds': 20}]}
    assert deployed.deploy(platform(image='nginx:2')) == 'UPDATE_COMPLETE', deployed.reasons()
    assert monitoring_of(aws, deployed)['metricConfigurations'][0]['resolutionSeconds'] == 20
    assert deployed.deploy(platform(Monitoring={'MetricConfigurations': [
        {'MetricNames': ['CPUUtilization'], 'ResolutionSeconds': 60}]})) == 'UPDATE_COMPLETE', deployed.reasons()
    assert monitoring_of(aws, deployed)['metricConfigurations'][0]['resolutionSeconds'] == 60
    assert aws('ecs').describe_service_revisions(serviceRevisionArns=['arn:aws:ecs:us-east-1:0:service-revision/a/b/1'])['failures']


def beside(**deployment):
    """A service whose new version stands beside the old one."""
    advanced = {'AlternateTargetGroupArn': {'Ref': 'Group'}, 'RoleArn': 'arn:aws:iam::000000000000:role/ecs',
                'ProductionListenerRule': 'arn:aws:elasticloadbalancing:us-east-1:000000000000:listener-rule/app/a/b/c/d'}
    return platform(
        DeploymentConfiguration={'MinimumHealthyPercent': 100, **deployment},
        LoadBalancers=[{'ContainerName': 'web', 'ContainerPort': 8080, 'TargetGroupArn': {'Ref': 'Group'}, 'AdvancedConfiguration': advanced}])


def test_another_deployment_keeps_the_service_and_comes_back_as_declared(aws, deployed):
    before = deployed.id_of('Service')
    assert deployed.deploy(beside(Strategy='CANARY', BakeTimeInMinutes='5', CanaryConfiguration={
        'CanaryPercent': '10', 'CanaryBakeTimeInMinutes': '5'})) == 'UPDATE_COMPLETE', deployed.reasons()
    assert deployed.id_of('Service') == before
    found = described(aws, deployed)
    assert found['deploymentConfiguration']['strategy'] == 'CANARY'
    assert found['deploymentConfiguration']['canaryConfiguration'] == {'canaryPercent': 10.0, 'canaryBakeTimeInMinutes': 5}
    assert found['loadBalancers'][0]['advancedConfiguration']['productionListenerRule'].endswith('/d')


@pytest.mark.parametrize('resources, reason', [
    (beside(Strategy='BLUE_GREEN'), 'bakeTimeInMinutes'),
    (beside(Strategy='BLUE_GREEN', BakeTimeInMinutes=5, DeploymentCircuitBreaker={'Enable': True, 'Rollback': True}), 'circuit breaker'),
    (platform(DeploymentConfiguration={'Strategy': 'CANARY'}), 'advancedConfiguration'),
])
def test_deployments_that_ecs_refuses_fail(stack, resources, reason):
    assert stack.deploy(resources) == 'ROLLBACK_COMPLETE'
    assert any(reason in each for each in stack.reasons())


def test_new_image_registers_a_revision_and_leaves_the_count_to_auto_scaling(aws, deployed):
    before = deployed.id_of('Task')
    aws('ecs').update_service(cluster=deployed.id_of('Cluster'), service=deployed.id_of('Service'), desiredCount=7)
    assert deployed.deploy(platform(image='nginx:2')) == 'UPDATE_COMPLETE', deployed.reasons()
    found = described(aws, deployed)
    assert found['taskDefinition'] == deployed.id_of('Task') != before
    assert found['desiredCount'] == 7


def test_new_name_replaces_the_service(aws, deployed):
    before = deployed.id_of('Service')
    assert deployed.deploy(platform(ServiceName='renamed')) == 'UPDATE_COMPLETE', deployed.reasons()
    assert deployed.id_of('Service').endswith('/renamed')
    old = aws('ecs').describe_services(cluster=deployed.id_of('Cluster'), services=[before])['services']
    assert all(each['status'] != 'ACTIVE' for each in old)


def test_cluster_has_its_capacity_providers(aws, deployed):
    found = aws('ecs').describe_clusters(clusters=[deployed.id_of('Cluster')], include=['SETTINGS'])['clusters'][0]
    assert found['capacityProviders'] == ['FARGATE', 'FARGATE_SPOT']
    assert found['defaultCapacityProviderStrategy'][0]['capacityProvider'] == 'FARGATE'
    assert found['settings'] == [{'name': 'containerInsights', 'value': 'enabled'}]


def test_scaling_comes_back_and_goes_with_the_stack(aws, deployed):
    scaling = aws('application-autoscaling')
    service_name = described(aws, deployed)['serviceName']
    resource = f"service/{deployed.id_of('Cluster')}/{service_name}"
    target = scaling.describe_scalable_targets(ServiceNamespace='ecs', ResourceIds=[resource])['ScalableTargets'][0]
    assert (target['MinCapacity'], target['MaxCapacity']) == (2, 60)
    policy = scaling.describe_scaling_policies(ServiceNamespace='ecs', ResourceId=resource)['ScalingPolicies'][0]
    assert policy['TargetTrackingScalingPolicyConfiguration'] == {
        'TargetValue': 50.0, 'ScaleOutCooldown': 10,
        'PredefinedMetricSpecification': {'PredefinedMetricType': 'ECSServiceAverageCPUUtilization'}}
    assert deployed.delete() == 'DELETE_COMPLETE'
    assert scaling.describe_scalable_targets(ServiceNamespace='ecs', ResourceIds=[resource])['ScalableTargets'] == []
    assert scaling.describe_scaling_policies(ServiceNamespace='ecs', ResourceId=resource)['ScalingPolicies'] == []


SALE = {'ScheduledActionName': 'sale', 'Schedule': 'at(2099-11-27T08:00:00)', 'ScalableTargetAction': {'MinCapacity': '40'}}
FRIDAY = {'ScheduledActionName': 'friday', 'Schedule': 'cron(45 17 ? * FRI *)', 'Timezone': 'America/Sao_Paulo',
          'ScalableTargetAction': {'MinCapacity': 20}}


def scheduled(aws, stack):
    resource = f"service/{stack.id_of('Cluster')}/{described(aws, stack)['serviceName']}"
    found = aws('application-autoscaling').describe_scheduled_actions(ServiceNamespace='ecs', ResourceId=resource)
    return {each['ScheduledActionName']: each for each in found['ScheduledActions']}


def test_scheduled_actions_come_back_and_go_when_no_longer_declared(aws, stack):
    assert stack.deploy(platform(target={'ScheduledActions': [SALE, FRIDAY]})) == 'CREATE_COMPLETE', stack.reasons()
    found = scheduled(aws, stack)
    assert found['sale']['Schedule'] == 'at(2099-11-27T08:00:00)'
    assert found['sale']['ScalableTargetAction'] == {'MinCapacity': 40}
    assert found['friday']['Timezone'] == 'America/Sao_Paulo'
    assert stack.deploy(platform(target={'ScheduledActions': [FRIDAY]})) == 'UPDATE_COMPLETE', stack.reasons()
    assert list(scheduled(aws, stack)) == ['friday']


def test_scheduled_action_in_the_past_is_refused(stack):
    past = {**SALE, 'Schedule': 'at(2020-11-27T08:00:00)'}
    assert stack.deploy(platform(target={'ScheduledActions': [past]})) == 'ROLLBACK_COMPLETE'
    assert any('past' in reason for reason in stack.reasons())


def test_step_policy_is_taken_by_its_alarm(aws, stack):
    steps = {'AdjustmentType': 'PercentChangeInCapacity', 'Cooldown': '45', 'MetricAggregationType': 'Average', 'MinAdjustmentMagnitude': 1,
             'StepAdjustments': [{'MetricIntervalLowerBound': 0, 'ScalingAdjustment': '100'}]}
    resources = platform()
    resources['Steps'] = {'Type': 'AWS::ApplicationAutoScaling::ScalingPolicy', 'Properties': {
        'PolicyName': 'steps', 'PolicyType': 'StepScaling', 'ScalingTargetId': {'Ref': 'Target'}, 'StepScalingPolicyConfiguration': steps}}
    resources['Alarm'] = {'Type': 'AWS::CloudWatch::Alarm', 'Properties': {
        'AlarmName': 'busy', 'Namespace': 'AWS/ECS', 'MetricName': 'CPUUtilization', 'Statistic': 'Average', 'Period': 20, 'EvaluationPeriods': 1,
        'Threshold': 75, 'ComparisonOperator': 'GreaterThanOrEqualToThreshold', 'AlarmActions': [{'Ref': 'Steps'}]}}
    assert stack.deploy(resources) == 'CREATE_COMPLETE', stack.reasons()
    policy = aws('application-autoscaling').describe_scaling_policies(ServiceNamespace='ecs', PolicyNames=['steps'])['ScalingPolicies'][0]
    assert policy['StepScalingPolicyConfiguration'] == {
        'AdjustmentType': 'PercentChangeInCapacity', 'Cooldown': 45, 'MetricAggregationType': 'Average', 'MinAdjustmentMagnitude': 1,
        'StepAdjustments': [{'MetricIntervalLowerBound': 0.0, 'ScalingAdjustment': 100}]}
    alarm = aws('cloudwatch').describe_alarms(AlarmNames=['busy'])['MetricAlarms'][0]
    assert (alarm['Period'], alarm['AlarmActions']) == (20, [policy['PolicyARN']])


def test_policies_of_a_target_go_with_it(aws):
    scaling = aws('application-autoscaling')
    target = {'ServiceNamespace': 'ecs', 'ResourceId': 'service/a/b', 'ScalableDimension': 'ecs:service:DesiredCount'}
    scaling.register_scalable_target(**target, MinCapacity=1, MaxCapacity=2)
    scaling.put_scaling_policy(**target, PolicyName='p', PolicyType='TargetTrackingScaling')
    scaling.deregister_scalable_target(**target)
    assert scaling.describe_scaling_policies(ServiceNamespace='ecs', ResourceId='service/a/b')['ScalingPolicies'] == []


def test_each_deployment_takes_what_is_behind_a_tag_when_it_begins(aws, stack):
    repository = aws('ecr').create_repository(repositoryName='tagged')['repository']['repositoryUri']

    def put(name):
        return aws('ecr').put_image(repositoryName='tagged', imageTag='live', imageManifest=json.dumps({'name': name}))['image']['imageId']['imageDigest']

    first = put('one')
    assert stack.deploy(platform(image=f'{repository}:live')) == 'CREATE_COMPLETE', stack.reasons()
    ecs, where = aws('ecs'), {'cluster': stack.id_of('Cluster'), 'service': stack.id_of('Service')}
    second = put('two')
    assert [deployment['status'] for deployment in deployments(ecs, where)] == ['SUCCESSFUL']
    ecs.update_service(**where, forceNewDeployment=True)
    made = deployments(ecs, where)
    images = [ecs.describe_service_revisions(serviceRevisionArns=[each['targetServiceRevisionArn']])['serviceRevisions'][0]['containerImages'] for each in made]
    assert [each[0]['imageDigest'] for each in images] == [first, second]
    assert images[0][0]['containerName'] == 'web'
    last = ecs.describe_service_deployments(serviceDeploymentArns=[made[1]['serviceDeploymentArn']])['serviceDeployments'][0]
    assert [each['arn'] for each in last['sourceServiceRevisions']] == [made[0]['targetServiceRevisionArn']]


def deployments(ecs, where):
    return sorted(ecs.list_service_deployments(**where)['serviceDeployments'], key=lambda each: each['createdAt'])
