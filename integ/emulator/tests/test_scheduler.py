import json

from botocore.exceptions import ClientError
import pytest

ROLE = {'Type': 'AWS::IAM::Role', 'Properties': {'AssumeRolePolicyDocument': {'Statement': []}}}


def nightly(expression='cron(0 3 * * ? *)', command=('php', 'bin/clean.php'), name='nightly'):
    return {
        'Role': ROLE,
        'Cluster': {'Type': 'AWS::ECS::Cluster'},
        'Key': {'Type': 'AWS::KMS::Key', 'Properties': {'KeyPolicy': {'Statement': []}}},
        'Failed': {'Type': 'AWS::SQS::Queue', 'Properties': {'KmsMasterKeyId': {'Fn::GetAtt': ['Key', 'Arn']}}},
        'Nightly': {'Type': 'AWS::Scheduler::Schedule', 'Properties': {
            'Name': name, 'ScheduleExpression': expression, 'ScheduleExpressionTimezone': 'America/Sao_Paulo',
            'FlexibleTimeWindow': {'Mode': 'OFF'}, 'State': 'ENABLED', 'KmsKeyArn': {'Fn::GetAtt': ['Key', 'Arn']},
            'Target': {
                'Arn': {'Fn::GetAtt': ['Cluster', 'Arn']}, 'RoleArn': {'Fn::GetAtt': ['Role', 'Arn']},
                'DeadLetterConfig': {'Arn': {'Fn::GetAtt': ['Failed', 'Arn']}},
                'RetryPolicy': {'MaximumEventAgeInSeconds': '3600', 'MaximumRetryAttempts': 185},
                'Input': json.dumps({'containerOverrides': [{'name': 'web', 'command': list(command)}]}),
                'EcsParameters': {'TaskDefinitionArn': 'arn:aws:ecs:us-east-1:000000000000:task-definition/shop:1', 'LaunchType': 'FARGATE',
                                  'EnableECSManagedTags': 'true', 'Group': 'scheduled-nightly', 'TaskCount': 1}}}}}


@pytest.fixture
def deployed(stack):
    assert stack.deploy(nightly()) == 'CREATE_COMPLETE', stack.reasons()
    return stack


def test_schedule_comes_back_as_declared(aws, deployed):
    found = aws('scheduler').get_schedule(Name='nightly')
    assert (found['ScheduleExpression'], found['ScheduleExpressionTimezone']) == ('cron(0 3 * * ? *)', 'America/Sao_Paulo')
    assert found['KmsKeyArn'].endswith(deployed.id_of('Key'))
    target = found['Target']
    assert target['RetryPolicy'] == {'MaximumEventAgeInSeconds': 3600, 'MaximumRetryAttempts': 185}
    assert target['EcsParameters']['EnableECSManagedTags'] is True
    assert json.loads(target['Input'])['containerOverrides'][0]['command'] == ['php', 'bin/clean.php']
    queue = aws('sqs').get_queue_attributes(QueueUrl=deployed.id_of('Failed'), AttributeNames=['QueueArn', 'KmsMasterKeyId'])['Attributes']
    assert target['DeadLetterConfig']['Arn'] == queue['QueueArn']
    assert queue['KmsMasterKeyId'].endswith(deployed.id_of('Key'))


def test_schedule_changes_in_place_and_goes_with_its_stack(aws, deployed):
    assert deployed.deploy(nightly('rate(2 hours)', ('php', 'bin/mail.php'))) == 'UPDATE_COMPLETE', deployed.reasons()
    found = aws('scheduler').get_schedule(Name='nightly')
    assert found['ScheduleExpression'] == 'rate(2 hours)'
    assert 'bin/mail.php' in found['Target']['Input']
    assert deployed.deploy(nightly(name='daily')) == 'UPDATE_COMPLETE', deployed.reasons()
    assert [each['Name'] for each in aws('scheduler').list_schedules()['Schedules']] == ['daily']
    assert deployed.delete() == 'DELETE_COMPLETE'
    with pytest.raises(ClientError, match='ResourceNotFoundException'):
        aws('scheduler').get_schedule(Name='daily')
