"""`appraise table` over the collection of faulty tables beside the repository: every file gives what
tests/expected/badinputs.tsv says, which was made without appraise, or the error it names: whole or not at all, no crash,
no hang, no memory without bound.
"""
import concurrent.futures, csv, json, os, resource, subprocess, sys
from common import Checks, PROGRAM, SOURCE

sys.path.insert(0, str(SOURCE / "tests" / "expected"))
from make import KINDS, TABLE

FOLDERS = [SOURCE / up / "shared" / "badinputs" for up in ("..", "../..")]
SECONDS_AT_MOST = 20
MIB_AT_MOST = 1024
EXIT_INPUT, EXIT_LIMIT = 3, 6


def table(path):
    """(exit code, what JSON says, what stands on stderr)"""
    done = subprocess.run([str(PROGRAM), "table", str(path), "--json"], capture_output=True, stdin=subprocess.DEVNULL,
                          timeout=SECONDS_AT_MOST, env={**os.environ, "LC_ALL": "C.UTF-8"})
    try:
        said = json.loads(done.stdout)
    except ValueError:
        said = None
    return done.returncode, said, done.stderr.decode("utf-8", "replace")


def main():
    folder = next((f.resolve() for f in FOLDERS if f.is_dir()), None)
    if folder is None:
        print("skipped: the collection of faulty tables (shared/badinputs) is not beside the repository")
        sys.exit(77)
    expected = {}
    for row in csv.DictReader(TABLE.open(encoding="utf-8", newline=""), delimiter="\t", quoting=csv.QUOTE_NONE):
        expected.setdefault(row["file"], []).append(row)
    found = {p.relative_to(folder).as_posix() for p in folder.rglob("*")
             if p.is_file() and p.suffix.lower() in KINDS and p.name != "manifest.tsv"}
    checks = Checks()
    checks.equal(sorted(found), sorted(expected), "files of the collection")
    names = sorted(found & set(expected))
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        for name, (code, said, messages) in zip(names, pool.map(lambda name: table(folder / name), names)):
            compare(checks, name, expected[name], code, said, messages)
    checks.true(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < MIB_AT_MOST * 1024, f"under {MIB_AT_MOST} MiB")
    checks.finish(at_least=1000)


def compare(checks, name, lines, code, said, messages):
    if said is None:
        checks.true(False, f"{name}: exit {code} without JSON: {messages[-300:]}")
        return
    rules = [p["rule"] for p in said["problems"]]
    if not lines[0]["error"]:
        # 1: the workbook does not hold the result of a formula
        checks.true(code == (1 if "formula-unsolved" in rules else 0), f"{name}: exit {code} with {rules}")
        checks.equal([(s["name"], str(s["rows"]), str(s["cells"]), s["sha256"]) for s in said["sheets"]],
                     [(row["sheet"], row["rows"], row["cells"], row["sha256"]) for row in lines], name)
        return
    checks.equal(code, EXIT_LIMIT if lines[0]["error"].startswith("limit-") else EXIT_INPUT, f"{name}: exit")
    checks.equal(said["sheets"], [], f"{name}: whole or not at all")
    checks.equal(rules, [lines[0]["error"]], f"{name}: what is wrong")
    checks.true(messages.strip(), f"{name}: said to the user too")
    for key, column in (("row", "line"), ("column", "column"), ("byte", "byte")):
        if lines[0][column] and said["problems"]:
            checks.equal(said["problems"][0].get(key), int(lines[0][column]), f"{name}: {column} of {rules}")


main()
