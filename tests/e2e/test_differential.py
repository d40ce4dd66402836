"""`appraise table` beside other readers. APPRAISE_DIFFERENTIAL=N tables (500):

- random CSV files in every encoding and form: the rows of Python's csv module, or the fault it finds;
- random workbooks written by openpyxl and by libxlsxwriter: the rows of openpyxl, and the cells that were written;
- the CSV files and workbooks of a run: as Python's csv module and openpyxl read them;
- a small CSV file and workbook cut off anywhere, any byte changed: a located error or a full result (all of them from
  10,000 tables on, else a sample; tests/unit/mangled_test.cpp has all for the readers themselves).
"""
import concurrent.futures, json, os, random, subprocess, sys, tempfile
from pathlib import Path
from common import Checks, PROGRAM, SOURCE, run_folder
import random_tables

sys.path.insert(0, str(SOURCE / "tests" / "expected"))
import csv_rows, xlsx_rows
from canonical import figures

TABLES = int(os.environ.get("APPRAISE_DIFFERENTIAL", "500"))
SEED = int(os.environ.get("APPRAISE_SEED", "2016"))
SHEETS_A_BOOK = 10
MANGLED = 200
checks = Checks()


def table(path):
    done = subprocess.run([str(PROGRAM), "table", str(path), "--json"], capture_output=True, stdin=subprocess.DEVNULL,
                          timeout=60, env={**os.environ, "LC_ALL": "C.UTF-8"})
    try:
        return done.returncode, json.loads(done.stdout)
    except ValueError:
        return done.returncode, {"sheets": [], "problems": [{"rule": done.stderr.decode("utf-8", "replace")[-500:]}]}


def sheets(said):
    return [(sheet["name"], sheet["rows"], sheet["cells"], sheet["sha256"]) for sheet in said["sheets"]]


def each(paths, use):
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        for path, (code, said) in zip(paths, pool.map(table, paths)):
            use(path, code, said)


def compare_csv(path, code, said):
    """True where the file could be read"""
    data = path.read_bytes()
    try:
        rows, encoding, separator, widths = csv_rows.read(data)
    except csv_rows.Refused as fault:
        checks.equal((code, said["sheets"], [p["rule"] for p in said["problems"]]), (3, [], [fault.rule]), f"{path.name} {data!r}")
        for key, expected in (("row", fault.line), ("column", fault.column)):
            if expected and said["problems"]:
                checks.equal(said["problems"][0].get(key), expected, f"{path.name} {data!r}: {key} of {fault.rule}")
        return False
    checks.equal((code, said.get("encoding"), said.get("separator"), sheets(said)),
                 (0, encoding, separator, [("", *figures(rows))]), f"{path.name} {data!r}")
    if said["sheets"]:
        expected = {str(width): widths.count(width) for width in set(widths)}
        checks.equal(said["sheets"][0]["widths"], expected, f"{path.name} {data!r}: widths")
    return True


def random_csv(folder):
    paths, read = [], []
    for i in range(TABLES):
        paths.append(folder / f"{i}.csv")
        paths[-1].write_bytes(random_tables.csv_bytes(random.Random(f"csv {SEED} {i}")))
    each(paths, lambda path, code, said: read.append(compare_csv(path, code, said)))
    checks.true(sum(read) > 0.8 * TABLES, f"most of the CSV files are valid: {sum(read)} of {TABLES}")


def compare_workbook(path, code, said, written=None):
    found = sheets(said)
    by_openpyxl = [(name, *figures(rows)) for name, _, rows in xlsx_rows.by_openpyxl(path)]
    by_walk = [(name, *figures(rows)) for name, _, rows in xlsx_rows.Walk(path).sheets]
    rules = [p["rule"] for p in said["problems"]]
    checks.equal((code, found), (0, written or by_openpyxl), f"{path.name} {rules}")
    checks.equal(by_walk, written or by_openpyxl, f"{path.name}: the second reader agrees with the first")


