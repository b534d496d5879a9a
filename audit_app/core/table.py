"""The summary's table as text, cell by cell: the same in the window, PDF, workbook, text and clipboard."""

from math import floor

from audit_app.core.form import Form, GradeScale
from audit_app.core.intervals import percent
from audit_app.core.summary import NO_COHORT, Row, Share, Summary
from audit_app.core.words import number

SMALL_N = 30  # below it, counts come before percentages
DASH = "–"
INTERVAL_TITLE = "95% interval"
SHARES_TITLE = "Shares"


def cell_text(count: int, graded: int) -> str:
    """A grade's count: a zero is ``0``; a dash where nobody graded the row at all."""
    return number(count) if graded else DASH


def share_cell(share: Share) -> str:
    """A share for a table's cell, always with its n: ``8 of 12 (67%)``, and from 30 ``67% of 60``."""
    if not share.n:
        return DASH
    if share.n < SMALL_N:
        return f"{share.count} of {share.n} ({share.percent}%)"
    return f"{share.percent}% of {number(share.n)}"


def shares_cell(row: Row) -> str:
    """The share of every grade, in the order of the counts: ``67% / 17% / 17%``."""
    if not row.graded:
        return DASH
    return " / ".join(f"{percent(count, row.graded)}%" for count in row.grades.values())


def interval_cell(share: Share) -> str:
    """The Wilson interval for a table's cell: ``39–86%``."""
    if share.interval is None:
        return DASH
    return f"{percent_of(share.interval.low)}–{percent_of(share.interval.high)}%"


def success_measure(scale: GradeScale) -> str:
    """The name of what counts as success, as column heading and in notes: ``Good or better``."""
    return f"{scale.grade(scale.success).title} or better"


def success_word(scale: GradeScale) -> str:
    """The same inside a sentence: ``Good`` where nothing is better, else ``Good or better``."""
    return scale.grade(scale.success).title if len(scale.success_ids) == 1 else success_measure(scale)


def column_titles(form: Form) -> tuple[str, ...]:
    """The headings of the table, in the order that every output has."""
    grades = (grade.title for grade in form.scale.grades)
    measure = success_measure(form.scale)
    return ("Area", *grades, "Graded", "Not graded", SHARES_TITLE, measure, INTERVAL_TITLE)


def row_title(summary: Summary, row: Row) -> str:
    """A row's first cell; a cohort's says that it is about the overall grade."""
    if row not in summary.cohorts:
        return row.title
    return f"{summary.overall.title} – {'no cohort' if row.title == NO_COHORT else row.title}"


def row_cells(summary: Summary, row: Row) -> tuple[str, ...]:
    """A row's cells as text, one per column of ``column_titles``."""
    counts = (cell_text(count, row.graded) for count in row.grades.values())
    return (
        row_title(summary, row),
        *counts,
        number(row.graded),
        number(row.not_graded),
        shares_cell(row),
        share_cell(row.success),
        interval_cell(row.success),
    )


def table_rows(summary: Summary) -> tuple[Row, ...]:
    """The rows of the table from top to bottom: domains, overall, cohorts.

    Where the programme has no cohorts, the row of audits in none would only repeat the overall: left out.
    """
    cohorts = summary.cohorts if summary.programme.cohorts else ()
    return (*summary.domains, summary.overall, *cohorts)


def percent_of(limit: float) -> int:
    """A limit of an interval as a whole percentage, rounded half up."""
    return floor(limit * 100 + 0.5)


def share_text(share: Share, word: str) -> str:
    """A share in full, counts first where there are few.

    ``8 of 12 Good (67%; 95% interval 39–86%)``, and from 30 ``67% Good (40 of 60; 95% interval 54–77%)``.
    """
    if not share.n:
        return "nobody graded this"
    counts, margin = counts_text(share), f"{INTERVAL_TITLE} {interval_cell(share)}"
    if share.n < SMALL_N:
        return f"{counts} {word} ({share.percent}%; {margin})"
    return f"{share.percent}% {word} ({counts}; {margin})"


def row_text(summary: Summary, row: Row) -> str:
    """A row in words, for screen readers and pictures' descriptions."""
    title = row_title(summary, row)
    if not row.graded:
        return f"{title}: nobody graded this."
    grades = (f"{number(row.grades[grade.id])} {grade.title}" for grade in summary.form.scale.grades)
    return f"{title}: {', '.join(grades)}; {number(row.graded)} graded, {number(row.not_graded)} not graded."


def counts_text(share: Share) -> str:
    """Counts alone: ``8 of 12``."""
    return f"{number(share.count)} of {number(share.n)}"
