"""The commands as people use them: help, init, run, check, layout check, explain."""
import csv, hashlib, json, math, re, statistics, subprocess, tempfile, textwrap, tomllib
from fractions import Fraction
from pathlib import Path
from common import APPRAISALS, PROGRAM, SOURCE, Checks, appraise, demo_year, run_folder

checks = Checks()
COMMANDS = ["init", "run", "check", "layout", "table", "indicators", "measure", "explain", "generate"]

# Help: the first three commands for the three users, in both languages; only commands that exist.
for language, users in (("zh", ["总局", "各省", "简报"]), ("en", ["headquarters", "province", "briefing"])):
    said = appraise("--lang", language, expect=2).stdout.decode()
    for user in users:
        checks.true(user in said, f"help names {user}")
    checks.equal(len(re.findall(r"appraise (?:run|check)", said)), 3, f"three first commands ({language})")
for command in COMMANDS:
    said = appraise(command, "--help").stdout.decode()
    checks.true(f"appraise {command}" in said, f"help of {command} has an example")
for file in ("README.md", "README.zh-CN.md"):
    named = set(re.findall(r"appraise ([a-z]+)", (SOURCE / file).read_text(encoding="utf-8")))
    checks.equal(sorted(named - set(COMMANDS)), [], f"{file} names only commands that exist")
checks.true("run" in appraise("rnu", expect=2).stderr.decode(), "a misspelt command is met with the nearest")

