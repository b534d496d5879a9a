"""The summary as a PDF: what a board is handed, or in full for those who work with it."""

from collections.abc import Iterator, Sequence

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import CondPageBreak, Flowable, Spacer

from audit_app.core import sentences, table
from audit_app.core.definitions import definitions
from audit_app.core.summary import Row, Summary
from audit_app.core.words import number
from audit_app.reports import pdf_parts as styles
from audit_app.reports.charts import bar_drawing, legend_drawing
from audit_app.reports.contents import Profile, SummaryReport
from audit_app.reports.front import KICKER, facts, figures
from audit_app.reports.inks import INK
from audit_app.reports.pdf_document import BODY_WIDTH, Face, build_pdf
from audit_app.reports.pdf_flowables import Picture
from audit_app.reports.pdf_parts import Parts
from audit_app.reports.pdf_tables import Cell, Column, box, data_table, plain_table
from audit_app.reports.summary_pdf_audits import audit_parts

_COUNT_WIDTH = 31.0
_PADDING = 7.0
_AUDITS_OF_A_LONG_REPORT = 60
_TITLE_WIDTH = 100.0
_SUCCESS_WIDTH = 72.0


def summary_pdf(report: SummaryReport) -> bytes:
    """The whole report as a PDF."""
    summary = report.summary
    programme = summary.programme.title
    face = Face(
        f"{programme}: {sentences.heading(summary)}",
        KICKER,
        f"{programme} · {report.profile.value}",
    )

    return build_pdf(lambda: list(_story(report)), face, long=len(report.audits) > _AUDITS_OF_A_LONG_REPORT)


def _story(report: SummaryReport) -> Iterator[Flowable]:
    parts = Parts()
    summary = report.summary
    yield from parts.title_block(KICKER, summary.programme.title, sentences.heading(summary))
    yield parts.facts(facts(report))
    yield Spacer(0, 8)
    yield box([parts.words(sentence, styles.LEAD) for sentence in sentences.conclusions(summary)], BODY_WIDTH)
    yield parts.contents()
    yield from parts.heading("Grades", room=200)
    yield Picture(legend_drawing(summary.form.scale, BODY_WIDTH))
    yield Spacer(0, 4)
    yield _grades_table(parts, summary)
    yield Spacer(0, 4)
    for note in _notes_under_table(summary):
        yield parts.words(note, styles.NOTE)
    yield from _audits_and_findings(parts, summary)
    if report.profile is Profile.INTERNAL:
        yield from audit_parts(parts, report)
    yield CondPageBreak(A4[1] * 0.6)
    yield from _notes(parts, summary)


# The table


def _grades_table(parts: Parts, summary: Summary) -> Flowable:
    area, *counted, shares, measure, interval = table.column_titles(summary.form)
    count_columns = len(counted)
    rows = table.table_rows(summary)
    texts = [table.row_cells(summary, row) for row in rows]
    widths = [
        _count_width(title, [cells[at] for cells in texts]) for at, title in enumerate(counted, start=1)
    ]
    bar_width = BODY_WIDTH - _TITLE_WIDTH - sum(widths) - _SUCCESS_WIDTH
    columns = [
        Column(parts.words(area, styles.HEAD), _TITLE_WIDTH),
        *(
            Column(parts.words(title, styles.HEAD_RIGHT), width)
            for title, width in zip(counted, widths, strict=True)
        ),
        Column(parts.words(shares, styles.HEAD), bar_width),
        Column([parts.words(measure, styles.HEAD), parts.words(interval, styles.CELL_SMALL)], _SUCCESS_WIDTH),
    ]
    cells = [_row_cells(parts, summary, row, bar_width - 13) for row in rows]
    overall = 1 + rows.index(summary.overall)
    commands = [
        ("LEFTPADDING", (1, 0), (count_columns, -1), 3),
        ("LEFTPADDING", (1 + count_columns, 0), (1 + count_columns, -1), 9),
        ("LINEABOVE", (0, overall), (-1, overall), 0.9, HexColor(INK)),
        ("LINEBELOW", (0, overall), (-1, overall), 0.9, HexColor(INK)),
        ("TOPPADDING", (0, 1), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 1), (-1, -1), 3),
    ]
    return data_table(columns, cells, commands)


def _count_width(title: str, texts: Sequence[str]) -> float:
    """Wide enough for the longest word of a heading and for every count, so that none is broken."""
    head, strong = styles.HEAD_RIGHT, styles.CELL_RIGHT_STRONG
    words = [stringWidth(word, head.fontName, head.fontSize) for word in title.split()]
    counts = [stringWidth(text, strong.fontName, strong.fontSize) for text in texts]
    return max(_COUNT_WIDTH, max(words + counts) + _PADDING + 0.5)


def _row_cells(parts: Parts, summary: Summary, row: Row, bar_width: float) -> list[Cell]:
    overall = row is summary.overall
    title, *counts, shares, success, interval = table.row_cells(summary, row)
    figure = styles.CELL_RIGHT_STRONG if overall else styles.CELL_RIGHT
    bar = Picture(bar_drawing(row, summary.form.scale, bar_width), table.row_text(summary, row))
    return [
        parts.words(title, styles.CELL_STRONG if overall else styles.CELL),
        *(parts.words(count, figure) for count in counts),
        [bar, parts.words(shares, styles.CELL_SHARES)],
        [
            parts.words(success, styles.CELL_STRONG if overall else styles.CELL),
            parts.words(interval, styles.CELL_SMALL),
        ],
    ]


def _notes_under_table(summary: Summary) -> list[str]:
    dash = "" if all(row.graded for row in table.table_rows(summary)) else sentences.DASH_NOTE
    return [note for note in (sentences.caution_sentence(summary), dash) if note]


# What was counted and found


def _audits_and_findings(parts: Parts, summary: Summary) -> Iterator[Flowable]:
    yield from parts.heading("Audits and findings", room=110)
    yield _figures(parts, summary)
    yield Spacer(0, 6)
    for told in (sentences.audit_sentences(summary), sentences.finding_sentences(summary)):
        if told:
            yield parts.words(" ".join(told))


def _figures(parts: Parts, summary: Summary) -> Flowable:
    cells = [
        [parts.words(number(count), styles.FIGURE), parts.words(name, styles.FIGURE_LABEL)]
        for name, count in figures(summary.counts)
    ]
    return plain_table([cells], [BODY_WIDTH / len(cells)] * len(cells))


# What each figure means


def _notes(parts: Parts, summary: Summary) -> Iterator[Flowable]:
    yield from parts.heading("Notes")
    widths = [100.0, 240.0, BODY_WIDTH - 340.0]
    heads = [parts.words(title, styles.HEAD) for title in ("Figure", "Meaning", "How it is worked out")]
    columns = [Column(head, width) for head, width in zip(heads, widths, strict=True)]
    rows = [
        [
            parts.words(found.name, styles.CELL_TINY_STRONG),
            parts.words(found.meaning, styles.CELL_TINY),
            parts.words(found.source, styles.CELL_TINY),
        ]
        for found in definitions(summary.form)
    ]
    yield data_table(
        columns, rows, [("TOPPADDING", (0, 1), (-1, -1), 2), ("BOTTOMPADDING", (0, 1), (-1, -1), 3)]
    )
    yield Spacer(0, 6)
    yield from parts.replaced_note()
