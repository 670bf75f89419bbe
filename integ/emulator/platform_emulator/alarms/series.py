"""What metric math reckons with: a number is a scalar, a list a time series with None for what is missing, a tuple an array of
time series. All series of a calculation are of one length. None alone is the scalar of a series without any value."""


def at(value, index):
    return value[index] if isinstance(value, list) else value


def each(function, value):
    if isinstance(value, tuple):
        return tuple(each(function, series) for series in value)
    if isinstance(value, list):
        return [each(function, point) for point in value]
    return None if value is None else function(value)


def both(function, one, other):
    """Where one of two series has no value its value is 0; where neither has, there is none."""
    if isinstance(one, tuple) or isinstance(other, tuple):
        width = len(one if isinstance(one, tuple) else other)
        pairs = [value if isinstance(value, tuple) else (value,) * width for value in (one, other)]
        return tuple(both(function, *pair) for pair in zip(*pairs, strict=True))
    if isinstance(one, list) and isinstance(other, list):
        return [None if a is None and b is None else function(a or 0.0, b or 0.0) for a, b in zip(one, other, strict=True)]
    if isinstance(one, list):
        return [None if a is None or other is None else function(a, other) for a in one]
    if isinstance(other, list):
        return [None if b is None or one is None else function(one, b) for b in other]
    return None if one is None or other is None else function(one, other)


def aggregated(function, value):
    """An array becomes a series, a series a scalar; the function gets the values that there are, and how many there may be."""
    if isinstance(value, tuple):
        return [_of_present(function, points, len(points)) for points in zip(*value, strict=True)]
    return _of_present(function, value, sum(point is not None for point in value))


def _of_present(function, points, width):
    present = [point for point in points if point is not None]
    return float(function(present, width)) if present else None


def repeated(series):
    """What is missing is as the value before it."""
    last, filled = None, []
    for point in series:
        last = last if point is None else point
        filled.append(last)
    return filled


def running_sum(series):
    total, sums = 0.0, []
    for point in series:
        total += point or 0.0
        sums.append(None if point is None else total)
    return sums
