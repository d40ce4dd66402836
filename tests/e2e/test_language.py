"""The condition language and the plan beside SQLite and beside a second evaluator, over random record types, rows and conditions.

- APPRAISE_LANGUAGE=N indicators (1,000), fifty to a home: what the printed SQL says of every row is what the language says
  (random_language.py), and the figures made of it are those of values.json, with the rows left out by reason; the compiled
  plan and the row-by-row evaluator agree (both_ways.cpp); figures that records hold (`measured`) and what is made of other
  figures (ratios, disposition times, combinations) beside them;
- conditions of tests/expected/conditions.toml with SQL written by hand: printed SQL, that SQL and the program agree;
- numbers that do not fit end the run;
- what must not move a figure: order of rows, split of files, threads, batch sizes, rows of another unit or year, other keys.
"""
import os, random, subprocess, tempfile, tomllib
from collections import Counter
from datetime import date
from fractions import Fraction
from pathlib import Path

import language_home as home
from common import Checks, PROGRAM, SOURCE
from language_figures import figure_of_figures, figures_of_rows, measured
from random_indicators import OVER_FIGURES, OVER_ROWS, OVER_TIME, Indicator, measured_indicator, over_figures, random_indicator
from random_language import OPERAND, Node, TooLarge
from random_world import HALF, NO_MONTHS, YEAR, World

CASES = int(os.environ.get("APPRAISE_LANGUAGE", "1000"))
SEED = os.environ.get("APPRAISE_SEED", "2016")
A_HOME = 50
BY_HAND = tomllib.loads((SOURCE / "tests" / "expected" / "conditions.toml").read_text(encoding="utf-8"))["condition"]
checks = Checks()
beside_sql = rows_beside_sql = 0
given = Counter()  # figures by their measure and state


def evaluated(world, counted, indicator):
    """slice → what it says row by row, and the figures made of it; None where a number does not fit."""
    spans = home.spans(world)
    try:
        if any(node.spans for node in indicator.nodes()):
            said = {name: home.row_by_row(world, counted, indicator, span) for name, span in spans.items()}
        else:
            said = dict.fromkeys(spans, home.row_by_row(world, counted, indicator, spans["period"]))
        return said, figures_of_rows(world, indicator, said, spans)
    except (TooLarge, OverflowError):  # Python's dates end with the year 9999
        return None


def comparable(value):
    if isinstance(value, date):
        return value.isoformat()
    return Fraction(value) if isinstance(value, bool) else value


def compare_with_sql(world, database, indicator, printed, said):
    """Row by row. Where integers pass 64 bits SQLite goes on in doubles, and is not asked."""
    global beside_sql, rows_beside_sql
    if indicator.writer.widest >= home.EXACT_IN_SQL:
        return
    beside_sql += 1
    sql = [printed[part] and printed[part]["sql"]["sqlite"] for part in ("where", "that", "value")]
    for name, span in home.spans(world).items():
        found = home.by_sql(database, world, indicator.of, *sql, span)
        expected = []
        for (unit, where, that, value), row in zip(found, said[name]):
            met = row[1] is True
            expected.append((unit, where, that if met and row[4] is None else None, value if met else None))
        wanted = [(unit, where, that, comparable(value)) for unit, where, that, value, _ in said[name]]
        rows_beside_sql += len(wanted)
        checks.equal(expected, wanted, f"{indicator.toml()}\n{sql}")


def compare_values(values, indicator, expected):
    wrong = {key: (values[key[0], indicator.id, key[1]], figure) for key, figure in expected.items()
             if values[key[0], indicator.id, key[1]] != figure}
    checks.looked_at += len(expected) - 1
    checks.equal(wrong, {}, indicator.toml())
    given.update((indicator.measure, figure[0]) for figure in expected.values())


def made_of_others(chance, indicators):
    """Of any of them, and of one another."""
    made = []
    for number in range(12):
        made.append(over_figures(chance, f"q{number}", [indicator.id for indicator in indicators + made]))
    return made


def measured_figures(world, counted, indicator):
    return {(unit, name): figure for name, span in home.spans(world).items()
            for unit, figure in measured(world, counted, indicator, span).items()}


