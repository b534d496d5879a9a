"""The whole main job, by command line and in the window, without a network and without asking for one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from command_line import command, environment
from grading_driver import PASSPHRASE, WRITING
from session_builders import DOMAINS, REAL_SHEET

from audit_app.app import build_workspaces
from audit_app.core.fields import FieldKind, all_fields

if TYPE_CHECKING:
    from app_folders import AppFolders

HERE = Path(__file__).resolve().parent
DRIVER = HERE / "grading_driver.py"
REFERENCE = "CF-2024-0117"
TITLE = "Quarter 2"
# An address that is nobody's, by RFC 5737, and a name that is nobody's, by RFC 6761.
NOBODY, NO_NAME = "192.0.2.1", "audits.invalid"
LONGEST_SECONDS = 180
_NETWORK = re.compile(r"sa_family=(AF_INET6?|AF_PACKET)|socket\((AF_INET6?|AF_PACKET)")

# What is planted, each as a careless library would: in the middle of the main job, with its failure ignored.
PLANTED = {
    "connect": f"socket.create_connection(({NOBODY!r}, 9), timeout=0.2)",
    "web": f"urllib.request.urlopen('http://{NOBODY}/', timeout=0.2)",
    "name": f"socket.getaddrinfo({NO_NAME!r}, 80)",
    "datagram": f"socket.socket(type=socket.SOCK_DGRAM).sendto(b'CIC-01', ({NOBODY!r}, 9))",
    "listening": "socket.socket().bind(('127.0.0.1', 0))",
}
IN_QT = f"""
from PySide6.QtNetwork import QTcpSocket
end = QTcpSocket()
end.connectToHost({NOBODY!r}, 9)
end.waitForConnected(200)
"""
WITH_PLANT = """
import contextlib, socket, sys, urllib.request
from audit_app import cli
from audit_app.services.summaries import Summaries
made = Summaries.by_title
def by_title(self, *rest):
    with contextlib.suppress(OSError):
        PLANT
    return made(self, *rest)
