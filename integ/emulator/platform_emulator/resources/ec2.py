"""Addresses, NAT gateways, flow logs and the rules of security groups."""

from itertools import count

from ministack.services import ec2

from ..aws import client, gone_is_fine, input_of, pick
from ..registry import Resource, replaces, resource


def _tag_specifications(kind, props):
    return {'TagSpecifications': [{'ResourceType': kind, 'Tags': props['Tags']}]} if props.get('Tags') else {}


@resource('AWS::EC2::EIP')
class ElasticIp(Resource):
    def create(self, at, props):
        made = client('ec2').allocate_address(Domain='vpc', **_tag_specifications('elastic-ip', props))
        return made['PublicIp'], {'AllocationId': made['AllocationId'], 'PublicIp': made['PublicIp']}

    def delete(self, physical_id, props):
        with gone_is_fine():
            found = client('ec2').describe_addresses(PublicIps=[physical_id])['Addresses']
            for address in found:
                client('ec2').release_address(AllocationId=address['AllocationId'])


@resource('AWS::EC2::NatGateway')
class NatGateway(Resource):
    def create(self, at, props):
        made = client('ec2').create_nat_gateway(
            **pick(props, 'SubnetId', 'AllocationId', 'ConnectivityType'), **_tag_specifications('natgateway', props))
        physical_id = made['NatGateway']['NatGatewayId']
        return physical_id, {'NatGatewayId': physical_id}

    def delete(self, physical_id, props):
        with gone_is_fine():
            client('ec2').delete_nat_gateway(NatGatewayId=physical_id)


@resource('AWS::EC2::FlowLog')
class FlowLog(Resource):
    def create(self, at, props):
        request = input_of('ec2', 'CreateFlowLogs', {
            'ResourceIds': [props['ResourceId']],
            **pick(props, 'ResourceType', 'TrafficType', 'LogDestinationType', 'LogGroupName', 'LogDestination',
                   'DeliverLogsPermissionArn', 'LogFormat', 'MaxAggregationInterval'),
            **_tag_specifications('vpc-flow-log', props),
        })
        physical_id = client('ec2').create_flow_logs(**request)['FlowLogIds'][0]
        return physical_id, {'Id': physical_id}

    def delete(self, physical_id, props):
        with gone_is_fine():
            client('ec2').delete_flow_logs(FlowLogIds=[physical_id])


class SecurityGroupRule(Resource):
    """One rule; the group's own inline rules are ministack's."""

    direction = ''

    def create(self, at, props):
        call = getattr(client('ec2'), f'authorize_security_group_{self.direction}')
        made = call(GroupId=props['GroupId'], IpPermissions=[_permission(props)])
        rule = _rule_id(made, props, self.direction)
        return rule, {'Id': rule}

    def delete(self, physical_id, props):
        with gone_is_fine():
            call = getattr(client('ec2'), f'revoke_security_group_{self.direction}')
            call(GroupId=props['GroupId'], IpPermissions=[_permission(props)])


@resource('AWS::EC2::SecurityGroupIngress')
class SecurityGroupIngress(SecurityGroupRule):
    direction = 'ingress'


@resource('AWS::EC2::SecurityGroupEgress')
class SecurityGroupEgress(SecurityGroupRule):
    direction = 'egress'


def _permission(props):
    protocol = str(props['IpProtocol'])
    permission = {'IpProtocol': protocol}
    if protocol != '-1':
        permission.update(FromPort=int(props['FromPort']), ToPort=int(props['ToPort']))
    about = {'Description': props['Description']} if props.get('Description') else {}
    group = props.get('SourceSecurityGroupId') or props.get('DestinationSecurityGroupId')
    prefixes = props.get('SourcePrefixListId') or props.get('DestinationPrefixListId')
    if group:
        permission['UserIdGroupPairs'] = [{'GroupId': group, **about}]
    if prefixes:
        permission['PrefixListIds'] = [{'PrefixListId': prefixes, **about}]
    if props.get('CidrIp'):
        permission['IpRanges'] = [{'CidrIp': props['CidrIp'], **about}]
    if props.get('CidrIpv6'):
        permission['Ipv6Ranges'] = [{'CidrIpv6': props['CidrIpv6'], **about}]
    return permission


def _rule_id(made, props, direction):
    rules = made.get('SecurityGroupRules') or []
    if rules:
        return rules[0]['SecurityGroupRuleId']
    raise ValueError(f"security group {props['GroupId']} took no {direction} rule from {props}")


@replaces(ec2, '_parse_ip_permissions', ['params', 'prefix'])
def parse_permissions(ordinary, params, prefix):
    """ministack's API reads a rule's addresses and groups, but not its prefix lists."""
    rules = ordinary(params, prefix)
    for index, rule in enumerate(rules, start=1):
        for position in count(1):
            place = f'{prefix}.{index}.PrefixListIds.{position}'
            if f'{place}.PrefixListId' not in params:
                break
            entry = {'PrefixListId': _single(params[f'{place}.PrefixListId'])}
            if f'{place}.Description' in params:
                entry['Description'] = _single(params[f'{place}.Description'])
            rule['PrefixListIds'].append(entry)
    return rules


def _single(value):
    return value[0] if isinstance(value, list) else value


@replaces(ec2, '_zone_name_for_az_id', ['az_id'])
def zone_of_id(ordinary, az_id):
    """ministack knows the first three zones of a Region; a subnet with the id of another would land in the first."""
    names = (f'{ec2.get_region()}{letter}' for letter in 'def')
    return ordinary(az_id) or next((name for name in names if ec2._az_id_for_zone_name(name) == az_id), None)
