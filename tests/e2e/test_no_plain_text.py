"""What a person writes of a child is nowhere in plain on the disk, whatever the program does or suffers."""

import gzip
import io
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import session_builders as build
from disk_search import places
from session_builders import PASSPHRASE, sheet_row, write_sheet

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills and limits as POSIX has them")

HERE = Path(__file__).resolve().parent
MARKER = "zqmark"  # every word that must not be found begins with it
AUDITS = 400
KILLS = 6

# Put before what a child process does. It keeps to the folders that its environment gives it.
START = f"""
import faulthandler, os, signal, sys, threading, time
from pathlib import Path
from audit_app.app import build_workspaces
from audit_app.core.fields import all_fields
from audit_app.core.programme import ProgrammeType
from audit_app.core.summary import Filters
from audit_app.services.programmes import CohortDraft, ProgrammeDraft
import session_builders as build
workspace, exports = Path(sys.argv[1]), Path(sys.argv[2])
def word(name): return "{MARKER}" + "".join(c for c in name.lower() if c.isalnum())
def opened(): return build_workspaces().open(workspace, build.PASSPHRASE)
def words_of(session, audit_id, more=""):
    fields = all_fields(session.audits.form_of(session.audits.get(audit_id)))
    texts = [key for key, found in fields.items() if found.kind.is_free_text]
    return {{key: f"Ann said {{word(key)}}{{more}} today" for key in texts}}
"""

# A day's work, each text with a word of its own.
WORK = """
session = build_workspaces().create(workspace, build.PASSPHRASE, "Sam Lead")
cohorts = (CohortDraft(None, word("cohort title")),)
draft = ProgrammeDraft(word("programme title"), ProgrammeType.THEMATIC, word("theme"), cohorts=cohorts)
programme, _ = session.programmes.create(draft)
audit_id, _ = session.audits.start(word("reference"), programme.id)
texts = words_of(session, audit_id)
assert len(texts) > 100
for key, text in texts.items():
    session.grading.set(audit_id, key, text)
session.grading.settle(audit_id)
session.grading.set_many(audit_id, words_of(session, audit_id, "changed"))
session.grading.undo(audit_id)
session.grading.redo(audit_id)
build.fill_missing(session, audit_id)
session.grading.submit(audit_id)
session.grading.take_back(audit_id, word("reason"))
session.grading.submit(audit_id)
deleted, _ = session.audits.start(word("deleted case"), programme.id)
session.grading.set(deleted, "recording.evidence", word("deleted text"))
session.audits.delete_draft(deleted)
build.take_in(session, exports / "sheet.csv", word("imported programme"))
assert session.search.find(word("voice.evidence") + "changed")
session.home.now(), session.history.of_audit(audit_id), session.audits.rows()
summary = session.summaries.by_title(word("programme title"), Filters())
for kind in ("pdf", "xlsx", "json", "text"):
    session.reporting.write_summary(summary, kind, exports / ("summary." + kind), "internal")
session.reporting.write_case(audit_id, exports / "case.pdf")
session.close()
print(len(texts))
"""

# Reports without end, each of hundreds of audits.
EXPORTING = """
session = opened()
summary = session.summaries.by_title(word("imported programme"), Filters())
session.reporting.summary_contents(summary, "internal")
import audit_app.reports.summary_xlsx, audit_app.reports.summary_pdf
print("ready", flush=True)
while True:
    for kind in ("xlsx", "pdf"):
        session.reporting.write_summary(summary, kind, exports / ("killed." + kind), "internal")
        print(kind, flush=True)
"""

# As openpyxl does when it is left to itself: sheets go to the temporary folder while they are made.
CARELESS = """
from openpyxl import Workbook
book = Workbook(write_only=True)
sheet = book.create_sheet()
for number in range(2_000):
    sheet.append([word("careless"), number])
print("ready", flush=True)
time.sleep(60)
"""

# Killed while typing, before any of it has a line in the history.
TYPING = """
session = opened()
audit_id, _ = session.audits.start(word("typed case"))
for number in range(50):
    session.grading.set(audit_id, "recording.evidence", word("typed text") * number)
os.kill(os.getpid(), signal.SIGKILL)
"""

