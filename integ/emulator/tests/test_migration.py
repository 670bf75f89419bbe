import json


def declared(local_aws):
    return {(each['type'], each['logicalId']): each for each in json.loads((local_aws[1] / 'recorded-only.json').read_text())}


def test_a_replication_is_recorded_under_arns_whose_seventh_part_tells_it(local_aws, stack):
    task = {'Type': 'AWS::DMS::ReplicationTask', 'Properties': {'MigrationType': 'full-load-and-cdc', 'TableMappings': '{}'}}
    assert stack.deploy(
        {'Replication': task}, Outputs={'Id': {'Value': {'Fn::Select': [6, {'Fn::Split': [':', {'Ref': 'Replication'}]}]}}},
    ) == 'CREATE_COMPLETE', stack.reasons()
    assert stack.id_of('Replication') == f"arn:aws:dms:us-east-1:000000000000:task:{stack.output('Id')}"
    assert ('AWS::DMS::ReplicationTask', 'Replication') in declared(local_aws)


def test_a_transfer_is_recorded_under_arns(local_aws, stack):
    nfs = {'Type': 'AWS::DataSync::LocationNFS', 'Properties': {'OnPremConfig': {'AgentArns': ['agent']}}}
    task = {'Type': 'AWS::DataSync::Task', 'Properties': {'SourceLocationArn': {'Ref': 'From'}, 'DestinationLocationArn': {'Ref': 'From'}}}
    assert stack.deploy({'From': nfs, 'Copy': task}) == 'CREATE_COMPLETE', stack.reasons()
    assert stack.id_of('From').startswith('arn:aws:datasync:us-east-1:000000000000:location/loc-')
    assert stack.id_of('Copy').startswith('arn:aws:datasync:us-east-1:000000000000:task/task-')
    assert ('AWS::DataSync::Task', 'Copy') in declared(local_aws)


def test_a_name_is_shared_by_weight_as_long_as_each_side_is_well(aws, stack):
    check = {'Type': 'HTTPS', 'IPAddress': '198.51.100.7', 'FullyQualifiedDomainName': 'shop.example.com', 'Port': 443, 'EnableSNI': True,
             'ResourcePath': '/healthz', 'RequestInterval': 30, 'FailureThreshold': 3}
    record = {'HostedZoneId': {'Ref': 'Zone'}, 'Name': 'shop.example.com.', 'Type': 'A', 'TTL': '60'}
    resources = {
        'Zone': {'Type': 'AWS::Route53::HostedZone', 'Properties': {'Name': 'example.com.'}},
        'Check': {'Type': 'AWS::Route53::HealthCheck', 'Properties': {'HealthCheckConfig': check}},
        'Any': {'Type': 'AWS::Route53::HealthCheck', 'Properties': {'HealthCheckConfig': {
            'Type': 'CALCULATED', 'ChildHealthChecks': [{'Ref': 'Check'}], 'HealthThreshold': 1}}},
        'NoneHealthy': {'Type': 'AWS::CloudWatch::Alarm', 'Properties': {
            'AlarmName': 'Shop targetgroup/a/1 app/b/2', 'Namespace': 'AWS/ApplicationELB', 'MetricName': 'HealthyHostCount', 'Statistic': 'Maximum',
            'Period': 60, 'EvaluationPeriods': 2, 'Threshold': 1, 'ComparisonOperator': 'LessThanThreshold'}},
        'Units': {'Type': 'AWS::Route53::HealthCheck', 'Properties': {'HealthCheckConfig': {
            'Type': 'CLOUDWATCH_METRIC', 'AlarmIdentifier': {'Name': {'Ref': 'NoneHealthy'}, 'Region': 'us-east-1'},
            'InsufficientDataHealthStatus': 'Unhealthy'}}},
        'Legacy': {'Type': 'AWS::Route53::RecordSet', 'Properties': {
            **record, 'SetIdentifier': 'legacy', 'Weight': 80, 'HealthCheckId': {'Ref': 'Check'}, 'ResourceRecords': ['198.51.100.7']}},
        'Platform': {'Type': 'AWS::Route53::RecordSet', 'Properties': {
            **record, 'SetIdentifier': 'platform', 'Weight': 20, 'HealthCheckId': {'Ref': 'Units'}, 'ResourceRecords': ['203.0.113.7']}},
    }
    assert stack.deploy(resources) == 'CREATE_COMPLETE', stack.reasons()
    made = aws('route53').get_health_check(HealthCheckId=stack.id_of('Check'))['HealthCheck']['HealthCheckConfig']
    assert {name: made[name] for name in check} == check
    any_of = aws('route53').get_health_check(HealthCheckId=stack.id_of('Any'))['HealthCheck']['HealthCheckConfig']
    assert any_of['ChildHealthChecks'] == [stack.id_of('Check')]
    units = aws('route53').get_health_check(HealthCheckId=stack.id_of('Units'))['HealthCheck']['HealthCheckConfig']
    assert (units['AlarmIdentifier'], units['InsufficientDataHealthStatus']) == (
        {'Name': 'Shop targetgroup/a/1 app/b/2', 'Region': 'us-east-1'}, 'Unhealthy')
    records = aws('route53').list_resource_record_sets(HostedZoneId=stack.id_of('Zone'))['ResourceRecordSets']
    assert [(each['SetIdentifier'], each['Weight'], each.get('HealthCheckId')) for each in records if each['Type'] == 'A'] == [
        ('legacy', 80, stack.id_of('Check')), ('platform', 20, stack.id_of('Units'))]

    resources['Platform']['Properties']['Weight'] = 100
    resources['Legacy']['Properties']['Weight'] = 0
    assert stack.deploy(resources) == 'UPDATE_COMPLETE', stack.reasons()
    records = aws('route53').list_resource_record_sets(HostedZoneId=stack.id_of('Zone'))['ResourceRecordSets']
    assert [each['Weight'] for each in records if each['Type'] == 'A'] == [0, 100]
