"""The sample workspace: a council's published table and a few written audits, all of invented children."""

import tempfile  # noqa: TID251 - for the self-check, whose cases are invented
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from audit_app.core.errors import AppError, CannotWrite
from audit_app.core.fields import standard_key
from audit_app.core.form import Form
from audit_app.core.programme import Programme, ProgrammeType
from audit_app.core.summary import Filters
from audit_app.forms.catalogue import FormCatalogue
from audit_app.paths import app_folder, resource_folder
from audit_app.services.programmes import CohortDraft, ProgrammeDraft

if TYPE_CHECKING:
    from audit_app.services.session import Session
    from audit_app.services.workspaces import Workspaces

SAMPLE_PASSPHRASE = "sample passphrase"
SAMPLE_OWNER = "Sample auditor"
BASELINE_TITLE = "Children in care baseline"


@dataclass(frozen=True, slots=True)
class DemoFiles:
    """What a demonstration made: the workspace and every file, each with the words for it."""

    workspace: Path
    files: tuple[tuple[str, Path], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _WrittenAudit:
    reference: str
    cohort: str
    service: str
    team: str
    worker: str
    date_in_days: int
    submit: bool
    standards: dict[str, str]
    answers: dict[str, str]
    exceptions: dict[str, str]
    due_in_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _WrittenAudits:
    programme: str
    theme: str
    cohorts: tuple[str, ...]
    audits: tuple[_WrittenAudit, ...]


def make_demo(workspaces: "Workspaces", folder: Path | None = None) -> DemoFiles:
    """Make the sample in ``folder``, or use the one there, and write its summary as PDF, xlsx and JSON."""
    folder = folder or app_folder() / "sample"
    workspace = make_sample(workspaces, folder)
    session = workspaces.open(workspace, SAMPLE_PASSPHRASE)
    try:
        summary = session.summaries.by_title(BASELINE_TITLE, Filters())
        files = [("Workspace", workspace)]
        for words, output in (("PDF", "pdf"), ("Excel", "xlsx"), ("JSON", "json")):
            path = folder / f"summary.{output}"
            session.reporting.write_summary(summary, output, path, "board")
            files.append((words, path))
    finally:
        session.close()
    return DemoFiles(workspace, tuple(files))


def make_sample(workspaces: "Workspaces", folder: Path) -> Path:
    """Make ``sample.caseaudit`` in ``folder`` unless it is there already; returns its path."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(f"The sample cannot be made in “{folder}”. Choose another folder.") from error
    path = folder / "sample.caseaudit"
    if path.exists():
        return path
    session = workspaces.create(path, SAMPLE_PASSPHRASE, SAMPLE_OWNER)
    try:
        _import_baseline(session)
        _write_audits(session)
    except BaseException:
        session.close()
        path.unlink()  # a half-made sample would be taken for the whole one the next time
        raise
    session.close()
    return path


def _import_baseline(session: "Session") -> None:
    sheet = resource_folder() / "sample" / "baseline_audits.csv"
    session.importing.apply(session.importing.preview(sheet, BASELINE_TITLE, None))


def _write_audits(session: "Session") -> None:
    source = (resource_folder() / "sample" / "written_audits.toml").read_bytes()
    written = msgspec.toml.decode(source, type=_WrittenAudits)
    today = date.today()
    draft = ProgrammeDraft(
        title=written.programme,
        type=ProgrammeType.PRACTICE_WEEK,
        theme=written.theme,
        period_from=today - timedelta(days=14),
        period_to=today + timedelta(days=14),
        form_id=session.forms.default().id,
        cohorts=tuple(CohortDraft(None, title) for title in written.cohorts),
    )
    programme, _ = session.programmes.create(draft)
    form = session.programmes.form(programme)
    for audit in written.audits:
        audit_id, _ = session.audits.start(audit.reference, programme.id)
        session.grading.set_many(audit_id, dict(_answers(programme, form, audit, today)))
        if audit.submit:
            session.grading.submit(audit_id)


def _answers(
    programme: Programme, form: Form, audit: _WrittenAudit, today: date
) -> Iterator[tuple[str, str]]:
    cohorts = {cohort.title: cohort.id for cohort in programme.cohorts}
    yield "case.cohort", cohorts[audit.cohort]
    yield "case.service", audit.service
    yield "case.team", audit.team
    yield "case.worker", audit.worker
    audited_on = today + timedelta(days=audit.date_in_days)
    yield "audit.date", audited_on.isoformat()
    if audit.due_in_days is not None:
        yield "audit.due", (today + timedelta(days=audit.due_in_days)).isoformat()
    for domain in form.domains:
        usual = audit.standards.get(domain.id)
        for standard in domain.standards if usual else ():
            answer = audit.exceptions.get(f"{domain.id}.{standard.id}", usual or "")
            yield standard_key(domain.id, standard.id), answer
    yield from audit.answers.items()
    for key in audit.answers:
        if key.endswith(".asked") and audit.answers[key] == "yes":
            yield f"{key.removesuffix('.asked')}.when", (audited_on - timedelta(days=2)).isoformat()
        if key.startswith("action.") and key.endswith(".owner"):
            yield f"{key.removesuffix('.owner')}.due", (today + timedelta(days=28)).isoformat()


def self_check() -> Iterator[str]:
    """Make the sample with its reports in a temporary folder and check it, saying what is done.

    Everything is in that folder, which goes: nothing of it is remembered. Raises AppError where a part fails.
    """
    from audit_app.services.workspaces import Workspaces

    forms = FormCatalogue(resource_folder() / "forms", None)
    with tempfile.TemporaryDirectory(prefix="audit-app-", ignore_cleanup_errors=True) as folder:
        workspaces = Workspaces(Path(folder) / "program", forms)
        made = make_demo(workspaces, Path(folder) / "sample")
        for words, path in made.files:
            yield f"{words} made: {path.stat().st_size:,} bytes."
        report = workspaces.check(made.workspace, SAMPLE_PASSPHRASE)
        yield from (line.sentence for line in report.lines)
        if not report.ok:
            raise AppError("The workspace that was made is not whole, so the program does not work here.")
