"""One value of all that a metric reported in a period (CloudWatch User Guide, "CloudWatch statistics definitions")."""

import re

from ministack.services import cloudwatch

from ..registry import uses

_BASIC = ('SampleCount', 'Sum', 'Average', 'Minimum', 'Maximum')
_PERCENTILE = re.compile(r'p(\d+(?:\.\d+)?)', re.IGNORECASE)
_RANGE = re.compile(r'(TC|TS|TM|PR)\((\d*\.?\d*):(\d*\.?\d*)\)', re.IGNORECASE)

_statistics_of = uses(cloudwatch, '_calc_stats')
_samples_of = uses(cloudwatch, '_percentile_samples')
_percentile_of = uses(cloudwatch, '_percentile')

_OF_RANGE = {
    'TC': lambda inside, count: sum(weight for _, weight in inside),
    'TS': lambda inside, count: sum(value * weight for value, weight in inside),
    'TM': lambda inside, count: sum(value * weight for value, weight in inside) / sum(weight for _, weight in inside),
    'PR': lambda inside, count: 100 * sum(weight for _, weight in inside) / count,
}


class UnknownStatistic(Exception):
    pass


def value_of(points, statistic):
    """None where nothing was reported, or nothing that this statistic can be made of."""
    if statistic in _BASIC:
        return _statistics_of(points).get(statistic)
    percentile, bounds = _PERCENTILE.fullmatch(statistic), _RANGE.fullmatch(statistic)
    if not percentile and not bounds:
        raise UnknownStatistic(f'the statistic {statistic} is not known here')
    samples = _samples_of(points)
    if not samples:
        return None
    return _percentile_of(samples, float(percentile[1])) if percentile else _of_range(samples, *bounds.groups())


def _of_range(samples, kind, low, high):
    """The lower bound is exclusive, the upper one inclusive."""
    inside = [(value, weight) for value, weight in samples if (not low or value > float(low)) and (not high or value <= float(high))]
    if kind.upper() == 'TM' and not inside:
        return None
    return float(_OF_RANGE[kind.upper()](inside, sum(weight for _, weight in samples)))
