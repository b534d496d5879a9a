"""Audits from a spreadsheet: a preview of what will happen, then all of it in one transaction, or none."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from audit_app.core.changes import NOTHING, Changes, Kind
from audit_app.core.errors import FileRefused, NotAllowed, Problem
from audit_app.core.form import NOT_GRADED, Form
from audit_app.core.identity import (
    case_id,
    imported_audit_id,
    imported_cohort_id,
    imported_programme_id,
    natural_key,
)
from audit_app.core.programme import Cohort, Programme, ProgrammeType
from audit_app.core.words import dates_text, joined, number, plural
from audit_app.forms.catalogue import FormCatalogue
from audit_app.services.forms_kept import FormsKept
from audit_app.services.programmes import Programmes
from audit_app.storage import import_store
from audit_app.storage.connection import Database
from audit_app.storage.import_store import ImportedAudit, ImportWriter
from audit_app.storage.workspace import Workspace

if TYPE_CHECKING:
    from audit_app.exchange.audit_sheet import AuditRow

Report = Callable[[int, int, str], None]
_AT_ONCE = 500
_DETAILS = (
    ("supported", "Findings supported"),
    ("cohort", "Cohort"),
    ("service", "Service"),
    ("team", "Team"),
    ("worker", "Worker"),
)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One detail of an audit that a sheet changes: its words, and its value before and after."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangedAudit:
    """An audit that is there with the same grades, and what else the sheet says of it now."""

    row: int
    before: ImportedAudit
    after: ImportedAudit
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What reading a file into a programme would do; nothing has been changed yet."""

    file_name: str
    programme: Programme
    form: Form
    makes_programme: bool
    new_cohorts: tuple[str, ...]
    new: tuple[ImportedAudit, ...]
    changed: tuple[ChangedAudit, ...]
    same: int
    ignored_columns: tuple[str, ...]
    missing_columns: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def changes_anything(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.new or self.changed)

    def sentences(self) -> tuple[str, ...]:
        """What would happen, in words."""
        return tuple(_sentences(self))


class Importing:
    """Reads audits from CSV and xlsx files into programmes."""

    def __init__(
        self, workspace: Workspace, catalogue: FormCatalogue, forms: FormsKept, programmes: Programmes
    ) -> None:
        self._workspace = workspace
        self._catalogue = catalogue
        self._forms = forms
        self._programmes = programmes

    def preview(
        self, path: Path, programme_title: str, form_id: str | None = None, report: Report | None = None
    ) -> ImportPreview:
        """What reading this file into the programme so called would do.

        A programme that is not there would be made, on the form named or the default one. ``report`` is told
        rows done, of how many (0: not known), and what; what it raises stops the reading.

        Raises FileRefused with every problem of the file, NotAllowed where the programme is on another form,
        NotFound for an unknown form.
        """
        from audit_app.exchange.audit_sheet import read_audits
        from audit_app.exchange.sheet_reader import read_sheet

        title = programme_title.strip()
        if not title:
            raise NotAllowed("Give the title of the programme that these audits belong to.")
        there = self._there(title)
        form = self._form(there, form_id)

        def rows_read(rows: int) -> None:
            if report is not None:
                report(rows, 0, "Reading rows")

        sheet = read_audits(read_sheet(path, rows_read), form)
        rows = {
            imported_audit_id(title, row.case_reference, row.auditor, row.audit_date): row
            for row in sheet.rows
        }
        audits = {audit_id: _audit(audit_id, row, form) for audit_id, row in rows.items()}
        programme = there or _programme(title, form, audits.values())
        programme, new_cohorts = _with_cohorts(programme, audits.values())
        numbers = {audit_id: row.row for audit_id, row in rows.items()}
        new, changed, same = _compared(path.name, audits, numbers, self._existing(audits))
        return ImportPreview(
            path.name,
            programme,
            form,
            there is None,
            new_cohorts,
            new,
            changed,
            same,
            sheet.ignored_columns,
            sheet.missing_columns,
            sheet.notes,
        )

    def apply(self, preview: ImportPreview, report: Report | None = None) -> Changes:
        """Do what a preview said, in one transaction with its history; ``report`` may raise to stop it whole.

        Raises NotAllowed where the workspace has changed since, in what the preview is about.
        """
        if not preview.changes_anything:
            return NOTHING
        with self._workspace.write() as db:
            self._check_still_true(preview)
            writer = self._writer(db, preview)
            total = len(preview.new) + len(preview.changed)
            for start in range(0, len(preview.new), _AT_ONCE):
                if report is not None:
                    report(start, total, "Adding audits")
                writer.add(preview.new[start : start + _AT_ONCE])
            if preview.changed:
                writer.change([(audit.before, audit.after) for audit in preview.changed])
        self._workspace.bear_witness()
        return Changes(frozenset({Kind.AUDITS, Kind.CASES, Kind.PROGRAMMES}))

    def _there(self, title: str) -> Programme | None:
        wanted = natural_key(title)
        return next((p for p in self._programmes.all() if natural_key(p.title) == wanted), None)

    def _form(self, there: Programme | None, form_id: str | None) -> Form:
        if there is None:
            return self._catalogue.by_id(form_id) if form_id else self._catalogue.default()
        form = self._programmes.form(there)
        if form_id and self._catalogue.by_id(form_id).id != form.id:
            raise NotAllowed(
                f"The programme “{there.title}” is on the form {form.id}, so audits made on {form_id} cannot "
                "be read into it. Nothing was changed. Choose another programme."
            )
        return form

    def _existing(self, audits: Iterable[str]) -> dict[str, ImportedAudit]:
        return import_store.existing(self._workspace.db, tuple(audits))

    def _check_still_true(self, preview: ImportPreview) -> None:
        there = self._there(preview.programme.title)
        expected = {audit.before.id: audit.before for audit in preview.changed}
        found = self._existing([*(audit.id for audit in preview.new), *expected])
        if (there is None) != preview.makes_programme or found != expected:
            raise NotAllowed(
                "The workspace has changed since this preview, so nothing was imported. "
                "Look at the preview again."
            )

    def _writer(self, db: Database, preview: ImportPreview) -> ImportWriter:
        programme, owner = preview.programme, self._workspace.owner.id
        if preview.makes_programme:
            self._programmes.insert(db, programme, preview.form)
        elif preview.new_cohorts:
            self._programmes.put_cohorts(db, programme)
        return ImportWriter(db, owner, programme.id, self._forms.keep(db, preview.form))


