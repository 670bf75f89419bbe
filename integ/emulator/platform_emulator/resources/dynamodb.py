"""What ministack's table drops when CloudFormation makes it: its key, its limits, its time to live and its backups."""

from ministack.services import dynamodb

from ..aws import boolean, client, input_of, pick
from ..registry import deepens, guards_delete_of, uses

_TABLES = uses(dynamodb, '_tables')


@deepens('AWS::DynamoDB::Table')
def encryption_and_limits(name, props):
    encryption = props.get('SSESpecification')
    request = {
        'TableName': name,
        # CloudFormation and the API have another word for "on".
        'SSESpecification': {'Enabled': boolean(encryption['SSEEnabled']), **pick(encryption, 'SSEType', 'KMSMasterKeyId')}
        if encryption else {'Enabled': False},
        **pick(props, 'OnDemandThroughput', 'WarmThroughput'),
    }
    client('dynamodb').update_table(**input_of('dynamodb', 'UpdateTable', request))


@deepens('AWS::DynamoDB::Table')
def time_to_live(name, props):
    wanted = props.get('TimeToLiveSpecification')
    now = client('dynamodb').describe_time_to_live(TableName=name)['TimeToLiveDescription']
    if wanted and boolean(wanted.get('Enabled', False)) != (now['TimeToLiveStatus'] == 'ENABLED'):
        client('dynamodb').update_time_to_live(TableName=name, TimeToLiveSpecification={
            'Enabled': boolean(wanted['Enabled']), 'AttributeName': wanted['AttributeName']})


@deepens('AWS::DynamoDB::Table')
def point_in_time_recovery(name, props):
    wanted = props.get('PointInTimeRecoverySpecification') or {'PointInTimeRecoveryEnabled': False}
    client('dynamodb').update_continuous_backups(**input_of('dynamodb', 'UpdateContinuousBackups', {
        'TableName': name, 'PointInTimeRecoverySpecification': wanted}))


@guards_delete_of('AWS::DynamoDB::Table')
def protected_table(name, props):
    if boolean(_TABLES.get(name, {}).get('DeletionProtectionEnabled', False)):
        raise ValueError(f'Resource cannot be deleted as it is currently protected against deletion: {name}')
