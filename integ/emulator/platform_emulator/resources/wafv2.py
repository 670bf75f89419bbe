"""Where a web ACL logs to, and what it protects besides a distribution."""

from ..aws import client, gone_is_fine, pick
from ..registry import Resource, resource


@resource('AWS::WAFv2::LoggingConfiguration')
class LoggingConfiguration(Resource):
    replaced_by = ('ResourceArn',)

    def create(self, at, props):
        client('wafv2').put_logging_configuration(LoggingConfiguration=_configuration(props))
        return props['ResourceArn'], {'ManagedByFirewallManager': 'false'}

    def update(self, physical_id, old, new):
        client('wafv2').put_logging_configuration(LoggingConfiguration=_configuration(new))
        return {'ManagedByFirewallManager': 'false'}

    def delete(self, physical_id, props):
        with gone_is_fine():
            client('wafv2').delete_logging_configuration(ResourceArn=physical_id)


def _configuration(props):
    return pick(props, 'ResourceArn', 'LogDestinationConfigs', 'RedactedFields', 'LoggingFilter')


@resource('AWS::WAFv2::WebACLAssociation')
class WebAclAssociation(Resource):
    def create(self, at, props):
        client('wafv2').associate_web_acl(WebACLArn=props['WebACLArn'], ResourceArn=props['ResourceArn'])
        return f"{props['WebACLArn']}|{props['ResourceArn']}", {}

    def delete(self, physical_id, props):
        with gone_is_fine():
            client('wafv2').disassociate_web_acl(ResourceArn=props['ResourceArn'])


@resource('AWS::WAFv2::IPSet')
class IpSet(Resource):
    replaced_by = ('Name', 'Scope', 'IPAddressVersion')

    def create(self, at, props):
        request = {**pick(props, 'Scope', 'IPAddressVersion', 'Addresses', 'Description'), 'Name': props.get('Name') or at.name(128)}
        made = client('wafv2').create_ip_set(**request)['Summary']
        return f"{made['Name']}|{made['Id']}|{props['Scope']}", {'Arn': made['ARN'], 'Id': made['Id']}

    def update(self, physical_id, old, new):
        found = _ip_set(physical_id)
        client('wafv2').update_ip_set(**_place(physical_id), LockToken=found['LockToken'], Addresses=new['Addresses'])
        return {'Arn': found['IPSet']['ARN'], 'Id': found['IPSet']['Id']}

    def delete(self, physical_id, props):
        with gone_is_fine():
            client('wafv2').delete_ip_set(**_place(physical_id), LockToken=_ip_set(physical_id)['LockToken'])


def _ip_set(physical_id):
    return client('wafv2').get_ip_set(**_place(physical_id))


def _place(physical_id):
    name, key, scope = physical_id.split('|')
    return {'Name': name, 'Id': key, 'Scope': scope}
