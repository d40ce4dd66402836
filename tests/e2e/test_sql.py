"""The conditions' SQL says what they say: every indicator over rows, counted by SQLite over records that were read
independently (recompute_records.py), unit by unit beside values.json.

    python3 test_sql.py PROGRAM SOURCE_FOLDER
"""
import json
import sqlite3
from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction

from common import Checks, appraise, demo_year, run_folder
from recompute import Appraisal
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


checks = Checks()
ours = Appraisal(demo_year() / "appraisal.toml")
database = sqlite3.connect(":memory:")
fill(database, ours.values.records.rows, ours.values.records.types)
run = json.loads((run_folder("demo-year") / "values.json").read_text("utf-8"))
given = {(line["unit"], line["indicator"], line["slice"]): line for line in run["values"]}
listed = json.loads(appraise("indicators", "list", "--json").stdout)
used = {line["indicator"] for line in run["values"]}
over_rows = [one for one in listed if one["id"] in used and one["measure"] in ("count", "share", "sum", "mean", "distinct")]
checks.true(len(over_rows) > 20, f"{len(over_rows)} indicators over rows")
for indicator in over_rows:
    for span in run["slices"]:
        found = results(database, indicator, run["slices"], span, ours.roster)
        for code in ours.roster.codes:
            line = given[code, indicator["id"], span["id"]]
            what = f"{code} {indicator['id']} {span['id']}"
            checks.equal(len(found[code]), line["counted"], what + " rows")
            if found[code] and line["source"] == "rows":  # not one that a check of the files has corrected
                given_figure = (Fraction(line["numerator"]), Fraction(line["denominator"]))
                checks.equal(given_figure, finished(indicator["measure"], found[code]), what)
checks.finish()
