"""Erasing audits for good: their text, answers and names, and then every copy that still holds them.

First one transaction with a record that says it is unfinished, then the pages, the log and the snapshots.
Whatever stops the program in between, the next opening goes on with what is left.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from sqlite_utils import Database

from audit_app.core.errors import CannotWrite, WorkspaceInUse
from audit_app.storage import history, meta_store
from audit_app.storage.connection import SALT_BYTES, DatabaseError, RawKey, said_plainly
from audit_app.storage.history import NewLine
from audit_app.storage.snapshot_copy import UNFINISHED
from audit_app.storage.snapshots import folder_of, opened
from audit_app.storage.workspace import Workspace

ERASED = "erased"  # the kind of the line that each audit gets; its subject is the audit
_SNAPSHOTS_FOLDER = "snapshots_folder"  # where they lay when the last one was made
_LOGS = ("-wal", "-shm", "-journal")
_AMONG = "(SELECT value FROM json_each(?))"


def erase(db: Database, person: str, ids: Sequence[str], deletion_id: str) -> None:
    """Take these audits out, in the caller's transaction, with all that was only there for them.

    Their lines in the history stay, and so does the chain: what was typed stands there as a seal whose salt
    goes with the text.
    """
    audits = [json.dumps(ids)]
    cases, programmes = (_of_audits(db, column, audits) for column in ("casefile", "programme"))
    db.execute(
        f"DELETE FROM text_version WHERE seq IN (SELECT seq FROM history WHERE subject IN {_AMONG})", audits
    )
    # Each note taken out of the index with care takes 2 ms. It is made anew instead: then it holds no word,
    # and no beginning of one, that is in no note.
    db.execute("INSERT INTO text_index (text_index, rank) VALUES ('secure-delete', 0)")
    db.execute(f"DELETE FROM audit WHERE id IN {_AMONG}", audits)
    db.execute("INSERT INTO text_index (text_index) VALUES ('rebuild')")
    db.execute("INSERT INTO text_index (text_index, rank) VALUES ('secure-delete', 1)")
    _erase_names(db, cases, programmes)
    history.append_many(db, person, (NewLine(ERASED, each, {"deletion": deletion_id}) for each in ids))


def _of_audits(db: Database, column: str, audits: list[str]) -> list[str]:
    rows = db.execute(f"SELECT DISTINCT {column} FROM audit WHERE id IN {_AMONG}", audits)
    return [json.dumps([key for (key,) in rows])]


def _erase_names(db: Database, cases: list[str], programmes: list[str]) -> None:
    """Cases, people, holds and names of files that nothing needs any more; and where a case was held."""
    for place in ("service", "team", "worker"):
        db.execute(
            f"UPDATE casefile SET {place} = '' WHERE key IN {_AMONG} AND NOT EXISTS"
            f" (SELECT 1 FROM audit WHERE casefile = casefile.key AND audit.{place} = casefile.{place})",
            cases,
        )
    db.execute(
        f"DELETE FROM casefile WHERE key IN {_AMONG}"
        " AND NOT EXISTS (SELECT 1 FROM audit WHERE casefile = casefile.key)",
        cases,
    )
    db.execute(f"DELETE FROM hold WHERE released_at IS NOT NULL AND programme IN {_AMONG}", programmes)
    db.execute(
        "DELETE FROM text_version WHERE field = 'file' AND seq IN (SELECT h.seq FROM history h"
        f" JOIN programme p ON p.id = h.subject WHERE p.key IN {_AMONG} AND h.kind = 'file_imported')",
        programmes,
    )
    db.execute(
        "DELETE FROM person WHERE key NOT IN (SELECT auditor FROM audit)"
        " AND id NOT IN (SELECT person FROM history UNION SELECT value FROM meta WHERE key = 'owner'"
        " UNION SELECT person FROM hold UNION SELECT person FROM deletion)"
    )


# Afterwards


def is_unfinished(db: Database) -> bool:
    """Whether something was erased of which traces may be left."""
    return bool(db.execute("SELECT EXISTS (SELECT 1 FROM deletion WHERE finished_at IS NULL)").fetchone()[0])


def finish(workspace: Workspace) -> int:
    """Leave nothing of what was erased in free pages, the log or a snapshot; returns how many of those went.

    Does nothing where nothing is unfinished. Raises WorkspaceInUse where another program is reading the file,
    or CannotWrite; the next opening tries again.
    """
    if workspace.read_only or not is_unfinished(workspace.db):
        return 0
    with said_plainly():
        _write_anew(workspace.db)
    gone = _remove_copies(workspace)
    with workspace.write() as db:
        db.execute("UPDATE deletion SET finished_at = ? WHERE finished_at IS NULL", [history.now()])
    workspace.bear_witness()
    return gone


def finish_quietly(workspace: Workspace) -> None:
    """The same, where it may wait for the next opening: nobody is kept from their work by it."""
    with suppress(WorkspaceInUse, CannotWrite):
        finish(workspace)


def _write_anew(db: Database) -> None:
    """The file without free pages, and a log of no length."""
    db.conn.execute("VACUUM")
    if db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        raise WorkspaceInUse(
            "The audits were deleted, but another program is reading the workspace’s file, so traces of them "
            "may be left in it. Close that program; the rest is done when the workspace is opened next."
        )


def _remove_copies(workspace: Workspace) -> int:
    """Remove every snapshot that holds an erased audit, or cannot be looked into; returns how many."""
    erased = frozenset(
        subject for (subject,) in workspace.db.execute("SELECT subject FROM history WHERE kind = ?", [ERASED])
    )
    gone = 0
    for path in _copies(workspace):
        if UNFINISHED in path.suffixes or _may_hold(path, workspace.key, erased):
            _remove(path)
            gone += 1
    return gone


def _copies(workspace: Workspace) -> Iterator[Path]:
    """Every snapshot of this workspace, and what a program that was killed had begun of one."""
    folders = {folder_of(workspace.path.absolute())}
    before = meta_store.get(workspace.db, _SNAPSHOTS_FOLDER)
    if before is not None:
        folders.add(Path(before))
    for folder in sorted(folders):
        yield from sorted(path for path in folder.glob("*.caseaudit*") if not path.name.endswith(_LOGS))
    begun = sorted(workspace.path.absolute().parent.glob(f"*{UNFINISHED}"))
    yield from (path for path in begun if _starts_with(path, workspace.key.salt))


def _starts_with(path: Path, salt: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(SALT_BYTES) == salt


def _may_hold(path: Path, key: RawKey, erased: frozenset[str]) -> bool:
    try:
        with opened(path, key) as db:
            return any(audit_id in erased for (audit_id,) in db.execute("SELECT id FROM audit"))
    except (DatabaseError, OSError):
        return True


def _remove(path: Path) -> None:
    try:
        path.unlink()
        for ending in _LOGS:
            with suppress(FileNotFoundError):
                path.with_name(path.name + ending).unlink()
    except OSError as error:
        raise CannotWrite(
            f"The audits were deleted, but the snapshot “{path.name}” holds them and could not be removed. "
            "Close what uses it; the rest is done when the workspace is opened next."
        ) from error
