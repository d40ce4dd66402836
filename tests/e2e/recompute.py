#!/usr/bin/python3
"""The appraisal computed a second time, from its definitions, with nothing but Python's standard library.

It reads what an officer would put on the table: the exports, the roster, the list of working days, the clocks, the
appraisal file and the scheme; and fields.toml, which declares the export format. It reads no indicator file and none of the
program's results, except to compare at the very end. Every figure is a Fraction: equal means equal to the last digit.

    python3 tests/e2e/recompute.py fixtures/demo-year/appraisal.toml out/demo-year     compares a run folder
    python3 tests/e2e/recompute.py fixtures/demo-year/appraisal.toml                   prints the ranking

Logic is three-valued, as in SQL: None is "unknown". A comparison with an empty cell is unknown; a row whose condition is not
true is left out; an unknown `that` of a share is not met, and is counted as unknown.
"""
import json
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from recompute_days import closing_deadline, publication_deadline
from recompute_indicators import INDICATORS, MEASURED, OUT, RATIOS, Span
from recompute_records import SOURCE, Records, Roster, toml

# ---------------------------------------------------------------------------------------------- values

@dataclass
class Value:
    state: str  # value | empty | unavailable
    numerator: Fraction = Fraction(0)
    denominator: Fraction = Fraction(1)
    counted: int = 0
    unknown: int = 0
    per: int = 1

    def figure(self):
        return self.numerator * self.per / self.denominator


EMPTY = Value("empty")


def median(numbers):
    """Type 7 at one half: position (n − 1)/2 among the sorted values, linear between neighbours."""
    ordered, at = sorted(numbers), Fraction(len(numbers) - 1, 2)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (at - low) * (ordered[high] - ordered[low])


def finish(measure, results):
    """The value of a unit from what its rows, and those of the units below it, gave."""
    if not results:
        return EMPTY
    rows = len(results)
    if measure == "count":
        return Value("value", Fraction(rows), counted=rows)
    if measure == "share":
        return Value("value", Fraction(results.count(True)), Fraction(rows), rows, results.count(None))
    if measure == "mean":
        return Value("value", Fraction(sum(results)), Fraction(rows), rows)
    if measure == "sum":
        return Value("value", Fraction(sum(results)), counted=rows)
    if measure == "quantile":
        return Value("value", Fraction(median(results)), counted=rows)
    return Value("value", Fraction(len(set(results))), counted=rows)  # distinct


class Values:
    def __init__(self, records, roster, as_of):
        self.records, self.roster, self.known = records, roster, {}
        for case in records.rows["cases"]:
            case["closing_deadline"] = closing_deadline(case, as_of)
            case["publication_deadline"] = publication_deadline(case)

    def of(self, name, span):
        """code → Value, for every unit of the roster."""
        if (name, span) not in self.known:
            self.known[name, span] = self._compute(name, span)
        return self.known[name, span]

    def _compute(self, name, span):
        if name in MEASURED:
            return self._measured(name, span)
        if name in RATIOS:
            return self._ratio(name, span)
        measure, of, descendants, function = INDICATORS[name]
        results = defaultdict(list)
        for row in self.records.rows[of]:
            result = function(row, span)
            if measure == "count" and not result or result is OUT:
                continue
            for code in self.roster.path[row["unit"]] if descendants else [row["unit"]]:
                results[code].append(result)
        return {code: finish(measure, results[code]) for code in self.roster.codes}

    def _measured(self, name, span):
        given = {row["unit"]: Value("value", row["value"], counted=1) for row in self.records.rows["measured"]
                 if row["indicator"] == name and (row["from_date"], row["to_date"]) == (span.first, span.last)}
        return {code: given.get(code, Value("unavailable")) for code in self.roster.codes}

    def _ratio(self, name, span):
        above, below, per = RATIOS[name]
        tops, bottoms, result = self.of(above, span), self.of(below, span), {}
        for code in self.roster.codes:
            top, bottom = tops[code], bottoms[code]
            if "unavailable" in (top.state, bottom.state):
                result[code] = Value("unavailable", per=per)
            elif bottom.state == "empty" or bottom.figure() == 0:
                result[code] = Value("empty", per=per)
            else:
                numerator = Fraction(0) if top.state == "empty" else top.figure()
                result[code] = Value("value", numerator, bottom.figure(), per=per)
        return result


