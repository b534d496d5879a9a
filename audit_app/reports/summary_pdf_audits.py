"""The part of an internal summary that names audits: who was not safe, what was chosen, and all."""

from collections.abc import Iterator

from reportlab.platypus import Flowable

from audit_app.core.audit_line import AuditLine
from audit_app.core.form import NOT_GRADED
from audit_app.core.table import DASH
from audit_app.core.words import long_date, number
from audit_app.reports import pdf_parts as styles
from audit_app.reports.contents import SummaryReport
from audit_app.reports.pdf_document import BODY_WIDTH
from audit_app.reports.pdf_parts import Parts
from audit_app.reports.pdf_tables import Cell, Column, data_table

MOST_LISTED = 500  # some fifteen pages; beyond, nobody reads on paper


def audit_parts(parts: Parts, report: SummaryReport) -> Iterator[Flowable]:
    """The lists, each where it has anything to list."""
    unsafe = [line for line in report.audits if line.safe_now == "no"]
    if unsafe:
        yield from parts.heading("Children said not to be safe")
        yield _stories(parts, unsafe, "What the concern is", "safe.concern")
    overridden = [line for line in report.audits if line.counted and line.overridden]
    if overridden:
        yield from parts.heading("Overall grades other than the suggested one")
        yield _stories(parts, overridden, "Why", "overall.reason")
    if report.audits:
        yield from parts.heading("Audits")
        yield from _list(parts, report)


def _stories(parts: Parts, lines: list[AuditLine], title: str, key: str) -> Flowable:
    heads = [parts.words(head, styles.HEAD) for head in ("Case", "Team", "Auditor", title)]
    widths = [84.0, 80.0, 84.0, BODY_WIDTH - 248]
    columns = [Column(head, width) for head, width in zip(heads, widths, strict=True)]
    rows: list[list[Cell]] = [
        [
            parts.words(line.reference, styles.CELL_STRONG),
            parts.words(line.team, styles.CELL),
            parts.words(line.auditor, styles.CELL),
            parts.paragraphs(line.texts.get(key, ""), styles.CELL) or "",
        ]
        for line in lines[:MOST_LISTED]
    ]
    return data_table(columns, rows)


def _list(parts: Parts, report: SummaryReport) -> Iterator[Flowable]:
    form = report.summary.form
    titles = ", ".join(f"{_initials(domain.title)} {domain.title}" for domain in form.domains)
    shorts = ", ".join(f"{grade.short} {grade.title}" for grade in form.scale.grades)
    yield parts.words(
        f"{titles}. {shorts}, {DASH} not graded. An audit in brackets is left out.", styles.NOTE
    )
    heads = ["Case", "Team", "Worker", "Auditor", "Date"]
    widths = [74.0, 54.0, 60.0, 56.0, 0.0, *[25.0] * len(form.domains), 42.0]
    widths[4] = BODY_WIDTH - sum(widths)
    heads += [*(_initials(domain.title) for domain in form.domains), "Overall"]
    columns = [
        Column(parts.words(head, styles.HEAD), width) for head, width in zip(heads, widths, strict=True)
    ]
    rows = [_line_cells(parts, report, line) for line in report.audits[:MOST_LISTED]]
    yield data_table(
        columns, rows, [("LEFTPADDING", (0, 0), (-1, -1), 2), ("RIGHTPADDING", (0, 0), (-1, -1), 2)]
    )
    more = len(report.audits) - MOST_LISTED
    if more > 0:
        yield parts.words(
            f"The first {MOST_LISTED} of {number(len(report.audits))} audits are listed here. "
            "The Excel workbook lists all of them.",
            styles.NOTE,
        )


def _line_cells(parts: Parts, report: SummaryReport, line: AuditLine) -> list[Cell]:
    scale = report.summary.form.scale

    def short(grade_id: str) -> str:
        return DASH if grade_id == NOT_GRADED else scale.grade(grade_id).short

    reference = line.reference if line.counted else f"({line.reference})"
    texts = (line.team, line.worker, line.auditor, long_date(line.audit_date) if line.audit_date else "")
    return [
        parts.words(reference, styles.CELL_TINY_STRONG),
        *(parts.words(text, styles.CELL_TINY) for text in texts),
        *(parts.words(short(grade), styles.CELL_TINY) for grade in line.grades),
        parts.words(short(line.overall), styles.CELL_TINY_STRONG),
    ]


def _initials(title: str) -> str:
    return "".join(word[0] for word in title.split()).upper()
