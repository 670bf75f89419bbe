from conftest import network


def test_a_zone_with_a_vpc_is_private_and_has_its_record(aws, stack):
    assert stack.deploy(network(
        Zone={'Type': 'AWS::Route53::HostedZone', 'Properties': {
            'Name': 'internal.shop.example.com.', 'VPCs': [{'VPCId': {'Ref': 'Vpc'}, 'VPCRegion': 'us-east-1'}]}},
        Name={'Type': 'AWS::Route53::RecordSet', 'Properties': {
            'HostedZoneId': {'Ref': 'Zone'}, 'Name': 'db.internal.shop.example.com.', 'Type': 'CNAME', 'TTL': '30',
            'ResourceRecords': ['cluster.example.com']}},
    )) == 'CREATE_COMPLETE', stack.reasons()
    zone = aws('route53').get_hosted_zone(Id=stack.id_of('Zone'))
    assert zone['HostedZone']['Config']['PrivateZone'] is True
    assert zone['VPCs'] == [{'VPCRegion': 'us-east-1', 'VPCId': stack.id_of('Vpc')}]
    records = aws('route53').list_resource_record_sets(HostedZoneId=stack.id_of('Zone'))['ResourceRecordSets']
    assert [(each['Name'], each['TTL']) for each in records if each['Type'] == 'CNAME'] == [('db.internal.shop.example.com.', 30)]


def test_a_zone_without_a_vpc_is_public(aws, stack):
    assert stack.deploy({'Zone': {'Type': 'AWS::Route53::HostedZone', 'Properties': {'Name': 'example.com.'}}}) == 'CREATE_COMPLETE', stack.reasons()
    assert aws('route53').get_hosted_zone(Id=stack.id_of('Zone'))['HostedZone']['Config']['PrivateZone'] is False
