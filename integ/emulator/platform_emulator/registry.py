"""How a module adds a CloudFormation type to ministack, or deepens one that ministack has.

    @resource('AWS::EC2::EIP')
    class ElasticIp(Resource):
        def create(self, at, props): ...
        def delete(self, physical_id, props): ...

    @deepens('AWS::S3::Bucket')
    def lifecycle(physical_id, props): ...

    recorded('AWS::Chatbot::SlackChannelConfiguration', lambda name, props: {'Arn': ...})
"""

from dataclasses import dataclass

from ministack.services.cloudformation import provisioners

from .recorder import RECORDER

# Type -> the entry for ministack's table.
ADDED = {}
# Type -> the functions that run after ministack's own create or update.
DEEPENED = {}
# Type -> the functions that may refuse a delete.
GUARDED = {}
# (module, name) -> the function that stands in for ministack's.
REPLACED = {}
# The (module, name) of ministack's records that we complete.
USED = []


@dataclass(frozen=True)
class Place:
    """Where in which stack a resource stands."""

    logical_id: str
    stack: str

    def name(self, max_length=63, lowercase=False):
        """The name that CloudFormation would generate; another one after each replacement."""
        return provisioners._physical_name(self.stack, self.logical_id, max_len=max_length, lowercase=lowercase)


class Resource:
    """A CloudFormation type, made through the emulator's API."""

    # A change of one of these makes a new resource; the old one goes when the update has succeeded.
    replaced_by = ()

    def create(self, at, props):
        """Returns the physical id and the attributes for Fn::GetAtt."""
        raise NotImplementedError

    # Changes the resource in place and returns its attributes. Without one, every change makes a new resource.
    update = None

    def delete(self, physical_id, props):
        raise NotImplementedError


def resource(type_name):
    def register(definition):
        ADDED[type_name] = _entry(definition())
        return definition
    return register


def deepens(type_name):
    """The function gets the physical id and the properties, and may return further attributes."""
    def register(function):
        DEEPENED.setdefault(type_name, []).append(function)
        return function
    return register


def guards_delete_of(type_name):
    """The function gets the physical id and the properties, and raises when AWS would refuse the delete."""
    def register(function):
        GUARDED.setdefault(type_name, []).append(function)
        return function
    return register


def uses(module, name):
    """A store of ministack's; that it is still there is checked at start."""
    USED.append((module, name))
    return getattr(module, name, {})


def replaces(module, name, parameters):
    """The function gets ministack's own function first, then the parameters, which are checked at start."""
    def register(function):
        REPLACED[module, name] = (parameters, function)
        return function
    return register


def recorded(type_name, attributes=lambda name, props: {}, physical_id=lambda name, props: name):
    """A type whose API the emulator lacks: nothing is made; what the stack declared is listed after each run."""
    class Recorded(Resource):
        def create(self, at, props):
            name = physical_id(at.name(lowercase=True), props)
            RECORDER.add(type_name, at.stack, at.logical_id, name)
            return name, attributes(name, props)

        def update(self, physical_id, old, new):
            return attributes(physical_id, new)

        def delete(self, physical_id, props):
            RECORDER.remove(type_name, physical_id)

    ADDED[type_name] = _entry(Recorded())


def _entry(definition):
    def create(logical_id, props, stack):
        return definition.create(Place(logical_id, stack), props)

    def update(physical_id, old, new, stack, logical_id=None):
        replaced = definition.update is None or any(old.get(name) != new.get(name) for name in definition.replaced_by)
        if replaced:
            return provisioners._seeded_create(create, logical_id or physical_id, new, stack)
        return physical_id, definition.update(physical_id, old, new)

    return {'create': create, 'update': update, 'update_with_logical_id': True, 'delete': definition.delete}
