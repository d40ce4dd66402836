"""Exports → records, for recompute.py: rows of CSV files with their identity resolved; what cannot be counted is listed.

A cell that does not convert, an empty required cell, a row with too few or too many cells, dates in the wrong order (a closing
before the docketing), and a key that stands twice in one snapshot make a row uncountable: it is counted nowhere. A later snapshot
replaces.
"""
import csv
import io
import re
import tomllib
import unicodedata
from collections import defaultdict
from datetime import date
from fractions import Fraction
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]


def toml(path):
    with open(path, "rb") as file:
        return tomllib.load(file, parse_float=Fraction)  # 0.1 is one tenth


def decode(data):
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


class Bad:
    """A cell that makes its row uncountable, and why."""

    def __init__(self, why):
        self.why = why


WRITTEN = re.compile(r"(\d{4})([-/.年])(\d{1,2})([-/.月])(\d{1,2})日?")


def to_date(text):
    """2016-01-05, 2016/1/5, 2016.1.5 or 2016年1月5日; the day must exist."""
    written = WRITTEN.fullmatch(unicodedata.normalize("NFKC", text))
    if not written or written[2] + written[4] not in ("--", "//", "..", "年月"):
        return Bad("impossible-date")
    try:
        return date(int(written[1]), int(written[3]), int(written[5]))
    except ValueError:
        return Bad("impossible-date")


def to_number(text):
    sign = text[1:] if text[:1] in "+-" else text
    whole, _, places = sign.partition(".")
    if (whole + places).isascii() and (whole + places).isdigit() and whole and (places or "." not in sign):
        return Fraction(text)
    return Bad("not-a-number")


def to_integer(text):
    number = to_number(text)
    return int(number) if isinstance(number, Fraction) and number.denominator == 1 else Bad("not-a-number")


def spelling(text):
    """〔2016〕１ 号 and [2016]1号 are the same number."""
    return unicodedata.normalize("NFKC", text).translate(BRACKETS)


BRACKETS = str.maketrans("〔〕【】[]{}", "()()()()", " \t\n\u3000")
FLAGS = {"是": True, "否": False, "yes": True, "no": False, "1": True, "0": False, "true": True, "false": False}


class Roster:
    def __init__(self, path):
        self.units = list(csv.DictReader(io.StringIO(decode(path.read_bytes()))))
        self.codes = [unit["code"] for unit in self.units]
        self.by_code = {unit["code"]: unit for unit in self.units}
        self.by_text = {}
        for key in ("short_name", "name", "code"):
            names = [unit[key] for unit in self.units]
            self.by_text |= {unit[key]: unit["code"] for unit in self.units if names.count(unit[key]) == 1}
        self.path = {code: self._path(code) for code in self.codes}

    def _path(self, code):
        path = []
        while code:
            path.append(code)
            code = self.by_code[code]["parent_code"]
        return path

    def to_unit(self, text):
        return self.by_text.get(text) or Bad("unit-unknown")

    def chosen(self, condition):
        """level = 'city' and parent = '900500'"""
        units = self.units
        for part in condition.split(" and ") if condition else []:
            name, _, literal = part.partition(" = ")
            column = {"parent": "parent_code"}.get(name.strip(), name.strip())
            units = [unit for unit in units if unit[column] == literal.strip().strip("'")]
        return units


CASE_FIELDS = set("""case_no unit case_type channel handled_by procedure county_office requested_date discovered_date docketed_date
    refused_date decided_date outcome closed_date extension_approved_date published_date relation transferred_date cross_region
    supervised_by suspected_crime criminal_transfer_date review_kind review_result review_date""".split())


ORDER = {"cases": [("requested_date", "docketed_date"), ("docketed_date", "closed_date"), ("docketed_date", "decided_date")],
         "excluded_time": [("from_date", "to_date")]}  # the second may not be before the first


class Cells(dict):
    """Text of a cell → its value, None where empty; over all files, since most cells repeat."""

    def __init__(self, declared, roster):
        super().__init__()
        self.empty = Bad("value-missing") if declared.get("required") else None
        self.bad = {} if self.empty is None else {"": self.empty}
        titles = {name: value for value, title in declared.get("values", []) for name in (value, title)}
        self.convert = {"text": str, "date": to_date, "integer": to_integer, "number": to_number, "money": to_number,
                        "flag": lambda text: FLAGS.get(text, Bad("category-unknown")), "unit": roster.to_unit,
                        "category": lambda text: titles.get(text, Bad("category-unknown"))}[declared["type"]]

    def __missing__(self, text):
        value = self[text] = self.convert(text.strip()) if text.strip() else self.empty
        if isinstance(value, Bad):
            self.bad[text] = value
        return value