Summaries.by_title = by_title
cli.main()
"""


@cache
def empty_network() -> tuple[str, ...]:
    """What runs a command in a network of its own that has nothing in it; empty where that is not allowed."""
    for wrapper in (("unshare", "-n"), ("unshare", "-r", "-n")):
        if shutil.which(wrapper[0]) and works((*wrapper, "true")):
            return wrapper
    return ()


@cache
def traces() -> bool:
    """Whether ``strace`` is there and may be used."""
    return bool(shutil.which("strace")) and works(("strace", "-f", "-e", "trace=network", "true"))


def works(arguments: tuple[str, ...]) -> bool:
    return subprocess.run(arguments, capture_output=True, check=False).returncode == 0


@dataclass(frozen=True)
class Watched:
    """A laptop whose every use of a network is written down; ``way`` is hook, empty network or strace."""

    way: str
    folders: AppFolders
    notes: Path

    def run(self, *arguments: object, passphrase: str = PASSPHRASE) -> str:
        """Run Python with these to a good end; what it printed."""
        done = self.start(*arguments, passphrase=passphrase)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self, *arguments: object, passphrase: str = PASSPHRASE) -> subprocess.CompletedProcess[str]:
        env = environment(self.folders.data, passphrase, EGRESS_SEEN=str(self.notes / "hook"))
        env["PYTHONPATH"] = os.pathsep.join([str(HERE / "watched"), env["PYTHONPATH"], str(HERE)])
        return subprocess.run(
            [*self._wrapper(), sys.executable, *map(str, arguments)],
            env=env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=LONGEST_SECONDS,
        )

    def _wrapper(self) -> tuple[str, ...]:
        if self.way == "empty network":
            return empty_network()
        if self.way == "strace":
            trace = str(self.notes / "strace")
            return ("strace", "-f", "-qq", "-A", "-o", trace, "-e", "trace=network", "-e", "signal=none")
        return ()

    def seen(self) -> list[str]:
        """Every use of a network."""
        lines = [
            line for path in self.notes.iterdir() for line in path.read_text("utf-8", "replace").splitlines()
        ]
        return [line for line in lines if line.startswith("socket.") or _NETWORK.search(line)]


@pytest.fixture(params=["hook", "empty network", "strace"])
def watched(request: pytest.FixtureRequest, app_folders: AppFolders, tmp_path: Path) -> Watched:
    """Each way of watching that this machine has."""
    if request.param == "empty network" and not empty_network():
        pytest.skip("a network namespace needs Linux and the right to make one: root, or user namespaces")
    if request.param == "strace" and not traces():
        pytest.skip("strace is not installed here, or may not be used")
    notes = tmp_path / "notes"
    notes.mkdir()
    return Watched(request.param, app_folders, notes)


def by_command_line(laptop: Watched) -> Iterator[str]:
    """The main job and what is around it; what each command said."""
    path, out = laptop.folders.documents / "audits.caseaudit", laptop.folders.documents
    jobs: tuple[tuple[object, ...], ...] = (
        ("new", path, "--owner", "Sam Lead"),
        ("import-audits", path, REAL_SHEET, "--programme", TITLE),
        *(("summary", path, "--format", kind, "--out", out / f"summary.{kind}") for kind in ("pdf", "xlsx")),
        ("summary", path, "--format", "json"),
        ("backup", path),
        ("check", path),
        ("purge", path, "--dry-run"),
    )
    for job in jobs:
        yield laptop.run(*command(*job)[1:])


def test_the_main_job_by_command_line_uses_no_network(watched: Watched) -> None:
    *_, summary, _backup, _check, _purge = by_command_line(watched)
    assert '"title": "12 cases where audit findings can be supported"' in summary
    assert (watched.folders.documents / "summary.pdf").read_bytes().startswith(b"%PDF")
    assert watched.seen() == []


def half_done(workspace: Path) -> None:
    """A workspace in which the first three domains of a case are graded, for the person at the window."""
    session = build_workspaces().create(workspace, PASSPHRASE, "Anna Jones")
    try:
        audit_id, _ = session.audits.start(REFERENCE)
        fields = all_fields(session.audits.form_of(session.audits.get(audit_id)))
        for key, field in fields.items():
            if key.partition(".")[0] in DOMAINS[:3]:
                is_choice = field.kind is FieldKind.CHOICE
                if is_choice or key.endswith((".evidence", ".development", ".strengths")):
                    session.grading.set(audit_id, key, field.options[0].id if is_choice else "Seen")
        session.grading.set(audit_id, f"{WRITING}.evidence", "Seen alone. ")
    finally:
        session.close()


def test_the_main_job_in_the_window_uses_no_network(watched: Watched) -> None:
    workspace = watched.folders.documents / "Autumn.caseaudit"
    pdf = watched.folders.documents.parent / "Audit.pdf"  # Qt's keys for tests are ASCII
    half_done(workspace)
    said = watched.run(DRIVER, "finish", workspace, REFERENCE, pdf)
    assert said.splitlines()[-1] == "done"
    assert pdf.read_bytes().startswith(b"%PDF")
    assert watched.seen() == []


# The watching itself


@pytest.mark.parametrize("what", PLANTED)
def test_what_is_planted_in_the_main_job_is_seen(what: str, app_folders: AppFolders, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    laptop = Watched("hook", app_folders, notes)
    path = app_folders.documents / "audits.caseaudit"
    laptop.run(*command("new", path, "--owner", "Sam Lead")[1:])
    laptop.run(*command("import-audits", path, REAL_SHEET, "--programme", TITLE)[1:])
    assert laptop.seen() == []
    # The job is done all the same: nobody would have noticed.
    said = laptop.run("-c", WITH_PLANT.replace("PLANT", PLANTED[what]), "summary", path)
    assert "12 cases" in said
    assert laptop.seen()


@pytest.mark.parametrize("plant", [PLANTED["connect"], IN_QT], ids=["Python", "Qt"])
def test_what_is_planted_below_python_is_seen_by_strace(
    plant: str, app_folders: AppFolders, tmp_path: Path
) -> None:
    if not traces():
        pytest.skip("strace is not installed here, or may not be used")
    notes = tmp_path / "notes"
    notes.mkdir()
    laptop = Watched("strace", app_folders, notes)
    laptop.start("-c", f"import socket\n{plant}")
    assert any(NOBODY in line for line in laptop.seen())


def test_an_empty_network_reaches_nobody() -> None:
    if not empty_network():
        pytest.skip("a network namespace needs Linux and the right to make one: root, or user namespaces")
    show = [*empty_network(), "cat", "/proc/net/dev"]
    links = subprocess.run(show, capture_output=True, text=True, check=True).stdout
    assert [line.partition(":")[0].strip() for line in links.splitlines()[2:]] == ["lo"]
    ask = [*empty_network(), sys.executable, "-c", f"import socket; {PLANTED['connect']}"]
    assert "unreachable" in subprocess.run(ask, capture_output=True, text=True, check=False).stderr
