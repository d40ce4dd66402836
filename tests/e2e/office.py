"""LibreOffice as the tests use it: hard recalculation of workbooks, and pages as PDF."""
import shutil, subprocess, sys
from pathlib import Path

RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def needed(*, openpyxl=True):
    """Ends the test as skipped where LibreOffice or openpyxl is not installed."""
    if shutil.which("soffice") is None:
        print("skipped: soffice (LibreOffice) is not installed")
        sys.exit(77)
    if openpyxl:
        try:
            import openpyxl as _
        except ImportError:
            print("skipped: python3-openpyxl is not installed")
            sys.exit(77)


def convert(workbook, kind, folder):
    """Loads the workbook, recalculates every formula, and saves it as `kind` (xlsx or pdf) in the folder."""
    folder = Path(folder)
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(RECALCULATE)
    saved = folder / "saved"
    done = subprocess.run(["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{profile}", "--convert-to", kind,
                           "--outdir", str(saved), str(workbook)], capture_output=True, timeout=300)
    result = saved / (Path(workbook).stem + "." + kind)
    if not result.exists():
        print("LibreOffice gave nothing:", done.stdout.decode(), done.stderr.decode())
        sys.exit(1)
    return result
