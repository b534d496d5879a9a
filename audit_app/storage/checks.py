"""Looking at every part of an open workspace without writing: pages, structure, links, text index, caches."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import sqlcipher3
from sqlite_utils import Database

from audit_app.storage import audit_store
from audit_app.storage.audit_store import Caches
from audit_app.storage.connection import DatabaseError

_INSTANCES = "SELECT term, doc, offset FROM {} ORDER BY term, doc, offset"


@dataclass(frozen=True, slots=True)
class Cached:
    """What is cached of an audit, and the answers that it was worked out from; ``form`` is a content hash."""

    audit_id: str
    form: str
    answers: Mapping[str, str]
    caches: Caches


def damaged_pages(db: Database) -> int:
    """How many pages fail their authentication."""
    return _count(db, "PRAGMA cipher_integrity_check", "")


def structural_faults(db: Database) -> int:
    """How many faults SQLite finds in tables and indexes."""
    return _count(db, "PRAGMA integrity_check", "ok")


def broken_links(db: Database) -> int:
    """How many rows point at something that is not there."""
    return len(db.execute("PRAGMA foreign_key_check").fetchall())


def _count(db: Database, pragma: str, fine: str) -> int:
    try:
        return sum(row[0] != fine for row in db.execute(pragma))
    except DatabaseError:
        return 1  # too damaged even to be looked through


def text_index_agrees(db: Database) -> bool:
    """Whether the text index holds exactly the words of the notes, by indexing them again in memory."""
    fresh = sqlcipher3.connect(":memory:")
    try:
        tokenizer = "tokenize = 'unicode61 remove_diacritics 2'"
        fresh.execute(f"CREATE VIRTUAL TABLE again USING fts5 (value, content = '', {tokenizer})")
        notes = db.execute("SELECT id, value FROM note ORDER BY id")
        fresh.executemany("INSERT INTO again (rowid, value) VALUES (?, ?)", notes)
        fresh.execute("CREATE VIRTUAL TABLE words USING fts5vocab (again, instance)")
        # A virtual table of the connection's own; the file itself is open to read only.
        db.execute("PRAGMA query_only = OFF")
        db.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab (main, text_index, instance)")
        kept = db.execute(_INSTANCES.format("temp.words"))
        made = fresh.execute(_INSTANCES.format("words"))
        agrees = all(row == made.fetchone() for row in kept) and made.fetchone() is None
        db.execute("DROP TABLE temp.words")
        return agrees
    except DatabaseError:
        return False
    finally:
        db.execute("PRAGMA query_only = ON")
        fresh.close()


def lacking_judgements(db: Database, form: str, domains: tuple[str, ...]) -> int:
    """How many submitted audits on this form (a content hash) lack a judgement of one of its domains, or
    the overall.
    """
    marks = ", ".join("?" * len(domains))
    row = db.execute(
        "SELECT count(*) FROM audit a WHERE a.form = (SELECT key FROM form WHERE content_hash = ?)"
        " AND a.state <> 'draft' AND (a.overall IS NULL OR ? <> (SELECT count(*) FROM judgement j"
        f" WHERE j.audit = a.key AND j.domain IN ({marks})))",
        [form, len(domains), *domains],
    ).fetchone()
    return int(row[0])


def cached(db: Database) -> Iterator[Cached]:
    """Every audit with its caches: its grades, and all its answers where a child may not be safe."""
    query = (
        "SELECT a.key, a.id, f.content_hash, a.suggested, a.unsafe_open, a.safe_now FROM audit a"
        " JOIN form f ON f.key = a.form ORDER BY a.key"
    )
    grades = db.execute("SELECT audit, domain, grade FROM judgement ORDER BY audit")
    waiting = grades.fetchone()
    for key, audit_id, form, suggested, unsafe, safe in db.execute(query):
        answers: dict[str, str] = {}
        while waiting is not None and waiting[0] <= key:
            if waiting[0] == key:
                answers[f"{waiting[1]}.grade"] = waiting[2]
            waiting = grades.fetchone()
        if unsafe or safe == "no":
            answers = audit_store.answers(db, key)
        yield Cached(audit_id, form, answers, Caches(suggested, bool(unsafe)))
