"""Workspaces and sheets for tests that work through the services: real files, really encrypted."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from audit_app.core.fields import FieldKind, all_fields
from audit_app.forms.catalogue import FormCatalogue
from audit_app.services.session import Session
from audit_app.services.workspaces import Workspaces

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "tests" / "data"
REAL_SHEET = DATA / "bcp_2019_q2_audits.csv"
MIXED_SHEET = DATA / "mixed_audits.csv"
PASSPHRASE = "three unrelated words"
DOMAINS = ("recording", "assessment", "planning", "voice", "outcomes", "oversight")
COLUMNS = (
    *("case_reference", "cohort", "service", "team", "worker", "auditor", "audit_date"),
    *(*DOMAINS, "overall", "findings_supported"),
)
# Everything that another laptop would be sent: without the history and what only this file knows.
_CONTENT = (
    *(
        "person",
        "casefile",
        "form",
        "programme",
        "cohort",
        "audit",
        "judgement",
        "answer",
        "note",
        "unsettled",
    ),
)


def workspaces(data: Path) -> Workspaces:
    """The service that makes and opens workspaces, with ``data`` as the program's own folder."""
    return Workspaces(data, FormCatalogue(ROOT / "resources" / "forms", data / "forms"))


def sheet_row(reference: str = "CIC-01", **cells: str) -> dict[str, str]:
    """A row of a sheet of audits, Good throughout; a domain's name as a keyword changes that cell."""
    row = dict.fromkeys(COLUMNS, "") | {
        "case_reference": reference,
        "cohort": "Last 10",
        "service": "Children in care",
        "team": "CIC 1",
        "worker": "Worker 1",
        "auditor": "Ana Ruiz",
        "audit_date": "2019-10-07",
        **dict.fromkeys((*DOMAINS, "overall"), "Good"),
    }
    return row | cells


def write_sheet(
    path: Path, rows: Iterable[Mapping[str, str]], columns: Iterable[str] = COLUMNS, without: str = ""
) -> Path:
    """A CSV file of these rows, leaving out one column if told."""
    kept = [column for column in columns if column != without]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, kept, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def take_in(session: Session, sheet: Path, title: str = "Quarter 2", form_id: str | None = None) -> None:
    """Import a sheet, previewed and applied."""
    session.importing.apply(session.importing.preview(sheet, title, form_id))


def fill_missing(session: Session, audit_id: str) -> None:
    """Answer what is missing, whatever the form, so that the audit can be submitted."""
    fields = all_fields(session.audits.form_of(session.audits.get(audit_id)))
    while missing := session.grading.missing(audit_id):
        for each in missing:
            found = fields[each.key]
            if found.kind is FieldKind.CHOICE:
                # A line about several standards names the first: all that are blank are answered.
                about = each.key.rpartition(".")[0] + "."
                alike = (
                    [key for key in fields if key.startswith(about)] if ".standard." in about else [each.key]
                )
                session.grading.set_many(audit_id, {key: fields[key].options[0].id for key in alike})
            else:
                value = "2019-10-01" if found.kind is FieldKind.DATE else "Written down"
                session.grading.set(audit_id, each.key, value)


def content(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """Every row of everything but the history."""
    db = session.workspace.db
    return {table: db.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in _CONTENT}


def history_kinds(session: Session) -> list[str]:
    """The kinds of the lines of the history, oldest first."""
    return [kind for (kind,) in session.workspace.db.execute("SELECT kind FROM history ORDER BY seq")]
