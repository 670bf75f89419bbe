"""Alarms on metric math and on other alarms."""

import time

from ministack.services.cloudformation import provisioners

from ..aws import client, input_of, pick
from ..registry import Resource, replaces, resource

_COMPOSITE = ('AlarmName', 'AlarmRule', 'AlarmDescription', 'ActionsEnabled', 'AlarmActions', 'OKActions',
              'InsufficientDataActions', 'ActionsSuppressor', 'ActionsSuppressorWaitPeriod',
              'ActionsSuppressorExtensionPeriod', 'Tags')


@resource('AWS::CloudWatch::CompositeAlarm')
class CompositeAlarm(Resource):
    replaced_by = ('AlarmName',)

    def create(self, at, props):
        name = props.get('AlarmName') or at.name(255)
        return name, _put_composite(name, props)

    def update(self, physical_id, old, new):
        return _put_composite(physical_id, new)

    def delete(self, physical_id, props):
        client('cloudwatch').delete_alarms(AlarmNames=[physical_id])


def _put_composite(name, props):
    request = input_of('cloudwatch', 'PutCompositeAlarm', {**pick(props, *_COMPOSITE), 'AlarmName': name})
    client('cloudwatch').put_composite_alarm(**request)
    found = client('cloudwatch').describe_alarms(AlarmNames=[name], AlarmTypes=['CompositeAlarm'])['CompositeAlarms'][0]
    return {'Arn': found['AlarmArn']}


@replaces(provisioners, '_cw_metric_alarm_record', ['name', 'props'])
def alarm_record(ordinary, name, props):
    """ministack refuses an alarm on metric math. We keep such an alarm whole, so that DescribeAlarms gives it back and it can be
    evaluated (alarms/)."""
    if not props.get('Metrics'):
        return ordinary(name, props)
    # The ordinary record fills in names, actions, threshold and state; the metrics take the single metric's place.
    single = ordinary(name, {
        **{key: value for key, value in props.items() if key != 'Metrics'}, 'MetricName': '-', 'Namespace': '-',
        'Threshold': props.get('Threshold', 0)})
    metric_only = ('MetricName', 'Namespace', 'Statistic', 'ExtendedStatistic', 'Period', 'Dimensions', 'Unit')
    record = {key: value for key, value in single.items() if key not in metric_only}
    metrics = input_of('cloudwatch', 'PutMetricAlarm', {'Metrics': props['Metrics']})['Metrics']
    record.update(Metrics=metrics, AlarmConfigurationUpdatedTimestamp=int(time.time()))
    if 'Threshold' not in props:
        del record['Threshold']
    return record | pick(props, 'ThresholdMetricId')
