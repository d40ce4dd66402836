"""Every error has a name, a folder in tests/errors that causes it, and its exact text in Chinese and English.

A folder holds test.toml (command, exit, optionally `also` = further rules it shows, `env`, `rule` = the error's name where several
folders cause it) and files that are laid over tests/errors/base; a file named NAME.remove takes NAME away, NAME.hex gives its bytes in
hexadecimal. With home = true the program's data are in home/: the record types, checks and templates, and no indicator but those of
the folder. Usage: PROGRAM SOURCE_FOLDER [--record]
"""
import os, shutil, subprocess, sys, tempfile, tomllib
from pathlib import Path

program, source = str(Path(sys.argv[1]).resolve()), Path(sys.argv[2]).resolve()
record = "--record" in sys.argv
errors = source / "tests" / "errors"
failures, cases = [], 0


def lay_over(folder, target):
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if path.is_dir() or relative.parts[0] in ("test.toml", "zh.txt", "en.txt"):
            continue
        destination = target / relative
        destination.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".remove":
            destination.with_suffix("").unlink()
        elif path.suffix == ".hex":
            destination.with_suffix("").write_bytes(bytes.fromhex(path.read_text()))
        else:
            shutil.copy(path, destination)


def lay_over_home(home):
    for name in ("indicators/checks", "templates/layouts", "templates/parameters"):
        shutil.copytree(source / name, home / name)
    shutil.copy(source / "indicators" / "fields.toml", home / "indicators")


for folder in sorted(p for p in errors.iterdir() if p.is_dir() and p.name != "base"):
    cases += 1
    test = tomllib.loads((folder / "test.toml").read_text(encoding="utf-8"))
    for language in ("zh", "en"):
        with tempfile.TemporaryDirectory() as temporary:
            target = Path(temporary)
            lay_over(errors / "base", target)
            env = {**os.environ, "LC_ALL": "C.UTF-8", **test.get("env", {})}
            if test.get("home"):
                lay_over_home(target / "home")
                env["APPRAISE_HOME"] = "home"
            lay_over(folder, target)
            done = subprocess.run([program, "--lang", language, *test["command"]], cwd=target, capture_output=True,
                                  stdin=subprocess.DEVNULL, timeout=60, env=env)
            found = done.stderr.decode("utf-8").replace(str(source) + "/", "")
            expected = folder / f"{language}.txt"
            if done.returncode != test["exit"]:
                failures.append(f"{folder.name} ({language}): exit {done.returncode}, expected {test['exit']}\n{found}")
            if record:
                expected.write_text(found, encoding="utf-8")
            elif not expected.exists() or expected.read_text(encoding="utf-8") != found:
                failures.append(f"{folder.name} ({language}): the text differs\n--- found\n{found}")
            if test.get("rule", folder.name) not in found:
                failures.append(f"{folder.name} ({language}): its name does not stand in the message\n{found}")

named = {"file-missing", "header-unknown", "bytes-broken", "impossible-date", "unit-unknown", "duplicate-key", "unknown-key",
         "item-without-reference", "points-do-not-add-up", "indicator-unknown"}
missing = named - {p.name for p in errors.iterdir()}
if missing:
    failures.append("no folder for: " + ", ".join(sorted(missing)))
print("\n".join(failures))
print(f"{cases} errors, {len(failures)} failures")
sys.exit(1 if failures or cases == 0 else 0)
