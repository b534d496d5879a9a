"""Saves a workbook with a marker in every row, over and over, until a test kills it."""

import sys
from datetime import date
from io import BytesIO

import core_builders as build
from core_builders import GOOD, Graded, everywhere
from openpyxl import Workbook
from report_builders import internal, line

from audit_app.reports.contents import SummaryReport
from audit_app.reports.summary_xlsx import summary_xlsx


def report() -> SummaryReport:
    audits = [Graded(everywhere(GOOD))] * 4_000
    lines = [
        line(audit, number, worker="MARKER", audit_date=date(2019, 10, 7))
        for number, audit in enumerate(audits)
    ]
    return internal(build.summary(audits), lines)


def save_with_openpyxl() -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Audits")
    for _ in range(40_000):
        sheet.append(["MARKER"] * 10)
    book.save(BytesIO())


made = report()
sys.stdout.write("saving\n")
sys.stdout.flush()
while True:
    if sys.argv[1] == "ours":
        summary_xlsx(made)
    else:
        save_with_openpyxl()
