"""The policy on a secret, and its rotation."""

import json

from ..aws import client, gone_is_fine
from ..registry import Resource, recorded, resource


@resource('AWS::SecretsManager::ResourcePolicy')
class SecretPolicy(Resource):
    replaced_by = ('SecretId',)

    def create(self, at, props):
        _put(props)
        return props['SecretId'], {'Id': props['SecretId']}

    def update(self, physical_id, old, new):
        _put(new)
        return {'Id': physical_id}

    def delete(self, physical_id, props):
        with gone_is_fine():
            client('secretsmanager').delete_resource_policy(SecretId=props['SecretId'])


def _put(props):
    policy = props['ResourcePolicy']
    client('secretsmanager').put_resource_policy(
        SecretId=props['SecretId'], ResourcePolicy=policy if isinstance(policy, str) else json.dumps(policy))


# ministack answers RotateSecret but never runs a rotation.
recorded('AWS::SecretsManager::RotationSchedule', lambda name, props: {'Id': props['SecretId']})