def of_others(world, indicator, figures):
    """`figures`: id → (its figures, the factor that they are shown with)."""
    found = {}
    for name, span in home.spans(world).items():
        for unit in world.units:
            operands = [(figures[id][0][unit, name], figures[id][1]) for id in indicator.operands]
            found[unit, name] = figure_of_figures(indicator, operands, span)
    return found


def by_hand(world):
    for number, condition in enumerate(BY_HAND):
        type = next(type for type in world.types if type.name == condition.get("of", "cases"))
        text = Node(condition["text"], OPERAND, "truth", None, None)
        yield Indicator(f"h{number:02}", "count", type, where=text, descendants=False), condition["sql"]


def compare_by_hand(world, database, values, listed):
    for indicator, sql in by_hand(world):
        printed = listed[indicator.id]["where"]["sql"]["sqlite"]
        for name, span in home.spans(world).items():
            hand, ours = (home.by_sql(database, world, indicator.of, text, None, None, span) for text in (sql, printed))
            checks.equal(ours, hand, f"{name}: {indicator.where.text}\nprinted {printed}\nby hand {sql}")
            for unit in world.units:
                met = sum(row[:2] == (unit, True) for row in hand)
                left_out = sum(row[:2] == (unit, None) for row in hand)
                value = values[unit, indicator.id, name]
                checks.equal((value[2], sum(value[4].values())), (met, left_out), f"{unit} {name}: {indicator.where.text}")


def both_ways(folder, batch_rows, figures):
    command = [str(PROGRAM.parent / "tests" / "both_ways"), str(folder), str(batch_rows)]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "APPRAISE_HOME": str(folder)})
    checks.looked_at += figures - 1
    checks.equal((done.returncode, done.stdout.splitlines()[-1:]), (0, [f"{figures} figures"]), done.stdout)


def one_home(folder, seed):
    chance = random.Random(f"language {SEED} {seed}")
    far = seed % 5 == 4
    world = World(chance, rows=chance.choice((1, 40, 70, 90)), far=far, period=(YEAR, NO_MONTHS, YEAR, HALF)[seed % 4])
    counted = world.counted()
    kept, beyond = {}, []
    while len(kept) < A_HOME:
        indicator = random_indicator(chance, world, f"i{len(kept):02}")
        said = evaluated(world, counted, indicator)
        if said is None:
            beyond.append(indicator)
        else:
            kept[indicator] = said
    from_records = [measured_indicator(chance, world, f"m{number}") for number in range(0 if far else 4)]
    others = made_of_others(chance, list(kept) + from_records)
    made = [*kept, *from_records, *others, *(indicator for indicator, _ in by_hand(world))]
    home.write_home(folder, world, made)
    home.write_appraisal(folder, world, made)
    home.write_exports(folder, chance, world, files=chance.choice((1, 1, 2)))
    batch_rows = chance.choice((1, 7, 64, 1024))
    values, listed = home.run(folder, "--batch-rows", batch_rows), home.listed(folder)
    both_ways(folder, batch_rows, len(values))
    database = home.database(world, counted)
    figures = {}
    for indicator, (said, found) in kept.items():
        compare_with_sql(world, database, indicator, listed[indicator.id], said)
        figures[indicator.id] = found, 1
    for indicator in from_records:
        figures[indicator.id] = measured_figures(world, counted, indicator), 1
    for indicator in others:
        figures[indicator.id] = of_others(world, indicator, figures), indicator.more.get("per", 1)
    for indicator in (*kept, *from_records, *others):
        compare_values(values, indicator, figures[indicator.id][0])
    compare_by_hand(world, database, values, listed)
    for indicator in beyond[:1]:
        indicator.id = "beyond"
        home.write(folder / "indicators" / "some" / "beyond.toml", indicator.toml())
        home.write_appraisal(folder, world, [indicator])
        ended = home.run(folder, expect=6)
        checks.true("number-too-large" in ended, f"a number that does not fit ends the run\n{indicator.toml()}{ended}")


