"""What each measure makes of rows, and of other figures: the definitions of engine/measures a second time, in fractions.

A figure is (state, (numerator, denominator), counted, unknown, {field: rows left out}), as values.json has it.
"""
from collections import Counter, defaultdict
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal, getcontext
from fractions import Fraction
from functools import lru_cache
from math import factorial, log

from random_indicators import OVER_TIME
from random_language import TooLarge
from recompute_days import months_after

getcontext().prec = 60
PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494459")


def rounded(number):
    """To the 12 decimals that irrational figures have."""
    return Fraction(number.quantize(Decimal("1e-12"), ROUND_HALF_UP))


def decimal(fraction):
    return Decimal(fraction.numerator) / fraction.denominator


# Of values


def quantile(values, probability):
    values = sorted(values)
    place = (len(values) - 1) * Fraction(probability)
    below = int(place)
    return values[below] + (place - below) * (values[min(below + 1, len(values) - 1)] - values[below])


def squared_deviations(values, scale):
    """The sums of squares behind it are kept in 128 bits."""
    if sum((value * scale) ** 2 for value in values) >= 2**127:
        raise TooLarge
    mean = Fraction(sum(values), len(values))
    return sum((value - mean) ** 2 for value in values)


# Over time


def parts_of(span, by):
    """The span's months or days as (first, first of the next); none by month where it is not whole months."""
    after = span.end + timedelta(1)
    if by == "month" and (span.start.day, after.day) != (1, 1):
        return []
    parts, first = [], span.start
    while first < after:
        following = months_after(first, 1) if by == "month" else first + timedelta(1)
        parts.append((first, following))
        first = following
    return parts


def evenness(counts, days):
    mean = Fraction(sum(counts), len(counts))
    variance = sum((count - mean) ** 2 for count in counts) / len(counts)
    return 1 - rounded(decimal(variance / mean**2).sqrt())


def dispersion(counts, days):
    mean = Fraction(sum(counts), len(counts))
    return sum((count - mean) ** 2 for count in counts) / len(counts) / mean


def chi_square(counts, days):
    rows = sum(counts)
    expected = [Fraction(rows * some, sum(days)) for some in days]
    return sum((count - some) ** 2 / some for count, some in zip(counts, expected))


def chi_square_p(counts, days):
    return rounded(upper_gamma(len(counts) - 1, chi_square(counts, days) / 2))


