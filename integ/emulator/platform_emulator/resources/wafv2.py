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