def moved(folder, before, what, *options):
    """No figure is another than before."""
    after = home.run(folder, *options)
    checks.looked_at += len(before) - 1
    checks.equal({key: (figure, after.get(key)) for key, figure in before.items() if after.get(key) != figure}, {}, what)


def renamed(world):
    names = {row["number"]: f"新{index}" for index, row in enumerate(reversed(world.rows["cases"]))}
    for type in world.types:
        field = "number" if type.name == "cases" else type.via_field
        for row in world.rows[type.name] if field else ():
            row[field] = names[row[field]]


def unmoved_by_form(folder, seed):
    """Order of rows, split of files, threads, batches, a foreign unit, a foreign year, other keys."""
    chance = random.Random(f"unmoved {SEED} {seed}")
    world = World(chance, rows=150)
    counted = world.counted()
    indicators = []
    while len(indicators) < A_HOME:
        indicator = random_indicator(chance, world, f"i{len(indicators):02}")
        if indicator.of.name == "cases":  # a row of another year is not looked at any further
            writer = indicator.writer
            day = writer.literal("date", "2014-06-30", date(2014, 6, 30))
            of_year = writer.compare(writer.at(None, indicator.of.field("opened")), day, [">"])
            indicator.where = writer.join("and", of_year, indicator.where) if indicator.where else of_year
        if evaluated(world, counted, indicator) is not None:
            indicators.append(indicator)
    made = indicators + made_of_others(chance, indicators)
    home.write_home(folder, world, made)
    home.write_appraisal(folder, world, made)
    home.write_exports(folder, chance, world)
    before = home.run(folder)
    checks.true(sum(figure[2] for figure in before.values()) > 1000, "there are figures to move")
    for threads, rows in ((1, 1), (2, 4096), (3, 2), (5, 63), (8, 64), (4, 65)):
        moved(folder, before, f"{threads} threads, batches of {rows} rows", "--threads", threads, "--batch-rows", rows)
    for rows in world.rows.values():
        chance.shuffle(rows)
    home.write_exports(folder, chance, world)
    moved(folder, before, "another order of rows")
    home.write_exports(folder, chance, world, files=4)
    moved(folder, before, "rows in four files", "--threads", 3)
    strange = world.row(world.types[0], "strange 1") | {"opened": date(2013, 5, 6)}
    world.rows["cases"].append(strange)
    home.write_exports(folder, chance, world)
    moved(folder, before, "a row of another year")
    world.parents["990000"] = None
    world.rows["cases"][-1] = world.row(world.types[0], "strange 2") | {"place": "990000"}
    world.rows["people"].append(world.row(world.types[2], "strange 3") | {"office": "990000"})
    home.write_appraisal(folder, world, made)
    home.write_exports(folder, chance, world)
    moved(folder, before, "rows of another unit")
    renamed(world)
    home.write_exports(folder, chance, world)
    moved(folder, before, "other keys")


with tempfile.TemporaryDirectory() as temporary:
    for number in range(max(1, CASES // 500)):
        unmoved_by_form(Path(temporary) / f"unmoved {number}", number)
    for number in range(max(1, CASES // A_HOME)):
        one_home(Path(temporary) / str(number), number)
print(f"{beside_sql} indicators and {rows_beside_sql} rows beside SQLite")
for measure in sorted({measure for measure, _ in given}):
    print(f"  {measure}: " + ", ".join(f"{given[measure, state]} {state}" for state in ("value", "empty", "unavailable")))
checks.true(beside_sql >= 0.8 * CASES, f"most indicators are compared with SQLite: {beside_sql} of {CASES}")
checks.true(rows_beside_sql >= 40 * CASES, f"over some rows: {rows_beside_sql}")
for measure in (*OVER_ROWS, *OVER_FIGURES, "measured"):
    states = ("value", "empty", "unavailable") if measure in (*OVER_TIME, *OVER_FIGURES, "measured") else ("value", "empty")
    for state in states:
        checks.true(given[measure, state] >= CASES // 100, f"{measure}: {given[measure, state]} figures are {state}")
checks.finish(at_least=10 * CASES)