@lru_cache(maxsize=None)
def upper_gamma(twice_a, y):
    """Q(a, y) = 1 − P(a, y), P = y^a e^−y ÷ Γ(a + 1) × Σ y^n ÷ ((a + 1) … (a + n)): terms above 0, so that nothing cancels
    and 60 digits leave more than the 12 decimals that are asked for. 0 where Chernoff's bound says less than 10^−15."""
    a = twice_a / 2
    if y > a and y - a - a * log(y / a) > 35:
        return Decimal(0)
    exact, y = Decimal(twice_a) / 2, decimal(y)
    gamma = Decimal(factorial(twice_a // 2))
    power = y ** (twice_a // 2)
    if twice_a % 2:
        gamma, power = PI.sqrt(), power * y.sqrt()
        for odd in range(1, twice_a + 1, 2):
            gamma *= Decimal(odd) / 2
    term = total = Decimal(1)
    n = 0
    while n < y or term > total * Decimal("1e-40"):
        n += 1
        term *= y / (exact + n)
        total += term
    return 1 - power * (-y).exp() / gamma * total


TIMES = {"evenness": evenness, "dispersion": dispersion, "chi_square": chi_square, "chi_square_p": chi_square_p}


def over_time(indicator, days, span):
    """(state, sides) of the days on which rows fall."""
    parts = parts_of(span, indicator.more.get("by", "month"))
    if not parts:
        return "unavailable", None
    if not days:
        return "empty", (0, 0)
    counts = [sum(first <= day < following for day in days) for first, following in parts]
    figure = TIMES[indicator.measure](counts, [(following - first).days for first, following in parts])
    return "value", (figure * len(days), len(days))


# Of rows


def sides_of(indicator, rows):
    """(numerator, denominator) of [(that, value)]."""
    values, count = [value for _, value in rows], len(rows)
    return {"count": lambda: (count, 1),
            "share": lambda: (sum(that is True for that, _ in rows), count),
            "sum": lambda: (sum(values), 1),
            "mean": lambda: (sum(values), count),
            "minimum": lambda: (min(values, default=0), 1),
            "maximum": lambda: (max(values, default=0), 1),
            "variance": lambda: (squared_deviations(values, indicator.value.scale) if rows else 0, count),
            "quantile": lambda: (quantile(values, indicator.more["probability"]) if rows else 0, 1),
            "distinct": lambda: (len(set(values)), 1)}[indicator.measure]()


def figure(indicator, rows, span):
    """(state, sides, counted, unknown); may raise TooLarge."""
    if indicator.measure in OVER_TIME:
        return *over_time(indicator, [day for _, day in rows], span), len(rows), 0
    unknown = sum(that is None for that, _ in rows) if indicator.measure == "share" else 0
    return "value" if rows else "empty", sides_of(indicator, rows), len(rows), unknown


class Looked:
    """What an indicator says of each of its rows, unit by unit."""

    def __init__(self, world, indicator, span):
        self.world, self.indicator, self.span = world, indicator, span
        self.rows, self.left_out = defaultdict(list), defaultdict(Counter)

    def take(self, unit, where, that, value, why):
        for at in self.world.paths[unit] if self.indicator.descendants else [unit]:
            if where is True and (self.indicator.value is None or value is not None):
                if self.indicator.measure not in OVER_TIME or self.span.start <= value <= self.span.end:
                    self.rows[at].append((that, value))
            elif where is not False:
                self.left_out[at][why] += 1

    def figures(self):
        return {unit: (*figure(self.indicator, self.rows[unit], self.span), dict(self.left_out[unit]))
                for unit in self.world.units}


def figures_of_rows(world, indicator, said, spans):
    """(unit, slice) → figure; may raise TooLarge."""
    found = {}
    for name, span in spans.items():
        looked = Looked(world, indicator, span)
        for row in said[name]:
            looked.take(*row)
        found |= {(unit, name): figure for unit, figure in looked.figures().items()}
    return found


def measured(world, counted, indicator, span):
    """Unit → its figure; may raise TooLarge."""
    rows = [row for row in counted["measured"] if row["indicator"] == indicator.id and
            (row["from_date"], row["to_date"]) == span[:2] and (indicator.where is None or indicator.where.of(row, span))]
    found = {}
    for unit in world.units:
        values = [row["value"] for row in rows if row["unit"] == unit]
        found[unit] = ("unavailable", None, 0, 0, {}) if counted["measured"] else ("empty", (0, 1), 0, 0, {})
        if len(values) == 1 and values[0] is not None:
            found[unit] = "value", (values[0], 1), 1, 0, {}
    return found


# Of other figures: [(figure, per)] in the order of the indicator's operands


def shown(figure, per):
    return Fraction(figure[1][0]) * per / figure[1][1] if figure[0] == "value" else Fraction(0)


def quotient(above, below, days):
    sides = shown(*above) * days, shown(*below)
    return "value" if sides[1] else "empty", sides


def combined(indicator, operands):
    if any(figure[0] == "empty" for figure, _ in operands):
        return "empty", (0, 1)
    try:
        return "value", (indicator.expression.of(dict(zip(indicator.operands, (shown(*one) for one in operands)))), 1)
    except ZeroDivisionError:
        return "empty", (0, 1)


def days_of(span):
    after = span.end + timedelta(1)
    return 365 if after == months_after(span.start, 12) else (after - span.start).days


def figure_of_figures(indicator, operands, span):
    left_out = Counter()
    for figure, _ in operands:
        left_out.update(figure[4])
    behind = operands if indicator.measure == "combination" else operands[1:]
    if any(figure[0] == "unavailable" for figure, _ in operands):
        state, sides = "unavailable", None
    elif indicator.measure == "combination":
        state, sides = combined(indicator, operands)
    else:
        state, sides = quotient(*operands, days_of(span) if indicator.measure == "disposition_time" else 1)
    return state, sides, sum(figure[2] for figure, _ in behind), sum(figure[3] for figure, _ in operands), dict(left_out)
