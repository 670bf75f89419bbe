"""Task definitions and services as they were declared, and the capacity providers of a cluster."""

from ..aws import camel, client, gone_is_fine, input_of
from ..registry import Resource, resource


@resource('AWS::ECS::ClusterCapacityProviderAssociations')
class ClusterCapacityProviders(Resource):
    replaced_by = ('Cluster',)

    def create(self, at, props):
        _put_providers(props['Cluster'], props)
        return props['Cluster'], {}

    def update(self, physical_id, old, new):
        _put_providers(physical_id, new)
        return {}

    def delete(self, physical_id, props):
        with gone_is_fine():
            _put_providers(physical_id, {})


def _put_providers(cluster, props):
    client('ecs').put_cluster_capacity_providers(**input_of('ecs', 'PutClusterCapacityProviders', {
        'cluster': cluster,
        'capacityProviders': props.get('CapacityProviders', []),
        'defaultCapacityProviderStrategy': camel(props.get('DefaultCapacityProviderStrategy', [])),
    }))