def source_text(what):
    """What a reader must give for a value that libxlsxwriter was given: it writes 16 digits."""
    if isinstance(what, float):
        what = float(f"{what:.16G}")
    return xlsx_rows.openpyxl_text(type("Cell", (), {"value": what}))


def random_workbooks(folder):
    books = []
    writer = random_tables.XlsxWriter()
    for i in range(TABLES // SHEETS_A_BOOK):
        chance = random.Random(f"xlsx {SEED} {i}")
        path = folder / f"openpyxl-{i}.xlsx"
        random_tables.by_openpyxl(chance, [random_tables.table(chance) for _ in range(SHEETS_A_BOOK)], path)
        books.append((path, None))
        tables = [random_tables.table(chance, control=True) for _ in range(SHEETS_A_BOOK)]
        path = folder / f"libxlsxwriter-{i}.xlsx"
        writer.write(chance, tables, path)
        expected = []
        for number, cells in enumerate(tables):
            rows = {}
            for (row, column), what in cells.items():
                rows.setdefault(row, {})[column] = source_text(what)
            expected.append((f"表 {number + 1}", *figures(xlsx_rows.filled(rows))))
        books.append((path, expected))
    written = dict(books)
    each([path for path, _ in books], lambda path, code, said: compare_workbook(path, code, said, written[path]))


def reports():
    """What a run writes, read again."""
    folder = run_folder("published")
    files = sorted(p for p in folder.rglob("*") if p.suffix in (".csv", ".xlsx"))
    checks.true({p.suffix for p in files} == {".csv", ".xlsx"}, f"a run writes CSV and XLSX: {[p.name for p in files]}")
    each(files, lambda path, code, said:
         compare_csv(path, code, said) if path.suffix == ".csv" else compare_workbook(path, code, said))


def mangled(data, chance):
    """Cut off at every byte, every byte changed in four ways; or a sample of that."""
    ways = [data[:i] for i in range(len(data))]
    for i, byte in enumerate(data):
        ways += [data[:i] + bytes([other]) + data[i + 1:] for other in {byte ^ 1, byte ^ 0x80, byte ^ 0xFF, 0x22} - {byte}]
    return ways if TABLES >= 10000 else chance.sample(ways, min(MANGLED, len(ways)))


def mangled_files(folder):
    chance = random.Random(f"mangled {SEED}")
    text = '案号,当事人\r\n"A,1",甲公司\r\n"多\n行","说""话"""\r\n3,\r\n'
    paths = []
    for data in mangled(text.encode("utf-8"), chance) + mangled(text.encode("gb18030"), chance) + \
            mangled(b"\xff\xfe" + text.encode("utf-16-le"), chance):
        paths.append(folder / f"{len(paths)}.csv")
        paths[-1].write_bytes(data)
    each(paths, compare_csv)

    whole, books = folder / "whole.xlsx", []
    random_tables.XlsxWriter().write(random.Random(1), [{(1, 1): "案号", (1, 2): "金额", (2, 1): "A-1", (2, 2): 12.5}], whole)
    full = sheets(table(whole)[1])
    checks.equal(full, [(name, *figures(rows)) for name, _, rows in xlsx_rows.by_openpyxl(whole)], "the whole workbook")
    for data in mangled(whole.read_bytes(), chance):
        books.append(folder / f"{len(books)}.xlsx")
        books[-1].write_bytes(data)

    def fault_or_all(path, code, said):
        if said["sheets"]:
            checks.equal((code, sheets(said)), (0, full), f"{path.name}: part of a workbook as if it were all")
        else:
            # A workbook whose first bytes are changed is a text for us, most likely of broken bytes.
            checks.true(code in (3, 6) and said["problems"] and said["problems"][0]["rule"].count(" ") == 0,
                        f"{path.name}: exit {code}, {said['problems']}")

    each([path for path in books if path.read_bytes()[:4] == b"PK\3\4"], fault_or_all)


for part in (random_csv, random_workbooks, mangled_files):
    with tempfile.TemporaryDirectory() as temporary:
        part(Path(temporary))
reports()
checks.finish(at_least=TABLES)
