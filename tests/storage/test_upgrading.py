"""An older workspace is copied, then brought up to date; where that fails it stays as it was."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database
from workspace_builders import PASSPHRASE, bare, new_session, workspaces_in

from audit_app.core.errors import CannotWrite, NotAllowed
from audit_app.core.programme import Programme
from audit_app.services.programmes import CohortDraft, ProgrammeDraft
from audit_app.storage import migrations as steps
from audit_app.storage import upgrade
from audit_app.storage.workspace import Workspace

OLD = Path(__file__).parent.parent / "data"


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a workspace that a planted next step makes old."""
    with new_session(tmp_path) as session:
        session.audits.start("LA 1")
    known = list(steps.migrations._migrations)

    @steps.migrations(name="planted")
    def planted(db: Database) -> None:
        db.executescript("CREATE TABLE planted (x TEXT) STRICT; PRAGMA user_version = 3;")

    monkeypatch.setattr(upgrade, "SCHEMAS", (*steps.SCHEMAS, "planted"))
    yield tmp_path
    steps.migrations._migrations[:] = known


def copies(folder: Path) -> list[Path]:
    """The snapshots of the workspace."""
    return sorted(folder.glob("work.caseaudit-snapshots/*"))


def test_an_older_workspace_is_copied_and_brought_up_to_date(older: Path) -> None:
    workspace = Workspace.open(older / "work.caseaudit", PASSPHRASE, app_folder=older / "app")
    assert workspace.db.execute("SELECT count(*) FROM planted").fetchone() == (0,)
    workspace.close()
    [copy] = copies(older)
    assert copy.name.startswith("000001 ")
    conn = bare(copy)
    assert conn.execute("SELECT reference FROM casefile").fetchall() == [("LA 1",)]
    assert conn.execute("SELECT name FROM sqlite_master WHERE name = 'planted'").fetchall() == []
    conn.close()
    Workspace.open(older / "work.caseaudit", PASSPHRASE, app_folder=older / "app").close()
    assert copies(older) == [copy]


def test_reading_an_older_workspace_says_to_open_it_first(older: Path) -> None:
    with pytest.raises(NotAllowed, match="Open it once in the window"):
        Workspace.open_to_read(older / "work.caseaudit", PASSPHRASE, app_folder=older / "app")
    assert copies(older) == []


def test_a_step_that_fails_leaves_the_workspace_as_it_was(older: Path) -> None:
    @steps.migrations(name="broken")
    def broken(db: Database) -> None:
        db.execute("DROP TABLE note")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Workspace.open(older / "work.caseaudit", PASSPHRASE, app_folder=older / "app")
    conn = bare(older / "work.caseaudit")
    assert conn.execute("SELECT name FROM sqlite_master WHERE name = 'note'").fetchall() == [("note",)]
    conn.close()
    assert len(copies(older)) == 1


def test_without_room_for_the_copy_nothing_is_changed(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    before = (older / "work.caseaudit").read_bytes()
    with pytest.raises(CannotWrite, match="nothing was changed"):
        Workspace.open(older / "work.caseaudit", PASSPHRASE, app_folder=older / "app")
    assert (older / "work.caseaudit").read_bytes() == before
    assert copies(older) == []


def test_a_released_schema_1_workspace_opens_with_all_that_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "work.caseaudit"
    shutil.copy(OLD / "workspace_schema_1.caseaudit", path)
    ways = workspaces_in(tmp_path / "app")
    session = ways.open(path, "an old passphrase")
    assert session.workspace.owner.name == "Zoë Old"
    rows = {row.reference: row for row in session.audits.rows()}
    assert {name: (row.programme, row.state.value, row.overall) for name, row in rows.items()} == {
        "OLD-1": ("Imported", "submitted", "good"),
        "OLD-2": ("Imported", "submitted", "inadequate"),
        "OLD-3": ("Made here", "submitted", "inadequate"),
        "OLD-4": ("Made here", "draft", None),
    }
    assert (rows["OLD-3"].cohort, rows["OLD-3"].overridden) == ("Last 10 into care", True)
    assert session.audits.get(rows["OLD-4"].id).value("voice.evidence") == "Seen at the café: “I feel safe”"
    assert [hit.reference for hit in session.search.find("cafe")] == ["OLD-4"]
    assert session.history.of_audit(rows["OLD-4"].id)[-1].sentence == "Is the child safe now?: undone"
    session.grading.set(rows["OLD-4"].id, "voice.grade", "good")
    session.close()
    report = ways.check(path, "an old passphrase")
    assert report.ok, report.lines


def test_every_released_schema_has_a_workspace_that_is_kept() -> None:
    kept = {path.stem for path in OLD.glob("workspace_schema_*.caseaudit")}
    assert kept == {f"workspace_{schema}" for schema in steps.SCHEMAS}


def test_an_upgraded_schema_1_workspace_can_be_given_a_period_and_a_hold(tmp_path: Path) -> None:
    path = tmp_path / "work.caseaudit"
    shutil.copy(OLD / "workspace_schema_1.caseaudit", path)
    ways = workspaces_in(tmp_path / "app")
    session = ways.open(path, "an old passphrase")
    assert [programme.retention_months for programme in session.programmes.all()] == [None, None]
    assert (session.retention.due(), session.retention.holds(), session.retention.deletions()) == ((), (), ())
    imported = session.programmes.by_title("Imported")
    draft = ProgrammeDraft(imported.title, imported.type, cohorts=cohorts_of(imported), retention_months=12)
    session.programmes.update(imported.id, draft)
    row = next(row for row in session.audits.rows() if row.reference == "OLD-1")
    session.retention.hold_case(row.id, "A complaint")
    due = session.retention.due()
    assert [(each.audit.reference, each.goes) for each in due] == [("OLD-1", False), ("OLD-2", True)]
    session.retention.purge(due)
    session.close()
    assert len(copies(tmp_path)) == 1  # what was kept before upgrading held the audit, and went
    report = ways.check(path, "an old passphrase")
    assert report.ok, report.lines


def cohorts_of(programme: Programme) -> tuple[CohortDraft, ...]:
    """A programme's cohorts as they are."""
    return tuple(CohortDraft(cohort.id, cohort.title) for cohort in programme.cohorts)


def test_a_released_schema_2_workspace_opens_with_its_period_and_its_hold(tmp_path: Path) -> None:
    path = tmp_path / "work.caseaudit"
    shutil.copy(OLD / "workspace_schema_2.caseaudit", path)
    ways = workspaces_in(tmp_path / "app")
    session = ways.open(path, "an old passphrase")
    assert {each.title: each.retention_months for each in session.programmes.all()} == {
        "Imported": None,
        "Made here": 72,
    }
    [hold] = session.retention.holds()
    assert (hold.who, hold.reason) == ("Zoë Old", "A complaint is being looked into")
    assert len(session.audits.rows()) == 4
    session.close()
    report = ways.check(path, "an old passphrase")
    assert report.ok, report.lines