# The window with a workspace open meets bugs on both threads, with case text in every frame and message.
WINDOW = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from audit_app.app import run_window
from audit_app.ui.main_window import MainWindow
def fail(text):
    child_said = text
    raise ValueError("no place for " + child_said)
def meet_bugs():
    threading.Thread(target=fail, args=(word("in a thread"),)).start()
    fail(word("in a slot"))
def end():
    said = word("in the last frame")
    LAST
def start(window, path):
    window._on_opened(window._parts.workspaces().open(workspace, build.PASSPHRASE))
    window.timers = [QTimer(window), QTimer(window)]
    for timer, do, after in zip(window.timers, (meet_bugs, end), (300, 1500)):
        timer.setSingleShot(True)
        timer.timeout.connect(do)
        timer.start(after)
MainWindow.start = start
run_window(workspace)
"""
# The command line meets one.
COMMAND = """
from audit_app import cli
from audit_app.services.summaries import Summaries
def fail(self, *rest):
    child_said = word("in a command")
    raise ValueError(child_said)
Summaries.by_title = fail
sys.argv = ["audit-app", "summary", str(workspace)]
cli.main()
"""


@dataclass(frozen=True)
class Disk:
    """All the folders that a person's programs write to, and apart from them where reports were sent."""

    folder: Path
    exports: Path
    workspace: Path

    def environment(self) -> dict[str, str]:
        """An environment whose every folder is on this disk."""
        home = self.folder / "home"
        folders = {
            "HOME": home,
            "XDG_CONFIG_HOME": home / ".config",
            "XDG_DATA_HOME": home / ".local" / "share",
            "XDG_STATE_HOME": home / ".local" / "state",
            "XDG_CACHE_HOME": home / ".cache",
            "XDG_RUNTIME_DIR": self.folder / "run",
            **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), self.folder / "temporary"),
        }
        for folder in folders.values():
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "LD_LIBRARY_PATH") if name in os.environ}
        paths = os.pathsep.join([str(HERE.parent), str(build.ROOT)])
        return {
            **kept,
            **{name: str(folder) for name, folder in folders.items()},
            "PYTHONPATH": paths,
            "PYTHONDONTWRITEBYTECODE": "1",
            "QT_QPA_PLATFORM": "offscreen",
            "AUDIT_APP_PASSPHRASE": PASSPHRASE,
        }

    def start(self, code: str) -> "subprocess.Popen[str]":
        """A process on this disk, which may write its whole memory there when it is brought down."""
        import resource

        hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
        allow = f"import resource; resource.setrlimit(resource.RLIMIT_CORE, ({hard}, {hard}))\n"
        return subprocess.Popen(
            [sys.executable, "-c", allow + START + code, str(self.workspace), str(self.exports)],
            env=self.environment(),
            cwd=self.folder / "work",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, code: str, ends: int = 0) -> str:
        """Run a process to its end; what it printed."""
        process = self.start(code)
        said, complained = process.communicate(timeout=120)
        assert process.returncode == ends, complained
        return said

    def found(self) -> list[str]:
        """Where on this disk a marker is."""
        return places(self.folder, [MARKER])


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Disk:
    """A disk on which a day's work was done."""
    root = tmp_path_factory.mktemp("plain")
    made = Disk(root / "disk", root / "exports", root / "disk" / "work" / "audits.caseaudit")
    made.exports.mkdir()
    made.workspace.parent.mkdir(parents=True)
    names = ("cohort", "service", "team", "worker", "auditor")
    write_sheet(
        made.exports / "sheet.csv",
        (
            sheet_row(f"{MARKER}case{number}", **{name: f"{MARKER}{name}{number % 7}" for name in names})
            for number in range(AUDITS)
        ),
    )
    assert int(made.run(WORK)) > 100
    return made


def test_a_days_work_leaves_no_case_text_in_plain(disk: Disk) -> None:
    # The reports that a person asked for do hold it: the search would see it anywhere.
    names = {line.partition(":")[0] for line in places(disk.exports, [f"{MARKER}reference"])}
    assert {"case.pdf", "summary.xlsx"} <= names
    assert disk.found() == []


