"""The columns of the table of snapshots."""

from audit_app.core.snapshot import SnapshotView
from audit_app.core.snapshot_words import size
from audit_app.core.words import number, plural
from audit_app.ui.models.columns import Column
from audit_app.ui.models.day_words import DayWords


def snapshot_columns() -> tuple[Column[SnapshotView], ...]:
    """When it was made, what is in it, what would be lost."""
    words = DayWords()

    def made(view: SnapshotView) -> str:
        return words.moment(view.snapshot.at)

    def changed(view: SnapshotView) -> str:
        last = view.contents.last_change if view.contents else None
        return words.moment(last) if last else ""

    return (
        Column("made", "Made", made, chars=20),
        Column("kind", "What", _kind, chars=18),
        Column("audits", "Audits", _audits, right=True, chars=9),
        Column("drafts", "Drafts", _drafts, right=True, chars=9),
        Column("changed", "Last changed", changed, chars=20),
        Column("lost", "Would be lost", _lost, chars=18),
        Column("size", "Size", _size, right=True, chars=9),
    )


def _kind(view: SnapshotView) -> str:
    if view.contents is None:
        return "Cannot be read"
    return "Replaced file" if view.snapshot.replaced else "Snapshot"


def _audits(view: SnapshotView) -> str:
    return number(view.contents.audits) if view.contents else ""


def _drafts(view: SnapshotView) -> str:
    return number(view.contents.drafts) if view.contents else ""


def _lost(view: SnapshotView) -> str:
    if view.contents is None:
        return ""
    if view.loss is None:
        return "Not known"
    return plural(view.loss.changes, "change") if view.loss.changes else "Nothing"


def _size(view: SnapshotView) -> str:
    return size(view.snapshot.size)
