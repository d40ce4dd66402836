"""LibreOffice recalculates scorecards.xlsx: equal to its cached values; and after a reader's changes, equal to a run on the same.

LibreOffice snaps small differences away, so this proves references and structure; the arithmetic is proved by the doubles test.
"""
import json, os, re, shutil, tempfile
from pathlib import Path

import common, office

office.needed()
import openpyxl

TOLERANCE = 1e-9
UNIT = "900300"
SUMMARY, VALUES, SCHEME = "考核结果汇总表", "指标值", "考核指标体系及计分规则"


def same(a, b):
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return abs(a - b) <= TOLERANCE * max(1, abs(a), abs(b))
    return (a or "") == (b or "")


def heads(sheet):
    """Column of each head (the lowest row of heads counts, then the one above), and the first row of data."""
    for row in range(1, 12):
        if sheet.cell(row, 1).value == "序号":
            first = row
    below = first + 1 if sheet.cell(first + 1, 1).value is None else first
    names = {}
    for column in range(1, sheet.max_column + 1):
        name = sheet.cell(below, column).value or sheet.cell(first, column).value
        names.setdefault(str(name).split("\n")[0], column)  # the points stand in the second line
    return names, below + 1


def compare_with_cached(checks, workbook, folder, at_least):
    cached = openpyxl.load_workbook(workbook, data_only=True)
    formulas = openpyxl.load_workbook(workbook)
    again = openpyxl.load_workbook(office.convert(workbook, "xlsx", folder), data_only=True)
    counted = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if not (isinstance(cell.value, str) and cell.value.startswith("=")):
                    continue
                counted += 1
                before, after = cached[sheet.title][cell.coordinate].value, again[sheet.title][cell.coordinate].value
                checks.true(same(before, after), f"{sheet.title}!{cell.coordinate} {cell.value}: cached {before!r}, recalculated {after!r}")
    checks.true(counted >= at_least, f"formulas in {workbook}: {counted}, expected {at_least} or more")


def change_workbook(source, target, changes):
    book = openpyxl.load_workbook(source)
    names, first = heads(book[VALUES])
    sheet = book[VALUES]
    changed = 0
    for row in range(first, sheet.max_row + 1):
        at = lambda head: sheet.cell(row, names[head])
        if at("代码").value == UNIT and at("指标").value == changes["indicator"] and "基期" not in str(at("期间").value):
            at("分子").value = changes["numerator"]
            changed += 1
    sheet = book[SCHEME]
    names, first = heads(sheet)
    item = None
    for row in range(first, sheet.max_row + 1):
        title = sheet.cell(row, names["考核项目"]).value
        item = title or item
        if title in changes["points"]:
            sheet.cell(row, names["分值"]).value = changes["points"][title]
            changed += 1
        if item == changes["parameter item"] and sheet.cell(row, names["参数"]).value == changes["parameter"]:
            sheet.cell(row, names["参数值"]).value = changes["parameter value"]
            changed += 1
    book.save(target)
    return changed


def change_inputs(folder, changes):
    """The same changes in a copy of the demonstration year: its measured figures and its scheme."""
    shutil.copytree(common.demo_year(), folder, copy_function=os.link, symlinks=True)
    measured = folder / "exports" / "2016" / "measured.csv"
    raw = measured.read_bytes()
    encoding = "utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "utf-8"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        encoding, text = "gb18030", raw.decode("gb18030")
    edited, count = re.subn(rf"(?m)^({UNIT},{changes['indicator id']},2016-[^,]*,2016-[^,]*,)[^,]*", rf"\g<1>{changes['numerator']}", text)
    measured.unlink()
    measured.write_bytes(edited.encode(encoding))

    scheme = (common.SOURCE / "templates" / "schemes" / "province" / "2016.toml").read_text()
    for identity, points in changes["points by id"].items():
        scheme, n = re.subn(rf'(id\s*= "{identity}"\n(?:(?!\[\[).*\n)*?points\s*= )[\d.]+', rf"\g<1>{points}", scheme)
        count += n
    scheme, n = re.subn(r'(id\s*= "disputes"\n(?:(?!\[\[).*\n)*?[^\n]*?each = )[\d.]+', rf"\g<1>{changes['parameter value']}", scheme)
    count += n
    (folder / "changed.toml").write_text(scheme)
    appraisal = (folder / "appraisal.toml").read_text()
    appraisal, n = re.subn(r'(?m)^scheme\s*=.*', 'scheme = "changed.toml"', appraisal)
    (folder / "appraisal.toml").unlink()
    (folder / "appraisal.toml").write_text(appraisal)
    return count + n


def compare_with_run(checks, workbook, card):
    sheet = openpyxl.load_workbook(workbook, data_only=True)[SUMMARY]
    names, first = heads(sheet)
    units = {unit["code"]: unit for unit in card["units"]}
    titles = {item["id"]: item["title"] for item in card["scheme"]["items"]}
    seen = 0
    for row in range(first, sheet.max_row + 1):
        unit = units.get(str(sheet.cell(row, names["代码"]).value))
        if unit is None:
            continue
        seen += 1
        for item in unit["items"]:
            found = sheet.cell(row, names[titles[item["id"]]]).value
            if item["points"] is not None:
                checks.true(same(found, float(item["points"])), f"{unit['code']} {item['id']}: sheet {found!r}, run {item['points']}")
        for head, key in (("合计", "points"), ("排名", "rank"), ("组内排名", "rank_in_group")):
            found, wanted = sheet.cell(row, names[head]).value, unit[key]
            checks.true(same(found, None if wanted is None else float(wanted)), f"{unit['code']} {head}: sheet {found!r}, run {wanted}")
    checks.equal(seen, len(units), "units in the summary")


def main():
    checks = common.Checks()
    run = common.run_folder("demo-year")
    changes = {
        "indicator id": "quality_system", "indicator": "案件质量保障体系建设", "numerator": 0.37,
        "points": {"调处专利纠纷": 7, "人均办理专利纠纷": 9}, "points by id": {"disputes": 7, "disputes_per_officer": 9},
        "parameter item": "调处专利纠纷", "parameter": "每单位分值", "parameter value": 0.013,
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        compare_with_cached(checks, run / "scorecards.xlsx", folder / "cached", 3000)
        compare_with_cached(checks, common.run_folder("demo-cities") / "scorecards.xlsx", folder / "cities", 500)
        compare_with_cached(checks, common.run_folder("published") / "scorecards.xlsx", folder / "published", 500)

        changed = folder / "changed.xlsx"
        checks.equal(change_workbook(run / "scorecards.xlsx", changed, changes), 4, "cells changed in the workbook")
        inputs = folder / "inputs"
        checks.equal(change_inputs(inputs, changes), 5, "places changed in the inputs")
        common.appraise("run", inputs / "appraisal.toml", "-o", folder / "out")
        card = json.loads((folder / "out" / "scorecard.json").read_text())
        old = json.loads((run / "scorecard.json").read_text())
        checks.true([u["points"] for u in card["units"]] != [u["points"] for u in old["units"]], "the changes move points")
        compare_with_run(checks, office.convert(changed, "xlsx", folder / "again"), card)
    checks.finish(1000)


main()
