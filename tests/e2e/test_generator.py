"""The demonstration year: its totals are the published ones, the same seed gives the same bytes, and each planted row has one fault."""
import csv
import hashlib
import io
import os
import tempfile
import time
import tomllib
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

from common import SOURCE, Checks, appraise, demo_year
from demo_exports import Exports, decode

checks = Checks()
folder = demo_year() / "exports"
exports = Exports(folder, SOURCE)
cases = exports.cases()
with open(SOURCE / "fixtures" / "demo-year" / "roster.csv", encoding="utf-8", newline="") as file:
    roster = {row["code"]: row for row in csv.DictReader(file)}
province_of = {code: row["parent_code"] if row["level"] == "city" else code for code, row in roster.items()}
PROVINCES = [code for code, row in roster.items() if row["level"] == "province"]
CITIES = [code for code, row in roster.items() if row["level"] == "city"]
REPORTED = {"2015": "2016-01-31", "2016": "2017-01-31"}
INFRINGEMENT, OTHER, COUNTERFEIT = "侵权纠纷", "其他纠纷", "假冒专利"
DECISIONS = {"认定侵权", "认定不侵权", "驳回请求"}


# What published.csv lists, each figure from the rows.
def span(year):
    return ("2015-01-01", "2015-06-30") if year == "2015H1" else (f"{year}-01-01", f"{year}-12-31")


def within(day, year):
    first, last = span(year)
    return first <= day <= last


counted = [row for row in cases if row["relation"] != "协助"]


def docketed(year, *matters, **conditions):
    return [row for row in counted if row["case_type"] in matters and within(row["docketed_date"], year)
            and all(row[field] == value for field, value in conditions.items())]


def closed(year, **conditions):
    return [row for row in counted if row["case_type"] == COUNTERFEIT and within(row["closed_date"], year)
            and all(row[field] == value for field, value in conditions.items())]


def both(year, **conditions):
    return docketed(year, INFRINGEMENT, OTHER, **conditions) + closed(year, **conditions)


def closing_rate(year, rows):
    done = sum(1 for row in rows if row["case_type"] == COUNTERFEIT or "" < row["closed_date"] <= span(year)[1])
    return f"{done * 1000 / len(rows) / 10:.1f}"


def over_1000(year):
    return sum(count > 1000 for count in Counter(province_of[row["unit"]] for row in both(year)).values())


FIGURES = {
    "侵权纠纷_立案": lambda year: len(docketed(year, INFRINGEMENT)),
    "其他纠纷_立案": lambda year: len(docketed(year, OTHER)),
    "专利纠纷_立案": lambda year: len(docketed(year, INFRINGEMENT, OTHER)),
    "查处假冒_结案": lambda year: len(closed(year)),
    "查处假冒_案件": lambda year: len(closed(year)),
    "办案总量": lambda year: len(both(year)),
    "侵权纠纷_立案_发明": lambda year: len(docketed(year, INFRINGEMENT, patent_kind="发明")),
    "侵权纠纷_立案_实用新型": lambda year: len(docketed(year, INFRINGEMENT, patent_kind="实用新型")),
    "侵权纠纷_立案_外观设计": lambda year: len(docketed(year, INFRINGEMENT, patent_kind="外观设计")),
    "侵权纠纷_地方局直接办理": lambda year: len(docketed(year, INFRINGEMENT, handled_by="本局")),
    "电商领域_案件": lambda year: len(both(year, channel="电商")),
    "展会_案件": lambda year: len(both(year, channel="展会")),
    "办案超1000件的省数": over_1000,
    "专利纠纷_结案率_%": lambda year: closing_rate(year, docketed(year, INFRINGEMENT, OTHER)),
    "侵权纠纷_结案率_%": lambda year: closing_rate(year, docketed(year, INFRINGEMENT)),
    "全部案件_结案率_%": lambda year: closing_rate(year, both(year)),
}


def walk_published():
    with open(SOURCE / "fixtures" / "demo-year" / "published.csv", encoding="utf-8", newline="") as file:
        published = list(csv.DictReader(file))
    verdicts = Counter(row["match"] for row in published)
    checks.equal(set(verdicts), {"exact", "derived", "not modelled"}, "verdicts of published.csv")
    checks.equal(len(published), 30, "rows of published.csv")
    for row in published:
        checks.true(row["definition"] and row["source"], f"{row['year']} {row['indicator']}: definition or reason, and source")
        if row["match"] != "not modelled":
            found = FIGURES[row["indicator"].removesuffix("_derived")](row["year"])
            checks.equal(str(found), row["value"], f"{row['year']} {row['indicator']}")


