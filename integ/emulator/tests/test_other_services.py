import json
import re

from conftest import SUBNETS, network

ACL = {'Type': 'AWS::WAFv2::WebACL', 'Properties': {
    'Scope': 'CLOUDFRONT', 'DefaultAction': {'Allow': {}}, 'Rules': [],
    'VisibilityConfig': {'MetricName': 'acl', 'CloudWatchMetricsEnabled': True, 'SampledRequestsEnabled': True}}}


def waf_log(group):
    return {'Acl': ACL, 'Log': {'Type': 'AWS::Logs::LogGroup', 'Properties': {'LogGroupName': group}},
            'Logging': {'Type': 'AWS::WAFv2::LoggingConfiguration', 'DependsOn': 'Log', 'Properties': {
                'ResourceArn': {'Fn::GetAtt': ['Acl', 'Arn']},
                'LogDestinationConfigs': [{'Fn::Sub': f'arn:aws:logs:${{AWS::Region}}:${{AWS::AccountId}}:log-group:{group}'}],
                'RedactedFields': [{'SingleHeader': {'Name': 'authorization'}}]}}}


def test_web_acl_logs_where_declared(aws, stack):
    assert stack.deploy(waf_log('aws-waf-logs-shop')) == 'CREATE_COMPLETE', stack.reasons()
    found = aws('wafv2').get_logging_configuration(ResourceArn=stack.id_of('Logging'))['LoggingConfiguration']
    assert found['LogDestinationConfigs'][0].endswith('log-group:aws-waf-logs-shop')
    assert found['RedactedFields'] == [{'SingleHeader': {'Name': 'authorization'}}]


def test_web_acl_log_by_another_name_is_refused(stack):
    assert stack.deploy(waf_log('shop-waf')) == 'ROLLBACK_COMPLETE'
    assert any('aws-waf-logs-' in reason for reason in stack.reasons())


def addresses(*listed):
    return {'Set': {'Type': 'AWS::WAFv2::IPSet', 'Properties': {
        'Name': 'office', 'Scope': 'CLOUDFRONT', 'IPAddressVersion': 'IPV4', 'Addresses': list(listed)}}}


def test_addresses_change_in_place_and_go_with_the_stack(aws, stack):
    assert stack.deploy(addresses('192.0.2.7/32')) == 'CREATE_COMPLETE', stack.reasons()
    before = stack.id_of('Set')
    assert stack.deploy(addresses('192.0.2.7/32', '198.51.100.0/24')) == 'UPDATE_COMPLETE', stack.reasons()
    assert stack.id_of('Set') == before
    name, key, scope = before.split('|')
    found = aws('wafv2').get_ip_set(Name=name, Id=key, Scope=scope)['IPSet']
    assert (found['IPAddressVersion'], found['Addresses']) == ('IPV4', ['192.0.2.7/32', '198.51.100.0/24'])
    assert stack.delete() == 'DELETE_COMPLETE'
    assert aws('wafv2').list_ip_sets(Scope='CLOUDFRONT')['IPSets'] == []


def test_topic_is_encrypted(aws, stack):
    assert stack.deploy({
        'Key': {'Type': 'AWS::KMS::Key', 'Properties': {'KeyPolicy': {'Statement': []}}},
        'Topic': {'Type': 'AWS::SNS::Topic', 'Properties': {'KmsMasterKeyId': {'Fn::GetAtt': ['Key', 'Arn']}}},
    }) == 'CREATE_COMPLETE', stack.reasons()
    attributes = aws('sns').get_topic_attributes(TopicArn=stack.id_of('Topic'))['Attributes']
    assert attributes['KmsMasterKeyId'].endswith(stack.id_of('Key'))


def balancer(protected):
    return network(Balancer={'Type': 'AWS::ElasticLoadBalancingV2::LoadBalancer', 'Properties': {
        'Scheme': 'internal', 'Subnets': SUBNETS,
        'LoadBalancerAttributes': [{'Key': 'deletion_protection.enabled', 'Value': protected}]}})


