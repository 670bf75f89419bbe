from botocore.exceptions import ClientError

BLOCKED = {'BlockPublicAcls': True, 'BlockPublicPolicy': True, 'IgnorePublicAcls': True, 'RestrictPublicBuckets': True}


def bucket(**properties):
    return {'Key': {'Type': 'AWS::KMS::Key', 'Properties': {'KeyPolicy': {'Statement': []}}},
            'Logs': {'Type': 'AWS::S3::Bucket', 'Properties': {'OwnershipControls': {'Rules': [{'ObjectOwnership': 'ObjectWriter'}]}}},
            'Media': {'Type': 'AWS::S3::Bucket', 'Properties': properties}}


MEDIA = {
    'BucketEncryption': {'ServerSideEncryptionConfiguration': [{'BucketKeyEnabled': True, 'ServerSideEncryptionByDefault': {
        'SSEAlgorithm': 'aws:kms', 'KMSMasterKeyID': {'Fn::GetAtt': ['Key', 'Arn']}}}]},
    'PublicAccessBlockConfiguration': BLOCKED,
    'VersioningConfiguration': {'Status': 'Enabled'},
    'LoggingConfiguration': {'DestinationBucketName': {'Ref': 'Logs'}, 'LogFilePrefix': 'media/'},
    'Tags': [{'Key': 'team', 'Value': 'shop'}],
    'LifecycleConfiguration': {'Rules': [
        {'Id': 'old', 'Status': 'Enabled', 'NoncurrentVersionExpiration': {'NoncurrentDays': '30'},
         'AbortIncompleteMultipartUpload': {'DaysAfterInitiation': 7}},
        {'Status': 'Enabled', 'Prefix': 'raw/', 'ExpirationInDays': 365,
         'Transitions': [{'StorageClass': 'GLACIER_IR', 'TransitionInDays': 90}]},
        {'Status': 'Enabled', 'TagFilters': [{'Key': 'keep', 'Value': 'no'}], 'ExpirationInDays': 1},
    ]},
}


def test_bucket_comes_back_as_declared(aws, stack):
    assert stack.deploy(bucket(**MEDIA)) == 'CREATE_COMPLETE', stack.reasons()
    s3, name = aws('s3'), stack.id_of('Media')
    encryption = s3.get_bucket_encryption(Bucket=name)['ServerSideEncryptionConfiguration']['Rules'][0]
    assert encryption['BucketKeyEnabled'] is True
    assert encryption['ApplyServerSideEncryptionByDefault']['SSEAlgorithm'] == 'aws:kms'
    assert encryption['ApplyServerSideEncryptionByDefault']['KMSMasterKeyID'].endswith(stack.id_of('Key'))
    assert s3.get_public_access_block(Bucket=name)['PublicAccessBlockConfiguration'] == BLOCKED
    assert s3.get_bucket_versioning(Bucket=name)['Status'] == 'Enabled'
    assert s3.get_bucket_logging(Bucket=name)['LoggingEnabled'] == {
        'TargetBucket': stack.id_of('Logs'), 'TargetPrefix': 'media/'}
    assert {'Key': 'team', 'Value': 'shop'} in s3.get_bucket_tagging(Bucket=name)['TagSet']
    assert s3.get_bucket_ownership_controls(Bucket=stack.id_of('Logs'))['OwnershipControls']['Rules'] == [
        {'ObjectOwnership': 'ObjectWriter'}]


def test_life_cycle_comes_back_as_declared(aws, stack):
    assert stack.deploy(bucket(**MEDIA)) == 'CREATE_COMPLETE', stack.reasons()
    old, raw, tagged = aws('s3').get_bucket_lifecycle_configuration(Bucket=stack.id_of('Media'))['Rules']
    assert old['NoncurrentVersionExpiration'] == {'NoncurrentDays': 30}
    assert old['AbortIncompleteMultipartUpload'] == {'DaysAfterInitiation': 7}
    assert (raw['Filter'], raw['Expiration']) == ({'Prefix': 'raw/'}, {'Days': 365})
    assert raw['Transitions'] == [{'Days': 90, 'StorageClass': 'GLACIER_IR'}]
    assert tagged['Filter'] == {'Tag': {'Key': 'keep', 'Value': 'no'}}


def test_what_the_template_drops_is_gone_from_the_bucket(aws, stack):
    assert stack.deploy(bucket(**MEDIA)) == 'CREATE_COMPLETE', stack.reasons()
    kept = stack.id_of('Media')
    assert stack.deploy(bucket(VersioningConfiguration={'Status': 'Enabled'})) == 'UPDATE_COMPLETE', stack.reasons()
    assert stack.id_of('Media') == kept
    encryption = aws('s3').get_bucket_encryption(Bucket=kept)['ServerSideEncryptionConfiguration']['Rules'][0]
    assert encryption['ApplyServerSideEncryptionByDefault']['SSEAlgorithm'] == 'AES256'
    assert 'LoggingEnabled' not in aws('s3').get_bucket_logging(Bucket=kept)
    try:
        rules = aws('s3').get_bucket_lifecycle_configuration(Bucket=kept)['Rules']
    except ClientError as error:
        assert error.response['Error']['Code'] == 'NoSuchLifecycleConfiguration'
    else:
        raise AssertionError(f'still there: {rules}')


def test_bucket_with_objects_is_not_deleted(aws, stack):
    assert stack.deploy({'Media': {'Type': 'AWS::S3::Bucket'}}) == 'CREATE_COMPLETE', stack.reasons()
    name = stack.id_of('Media')
    aws('s3').put_object(Bucket=name, Key='media/a.jpg', Body=b'jpg')
    assert stack.delete() == 'DELETE_FAILED'
    assert aws('s3').get_object(Bucket=name, Key='media/a.jpg')['Body'].read() == b'jpg'
    aws('s3').delete_object(Bucket=name, Key='media/a.jpg')
    assert stack.delete() == 'DELETE_COMPLETE'


def test_bucket_that_cannot_be_completed_is_not_left_behind(aws, stack):
    encryption = {'ServerSideEncryptionConfiguration': [{'ServerSideEncryptionByDefault': {'SSEAlgorithm': 'rot13'}}]}
    assert stack.deploy(bucket(BucketEncryption=encryption)) == 'ROLLBACK_COMPLETE'
    assert not any(each['Name'].startswith(stack.name) for each in aws('s3').list_buckets()['Buckets'])
