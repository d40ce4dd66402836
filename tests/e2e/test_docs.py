"""The output shown in the READMEs is what the program prints; every TOML block in the documents parses; links lead somewhere.

With --record the shown output is written anew.
"""
import re, shlex, sys, tempfile, tomllib
from pathlib import Path
from common import SOURCE, Checks, appraise, demo_year

checks = Checks()
documents = sorted(p for p in SOURCE.rglob("*.md") if not set(p.relative_to(SOURCE).parts) & {"build", "out", ".git", "node_modules"})
SHOWN = re.compile(r"<!-- output: appraise (.*?) -->\n```\n(.*?)```", re.S)

for path in documents:
    text = path.read_text(encoding="utf-8")
    name = str(path.relative_to(SOURCE))
    for block in re.findall(r"```toml\n(.*?)```", text, re.S):
        try:
            tomllib.loads(block)
            checks.true(True, name)
        except tomllib.TOMLDecodeError as error:
            checks.equal(str(error), "", f"a TOML block in {name}")
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
        checks.true((path.parent / target).exists(), f"{name} links to {target}")
    for command, shown in SHOWN.findall(text):
        with tempfile.TemporaryDirectory() as temporary:
            words = shlex.split(command)
            out = Path(temporary) / "run"
            words = [str(out) if w == "build/readme" else str(demo_year()) if w == "fixtures/demo-year" else
                     str(SOURCE / w) if w.startswith("fixtures/") else w for w in words]
            found = appraise(*words, cwd=SOURCE).stdout.decode().replace(str(out), "build/readme")
        found = "".join(found.splitlines(keepends=True)[:18])
        if "--record" in sys.argv:
            path.write_text(text.replace(f"<!-- output: appraise {command} -->\n```\n{shown}```",
                                         f"<!-- output: appraise {command} -->\n```\n{found}```"), encoding="utf-8")
            text = path.read_text(encoding="utf-8")
        else:
            checks.equal(found, shown, f"output in {name}")
            checks.true(len(shown.splitlines()) >= 10, f"{name} shows at least ten lines")
checks.finish(10)