class Records:
    """All record types of one appraisal, identity resolved. Rows are dicts: field id → value, None where empty."""

    def __init__(self, folder, inputs, roster):
        self.types = toml(SOURCE / "indicators" / "fields.toml")
        self.roster = roster
        self.uncounted = []  # (type, file, line, why)
        self.replaced = 0
        self.rows = {}
        for name in self.types:
            self.cells = {one["id"]: Cells(one, roster) for one in self.types[name]["fields"]}
            self.texts = {one["id"] for one in self.types[name]["fields"] if one["type"] == "text"}
            standing = self._identified(name, self._read(name, folder, inputs))
            self.rows[name] = [row for _, row, countable in standing.values() if countable]
            if name == "cases":
                cases = standing
        self._join(cases)

    def _read(self, name, folder, inputs):
        """(reporting date, row) of every countable row; files in order of reporting date, then name."""
        found = []
        for entry in inputs:
            if entry["type"] == name:
                for pattern in entry["files"]:
                    found += [(entry["reporting_date"], path) for path in folder.glob(pattern)]
        for reporting_date, path in sorted(found):
            reader = csv.reader(io.StringIO(decode(path.read_bytes()), newline=""), strict=True)
            heads, lines, table = next(reader), [], []
            before = reader.line_num
            for row in reader:
                if row and row != [""]:
                    if len(row) == len(heads):
                        lines.append(before + 1)
                        table.append(row)
                    else:
                        self.uncounted.append((name, path.name, before + 1, "row-ragged"))
                before = reader.line_num
            yield from self._typed(name, path, reporting_date, heads, lines, table)

    def _typed(self, name, path, reporting_date, heads, lines, table):
        declared = {}
        for one in self.types[name]["fields"]:
            declared[one["title"]] = declared[one["id"]] = one
        fields = [declared[head.strip()] for head in heads]
        columns, bad = [], {}
        for one, column in zip(fields, zip(*table)):
            cells = self.cells[one["id"]]
            columns.append([cells[text] for text in column])
            if not cells.bad.keys().isdisjoint(column):
                for at, text in enumerate(column):
                    if text in cells.bad:
                        bad.setdefault(at, cells.bad[text].why)
        used = [one["id"] for one in self.types[name]["fields"] if name != "cases" or one["id"] in CASE_FIELDS]
        given = dict(zip([one["id"] for one in fields], columns))
        for at, values in enumerate(zip(*(given.get(one, [None] * len(lines)) for one in used))):
            row = dict(zip(used, values), at=(path.name, lines[at]))
            if at not in bad and any(row[first] and row[last] and row[last] < row[first] for first, last in ORDER.get(name, [])):
                bad[at] = "date-order"
            if at in bad:
                self.uncounted.append((name, *row["at"], bad[at]))
            yield reporting_date, row, at not in bad

    def key(self, name, row):
        """The parts of a record's key, as fields.toml names them. Widths and brackets make no difference."""
        parts = []
        for part in self.types[name]["key"]:
            if part.startswith("year of "):
                day = next((row[one] for one in part[len("year of "):].split(", ") if row[one]), Bad("key-incomplete"))
                parts.append(day if isinstance(day, Bad) else day.year)
            else:
                parts.append(spelling(row[part]) if part in self.texts and isinstance(row[part], str) else row[part])
        return tuple(parts)

    def _identified(self, name, rows):
        """A later snapshot replaces; in one snapshot the first row with a key stands. A row that cannot be counted keeps its
        key all the same: neither what it replaces nor what repeats it is counted in its place."""
        if "key" not in self.types[name]:
            return dict(enumerate(rows))
        standing = {}
        for reporting_date, row, countable in rows:
            key = self.key(name, row)
            if any(isinstance(part, Bad) for part in key):
                if countable:
                    self.uncounted.append((name, *row["at"], "key-incomplete"))
            elif key in standing and standing[key][0] == reporting_date:
                if countable:
                    self.uncounted.append((name, *row["at"], "duplicate-key"))
            else:
                self.replaced += key in standing and standing[key][2]
                standing[key] = (reporting_date, row, countable)
        return standing

    def _join(self, standing):
        """Side records find their case by the parts of its key that they state; exactly one case must fit."""
        by_number = defaultdict(list)
        for key, (_, case, countable) in standing.items():
            by_number[spelling(case["case_no"])].append((key, case, countable))
            case["excluded"] = []
        for name in ("excluded_time", "file_reviews"):
            kept = []
            for row in self.rows[name]:
                stated = (row.get("case_unit"), row.get("case_year"), row.get("case_type"))
                fits = [(case, countable) for key, case, countable in by_number[spelling(row["case_no"])]
                        if all(part is None or part == own for part, own in zip(stated, key))]
                if len(fits) != 1:
                    self.uncounted.append((name, *row["at"], "record-ambiguous" if fits else "record-unknown"))
                elif not fits[0][1]:
                    self.uncounted.append((name, *row["at"], "record-uncounted"))
                else:
                    row["case"], row["unit"] = fits[0][0], fits[0][0]["unit"]
                    kept.append(row)
            self.rows[name] = kept
        for row in self.rows["excluded_time"]:
            row["case"]["excluded"].append((row["from_date"], row["to_date"], row["cause"]))
