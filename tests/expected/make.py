#!/usr/bin/python3
"""tests/expected/make.py BADINPUTS: rebuilds badinputs.tsv, what `appraise table` must give for every table of the collection.

It never calls appraise. One line a file and sheet: rows, cells and digest in the form of canonical.py, or the rule that is
broken and where. `source` says who gave the figure:
  python-csv  Python's csv module, with the rules of encoding and separator of csv_rows.py
  openpyxl    openpyxl, and a second walk over the XML with Python's standard library agrees with it cell for cell
  manifest    the collection's manifest says what is wrong with the workbook, and its first bytes agree
  README      the collection's README says what a reader must do
  hand        a line of badinputs.tsv that stays as it is, where openpyxl fails or shows what Excel does not; the walk agrees
"""
import csv, io, json, pathlib, resource, sys, zipfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import csv_rows, xlsx_rows
from canonical import canonical, figures

TABLE = pathlib.Path(__file__).parent / "badinputs.tsv"
FIELDS = ["file", "sheet", "rows", "cells", "sha256", "error", "line", "column", "byte", "source", "note"]
KINDS = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls")
HAND_ROWS_AT_MOST = 60

# What the READMEs say in words: (rule, line, column, byte), None where they are silent.
README = {
    "cn-edge/mixed_utf8_then_gbk.csv": ("bytes-mixed", 3, None, None),
    "cn-edge/invalid_utf8_bytes.csv": ("bytes-broken", 3, 7, None),
    "cn-edge/nul_bytes.csv": ("nul-byte", 3, None, None),
    "cn-edge/bom_only.csv": ("file-empty", None, None, None),
    "cn-edge/empty.csv": ("file-empty", None, None, None),
    "cn-edge/unterminated_quote.csv": ("quote-unterminated", 2, None, None),
    "csvkit/null_byte.csv": ("nul-byte", None, None, None),
    "goodtables/hmt/invalid_excel.xlsx": ("file-kind", None, None, None),
}
# READMEs that ask for the same rows as another file has.
SAME = {f"cn-edge/{name}.csv": "cn-edge/utf8.csv"
        for name in ("utf8_bom", "gbk", "utf16le_bom", "utf16be_bom", "cr_only", "mixed_eol", "sep_line", "semicolon")}
SAME["calamine/date_1904.xlsx"] = "calamine/date.xlsx"

# JSON twins of csv-spectrum that belong to other files: another telephone number; CRLF, which the stored file lost.
TWINS_THAT_DIFFER = ("location_coordinates", "newlines_crlf")


def manifests(folder):
    classes = {}
    for file in folder.glob("*/manifest.tsv"):
        for row in csv.DictReader(file.open(encoding="utf-8", newline=""), delimiter="\t", quoting=csv.QUOTE_NONE):
            classes[f"{file.parent.name}/{row['file']}"] = row["class"]
    return classes


def refused(file, rule, source, line=0, column=0, byte=-1, note=""):
    return {"file": file, "error": rule, "line": line or "", "column": column or "", "byte": byte if byte >= 0 else "",
            "source": source, "note": note}


def read_sheets(file, sheets, source):
    lines = []
    for name, _, rows in sheets:
        count, cells, digest = figures(rows)
        lines.append({"file": file, "sheet": name, "rows": count, "cells": cells, "sha256": digest, "source": source})
    return lines


def workbook(file, path, hand, kind):
    walk = attempt(lambda: xlsx_rows.Walk(path).sheets)
    if hand:
        found = {line["sheet"]: line for line in read_sheets(file, walk, "hand")}
        for line in hand:
            same = all(str(found[line["sheet"]][key]) == line[key] for key in ("rows", "cells", "sha256"))
            assert same and len(found) == len(hand), f"{file}: the walk gives {found}, the line by hand says {line}"
        return hand
    book = attempt(lambda: xlsx_rows.by_openpyxl(path))
    if isinstance(walk, zipfile.BadZipFile) and "CRC" in str(walk):
        assert kind == "REJECT-OR-PARTIAL", f"{file}: {walk}, but the manifest says {kind}"
        return [refused(file, "xlsx-checksum", "manifest", note=str(walk))]
    for found in (walk, book):
        if isinstance(found, Exception):
            raise found
    assert kind == "OK", f"{file} can be read, but the manifest says {kind}"
    ours, theirs = ([(name, hidden, canonical(rows)) for name, hidden, rows in found] for found in (walk, book))
    assert ours == theirs, f"{file}: openpyxl and the walk differ"
    return read_sheets(file, book, "openpyxl")


