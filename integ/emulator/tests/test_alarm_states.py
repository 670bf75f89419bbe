"""The tables of the CloudWatch User Guide, "Configuring how CloudWatch alarms treat missing data", and of "Metric math syntax
and functions", read as tests."""

import pytest
from platform_emulator.alarms.expressions import UnknownExpression, evaluate
from platform_emulator.alarms.states import state_of
from platform_emulator.alarms.statistics import UnknownStatistic, value_of

POINTS = {'0': False, 'X': True, '-': None}
RETAINED = 'as it was'


@pytest.mark.parametrize(('points', 'to_alarm', 'missing', 'ignore', 'breaching', 'not_breaching'), [
    ('0 - X - X', 3, 'OK', 'OK', 'OK', 'OK'),
    ('0 - - - -', 3, 'OK', 'OK', 'OK', 'OK'),
    ('- - - - -', 3, 'INSUFFICIENT_DATA', RETAINED, 'ALARM', 'OK'),
    ('0 X X - X', 3, 'ALARM', 'ALARM', 'ALARM', 'ALARM'),
    ('- - X - -', 3, 'ALARM', RETAINED, 'ALARM', 'OK'),
    ('0 - X - X', 2, 'ALARM', 'ALARM', 'ALARM', 'ALARM'),
    ('0 0 X 0 X', 2, 'ALARM', 'ALARM', 'ALARM', 'ALARM'),
    ('0 - X - -', 2, 'OK', 'OK', 'ALARM', 'OK'),
    ('- - - - 0', 2, 'OK', 'OK', 'ALARM', 'OK'),
    ('- - - X -', 2, 'ALARM', RETAINED, 'ALARM', 'OK'),
    # No further back than needed.
    ('X X 0 0 0', 2, 'OK', 'OK', 'OK', 'OK'),
    # Not raised before its time.
    ('- - - - X', 3, 'OK', RETAINED, 'ALARM', 'OK'),
])
def test_state_with_missing_data_is_as_documented(points, to_alarm, missing, ignore, breaching, not_breaching):
    expected = {'missing': missing, 'ignore': ignore, 'breaching': breaching, 'notBreaching': not_breaching}
    assert {treatment: state_of([POINTS[each] for each in points.split()], RETAINED, periods=3, to_alarm=to_alarm, missing=treatment)
            for treatment in expected} == expected


SERIES = {
    'm1': [30.0, 20.0, 0.0, 0.0], 'm2': [20.0, None, 20.0, None], 'test': [1.0, 1.0, 0.0, 0.0, None],
    'chosen': [30.0, None, 0.0, 0.0, 30.0], 'other': [0.0, 0.0, 20.0, None, 20.0], 'in': [1.0, None], 'none': [None, None],
}


def value(expression, length=4):
    return evaluate(expression, SERIES.__getitem__, lambda name: 60, length)


@pytest.mark.parametrize(('expression', 'expected'), [
    ('m1 < m2', [0, 0, 1, 0]),
    ('m1 >= 30', [1, 0, 0, 0]),
    ('m1 > 15 AND m2 > 15', [1, 0, 0, 0]),
    ('m1 > 15 && m2 > 15 || m1 == 0', [1, 0, 1, 1]),
    ('IF(test, chosen, other)', [30, 0, 20, None, None]),
    ('IF(test, 5, other)', [5, 5, 20, None, None]),
    ('IF(test, chosen, 5)', [30, 0, 5, 5, None]),
    ('IF(m1 < 25, m1)', [None, 20, 0, 0]),
    ('IF(2 > 1, m1, m2)', [30, 20, 0, 0]),
])
def test_documented_examples_of_comparison_and_choice(expression, expected):
    assert value(expression, len(expected)) == expected


@pytest.mark.parametrize(('expression', 'expected'), [
    # One that is missing counts as 0; both missing are missing; what is divided by 0 is dropped.
    ('m1 + m2', [50, 20, 20, 0]),
    ('in + none', [1, None]),
    ('100 * m2 / m1', [100 * 20 / 30, 0, None, None]),
    ('none / in', [0, None]),
    ('-m1 + 2 ^ 3', [-22, -12, 8, 8]),
    ('FILL(m2, 7) * 2', [40, 14, 40, 14]),
    ('FILL(m2, REPEAT)', [20, 20, 20, 20]),
    ('SUM([m1, m2])', [50, 20, 20, 0]),
    ('MAX([m1, m2])', [30, 20, 20, 0]),
    ('MIN([m1, m2])', [20, 20, 0, 0]),
    ('AVG([m1, m2])', [25, 10, 10, 0]),
    ('m1 - AVG(m2)', [10, 0, -20, -20]),
    ('SUM([m1, m2] * 2) / PERIOD(m1)', [100 / 60, 40 / 60, 40 / 60, 0]),
    ('RUNNING_SUM(m2)', [20, None, 40, None]),
    ('(\n  CEIL(m1 / 7)\n)', [5, 3, 0, 0]),
    ('TIME_SERIES(3)', [3, 3, 3, 3]),
])
def test_metric_math(expression, expected):
    assert value(expression) == pytest.approx(expected)


@pytest.mark.parametrize(('expression', 'refused'), [
    ('ANOMALY_DETECTION_BAND(m1, 2)', 'ANOMALY_DETECTION_BAND(m1, 2)'),
    ('SUM(METRICS())', 'METRICS()'),
    ('1 < m1 < 3', '1 < m1 < 3'),
    ('m1 if m2 else 3', 'm1 if m2 else 3'),
    ('m1 %', 'cannot read the expression'),
    ('FILL(m1, LINEAR)', 'LINEAR'),
    ('m1[0]', 'm1[0]'),
    ('IF(test, [m1, m2])', 'test'),
])
def test_what_is_not_known_is_refused_by_name(expression, refused):
    with pytest.raises(UnknownExpression) as problem:
        value(expression)
    assert refused in str(problem.value)


def points(*values, **more):
    return [{'Value': float(each), 'Unit': 'None', 'Timestamp': 0.0, **more} for each in values]


@pytest.mark.parametrize(('statistic', 'expected'), [
    ('Sum', 110), ('Average', 22), ('Minimum', 1), ('Maximum', 100), ('SampleCount', 5), ('p50', 3), ('p100', 100),
    ('TC(:3)', 3), ('TC(1:3)', 2), ('TC(3:)', 2), ('tc(:0.5)', 0), ('PR(:4)', 80), ('TS(1:4)', 9), ('TM(1:4)', 3), ('TM(200:)', None),
])
def test_statistic_of_a_period(statistic, expected):
    assert value_of(points(1, 2, 3, 4, 100), statistic) == expected


def test_statistic_of_nothing_is_nothing():
    assert [value_of([], statistic) for statistic in ('Sum', 'SampleCount', 'p99', 'TC(:3)')] == [None] * 4


def test_values_with_counts_weigh_as_often_as_they_were_seen():
    assert value_of(points(1, Count=9.0) + points(50, Count=1.0), 'TC(:10)') == 9
    assert value_of(points(1, Count=9.0) + points(50, Count=1.0), 'Sum') == 59


def test_statistic_that_is_not_known_is_refused():
    with pytest.raises(UnknownStatistic, match='IQM'):
        value_of(points(1), 'IQM')
