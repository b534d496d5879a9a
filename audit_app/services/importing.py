"""Audits from a spreadsheet: a preview of what will happen, then all of it in one transaction, or none."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
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
from audit_app.core.words import plural
from audit_app.forms.catalogue import FormCatalogue
from audit_app.services.backups import Backups
from audit_app.services.bulk import all_kept
from audit_app.services.forms_kept import FormsKept
from audit_app.services.import_preview import (
    DETAILS,
    ChangedAudit,
    FieldChange,
    ImportPreview,
    changes_between,
)
from audit_app.services.programmes import Programmes
from audit_app.services.values import checked_title
from audit_app.storage import import_store
from audit_app.storage.connection import Database
from audit_app.storage.import_store import ImportedAudit, ImportWriter
from audit_app.storage.workspace import Workspace

if TYPE_CHECKING:
    from audit_app.exchange.audit_sheet import AuditRow

__all__ = ["ChangedAudit", "FieldChange", "ImportPreview", "ImportedAudit", "Importing", "Report"]

Report = Callable[[int, int, str], None]
_Key = tuple[str, str, date | None]  # within a programme: case, auditor, date; blank equals blank
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class _Read:
    """An audit as a sheet gives it, and the row that holds it."""

    row: int
    audit: ImportedAudit


class Importing:
    """Reads audits from CSV and xlsx files into programmes."""

    def __init__(
        self,
        workspace: Workspace,
        catalogue: FormCatalogue,
        forms: FormsKept,
        programmes: Programmes,
        backups: Backups,
    ) -> None:
        self._workspace = workspace
        self._catalogue = catalogue
        self._forms = forms
        self._programmes = programmes
        self._backups = backups

    @all_kept()
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

        def rows_read(rows: int) -> None:
            if report is not None:
                report(rows, 0, "Reading rows")

        title = checked_title(programme_title)
        before = self._there(title)
        form = self._form(before, form_id)
        sheet = read_audits(read_sheet(path, rows_read), form)
        read = [_Read(row.row, _audit(title, row, form)) for row in sheet.rows]
        audits = [each.audit for each in read]
        programme_id = before.id if before else ""
        with self._workspace.read() as db:
            existing = _by_key(import_store.existing(db, programme_id, audits))
            elsewhere = import_store.elsewhere(db, programme_id, audits)
        _refuse_elsewhere(path.name, read, elsewhere)
        new, changed, same = _compared(path.name, read, existing, sheet.missing_columns)
        programme = before or _programme(title, form, audits)
        programme, new_cohorts = _with_cohorts(programme, audits)
        return ImportPreview(
            path.name,
            title,
            programme,
            before,
            form,
            new_cohorts,
            new,
            changed,
            same,
            sheet.ignored_columns,
            sheet.missing_columns,
            sheet.notes,
        )

    def _there(self, title: str) -> Programme | None:
        """The programme of this title, or the one that an import of this title made and a person renamed."""
        every = self._programmes.all()
        wanted, made = natural_key(title), imported_programme_id(title)
        so_called = (programme for programme in every if natural_key(programme.title) == wanted)
        return next(so_called, next((programme for programme in every if programme.id == made), None))

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

    # Applying

    @all_kept()
    def apply(self, preview: ImportPreview, report: Report | None = None) -> Changes:
        """Do what a preview said, in one transaction with its history; ``report`` may raise to stop it whole.

        A snapshot is made before.

        Raises NotAllowed where the workspace has changed since, in what the preview is about.
        """
        if not preview.changes_anything:
            return NOTHING
        total = len(preview.new) + len(preview.changed)

        def done(count: int) -> None:
            if report is not None:
                report(count, total, "Importing audits")

        self._backups.keep(partial(done, 0))
        with self._workspace.write() as db:
            self._check_still_true(db, preview)
            writer = self._writer(db, preview)
            for start in range(0, len(preview.new), _AT_ONCE):
                done(start)
                writer.add(preview.new[start : start + _AT_ONCE])
            done(len(preview.new))
            writer.change([(audit.before, audit.after) for audit in preview.changed])
            writer.finish(preview.file_name, preview.same)
            done(total)
        self._workspace.bear_witness()
        return Changes(frozenset({Kind.AUDITS, Kind.CASES, Kind.PROGRAMMES}))

    def _check_still_true(self, db: Database, preview: ImportPreview) -> None:
        before = self._there(preview.title)
        programme_id = before.id if before else ""
        audits = [*preview.new, *(audit.after for audit in preview.changed)]
        found = _by_key(import_store.existing(db, programme_id, audits))
        expected = _by_key(audit.before for audit in preview.changed)
        elsewhere = import_store.elsewhere(db, programme_id, audits)
        if before != preview.programme_before or found != expected or elsewhere:
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


def _audit(title: str, row: "AuditRow", form: Form) -> ImportedAudit:
    return ImportedAudit(
        imported_audit_id(title, row.case_reference, row.auditor, row.audit_date),
        case_id(row.case_reference),
        row.case_reference,
        row.auditor,
        row.audit_date,
        row.grades,
        row.overall,
        form.overall.suggest(row.grades),
        row.findings_supported,
        row.cohort,
        row.service,
        row.team,
        row.worker,
    )


def _key(audit: ImportedAudit) -> _Key:
    return audit.case_id, natural_key(audit.auditor), audit.audit_date


def _by_key(audits: Iterable[ImportedAudit]) -> dict[_Key, ImportedAudit]:
    return {_key(audit): audit for audit in audits}


def _programme(title: str, form: Form, audits: Iterable[ImportedAudit]) -> Programme:
    """A programme made by an import: baseline, from the first date to the last."""
    days = [audit.audit_date for audit in audits if audit.audit_date]
    first, last = min(days, default=None), max(days, default=None)
    return Programme(imported_programme_id(title), title, ProgrammeType.BASELINE, "", first, last, form.ref)


def _with_cohorts(programme: Programme, audits: Iterable[ImportedAudit]) -> tuple[Programme, tuple[str, ...]]:
    """The programme with the cohorts of these audits after its own, and the titles of the new ones."""
    known = {natural_key(cohort.title) for cohort in programme.cohorts}
    new: dict[str, str] = {}
    for audit in audits:
        key = natural_key(audit.cohort)
        if key and key not in known:
            new.setdefault(key, audit.cohort)
    made = [Cohort(imported_cohort_id(programme.id, title), title) for title in new.values()]
    return replace(programme, cohorts=(*programme.cohorts, *made)), tuple(new.values())


def _compared(
    file_name: str, read: Sequence[_Read], existing: dict[_Key, ImportedAudit], missing_columns: Sequence[str]
) -> tuple[tuple[ImportedAudit, ...], tuple[ChangedAudit, ...], int]:
    """Which audits are new, changed or the same. Raises FileRefused where one is there with other grades."""
    unsaid = [name for name, title in DETAILS if title in missing_columns]
    new, changed, same = [], [], 0
    problems: list[Problem] = []
    for each in read:
        audit, before = each.audit, existing.get(_key(each.audit))
        if before is None:
            new.append(audit)
            continue
        if _grades(before) != _grades(audit):
            reason = "this audit is in the workspace with other grades"
            problems.append(Problem(each.row, "Case reference", audit.reference, reason))
            continue
        after = replace(audit, id=before.id, **{name: getattr(before, name) for name in unsaid})
        changes = changes_between(before, after)
        if changes:
            changed.append(ChangedAudit(each.row, before, after, changes))
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


def _refuse_elsewhere(file_name: str, read: Sequence[_Read], elsewhere: dict[str, str]) -> None:
    """Raise FileRefused where audits of this sheet are in another programme: one that was renamed since."""
    problems = tuple(
        Problem(
            each.row,
            "Case reference",
            each.audit.reference,
            f"this audit is in the programme “{elsewhere[each.audit.id]}” already",
        )
        for each in read
        if each.audit.id in elsewhere
    )
    if problems:
        raise FileRefused(
            f"“{file_name}” was not imported and nothing was changed: it was imported before, into a "
            "programme that has another title now. Import it into that one.",
            problems,
        )