# ---------------------------------------------------------------------------------------------- points

def rounded(x, places):
    """Half up: a half goes away from zero."""
    scaled = abs(x) * 10 ** places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if x >= 0 else -whole, 10 ** places)


def amount(value):
    return value.figure() if value.state == "value" else Fraction(0)  # what is empty counts 0


def in_bands(figure, scoring):
    for band in scoring["bands"]:
        met = band.get("below") or (figure > band["at"] if scoring["edge"] == "above" else figure >= band["at"])
        if met:
            return Fraction(band["points"])


def growth(figure, before, scoring):
    base = before or Fraction(1)  # zero_base = "one": last year 0 counts as 1
    steps = Fraction(figure - base) / base / scoring["step"]
    if scoring["steps"] == "whole":
        steps = Fraction(steps.numerator // steps.denominator)
    points = scoring["each"] * steps
    return max(points, scoring["floor"]) if "floor" in scoring else points


def rule_points(item, figure, before, terms):
    """What the rule gives, before it is cut to 0…points. `terms`: Σ each·n of the further indicators."""
    scoring = item["scoring"]
    match scoring["rule"]:
        case "per unit":
            return scoring["each"] * figure + terms
        case "growth":
            return growth(figure, before, scoring)
        case "bands":
            return in_bands(figure, scoring)
        case "linear":
            return item["points"] * Fraction(figure - scoring["from"]) / (scoring["to"] - scoring["from"])
        case "range":
            return item["points"] if scoring["low"] <= figure <= scoring["high"] else 0
        case "deduction":
            return max(0, scoring["full"] - scoring["each"] * figure - terms)
        case "bonus":
            return min(scoring["cap"], scoring["each"] * figure)
        case "manual":
            return figure
    raise ValueError(scoring["rule"])


@dataclass
class ItemResult:
    state: str
    value: Value
    points: Fraction = None
    rank: int = None
    rank_in_group: int = None


@dataclass
class UnitResult:
    code: str
    name: str
    group: str
    items: list = field(default_factory=list)
    nodes: list = field(default_factory=list)
    total: Fraction = None
    key: Fraction = None
    rank: int = None
    rank_in_group: int = None


def score_item(item, scheme, value, before=EMPTY, terms=(), provided=()):
    """`before`: the value of the base; `terms`: (each, value) of the further indicators that enter the item; `provided`:
    the values of which one must not be empty before nothing earns full marks."""
    states = [value.state] + [term.state for _, term in terms]
    if "unavailable" in (*states, before.state):
        return ItemResult(scheme.get("when_unavailable_state", "not reported"), value)
    if set(states) == {"empty"}:  # an item is empty when all of its indicators are
        something = not provided or any(one.state != "empty" for one in provided)
        if item.get("when_empty", scheme["when_empty"]) == "full" and something:
            return ItemResult("scored", value, Fraction(item["points"]))
        return ItemResult("no cases", value)
    if "min_denominator" in item and value.denominator < item["min_denominator"]:
        return ItemResult("too few", value)
    if item["scoring"]["rule"] == "rank only":
        return ItemResult("scored", value)
    points = rule_points(item, amount(value), amount(before), sum(each * amount(term) for each, term in terms))
    if "points" in item:
        points = min(max(points, 0), item["points"])
    return ItemResult("scored", value, rounded(Fraction(points), scheme["rounding"]["places"]))


def ranks(keys):
    """1 + the number of greater keys; no key, no rank."""
    present = sorted((key for key in keys if key is not None), reverse=True)
    return [None if key is None else 1 + present.index(key) for key in keys]


def ranks_in_groups(keys, groups):
    """Ranks among the keys of the same group; an empty group is no group."""
    return [ranks([key] + [other for other, at in zip(keys, groups) if at == group])[0] if group else None
            for key, group in zip(keys, groups)]


class Appraisal:
    """One appraisal file, recomputed. Records already read for the same inputs can be handed on."""

    def __init__(self, path, known=None):
        path = Path(path).resolve()
        self.file = toml(path)
        self.scheme = toml(next(folder / self.file["scheme"] for folder in (path.parent, SOURCE)
                                if (folder / self.file["scheme"]).is_file()))
        period = self.file["period"]
        self.spans = {"period": Span(period["from"], period["to"])}
        for number, base in enumerate(self.scheme.get("base", []), 1):
            self.spans[f"base{number}"] = Span(base["from"], base["to"])
        known = {} if known is None else known
        asked = repr((path.parent, self.file["roster"], self.file["input"], period))
        if asked not in known:
            roster = Roster(path.parent / self.file["roster"])
            known[asked] = Values(Records(path.parent, self.file["input"], roster), roster, period["to"])
        self.values = known[asked]
        self.roster, self.records = self.values.roster, self.values.records
        self.verified = {(row["unit"], row["indicator"]): row for row in self.records.rows["verified"]
                         if row["year"] == self.spans["period"].first.year}
        self.verifiable = {item["indicator"] for item in self.scheme["item"] if item.get("counts") == "verified, else rows"}
        condition = " and ".join(filter(None, (self.scheme["units"], self.file.get("units"))))
        self.units = [self._unit(unit) for unit in self.roster.chosen(condition)]
        self._rank()

    def value(self, name, span, code):
        """A unit's value; in the period, what was verified goes before the rows, where the scheme's items say so."""
        value = self.values.of(name, self.spans[span])[code]
        line = self.verified.get((code, name)) if span == "period" and name in self.verifiable else None
        if line is None or line["numerator"] is None:
            return value
        countable = INDICATORS[name][0] in ("count", "sum", "distinct")  # has no denominator to verify
        denominator = value.denominator if countable or line["denominator"] is None else line["denominator"]
        nothing = (line["numerator"] if countable else denominator) == 0 or value.state == "empty" and line["denominator"] is None
        if nothing and not (countable and line["numerator"]):
            return EMPTY
        return Value("value", line["numerator"], denominator, value.counted, value.unknown, value.per)

    def _unit(self, unit):
        result = UnitResult(unit["code"], unit["name"], unit[self.scheme.get("groups", "region_group")])
        for item in self.scheme["item"]:
            scoring, code = item["scoring"], unit["code"]
            before = self.value(item["indicator"], scoring["base"], code) if "base" in scoring else EMPTY
            terms = [(term["each"], self.value(term["indicator"], "period", code)) for term in scoring.get("plus", [])]
            provided = [self.value(name, "period", code) for name in item.get("provided", [])]
            value = self.value(item["indicator"], "period", code)
            result.items.append(score_item(item, self.scheme, value, before, terms, provided))
        points = [one.points for one in result.items]
        for node in self.scheme.get("node", []):
            own = [p for p, item in zip(points, self.scheme["item"]) if item.get("node") == node["id"] and not item.get("bonus")]
            numbers = [p for p in own if p is not None]
            result.nodes.append(sum(numbers) if numbers else None)
        numbers = [p for p in points if p is not None]
        if numbers:
            result.total = sum(numbers)
            result.key = rounded(result.total, self.scheme["rounding"]["places"])
        return result

    def _rank(self):
        groups = [unit.group for unit in self.units]
        keys = [unit.key for unit in self.units]
        for unit, rank, within in zip(self.units, ranks(keys), ranks_in_groups(keys, groups)):
            unit.rank, unit.rank_in_group = rank, within
        if self.scheme.get("gives") == "ranks":
            for column in range(len(self.scheme["item"])):
                items = [unit.items[column] for unit in self.units]
                keys = [rounded(one.value.figure(), 6) if one.state == "scored" else None for one in items]
                for one, rank, within in zip(items, ranks(keys), ranks_in_groups(keys, groups)):
                    one.rank, one.rank_in_group = rank, within


# ---------------------------------------------------------------------------------------------- against a run

def number(text):
    return None if text in (None, "") else Fraction(str(text))


class Comparison:
    """Our results against a run folder's scorecard.json and values.json: every figure counted, every difference listed."""

    def __init__(self, ours, folder):
        self.ours, self.seen, self.wrong = ours, 0, []
        scorecard, values = (json.loads((Path(folder) / name).read_text("utf-8")) for name in ("scorecard.json", "values.json"))
        self.check("-", "-", "units", [unit.code for unit in ours.units], [unit["code"] for unit in scorecard["units"]])
        for unit, other in zip(ours.units, scorecard["units"]):
            self.unit(unit, other)
        expected = {(code, name, span) for name in self.indicators() for span in ours.spans for code in ours.roster.codes}
        given = {(line["unit"], line["indicator"], line["slice"]): line for line in values["values"]}
        self.check("-", "-", "values", len(expected), len(expected & given.keys()))
        for code, name, span in sorted(expected & given.keys()):
            self.value(f"{code} {name}", span, self.ours.value(name, span, code), given[code, name, span])
            if name in INDICATORS:
                self.check(code, name, f"{span} rows", self.ours.values.of(name, ours.spans[span])[code].counted,
                           given[code, name, span]["counted"])

    def indicators(self):
        for item in self.ours.scheme["item"]:
            yield from [item["indicator"], *item.get("provided", [])]
            yield from (term["indicator"] for term in item["scoring"].get("plus", []))

    def check(self, unit, item, what, mine, other):
        self.seen += 1
        if mine != other:
            self.wrong.append(f"{unit} {item} {what}: recomputed {mine}, program {other}")

    def unit(self, unit, other):
        at = f"{unit.code} {unit.name}"
        self.check(at, "-", "name", unit.name, other["name"])
        self.check(at, "-", "group", unit.group, other["group"])
        self.check(at, "total", "points", unit.total, number(other["points"]))
        self.check(at, "total", "rank", unit.rank, other["rank"])
        self.check(at, "total", "rank in group", unit.rank_in_group, other["rank_in_group"])
        self.check(at, "nodes", "points", unit.nodes, [number(node["points"]) for node in other["nodes"]])
        ids = [item["id"] for item in self.ours.scheme["item"]]
        self.check(at, "-", "items", ids, [line["id"] for line in other["items"]])
        for name, mine, line in zip(ids, unit.items, other["items"]):
            self.check(at, name, "state", mine.state, line["state"])
            self.check(at, name, "points", mine.points, number(line["points"]))
            if self.ours.scheme.get("gives") == "ranks":
                self.check(at, name, "rank", mine.rank, line["rank"])
                self.check(at, name, "rank in group", mine.rank_in_group, line["rank_in_group"])
            self.value(at, name, mine.value, dict(line, state=mine.value.state))

    def value(self, unit, item, mine, line):
        self.check(unit, item, "state of the value", mine.state, line["state"])
        some = mine.state == "value"
        self.check(unit, item, "value", mine.figure() if some else None, number(line["value"]))
        if some:
            self.check(unit, item, "numerator", mine.numerator, number(line["numerator"]))
            self.check(unit, item, "denominator", mine.denominator, number(line["denominator"]))


def main():
    ours = Appraisal(sys.argv[1])
    if len(sys.argv) > 2:
        result = Comparison(ours, sys.argv[2])
        print("\n".join(result.wrong[:50] + [f"{result.seen} figures compared, {len(result.wrong)} differ"]))
        return 1 if result.wrong else 0
    for unit in sorted(ours.units, key=lambda unit: (unit.rank is None, unit.rank)):
        print(unit.rank, unit.rank_in_group, unit.code, unit.name, unit.group, float(unit.total or 0), *map(
            lambda one: one.state if one.points is None else float(one.points), unit.items))
    return 0


if __name__ == "__main__":
    sys.exit(main())
