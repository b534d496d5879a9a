"""Enter on the passphrase to Home with 10,000 audits, against a bare SQLCipher open and the same queries."""

import statistics
from pathlib import Path

import limits
import many
from measure import Line, Measured, milliseconds, output_of, peak_of

DRIVEN = Path(__file__).with_name("driven.py")
TIMES = 7


def measure(folder: Path) -> Measured:
    """The window in a process of its own, in turns with the limit in this one."""
    path = many.workspace(folder, 10_000)
    queries = _queries_of_home(path)
    ours, bare = [], []
    for _ in range(TIMES):
        ours.append(float(output_of([str(DRIVEN), "unlock", str(path)])))
        bare.append(milliseconds(lambda: limits.open_and_query(path, many.PASSPHRASE, queries)))
    line = Line(
        "Enter to Home with 10,000 audits / bare open and the same queries",
        statistics.median(ours),
        statistics.median(bare),
        1.5,
    )
    return Measured([line], peak_of([str(DRIVEN), "unlock", str(path)]))


def _queries_of_home(path: Path) -> list[str]:
    """The queries that Home runs, with their values, as SQLite saw them."""
    session = many.reopened(path)
    queries: list[str] = []
    session.workspace.db.conn.set_trace_callback(queries.append)
    session.home.now()
    session.workspace.db.conn.set_trace_callback(None)
    session.close()
    return [query for query in queries if query.lstrip().upper().startswith("SELECT")]