def spread():
    largest = Counter(province_of[row["unit"]] for row in docketed("2016", INFRINGEMENT)).most_common(1)[0][1]
    checks.equal(f"{largest * 100 / 20351:.1f}", "49.8", "share of the largest unit")
    for year in ("2015", "2016"):
        months = Counter(row["closed_date"][5:7] for row in closed(year))
        checks.true(max(months, key=months.get) == "12" and min(months, key=months.get) == "02", f"rush and dip of {year}")
    seen = {year: {row["unit"] for row in both(year)} for year in ("2015", "2016")}
    for code in PROVINCES:
        checks.true(any(province_of[unit] == code for unit in seen["2016"]), f"{code} has cases")
    checks.true(len([code for code in CITIES if code not in seen["2016"]]) == 1, "one city without a case")
    first = Counter(row["unit"] for row in docketed("2015", INFRINGEMENT, OTHER))
    second = Counter(row["unit"] for row in docketed("2016", INFRINGEMENT, OTHER))
    checks.true([code for code in CITIES if code.startswith("9005") and not first[code] and second[code]], "disputes from nothing")
    first, second = (Counter(row["unit"] for row in closed(year)) for year in ("2015", "2016"))
    checks.true([code for code in CITIES if code.startswith("9005") and not first[code] and second[code]], "counterfeit from nothing")
    shopped = {province_of[row["unit"]] for row in both("2016", channel="电商")}
    checks.true(1 <= len(set(PROVINCES) - shopped) <= 2, "units without e-commerce")
    sued = {province_of[row["unit"]] for row in cases if row["review_kind"] == "行政诉讼"}
    checks.true(1 <= len(set(PROVINCES) - sued) <= 6, "units without suits")
    for share in (0.2, 0.6):
        rows = defaultdict(list)
        for row in cases:
            if row["case_type"] == INFRINGEMENT and row["handled_by"] == "本局" and within(row["closed_date"], "2016"):
                rows[province_of[row["unit"]]].append(row["outcome"] in DECISIONS)
        checks.true(any(sum(some) == len(some) * share for some in rows.values()), f"a decision share of exactly {share}")


def order_of_days():
    """docket ≤ decide ≤ close ≤ publish, archive; nothing after the reporting date; nothing before the request."""
    later = ["docketed_date", "decided_date", "closed_date"]
    wrong, weekend_work = Counter(), Counter()
    for row in exports.sound("cases"):
        year = row["@"][0][:4]
        days = [row[field] for field in later if row[field]]
        if days != sorted(days):
            wrong["sequence"] += 1
        begun = row["requested_date"] or row["discovered_date"]
        for field, day in row.items():
            if field.endswith("_date") and day:
                wrong[f"{field} after the reporting date"] += day > REPORTED[year] and field != "supervision_deadline"
                wrong[f"{field} before the request"] += bool(begun) and day < begun and field not in ("requested_date", "discovered_date")
        for field in ("published_date", "archived_date"):
            wrong[f"{field} before closing"] += bool(row[field]) and row[field] < (row["closed_date"] or "9999")
        wrong["outcome of an open case"] += bool(row["outcome"]) and not (row["closed_date"] or row["decided_date"])
        wrong["neither docketed nor refused"] += not row["docketed_date"] and not row["refused_date"]
        if row["docketed_date"] and date.fromisoformat(row["docketed_date"]).weekday() >= 5:
            weekend_work[row["docketed_date"]] += 1
    checks.equal(+wrong, Counter(), "order of days")
    with open(SOURCE / "templates" / "parameters" / "workdays.csv", encoding="utf-8", newline="") as file:
        made_up = {row["date"] for row in csv.DictReader(file) if row["kind"] == "makeup_workday"}
    checks.true(len(weekend_work) >= 10 and set(weekend_work) <= made_up, "make-up days are worked, other weekends are not")


