"""What holds for every stack, whatever is in it."""

import json
import time

from botocore.exceptions import ClientError

FUNCTION = '''
import boto3
import cfnresponse

def handler(event, context):
    topics = boto3.client('sns').list_topics()['Topics']
    known = event['ResourceProperties']['Topic'] in [each['TopicArn'] for each in topics]
    cfnresponse.send(event, context, cfnresponse.SUCCESS, {'Known': str(known)}, 'looked')
'''


def test_unknown_type_fails_the_deploy(stack):
    try:
        status = stack.deploy({'What': {'Type': 'AWS::GameLift::Fleet', 'Properties': {}}})
    except ClientError as error:
        assert 'AWS::GameLift::Fleet' in str(error)
    else:
        raise AssertionError(f'deployed: {status}')


def test_inline_python_function_runs_with_boto3_and_cfnresponse(stack):
    assert stack.deploy({
        'Topic': {'Type': 'AWS::SNS::Topic'},
        'Role': {'Type': 'AWS::IAM::Role', 'Properties': {'AssumeRolePolicyDocument': {'Statement': []}}},
        'Function': {'Type': 'AWS::Lambda::Function', 'Properties': {
            'Runtime': 'python3.13', 'Handler': 'index.handler', 'Timeout': 20, 'Role': {'Fn::GetAtt': ['Role', 'Arn']},
            'Code': {'ZipFile': FUNCTION}}},
        'Look': {'Type': 'Custom::Look', 'Properties': {
            'ServiceToken': {'Fn::GetAtt': ['Function', 'Arn']}, 'ServiceTimeout': 30, 'Topic': {'Ref': 'Topic'}}},
    }, Outputs={'Known': {'Value': {'Fn::GetAtt': ['Look', 'Known']}}}) == 'CREATE_COMPLETE', stack.reasons()
    assert stack.output('Known') == 'True'


def test_stack_is_deleted_by_its_arn(aws, stack):
    assert stack.deploy({'Topic': {'Type': 'AWS::SNS::Topic'}}) == 'CREATE_COMPLETE', stack.reasons()
    topic = stack.id_of('Topic')
    arn = aws('cloudformation').describe_stacks(StackName=stack.name)['Stacks'][0]['StackId']
    aws('cloudformation').delete_stack(StackName=arn)
    for _ in range(100):
        if not stack.exists():
            break
        time.sleep(0.05)
    assert topic not in [each['TopicArn'] for each in aws('sns').list_topics()['Topics']]


def test_what_is_only_recorded_is_listed(local_aws, stack):
    assert stack.deploy({
        'Secret': {'Type': 'AWS::SecretsManager::Secret', 'Properties': {'GenerateSecretString': {}}},
        'Rotation': {'Type': 'AWS::SecretsManager::RotationSchedule', 'Properties': {
            'SecretId': {'Ref': 'Secret'}, 'RotationRules': {'ScheduleExpression': 'rate(30 days)'}}},
    }) == 'CREATE_COMPLETE', stack.reasons()
    listed = json.loads((local_aws[1] / 'recorded-only.json').read_text())
    assert {'type': 'AWS::SecretsManager::RotationSchedule', 'stack': stack.name, 'logicalId': 'Rotation'} in listed
    assert not any(each['logicalId'] == 'Secret' for each in listed)


def test_a_stack_that_is_made_again_does_not_run_into_what_the_first_one_left(aws, stack):
    resources = {'Parameters': {'Type': 'AWS::RDS::DBClusterParameterGroup', 'DeletionPolicy': 'Retain', 'Properties': {
        'Family': 'aurora-mysql8.0', 'Description': 'kept', 'Parameters': {'slow_query_log': '1'}}}}
    assert stack.deploy(resources) == 'CREATE_COMPLETE', stack.reasons()
    kept = stack.id_of('Parameters')
    assert stack.delete() == 'DELETE_COMPLETE'
    assert stack.deploy(resources) == 'CREATE_COMPLETE', stack.reasons()
    assert stack.id_of('Parameters') != kept
    for name in (kept, stack.id_of('Parameters')):
        assert aws('rds').describe_db_cluster_parameter_groups(DBClusterParameterGroupName=name)['DBClusterParameterGroups']
