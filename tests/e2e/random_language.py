"""Random conditions over a World (random_world.py), and what each says: the condition language a second time.

A Node is a text of the language with what it means: `of(row, span)` gives a bool, Fraction, date or str, None where unknown;
`missing(row, span)` names the field to blame. A row is a dict of its fields, with `record` or `sides` (type → side records).
"""
from bisect import bisect_right
from collections import namedtuple
from datetime import date, timedelta
from fractions import Fraction
from math import lcm

from random_world import FEW, KINDS
from recompute_days import WORKING, months_after

OR, AND, NOT, COMPARE, SUM, PRODUCT, MINUS, OPERAND = 1, 2, 3, 4, 5, 6, 7, 9
LARGEST_SCALE = 10**9
Span = namedtuple("Span", "start end base_start base_end")


class TooLarge(Exception):
    """A number that does not fit 64 bits over its scale: it ends the run."""


class Node:
    """kind: truth, number, date, text, category, unit; spans: whether it says something else in another span."""

    def __init__(self, text, strength, kind, of, missing, scale=1, field=None, spans=False):
        self.text, self.strength, self.kind, self.of, self.missing = text, strength, kind, of, missing
        self.scale, self.field, self.spans = scale, field, spans


def fitting(value, scale):
    if abs(value * scale) >= 2**63:
        raise TooLarge
    return value


def ordinal(day):
    """How many working days there are up to the day."""
    return bisect_right(WORKING, day)


def working_after(day, count):
    return WORKING[ordinal(day) + count - 1] if count > 0 else day


def both(a, b):
    return False if a is False or b is False else None if a is None or b is None else True


def either(a, b):
    return True if a is True or b is True else None if a is None or b is None else False


def first(*nodes):
    def missing(row, span):
        for node in nodes:
            if found := node.missing(row, span):
                return found
        return None
    return missing


def nothing(row, span):
    return None


COMPARE_SIGNS = {"=": lambda a, b: a == b, "!=": lambda a, b: a != b, "<": lambda a, b: a < b, "<=": lambda a, b: a <= b,
                 ">": lambda a, b: a > b, ">=": lambda a, b: a >= b}