def snapshots():
    years = {"2015": {}, "2016": {}}
    repeated = 0
    for row in exports.sound("cases"):
        key, year = exports.case_key(row), row["@"][0][:4]
        repeated += key in years[year]
        years[year][key] = row
        entered = row["docketed_date"] or row["refused_date"]
        if row["@"][0].startswith(f"{year}/open-"):
            checks.true(entered < f"{year}-01-01" and (row["closed_date"] or "9999") >= f"{year}-01-01", f"{row['@']}: open before {year}")
        else:
            checks.true(entered[:4] == year, f"{row['@']}: of {year}")
            checks.equal(row["@"][0], f"{year}/cases-{province_of[row['unit']]}.csv", "file of the case")
    checks.equal(repeated, 0, "keys that stand twice in one snapshot")
    open_then = {key for key, row in years["2015"].items() if row["docketed_date"] and (row["closed_date"] or "9999") > "2015-12-31"}
    open_now = {key for key, row in years["2016"].items() if row["@"][0] == "2016/open-2016.csv"}
    checks.equal(open_now, open_then, "open-2016 holds again what was open at the end of 2015")
    for key in open_now:
        old, new = years["2015"][key], years["2016"][key]
        for field in ("case_no", "docketed_date", "patent_no", "respondent", "officer_1", "handled_by"):
            checks.equal(new[field], old[field], f"{key} {field} in both snapshots")
    checks.true(any(not years["2015"][key]["closed_date"] and years["2016"][key]["closed_date"] for key in open_now), "closed since")


def planted():
    checks.equal(len(exports.planted), 40, "planted rows")
    kinds = Counter(row["kind"] for row in exports.planted)
    checks.true(len(kinds) >= 8, f"kinds of planted rows: {sorted(kinds)}")
    checks.true(len({row["file"] for row in exports.planted}) >= 15, "planted over several files")
    known = set(roster)
    by_place = {row["@"]: row for rows in exports.rows.values() for row in rows}
    case_numbers = Counter((row["case_no"]) for row in {exports.case_key(row): row for row in exports.sound("cases")}.values())
    for plant in exports.planted:
        row = by_place.get((plant["file"], int(plant["row"])))
        what = f"{plant['file']}:{plant['row']} {plant['kind']}"
        checks.true(row is not None, f"{what}: stands there")
        if row is None:
            continue
        declared = {one["id"]: one for one in exports.types[plant["record_type"]]["fields"] if not one.get("derived")}
        faults = []
        if row["cells"] != len(declared):
            faults.append("row-ragged")
        for field, one in declared.items():
            cell = row.get(field, "")
            if not cell:
                if one.get("required") and row["cells"] >= len(declared):
                    faults.append("value-missing")
            elif one["type"] == "date" and row["cells"] == len(declared):
                try:
                    date.fromisoformat(cell)
                except ValueError:
                    faults.append("impossible-date")
            elif one["type"] in ("number", "money", "integer") and not cell.replace(".", "").replace("-", "").isdigit():
                faults.append("not-a-number")
            elif one["type"] == "category" and cell not in [title for _, title in one["values"]]:
                faults.append("category-unknown")
            elif one["type"] == "unit" and cell not in known:
                faults.append("unit-unknown")
        if plant["kind"] == "date-sequence":
            days = [row["docketed_date"], row["closed_date"]]
            faults += ["date-sequence"] if days != sorted(days) else []
        if plant["kind"] in ("record-unknown", "record-ambiguous"):
            fits = case_numbers[row["case_no"]]
            faults += ["record-unknown"] if fits == 0 else ["record-ambiguous"] if fits > 1 else []
        if plant["kind"] == "duplicate-key":
            number = next(one for one in ("case_no", "lead_no", "certificate_no") if one in row)
            same = [other for other in exports.sound(plant["record_type"]) if other["unit"] == row["unit"] and other[number] == row[number]
                    and other["@"][0] == plant["file"] and other["@"][1] < row["@"][1]]
            faults += ["duplicate-key"] if same else []
        checks.equal(faults, [plant["kind"]], what)


