"""Schedules as they were declared: ministack's own type drops the time zone and the key."""

from ..aws import arn, client, gone_is_fine, input_of
from ..registry import Resource, resource


@resource('AWS::Scheduler::Schedule')
class Schedule(Resource):
    replaced_by = ('Name', 'GroupName')

    def create(self, at, props):
        name = props.get('Name') or at.name(64)
        client('scheduler').create_schedule(**input_of('scheduler', 'CreateSchedule', {**props, 'Name': name}))
        return name, _attributes(name, props)

    def update(self, physical_id, old, new):
        # The service keeps nothing of what was there before.
        client('scheduler').update_schedule(**input_of('scheduler', 'UpdateSchedule', {**new, 'Name': physical_id}))
        return _attributes(physical_id, new)

    def delete(self, physical_id, props):
        with gone_is_fine():
            client('scheduler').delete_schedule(Name=physical_id, GroupName=_group(props))


def _attributes(name, props):
    return {'Arn': arn('scheduler', f'schedule/{_group(props)}/{name}')}


def _group(props):
    return props.get('GroupName', 'default')
