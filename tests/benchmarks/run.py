"""Measure the program against bare limits: ``run.py [NAME ...]``; each benchmark in a process of its own."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FOLDER = ROOT / "bench-results"
MODULES = (
    "start_up",
    "open_home",
    "open_large",
    "grade",
    "summary",
    "tables",
    "workbook",
    "case_reports",
    "importing",
)


def main(names: list[str]) -> int:
    """Run the benchmarks named, or all; the exit code says whether every target was met."""
    unknown = [name for name in names if name not in MODULES]
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}. There are {', '.join(MODULES)}.")
        return 2
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    print(f"{'what':<64}{'ms':>10}{'limit ms':>10}{'ratio':>7}  target", flush=True)
    missed = sum(not _run(name) for name in names or MODULES)
    shutil.rmtree(FOLDER / "work", ignore_errors=True)
    print("Every target was met." if not missed else f"Targets were missed in {missed} of the benchmarks.")
    return 1 if missed else 0


def _run(name: str) -> bool:
    env = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(HERE))),
        "AUDIT_APP_DATA_DIR": str(FOLDER / "work" / "data"),
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
    }
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # as on a laptop, where nothing is compiled a second time
    script = f"import run; run.one({name!r})"
    done = subprocess.run(
        [sys.executable, "-c", script], env=env, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        print(f"{name} failed:\n{done.stderr}", flush=True)
        return False
    found = json.loads(done.stdout.splitlines()[-1])
    (FOLDER / f"{name}.json").write_text(json.dumps(found, indent=1), encoding="utf-8")
    for line in found["lines"]:
        _show(line)
    print(f"  {name}: peak memory {found['peak_mb']:.0f} MB", flush=True)
    return all(line["holds"] is not False for line in found["lines"])


def _show(line: dict[str, object]) -> None:
    limit = f"{line['limit_ms']:.1f}" if line["limit_ms"] else ""
    ratio = f"{line['ratio']:.2f}" if line["ratio"] else ""
    target = ""
    if line["target"] is not None:
        unit = "" if line["target_is"] == "ratio" else " ms"
        target = f"≤ {line['target']:g}{unit} {'met' if line['holds'] else 'MISSED'}"
    print(f"{line['name']:<64}{line['ms']:>10.1f}{limit:>10}{ratio:>7}  {target} {line['note']}", flush=True)


def one(name: str) -> None:
    """Run one benchmark in this process and print what it found as JSON."""
    import importlib

    work = FOLDER / "work" / name
    work.mkdir(parents=True)
    measured = importlib.import_module(name).measure(work)
    lines = [{**asdict(line), "ratio": line.ratio, "holds": line.holds} for line in measured.lines]
    print(json.dumps({"lines": lines, "peak_mb": measured.peak_mb}))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
