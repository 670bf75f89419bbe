"""The series that an alarm watches: a metric, or metric math over several."""

from ministack.services import cloudwatch

from ..registry import uses
from . import expressions
from .statistics import value_of

_METRICS = uses(cloudwatch, '_metrics')
_dimensions_key = uses(cloudwatch, '_dims_key')


class UnknownAlarm(Exception):
    pass


def series_of(alarm, length, now):
    """Its last values, the newest at the end, each of one period of a window that ends now; None where there is none."""
    return _Watched(alarm, length, now).series()


class _Watched:
    def __init__(self, alarm, length, now):
        self._alarm, self._length, self._now = alarm, length, now
        self._queries = {query['Id']: query for query in alarm.get('Metrics') or [_only_metric(alarm)]}
        self._under_way = []

    def series(self):
        if self._alarm.get('ThresholdMetricId'):
            raise UnknownAlarm('anomaly detection is not known here')
        returned = [name for name, query in self._queries.items() if query.get('ReturnData', True)]
        if len(returned) != 1 or len({stat['Period'] for stat in self._stats()}) != 1:
            raise UnknownAlarm('expected one expression that returns data, over metrics of one period')
        found = self._value(returned[0])
        if not isinstance(found, list):
            raise UnknownAlarm(f'{returned[0]} is no time series')
        return found

    def _value(self, name):
        if name not in self._queries or name in self._under_way:
            raise UnknownAlarm(f'{name} is missing, or part of itself')
        query = self._queries[name]
        if 'MetricStat' in query:
            return self._reported(query['MetricStat'])
        self._under_way.append(name)
        value = expressions.evaluate(query['Expression'], self._value, self._period_of, self._length)
        self._under_way.pop()
        return value

    def _reported(self, stat):
        metric, unit = stat['Metric'], stat.get('Unit')
        key = _dimensions_key({each['Name']: each['Value'] for each in metric.get('Dimensions') or []})
        periods = [[] for _ in range(self._length)]
        for point in _METRICS.get((metric['Namespace'], metric['MetricName'], key)) or []:
            age = int((self._now - point['Timestamp']) // stat['Period'])
            if 0 <= age < self._length and unit in (None, point['Unit']):
                periods[self._length - 1 - age].append(point)
        return [value_of(points, stat['Stat']) for points in periods]

    def _period_of(self, name):
        return self._queries[name]['MetricStat']['Period']

    def _stats(self):
        return [query['MetricStat'] for query in self._queries.values() if 'MetricStat' in query]


def _only_metric(alarm):
    return {'Id': 'metric', 'MetricStat': {
        'Metric': {name: alarm.get(name) for name in ('Namespace', 'MetricName', 'Dimensions')}, 'Unit': alarm.get('Unit'),
        'Period': alarm['Period'], 'Stat': alarm.get('ExtendedStatistic') or alarm['Statistic']}}