with tempfile.TemporaryDirectory() as temporary:
    folder = Path(temporary) / "2017"
    for scheme in ("province/2016", "bureau-form/2016"):
        target = folder / scheme.split("/")[0]
        target.parent.mkdir(exist_ok=True)
        appraise("init", target, "--year", "2017", "--scheme", scheme)
        names = {p.name for p in target.rglob("*") if p.is_file()}
        checks.true({"appraisal.toml", "scheme.toml", "roster.csv", "columns.csv", "cases.csv"} <= names, f"files of init: {names}")
        run = appraise("run", target, "-o", folder / "out", "--force", "--lang", "zh")
        checks.true("无案件" in run.stdout.decode() + run.stderr.decode(), "run says that there are no cases")
        card = json.loads((folder / "out" / "scorecard.json").read_text(encoding="utf-8"))
        states = {item["state"] for unit in card["units"] for item in unit["items"]}
        if scheme.startswith("province"):
            checks.equal(len(card["units"]), 32, "units after init")
        checks.equal(states or {"no cases"}, {"no cases"}, f"every item has no cases ({scheme})")
        checks.true(all(unit["points"] is None and unit["rank"] is None for unit in card["units"]), "no points and no rank")
    refused = appraise("init", folder / "province", "--year", "2018", expect=5)
    checks.true("folder-exists" in refused.stderr.decode(), "init replaces nothing")

    # layout check: how each head was matched, and lines to paste for those that were not.
    export = Path(temporary) / "export.csv"
    export.write_text("案　号,办理单位代码,案件类型,办理主体,立按日期\nA-1,900100,侵权纠纷,本局,2016-01-05\n", encoding="utf-8")
    said = appraise("layout", "check", export, "--lang", "zh", expect=1).stdout.decode()
    checks.true("case_no" in said and "去掉空白" in said, "a loose match is listed")
    checks.true('heads = ["立按日期"]' in said and 'field = "docketed_date"' in said, "lines to paste for an unknown head")
    unknown = appraise("check", export, "--lang", "zh", expect=3).stderr.decode()
    checks.true("appraise layout check" in unknown, "an unknown head ends with the command that helps")

    # Every layout that comes with the program, on the export that is its worked example: heads below titles, in two rows too.
    for layout in sorted((SOURCE / "templates/layouts").glob("*.toml")):
        example = SOURCE / "tests/examples/layouts" / f"{layout.stem}.csv"
        said = appraise("layout", "check", example, "--layout", layout.stem, "--lang", "zh").stdout.decode()
        checks.true("没有对上" not in said and "缺少" not in said, f"layout check with {layout.stem}: {said}")

    # indicators: what is counted, in words and as SQL; measure: one export by itself.
    listed = json.loads(appraise("indicators", "list", "--json").stdout)
    checks.true(len(listed) > 40, f"{len(listed)} indicators")
    shown = appraise("indicators", "show", "closed_on_time_rate", "--lang", "zh").stdout.decode()
    for words in ("法定期限内结案率", "办理主体为本局", "PostgreSQL", "closed_date <= closing_deadline", "专利行政执法办法",
                  "count(CASE WHEN closed_date <= closing_deadline THEN 1 END), count(*)"):
        checks.true(words in shown, f"indicators show says {words}")
    one = json.loads(appraise("indicators", "show", "closed_on_time_rate", "--json").stdout)
    examples = one.pop("examples")
    checks.equal(one, next(other for other in listed if other["id"] == one["id"]), "show and list agree")
    # Its worked examples as they stand in their file, hand calculations and all, also from an installed program.
    file = "tests/examples/indicators/closed_on_time_rate.toml"
    written = (SOURCE / file).read_text(encoding="utf-8")
    listing = textwrap.dedent(shown.partition(f"  算例：{file}\n\n")[2])
    checks.equal(listing, written, "the examples in words")
    checks.equal("\n".join(example["text"] for example in examples), written, "the examples as JSON")
    checks.equal([example["name"] for example in examples], [example["name"] for example in tomllib.loads(written)["example"]], "their names")
    checks.true("worked examples" not in appraise("indicators", "show", "disputes_handled", "--lang", "en").stdout.decode(), "no examples, no word of them")
    checks.equal(json.loads(appraise("indicators", "show", "disputes_handled", "--json").stdout)["examples"], [], "no examples as JSON")
    installed = Path(temporary) / "installed"
    subprocess.run(["cmake", "--install", PROGRAM.parent, "--prefix", installed], check=True, stdout=subprocess.DEVNULL)
    said = subprocess.run([installed / "bin" / "appraise", "--lang", "zh", "indicators", "show", "closed_on_time_rate"], capture_output=True, check=True)
    checks.equal(said.stdout.decode(), shown, "what an installed program shows")
    home = installed / "share" / "appraise"
    (home / file).write_text("[[example]]\nname = “例”\n", encoding="utf-8")
    refused = appraise("indicators", "show", "closed_on_time_rate", env={"APPRAISE_HOME": str(home)}, expect=4).stderr.decode()
    checks.true(f"{file}:2:8" in refused and "toml-fullwidth" in refused, f"examples that are no TOML: {refused}")
    (home / file).unlink()
    (home / file).mkdir()
    refused = appraise("indicators", "show", "closed_on_time_rate", env={"APPRAISE_HOME": str(home)}, expect=3).stderr.decode()
    checks.true(file in refused and "file-unreadable" in refused, f"examples that cannot be read: {refused}")
    shown = appraise("indicators", "show", "lead_handling_rate", "--lang", "zh").stdout.decode()
    checks.true("不大于线上转办线索的处理时限（30日）" in shown, "a parameter has its title and value in words")
    checks.equal(shown.count("参数 lead_handling_days：30日，自 2011-01-01 起（工作进度方案 第4项）"), 2, "and its reference")
    one = json.loads(appraise("indicators", "show", "lead_handling_rate", "--json").stdout)
    checks.equal(one["that"]["parameters"][0]["values"], [{"from": "2011-01-01", "value": "30", "reference": "工作进度方案 第4项"}],
                 "parameters of a condition")
    near = appraise("indicators", "show", "closed_on_tme_rate", expect=2).stderr.decode()
    checks.true("closed_on_time_rate" in near, "a misspelt indicator is met with the nearest")
    roster = SOURCE / "fixtures/demo-year/roster.csv"
    cases = demo_year() / "exports/2016/cases-900100.csv"
    measured = json.loads(appraise("measure", cases, "--year", "2016", "--roster", roster, "--json", expect=1).stdout)
    checks.equal(measured["not_counted"], len([1 for line in appraise("check", cases, "--roster", roster, expect=1).stderr.decode().splitlines()
                                               if " blocking " in line]), "measure leaves out what check does not count")
    figure = {(one["unit"], one["indicator"]): one["value"] for one in measured["values"]}
    run = json.loads((run_folder("demo-year") / "values.json").read_text(encoding="utf-8"))
    docketed = next(one for one in run["values"] if (one["unit"], one["indicator"], one["slice"]) == ("900100", "disputes_handled", "period"))
    checks.equal(figure["900100", "disputes_handled"], docketed["value"], "docketed in the year: the year's own export has them all")
    # --over: statistics over the units of a level, by Python from the exact figures.
    over = json.loads(appraise("measure", cases, "--year", "2016", "--roster", roster, "--json", "--over", "city", expect=1).stdout)
    checks.equal(over["values"], measured["values"], "the values are the same with --over")
    with roster.open(newline="", encoding="utf-8") as file:
        cities = [row["code"] for row in csv.DictReader(file) if row["level"] == "city"]
    for one in over["statistics"]:
        given = [figure[city, one["indicator"]] for city in cities]
        figures = [float(Fraction(value)) for value in given if value is not None]
        checks.equal((one["level"], one["units"], one["without"]), ("city", len(figures), len(given) - len(figures)), f"units of {one['indicator']}")
        if len(set(figures)) < 2:
            continue
        mean, sigma = statistics.fmean(figures), statistics.pstdev(figures)
        expected = [mean, sigma, *(sum((x - mean) ** k for x in figures) / len(figures) / sigma ** k for k in (3, 4)),
                    *statistics.quantiles(figures, n=4, method="inclusive"), min(figures), max(figures)]
        found = [one[key] for key in ("mean", "sigma", "skewness", "kurtosis", "lower_quartile", "median", "upper_quartile", "minimum", "maximum")]
        found[3] += 3
        checks.true(all(math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12) for a, b in zip(found, expected)), f"{one}: {expected}")
    checks.true(any(one["units"] > 2 and one["sigma"] > 0 for one in over["statistics"]), "an indicator that differs between cities")
    said = appraise("measure", cases, "--year", "2016", "--roster", roster, "--over", "city", "--lang", "zh", expect=1).stdout.decode()
    checks.true("city 一级各单位之间" in said and "标准差" in said, f"statistics in words: {said}")
    # --profile: the plan and times on stderr; what is computed and written is the same.
    plain = appraise("measure", cases, "--year", "2016", "--roster", roster, "--json", expect=1)
    timed = appraise("measure", cases, "--year", "2016", "--roster", roster, "--json", "--profile", "--lang", "en", expect=1)
    checks.equal(timed.stdout, plain.stdout, "what measure prints with --profile")
    plan = re.search(r"^cases: (\d+) rows, (\d+) columns \((.*?)\); (\d+) steps of conditions, (\d+) counters", timed.stderr.decode(), re.M)
    checks.equal(int(plan[1]), measured["rows"], "rows that went through the plan")
    checks.equal(int(plan[2]), len(set(plan[3].split(", "))), "columns of the plan")
    checks.true(re.search(r"^ +[0-9.]+  conditions$", timed.stderr.decode(), re.M), f"time of a stage: {timed.stderr.decode()}")
    again = appraise("run", SOURCE / "fixtures/published", "-o", Path(temporary) / "again", "--profile", "--lang", "en")
    checks.true("time in ms" in again.stderr.decode(), "times of a run")
    for file in sorted(path for path in run_folder("published").rglob("*") if path.is_file()):
        checks.true(file.read_bytes() == (Path(temporary) / "again" / file.relative_to(run_folder("published"))).read_bytes(),
                    f"{file.name} is the same with --profile")
    for wanted, rule in (("closed_on_time_rate", "indicator-not-alone"), ("docketd", "indicator-unknown")):
        refused = appraise("measure", cases, "--year", "2016", "--roster", roster, "--indicators", wanted, expect=2).stderr.decode()
        checks.true(rule in refused, f"measure refuses {wanted}: {refused}")
    reviews = next((demo_year() / "exports").rglob("file_reviews*.csv"))
    checks.true("no-indicator-alone" in appraise("measure", reviews, "--year", "2016", "--roster", roster, expect=2).stderr.decode(),
                "records that find their unit through a case cannot be measured alone")
    piped = appraise("measure", "/dev/stdin", "--year", "2016", "--roster", roster, "--json", expect=1, piped=cases.read_bytes()).stdout
    checks.equal(json.loads(piped)["values"], measured["values"], "the same from a pipe")

    # check: one export of a province, without an appraisal file.
    export.write_text("案号,办理单位代码,案件类型,办理主体,立案日期\nA-1,900100,侵权纠纷,本局,2016-02-30\nA-2,900100,侵权纠纷,本局,2016-03-01\n", encoding="utf-8")
    said = appraise("check", export, "--roster", SOURCE / "fixtures/demo-year/roster.csv", expect=1).stderr.decode()
    checks.true("export.csv:2:5" in said and "impossible-date" in said, "file, row and column of a bad date")
    export.write_text("案号,办理单位代码,案件类型,办理主体,立案日期\nA-2,900100,侵权纠纷,本局,2016-03-01\n", encoding="utf-8")
    appraise("check", export, "--roster", SOURCE / "fixtures/demo-year/roster.csv")

    # A pipe is read as the file is; keys that may stand twice are looked at a second time.
    for content in (export.read_bytes(), export.read_bytes() + export.read_bytes().split(b"\n")[1] + b"\n"):
        export.write_bytes(content)
        arguments = ("--roster", SOURCE / "fixtures/demo-year/roster.csv")
        file, pipe = (appraise("check", path, *arguments, piped=content, expect=None) for path in (export, "/dev/stdin"))
        checks.equal(pipe.stderr.decode().replace("/dev/stdin", str(export)), file.stderr.decode(), "problems of a pipe")
        checks.equal((pipe.returncode, pipe.stdout), (file.returncode, file.stdout), "what check says of a pipe")
    checks.true("duplicate-key" in pipe.stderr.decode(), "a key that stands twice in a pipe")

    # table: any table, in words and as JSON; whole or not at all.
    (Path(temporary) / "表.csv").write_bytes("编号;当事人\r\n1;甲\x1b[31m\r\n\r\n2;;\r\n".encode("gb18030"))
    said = appraise("table", "表.csv", "--head", "5", "--lang", "zh", cwd=temporary).stdout.decode()
    checks.true("GB18030" in said and "分号" in said and "3行，5个非空单元格" in said, f"table in words: {said}")
    checks.true("     4  2" in said and "\x1b" not in said and "\\u{1B}" in said, f"the first rows, nothing a terminal obeys: {said}")
    table = json.loads(appraise("table", "表.csv", "--json", "--head", "1", cwd=temporary).stdout)
    sheet = table["sheets"][0]
    digest = hashlib.sha256("编号\x1f当事人\x1f\x1e1\x1f甲\x1b[31m\x1f\x1e2\x1f\x1e".encode()).hexdigest()
    checks.equal((table["file"], table["format"], table["encoding"], table["separator"]), ("表.csv", "csv", "GB18030", ";"), "table --json")
    checks.equal((sheet["rows"], sheet["cells"], sheet["widths"], sheet["sha256"]), (3, 5, {"2": 2, "3": 1}, digest), "figures of a sheet")
    checks.equal(sheet["head"], [{"row": 1, "cells": ["编号", "当事人"]}], "the first row")
    (Path(temporary) / "bad.csv").write_bytes("甲乙,丙丁\n1,".encode() + b"\xff\n")
    table = json.loads(appraise("table", "bad.csv", "--json", cwd=temporary, expect=3).stdout)
    problem = table["problems"][0]
    checks.equal((table["sheets"], problem["rule"], problem["row"], problem["column"], problem["byte"]), ([], "bytes-broken", 2, 2, 16), "no sheet of a broken file")
    checks.equal(json.loads(appraise("table", "表.csv", "--json", "--limit-cell", "3", cwd=temporary, expect=6).stdout)["problems"][0]["rule"], "limit-cell", "a limit")

