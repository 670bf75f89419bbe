"""Saved queries of Logs Insights."""

from ..aws import client, gone_is_fine, input_of
from ..registry import Resource, resource


@resource('AWS::Logs::QueryDefinition')
class QueryDefinition(Resource):
    def create(self, at, props):
        return _put(props)

    def update(self, physical_id, old, new):
        return _put({**new, 'QueryDefinitionId': physical_id})[1]

    def delete(self, physical_id, props):
        with gone_is_fine():
            client('logs').delete_query_definition(queryDefinitionId=physical_id)


def _put(props):
    made = client('logs').put_query_definition(**input_of('logs', 'PutQueryDefinition', props))
    return made['queryDefinitionId'], {'QueryDefinitionId': made['queryDefinitionId']}
