"""Alarms as CloudWatch evaluates them, in place of ministack's evaluation, which knows one metric of any dimensions, one
period, and neither expressions nor missing data."""

from . import evaluation  # noqa: F401  importing registers what it stands in for
