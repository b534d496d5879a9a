"""Bare limits: the least that any program must do for the same result, each in at most 25 lines."""

import csv
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

EMPTY_WINDOW = """
import time
from PySide6.QtWidgets import QApplication, QWidget

class Window(QWidget):
    def paintEvent(self, event):
        print(time.time(), flush=True)
        self.close()

app = QApplication([])
window = Window()
window.resize(1180, 720)
window.show()
app.exec()
"""


def empty_window() -> float:
    """Milliseconds from process start to the first paint of an empty PySide6 window."""
    return painted_after(["-c", EMPTY_WINDOW])


def painted_after(arguments: Sequence[str]) -> float:
    """Milliseconds from starting Python with these to the painting, which it prints as Unix time."""
    started = time.time()
    done = subprocess.run([sys.executable, *arguments], stdout=subprocess.PIPE, text=True, check=True)
    return (float(done.stdout.split()[-1]) - started) * 1000


def open_and_query(path: Path, passphrase: str, queries: Sequence[str]) -> int:
    """Open with SQLCipher by passphrase, run the queries and fetch every row; returns how many rows."""
    import sqlcipher3

    conn = sqlcipher3.connect(str(path))
    conn.execute(f"PRAGMA key = '{passphrase}'")
    rows = sum(len(conn.execute(query).fetchall()) for query in queries)
    conn.close()
    return rows


def one_commit(conn: Any, audit: int, grade: str) -> None:
    """One row changed and made durable."""
    conn.execute("BEGIN IMMEDIATE")
    conn.execute("UPDATE judgement SET grade = ? WHERE audit = ? AND domain = 'recording'", [grade, audit])
    conn.execute("COMMIT")


def group_by(conn: Any, programme: int) -> list[Any]:
    """The counts of a summary: grades by cohort and domain, overall by cohort, and the audits."""
    counted = f"a.programme = {programme} AND a.state <> 'draft' AND a.supported IS NOT 'no'"
    found: list[Any] = conn.execute(
        "SELECT a.cohort, j.domain, j.grade, count(*) FROM audit a JOIN judgement j ON j.audit = a.key"
        f" WHERE {counted} GROUP BY 1, 2, 3"
    ).fetchall()
    found += conn.execute(
        f"SELECT cohort, overall, count(*) FROM audit a WHERE {counted} GROUP BY 1, 2"
    ).fetchall()
    found += conn.execute(
        "SELECT state, supported, safe_now, count(*), count(DISTINCT casefile) FROM audit a"
        f" WHERE a.programme = {programme} GROUP BY 1, 2, 3"
    ).fetchall()
    return found


def write_only_xlsx(sheets: Iterable[tuple[str, Iterable[Sequence[Any]]]]) -> bytes:
    """The same cells through openpyxl's write-only mode, with nothing else."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def bare_pdf(flowables: list[Any]) -> bytes:
    """The same flowables through reportlab's plainest document, with nothing marked for screen readers."""
    from contextlib import nullcontext

    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import SimpleDocTemplate

    def nothing(*_: Any) -> None: ...

    silent = "open close begin_marked end_marked begin_artifact end_artifact note_heading draw_page_of"
    around = {name: lambda *_: nullcontext() for name in ("marked", "artifact")}
    plain = type("Plain", (Canvas,), {**dict.fromkeys(silent.split(), nothing), **around})
    out = BytesIO()
    SimpleDocTemplate(out).build(flowables, canvasmaker=plain)
    return out.getvalue()


def parse_and_insert(sheet: Path, conn: Any) -> int:
    """Read a CSV and insert what it says: a case, an audit and six grades a row, in one transaction."""
    with sheet.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    domains = ("recording", "assessment", "planning", "voice", "outcomes", "oversight")
    conn.execute("BEGIN")
    conn.executemany(
        "INSERT INTO casefile VALUES (?, ?)", [(n, row["case_reference"]) for n, row in enumerate(rows)]
    )
    columns = (
        "cohort",
        "service",
        "team",
        "worker",
        "auditor",
        "audit_date",
        "overall",
        "findings_supported",
    )
    conn.executemany(
        "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(n, *(row[column] for column in columns)) for n, row in enumerate(rows)],
    )
    conn.executemany(
        "INSERT INTO judgement VALUES (?, ?, ?)",
        [(n, domain, row[domain]) for n, row in enumerate(rows) for domain in domains],
    )
    conn.execute("COMMIT")
    return len(rows)
