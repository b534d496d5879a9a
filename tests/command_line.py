"""Runs the program as a person does: a process of its own, with folders of its own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PASSPHRASE = "three unrelated words"


def environment(data: Path, passphrase: str | None = PASSPHRASE, **more: str) -> dict[str, str]:
    """The environment of a command: its own data folder, and the passphrase in its variable."""
    found = {
        **os.environ,
        "AUDIT_APP_DATA_DIR": str(data),
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
        "COLUMNS": "80",
        **more,
    }
    found.pop("AUDIT_APP_PASSPHRASE", None)
    return found if passphrase is None else found | {"AUDIT_APP_PASSPHRASE": passphrase}


def command(*arguments: object) -> list[str]:
    """``audit-app`` with these arguments, from source."""
    return [sys.executable, "-m", "audit_app", *map(str, arguments)]


def run(
    data: Path, *arguments: object, env: Mapping[str, str] | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end; nobody is at the keyboard."""
    return subprocess.run(
        command(*arguments),
        env=env or environment(data),
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def done(data: Path, *arguments: object, env: Mapping[str, str] | None = None) -> str:
    """Run a command that must succeed and say nothing on stderr; what it says on stdout."""
    ran = run(data, *arguments, env=env)
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stderr
    return ran.stdout


def refused(data: Path, *arguments: object, code: int = 1, env: Mapping[str, str] | None = None) -> str:
    """Run a command that must be refused, in words and not by a traceback; what it says on stderr."""
    ran = run(data, *arguments, env=env)
    assert ran.returncode == code, ran.stdout + ran.stderr
    assert ran.stderr
    assert "Traceback" not in ran.stderr
    assert "  File " not in ran.stderr
    return ran.stderr
