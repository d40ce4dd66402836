"""What the end-to-end tests share: the program, the demonstration year made once a build, runs made once a build.

Every test is called as: python3 test_x.py PROGRAM SOURCE_FOLDER
"""
import fcntl, os, shutil, subprocess, sys
from pathlib import Path

PROGRAM = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else None
SOURCE = Path(sys.argv[2]).resolve() if len(sys.argv) > 2 else Path(__file__).resolve().parents[2]
WORK = PROGRAM.parent / "e2e" if PROGRAM else None
DEMO_NOTICE = "演示数据，非考核结果"
APPRAISALS = {"demo-year": "appraisal.toml", "demo-cities": "cities.toml", "demo-all-cities": "all-cities.toml"}


PATIENCE = int(os.environ.get("APPRAISE_PATIENCE", "300"))  # seconds for one call; sanitizers take longer


def appraise(*arguments, expect=0, env=None, cwd=None, timeout=PATIENCE, piped=b""):
    """Runs the program; anything but the expected exit code ends the test with what it said."""
    done = subprocess.run([str(PROGRAM), *map(str, arguments)], capture_output=True, input=piped, cwd=cwd,
                          timeout=timeout, env={**os.environ, "LC_ALL": "C.UTF-8", **(env or {})})
    if expect is not None and done.returncode != expect:
        print(f"appraise {' '.join(map(str, arguments))}: exit {done.returncode}, expected {expect}")
        print(done.stdout.decode("utf-8", "replace")[-3000:], done.stderr.decode("utf-8", "replace")[-3000:])
        sys.exit(1)
    return done


class once:
    """`with once(name) as missing:` the first process makes it, the others wait; made anew when the program is newer."""

    def __init__(self, name):
        WORK.mkdir(parents=True, exist_ok=True)
        self.mark, self.lock = WORK / f".{name}.done", open(WORK / f".{name}.lock", "w")

    def __enter__(self):
        fcntl.flock(self.lock, fcntl.LOCK_EX)
        return not self.mark.exists() or self.mark.stat().st_mtime < PROGRAM.stat().st_mtime

    def __exit__(self, kind, value, trace):
        if kind is None:
            self.mark.touch()
        self.lock.close()


def demo_year():
    """A copy of fixtures/demo-year with its exports; made once a build."""
    folder = WORK / "demo-year"
    with once("demo-year") as missing:
        if missing:
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(SOURCE / "fixtures" / "demo-year", folder, ignore=shutil.ignore_patterns("exports"))
            appraise("generate", folder / "exports", "--roster", folder / "roster.csv")
    return folder


def run_folder(name):
    """The run folder of an appraisal: demo-year, demo-cities, demo-all-cities or published; made once a build."""
    file = SOURCE / "fixtures" / "published" if name == "published" else demo_year() / APPRAISALS[name]
    folder = WORK / "out" / name
    with once("run-" + name) as missing:
        if missing:
            appraise("run", file, "-o", folder, "--force")
    return folder


class Checks:
    """Counts what was looked at and prints what did not hold; finish() ends the test."""

    def __init__(self):
        self.looked_at, self.failures = 0, []

    def equal(self, found, expected, what):
        self.looked_at += 1
        if found != expected:
            self.failures.append(f"{what}: found {found!r}, expected {expected!r}")

    def true(self, condition, what):
        self.equal(bool(condition), True, what)

    def finish(self, at_least=1):
        for line in self.failures[:50]:
            print(line)
        print(f"{self.looked_at} checks, {len(self.failures)} failures")
        if self.looked_at < at_least:
            print(f"expected at least {at_least} checks")
        sys.exit(1 if self.failures or self.looked_at < at_least else 0)
