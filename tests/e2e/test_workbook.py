"""scorecards.xlsx as a file: print set-up, frozen heads, old functions only, a cached result beside every formula, nothing hidden."""
import re, zipfile

import common

FUNCTIONS = {"SUM", "ROUND", "INT", "IF", "COUNTIF", "COUNTIFS", "MIN", "MAX", "COUNT", "ISNUMBER", "AND", "OR", "NOT"}
SHEETS = {"demo-year": ["考核结果汇总表", "分地区排名", "指标值", "考核指标体系及计分规则", "说明"],
          "published": ["考核结果汇总表", "指标值", "考核指标体系及计分规则", "说明"]}


def literals(formula):
    """Numbers that stand in a formula as such: not in texts, addresses or names of sheets."""
    bare = re.sub(r'"[^"]*"|\'[^\']*\'!|\$?[A-Z]{1,3}\$?\d+', " ", formula)
    return re.findall(r"(?<![\w.])\d+(?:\.\d+)?", bare)


def check_formulas(checks, name, xml):
    count = 0
    for attributes, body in re.findall(r"<c ([^>]*)>(.*?)</c>", xml):
        formula = re.search(r"<f>(.*?)</f>", body)
        if formula is None:
            continue
        count += 1
        text = formula.group(1).replace("&gt;", ">").replace("&lt;", "<").replace("&quot;", '"').replace("&amp;", "&")
        where = f"{name} {attributes.split()[0]} {text[:80]}"
        checks.true("<v>" in body, f"cached result: {where}")
        used = set(re.findall(r"([A-Z.]+)\(", re.sub(r"'[^']*'!", "", text)))
        checks.equal(used - FUNCTIONS, set(), f"functions: {where}")
        odd = [n for n in literals(text) if not re.fullmatch(r"10*|[0-9]", n)]
        checks.equal(odd, [], f"literals: {where}")
        checks.true("#" not in text and "[" not in text, f"no errors, no other files: {where}")
    return count


def check(checks, name):
    book = zipfile.ZipFile(common.run_folder(name) / "scorecards.xlsx")
    entries = book.namelist()
    workbook = book.read("xl/workbook.xml").decode()
    checks.equal(re.findall(r'<sheet name="([^"]*)"', workbook), SHEETS[name], f"{name}: sheets")
    checks.true('fullCalcOnLoad="1"' in workbook, f"{name}: computed anew when opened")
    checks.true(not re.search(r'<sheet [^>]*state=', workbook), f"{name}: no hidden sheet")
    checks.equal(workbook.count("_xlnm.Print_Titles"), len(SHEETS[name]), f"{name}: heads repeated in print")
    checks.equal([e for e in entries if "externalLink" in e or "chartsheet" in e or "vba" in e.lower()], [], f"{name}: plain parts only")
    core = book.read("docProps/core.xml").decode()
    checks.true("<dc:creator></dc:creator>" in core and "1980-01-01T00:00:00Z" in core, f"{name}: no author, fixed time")
    texts = book.read("xl/sharedStrings.xml").decode()
    if name.startswith("demo"):
        checks.equal(len(set(re.findall(r"<t[^>]*>([^<]*（演示数据，非考核结果）)</t>", texts))), len(SHEETS[name]), f"{name}: notice in each title")
    formulas = 0
    for number, title in enumerate(SHEETS[name], 1):
        xml = book.read(f"xl/worksheets/sheet{number}.xml").decode()
        where = f"{name} {title}"
        checks.true('state="frozen"' in xml, f"{where}: frozen head")
        checks.true(re.search(r'<pageSetup paperSize="9"[^>]*fitToHeight="0"[^>]*orientation="landscape"', xml), f"{where}: A4 landscape, one page wide")
        checks.true("<pageSetUpPr fitToPage=" in xml and 'horizontalCentered="1"' in xml, f"{where}: fitted and centred")
        checks.true("第 &amp;P 页" in xml and "共 &amp;N 页" in xml, f"{where}: numbers of pages")
        checks.true(' hidden="1"' not in xml, f"{where}: nothing hidden")
        formulas += check_formulas(checks, where, xml)
    checks.true(formulas > 500, f"{name}: formulas: {formulas}")


def main():
    checks = common.Checks()
    for name in SHEETS:
        check(checks, name)
    checks.finish(2000)


main()
