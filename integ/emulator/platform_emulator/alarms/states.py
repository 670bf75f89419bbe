"""The state that follows from the last values (CloudWatch User Guide, "Configuring how CloudWatch alarms treat missing data")."""

import operator

OK, ALARM, INSUFFICIENT_DATA = 'OK', 'ALARM', 'INSUFFICIENT_DATA'

OPERATORS = {
    'GreaterThanOrEqualToThreshold': operator.ge,
    'GreaterThanThreshold': operator.gt,
    'LessThanThreshold': operator.lt,
    'LessThanOrEqualToThreshold': operator.le,
}
# CloudWatch looks further back than at the evaluation periods, in case that some have no data: its tables, at 5 points for 3.
FURTHER_BACK = 2


def state_of(breaching, state, *, periods, to_alarm, missing):
    """The new state after some points, the newest at the end: each breaches (True), does not (False) or is missing (None)."""
    real = [point for point in breaching if point is not None]
    if len(real) >= periods:
        return ALARM if sum(real[-periods:]) >= to_alarm else OK
    lacking = periods - len(real)
    if missing in ('breaching', 'notBreaching'):
        return ALARM if sum(real) + (lacking if missing == 'breaching' else 0) >= to_alarm else OK
    if sum(real) >= to_alarm:
        return ALARM
    # Nothing speaks for OK.
    if all(real):
        if missing == 'ignore':
            return state
        return _old_enough(breaching, to_alarm) if real else INSUFFICIENT_DATA
    return OK


def _old_enough(breaching, to_alarm):
    """Too few points, all of them breaching: it is raised once the oldest is as old as it would have to last."""
    return ALARM if len(breaching) - breaching.index(True) >= to_alarm else OK
