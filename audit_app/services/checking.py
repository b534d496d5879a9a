"""Whether a workspace is whole: each part looked at, and said in a plain sentence."""

from collections.abc import Callable
from dataclasses import dataclass

from audit_app.core.audit import suggested_overall, unsafe_and_nobody_told
from audit_app.core.errors import AppError
from audit_app.core.form import FormRef
from audit_app.core.words import plural
from audit_app.services.forms_kept import FormsKept
from audit_app.storage import checks, form_store, history
from audit_app.storage.audit_store import Caches
from audit_app.storage.connection import Database, DatabaseError
from audit_app.storage.workspace import Workspace


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One part that was looked at, and what was found."""

    name: str
    ok: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Every part that was looked at."""

    lines: tuple[CheckLine, ...]

    @property
    def ok(self) -> bool:
        """Whether all of it is whole."""
        return all(line.ok for line in self.lines)


def check(workspace: Workspace, forms: FormsKept) -> CheckReport:
    """Look at every part of a workspace; nothing is written, so it works beside an open window."""
    db = workspace.db
    parts: tuple[tuple[str, Callable[[], tuple[bool, str]]], ...] = (
        ("Pages", lambda: _pages(db)),
        ("Structure", lambda: _structure(db)),
        ("Links", lambda: _links(db)),
        ("History", lambda: _history(workspace, db)),
        ("Search", lambda: _search(db)),
        ("Grades", lambda: _grades(db, forms)),
        ("Worked-out values", lambda: _caches(db, forms)),
    )
    return CheckReport(tuple(_line(name, look) for name, look in parts))


def _line(name: str, look: Callable[[], tuple[bool, str]]) -> CheckLine:
    try:
        return CheckLine(name, *look())
    except (DatabaseError, AppError):
        return CheckLine(name, False, "This part is too damaged to be read.")


def _pages(db: Database) -> tuple[bool, str]:
    bad = checks.damaged_pages(db)
    if bad:
        return False, f"{plural(bad, 'page')} of the file {_is_or_are(bad)} damaged."
    return True, "Every page of the file is as it was written."


def _structure(db: Database) -> tuple[bool, str]:
    bad = checks.structural_faults(db)
    if bad:
        return False, f"The database has {plural(bad, 'fault')} in its structure."
    return True, "The database's structure is whole."


def _links(db: Database) -> tuple[bool, str]:
    bad = checks.broken_links(db)
    if bad:
        return (
            False,
            f"{plural(bad, 'record')} {'points' if bad == 1 else 'point'} at something that is gone.",
        )
    return True, "Every record that another one needs is there."


def _history(workspace: Workspace, db: Database) -> tuple[bool, str]:
    seen = workspace.witnessed
    last = history.head(db)
    bad = history.verify(db)
    if bad is not None:
        return False, f"The history has been changed: line {bad} of {last.seq} is not as it was written."
    if seen is not None and not history.contains(db, seen.head):
        if seen.seq > last.seq:
            return False, (
                f"The history's end is missing: it has {plural(last.seq, 'line')}, but {seen.seq} were "
                "seen here "
                "before. This is an older copy, or changes were lost."
            )
        return False, f"Line {seen.seq} of the history is not the one seen here before. This is another copy."
    return True, f"The history is whole: {plural(last.seq, 'line')}, each following from the one before."


def _search(db: Database) -> tuple[bool, str]:
    if not checks.text_index_agrees(db):
        return False, "The search index does not agree with the notes, so a search may miss some."
    return True, "The search index agrees with the notes."


def _grades(db: Database, forms: FormsKept) -> tuple[bool, str]:
    bad = 0
    for ref in form_store.refs(db):
        domains = tuple(domain.id for domain in forms.form(ref).domains)
        bad += checks.lacking_judgements(db, ref.content_hash, domains)
    if bad:
        return (
            False,
            f"{plural(bad, 'submitted audit')} {'lacks' if bad == 1 else 'lack'} a grade that it should "
            "have.",
        )
    return True, "Every submitted audit has a grade, or is marked not graded, in each area."


def _caches(db: Database, forms: FormsKept) -> tuple[bool, str]:
    refs: dict[str, FormRef] = {ref.content_hash: ref for ref in form_store.refs(db)}
    bad = 0
    for found in checks.cached(db):
        suggested = suggested_overall(forms.form(refs[found.form]), found.answers)
        bad += found.caches != Caches(suggested, unsafe_and_nobody_told(found.answers))
    if bad:
        return (
            False,
            f"In {plural(bad, 'audit')} what was worked out from the answers does not agree with them.",
        )
    return True, "What was worked out from the answers agrees with them."


def _is_or_are(count: int) -> str:
    return "is" if count == 1 else "are"
