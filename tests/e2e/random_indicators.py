"""Random indicators over a World (random_world.py), with conditions of random_language.py; and indicators over others."""
import json
import re
from decimal import Decimal
from fractions import Fraction

from random_language import MINUS, OPERAND, PRODUCT, SUM, Writer

OF_NUMBERS = "sum mean quantile minimum maximum variance".split()
OVER_TIME = "evenness dispersion chi_square chi_square_p".split()
OVER_ROWS = ["count", "share", "distinct", *OF_NUMBERS, *OVER_TIME]
OVER_FIGURES = "ratio disposition_time combination".split()


class Indicator:
    def __init__(self, id, measure, of=None, where=None, that=None, value=None, descendants=True, **more):
        self.id, self.measure, self.of, self.where, self.that, self.value = id, measure, of, where, that, value
        self.descendants, self.more = descendants, more

    def toml(self):
        lines = ['title = "例"', 'unit = "件"', 'better = "none"', "in_force = 2011-01-01", 'reference = ["例"]',
                 f'measure = "{self.measure}"']
        if self.of:
            lines += [f'of = "{self.of.name}"', f'scope = "{"with descendants" if self.descendants else "own"}"']
        for key in ("where", "that", "value"):
            if node := getattr(self, key):
                lines.append(f"{key} = {json.dumps(node.text, ensure_ascii=False)}")
        lines += [f"{key} = {json.dumps(value) if isinstance(value, str) else value}" for key, value in self.more.items()]
        return "\n".join(lines) + "\n"

    def nodes(self):
        return [node for node in (self.where, self.that, self.value) if node]


def random_indicator(random, world, id):
    writer = Writer(random, world, random.choice(world.types))
    measure = random.choice(OVER_ROWS)
    made = Indicator(id, measure, writer.type, descendants=random.random() < 0.7)
    if random.random() < 0.9:
        made.where = writer.truth(3)
    if measure == "share":
        made.that = writer.truth(2)
    if measure in OF_NUMBERS:
        made.value = writer.number(2)
    if measure in OVER_TIME:
        made.value = writer.date(2)
        if by := random.choice((None, "month", "day")):
            made.more["by"] = by
    if measure == "distinct":
        made.value = writer.some("text", "category", "date", "integer", "number", "money", "flag", "unit")
    if measure == "quantile":
        made.more["probability"] = Decimal(random.choice(("0", "1", "0.25", "0.3", "0.5", "0.999")))
    made.writer = writer
    return made


def measured_indicator(random, world, id):
    """The figure that a record of type `measured` holds."""
    writer = Writer(random, world, next(type for type in world.types if type.name == "measured"))
    made = Indicator(id, "measured", where=writer.truth(1) if random.random() < 0.4 else None)
    made.writer = writer
    return made


class Expression:
    """Arithmetic over figures: `of` gives a Fraction, from id → Fraction; what divides by zero raises ZeroDivisionError."""

    def __init__(self, text, strength, of):
        self.text, self.strength, self.of = text, strength, of


SIGNS = {"+": (SUM, lambda a, b: a + b), "-": (SUM, lambda a, b: a - b), "*": (PRODUCT, lambda a, b: a * b),
         "/": (PRODUCT, lambda a, b: a / b)}


def inside(random, part, weakest):
    return f"({part.text})" if part.strength < weakest or random.random() < 0.1 else part.text


def random_expression(random, ids, depth):
    if depth > 0 and random.random() < 0.15:
        inner = random_expression(random, ids, depth - 1)
        return Expression(f"-{inside(random, inner, MINUS)}", MINUS, lambda figures: -inner.of(figures))
    if depth > 0 and random.random() < 0.8:
        sign = random.choice(list(SIGNS))
        strength, do = SIGNS[sign]
        left, right = (random_expression(random, ids, depth - 1) for _ in range(2))
        text = f"{inside(random, left, strength)} {sign} {inside(random, right, strength + 1)}"
        return Expression(text, strength, lambda figures: do(left.of(figures), right.of(figures)))
    if random.random() < 0.25:
        number = random.choice(("0", "1", "2", "0.5", "100", "1.234", "999999999999.999999"))
        return Expression(number, OPERAND, lambda figures: Fraction(number))
    id = random.choice(ids)
    return Expression(id, OPERAND, lambda figures: figures[id])


def combination(random, id, ids):
    while True:
        expression = random_expression(random, ids, 3)
        named = [other for other in ids if re.search(rf"\b{other}\b", expression.text)]
        if named:
            break
    made = Indicator(id, "combination", expression=expression.text)
    made.operands, made.expression = named, expression
    return made


def over_figures(random, id, ids):
    """A ratio, disposition time or combination of any of the indicators."""
    measure = random.choice(OVER_FIGURES)
    if measure == "combination":
        return combination(random, id, ids)
    above, below = (random.choice(ids) for _ in range(2))
    per = {"per": random.choice((1, 10, 100, 10000))} if measure == "ratio" else {}
    made = Indicator(id, measure, numerator=above, denominator=below, **per)
    made.operands = [above, below]
    return made
