"""Programmes: rounds of audits with their form and cohorts; made, changed and removed under their rules."""

from dataclasses import dataclass
from datetime import date

from audit_app.core.changes import NOTHING, Changes, Kind
from audit_app.core.errors import NotAllowed, NotFound
from audit_app.core.form import Form
from audit_app.core.identity import natural_key, new_id
from audit_app.core.programme import OWN_PROGRAMME_TITLE, Cohort, Programme, ProgrammeType
from audit_app.core.retention import LONGEST_MONTHS
from audit_app.core.words import joined, number
from audit_app.forms.catalogue import FormCatalogue
from audit_app.services.forms_kept import FormsKept
from audit_app.services.values import checked_cohort_title, checked_title
from audit_app.storage import history, programme_store, retention_store
from audit_app.storage.connection import Database
from audit_app.storage.history import NewLine, Text
from audit_app.storage.workspace import Workspace

_CHANGED = Changes(frozenset({Kind.PROGRAMMES}))


@dataclass(frozen=True, slots=True)
class CohortDraft:
    """A cohort as a person typed it; ``id`` is None for a new one."""

    id: str | None
    title: str


@dataclass(frozen=True, slots=True)
class ProgrammeDraft:
    """A programme as a person typed it; ``form_id`` names a form of the catalogue, in its current version.

    ``retention_months`` is how long its audits are kept; None: until somebody sets a period.
    """

    title: str
    type: ProgrammeType = ProgrammeType.BASELINE
    theme: str = ""
    period_from: date | None = None
    period_to: date | None = None
    form_id: str = ""
    cohorts: tuple[CohortDraft, ...] = ()
    retention_months: int | None = None


@dataclass(frozen=True, slots=True)
class ProgrammeCounts:
    """How many audits a programme holds; ``submitted`` are all that are no longer drafts."""

    drafts: int
    submitted: int

    @property
    def audits(self) -> int:
        """All of them."""
        return self.drafts + self.submitted


