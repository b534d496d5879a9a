"""``audit-app backup`` and ``restore``: what they do, say, refuse and leave as it was."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from app_folders import AppFolders
from command_line import command, done, environment, refused, run
from made_workspace import Made, make
from session_builders import sheet_row, write_sheet

WHEN = r"\d+ \w+ \d{4} at \d\d:\d\d"


@pytest.fixture
def made(app_folders: AppFolders) -> Made:
    """A workspace that holds the published sheet."""
    return make(app_folders)


def snapshots(made: Made) -> list[Path]:
    """Its snapshots, the oldest first."""
    return sorted(made.path.with_name(made.path.name + "-snapshots").glob("*.caseaudit"))


def import_another(made: Made, reference: str = "NEW-1") -> None:
    """Import one more audit, by a command too."""
    sheet = write_sheet(made.folder / f"{reference}.csv", [sheet_row(reference)])
    done(made.data, "import-audits", made.path, sheet, "--programme", "Quarter 2")


def audits(made: Made) -> int:
    """How many audits it holds."""
    return len(made.content()["audit"])


def audits_in(path: Path) -> int:
    """How many audits a snapshot or a copy holds, on another computer."""
    return audits(Made(path.parent / "another computer", path))


def test_a_snapshot_is_made_once_for_what_was_changed(made: Made) -> None:
    said = done(made.data, "backup", made.path)
    [found] = snapshots(made)
    assert said == f"Made {found}\n"
    assert (
        done(made.data, "backup", made.path)
        == "Nothing was changed since the last snapshot, so none was made.\n"
    )
    assert snapshots(made) == [found]


def test_a_command_that_writes_makes_one_first(made: Made) -> None:
    import_another(made)
    [found] = snapshots(made)
    assert audits_in(found) == 14
    assert audits(made) == 15


def test_a_copy_goes_where_it_is_said_and_never_over_a_file(made: Made, tmp_path: Path) -> None:
    copy = tmp_path / "stick.caseaudit"
    assert done(made.data, "backup", made.path, "--out", copy) == f"Wrote {copy}\n"
    assert audits_in(copy) == 14
    assert made.history()[-1] == "exported"
    before = copy.read_bytes()
    assert "left as it is" in refused(made.data, "backup", made.path, "--out", copy)
    assert copy.read_bytes() == before


def test_the_list_says_what_is_in_each_and_what_would_be_lost(made: Made) -> None:
    done(made.data, "backup", made.path)
    import_another(made)
    before = made.fingerprint()
    said = done(made.data, "restore", made.path, "--list")
    assert re.fullmatch(
        rf"1  Snapshot of {WHEN}, \d+ KB\n"
        rf"    It holds 14 audits\. Last changed on {WHEN}\. Its history ends at line \d+\.\n"
        rf"    What was done since would be lost: \d+ changes? to 1 audit, the last on {WHEN}\.\n",
        said,
    ), said
    assert made.fingerprint() == before


def test_the_latest_is_put_in_place_and_the_file_that_was_there_is_kept(made: Made) -> None:
    done(made.data, "backup", made.path)
    import_another(made)
    said = done(made.data, "restore", made.path)
    assert audits(made) == 14
    [_, kept] = snapshots(made)
    assert said.startswith("1  Snapshot of ")
    assert "What was done since would be lost" in said
    assert said.endswith(f"was put in the place of “audits”.\nThe file that was there is kept: {kept}\n")
    assert audits_in(kept) == 15
    assert done(made.data, "check", made.path).endswith("The workspace is whole.\n")
    done(made.data, "restore", made.path, "--from", "2")
    assert audits(made) == 15
    done(made.data, "restore", made.path, "--from", snapshots(made)[0])
    assert audits(made) == 14


def test_where_the_latest_is_damaged_the_one_before_is_taken(made: Made) -> None:
    done(made.data, "backup", made.path)
    import_another(made)
    done(made.data, "backup", made.path)
    import_another(made, "NEW-2")
    latest = snapshots(made)[-1]
    data = bytearray(latest.read_bytes())
    data[-2_000] ^= 1
    latest.write_bytes(data)
    assert "is damaged" in refused(made.data, "restore", made.path, "--from", "2")
    assert audits(made) == 16
    done(made.data, "restore", made.path)
    assert audits(made) == 14


def test_a_workspace_that_vanished_comes_back(made: Made) -> None:
    done(made.data, "backup", made.path)
    made.path.unlink()
    said = done(made.data, "restore", made.path)
    assert "What is newer cannot be said" in said
    assert "kept" not in said
    assert audits(made) == 14


def test_what_cannot_be_restored_is_refused_in_a_sentence(made: Made, tmp_path: Path) -> None:
    assert refused(made.data, "restore", made.path) == "“audits” has no snapshots.\n"
    assert "There is no file" in refused(made.data, "restore", tmp_path / "none.caseaudit")
    done(made.data, "backup", made.path)
    before = made.fingerprint()
    wrong = environment(made.data, "not the passphrase")
    assert "passphrase does not open" in refused(made.data, "restore", made.path, env=wrong)
    assert "no snapshot with the number 7" in refused(made.data, "restore", made.path, "--from", "7")
    assert "There is no snapshot at" in refused(made.data, "restore", made.path, "--from", tmp_path / "x")
    refused(made.data, "restore", made.path, "--from", "1", "--list", code=2)
    assert made.fingerprint() == before


def test_it_needs_the_window_closed_but_a_snapshot_does_not(made: Made) -> None:
    done(made.data, "backup", made.path)
    with made.opened() as session:
        session.workspace.db  # noqa: B018 - a reader that has the file open
        assert "is being read in another window" in refused(made.data, "restore", made.path)
        import_another(made)
        done(made.data, "backup", made.path)
    assert len(snapshots(made)) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal as Unix has it")
@pytest.mark.parametrize(("answer", "left"), [("n", 15), ("y", 14)])
def test_a_person_at_a_prompt_is_asked_first(made: Made, answer: str, left: int) -> None:
    done(made.data, "backup", made.path)
    import_another(made)
    controller, terminal = os.openpty()

    with subprocess.Popen(
        command("restore", made.path),
        env=environment(made.data),
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
    ) as asked:
        os.close(terminal)
        shown = b""
        while b"[y/N]" not in shown:
            shown += os.read(controller, 10_000)
        assert b"would be lost" in shown
        os.write(controller, f"{answer}\n".encode())
    os.close(controller)
    assert asked.returncode == (0 if answer == "y" else 1)
    assert audits(made) == left


def test_without_room_for_the_snapshot_the_command_goes_on_and_says_so(made: Made) -> None:
    sheet = write_sheet(made.folder / "more.csv", [sheet_row("NEW-1")])
    folder = made.path.with_name(made.path.name + "-snapshots")
    folder.write_text("a file where the folder would be")
    ran = run(made.data, "import-audits", made.path, sheet, "--programme", "Quarter 2")
    assert ran.returncode == 0
    assert ran.stderr == (
        "No snapshot was made: the disk is full, or the workspace’s folder cannot be written to. "
        "Your work is saved as always.\n"
    )
    assert audits(made) == 15
