"""What the boards and the notifications of a platform are made of, besides alarms."""

import json

import pytest


def query(text, **more):
    return {'Query': {'Type': 'AWS::Logs::QueryDefinition', 'Properties': {
        'Name': 'shop/errors', 'QueryString': text, 'LogGroupNames': ['/shop/application'], **more}}}


def test_query_is_saved_changed_in_place_and_gone_with_the_stack(aws, stack):
    def saved():
        return aws('logs').describe_query_definitions(queryDefinitionNamePrefix='shop/')['queryDefinitions']

    assert stack.deploy(query('fields @message')) == 'CREATE_COMPLETE', stack.reasons()
    before = stack.id_of('Query')
    assert stack.deploy(query('fields @message | limit 20', Name='shop/last errors')) == 'UPDATE_COMPLETE', stack.reasons()
    assert stack.id_of('Query') == before
    found, = saved()
    assert (found['queryDefinitionId'], found['name'], found['queryString']) == (before, 'shop/last errors', 'fields @message | limit 20')
    assert found['logGroupNames'] == ['/shop/application']
    assert aws('logs').describe_query_definitions(queryDefinitionNamePrefix='other')['queryDefinitions'] == []
    assert stack.delete() == 'DELETE_COMPLETE'
    assert saved() == []


def test_log_group_that_is_there_gets_a_key(aws):
    logs, key = aws('logs'), 'arn:aws:kms:us-east-1:000000000000:key/1'
    logs.create_log_group(logGroupName='/aws/rds/shop/error')

    def key_of():
        return logs.describe_log_groups(logGroupNamePrefix='/aws/rds/shop')['logGroups'][0].get('kmsKeyId')

    logs.associate_kms_key(logGroupName='/aws/rds/shop/error', kmsKeyId=key)
    assert key_of() == key
    logs.disassociate_kms_key(resourceIdentifier='arn:aws:logs:us-east-1:000000000000:log-group:/aws/rds/shop/error:*')
    assert key_of() is None
    with pytest.raises(logs.exceptions.ResourceNotFoundException):
        logs.associate_kms_key(logGroupName='/aws/rds/shop/audit', kmsKeyId=key)


def test_chat_channel_and_objective_are_recorded_under_arns(local_aws, stack):
    assert stack.deploy({
        'Channel': {'Type': 'AWS::Chatbot::SlackChannelConfiguration', 'Properties': {
            'ConfigurationName': 'on-call', 'IamRoleArn': 'arn:aws:iam::000000000000:role/chat', 'SlackWorkspaceId': 'T1', 'SlackChannelId': 'C1'}},
        'Objective': {'Type': 'AWS::ApplicationSignals::ServiceLevelObjective', 'Properties': {'Name': 'shop-availability', 'Sli': {}}},
    }, Outputs={name: {'Value': {'Fn::GetAtt': [name, 'Arn']}} for name in ('Channel', 'Objective')}) == 'CREATE_COMPLETE', stack.reasons()
    assert stack.output('Channel') == 'arn:aws:chatbot::000000000000:chat-configuration/slack-channel/on-call'
    assert stack.output('Objective') == 'arn:aws:application-signals:us-east-1:000000000000:slo/shop-availability'
    listed = json.loads((local_aws[1] / 'recorded-only.json').read_text())
    assert {'Channel', 'Objective'} <= {each['logicalId'] for each in listed if each['stack'] == stack.name}


def test_function_of_a_custom_widget_answers_with_html_and_reads_alarms(aws, stack):
    code = '''
import boto3

def handler(event, context):
    found = boto3.client('cloudwatch').describe_alarms(AlarmNames=[event['alarm']])['MetricAlarms']
    return '<p>' + found[0]['StateValue'] + '</p>'
'''
    assert stack.deploy({
        'Alarm': {'Type': 'AWS::CloudWatch::Alarm', 'Properties': {
            'Namespace': 'Shop', 'MetricName': 'Orders', 'Statistic': 'Sum', 'Period': 60, 'EvaluationPeriods': 1, 'Threshold': 1,
            'ComparisonOperator': 'LessThanThreshold', 'TreatMissingData': 'breaching'}},
        'Role': {'Type': 'AWS::IAM::Role', 'Properties': {'AssumeRolePolicyDocument': {'Statement': []}}},
        'Function': {'Type': 'AWS::Lambda::Function', 'Properties': {
            'Runtime': 'python3.13', 'Handler': 'index.handler', 'Timeout': 20, 'Role': {'Fn::GetAtt': ['Role', 'Arn']}, 'Code': {'ZipFile': code}}},
        'MayAsk': {'Type': 'AWS::Lambda::Permission', 'Properties': {
            'FunctionName': {'Ref': 'Function'}, 'Action': 'lambda:InvokeFunction', 'Principal': 'cloudwatch.amazonaws.com'}},
    }) == 'CREATE_COMPLETE', stack.reasons()
    answered = aws('lambda').invoke(FunctionName=stack.id_of('Function'), Payload=json.dumps({'alarm': stack.id_of('Alarm')}))
    assert json.loads(answered['Payload'].read()) == '<p>ALARM</p>'