def attempt(read):
    try:
        return read()
    except Exception as error:  # what it is shows later
        return error


def text(file, path):
    """A text file: its rows by Python's csv module."""
    try:
        rows = csv_rows.read(path.read_bytes())[0]
    except csv_rows.Refused as error:
        return [refused(file, error.rule, "python-csv", error.line, error.column, error.byte)]
    if file.startswith("csv-spectrum/") and path.stem not in TWINS_THAT_DIFFER:  # the twins say what the cells are
        twin = json.loads((path.parents[1] / "json" / (path.stem + ".json")).read_text(encoding="utf-8"))
        assert [dict(zip(rows[0], row)) for row in rows[1:]] == twin, f"{file} differs from its JSON twin"
    return read_sheets(file, [("", False, rows)], "python-csv")


def expected(file, path, hand, kind):
    start = path.read_bytes()[:8]
    if start[:4] == b"\xd0\xcf\x11\xe0":
        locked = "EncryptedPackage".encode("utf-16-le") in path.read_bytes()
        source = "manifest" if kind == "REJECT" else "README"
        return [refused(file, "xlsx-encrypted" if locked else "file-kind", source)]
    if start[:4] in (b"PK\3\4", b"PK\5\6"):
        if "[content_types].xml" in (name.lower() for name in zipfile.ZipFile(path).namelist()):
            return workbook(file, path, hand, kind)
        return [refused(file, "file-kind", "README", note="an archive that is no workbook, told by its content")]
    lines = text(file, path)
    if file in README:
        rule, *place = README[file]
        computed = lines[0]
        for said, key in zip((rule, *place), ("error", "line", "column", "byte")):
            if file.endswith(".csv") and said is not None:
                assert computed.get(key) == said, f"{file}: README says {key} {said}, the rules give {computed}"
        if file.endswith(".csv"):
            return [{**computed, "source": "README"}]
        return [refused(file, rule, "README", note="a text with the name of a workbook")]
    return lines


def main(folder):
    if not folder.is_dir():
        print(f"skipped: {folder} is not here")
        sys.exit(77)
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))  # the collection holds files that ask for more
    hand, classes, lines = {}, manifests(folder), []
    if TABLE.exists():
        for row in csv.DictReader(TABLE.open(encoding="utf-8", newline=""), delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["source"] == "hand":
                hand.setdefault(row["file"], []).append(row)
    assert sum(map(len, hand.values())) <= HAND_ROWS_AT_MOST, "too many lines by hand"
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix.lower() in KINDS and path.name != "manifest.tsv":
            file = path.relative_to(folder).as_posix()
            lines += expected(file, path, hand.get(file), classes.get(file))
    digests = {}
    for line in lines:
        digests.setdefault(line["file"], []).append(line.get("sha256"))
    for file, other in SAME.items():
        assert digests[file] == digests[other], f"{file} must give the rows of {other}"
    out = io.StringIO(newline="")
    out.write("\t".join(FIELDS) + "\n")
    for line in lines:
        cells = [str(line.get(field, "")) for field in FIELDS]
        assert not any(c in cell for cell in cells for c in "\t\r\n"), line
        out.write("\t".join(cells) + "\n")
    TABLE.write_text(out.getvalue(), encoding="utf-8")
    sources = [line["source"] for line in lines]
    print(f"{len(digests)} files, {len(lines)} lines: " + ", ".join(f"{sources.count(s)} {s}" for s in sorted(set(sources))))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]))
