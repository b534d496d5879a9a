"""The internal workbook of 20,000 audits against bare write-only openpyxl with the same cells."""

from io import BytesIO
from pathlib import Path

import limits
import many
from measure import Line, Measured, in_turns, peak_mb

from audit_app.core.summary import Filters


def measure(folder: Path) -> Measured:
    """The gathered contents to the bytes of the file; the limit writes the values read back from it."""
    from openpyxl import load_workbook

    from audit_app.reports.summary_xlsx import summary_xlsx

    session = many.reopened(many.workspace(folder, 20_000))
    summary = session.summaries.by_title("Many", Filters())
    contents = session.reporting.summary_contents(summary, "internal")
    session.close()
    made = summary_xlsx(contents)
    peak = peak_mb()
    book = load_workbook(BytesIO(made), read_only=True)
    sheets = [(sheet.title, list(sheet.iter_rows(values_only=True))) for sheet in book]
    ours, bare = in_turns(lambda: summary_xlsx(contents), lambda: limits.write_only_xlsx(sheets), 3)
    return Measured([Line("xlsx of 20,000 audits / bare write-only openpyxl", ours, bare, 1.3)], peak)