def test_killed_in_the_middle_of_exports_nothing_is_left_in_plain(disk: Disk) -> None:
    chance, in_the_middle = random.Random(7), 0
    for _ in range(KILLS):
        process = disk.start(EXPORTING)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.02, 0.6))
        process.kill()
        said, _ = process.communicate()
        in_the_middle += process.returncode == -signal.SIGKILL
        assert set(said.split()) <= {"xlsx", "pdf"}
    assert in_the_middle == KILLS
    assert disk.found() == []


def test_killed_while_typing_nothing_is_in_plain(disk: Disk) -> None:
    disk.run(TYPING, ends=-signal.SIGKILL)
    log = disk.workspace.with_name(disk.workspace.name + "-wal")
    assert log.stat().st_size > 0
    assert disk.found() == []


@pytest.mark.parametrize(
    ("last", "ends"),
    [
        ("QApplication.instance().closeAllWindows(); QApplication.exit(3)", 0),
        ("os.abort()", -signal.SIGABRT),
        ("faulthandler._sigsegv()", -signal.SIGSEGV),
    ],
    ids=["bugs", "abort", "fault"],
)
def test_a_crash_of_the_window_keeps_no_case_text(disk: Disk, last: str, ends: int) -> None:
    disk.run(WINDOW.replace("LAST", last), ends)
    logs = disk.folder / "home" / ".local" / "share" / "audit-app" / "logs"
    kept = "".join(path.read_text("utf-8") for path in logs.iterdir())
    assert "ValueError" in kept
    assert not [path for path in disk.folder.rglob("*") if path.name.startswith("core")]
    assert disk.found() == []


def test_a_crash_of_a_command_keeps_no_case_text(disk: Disk) -> None:
    disk.run(COMMAND, ends=1)
    assert disk.found() == []


# The search itself


def test_what_a_careless_export_leaves_behind_is_found(disk: Disk) -> None:
    process = disk.start(CARELESS)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.kill()
    process.communicate()
    left = disk.found()
    for path in (disk.folder / "temporary").iterdir():
        path.unlink()
    assert [line for line in left if line.startswith("temporary")]


def zipped(data: bytes) -> bytes:
    """In a zip file, as the workbook of a zip."""
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/worksheets/sheet1.xml", data)
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("book.xlsx", inner.getvalue())
    return outer.getvalue()


def raw(data: bytes) -> bytes:
    """A deflate stream without any head."""
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def ascii_85(data: bytes) -> bytes:
    """As in a PDF."""
    import base64

    return b"stream\n" + base64.a85encode(zlib.compress(data), adobe=True)[2:] + b"\nendstream"


@pytest.mark.parametrize(
    "hide",
    [
        lambda text: text.encode(),
        lambda text: text.upper().encode("utf-16-le"),
        lambda text: text.encode("utf-16-be"),
        lambda text: zipped(text.encode()),
        lambda text: zipped(os.urandom(20_000) + text.encode() + os.urandom(20_000))[:-9_000],
        lambda text: zlib.compress(text.encode("utf-16-le")),
        lambda text: raw(text.encode()),
        lambda text: raw(text.encode() * 50 + os.urandom(9_000))[:-5_000],
        lambda text: gzip.compress(text.encode()),
        lambda text: ascii_85(text.encode()),
    ],
    ids=["utf-8", "utf-16-le", "utf-16-be", "zip", "cut zip", "zlib", "deflate", "cut", "gzip", "base 85"],
)
def test_a_planted_marker_is_found(tmp_path: Path, hide: Callable[[str], bytes]) -> None:
    text = f"Ann said {MARKER}planted today, and then she said a good deal more"
    (tmp_path / "deep" / "folder").mkdir(parents=True)
    file = tmp_path / "deep" / "folder" / "page"
    file.write_bytes(os.urandom(3_001) + hide(text) + os.urandom(2_000))
    (found, *_) = places(tmp_path, [MARKER])
    assert found.startswith("deep/folder/page: zqmark")
    file.write_bytes(os.urandom(3_001) + hide(text.replace(MARKER, "nothing")) + os.urandom(2_000))
    assert places(tmp_path, [MARKER]) == []


def test_a_planted_name_is_found(tmp_path: Path) -> None:
    (tmp_path / f"{MARKER}.txt").touch()
    assert places(tmp_path, [MARKER]) == [f"{MARKER}.txt: {MARKER} (in its name)"]
