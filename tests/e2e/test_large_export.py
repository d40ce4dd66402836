"""A large export with bad cells planted in it: `appraise check` finds every one of them and nothing else, in every encoding
and as a workbook, by one thread and by several, in memory that does not grow with the file.
"""
import collections, csv, itertools, json, re, resource, shutil, subprocess, sys, tempfile
from pathlib import Path
from common import Checks, PROGRAM, SOURCE, appraise

GENERATOR = PROGRAM.parent / "bench" / "generate_export"
ROWS = 120_000
XLSX_ROWS = 20_000
BLOCKING, NOTED = 1, 0


def found(said):
    """{rule: how often} of what `check` prints: each problem, and how many more of the same"""
    counts = collections.Counter(re.findall(r"\[([a-z-]+)\]\n", said))
    counts.update({rule: int(more) for more, rule in re.findall(r"… (\d+) more of the same \(([a-z-]+)\)", said)})
    return dict(counts)


def main(folder):
    checks, home, roster = Checks(), folder / "home", folder / "roster.csv"
    shutil.copytree(SOURCE / "bench" / "home", home)
    shutil.copytree(SOURCE / "templates" / "parameters", home / "templates" / "parameters")

    def generate(*arguments):
        made = subprocess.run([GENERATOR, "--roster", roster, *map(str, arguments)], check=True, capture_output=True)
        return json.loads(made.stdout)

    def check(file, *options, expect, layout="export", kind="bench_cases"):
        done = appraise("check", file, "--type", kind, "--layout", layout, "--roster", roster, *options, expect=expect,
                        env={"APPRAISE_HOME": str(home)})
        said = (done.stdout + done.stderr).decode("utf-8")
        return said, int(re.search(r" (\d+) rows;", said)[1]), int(re.search(r"; (\d+) cannot be counted", said)[1])

    clean = folder / "clean.csv"
    checks.equal(generate("--rows", ROWS, "--csv", clean), {"rows": ROWS, "faults": {}}, "what was written")
    said, rows, uncounted = check(clean, expect=NOTED)
    checks.equal((rows, uncounted, found(said)), (ROWS, 0, {}), "a file without faults")
    said, rows, uncounted = check(clean, kind="bench_cases_unique", layout="export_unique", expect=NOTED)
    checks.equal((rows, uncounted, found(said)), (ROWS, 0, {}), "each number only once")

    faulty = folder / "faulty.csv"
    planted = generate("--rows", ROWS, "--csv", faulty, "--faults")["faults"]
    checks.true(sum(planted.values()) > ROWS / 200, f"many faults are planted: {planted}")
    blocking = sum(count for rule, count in planted.items() if rule != "date-from-serial")
    first, rows, uncounted = check(faulty, "--threads", 1, expect=BLOCKING)
    checks.equal((rows, uncounted, found(first)), (ROWS, blocking, planted), "every planted fault and no other")
    for threads in (2, 3, 8):
        checks.equal(check(faulty, "--threads", threads, expect=BLOCKING)[0], first, f"{threads} threads")
    text = faulty.read_bytes().decode("utf-8")
    for encoding in ("gb18030", "utf-16"):
        faulty.write_bytes(text.encode(encoding))
        checks.equal(check(faulty, expect=BLOCKING)[0], first, encoding)

    # Forty columns, the first fifteen as without the others.
    wide = folder / "wide.csv"
    generate("--rows", 2000, "--csv", wide, "--wide")
    said, rows, uncounted = check(wide, kind="bench_wide", layout="export_wide", expect=NOTED)
    checks.equal((rows, uncounted, found(said)), (2000, 0, {}), "forty columns")
    with wide.open(newline="", encoding="utf-8") as file, clean.open(newline="", encoding="utf-8") as other:
        forty, fifteen = list(csv.reader(file)), itertools.islice(csv.reader(other), 2001)
        checks.equal({len(row) for row in forty}, {40}, "columns of a wide export")
        checks.equal([row[:15] for row in forty], list(fifteen), "the first fifteen columns")

    # A second row with the number of an earlier one, far away from it.
    twice = folder / "twice.csv"
    clean_lines = clean.read_bytes().split(b"\n")
    twice.write_bytes(b"\n".join(clean_lines[:-1] + [clean_lines[1], b""]))
    said, rows, _ = check(twice, kind="bench_cases_unique", layout="export_unique", expect=BLOCKING)
    checks.equal((rows, found(said)), (ROWS + 1, {"duplicate-key": 1}), "a number that comes twice")

    for options in ((), ("--shared-strings",)):
        book = folder / "book.xlsx"
        planted = generate("--rows", XLSX_ROWS, "--xlsx", book, "--faults", *options)["faults"]
        said, rows, _ = check(book, expect=BLOCKING)
        checks.equal((rows, found(said)), (XLSX_ROWS, planted), f"a workbook {options}")

    few = folder / "few.csv"
    generate("--rows", 2000, "--csv", few, "--provinces", 3, "--cities", 2)
    units = {line.split(",")[1] for line in few.read_text(encoding="utf-8").splitlines() if line[:1] == "9"}
    checks.equal(len(units), 9, f"three provinces of two cities each: {units}")
    checks.equal(check(few, expect=NOTED)[1:], (2000, 0), "units of another roster")
    checks.true(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1 << 20, "under 1 GiB")
    checks.finish(at_least=17)


with tempfile.TemporaryDirectory() as temporary:
    main(Path(temporary))
