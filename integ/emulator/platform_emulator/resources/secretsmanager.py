"""What a generated secret is made of, the policy on a secret, and its rotation."""

import json
import string

from ministack.services.cloudformation import provisioners

from ..aws import boolean, client, gone_is_fine
from ..registry import Resource, recorded, replaces, resource

_EXCLUDED = {'ExcludePunctuation': string.punctuation, 'ExcludeNumbers': string.digits,
             'ExcludeUppercase': string.ascii_uppercase, 'ExcludeLowercase': string.ascii_lowercase}


@replaces(provisioners, '_sm_secret_string', ['props'])
def generated_as_asked(generate, props):
    """ministack heeds `ExcludeCharacters` alone."""
    asked = props.get('GenerateSecretString')
    if not asked:
        return generate(props)
    excluded = [characters for option, characters in _EXCLUDED.items() if boolean(asked.get(option, False))]
    return generate({**props, 'GenerateSecretString': {
        **asked, 'ExcludeCharacters': ''.join([asked.get('ExcludeCharacters', ''), *excluded])}})


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
