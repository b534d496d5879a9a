"""The summary of 100,000 audits against the bare GROUP BY, and how it grows from 10,000 to 1,000,000."""

from pathlib import Path

import limits
import many
from measure import Line, Measured, in_turns, milliseconds, peak_mb

from audit_app.core.summary import Filters

SIZES = (10_000, 100_000, 1_000_000)


def measure(folder: Path) -> Measured:
    """Lines for each size; growth is the time for ten times the audits over ten times the time."""
    measured, before = Measured(), None
    for size in SIZES:
        path = many.workspace(folder, size)
        session = many.reopened(path)
        programme = session.programmes.by_title("Many")
        conn = session.workspace.db.conn

        def summarise(session=session, programme=programme) -> object:  # type: ignore[no-untyped-def]
            return session.summaries.summary(programme.id, Filters())

        def bare(conn=conn) -> object:  # type: ignore[no-untyped-def]
            return limits.group_by(conn, 1)

        milliseconds(summarise)
        measured.peak_mb = max(measured.peak_mb, peak_mb())
        ours, limit = in_turns(summarise, bare, 3 if size > 100_000 else 7)
        target = 1.5 if size == 100_000 else None
        measured.lines.append(Line(f"Summary of {size:,} audits / bare GROUP BY", ours, limit, target))
        if before is not None:
            measured.lines.append(
                Line(f"  growth to {size:,}: time / 10 × the time before", ours, before * 10, 1.1)
            )
        before = ours
        session.close()
        path.unlink()
    return measured
