import pytest


def table(limit=50, protected=False):
    return {
        'Key': {'Type': 'AWS::KMS::Key', 'Properties': {'KeyPolicy': {'Statement': []}}},
        'Table': {'Type': 'AWS::DynamoDB::Table', 'Properties': {
            'KeySchema': [{'AttributeName': 'id', 'KeyType': 'HASH'}],
            'AttributeDefinitions': [{'AttributeName': 'id', 'AttributeType': 'S'}],
            'BillingMode': 'PAY_PER_REQUEST',
            'OnDemandThroughput': {'MaxReadRequestUnits': limit, 'MaxWriteRequestUnits': limit},
            'SSESpecification': {'SSEEnabled': True, 'SSEType': 'KMS', 'KMSMasterKeyId': {'Fn::GetAtt': ['Key', 'Arn']}},
            'TimeToLiveSpecification': {'AttributeName': 'expires', 'Enabled': True},
            'PointInTimeRecoverySpecification': {'PointInTimeRecoveryEnabled': True, 'RecoveryPeriodInDays': 35},
            'DeletionProtectionEnabled': protected}},
    }


@pytest.fixture
def deployed(stack):
    assert stack.deploy(table()) == 'CREATE_COMPLETE', stack.reasons()
    return stack


def test_table_comes_back_as_declared(aws, deployed):
    name = deployed.id_of('Table')
    found = aws('dynamodb').describe_table(TableName=name)['Table']
    assert found['KeySchema'] == [{'AttributeName': 'id', 'KeyType': 'HASH'}]
    assert found['SSEDescription']['SSEType'] == 'KMS'
    assert found['SSEDescription']['KMSMasterKeyArn'].endswith(deployed.id_of('Key'))
    assert found['OnDemandThroughput'] == {'MaxReadRequestUnits': 50, 'MaxWriteRequestUnits': 50}
    assert aws('dynamodb').describe_time_to_live(TableName=name)['TimeToLiveDescription'] == {
        'TimeToLiveStatus': 'ENABLED', 'AttributeName': 'expires'}
    backups = aws('dynamodb').describe_continuous_backups(TableName=name)['ContinuousBackupsDescription']
    assert backups['PointInTimeRecoveryDescription']['PointInTimeRecoveryStatus'] == 'ENABLED'


def test_limits_change_in_place_and_items_stay(aws, deployed):
    name = deployed.id_of('Table')
    aws('dynamodb').put_item(TableName=name, Item={'id': {'S': 'a'}})
    assert deployed.deploy(table(limit=70)) == 'UPDATE_COMPLETE', deployed.reasons()
    assert deployed.id_of('Table') == name
    assert aws('dynamodb').describe_table(TableName=name)['Table']['OnDemandThroughput']['MaxReadRequestUnits'] == 70
    assert aws('dynamodb').get_item(TableName=name, Key={'id': {'S': 'a'}})['Item'] == {'id': {'S': 'a'}}


def test_protected_table_is_not_deleted(aws, stack):
    assert stack.deploy(table(protected=True)) == 'CREATE_COMPLETE', stack.reasons()
    name = stack.id_of('Table')
    assert stack.delete() == 'DELETE_FAILED'
    assert any('protected against deletion' in reason for reason in stack.reasons())
    assert aws('dynamodb').describe_table(TableName=name)['Table']['TableStatus'] == 'ACTIVE'
    aws('dynamodb').update_table(TableName=name, DeletionProtectionEnabled=False)
    assert stack.delete() == 'DELETE_COMPLETE'
