"""Evaluates alarms, and lets each change of state tell whom it tells."""

import logging
import time

from ministack.core.responses import request_scope
from ministack.services import cloudwatch

from ..registry import replaces, uses
from .states import FURTHER_BACK, OPERATORS, state_of
from .watched import UnknownAlarm, series_of

_ALARMS = uses(cloudwatch, '_alarms')
_record = uses(cloudwatch, '_record_history')
_evaluate_parents = uses(cloudwatch, '_evaluate_parent_alarms')
_dispatch = uses(cloudwatch, '_dispatch_alarm_actions')

_LOG = logging.getLogger('platform_emulator.alarms')
# Told of once each.
_UNKNOWN = set()


@replaces(cloudwatch, '_evaluate_alarm', ['alarm'])
def evaluate(ordinary, alarm):
    """ministack calls it when an alarm is put and after each PutMetricData; the clock calls it between."""
    try:
        state, reason = _judged(alarm, time.time())
        if state != alarm['StateValue']:
            _change(alarm, state, reason)
    except Exception as problem:  # one that cannot be evaluated must not keep the others from it
        _tell_once(alarm['AlarmArn'], problem)


def evaluate_all():
    """Every alarm of every account and Region."""
    for account, region in {key[:2] for key in list(_ALARMS._data)}:
        with request_scope(account, region):
            for alarm in list(_ALARMS.values()):
                cloudwatch._evaluate_alarm(alarm)


def _judged(alarm, now):
    periods = alarm['EvaluationPeriods']
    to_alarm = alarm.get('DatapointsToAlarm') or periods
    breaches = OPERATORS.get(alarm['ComparisonOperator'])
    if breaches is None:
        raise UnknownAlarm(f"{alarm['ComparisonOperator']} is not known here")
    values = series_of(alarm, periods + FURTHER_BACK, now)
    state = state_of(
        [None if value is None else breaches(value, alarm['Threshold']) for value in values], alarm['StateValue'],
        periods=periods, to_alarm=to_alarm, missing=alarm['TreatMissingData'])
    found = ', '.join('-' if value is None else f'{value:g}' for value in values)
    return state, (f"Threshold Crossed: {alarm['ComparisonOperator']} ({alarm['Threshold']:g}) for {to_alarm} of the last {periods} "
                   f'datapoints among [{found}], {alarm["TreatMissingData"]} where there is none')


def _change(alarm, state, reason):
    before = alarm['StateValue']
    now = int(time.time())
    alarm.update(StateValue=state, StateReason=reason, StateUpdatedTimestamp=now, StateTransitionedTimestamp=now)
    _record(alarm['AlarmName'], before, state, reason)
    _dispatch(alarm, before, state, reason)
    _evaluate_parents(alarm)


def _tell_once(alarm_arn, problem):
    if (alarm_arn, str(problem)) not in _UNKNOWN:
        _UNKNOWN.add((alarm_arn, str(problem)))
        _LOG.error('%s is not evaluated: %s', alarm_arn, problem)
