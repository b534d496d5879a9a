"""The sentences about snapshots, shared by the window and the command line."""

from datetime import datetime

from audit_app.core.snapshot import Contents, Loss, Snapshot, SnapshotView
from audit_app.core.words import long_date, number, plural

UNREADABLE = "This snapshot cannot be read: it is damaged, or was made under another passphrase."
NOT_KNOWN = "What is newer cannot be said, because the workspace itself cannot be read."


def moment(at: datetime) -> str:
    """A moment by the clock of this computer: 7 October 2019 at 14:03."""
    here = at.astimezone()
    return f"{long_date(here.date())} at {here:%H:%M}"


def size(count: int) -> str:
    """The size of a file: 340 KB, 12 MB."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1_000))} KB"
    return f"{number(round(count / 1_000_000))} MB"


def title(snapshot: Snapshot) -> str:
    """Which one it is: Snapshot of 7 October 2019 at 14:03."""
    kind = "File replaced on" if snapshot.replaced else "Snapshot of"
    return f"{kind} {moment(snapshot.at)}"


def contents_sentence(contents: Contents | None) -> str:
    """What is in it."""
    if contents is None:
        return UNREADABLE
    held = plural(contents.audits, "audit")
    if contents.drafts:
        held += f" ({plural(contents.drafts, 'draft')})"
    changed = f"Last changed on {moment(contents.last_change)}. " if contents.last_change else ""
    return f"It holds {held}. {changed}Its history ends at line {number(contents.lines)}."


def loss_sentence(loss: Loss | None) -> str:
    """What would be lost."""
    if loss is None:
        return NOT_KNOWN
    if not loss.changes:
        return "Nothing would be lost: the workspace has not been changed since."
    about = f" to {plural(loss.audits, 'audit')}" if loss.audits else ""
    until = f", the last on {moment(loss.last)}" if loss.last else ""
    return f"What was done since would be lost: {plural(loss.changes, 'change')}{about}{until}."


def sentences(view: SnapshotView) -> tuple[str, ...]:
    """All that is said of one before it is put in place."""
    if view.contents is None:
        return (UNREADABLE,)
    return contents_sentence(view.contents), loss_sentence(view.loss)
