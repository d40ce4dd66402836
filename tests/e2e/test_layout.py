"""Nothing overlaps, leaves its page or is too small to read: charts, printed workbook, printed page.

First the checker itself: it passes pages that are right and finds each fault of a page that is wrong on purpose.
"""
import csv, json, os, shutil, subprocess, sys, tempfile
from pathlib import Path

import layout
from common import PROGRAM, SOURCE, DEMO_NOTICE, Checks, run_folder

CHROMIUM = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--no-pdf-header-footer"]


def simple_pdf(path, texts, width=layout.CHART_WIDTH, height=200):
    """A page in Helvetica: texts are (x, y from below, size, text)."""
    stream = "".join(f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n" for x, y, size, text in texts).encode()
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
               f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>".encode(),
               b"<</Length %d>>stream\n%sendstream" % (len(stream), stream),
               b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    path.write_bytes(out)


def found_in(path, **options):
    return " | ".join(layout.faults(*layout.read(path), **{"writer": layout.OFFICE, **options}))


def check_the_checker(checks, folder):
    good = folder / "good.pdf"
    simple_pdf(good, [(20, 150, 10, "alpha"), (20, 138, 10, "beta"), (60, 150, 10, "gamma")])
    checks.equal(found_in(good, labels=["alpha", "beta"]), "", "a good page")
    bad = [("overlap", [(20, 150, 10, "alpha"), (30, 146, 10, "beta")], "overlap"),
           ("left", [(-20, 150, 10, "alpha")], "leaves the page"), ("right", [(430, 150, 10, "alphabet")], "leaves the page"),
           ("above", [(20, 197, 10, "alpha")], "leaves the page"), ("narrow", [(20, 150, 10, "####")], "too narrow"),
           ("small", [(20, 150, 5, "alpha")], "pt high"), ("empty", [], "no words")]
    for name, texts, expected in bad:
        simple_pdf(folder / f"{name}.pdf", texts)
        checks.true(expected in found_in(folder / f"{name}.pdf"), f"a bad page ({name}) is found")
    checks.true("unit without" in found_in(good, labels=["delta"]), "a unit without a label is found")
    checks.true("156 mm" in found_in(folder / "wide.pdf", writer=layout.CHART)
                if not simple_pdf(folder / "wide.pdf", [(20, 150, 10, "alpha")], width=595) else False, "a wrong width is found")
    page, broken = [layout.Page(442.2, 100)], layout.Word(0, 10, 10, 40, 20, "甲\ufffd")
    checks.true("missing glyph" in " ".join(layout.faults(page, [broken])), "a missing glyph is found")
    lines = [layout.Word(0, 10, 10, 38, 20, "云岭土家族"), layout.Word(0, 10, 21, 38, 31, "苗族自治州")]
    checks.true(layout.labelled("云岭土家族苗族自治州", lines), "a label in two lines is found")
    checks.true(not layout.labelled("云岭苗族自治州", lines), "a label that is not there is not found")


def check_samples(checks, folder):
    """Charts of invented units, as the unit tests write them: long names, 110 units, states, faults."""
    program = PROGRAM.parent / "tests" / "unit_tests"
    if not program.exists():
        print("samples left out: the unit tests are not built")
        return
    subprocess.run([str(program), "--gtest_filter=Pictures.AreWrittenWhereAsked"], check=True, capture_output=True,
                   env={**os.environ, "CHART_SAMPLES": str(folder)})
    for pdf in sorted(folder.glob("*.pdf")):
        check_chart(checks, pdf, (folder / f"{pdf.stem}.labels").read_text().split("\n")[:-1], demo=True)


def check_chart(checks, pdf, labels, demo):
    pages, words = layout.read(pdf)
    checks.equal(layout.faults(pages, words, labels), [], f"{pdf.name}")
    checks.equal(layout.fonts_not_embedded(pdf), [], f"{pdf.name}: fonts not embedded")
    if demo:
        checks.true(any(DEMO_NOTICE in word.text for word in words), f"{pdf.name} says {DEMO_NOTICE}")


def short_names(name):
    """Charts call a unit by its short name: 戊湾 for 戊湾市."""
    roster = SOURCE / "fixtures" / ("published" if name == "published" else "demo-year") / "roster.csv"
    with open(roster, encoding="utf-8") as file:
        return {row["code"]: row["short_name"] for row in csv.DictReader(file)}


def check_run(checks, name, folder, printed):
    run, short = run_folder(name), short_names(name)
    scored = json.loads((run / "scorecard.json").read_text())["units"]
    units = [unit["name"] for unit in scored]
    charts = sorted((run / "charts").glob("*.pdf"))
    checks.true(charts, f"{name} has charts")
    for pdf in charts:
        check_chart(checks, pdf, [] if "trend" in pdf.name else [short[unit["code"]] for unit in scored], demo=name.startswith("demo"))
    if not printed:
        return
    for source, writer, pdf in (("scorecards.xlsx", layout.OFFICE, print_workbook(run / "scorecards.xlsx", folder)),
                                ("report.html", layout.BROWSER, print_page(run / "report.html", folder))):
        pages, words = layout.read(pdf)
        checks.equal(layout.faults(pages, words, units, writer), [], f"{name}: {source} printed")
        if name.startswith("demo"):
            checks.true(any(DEMO_NOTICE in word.text for word in words), f"{name}: {source} says {DEMO_NOTICE}")


def print_workbook(file, folder):
    subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", "pdf", "--outdir",
                    str(folder), str(file)], check=True, capture_output=True, timeout=240)
    return folder / f"{file.stem}.pdf"


def print_page(file, folder):
    pdf = folder / f"{file.stem}.pdf"
    pdf.unlink(missing_ok=True)
    subprocess.run(["chromium", *CHROMIUM, f"--user-data-dir={folder}/browser", f"--print-to-pdf={pdf}", file.resolve().as_uri()],
                   check=True, capture_output=True, timeout=240)
    return pdf


def main():
    missing = [tool for tool in ("pdftotext", "pdffonts", "soffice", "chromium") if shutil.which(tool) is None]
    if "pdftotext" in missing:
        print("skipped: pdftotext is not installed")
        sys.exit(77)
    checks = Checks()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        check_the_checker(checks, folder)
        samples = folder / "samples"
        samples.mkdir()
        check_samples(checks, samples)
        runs = [name for name in ("published", "demo-year") if (SOURCE / "fixtures" / name / "appraisal.toml").exists()]
        if not runs or missing:
            print("skipped: " + (f"not installed: {', '.join(missing)}" if missing else "no fixture to run"))
            for line in checks.failures:
                print(line)
            sys.exit(1 if checks.failures else 77)
        for name in runs:
            check_run(checks, name, folder, printed=True)
        if "demo-year" in runs:
            check_run(checks, "demo-cities", folder, printed=False)
            check_run(checks, "demo-all-cities", folder, printed=False)
    checks.finish(at_least=30)


if __name__ == "__main__":
    main()
