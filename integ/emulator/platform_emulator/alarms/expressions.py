"""Metric math (CloudWatch User Guide, "Metric math syntax and functions"). Python's grammar is that of metric math but for the
spelling of a few operators. What is not known here is refused rather than guessed."""

import ast
import math
import operator
import re

from .series import aggregated, at, both, each, repeated, running_sum

_SPELLING = ((r'&&|\bAND\b', ' and '), (r'\|\||\bOR\b', ' or '), (r'\^', '**'))
# Ids begin with a lower-case letter, and may be words of Python such as "in".
_ID = re.compile(r'(?<![\w.])([a-z]\w*)')
_PREFIX = 'id_'


class UnknownExpression(Exception):
    pass


def evaluate(text, lookup, period_of, length):
    """The value of an expression; lookup gives the series of an id, period_of its period in seconds."""
    return _Evaluation(text, lookup, period_of, length).value(_tree(text))


def _tree(text):
    python = _ID.sub(rf'{_PREFIX}\1', text)
    for pattern, replacement in _SPELLING:
        python = re.sub(pattern, replacement, python)
    try:
        return ast.parse(f'({python}\n)', mode='eval').body
    except SyntaxError as problem:
        raise UnknownExpression(f'cannot read the expression {text!r}: {problem.msg}') from problem


def _divided(dividend, divisor):
    """What is divided by 0 is dropped."""
    return None if divisor == 0 else dividend / divisor


_ARITHMETIC = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: _divided, ast.Pow: operator.pow}
_COMPARISON = {ast.Gt: operator.gt, ast.GtE: operator.ge, ast.Lt: operator.lt, ast.LtE: operator.le, ast.Eq: operator.eq, ast.NotEq: operator.ne}
_LOGIC = {ast.And: lambda one, other: one != 0 and other != 0, ast.Or: lambda one, other: one != 0 or other != 0}
_POINTWISE = {'ABS': abs, 'CEIL': math.ceil, 'FLOOR': math.floor}
# An average over an array counts what is missing as 0.
_AGGREGATES = {'SUM': lambda values, width: sum(values), 'MIN': lambda values, width: min(values),
               'MAX': lambda values, width: max(values), 'AVG': lambda values, width: sum(values) / width}


class _Evaluation:
    def __init__(self, text, lookup, period_of, length):
        self._text, self._lookup, self._period_of, self._length = text, lookup, period_of, length

    def value(self, node):
        read = _NODES.get(type(node))
        return read(self, node) if read else self._refuse(node)

    def constant(self, node):
        return float(node.value) if type(node.value) in (int, float) else self._refuse(node)

    def name(self, node):
        return self._lookup(node.id.removeprefix(_PREFIX)) if node.id.startswith(_PREFIX) else self._refuse(node)

    def array(self, node):
        found = [self.value(element) for element in node.elts]
        return tuple(series for value in found for series in (value if isinstance(value, tuple) else (value,)))

    def negative(self, node):
        return each(operator.neg, self.value(node.operand)) if isinstance(node.op, ast.USub) else self._refuse(node)

    def arithmetic(self, node):
        function = _ARITHMETIC.get(type(node.op)) or self._refuse(node)
        return both(function, self.value(node.left), self.value(node.right))

    def comparison(self, node):
        compare = len(node.ops) == 1 and _COMPARISON.get(type(node.ops[0])) or self._refuse(node)
        return both(lambda one, other: float(compare(one, other)), self.value(node.left), self.value(node.comparators[0]))

    def logic(self, node):
        join = _LOGIC[type(node.op)]
        result, *rest = [self.value(value) for value in node.values]
        for other in rest:
            result = both(lambda one, another: float(join(one, another)), result, other)
        return result

    def call(self, node):
        name = getattr(node.func, 'id', '')
        if name in _POINTWISE:
            return each(lambda value: float(_POINTWISE[name](value)), self.value(node.args[0]))
        if name in _AGGREGATES:
            return aggregated(_AGGREGATES[name], self.value(node.args[0]))
        function = _FUNCTIONS.get(name) or self._refuse(node)
        return function(self, *node.args)

    def choice(self, condition, when_true, when_false=None):
        tested, chosen = self.value(condition), self.value(when_true)
        other = None if when_false is None else self.value(when_false)
        if any(isinstance(value, tuple) for value in (tested, chosen, other)):
            self._refuse(condition)
        if not isinstance(tested, list):
            return self._series(chosen if tested else other)
        # What is missing counts as 0 where the condition holds, and is dropped where it does not.
        taken = [0.0 if at(chosen, index) is None else at(chosen, index) for index in range(self._length)]
        return [None if test is None else taken[index] if test else at(other, index) for index, test in enumerate(tested)]

    def fill(self, series, filler):
        found = self.value(series)
        if getattr(filler, 'id', '') == 'REPEAT':
            return repeated(found)
        value = self.value(filler)
        filled = [[at(value, index) if point is None else point for index, point in enumerate(points)]
                  for points in (found if isinstance(found, tuple) else (found,))]
        return tuple(filled) if isinstance(found, tuple) else filled[0]

    def period(self, metric):
        return float(self._period_of(metric.id.removeprefix(_PREFIX)))

    def _series(self, value):
        return value if isinstance(value, list) else [value] * self._length

    def _refuse(self, node):
        raise UnknownExpression(f'{ast.unparse(node).replace(_PREFIX, "")} in {self._text!r} is not known here')


_NODES = {ast.Constant: _Evaluation.constant, ast.Name: _Evaluation.name, ast.List: _Evaluation.array, ast.UnaryOp: _Evaluation.negative,
          ast.BinOp: _Evaluation.arithmetic, ast.Compare: _Evaluation.comparison, ast.BoolOp: _Evaluation.logic, ast.Call: _Evaluation.call}
_FUNCTIONS = {'IF': _Evaluation.choice, 'FILL': _Evaluation.fill, 'PERIOD': _Evaluation.period,
              'TIME_SERIES': lambda self, scalar: self._series(self.value(scalar)),
              'RUNNING_SUM': lambda self, series: running_sum(self.value(series))}
