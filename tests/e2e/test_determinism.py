"""Same inputs give the same bytes: other time zone, locale, working folder, threads and batch size (figures and files)."""
import os, tempfile
from pathlib import Path
from common import APPRAISALS, SOURCE, Checks, appraise, demo_year, run_folder

import hashlib


def digests(folder):
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
            for p in sorted(Path(folder).rglob("*")) if p.is_file()}


checks = Checks()
first = digests(run_folder("demo-year"))
checks.true(len(first) > 10, "a run folder has more than ten files")
settings = [
    (["--threads", "1", "--batch-rows", "7"], {"TZ": "America/New_York", "LC_ALL": "C"}),
    (["--threads", "3", "--batch-rows", "1"], {"TZ": "Asia/Kathmandu", "LANG": "zh_CN.UTF-8", "LC_ALL": ""}),
    (["--threads", "2", "--batch-rows", "4096"], {"TZ": "Asia/Shanghai", "LC_ALL": "de_DE.UTF-8", "LC_NUMERIC": "de_DE.UTF-8"}),
]
for options, environment in settings:
    with tempfile.TemporaryDirectory() as temporary:
        out = Path(temporary) / "elsewhere" / "run"
        out.parent.mkdir()
        appraise("run", demo_year() / APPRAISALS["demo-year"], "-o", out, *options, env=environment, cwd=temporary)
        found = digests(out)
        checks.equal(sorted(found), sorted(first), f"files with {options} {environment}")
        for name, digest in first.items():
            checks.equal(found.get(name), digest, f"{name} with {options} {environment}")
published = digests(run_folder("published"))
with tempfile.TemporaryDirectory() as temporary:
    out = Path(temporary) / "run"
    appraise("run", "fixtures/published", "-o", out, "--threads", "2", "--batch-rows", "1", cwd=SOURCE, env={"TZ": "UTC-9"})
    checks.equal(digests(out), published, "published, from another working folder")
checks.finish(40)
