"""Agreement, intervals and comparisons as plain text in columns, for the command line."""

import textwrap
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from audit_app.core import agreement_words as words
from audit_app.core.agreement import (
    Agreement,
    AlphaMargins,
    Comparison,
    CrossTable,
    Figure,
    Measured,
    ShapeTest,
    Undefined,
)
from audit_app.core.intervals import Interval, percent
from audit_app.core.words import joined, number

WIDTH = 100
_GAP = 2
_INTERVAL_TITLES = {"wilson": "Wilson", "clopper_pearson": "Clopper-Pearson", "jeffreys": "Jeffreys"}


def agreement_text(found: Agreement, margins: AlphaMargins | Undefined) -> str:
    """What may be shown of the figures: counts and percentages first, coefficients by their conditions."""
    blocks = [
        _wrapped(words.extent_sentence(found), words.missing_sentence(found), words.share_sentence(found)),
        _columns([("Grade", "Given"), *((words.grade_word(g), number(n)) for g, n in found.grades.items())]),
    ]
    if found.table is not None and found.table.n:
        blocks.append(_cross_table(found.table, tuple(found.grades)))
        blocks.append([*_wrapped(_direction(found)), *_tests(found)])
    blocks.append(_coefficients(found, margins))
    notes = [words.skew_sentence(found)]
    if found.compared >= words.ALPHA_MARGIN_FROM and not isinstance(margins, Undefined):
        notes.append(words.resampling_sentence(margins))
    blocks.append(_wrapped(*notes))
    return _text(blocks)


def intervals_text(count: int, n: int, intervals: Mapping[str, Interval | None]) -> str:
    """The count first, then the share, then its margins."""
    if not n:
        return "0 of 0: there is no share to give a margin for.\n"
    rows = [("95% margin", "From", "To")]
    for name, interval in intervals.items():
        if interval is not None:
            low, high = words.whole_percent(interval.low), words.whole_percent(interval.high)
            rows.append((_INTERVAL_TITLES[name], low, high))
    return _text([[f"{number(count)} of {number(n)} is {percent(count, n)}%."], _columns(rows)])


def comparison_text(found: Comparison, shape: ShapeTest | Undefined) -> str:
    """The counts of both groups, then what may be said of their difference."""
    first, second = found.groups
    grades = [
        (words.grade_word(grade), *(number(counts[at]) for counts in found.groups.values()))
        for at, grade in enumerate(found.scale)
    ]
    totals = ("Graded", *(number(sum(counts)) for counts in found.groups.values()))
    return _text(
        [
            _columns([("Grade", first, second), *grades, totals]),
            _wrapped(
                words.difference_sentence(found),
                words.rank_sentence(found.rank_test, first, second),
                words.shape_sentence(shape),
            ),
        ]
    )


def _direction(found: Agreement) -> str:
    if isinstance(found.direction, Undefined):
        return found.direction.sentence
    return words.direction_sentence(found.direction, "graded higher by the second grader", "graded lower")


def _cross_table(table: CrossTable, scale: Sequence[str]) -> list[str]:
    titles = [words.grade_word(grade) for grade in scale]
    rows = [(title, *map(number, cells)) for title, cells in zip(titles, table.cells, strict=True)]
    return _columns([("First grader / second", *titles), *rows])


def _coefficients(found: Agreement, margins: AlphaMargins | Undefined) -> list[str]:
    """The figures corrected for chance, the two that matter first, and in words those that there are not."""
    if found.compared < words.COEFFICIENT_FROM:
        return _wrapped(words.TOO_FEW_FOR_COEFFICIENTS)
    ordinal, nominal = (None, None) if isinstance(margins, Undefined) else (margins.ordinal, margins.nominal)
    titled: list[tuple[str, Measured, Interval | None]] = [
        ("Gwet's AC2, linear", found.ac2_linear, None),
        ("Krippendorff's alpha, ordinal", found.alpha_ordinal, ordinal),
        ("Gwet's AC1", found.ac1, None),
        ("Krippendorff's alpha, nominal", found.alpha_nominal, nominal),
        ("Fleiss' kappa", found.fleiss_kappa, None),
        ("Brennan-Prediger", found.brennan_prediger, None),
    ]
    if found.table is not None:
        titled[2:2] = [
            ("Cohen's kappa, linear", found.cohen_kappa_linear, None),
            ("Cohen's kappa", found.cohen_kappa, None),
        ]
    rows: list[tuple[str, ...]] = [("Corrected for chance", "Figure", "95% margin", "In words")]
    missing: defaultdict[str, list[str]] = defaultdict(list)
    for title, figure, limits in titled:
        if isinstance(figure, Undefined):
            missing[figure.sentence].append(title)
        else:
            rows.append(_coefficient(title, figure, limits, found.compared))
    lines = _columns(rows) if len(rows) > 1 else []
    return lines + _wrapped(*(f"No {joined(names, 'or')}: {why}" for why, names in missing.items()))


def _coefficient(title: str, figure: Figure, limits: Interval | None, compared: int) -> tuple[str, ...]:
    shown = words.coefficient_text(figure, compared)
    if title.startswith("Krippendorff"):
        return title, shown, words.alpha_margin_text(figure, limits, compared), ""
    return title, shown, words.ac2_margin_text(figure, compared), words.benchmark_text(figure, compared)


def _tests(found: Agreement) -> list[str]:
    """The tests of two graders' changes, where there are enough to judge."""
    if isinstance(found.direction, Undefined) or found.direction.changed < words.CHANGES_FROM:
        return []
    often, ways = words.chi_square_text(found.stuart_maxwell), words.chi_square_text(found.bowker)
    return _wrapped(
        f"Does each grader give each grade as often? Stuart-Maxwell {often}.",
        f"Do changes between two grades go both ways alike? Bowker {ways}.",
    )


def _columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows under their headings: the first column to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [_line(row, widths) for row in rows]
    lines.insert(1, "-" * (sum(widths) + _GAP * (len(widths) - 1)))
    return lines


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    rest = (cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True))
    return (" " * _GAP).join([cells[0].ljust(widths[0]), *rest]).rstrip()


def _wrapped(*sentences: str) -> list[str]:
    return [line for sentence in sentences for line in textwrap.wrap(sentence, WIDTH, subsequent_indent="  ")]


def _text(blocks: Iterable[Sequence[str]]) -> str:
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"
