"""A grade from key press to durable against one bare commit, in a workspace with 10,000 audits."""

from itertools import cycle
from pathlib import Path

import limits
import many
from measure import Line, Measured, in_turns, peak_mb


def measure(folder: Path) -> Measured:
    """What the window calls when a grade's key is pressed; it returns when the grade is durable."""
    import sqlcipher3

    session = many.reopened(many.workspace(folder, 10_000))
    audit_id, _ = session.audits.start("BENCH-1")
    session.grading.open(audit_id)
    grades, bare_grades = cycle(("good", "inadequate")), cycle(("good", "inadequate"))
    path = folder / "bare.db"
    conn = sqlcipher3.connect(str(path), isolation_level=None)
    for pragma in ("key = 'bare'", "journal_mode = WAL", "synchronous = FULL"):
        conn.execute(f"PRAGMA {pragma}")
    conn.execute(
        "CREATE TABLE judgement (audit INTEGER, domain TEXT, grade TEXT, PRIMARY KEY (audit, domain))"
    )
    conn.execute("INSERT INTO judgement VALUES (1, 'recording', '')")

    def product() -> None:
        session.grading.set(audit_id, "recording.grade", next(grades))

    def bare() -> None:
        limits.one_commit(conn, 1, next(bare_grades))

    for _ in range(5):
        product()
        bare()
    ours, limit = in_turns(product, bare, 60)
    peak = peak_mb()
    session.close()
    return Measured([Line("A grade, key press to durable / one bare commit", ours, limit, 2.0)], peak)
