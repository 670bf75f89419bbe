"""Task definitions and services as they were declared, and the capacity providers of a cluster.

ministack has both types, but drops part of what they declare (a container's secrets, a service's grace period and the
resolution of its metrics), and takes deployments that ECS refuses.
"""

from ministack.services import ecs

from ..apis.ecs import add_revision
from ..aws import client, gone_is_fine, input_of, pick
from ..registry import Resource, resource, uses

_SERVICES = uses(ecs, '_services')
_UPDATABLE = ('AvailabilityZoneRebalancing', 'CapacityProviderStrategy', 'DeploymentConfiguration', 'DesiredCount',
              'EnableECSManagedTags', 'EnableExecuteCommand', 'HealthCheckGracePeriodSeconds', 'LoadBalancers',
              'Monitoring', 'NetworkConfiguration', 'PlacementConstraints', 'PlatformVersion', 'PropagateTags',
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
        _check_deployment(request)
        made = client('ecs').create_service(**request)['service']
        add_revision(_kept(made), request.get('monitoring'))
        return made['serviceArn'], {'ServiceArn': made['serviceArn'], 'Name': made['serviceName']}

    def update(self, physical_id, old, new):
        changed = [name for name in _UPDATABLE if old.get(name) != new.get(name)]
        # No count of its own in the template means that Auto Scaling owns it, and a deploy leaves it.
        request = input_of('ecs', 'UpdateService', {**pick(new, 'Cluster', *changed), 'Service': physical_id})
        _check_deployment({**input_of('ecs', 'UpdateService', pick(new, 'LoadBalancers', 'DeploymentConfiguration')), **request})
        made = client('ecs').update_service(**request)['service']
        add_revision(_kept(made), input_of('ecs', 'UpdateService', pick(new, 'Monitoring')).get('monitoring'))
        return {'ServiceArn': physical_id, 'Name': made['serviceName']}

    def delete(self, physical_id, props):
        with gone_is_fine():
            client('ecs').delete_service(cluster=props.get('Cluster', 'default'), service=physical_id, force=True)


def _kept(made):
    return next(each for each in _SERVICES.values() if each['serviceArn'] == made['serviceArn'])


def _check_deployment(request):
    """What ECS refuses of a deployment configuration (API reference, `DeploymentConfiguration` and `AdvancedConfiguration`)."""
    deployment = request.get('deploymentConfiguration') or {}
    strategy = deployment.get('strategy', 'ROLLING')
    if strategy == 'ROLLING':
        return
    if (deployment.get('deploymentCircuitBreaker') or {}).get('enable'):
        raise ValueError(f'the deployment circuit breaker is for rolling updates, not for {strategy}')
    if strategy == 'BLUE_GREEN' and 'bakeTimeInMinutes' not in deployment:
        raise ValueError('bakeTimeInMinutes is required for BLUE_GREEN')
    for balancer in request.get('loadBalancers') or []:
        missing = {'alternateTargetGroupArn', 'productionListenerRule', 'roleArn'} - (balancer.get('advancedConfiguration') or {}).keys()
        if missing:
            raise ValueError(f"{strategy} needs {', '.join(sorted(missing))} in the load balancer's advancedConfiguration")


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
