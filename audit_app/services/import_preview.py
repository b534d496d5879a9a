"""What an import would do: which audits are new, changed or the same, and the words for it."""

from collections.abc import Iterable
from dataclasses import dataclass

from audit_app.core.form import Form
from audit_app.core.identity import natural_key
from audit_app.core.programme import Programme
from audit_app.core.words import dates_text, joined, number, plural
from audit_app.storage.import_store import ImportedAudit

# What a sheet may say anew of an audit that is there: the attribute, and the title of its column.
DETAILS = (
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
    """What reading a file into a programme would do; nothing has been changed yet.

    ``programme`` is as it would be afterwards, ``programme_before`` as it is, None where it would be made.
    ``title`` is the title that was asked for.
    """

    file_name: str
    title: str
    programme: Programme
    programme_before: Programme | None
    form: Form
    new_cohorts: tuple[str, ...]
    new: tuple[ImportedAudit, ...]
    changed: tuple[ChangedAudit, ...]
    same: int
    ignored_columns: tuple[str, ...]
    missing_columns: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def makes_programme(self) -> bool:
        """Whether the programme would be made."""
        return self.programme_before is None

    @property
    def changes_anything(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.new or self.changed)

    def sentences(self) -> tuple[str, ...]:
        """What would happen, in words."""
        return tuple(_sentences(self))


def changes_between(before: ImportedAudit, after: ImportedAudit) -> tuple[FieldChange, ...]:
    """What a sheet says anew of an audit; a cohort written differently is the same cohort."""
    return tuple(_changes(before, after))


def _changes(before: ImportedAudit, after: ImportedAudit) -> Iterable[FieldChange]:
    for name, words in DETAILS:
        was, now = getattr(before, name) or "", getattr(after, name) or ""
        if natural_key(was) != natural_key(now) if name == "cohort" else was != now:
            yield FieldChange(words, was, now)


def _sentences(preview: ImportPreview) -> Iterable[str]:
    title = preview.programme.title
    if preview.makes_programme:
        days = dates_text(preview.programme.period_from, preview.programme.period_to)
        period = f", {days}" if days else ""
        yield f"The programme “{title}” will be made, on the form {preview.form.title}{period}."
    elif natural_key(title) != natural_key(preview.title):
        yield f"The programme “{preview.title}” is called “{title}” here."
    if preview.new:
        yield f"{plural(len(preview.new), 'audit')} will be added to “{title}”."
    for audit in preview.changed:
        parts = [f"{c.field} from {_quoted(c.before)} to {_quoted(c.after)}" for c in audit.changes]
        yield f"Row {audit.row}, {audit.after.reference}: {joined(parts)}."
    if preview.same:
        verb = "is" if preview.same == 1 else "are"
        yield f"{plural(preview.same, 'audit')} {verb} here already with the same content: nothing to do."
    if preview.new_cohorts and not preview.makes_programme:
        titles = joined([f"“{title}”" for title in preview.new_cohorts])
        what = "cohort" if len(preview.new_cohorts) == 1 else "cohorts"
        yield f"New in the programme: the {what} {titles}."
    yield from _column_sentences(preview)
    yield from preview.notes


def _column_sentences(preview: ImportPreview) -> Iterable[str]:
    kept = [words for _, words in DETAILS if words in preview.missing_columns]
    if kept and (preview.same or preview.changed):
        yield f"The file has no column for {joined(kept)}, so what the audits here say of it stays."
    if preview.ignored_columns:
        headings = joined([f"“{heading}”" for heading in preview.ignored_columns])
        count = len(preview.ignored_columns)
        what = "column is" if count == 1 else "columns are"
        yield f"{number(count)} {what} not known and ignored: {headings}."


def _quoted(value: str) -> str:
    return f"“{value}”" if value else "blank"
