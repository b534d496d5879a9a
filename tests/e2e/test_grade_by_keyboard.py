"""A case is graded in the real window by keyboard alone, through a kill in the middle of a word, to PDF."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from grading_driver import GRADES, PASSPHRASE, SENTENCE, WRITING
from pypdf import PdfReader

from audit_app.app import build_workspaces
from audit_app.core.audit import Audit, AuditState

if TYPE_CHECKING:
    from app_folders import AppFolders

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is Unix")

DRIVER = Path(__file__).with_name("grading_driver.py")
REFERENCE = "CF-2024-0117"
HALF_A_SECOND = 0.5
LETTERS = 90  # typed before the kill


@dataclass(frozen=True)
class Killed:
    """When each letter was typed, and when the process was killed, in seconds."""

    typed: list[float]
    died: float

    @property
    def text(self) -> str:
        """All that was typed."""
        return (SENTENCE * (len(self.typed) // len(SENTENCE) + 1))[: len(self.typed)]

    @property
    def must_be_kept(self) -> int:
        """How many letters were typed before the last half second."""
        # A machine that stood still between two keys stood still for the disk too.
        stood_still = max(after - before for before, after in pairwise(self.typed))
        return sum(at <= self.died - HALF_A_SECOND - stood_still for at in self.typed)


def driver(*arguments: str | Path) -> subprocess.Popen[str]:
    """Somebody at the window, in a process of their own."""
    command = [sys.executable, str(DRIVER), *map(str, arguments)]
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env)


def audit_in(workspace: Path) -> Audit:
    """The case's audit as it is in the file."""
    session = build_workspaces().open_to_read(workspace, PASSPHRASE)
    try:
        rows = session.audits.rows()
        assert [row.reference for row in rows] == [REFERENCE]
        return session.audits.get(rows[0].id)
    finally:
        session.close()


def write_until_killed(what: str, workspace: Path) -> Killed:
    """Let somebody grade and write, and kill them in the middle."""
    lines: list[str] = []
    with driver(what, workspace, REFERENCE) as running:
        assert running.stdout is not None
        for line in running.stdout:
            lines.append(line)
            if len(lines) == LETTERS or not line.startswith("typed"):
                break
        died = time.monotonic()
        running.send_signal(signal.SIGKILL)
        rest, errors = running.communicate()
    lines += rest.splitlines()
    assert len(lines) >= LETTERS, "".join(lines) + errors
    return Killed([float(line.split()[2]) for line in lines if line.count(" ") == 2], died)


@pytest.fixture
def workspace(app_folders: AppFolders) -> Path:
    """A new workspace."""
    path = app_folders.documents / "Autumn.caseaudit"
    build_workspaces().create(path, PASSPHRASE, "Anna Jones").close()
    return path


def test_a_case_is_graded_by_keyboard_killed_finished_and_exported(workspace: Path, tmp_path: Path) -> None:
    killed = write_until_killed("begin", workspace)
    draft = audit_in(workspace)
    kept = draft.value(f"{WRITING}.evidence")
    assert killed.must_be_kept > 0
    assert killed.text.startswith(kept)
    assert len(kept) >= killed.must_be_kept
    before = [draft.value(f"{domain}.grade") for domain in ("recording", "assessment", "planning")]
    assert before == ["good", "requires_improvement", "good"]
    assert draft.value("planning.evidence") == SENTENCE

    pdf = tmp_path / "Audit.pdf"
    with driver("finish", workspace, REFERENCE, pdf) as finished:
        said, errors = finished.communicate()
    assert finished.returncode == 0, said + errors
    assert said.splitlines() == [f"found {kept}", "done"]

    audit = audit_in(workspace)
    assert audit.state is AuditState.SUBMITTED
    given = {"1": "good", "2": "requires_improvement", "3": "inadequate"}
    domains = ("recording", "assessment", "planning", "voice", "outcomes", "oversight")
    assert [audit.value(f"{domain}.grade") for domain in domains] == [given[digit] for digit in GRADES]
    assert audit.value(f"{WRITING}.evidence") == f"{kept}Finished {WRITING}."
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.read_bytes())).pages)
    assert REFERENCE in text
    assert f"Finished {WRITING}." in " ".join(text.split())


def test_text_that_is_written_too_late_is_noticed(workspace: Path) -> None:
    """The same kill, with the program writing a minute after the first letter."""
    killed = write_until_killed("begin-late", workspace)
    assert len(audit_in(workspace).value(f"{WRITING}.evidence")) < killed.must_be_kept
