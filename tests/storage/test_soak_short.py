"""A short soak, as of ``dev.py soak``: kills and power cuts lose nothing, and without syncing it fails."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

SOAK = Path(__file__).resolve().parents[1] / "soak" / "soak.py"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the soak kills processes that it forked")


def soak(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run it in a process of its own, from a seed that it says."""
    command = [sys.executable, str(SOAK), "--folder", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_kills_and_power_cuts_lose_no_acknowledged_edit(tmp_path: Path) -> None:
    done = soak(tmp_path, "--kills", "15", "--cuts", "40")
    assert done.returncode == 0, done.stdout + done.stderr
    told = re.findall(
        r"^(?:15 kills|40 power cuts), (\d+) in the middle of an edit, (\d+) edits acknowledged",
        done.stdout,
        re.MULTILINE,
    )
    assert len(told) == 2
    assert min(int(count) for counts in told for count in counts) > 0
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_never_synced_is_seen_to_lose_edits(tmp_path: Path) -> None:
    done = soak(tmp_path, "--sync-off", "--cuts", "40")
    assert done.returncode == 1, done.stdout + done.stderr
    lost = re.search(r"^40 power cuts, .*, (\d+) lost", done.stdout, re.MULTILINE)
    assert lost is not None
    assert int(lost[1]) > 10
