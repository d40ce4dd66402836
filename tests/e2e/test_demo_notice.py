"""Every sheet, chart, page and JSON of a demonstration says so; the published figures do not."""
import re, subprocess, zipfile
from common import DEMO_NOTICE, Checks, run_folder

checks = Checks()


def text_of(path):
    """The text that a reader sees, without white space."""
    if path.suffix == ".xlsx":
        raise ValueError("a workbook is looked at sheet by sheet")
    if path.suffix == ".pdf":
        text = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True).stdout.decode()
    elif path.suffix == ".png":
        text = path.read_bytes().decode("utf-8", "ignore")
    else:
        text = path.read_text(encoding="utf-8-sig")
    return re.sub(r"\s", "", text)


def sheets_of(path):
    import openpyxl
    book = openpyxl.load_workbook(path)
    return {sheet.title: "".join(str(c.value) for row in sheet.iter_rows() for c in row if c.value is not None) for sheet in book}


for name in ("demo-year", "demo-cities", "demo-all-cities", "published"):
    folder, demo = run_folder(name), name != "published"
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".xlsx":
            for sheet, text in sheets_of(path).items():
                checks.equal(DEMO_NOTICE in re.sub(r"\s", "", text), demo, f"{name}/{path.name} {sheet}")
        elif path.is_file() and path.name not in ("problems.csv",):
            checks.equal(DEMO_NOTICE in text_of(path), demo, f"{name}/{path.relative_to(folder)}")
checks.finish(60)
