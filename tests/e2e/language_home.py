"""A random world (random_world.py) as the program sees it: a home, a roster, exports and an appraisal; and as SQLite does."""
import csv
import io
import json
import shutil
import sqlite3
from datetime import date
from fractions import Fraction

from common import SOURCE, appraise
from random_language import Span
from recompute_days import WORKING

TITLES = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
EXACT_IN_SQL = 2**63 // 2**10  # integers of SQLite do not wrap, they become doubles


def toml_text(text):
    return json.dumps(text, ensure_ascii=False)


def title(index):
    return TITLES[index % 22] + TITLES[index // 22] + "栏"


def fields_toml(world):
    lines = []
    for type in world.types:
        lines += [f"[{type.name}]", f'title = "{type.name}"']
        lines += [f'unit = "{type.unit}"'] if type.unit else [f'via = "{type.via}"', f'via_field = "{type.via_field}"']
        if type.key:
            lines.append(f"key = {json.dumps(list(type.key))}")
        lines.append("fields = [")
        for index, field in enumerate(type.fields):
            more = f", values = {json.dumps(field.values, ensure_ascii=False)}" if field.values else ""
            more += ", derived = true" if field.derived else ""
            lines.append(f'  {{ id = "{field.name}", title = "{title(index)}", type = "{field.kind}"{more}, meaning = "例" }},')
        lines.append("]")
    return "\n".join(lines) + "\n"


def parameters_toml(world):
    lines = []
    for parameter in world.parameters:
        bare = parameter.kind in ("number", "whole", "date")
        values = [f'{{ from = {start}, value = {text if bare else toml_text(text)}, reference = "例" }}'
                  for start, text in parameter.values]
        lines += [f"[{parameter.name}]", f'title = "参数{parameter.name}"', f"values = [{', '.join(values)}]"]
    return "\n".join(lines) + "\n"


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def write_home(folder, world, indicators):
    write(folder / "indicators" / "fields.toml", fields_toml(world))
    (folder / "indicators" / "checks").mkdir()
    for indicator in indicators:
        write(folder / "indicators" / "some" / f"{indicator.id}.toml", indicator.toml())
    write(folder / "templates" / "parameters" / "indicators.toml", parameters_toml(world))
    for name in ("parameters/clocks.toml", "parameters/workdays.csv", "layouts/standard.toml"):
        write(folder / "templates" / name, (SOURCE / "templates" / name).read_text(encoding="utf-8"))


def write_appraisal(folder, world, indicators):
    """One item whose points rest on every indicator: all of them are computed, and only one is drawn."""
    roster = ["code,name,short_name,level,parent_code,region_group"]
    roster += [f"{code},单位{code},,{'province' if parent else 'country'},{parent or ''},"
               for code, parent in world.parents.items()]
    write(folder / "roster.csv", "\n".join(roster) + "\n")
    plus = ", ".join(f'{{ indicator = "{indicator.id}", each = 1 }}' for indicator in indicators[1:])
    write(folder / "scheme.toml", f"""
title = "例"
units = ""
when_empty = "zero"
reference = ["例"]
[period]
from = {world.period[0]}
to = {world.period[1]}
[[base]]
from = {world.base[0]}
to = {world.base[1]}
[[item]]
id = "all"
title = "例"
indicator = "{indicators[0].id}"
scoring = {{ rule = "per unit", each = 1, plus = [{plus}] }}
reference = ["例"]
""")
    appraisal = f"""
title = "例"
name = "language"
scheme = "scheme.toml"
roster = "roster.csv"
status = "初评"
demo = true
period = {{ from = {world.period[0]}, to = {world.period[1]} }}
"""
    for type in world.types:
        appraisal += f"""
[[input]]
type = "{type.name}"
layout = "standard"
files = ["exports/{type.name}*.csv"]
reporting_date = 2017-01-31
"""
    write(folder / "appraisal.toml", appraisal)


def cell(random, field, value):
    """One of the spellings that a cell may have."""
    if value is None:
        return ""
    if field.kind == "date":
        year, month, day = value.year, value.month, value.day
        return random.choice((value.isoformat(), f"{year}/{month}/{day}", f"{year}年{month}月{day}日"))
    if field.kind == "flag":
        return random.choice(("是", "yes", "1") if value else ("否", "no", "0"))
    if field.kind == "category":
        return random.choice(next(pair for pair in field.values if pair[0] == value))
    if field.kind == "unit":
        return random.choice((value, "单位" + value))
    if field.kind in ("number", "money"):
        sign, hundredths = "-" if value < 0 else "", abs(int(value * 100))
        plain = f"{sign}{hundredths // 100}.{hundredths % 100:02}"
        return random.choice((plain, plain.rstrip("0").rstrip(".")))
    return str(value)


def export(random, type, rows):
    """The bytes of a CSV file."""
    columns = [(index, field) for index, field in enumerate(type.fields) if not field.derived]
    random.shuffle(columns)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=random.choice(("\n", "\r\n")))
    writer.writerow([random.choice((field.name, title(index))) for index, field in columns])
    for row in rows:
        writer.writerow([cell(random, field, row[field.name]) for _, field in columns])
    return out.getvalue().encode(random.choice(("utf-8", "utf-8-sig", "gb18030", "utf-16")))


