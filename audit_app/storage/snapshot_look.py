"""Looking into a snapshot: how much it holds, and what another state of the workspace has that it lacks."""

from datetime import datetime

from sqlite_utils import Database

from audit_app.core.snapshot import Contents, Loss
from audit_app.storage import history
from audit_app.storage.history import Head

# Opening, restoring, another passphrase: lines about the workspace itself, which nobody would miss.
IS_WORK = "subject <> (SELECT value FROM meta WHERE key = 'workspace_id')"


def contents(db: Database) -> Contents:
    """How much is in it."""
    (workspace_id,) = db.execute("SELECT value FROM meta WHERE key = 'workspace_id'").fetchone()
    audits, drafts = db.execute(
        "SELECT (SELECT count(*) FROM audit), (SELECT count(*) FROM audit WHERE state = 'draft')"
    ).fetchone()
    changed = db.execute(f"SELECT at FROM history WHERE {IS_WORK} ORDER BY seq DESC LIMIT 1").fetchone()
    last = datetime.fromisoformat(changed[0]) if changed else None
    return Contents(workspace_id, history.head(db).seq, audits, drafts, last)


def loss(current: Database, snapshot: Database) -> Loss:
    """What ``current`` has that ``snapshot`` lacks."""
    common = _last_in_common(current, snapshot)
    changes, audits, last = current.execute(
        "SELECT count(*), count(DISTINCT a.id), max(h.at) FROM history h"
        f" LEFT JOIN audit a ON a.id = h.subject WHERE h.seq > ? AND {IS_WORK}",
        [common],
    ).fetchone()
    (typed,) = current.execute("SELECT count(*) FROM unsettled").fetchone()
    return Loss(changes + typed, audits, datetime.fromisoformat(last) if last else None)


def _last_in_common(one: Database, other: Database) -> int:
    """The last line of both histories that is the same: where one line's hash is, all before are the same."""
    low, high = 0, min(history.head(one).seq, history.head(other).seq)
    while low < high:
        middle = (low + high + 1) // 2
        if _line(one, middle) == _line(other, middle):
            low = middle
        else:
            high = middle - 1
    return low


def _line(db: Database, seq: int) -> Head | None:
    row = db.execute("SELECT seq, hash FROM history WHERE seq = ?", [seq]).fetchone()
    return Head(*row) if row else None