def _audit(audit_id: str, row: "AuditRow", form: Form) -> ImportedAudit:
    suggested = form.overall.suggest(row.grades)
    return ImportedAudit(
        audit_id,
        case_id(row.case_reference),
        row.case_reference,
        row.auditor,
        row.audit_date,
        row.grades,
        row.overall,
        suggested,
        row.findings_supported,
        row.cohort,
        row.service,
        row.team,
        row.worker,
    )


def _programme(title: str, form: Form, audits: Iterable[ImportedAudit]) -> Programme:
    """A programme made by an import: baseline, from the first date to the last."""
    days = [audit.audit_date for audit in audits if audit.audit_date]
    return Programme(
        imported_programme_id(title),
        title,
        ProgrammeType.BASELINE,
        "",
        min(days, default=None),
        max(days, default=None),
        form.ref,
    )


def _with_cohorts(programme: Programme, audits: Iterable[ImportedAudit]) -> tuple[Programme, tuple[str, ...]]:
    """The programme with the cohorts of the file after its own, in file order; and the new ones' titles."""
    known = {natural_key(cohort.title) for cohort in programme.cohorts}
    new: dict[str, str] = {}
    for audit in audits:
        key = natural_key(audit.cohort)
        if key and key not in known:
            new.setdefault(key, audit.cohort)
    made = [Cohort(imported_cohort_id(programme.id, title), title) for title in new.values()]
    return replace(programme, cohorts=(*programme.cohorts, *made)), tuple(new.values())


def _compared(
    file_name: str,
    audits: dict[str, ImportedAudit],
    rows: dict[str, int],
    existing: dict[str, ImportedAudit],
) -> tuple[tuple[ImportedAudit, ...], tuple[ChangedAudit, ...], int]:
    """Which audits are new, changed or the same. Raises FileRefused where one is there with other grades."""
    new, changed, same = [], [], 0
    problems: list[Problem] = []
    for audit_id, audit in audits.items():
        before = existing.get(audit_id)
        if before is None:
            new.append(audit)
            continue
        if _grades(before) != _grades(audit):
            reason = "this audit is in the workspace with other grades"
            problems.append(Problem(rows[audit_id], "Case reference", audit.reference, reason))
            continue
        changes = tuple(_changes(before, audit))
        if changes:
            changed.append(ChangedAudit(rows[audit_id], before, audit, changes))
        else:
            same += 1
    if problems:
        raise FileRefused(
            f"“{file_name}” was not imported and nothing was changed: it gives other grades to "
            f"{plural(len(problems), 'audit')} already here. Grades are never overwritten by a sheet.",
            tuple(problems),
        )
    return tuple(new), tuple(changed), same


def _grades(audit: ImportedAudit) -> dict[str, str]:
    graded = {domain: grade for domain, grade in audit.grades.items() if grade != NOT_GRADED}
    return {**graded, "overall": audit.overall or NOT_GRADED}


def _changes(before: ImportedAudit, after: ImportedAudit) -> Iterable[FieldChange]:
    for name, words in _DETAILS:
        was, now = getattr(before, name) or "", getattr(after, name) or ""
        if natural_key(was) != natural_key(now) if name == "cohort" else was != now:
            yield FieldChange(words, was, now)


def _sentences(preview: ImportPreview) -> Iterable[str]:
    title = preview.programme.title
    if preview.makes_programme and preview.new:
        days = dates_text(preview.programme.period_from, preview.programme.period_to)
        period = f", {days}" if days else ""
        yield f"The programme “{title}” will be made, on the form {preview.form.title}{period}."
    if preview.new:
        yield f"{plural(len(preview.new), 'audit')} will be added to “{title}”."
    for audit in preview.changed:
        parts = [f"{c.field} from {_quoted(c.before)} to {_quoted(c.after)}" for c in audit.changes]
        yield f"Row {audit.row}, {audit.after.reference}: {joined(parts)}."
    if preview.same:
        verb = "is" if preview.same == 1 else "are"
        yield f"{plural(preview.same, 'audit')} {verb} here already with the same content: nothing to do."
    if preview.new_cohorts and not preview.makes_programme and preview.changes_anything:
        titles = joined([f"“{title}”" for title in preview.new_cohorts])
        what = "cohort" if len(preview.new_cohorts) == 1 else "cohorts"
        yield f"New in the programme: the {what} {titles}."
    if preview.ignored_columns:
        headings = joined([f"“{heading}”" for heading in preview.ignored_columns])
        count = len(preview.ignored_columns)
        what = "column is" if count == 1 else "columns are"
        yield f"{number(count)} {what} not known and ignored: {headings}."
    yield from preview.notes


def _quoted(value: str) -> str:
    return f"“{value}”" if value else "blank"