# check on the demonstration year: the 40 planted rows, exit 1.
said = appraise("check", demo_year(), expect=1)
checks.true("impossible-date" in said.stderr.decode(), "check lists the planted rows")

# explain: rule in words, numbers put in, file, row and number of each case; the rows add up to the figure.
card = json.loads((run_folder("demo-year") / "scorecard.json").read_text(encoding="utf-8"))
unit = card["units"][1]
for item in unit["items"][::3]:
    said = appraise("explain", demo_year(), "--unit", unit["code"], "--item", item["id"], "--lang", "zh").stdout.decode()
    points = "无案件" if item["points"] is None else item["points"].rstrip("0").rstrip(".") if "." in item["points"] else item["points"]
    checks.true("规则：" in said and f"得分：{points}" in said, f"explain {unit['code']} {item['id']}: {points}")
    checks.true(re.search(r"^\d+行：$", said, re.M), f"explain lists the rows of {item['id']}")
item = next(i for i in card["units"][1]["items"] if i["id"] == "trace")
said = appraise("explain", run_folder("demo-year"), "--unit", card["units"][1]["code"], "--item", "trace", "--lang", "zh", cwd=demo_year()).stdout.decode()
counted = len(re.findall(r"^  \S+inspections\.csv:\d+  \S+  计入$", said, re.M))
checks.equal(str(counted), item["numerator"], "the rows that explain counts are the numerator")
checks.true("trace" in appraise("explain", demo_year(), "--unit", "900100", "--item", "traec", expect=2).stderr.decode(), "nearest item")
checks.finish(50)
