"""The summary as an Excel workbook: the table as the board sees it, audits where allowed, cohorts, notes."""

from collections.abc import Sequence

from audit_app.core import sentences, table
from audit_app.core.definitions import definitions
from audit_app.core.form import Form
from audit_app.core.summary import Row, Summary
from audit_app.core.words import plural
from audit_app.reports import xlsx_looks as looks
from audit_app.reports.contents import Profile, SummaryReport
from audit_app.reports.front import KICKER, facts, figures
from audit_app.reports.summary_xlsx_audits import write_audits
from audit_app.reports.xlsx_cells import Value
from audit_app.reports.xlsx_charts import stacked_bars
from audit_app.reports.xlsx_looks import Look
from audit_app.reports.xlsx_parts import Book, Layout, Sheet, unique_heads

_TITLE_WIDTH = 36.0
_FIGURE_WIDTH = 13.5
_ROWS_ON_A_PAGE = 14


def summary_xlsx(report: SummaryReport) -> bytes:
    """The whole workbook, made in memory."""
    summary = report.summary
    footer = f"{summary.programme.title} · {report.profile.value}"
    book = Book(f"{summary.programme.title}: {sentences.heading(summary)}", KICKER)
    widths = _widths(summary)
    rows = len(table.table_rows(summary))
    layout = Layout(widths, "B7", "6:6", pages_high=1 if rows <= _ROWS_ON_A_PAGE else 0)
    with book.sheet("Summary", layout, footer) as sheet:
        _write_summary(sheet, report)
    if report.profile is Profile.INTERNAL:
        write_audits(book, report, footer)
    with book.sheet("By cohort", Layout(widths, "B5", "4:4"), footer) as sheet:
        _write_cohorts(sheet, summary)
    with book.sheet("Notes", Layout((32, 78, 62), "A5", "4:4", pages_high=1), footer) as sheet:
        _write_notes(sheet, summary)
    return book.save()


# The table, in both sheets that have one


def _widths(summary: Summary) -> list[float]:
    return [_TITLE_WIDTH, *[_FIGURE_WIDTH] * (len(_heads("", summary.form)) - 1)]


def _heads(first: str, form: Form) -> list[str]:
    """The headings in the order that every output has; shares and limits are numbers here, a column each."""
    _, *counts, _, measure, interval = table.column_titles(form)
    shares = [f"{grade.title} %" for grade in form.scale.grades]
    return unique_heads([first, *counts, *shares, f"{measure} %", f"{interval}: from", f"{interval}: to"])


def _write_heads(sheet: Sheet, heads: Sequence[str]) -> int:
    return sheet.looks_row(heads, [looks.HEAD, *[looks.HEAD_RIGHT] * (len(heads) - 1)], height=47)


def _write_row(sheet: Sheet, summary: Summary, title: str, row: Row) -> None:
    counts: list[Value] = list(row.grades.values()) if row.graded else [table.DASH] * len(row.grades)
    shares: list[Value] = [table.DASH] * (len(row.grades) + 3)
    if row.graded and row.success.interval:
        interval = row.success.interval
        shares = [count / row.graded for count in row.grades.values()]
        shares += [row.success.count / row.success.n, interval.low, interval.high]
    overall = row is summary.overall
    title_look, count_look, share_look = (looks.TEXT, looks.COUNT, looks.SHARE)
    if overall:
        title_look, count_look, share_look = (_ruled(look) for look in _STRONG)
    values = [title, *counts, row.graded, row.not_graded, *shares]
    sheet.looks_row(
        values, [title_look, *[count_look] * (len(counts) + 2), *[share_look] * len(shares)], height=18
    )


_STRONG = (looks.STRONG, looks.COUNT_STRONG, looks.SHARE_STRONG)


def _ruled(look: Look) -> Look:
    return Look(look.bold, number_format=look.number_format, wrap=look.wrap, align=look.align, rule=True)


# The sheets


