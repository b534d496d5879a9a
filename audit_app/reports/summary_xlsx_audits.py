"""The internal sheet that lists every audit behind a summary, one line each, with its text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter

from audit_app.core import sentences
from audit_app.core.audit_line import AuditLine
from audit_app.core.fields import all_fields
from audit_app.core.form import NOT_GRADED, Form
from audit_app.reports import xlsx_looks as looks
from audit_app.reports.contents import SummaryReport
from audit_app.reports.inks import grade_ink
from audit_app.reports.xlsx_cells import Value
from audit_app.reports.xlsx_looks import Look
from audit_app.reports.xlsx_parts import Book, Layout, Sheet, unique_heads

_YES_NO = {True: "Yes", False: "No"}
_SUPPORTED = {True: "Yes", False: "No", None: "Not yet read"}
_SAFE = {"yes": "Yes", "no": "No"}
_WIDTH_OF_TEXT = 42.0
_LINE_HEIGHT = 15.0  # one line of a text shows; the rest by making the row higher
_LINES_MEASURED = 1_000


@dataclass(frozen=True, slots=True)
class _Columns:
    """The headings and what a line shows under each."""

    heads: list[str]
    looks: list[Look]
    text_keys: list[str]
    grade_titles: dict[str, str]

    def values(self, line: AuditLine) -> list[Value]:
        titles = self.grade_titles
        return [
            line.reference,
            line.cohort,
            line.service,
            line.team,
            line.worker,
            line.auditor,
            line.audit_date,
            *[titles[grade] for grade in line.grades],
            titles[line.overall],
            titles[line.suggested] if line.suggested else None,
            _YES_NO[line.overridden],
            _SAFE.get(line.safe_now),
            _SUPPORTED[line.supported],
            _YES_NO[line.counted],
            _YES_NO[line.moderated],
            *[line.texts.get(key) for key in self.text_keys],
        ]


def write_audits(book: Book, report: SummaryReport, footer: str) -> None:
    """Add the sheet; its title rows stay in sight, and so does the case."""
    form = report.summary.form
    columns = _columns(form, report.audits)
    layout = Layout(
        _widths(columns, report.audits), "B5", "4:4", "A:A", pages_wide=2, row_height=_LINE_HEIGHT
    )
    with book.sheet("Audits", layout, footer) as sheet:
        sheet.row(("Audits behind the summary", looks.TITLE), height=25)
        sheet.row((sentences.submitted_sentence(report.summary), looks.SUBTITLE), height=18)
        sheet.blank()
        if not report.audits:
            sheet.finish()
            return
        first = sheet.looks_row(columns.heads, [looks.HEAD] * len(columns.heads), height=33)
        for line in report.audits:
            sheet.looks_row(columns.values(line), columns.looks)
        sheet.table("Audits", first, columns.heads)
        _colour_grades(sheet, form, first)
        sheet.finish(len(columns.heads) - len(columns.text_keys))


def _columns(form: Form, audits: Sequence[AuditLine]) -> _Columns:
    titles = {NOT_GRADED: "Not graded", **{grade.id: grade.title for grade in form.scale.grades}}
    text_keys = list(_text_keys(form, audits))
    labels = all_fields(form)
    domains = {domain.id: domain.title for domain in form.domains}
    heads = [
        *("Case", "Cohort", "Service", "Team", "Worker", "Auditor", "Date of audit"),
        *domains.values(),
        *("Overall", "Suggested overall", "Other than suggested", "Child safe now"),
        *("Findings supported", "Counted", "Moderated"),
        *(_text_head(domains.get(key.partition(".")[0], ""), labels[key].label) for key in text_keys),
    ]
    column_looks = [looks.PLAIN] * (len(heads) - len(text_keys)) + [looks.TEXT] * len(text_keys)
    column_looks[heads.index("Date of audit")] = looks.DATE
    return _Columns(unique_heads(heads), column_looks, text_keys, titles)


def _text_keys(form: Form, audits: Sequence[AuditLine]) -> Iterator[str]:
    """The text fields in which any audit holds something, in the order of the form."""
    held = {key for line in audits for key, text in line.texts.items() if text}
    return (key for key in all_fields(form) if key in held)


def _text_head(domain: str, label: str) -> str:
    return f"{domain}: {label}" if domain else label


def _widths(columns: _Columns, audits: Sequence[AuditLine]) -> list[float]:
    """As wide as what is in them, within reason; free text keeps to one line and one width."""
    plain = len(columns.heads) - len(columns.text_keys)
    widest = [max(len(word) for word in head.split()) for head in columns.heads[:plain]]
    for line in audits[:_LINES_MEASURED]:
        for number, value in enumerate(columns.values(line)[:plain]):
            size = 17 if isinstance(value, date) else len(str(value or ""))
            widest[number] = max(widest[number], size)
    return [min(40.0, 4.5 + width) for width in widest] + [_WIDTH_OF_TEXT] * len(columns.text_keys)


def _colour_grades(sheet: Sheet, form: Form, first: int) -> None:
    """Each grade's own ground in the columns of grades: a help for the eye beside the word."""
    start, end = get_column_letter(8), get_column_letter(8 + len(form.domains) + 1)
    cells = f"{start}{first + 1}:{end}{sheet.rows}"
    for grade in form.scale.grades:
        ink = grade_ink(grade.shape)
        title = grade.title.replace('"', '""')
        rule = Rule(
            type="cellIs",
            operator="equal",
            formula=[f'"{title}"'],
            dxf=DifferentialStyle(
                font=Font(color=ink.dark[1:]), fill=PatternFill("solid", bgColor=ink.soft[1:])
            ),
        )
        sheet.sheet.conditional_formatting.add(cells, rule)
