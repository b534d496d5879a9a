"""Importing 20,000 rows of CSV against a bare parse and insert."""

from pathlib import Path

import limits
import many
from measure import Line, Measured, in_turns, peak_mb

from audit_app.app import build_workspaces


def measure(folder: Path) -> Measured:
    """Reading, checking, comparing and writing with history, over reading and inserting."""
    import sqlcipher3

    sheet = many.sheet(folder / "audits.csv", 20_000)
    runs = iter(range(100))

    def product() -> None:
        session = sessions.pop()
        session.importing.apply(session.importing.preview(sheet, "Many"))

    def bare() -> None:
        assert limits.parse_and_insert(sheet, connections.pop()) == 20_000

    def connection() -> object:
        conn = sqlcipher3.connect(str(folder / f"bare-{next(runs)}.db"), isolation_level=None)
        conn.execute("PRAGMA key = 'bare'")
        conn.execute("PRAGMA journal_mode = WAL")
        conn.execute("CREATE TABLE casefile (key INTEGER PRIMARY KEY, reference TEXT)")
        conn.execute("CREATE TABLE audit (key INTEGER PRIMARY KEY, a, b, c, d, e, f, g, h)")
        conn.execute(
            "CREATE TABLE judgement (audit INTEGER, domain TEXT, grade TEXT, PRIMARY KEY (audit, domain))"
        )
        return conn

    workspaces = build_workspaces()
    names = [folder / f"ours-{next(runs)}.caseaudit" for _ in range(4)]
    opened = [workspaces.create(name, many.PASSPHRASE, "Lead") for name in names]
    sessions, connections = list(opened), [connection() for _ in range(3)]
    product()
    peak = peak_mb()
    ours, limit = in_turns(product, bare, 3)
    for session in opened:
        session.close()
    return Measured([Line("Import of 20,000 rows / bare parse and insert", ours, limit, 3.0)], peak)