def test_load_balancer_stands_in_its_vpc_and_is_protected(aws, stack):
    assert stack.deploy(balancer('true')) == 'CREATE_COMPLETE', stack.reasons()
    found = aws('elbv2').describe_load_balancers(LoadBalancerArns=[stack.id_of('Balancer')])['LoadBalancers'][0]
    assert (found['Scheme'], found['VpcId']) == ('internal', stack.id_of('Vpc'))
    assert stack.delete() == 'DELETE_FAILED'
    assert any('deletion protection is enabled' in reason for reason in stack.reasons())


def test_backup_plan_covers_what_was_selected(aws, stack):
    rule = {'RuleName': 'daily', 'TargetBackupVault': {'Ref': 'Vault'}, 'ScheduleExpression': 'cron(0 5 * * ? *)'}
    assert stack.deploy({
        'Vault': {'Type': 'AWS::Backup::BackupVault', 'Properties': {'BackupVaultName': 'shop'}},
        'Plan': {'Type': 'AWS::Backup::BackupPlan', 'Properties': {
            'BackupPlan': {'BackupPlanName': 'shop', 'BackupPlanRule': [rule]}}},
        'Selection': {'Type': 'AWS::Backup::BackupSelection', 'Properties': {
            'BackupPlanId': {'Ref': 'Plan'}, 'BackupSelection': {
                'SelectionName': 'database', 'IamRoleArn': 'arn:aws:iam::000000000000:role/backup',
                'Resources': ['arn:aws:rds:us-east-1:000000000000:cluster:shop']}}},
    }, Outputs={'Selection': {'Value': {'Fn::GetAtt': ['Selection', 'SelectionId']}}}) == 'CREATE_COMPLETE', stack.reasons()
    found = aws('backup').get_backup_selection(BackupPlanId=stack.id_of('Plan'), SelectionId=stack.output('Selection'))
    assert found['BackupSelection']['Resources'] == ['arn:aws:rds:us-east-1:000000000000:cluster:shop']


def test_secret_has_its_policy(aws, stack):
    policy = {'Version': '2012-10-17', 'Statement': [{'Effect': 'Deny', 'Principal': '*', 'Action': '*', 'Resource': '*'}]}
    assert stack.deploy({
        'Secret': {'Type': 'AWS::SecretsManager::Secret', 'Properties': {'GenerateSecretString': {}}},
        'Policy': {'Type': 'AWS::SecretsManager::ResourcePolicy', 'Properties': {
            'SecretId': {'Ref': 'Secret'}, 'ResourcePolicy': policy}},
    }) == 'CREATE_COMPLETE', stack.reasons()
    found = aws('secretsmanager').get_resource_policy(SecretId=stack.id_of('Secret'))
    assert json.loads(found['ResourcePolicy']) == policy


def test_generated_secret_is_made_of_what_is_asked_for(aws, stack):
    asked = {'PasswordLength': 64, 'ExcludePunctuation': True, 'ExcludeUppercase': 'true', 'ExcludeCharacters': 'abc',
             'SecretStringTemplate': '{"username": "shop"}', 'GenerateStringKey': 'password'}
    assert stack.deploy({'Secret': {'Type': 'AWS::SecretsManager::Secret', 'Properties': {
        'GenerateSecretString': asked}}}) == 'CREATE_COMPLETE', stack.reasons()
    secret = json.loads(aws('secretsmanager').get_secret_value(SecretId=stack.id_of('Secret'))['SecretString'])
    assert secret['username'] == 'shop'
    assert re.fullmatch('[d-z0-9]{64}', secret['password'])


def test_target_group_has_the_name_that_cloudwatch_knows(aws, stack):
    group = {'Type': 'AWS::ElasticLoadBalancingV2::TargetGroup', 'Properties': {'Port': 80, 'Protocol': 'HTTP', 'TargetType': 'ip', 'VpcId': 'vpc-1'}}
    named = {'Type': 'AWS::SSM::Parameter', 'Properties': {'Name': '/group', 'Type': 'String', 'Value': {'Fn::GetAtt': ['Group', 'TargetGroupFullName']}}}
    assert stack.deploy({'Group': group, 'Named': named}) == 'CREATE_COMPLETE', stack.reasons()
    value = aws('ssm').get_parameter(Name='/group')['Parameter']['Value']
    assert value == stack.id_of('Group').split(':')[-1] and value.startswith('targetgroup/')
