"""Finding words in the notes (by the text index), in services, teams and workers, and in case references."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from audit_app.core.audit import AuditState
from audit_app.core.folding import folded, has_all
from audit_app.core.form import FormRef

REFERENCE = "case.reference"
_LINES = {"case.service": "service", "case.team": "team", "case.worker": "worker"}
_MOST_VALUES = 500  # different names that may match at once; a search that finds more is too wide to help
_SELECT = (
    "SELECT a.id, c.reference, p.title, a.state, f.id, f.version, f.content_hash, {field}, {value}"
    " FROM audit a JOIN casefile c ON c.key = a.casefile JOIN programme p ON p.key = a.programme"
    " JOIN form f ON f.key = a.form"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A text that holds the words: of which audit and field, and all of it."""

    audit_id: str
    reference: str
    programme: str
    state: AuditState
    form: FormRef
    field: str
    text: str


def in_references(db: Database, words: tuple[str, ...], limit: int) -> tuple[Found, ...]:
    """Audits whose case reference holds each of the words anywhere."""
    condition = " AND ".join("c.natural_key LIKE ? ESCAPE '\\'" for _ in words)
    query = f"{_SELECT} WHERE {condition} ORDER BY a.key DESC LIMIT ?"
    query = query.format(field=f"'{REFERENCE}'", value="c.reference")
    return _found(db, query, [*(f"%{_escaped(word)}%" for word in words), limit])


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def in_lines(db: Database, words: tuple[str, ...], limit: int) -> tuple[Found, ...]:
    """Audits whose service, team or worker has words beginning so: few different names stand in many
    audits.
    """
    names = db.execute("SELECT DISTINCT service, team, worker FROM audit").fetchall()
    found: list[Found] = []
    for place, (field, column) in enumerate(_LINES.items()):
        same = [name for name in {row[place] for row in names} if name and has_all(name, words)]
        marks = ", ".join("?" * len(same[:_MOST_VALUES]))
        query = f"{_SELECT} WHERE a.{column} IN ({marks}) ORDER BY a.key DESC LIMIT ?"
        query = query.format(field=f"'{field}'", value=f"a.{column}")
        found += _found(db, query, [*same[:_MOST_VALUES], limit])
    return tuple(found)


def in_notes(db: Database, words: tuple[str, ...], limit: int) -> tuple[Found, ...]:
    """Notes that have a word beginning with each of these, best first."""
    wanted = " ".join(f'"{folded(word).replace(chr(34), chr(34) * 2)}"*' for word in words)
    query = (
        f"{_SELECT} JOIN note n ON n.audit = a.key JOIN text_index t ON t.rowid = n.id"
        " WHERE text_index MATCH ? ORDER BY t.rank LIMIT ?"
    ).format(field="n.field", value="n.value")
    return _found(db, query, [wanted, limit])


def _found(db: Database, query: str, parameters: Iterable[object]) -> tuple[Found, ...]:
    return tuple(
        Found(audit_id, reference, programme, AuditState(state), FormRef(form, version, content), field, text)
        for audit_id, reference, programme, state, form, version, content, field, text in db.execute(
            query, list(parameters)
        )
    )
