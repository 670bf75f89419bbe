"""What ministack's bucket drops: encryption, life cycle, access log, ownership and tags."""

from ..aws import boolean, client, pick
from ..registry import deepens, guards_delete_of


@deepens('AWS::S3::Bucket')
def default_encryption(bucket, props):
    rules = (props.get('BucketEncryption') or {}).get('ServerSideEncryptionConfiguration')
    if not rules:
        client('s3').delete_bucket_encryption(Bucket=bucket)
        return
    client('s3').put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration={'Rules': [{
        'ApplyServerSideEncryptionByDefault': _default(rule['ServerSideEncryptionByDefault']),
        'BucketKeyEnabled': boolean(rule.get('BucketKeyEnabled', False)),
    } for rule in rules]})


def _default(encryption):
    """ministack asks for a key by name where S3 falls back on the account's own."""
    own_key = {'KMSMasterKeyID': 'alias/aws/s3'} if encryption['SSEAlgorithm'].startswith('aws:kms') else {}
    return {**own_key, **encryption}


@deepens('AWS::S3::Bucket')
def life_cycle(bucket, props):
    rules = (props.get('LifecycleConfiguration') or {}).get('Rules')
    if not rules:
        client('s3').delete_bucket_lifecycle(Bucket=bucket)
        return
    client('s3').put_bucket_lifecycle_configuration(Bucket=bucket, LifecycleConfiguration={
        'Rules': [_rule(rule, index) for index, rule in enumerate(rules)]})


def _rule(rule, index):
    made = {'ID': rule.get('Id') or f'rule-{index}', 'Status': rule['Status'], 'Filter': _filter(rule)}
    expiration = {
        **({'Days': int(rule['ExpirationInDays'])} if 'ExpirationInDays' in rule else {}),
        **({'Date': rule['ExpirationDate']} if 'ExpirationDate' in rule else {}),
        **({'ExpiredObjectDeleteMarker': boolean(rule['ExpiredObjectDeleteMarker'])}
           if 'ExpiredObjectDeleteMarker' in rule else {}),
    }
    if expiration:
        made['Expiration'] = expiration
    if rule.get('Transitions'):
        made['Transitions'] = [
            {'Days': int(each['TransitionInDays']), 'StorageClass': each['StorageClass']} for each in rule['Transitions']]
    if rule.get('NoncurrentVersionExpiration'):
        made['NoncurrentVersionExpiration'] = {
            name: int(value) for name, value in rule['NoncurrentVersionExpiration'].items()}
    if rule.get('NoncurrentVersionTransitions'):
        made['NoncurrentVersionTransitions'] = [
            {'NoncurrentDays': int(each['TransitionInDays']), 'StorageClass': each['StorageClass']}
            for each in rule['NoncurrentVersionTransitions']]
    if rule.get('AbortIncompleteMultipartUpload'):
        made['AbortIncompleteMultipartUpload'] = {
            'DaysAfterInitiation': int(rule['AbortIncompleteMultipartUpload']['DaysAfterInitiation'])}
    return made


def _filter(rule):
    prefix = pick(rule, 'Prefix')
    tags = rule.get('TagFilters') or []
    if not tags:
        return {'Prefix': prefix.get('Prefix', '')}
    return {'And': {**prefix, 'Tags': tags}} if prefix or len(tags) > 1 else {'Tag': tags[0]}


@deepens('AWS::S3::Bucket')
def access_log(bucket, props):
    logging = props.get('LoggingConfiguration')
    status = {} if not logging else {'LoggingEnabled': {
        'TargetBucket': logging.get('DestinationBucketName', bucket), 'TargetPrefix': logging.get('LogFilePrefix', '')}}
    client('s3').put_bucket_logging(Bucket=bucket, BucketLoggingStatus=status)


@deepens('AWS::S3::Bucket')
def ownership(bucket, props):
    controls = props.get('OwnershipControls')
    if controls:
        client('s3').put_bucket_ownership_controls(Bucket=bucket, OwnershipControls={'Rules': controls['Rules']})


@deepens('AWS::S3::Bucket')
def tags(bucket, props):
    if props.get('Tags'):
        client('s3').put_bucket_tagging(Bucket=bucket, Tagging={'TagSet': props['Tags']})


@guards_delete_of('AWS::S3::Bucket')
def not_empty(bucket, props):
    if client('s3').list_object_versions(Bucket=bucket, MaxKeys=1).get('Versions'):
        raise ValueError(f'The bucket you tried to delete is not empty: {bucket}')
