"""A run folder is whole or not at all: kill -9 at 50 moments, a full disk, a read-only folder, an existing folder, no change."""
import hashlib, os, random, shutil, signal, subprocess, tempfile, time
from pathlib import Path
from common import PROGRAM, Checks, appraise

checks = Checks()


def digests(folder):
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
            for p in sorted(Path(folder).rglob("*")) if p.is_file()}


with tempfile.TemporaryDirectory() as made, tempfile.TemporaryDirectory() as temporary:
    # The smallest appraisal there is: what counts here is how its files are written.
    appraise("init", Path(made) / "year", "--year", "2017")
    appraisal = Path(made) / "year" / "appraisal.toml"
    appraise("run", appraisal, "-o", Path(made) / "run")
    new = digests(Path(made) / "run")
    command = [str(PROGRAM), "run", str(appraisal), "-q", "--force", "-o"]
    out = Path(temporary) / "run"
    times = []
    for _ in range(3):  # the shortest is least of all the time of other programs
        shutil.rmtree(out, ignore_errors=True)
        started = time.monotonic()
        appraise("run", appraisal, "-o", out)
        times.append(time.monotonic() - started)
    took = min(times)
    checks.equal(digests(out), new, "a run into a new folder")

    # An older result: one that this run would replace.
    def older():
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        (out / "scorecard.json").write_text("{}")
        (out / "charts").mkdir()
        (out / "charts" / "old.svg").write_text("<svg/>")

    older()
    old = digests(out)
    generator = random.Random(7)
    outcomes = {"old": 0, "new": 0}
    moments = int(os.environ.get("APPRAISE_MOMENTS", "50"))
    for moment in range(moments):
        # Half of the moments anywhere in the run, half in its last tenth, where files are written and folders exchanged.
        share = generator.random() if moment % 2 == 0 else 0.9 + 0.15 * generator.random()
        process = subprocess.Popen([*command, str(out)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(took * share)
        process.send_signal(signal.SIGKILL)
        process.wait()
        found = digests(out)
        checks.true(found in (old, new), f"moment {moment}: the folder is the old or the new one")
        outcomes["new" if found == new else "old"] += 1
        if found == new:
            older()
    print("after kill -9:", outcomes)
    checks.true(outcomes["old"] > 0, "some runs were killed before their end")
    appraise("run", appraisal, "-o", out, "--force")
    checks.equal(digests(out), new, "the run after the killed ones")
    checks.equal(sorted(p.name for p in Path(temporary).iterdir()), ["run"], "nothing is left beside the folder")

    again = appraise("run", appraisal, "-o", out)
    checks.true("identical" in again.stdout.decode(), "an identical result counts as unchanged")
    (out / "scorecard.json").write_text("{}")
    changed = digests(out)
    refused = appraise("run", appraisal, "-o", out, expect=5)
    checks.true("folder-exists" in refused.stderr.decode(), "an existing folder is replaced only with --force")
    checks.equal(digests(out), changed, "the refused run changed nothing")

    # A read-only folder: as another user than root where we are root.
    sealed = Path(temporary) / "sealed"
    sealed.mkdir()
    shutil.copytree(out, sealed / "run")
    before = digests(sealed / "run")
    if os.geteuid() == 0:
        mounted = subprocess.run(["mount", "--bind", "-o", "ro", str(sealed), str(sealed)], capture_output=True).returncode == 0
        if mounted:
            subprocess.run(["mount", "-o", "remount,ro,bind", str(sealed)], capture_output=True)
    else:
        mounted = False
        sealed.chmod(0o555)
    try:
        if mounted or os.geteuid() != 0:
            failed = appraise("run", appraisal, "-o", sealed / "run", "--force", expect=5)
            checks.true("folder-unwritable" in failed.stderr.decode(), "a read-only folder is named as such")
            checks.equal(digests(sealed / "run"), before, "a read-only folder stays as it was")
        else:
            print("read-only folder: not tried, bind mounts are not allowed here")
    finally:
        if mounted:
            subprocess.run(["umount", str(sealed)], capture_output=True)
        sealed.chmod(0o755)

    # A full disk: a small tmpfs that holds an older result and has no room for the new one.
    small = Path(temporary) / "small"
    small.mkdir()
    if os.geteuid() == 0 and subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(small)], capture_output=True).returncode == 0:
        try:
            (small / "run").mkdir()
            (small / "run" / "scorecard.json").write_text("{}")
            before = digests(small / "run")
            failed = appraise("run", appraisal, "-o", small / "run", "--force", expect=5, env={"TMPDIR": temporary})
            checks.true("disk-full" in failed.stderr.decode(), "a full disk is named as such")
            checks.equal(digests(small / "run"), before, "on a full disk the old folder stays as it was")
            checks.equal(sorted(p.name for p in small.iterdir()), ["run"], "a failed run leaves nothing beside the folder")
        finally:
            subprocess.run(["umount", str(small)], capture_output=True)
    else:
        print("full disk: not tried, a tmpfs cannot be mounted here")
checks.finish(6 + moments)