class Programmes:
    """The rounds of audits in this workspace."""

    def __init__(self, workspace: Workspace, catalogue: FormCatalogue, forms: FormsKept) -> None:
        self._workspace = workspace
        self._catalogue = catalogue
        self._forms = forms

    def all(self) -> tuple[Programme, ...]:
        """Every programme, in the order in which they were made."""
        with self._workspace.read() as db:
            return programme_store.all_of(db)

    def get(self, programme_id: str) -> Programme:
        """The programme with this id. Raises NotFound."""
        with self._workspace.read() as db:
            found = programme_store.get(db, programme_id)
        if found is None:
            raise NotFound("That programme is no longer in this workspace.")
        return found

    def by_title(self, title: str | None) -> Programme:
        """The programme so called, or the only one. Raises NotFound or NotAllowed, naming those there are."""
        if title is not None:
            with self._workspace.read() as db:
                found = programme_store.by_title(db, title)
            if found is None:
                raise NotFound(f"There is no programme “{title}”. {self._those_there_are()}")
            return found
        there = self.all()
        if not there:
            raise NotFound("There is no programme in this workspace yet.")
        if len(there) > 1:
            raise NotAllowed(f"Say which programme. {self._those_there_are()}")
        return there[0]

    def _those_there_are(self) -> str:
        titles = [f"“{programme.title}”" for programme in self.all()]
        return f"The programmes here are {joined(titles)}." if titles else "There is none yet."

    def form(self, programme: Programme) -> Form:
        """The form that its audits are made on, in the exact version."""
        return self._forms.form(programme.form)

    def counts(self, programme_id: str) -> ProgrammeCounts:
        """How many audits it holds."""
        with self._workspace.read() as db:
            return ProgrammeCounts(*programme_store.audit_counts(db, programme_id))

    # Changing

    def create(self, draft: ProgrammeDraft) -> tuple[Programme, Changes]:
        """Make a programme. Raises NotAllowed with what to mend."""
        form = self._catalogue.by_id(draft.form_id) if draft.form_id else self._catalogue.default()
        with self._workspace.write() as db:
            self._check(db, draft, None)
            programme = _made(draft, new_id(), form)
            self.insert(db, programme, form)
        return programme, _CHANGED

    def own(self, db: Database) -> tuple[Programme, bool]:
        """The programme for audits that belong to no round, and whether it was just made, in this
        transaction.
        """
        found = programme_store.by_title(db, OWN_PROGRAMME_TITLE)
        if found is not None:
            return found, False
        form = self._catalogue.default()
        programme = _made(ProgrammeDraft(OWN_PROGRAMME_TITLE, ProgrammeType.DIP_SAMPLE), new_id(), form)
        self.insert(db, programme, form)
        return programme, True

    def insert(self, db: Database, programme: Programme, form: Form) -> None:
        """Keep a new programme with its form and its line, in the caller's transaction."""
        programme_store.insert(db, programme, self._forms.keep(db, form))
        self._write_line(db, "programme_created", None, programme)

    def put_cohorts(self, db: Database, after: Programme) -> None:
        """Give a programme these cohorts, with its line, in the caller's transaction."""
        before = self.get(after.id)
        programme_store.put_cohorts(db, after.id, after.cohorts)
        self._write_line(db, "programme_changed", before, after)

    def update(self, programme_id: str, draft: ProgrammeDraft) -> Changes:
        """Change a programme; its form, and the removal of a cohort, only where no audits stand on them.

        Raises NotAllowed with what to mend.
        """
        with self._workspace.write() as db:
            before = self.get(programme_id)
            self._check(db, draft, before)
            form = self._form_for(db, draft, before)
            after = _made(draft, before.id, form)
            self._check_cohorts_kept(db, before, after)
            if after == before:
                return NOTHING
            programme_store.update(db, after, self._forms.keep(db, form))
            self._write_line(db, "programme_changed", before, after)
        return Changes(frozenset({Kind.PROGRAMMES, Kind.AUDITS}))

    def _form_for(self, db: Database, draft: ProgrammeDraft, before: Programme) -> Form:
        if draft.form_id in ("", before.form.id):
            return self.form(before)
        if any(programme_store.audit_counts(db, before.id)):
            raise NotAllowed(
                f"“{before.title}” has audits, so its form cannot be changed. Make another programme for "
                "that form."
            )
        return self._catalogue.by_id(draft.form_id)

    def _check(self, db: Database, draft: ProgrammeDraft, before: Programme | None) -> None:
        other = programme_store.by_title(db, checked_title(draft.title))
        if other is not None and (before is None or other.id != before.id):
            raise NotAllowed(f"There is a programme called “{other.title}” already. Choose another title.")
        if draft.period_from and draft.period_to and draft.period_from > draft.period_to:
            raise NotAllowed("The period ends before it begins.")
        if draft.retention_months is not None and not 1 <= draft.retention_months <= LONGEST_MONTHS:
            raise NotAllowed(f"Audits can be kept for 1 to {number(LONGEST_MONTHS)} months.")
        keys: set[str] = set()
        for title in (checked_cohort_title(cohort.title) for cohort in draft.cohorts):
            if natural_key(title) in keys:
                raise NotAllowed(f"There are two cohorts called “{title}”. Rename or remove one.")
            keys.add(natural_key(title))

    def _check_cohorts_kept(self, db: Database, before: Programme, after: Programme) -> None:
        kept = {cohort.id for cohort in after.cohorts}
        in_use = programme_store.cohorts_in_use(db, before.id)
        for cohort in before.cohorts:
            if cohort.id in in_use and cohort.id not in kept:
                raise NotAllowed(
                    f"The cohort “{cohort.title}” has audits, so it can be renamed but not removed."
                )

    def delete(self, programme_id: str) -> Changes:
        """Remove a programme that has no audits. Raises NotAllowed otherwise."""
        with self._workspace.write() as db:
            programme = self.get(programme_id)
            if any(programme_store.audit_counts(db, programme_id)):
                raise NotAllowed(f"“{programme.title}” has audits, so it cannot be deleted.")
            if retention_store.has_deletions(db, programme_id):
                raise NotAllowed(
                    f"Audits of “{programme.title}” were deleted when their time was over. The programme "
                    "stays, because the record of that names it."
                )
            programme_store.delete(db, programme_id)
            history.append(db, self._workspace.owner.id, NewLine("programme_deleted", programme_id, {}))
        return _CHANGED

    def _write_line(self, db: Database, kind: str, before: Programme | None, after: Programme) -> None:
        plain_before, words_before = _parts(before)
        plain, words = _parts(after)
        changes = [
            {"field": name, "from": plain_before.get(name, ""), "to": value}
            for name, value in plain.items()
            if value != plain_before.get(name, "")
        ]
        texts: list[Text] = []
        for name in sorted({*words, *words_before}):
            value = words.get(name, "")
            if value != words_before.get(name, ""):
                last = history.last_text(db, after.id, name)
                change, versions = history.text_change(last, name, value)
                changes.append(change)
                texts.extend(versions)
        history.append(db, self._workspace.owner.id, NewLine(kind, after.id, {"changes": changes}, texts))


def _made(draft: ProgrammeDraft, programme_id: str, form: Form) -> Programme:
    cohorts = tuple(
        Cohort(cohort.id or new_id(), checked_cohort_title(cohort.title)) for cohort in draft.cohorts
    )
    return Programme(
        programme_id,
        checked_title(draft.title),
        draft.type,
        draft.theme.strip(),
        draft.period_from,
        draft.period_to,
        form.ref,
        cohorts,
        draft.retention_months,
    )


def _parts(programme: Programme | None) -> tuple[dict[str, str], dict[str, str]]:
    """What a line holds of a programme: plain values, and what a person typed."""
    if programme is None:
        return {}, {}
    plain = {
        "type": programme.type.value,
        "period_from": programme.period_from.isoformat() if programme.period_from else "",
        "period_to": programme.period_to.isoformat() if programme.period_to else "",
        "form": f"{programme.form.id} {programme.form.version}",
        "retention_months": str(programme.retention_months or ""),
    }
    words = {"title": programme.title, "theme": programme.theme}
    words.update({f"cohort.{cohort.id}": cohort.title for cohort in programme.cohorts})
    return plain, words