def write_exports(folder, random, world, files=1):
    shutil.rmtree(folder / "exports", ignore_errors=True)
    (folder / "exports").mkdir(parents=True)
    for type in world.types:
        rows = world.rows[type.name]
        for number in range(files):
            (folder / "exports" / f"{type.name}-{number}.csv").write_bytes(export(random, type, rows[number::files]))


def run(folder, *options, expect=0):
    """(unit, indicator, slice) → what values.json says; or the text of what ended the run."""
    done = appraise(*options, "run", folder, "-o", folder / "out", "--force", expect=expect, env={"APPRAISE_HOME": str(folder)})
    if expect:
        return done.stderr.decode()
    said = json.loads((folder / "out" / "values.json").read_text(encoding="utf-8"))
    return {(line["unit"], line["indicator"], line["slice"]):
            (line["state"], None if line["numerator"] is None else (Fraction(line["numerator"]), Fraction(line["denominator"])),
             line["counted"], line["unknown"], line["left_out"]) for line in said["values"]}


def listed(folder):
    done = appraise("indicators", "list", "--json", env={"APPRAISE_HOME": str(folder)})
    return {indicator["id"]: indicator for indicator in json.loads(done.stdout)}


def spans(world):
    return {"period": Span(*world.period, *world.base), "base1": Span(*world.base, *world.base)}


def row_by_row(world, counted, indicator, span):
    """[(unit, where, that, value, the field to blame)] by the language's own definition; may raise TooLarge."""
    found = []
    where, that, value = indicator.where, indicator.that, indicator.value
    for row in counted[indicator.of.name]:
        truth = True if where is None else where.of(row, span)
        results = [row["unit"], truth, None, None, None]
        if truth is None:
            results[4] = where.missing(row, span)
        elif truth:
            if value is not None:
                results[3] = value.of(row, span)
                if results[3] is None:
                    results[4] = value.missing(row, span)
            if that is not None and results[4] is None:
                results[2] = that.of(row, span)
        found.append(tuple(results))
    return found


def stored(field, value):
    """Dates as ISO texts, money and numbers as hundredths, as engine/predicate/condition.h says."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    return int(value * 100) if field.kind in ("number", "money") else int(value)


def database(world, counted):
    result = sqlite3.connect(":memory:")
    for type in world.types:
        columns = [field.name for field in type.fields]
        result.execute(f"CREATE TABLE {type.name} (row_number, row_unit, {', '.join(columns)})")
        result.executemany(f"INSERT INTO {type.name} VALUES (?, ?, {', '.join('?' * len(columns))})",
                           ([index, row["unit"], *(stored(field, row[field.name]) for field in type.fields)]
                            for index, row in enumerate(counted[type.name])))
    result.execute("CREATE TABLE working_calendar (day, ordinal)")
    result.executemany("INSERT INTO working_calendar VALUES (?, ?)", ((day.isoformat(), n) for n, day in enumerate(WORKING)))
    result.execute("CREATE INDEX by_day ON working_calendar (day, ordinal)")
    result.execute("CREATE INDEX by_ordinal ON working_calendar (ordinal, day)")
    for type in world.types:  # the one side record of each record
        if type.via:
            result.execute(f"CREATE TABLE only_{type.name} AS "
                           f"SELECT * FROM {type.name} GROUP BY {type.via_field} HAVING count(*) = 1")
            result.execute(f"CREATE INDEX by_{type.name} ON only_{type.name} ({type.via_field})")
    result.execute("CREATE INDEX by_number ON cases (number)")
    return result


def source_of(world, type):
    """FROM with what can be joined. Columns have different names in all types, but for the two of the harness."""
    text = type.name
    for other in world.types:
        if other.name == type.via:
            text += f" LEFT JOIN {other.name} ON {type.name}.{type.via_field} = {other.name}.{other.key[-1]}"
        elif other.via == type.name:
            text += f" LEFT JOIN only_{other.name} AS {other.name} ON {type.name}.{type.key[-1]} = {other.name}.{other.via_field}"
    return text


def divided(sql):
    """A value is printed as one of integers ÷ a whole number, which SQLite would make a double: (integers, number)."""
    text, _, divisor = (sql or "NULL").rpartition(" / ")
    return (text, int(divisor[:-2])) if divisor.endswith(".0") and divisor[:-2].isdigit() else (sql or "NULL", 1)


def by_sql(database, world, type, where, that, value, span):
    """[(unit, where, that, value)] in the order of the rows, from SQL texts that may be None."""
    integers, divisor = divided(value)
    bounds = dict(zip(("period_start", "period_end", "base_start", "base_end"), (day.isoformat() for day in span)))
    rows = database.execute(f"SELECT {type.name}.row_unit, {where or 'TRUE'}, {that or 'NULL'}, {integers} "
                            f"FROM {source_of(world, type)} ORDER BY {type.name}.row_number", bounds)
    truth = {None: None, 0: False, 1: True}
    return [(unit, truth[a], truth[b], Fraction(c, divisor) if isinstance(c, int) else c) for unit, a, b, c in rows]
