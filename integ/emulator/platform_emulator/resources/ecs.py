"""Task definitions and services as they were declared, and the capacity providers of a cluster.

ministack has both types, but drops part of what they declare (a container's secrets, a service's grace period).
"""

from ..aws import client, gone_is_fine, input_of, pick
from ..registry import Resource, resource

_UPDATABLE = ('AvailabilityZoneRebalancing', 'CapacityProviderStrategy', 'DeploymentConfiguration', 'DesiredCount',
              'EnableECSManagedTags', 'EnableExecuteCommand', 'HealthCheckGracePeriodSeconds', 'LoadBalancers',
              'NetworkConfiguration', 'PlacementConstraints', 'PlatformVersion', 'PropagateTags',
              'ServiceConnectConfiguration', 'ServiceRegistries', 'TaskDefinition', 'VolumeConfigurations')


@resource('AWS::ECS::TaskDefinition')
class TaskDefinition(Resource):
    """Never updated: every change registers a new revision."""

    def create(self, at, props):
        request = input_of('ecs', 'RegisterTaskDefinition', {'Family': at.name(255), **props})
        made = client('ecs').register_task_definition(**request)['taskDefinition']
        return made['taskDefinitionArn'], {'TaskDefinitionArn': made['taskDefinitionArn']}

    def delete(self, physical_id, props):
        with gone_is_fine():
            client('ecs').deregister_task_definition(taskDefinition=physical_id)


@resource('AWS::ECS::Service')
class Service(Resource):
    replaced_by = ('Cluster', 'DeploymentController', 'LaunchType', 'Role', 'SchedulingStrategy', 'ServiceName')

    def create(self, at, props):
        request = input_of('ecs', 'CreateService', {'ServiceName': at.name(255), **props})
        made = client('ecs').create_service(**request)['service']
        return made['serviceArn'], {'ServiceArn': made['serviceArn'], 'Name': made['serviceName']}

    def update(self, physical_id, old, new):
        changed = [name for name in _UPDATABLE if old.get(name) != new.get(name)]
        # No count of its own in the template means that Auto Scaling owns it, and a deploy leaves it.
        request = input_of('ecs', 'UpdateService', {**pick(new, 'Cluster', *changed), 'Service': physical_id})
        made = client('ecs').update_service(**request)['service']
        return {'ServiceArn': physical_id, 'Name': made['serviceName']}

    def delete(self, physical_id, props):
        with gone_is_fine():
            client('ecs').delete_service(cluster=props.get('Cluster', 'default'), service=physical_id, force=True)


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
        'CapacityProviders': [], 'DefaultCapacityProviderStrategy': [], **props, 'Cluster': cluster}))