class Writer:
    """Writes conditions over one record type. `widest` is the largest integer that its numbers came to, see exact()."""

    def __init__(self, random, world, type):
        self.random, self.world, self.type = random, world, type
        self.widest = 0

    def any(self, *of):
        return self.random.choice(of)

    def one_in(self, n):
        return self.random.randrange(n) == 0

    def inside(self, node, weakest):
        return f"({node.text})" if node.strength < weakest or self.one_in(12) else node.text

    # Operands

    def fields(self, *kinds):
        found = [(None, field) for field in self.type.fields if field.kind in kinds]
        for other in self.world.types:
            if other.via == self.type.name or other.name == self.type.via:
                found += [(other, field) for field in other.fields if field.kind in kinds]
        return found

    def at(self, other, field):
        """The field, own or joined."""
        kind = {"flag": "truth", "integer": "number", "money": "number"}.get(field.kind, field.kind)
        name, plain = field.name, f"{other.name}.{field.name}" if other else field.name
        if other is None:
            def of(row, span):
                return row[name]
            if self.one_in(10):
                plain = f"{self.type.name}.{name}"
        elif other.name == self.type.via:
            def of(row, span):
                return row["record"][name] if row["record"] else None
        else:
            def of(row, span):
                sides = row["sides"][other.name]
                return sides[0][name] if len(sides) == 1 else None

        def missing(row, span):
            return plain if of(row, span) is None else None
        scale = 100 if field.kind in ("number", "money") else 1
        return Node(plain, OPERAND, kind, of, missing, scale, field)

    def some(self, *kinds):
        return self.at(*self.random.choice(self.fields(*kinds)))

    def literal(self, kind, text, value, scale=1):
        return Node(text, OPERAND, kind, lambda row, span: value, nothing, scale)

    def number_literal(self, text):
        places = len(text.partition(".")[2])
        return self.literal("number", text, Fraction(text), 10**places)

    def quoted(self, text):
        return "'" + text.replace("'", "''") + "'"

    def category_literal(self, field):
        if field.values == KINDS and self.one_in(6):
            return self.parameter("shade")
        index = self.random.randrange(len(field.values))
        return self.literal("category", self.quoted(self.random.choice(field.values[index])), field.values[index][0])

    def parameter(self, *kinds):
        """One of the parameters, with its value on the last day of the span."""
        chosen = self.random.choice([parameter for parameter in self.world.parameters if parameter.kind in kinds])
        ids = {name: id for id, title in KINDS for name in (id, title)}
        read = {"number": Fraction, "whole": Fraction, "date": date.fromisoformat, "text": str, "shade": ids.get}[chosen.kind]
        values = [(start, read(text)) for start, text in chosen.values]

        def of(row, span):
            return next(value for start, value in reversed(values) if start <= span.end)
        scale = max(10**len(text.partition(".")[2]) for _, text in chosen.values) if read is Fraction else 1
        kind = {"whole": "number", "shade": "category"}.get(chosen.kind, chosen.kind)
        return Node(chosen.name, OPERAND, kind, of, nothing, scale, spans=True)

    # Dates

    def day(self):
        return self.random.choice(self.world.days)

    def date(self, depth):
        if depth > 0 and self.one_in(3):
            return self.after(depth)
        pick = self.random.randrange(10)
        if pick == 9:
            return self.parameter("date")
        if pick == 0:
            day = self.day()
            return self.literal("date", day.isoformat(), day)
        if pick == 1:
            word = self.any("period_start", "period_end")
            index = 0 if word == "period_start" else 1
            return Node(word, OPERAND, "date", lambda row, span: span[index], nothing, spans=True)
        return self.some("date")

    def after(self, depth):
        unit = self.any("days", "months", "working days")
        if unit == "working days":  # the calendar has an end: plain days, and few of them
            start, count = self.date(0), self.number_literal("5") if self.one_in(2) else self.few()
        else:
            start = self.date(depth - 1)
            literal = self.number_literal(self.any("1", "30"))
            count = self.any(self.some("integer"), self.some("integer"), literal, self.parameter("whole"))
            if self.one_in(4):
                count = self.minus(count)
            elif self.one_in(4):
                count = self.arithmetic("+", count, self.number_literal("2"))

        def of(row, span):
            day, steps = start.of(row, span), count.of(row, span)
            if day is None or steps is None:
                return None
            steps = int(steps)
            if abs(steps) > 100_000:
                raise TooLarge
            if unit == "days":
                return day + timedelta(steps)
            return months_after(day, steps) if unit == "months" else working_after(day, steps)
        return Node(f"after({start.text}, {count.text} {unit})", OPERAND, "date", of, first(start, count),
                    spans=start.spans or count.spans)

    def few(self):
        return self.at(*self.random.choice([place for place in self.fields("integer") if place[1].name in FEW]))

    # Numbers

    def arithmetic(self, sign, left, right):
        strength = SUM if sign in "+-" else PRODUCT
        text = f"{self.inside(left, strength)} {sign} {self.inside(right, strength + 1)}"
        scale = lcm(left.scale, right.scale) if sign in "+-" else left.scale * right.scale
        do = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b}[sign]

        def of(row, span):
            a, b = left.of(row, span), right.of(row, span)
            return None if a is None or b is None else self.exact(fitting(do(a, b), scale), scale)
        return Node(text, strength, "number", of, first(left, right), scale, spans=left.spans or right.spans)

    def quotient(self, left, divisor):
        by = Fraction(divisor)
        whole = int(divisor.replace(".", ""))  # its digits are what the scale is multiplied by
        scale = left.scale * whole

        def of(row, span):
            value = left.of(row, span)
            return None if value is None else self.exact(fitting(value / by, scale), scale)
        return Node(f"{self.inside(left, PRODUCT)} / {divisor}", PRODUCT, "number", of, left.missing, scale, spans=left.spans)

    def minus(self, inner):
        def of(row, span):
            value = inner.of(row, span)
            return None if value is None else -value
        return Node(f"-{self.inside(inner, MINUS)}", MINUS, "number", of, inner.missing, inner.scale, spans=inner.spans)

    def between(self, word, start, end):
        def of(row, span):
            a, b = start.of(row, span), end.of(row, span)
            if a is None or b is None:
                return None
            return Fraction((b - a).days if word == "days" else ordinal(b) - ordinal(a))
        return Node(f"{word}({start.text}, {end.text})", OPERAND, "number", of, first(start, end),
                    spans=start.spans or end.spans)

    def number(self, depth):
        """None of the scales passes what the language allows."""
        while True:
            node = self.any_number(depth)
            if node.scale <= LARGEST_SCALE:
                return node

    def any_number(self, depth):
        if depth > 0 and self.one_in(2):
            pick = self.random.randrange(7)
            if pick == 0:
                return self.between("days", self.date(1), self.date(1))
            if pick == 1:
                return self.between("working_days", self.date(0), self.date(0))
            if pick == 2:
                return self.minus(self.number(depth - 1))
            if pick == 3:
                return self.quotient(self.number(depth - 1), self.any("3", "0.5", "12", "7.50"))
            return self.arithmetic(self.any("+", "-", "*"), self.number(depth - 1), self.number(depth - 1))
        if self.one_in(8):
            return self.parameter("number", "whole")
        if self.one_in(4):
            return self.number_literal(self.any("0", "1", "7", "2.5", "0.25", "1.234", "12000000000", "999999999999.999999"))
        return self.some("integer", "number", "money")

    def exact(self, value, scale):
        self.widest = max(self.widest, abs(value * scale))
        return value

    # Truths

    def compare(self, left, right, signs):
        sign = self.random.choice(signs)
        do = COMPARE_SIGNS[sign]
        scale = lcm(left.scale, right.scale)

        def of(row, span):
            a, b = left.of(row, span), right.of(row, span)
            if a is None or b is None:
                return None
            if scale > 1:
                self.exact(max(abs(a), abs(b)), scale)
            return do(a, b)
        return Node(f"{self.inside(left, SUM)} {sign} {self.inside(right, SUM)}", COMPARE, "truth", of, first(left, right),
                    spans=left.spans or right.spans)

    def membership(self, subject, literals):
        negated = self.one_in(3)

        def of(row, span):
            value = subject.of(row, span)
            return None if value is None else any(value == literal.of(row, span) for literal in literals) != negated
        text = f"{self.inside(subject, SUM)} {'not in' if negated else 'in'} ({', '.join(literal.text for literal in literals)})"
        spans = any(node.spans for node in (subject, *literals))
        return Node(text, COMPARE, "truth", of, subject.missing, spans=spans)

    def within(self, day):
        word, negated = self.any("period", "base"), self.one_in(4)
        low = 0 if word == "period" else 2

        def of(row, span):
            value = day.of(row, span)
            return None if value is None else (span[low] <= value <= span[low + 1]) != negated
        text = f"{self.inside(day, SUM)} {'not in' if negated else 'in'} {word}"
        return Node(text, COMPARE, "truth", of, day.missing, spans=True)

    def is_missing(self, field):
        negated = self.one_in(2)

        def of(row, span):
            return (field.of(row, span) is None) != negated
        return Node(f"{field.text} is {'not ' if negated else ''}missing", COMPARE, "truth", of, nothing)

    def join(self, word, left, right):
        strength, do = (AND, both) if word == "and" else (OR, either)
        enough = word == "or"

        def of(row, span):
            a = left.of(row, span)
            return a if a is enough else do(a, right.of(row, span))
        blamed = first(left, right)

        def missing(row, span):
            return blamed(row, span) if of(row, span) is None else None
        return Node(f"{self.inside(left, strength)} {word} {self.inside(right, strength + 1)}", strength, "truth", of, missing,
                    spans=left.spans or right.spans)

    def negate(self, inner):
        def of(row, span):
            value = inner.of(row, span)
            return None if value is None else not value
        return Node(f"not {self.inside(inner, NOT)}", NOT, "truth", of, inner.missing, spans=inner.spans)

    def truth(self, depth):
        if depth > 0 and self.one_in(2):
            pick = self.random.randrange(7)
            if pick < 4:
                return self.join(self.any("and", "or"), self.truth(depth - 1), self.truth(depth - 1))
            if pick < 6:
                return self.negate(self.truth(depth - 1))
            return self.compare(self.truth(depth - 1), self.truth(depth - 1), ["=", "!="])
        often = (self.of_dates, self.of_numbers, self.of_texts)
        return self.random.choice((*often, *often, self.of_flags, self.of_categories, self.of_missing, self.of_units))()

    def of_flags(self):
        if self.one_in(2):
            return self.some("flag")
        yes, no = self.literal("truth", "yes", True), self.literal("truth", "no", False)
        return self.compare(self.some("flag"), self.any(yes, no, self.some("flag")), ["=", "!="])

    def of_dates(self):
        pick = self.random.randrange(4)
        if pick == 0:
            days = [self.day() for _ in range(3)]
            literals = [self.literal("date", day.isoformat(), day) for day in days]
            return self.membership(self.date(1), literals + [self.parameter("date")] * self.random.randrange(2))
        if pick == 1:
            return self.within(self.date(1))
        return self.compare(self.date(1), self.date(1), list(COMPARE_SIGNS))

    def of_numbers(self):
        if self.one_in(4):
            texts = self.random.sample(["0", "1", "2.5", "7", "100", "1.234", "-3.25", "63", "64", "999999999999.999999",
                                        "999999999999"], self.random.randint(1, 4))
            literals = [self.number_literal(text) for text in texts]
            return self.membership(self.number(1), literals + [self.parameter("number")] * self.random.randrange(2))
        return self.compare(self.number(2), self.number(2), list(COMPARE_SIGNS))

    def of_categories(self):
        subject = self.some("category")
        pick = self.random.randrange(4)
        if pick == 0:
            return self.membership(subject, [self.category_literal(subject.field) for _ in range(self.random.randint(1, 3))])
        same = [(other, field) for other, field in self.fields("category") if field.values == subject.field.values]
        right = self.at(*self.random.choice(same)) if pick == 1 else self.category_literal(subject.field)
        if self.one_in(3):
            subject, right = right, subject
        return self.compare(subject, right, ["=", "!="])

    def text_literal(self):
        if self.one_in(8):
            return self.parameter("text")
        text = self.random.choice(self.world.texts + [""])
        return self.literal("text", self.quoted(text), text)

    def of_texts(self):
        subject = self.some("text")
        pick = self.random.randrange(4)
        if pick == 0:
            return self.membership(subject, [self.text_literal() for _ in range(self.random.randint(1, 3))])
        right = self.some("text") if pick == 1 else self.text_literal()
        if self.one_in(3):
            subject, right = right, subject
        return self.compare(subject, right, ["=", "!="])

    def of_missing(self):
        return self.is_missing(self.some("text", "category", "date", "integer", "number", "money", "flag", "unit"))

    def of_units(self):
        units = self.fields("unit")
        if not units:
            return self.of_missing()
        return self.compare(self.at(*self.random.choice(units)), self.at(*self.random.choice(units)), ["=", "!="])