def _write_summary(sheet: Sheet, report: SummaryReport) -> None:
    summary = report.summary
    sheet.row((summary.programme.title, looks.TITLE), height=25)
    sheet.row((sentences.heading(summary), looks.SUBTITLE), height=18)
    said = sentences.conclusions(summary)
    for number in range(2):
        sheet.row((said[number] if number < len(said) else None, looks.LEAD), height=18)
    sheet.blank()
    heads = _heads("Area", summary.form)
    first = _write_heads(sheet, heads)
    rows = table.table_rows(summary)
    for row in rows:
        _write_row(sheet, summary, table.row_title(summary, row), row)
    sheet.table("Grades", first, heads)
    sheet.blank()
    _write_notes_under_table(sheet, summary)
    _write_chart(sheet, summary, "Grades in each area, as shares of the audits graded", rows, first)
    _write_figures(sheet, summary)
    sheet.blank()
    sheet.row(("About this summary", looks.HEADING))
    for name, value in facts(report):
        sheet.row((name, looks.LABEL), (value, looks.PLAIN))
    sheet.finish()


def _write_notes_under_table(sheet: Sheet, summary: Summary) -> None:
    notes = [*sentences.audit_sentences(summary), *sentences.finding_sentences(summary)]
    for note in (*notes, *sentences.reading_notes(summary)):
        sheet.row((note, looks.LABEL))
    sheet.blank()


def _write_chart(sheet: Sheet, summary: Summary, title: str, rows: Sequence[Row], first: int) -> None:
    """The chart, and as many empty rows as it covers."""
    chart = stacked_bars(sheet.sheet, title, summary.form.scale.grades, rows, first)
    sheet.sheet.add_chart(chart, f"A{sheet.rows + 1}")
    points_per_centimetre, row_height = 28.35, 15.0
    for _ in range(round(chart.height * points_per_centimetre / row_height) + 1):
        sheet.blank()


def _write_figures(sheet: Sheet, summary: Summary) -> None:
    heads = ["Audits", "Number"]
    first = sheet.row((heads[0], looks.HEAD), (heads[1], looks.HEAD_RIGHT))
    for name, count in figures(summary.counts):
        sheet.row((name, looks.PLAIN), (count, looks.COUNT))
    sheet.table("Counts", first, heads)


def _write_cohorts(sheet: Sheet, summary: Summary) -> None:
    sheet.row(("Overall grades by cohort", looks.TITLE), height=25)
    sheet.row((sentences.heading(summary), looks.SUBTITLE), height=18)
    sheet.blank()
    if not summary.programme.cohorts:
        sheet.row(("This programme has no cohorts.", looks.LEAD))
        sheet.finish()
        return
    heads = _heads("Cohort", summary.form)
    first = _write_heads(sheet, heads)
    for row in summary.cohorts:
        _write_row(sheet, summary, row.title, row)
    if summary.cohorts:
        sheet.table("Cohorts", first, heads)
    _write_row(sheet, summary, f"All {plural(len(summary.cohorts), 'cohort')}", summary.overall)
    sheet.blank()
    if summary.cohorts:
        title = "Overall grades in each cohort, as shares of the audits graded"
        _write_chart(sheet, summary, title, summary.cohorts, first)
    sheet.finish()


def _write_notes(sheet: Sheet, summary: Summary) -> None:
    sheet.row(("What each figure means", looks.TITLE), height=25)
    sheet.row((sentences.form_text(summary.form), looks.SUBTITLE), height=18)
    sheet.blank()
    heads = ["Figure", "Meaning", "How it is worked out"]
    first = sheet.looks_row(heads, [looks.HEAD] * 3)
    for found in definitions(summary.form):
        lines = max(len(found.meaning) // 85, len(found.source) // 66) + 1
        sheet.looks_row(
            (found.name, found.meaning, found.source),
            (looks.STRONG, looks.TEXT, looks.TEXT),
            height=4 + 15.0 * lines,
        )
    sheet.table("Notes", first, heads)
    sheet.blank()
    for note in sentences.reading_notes(summary):
        sheet.row((note, looks.LABEL))
    sheet.finish()
