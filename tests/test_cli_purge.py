"""The command that deletes for good: what it lists, what it deletes, and what it leaves as it was."""

from datetime import date

import pytest
import session_builders as build
from app_folders import AppFolders
from command_line import PASSPHRASE, done, refused
from made_workspace import Made, make

from audit_app.services.programmes import CohortDraft, ProgrammeDraft
from audit_app.services.session import Session

TITLE = "Quarter 2"


@pytest.fixture
def made(app_folders: AppFolders) -> Made:
    """A workspace that holds the published sheet, kept for three years, one case of it on hold."""
    found = make(app_folders)
    session = build.workspaces(found.data).open(found.path, PASSPHRASE)
    keep_for(session, 36)
    row = next(row for row in session.audits.rows() if row.reference == "CIC-02")
    session.retention.hold_case(row.id, "A complaint")
    session.close()
    return found


def keep_for(session: Session, months: int) -> None:
    programme = session.programmes.by_title(TITLE)
    cohorts = tuple(CohortDraft(cohort.id, cohort.title) for cohort in programme.cohorts)
    draft = ProgrammeDraft(
        *(programme.title, programme.type, programme.theme, programme.period_from, programme.period_to),
        cohorts=cohorts,
        retention_months=months,
    )
    session.programmes.update(programme.id, draft)


def test_a_dry_run_lists_what_is_due_and_why_and_changes_nothing(made: Made) -> None:
    before = made.fingerprint()
    lines = done(made.data, "purge", made.path, "--dry-run").splitlines()
    assert lines[0] == "13 audits are due for deletion. 1 other would be, but is on hold."
    assert lines[-1] == "Nothing was changed: this was a dry run."
    assert len(lines) == 16
    [held] = [line for line in lines if "CIC-02," in line]
    assert held.startswith("  CIC-02, “Quarter 2”. Audited on ")
    assert " 2019 and kept for 3 years: due since " in held
    assert held.endswith(f"put on hold by Sam Lead on {long(date.today())}: A complaint.")
    assert made.fingerprint() == before


def long(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def test_it_deletes_what_is_due_and_the_workspace_is_whole_afterwards(made: Made) -> None:
    lines = done(made.data, "purge", made.path, "--programme", TITLE).splitlines()
    assert lines[-1].startswith("13 audits were deleted for good")
    with made.opened() as session:
        assert [row.reference for row in session.audits.rows()] == ["CIC-02"]
        [record] = session.retention.deletions()
        assert (record.audits, record.months, record.who) == (13, 36, "Sam Lead")
        assert session.retention.figures(record).counts.submitted == 13
    assert "The workspace is whole." in done(made.data, "check", made.path)
    assert done(made.data, "purge", made.path).splitlines()[0] == (
        "Nothing is due for deletion: 1 audit would be, but is on hold."
    )


def test_a_programme_that_is_not_there_is_refused_by_name(made: Made) -> None:
    before = made.content()
    assert "There is no programme “Spring”" in refused(made.data, "purge", made.path, "--programme", "Spring")
    assert made.content() == before


def test_a_file_that_is_not_there_is_refused(made: Made) -> None:
    assert "There is no file" in refused(made.data, "purge", made.folder / "gone.caseaudit")
