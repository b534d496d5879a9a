"""The summary as plain text in columns, for the command line."""

import textwrap
from collections.abc import Sequence

from audit_app.core import sentences
from audit_app.core.intervals import percent
from audit_app.core.summary import Row, Summary
from audit_app.core.table import SHARES_TITLE, column_titles, row_cells, table_rows

WIDTH = 100
_GAP = 2
_NARROWEST_TITLE = 12


def summary_text(summary: Summary) -> str:
    """The whole summary in at most 100 columns: what it is about, conclusions, table, notes."""
    blocks = (
        _about(summary),
        _wrapped(sentences.conclusions(summary)),
        _table(summary),
        _wrapped((*sentences.audit_sentences(summary), *sentences.finding_sentences(summary))),
        _wrapped(sentences.reading_notes(summary)),
    )
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _about(summary: Summary) -> list[str]:
    named = (
        ("Programme", summary.programme.title),
        ("Period", sentences.period_text(summary.programme)),
        ("Form", sentences.form_text(summary.form)),
    )
    lines = _wrapped([sentences.heading(summary)])
    for name, value in named:
        if value:
            lines += textwrap.wrap(value, WIDTH, initial_indent=f"{name}: ", subsequent_indent="  ")
    return lines + _wrapped(sentences.filter_lines(summary.filters) or [sentences.ALL_AUDITS])


def _wrapped(texts: Sequence[str]) -> list[str]:
    return [line for text in texts for line in textwrap.wrap(text, WIDTH, subsequent_indent="  ")]


def _table(summary: Summary) -> list[str]:
    """Each row on one line, with the share of every grade under its count."""
    titles = column_titles(summary.form)
    shares_at = titles.index(SHARES_TITLE)
    headings = [heading.split() for heading in _without(titles, shares_at)]
    rows = [
        (_without(row_cells(summary, row), shares_at), _shares_under_counts(row))
        for row in table_rows(summary)
    ]
    widths = [
        max(len(part) for part in (*heading, *(cells[at] for cells, _ in rows)))
        for at, heading in enumerate(headings)
    ]
    rest = sum(widths[1:]) + _GAP * (len(widths) - 1)
    widths[0] = max(_NARROWEST_TITLE, min(max(len(cells[0]) for cells, _ in rows), WIDTH - rest))
    lines = _heading_lines(headings, widths)
    lines.append("-" * (sum(widths) + _GAP * (len(widths) - 1)))
    for cells, shares in rows:
        lines += _row_lines(cells, shares, widths)
    return lines


def _without(cells: Sequence[str], at: int) -> list[str]:
    return [*cells[:at], *cells[at + 1 :]]


def _shares_under_counts(row: Row) -> list[str]:
    return [f"{percent(count, row.graded)}%" if row.graded else "" for count in row.grades.values()]


def _heading_lines(headings: Sequence[Sequence[str]], widths: Sequence[int]) -> list[str]:
    wrapped = [textwrap.wrap(" ".join(words), width) for words, width in zip(headings, widths, strict=True)]
    deepest = max(len(lines) for lines in wrapped)
    padded = [[*lines, *[""] * (deepest - len(lines))] for lines in wrapped]
    return [_line([lines[at] for lines in padded], widths) for at in range(deepest)]


def _row_lines(cells: Sequence[str], shares: Sequence[str], widths: Sequence[int]) -> list[str]:
    title = textwrap.wrap(cells[0], widths[0])
    second = [*shares, *[""] * (len(cells) - 1 - len(shares))]
    lines = [_line([title[0], *cells[1:]], widths)]
    lines.append(_line([title[1] if len(title) > 1 else "", *second], widths))
    lines += title[2:]
    return [line for line in lines if line]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    rest = (cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True))
    return (" " * _GAP).join([cells[0].ljust(widths[0]), *rest]).rstrip()