def side_records():
    """Each names its case by as much of the key as it needs; volumes are as meant."""
    by_number = defaultdict(list)
    for row in cases:
        by_number[row["case_no"]].append(row)
    for name in ("excluded_time", "file_reviews"):
        for row in exports.sound(name):
            fits = [case for case in by_number[row["case_no"]]
                    if row["case_unit"] in ("", case["unit"]) and row["case_type"] in ("", case["case_type"])
                    and row["case_year"] in ("", exports.case_key(case)[1])]
            checks.equal(len(fits), 1, f"{row['@']}: cases that fit")
    for name, least, most in (("excluded_time", 1000, 2500), ("file_reviews", 700, 1500), ("inspections", 4000, 8000),
                              ("complaints", 3000, 8000), ("leads", 2000, 6000), ("supervision", 250, 450), ("officers", 2000, 8000)):
        checks.true(least <= len(exports.rows[name]) <= most, f"{name}: {len(exports.rows[name])} rows, {least} to {most} meant")
    checks.equal(len(exports.rows["progress"]), 76 * 32, "progress")
    for name in ("inspections", "complaints", "leads", "supervision", "officers", "measured", "self_assessment", "verified",
                 "adjustments", "appeals", "progress"):
        keys = Counter((row["@"][0], *(row[part] for part in exports.types[name]["key"])) for row in exports.sound(name))
        checks.equal([key for key, count in keys.items() if count > 1], [], f"{name}: no key twice")
    few = Counter(province_of[by_number[row["case_no"]][0]["unit"]] for row in exports.sound("file_reviews") if row["review_year"] == "2016")
    checks.true(any(few[code] < 5 for code in PROVINCES), "a unit with too few file reviews")
    measured = {row["unit"] for row in exports.sound("measured") if row["to_date"] == "2016-12-31"}
    checks.equal(len(measured), 31, "units with a measured value")
    cuts = exports.sound("excluded_time")
    checks.true(any(not row["to_date"] for row in cuts), "an interval that goes on")
    checks.equal([row["@"] for row in cuts if "" < row["to_date"] < row["from_date"]], [], "intervals that end before they begin")
    by_case = defaultdict(list)
    for row in cuts:
        by_case[row["case_no"], row["case_unit"]].append(row)
    checks.true(any(len(rows) > 1 and rows[0]["to_date"] >= rows[1]["from_date"] for rows in by_case.values()), "intervals that overlap")


def forms():
    checks.equal(set(exports.encodings.values()), {"UTF-8 BOM", "UTF-8", "GB18030"}, "encodings")
    checks.equal(set(exports.newlines.values()), {"\r\n", "\n"}, "line ends")
    texts = {path.name: decode(path.read_bytes())[0] for path in sorted(folder.glob("2016/*.csv"))}
    checks.true(any("2016/1/" in text for text in texts.values()), "a file with dates such as 2016/1/5")
    checks.true(any("𠮷" in decode((folder / name).read_bytes())[0] for name, form in exports.encodings.items() if form == "GB18030"),
                "a four-byte character in a GB18030 file")
    names = [row["respondent"] for row in exports.sound("cases")]
    quoted = sum(1 for name in names if any(sign in name for sign in ',"\n'))
    checks.true(0.02 <= quoted / len(names) <= 0.04, f"quoted names: {quoted} of {len(names)}")
    checks.true(any("\n" in name for name in names), "a line break inside a name")


def filled():
    """Every column is filled somewhere, every value of a category occurs but those of later years, and columns that are normally full have gaps."""
    for name in exports.types:
        if name in exports.rows:
            for one in exports.types[name]["fields"]:
                if one.get("derived"):
                    continue
                values = {row.get(one["id"], "") for row in exports.sound(name)} - {""}
                checks.true(values, f"{name}.{one['id']} is filled")
                for category, title in one.get("values", []):
                    if category != "samr order 2":
                        checks.true(title in values, f"{name}.{one['id']}: {category} occurs")
    rows = exports.sound("cases")
    for field in ("relation", "channel", "key_field", "campaign", "supervised_by", "review_kind"):
        missing = sum(1 for row in rows if not row[field])
        checks.true(0 < missing < len(rows) // 100, f"{field}: {missing} of {len(rows)} missing")


def same_bytes():
    def digest(target, *arguments, env):
        started = time.monotonic()
        appraise("generate", target, "--roster", SOURCE / "fixtures" / "demo-year" / "roster.csv", *arguments, env=env)
        seconds = time.monotonic() - started
        paths = sorted(path for path in target.rglob("*") if path.is_file())
        return {path.relative_to(target).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}, seconds

    first = {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
             for path in folder.rglob("*") if path.is_file()}
    with tempfile.TemporaryDirectory() as temporary:
        again, _ = digest(Path(temporary) / "a", "--seed", "2016", env={"TZ": "Asia/Shanghai", "LC_ALL": "C"})
        checks.equal(again, first, "same seed, other time zone and locale")
        other, _ = digest(Path(temporary) / "b", "--seed", "7", env={"TZ": "America/New_York"})
        checks.equal(set(other), set(first), "files of another seed")
        checks.true(other["2016/cases-900100.csv"] != first["2016/cases-900100.csv"], "another seed, other rows")
        changed = Exports(Path(temporary) / "b", SOURCE)
        global counted
        counted = [row for row in changed.cases() if row["relation"] != "协助"]
        walk_published()


walk_published()
spread()
order_of_days()
snapshots()
planted()
side_records()
forms()
filled()
same_bytes()
checks.finish(at_least=1000)
