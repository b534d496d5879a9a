"""Makes a workspace of the present schema, passphrase "an old passphrase": once for each, then kept."""

import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent.parent)]

from workspace_builders import fill_in, workspaces_in  # noqa: E402

from audit_app.core.programme import ProgrammeType  # noqa: E402
from audit_app.services.programmes import CohortDraft, ProgrammeDraft  # noqa: E402
from audit_app.storage.migrations import SCHEMAS  # noqa: E402

PASSPHRASE = "an old passphrase"
SHEET = """case_reference,cohort,team,auditor,audit_date,recording,voice,overall,findings_supported
OLD-1,Ten,North,Auditor 1,2019-10-07,Good,RI,Good,yes
OLD-2,,South,Auditor 2,08/10/2019,Inadequate,,Inadequate,
"""


def make(path: Path, folder: Path) -> None:
    """An imported programme, and one made here with a submitted audit and a draft; nobody in it is real."""
    session = workspaces_in(folder).create(path, PASSPHRASE, "Zoë Old")
    sheet = folder / "sheet.csv"
    sheet.write_text(SHEET, "utf-8")
    session.importing.apply(session.importing.preview(sheet, "Imported", None))
    cohorts = (CohortDraft(None, "Last 10 into care"), CohortDraft(None, "8–11 months"))
    programme, _ = session.programmes.create(
        ProgrammeDraft("Made here", ProgrammeType.THEMATIC, "Neglect", cohorts=cohorts, retention_months=72)
    )
    submitted, _ = session.audits.start("OLD-3", programme.id)
    session.grading.set(submitted, "case.cohort", programme.cohorts[0].id)
    fill_in(session, submitted)
    action = {"action.1.what": "Review", "action.1.owner": "Team manager", "action.1.due": "2026-12-24"}
    session.grading.set_many(submitted, action)
    session.grading.set_many(submitted, {"overall.grade": "inadequate", "overall.reason": "one grave event"})
    session.grading.submit(submitted)
    draft, _ = session.audits.start("OLD-4", programme.id)
    session.grading.set(draft, "voice.evidence", "Seen at the café: “I feel safe”")
    session.grading.settle(draft)
    session.grading.set(draft, "safe.now", "no")
    session.grading.undo(draft)
    session.retention.hold_case(submitted, "A complaint is being looked into")
    session.close()


if __name__ == "__main__":
    target, beside = HERE / f"workspace_schema_{len(SCHEMAS)}.caseaudit", HERE / "made"
    if target.exists():
        sys.exit(f"{target.name} is kept as it was made; remove it by hand if the schema was never released.")
    beside.mkdir()
    make(target, beside)
    target.with_name(target.name + ".lock").unlink(missing_ok=True)
    shutil.rmtree(target.with_name(target.name + "-snapshots"), ignore_errors=True)
    shutil.rmtree(beside)
