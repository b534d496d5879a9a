"""Everything a developer runs: setup, demo, test, build, bench and screenshots."""

import sys

if sys.version_info < (3, 11):
    sys.exit("Audit App needs Python 3.11 or newer; this is Python %d.%d." % sys.version_info[:2])

import hashlib
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.txt"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def setup() -> None:
    """Make .venv with the locked dependencies, unless it is already as the lock says."""
    stamp = VENV / "made-from.txt"
    wanted = hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "-q"]
    subprocess.run([*pip, "--require-hashes", "-r", str(LOCK)], check=True)
    subprocess.run([*pip, "--no-build-isolation", "--no-deps", "-e", str(ROOT)], check=True)
    stamp.write_text(wanted)


if __name__ == "__main__":
    setup()
