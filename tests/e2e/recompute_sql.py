"""The conditions' SQL says what they say: every indicator over rows, counted by SQLite over records that were read
independently (recompute_records.py), unit by unit beside values.json.
"""
import sqlite3
from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction

from recompute_days import rolled


def stored(value):
    """Dates as ISO texts, money and numbers as hundredths, as condition.h says."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        assert (value * 100).denominator == 1
        return int(value * 100)
    return int(value) if isinstance(value, bool) else value


def fill(database, records, types):
    for name, rows in records.items():
        columns = [one["id"] for one in types[name]["fields"] if rows and one["id"] in rows[0]]
        columns += [name for name in ("unit",) if rows and "unit" in rows[0] and "unit" not in columns]
        if not columns:
            continue
        database.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
        database.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})",
                             ([stored(row[column]) for column in columns] for row in rows))
    database.execute("CREATE TABLE working_calendar (day, ordinal)")
    first = date(2011, 1, 1)
    days = [day for day in (first + timedelta(n) for n in range(365 * 8)) if rolled(day) == day]
    database.executemany("INSERT INTO working_calendar VALUES (?, ?)", ((day.isoformat(), n) for n, day in enumerate(days)))
    database.execute("CREATE INDEX by_day ON working_calendar (day)")
    database.execute("CREATE INDEX by_ordinal ON working_calendar (ordinal)")


def results(database, indicator, slices, span, roster):
    """code → what SQL gives for each of its rows: the truth of `that`, the value, or 1."""
    sql = {part: indicator[part] and indicator[part]["sql"]["sqlite"] for part in ("where", "that", "value")}
    known = f"({sql['where'] or 'TRUE'})" + (f" AND ({sql['value']}) IS NOT NULL" if sql["value"] else "")
    bounds = {"period_start": span["from"], "period_end": span["to"], "base_start": slices[1]["from"], "base_end": slices[1]["to"]}
    rows = database.execute(f"SELECT unit, {sql['that'] or sql['value'] or '1'} FROM {indicator['of']} WHERE {known}", bounds)
    found = defaultdict(list)
    for unit, value in rows:
        for code in roster.path[unit] if indicator["scope"] == "with descendants" else [unit]:
            found[code].append(value)
    return found


def finished(measure, values):
    if measure in ("sum", "mean"):
        total = sum(Fraction(value).limit_denominator(100) for value in values)  # SQLite's division gives doubles
        return total, len(values) if measure == "mean" else 1
    if measure == "count":
        return len(values), 1
    if measure == "share":
        return sum(value or 0 for value in values), len(values)
    return len(set(values)), 1  # distinct


def compare(ours, run, listed):
    """(figures looked at, those that differ) of a recomputed appraisal, its values.json and `indicators list --json`."""
    database = sqlite3.connect(":memory:")
    fill(database, ours.values.records.rows, ours.values.records.types)
    given = {(line["unit"], line["indicator"], line["slice"]): line for line in run["values"]}
    used = {line["indicator"] for line in run["values"]}
    seen, wrong = 0, []
    for indicator in listed:
        if indicator["id"] not in used or indicator["measure"] not in ("count", "share", "sum", "mean", "distinct"):
            continue
        for span in run["slices"]:
            found = results(database, indicator, run["slices"], span, ours.roster)
            for code in ours.roster.codes:
                line = given[code, indicator["id"], span["id"]]
                if line["source"] != "rows":
                    continue  # corrected after a check of the files
                figure = (len(found[code]), *(finished(indicator["measure"], found[code]) if found[code] else (0, 1)))
                stated = (line["counted"], *((Fraction(line["numerator"]), Fraction(line["denominator"])) if found[code] else (0, 1)))
                seen += 1
                if figure != stated:
                    wrong.append(f"{code} {indicator['id']} {span['id']}: SQL {figure}, program {stated}")
    return seen, wrong
