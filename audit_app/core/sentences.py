"""The sentences around the summary's figures, shared by the window, PDF, workbook, text and messages."""

from collections.abc import Iterable, Sequence

from audit_app.core.form import Form, GradeScale, OverallRule
from audit_app.core.programme import Programme
from audit_app.core.summary import OVERALL, Filters, Row, Summary, title_of
from audit_app.core.table import SMALL_N, counts_text, success_measure, success_word, table_rows
from audit_app.core.words import capitalised, dates_text, joined, number, number_word, plural

DASH_NOTE = "– means that nobody graded this; 0 means that it was graded and none had that grade."
ROUNDING_NOTE = "Percentages are rounded to whole numbers, so shares may not add up to 100."
INTERVAL_NOTE = (
    "The 95% interval (Wilson) is the range in which the share across all such cases plausibly lies: "
    "the fewer the audits, the wider it is."
)
NO_AUDITS = "No audits have been submitted yet."
NO_MATCH = "No submitted audits match these filters."
ALL_AUDITS = "All audits in the programme"


# What the summary is about


def heading(summary: Summary) -> str:
    """The summary's title with thousands separated."""
    return title_of(summary.counts, number)


def filter_lines(filters: Filters) -> tuple[str, ...]:
    """One line for each filter in use; empty when there is none."""
    named = (("Cohort", filters.cohort), ("Team", filters.team), ("Service", filters.service))
    lines = [f"{name}: {value}" for name, value in named if value is not None]
    days = dates_text(filters.from_date, filters.to_date)
    return (*lines, f"Date of audit: {days}") if days else tuple(lines)


def filters_text(filters: Filters) -> str:
    """The filters in one line."""
    return "; ".join(filter_lines(filters)) or ALL_AUDITS


def period_text(programme: Programme) -> str:
    """The programme's period; blank when it has none."""
    return dates_text(programme.period_from, programme.period_to)


def form_text(form: Form) -> str:
    """The form and its version."""
    return f"{form.title}, version {form.version}"


def overall_rule_text(rule: OverallRule, scale: GradeScale) -> str:
    """The rule that suggests the overall grade, in words."""
    parts = []
    for limit in rule.limits:
        grade, gives = scale.grade(limit.grade).title, scale.grade(limit.gives).title
        many = "any" if limit.at_least == 1 else f"{number_word(limit.at_least)} or more"
        without = joined([scale.grade(other).title for other in limit.none_of], "or")
        verb = "gives" if limit.at_least == 1 else "give"
        parts.append(f"{many} {grade}{f' with no {without}' if without else ''} {verb} {gives}")
    return capitalised("; ".join([*parts, f"otherwise {scale.grade(rule.otherwise).title}."]))


# The two conclusions


def conclusions(summary: Summary) -> tuple[str, ...]:
    """The strongest area and the areas of concern, or one sentence that says why neither is named."""
    word = success_word(summary.form.scale)
    graded = [row for row in summary.domains if row.graded]
    if not summary.counts.counted:
        return ("There are no counted audits, so no conclusion is drawn.",)
    if not graded:
        return ("No domain has been graded, so there is no strongest area and no area of concern.",)
    if len(graded) == 1:
        only = f"{graded[0].title} is the only domain graded ({counts_text(graded[0].success)} {word})"
        return (f"{only}, so no area is named as strongest or of concern.",)
    if not summary.strongest:
        return (_all_equal(graded, len(summary.domains), word),)
    strongest = [row for row in graded if row.id in summary.strongest]
    concerns = [row for row in graded if row.id in summary.concerns]
    return (
        f"Strongest {'area' if len(strongest) == 1 else 'areas'}: {_with_shares(strongest, word)}.",
        f"{'Area' if len(concerns) == 1 else 'Areas'} of concern: {_with_shares(concerns, word)}.",
    )


def _all_equal(graded: Sequence[Row], domains: int, word: str) -> str:
    several = "domains" if len(graded) == domains else "graded domains"
    first = graded[0].success
    share = f"{counts_text(first)} {word} each" if _same_counts(graded) else f"{first.percent}% {word}"
    which = "Both" if len(graded) == 2 else f"All {number_word(len(graded))}"
    return f"{which} {several} have the same share ({share}), so none stands out as strongest or of concern."


def _with_shares(rows: Sequence[Row], word: str) -> str:
    if len(rows) > 1 and _same_counts(rows):
        return f"{joined([row.title for row in rows])} ({counts_text(rows[0].success)} {word} each)"
    return joined([f"{row.title} ({counts_text(row.success)} {word})" for row in rows])


def _same_counts(rows: Iterable[Row]) -> bool:
    return len({(row.success.count, row.success.n) for row in rows}) == 1


# Which audits are in it


def audit_sentences(summary: Summary) -> tuple[str, ...]:
    """How many audits were submitted, counted, left out, not yet read and unfinished."""
    return _said(
        submitted_sentence(summary),
        left_out_sentence(summary),
        not_yet_read_sentence(summary),
        unfinished_sentence(summary),
        audited_again_sentence(summary),
    )


def submitted_sentence(summary: Summary) -> str:
    """How many audits were submitted and how many of them are counted."""
    submitted, counted = summary.counts.submitted, summary.counts.counted
    if not submitted:
        return NO_AUDITS if summary.filters == Filters() else NO_MATCH
    if submitted == 1:
        return f"1 audit was submitted and it is {'counted' if counted else 'not counted'}."
    which = "all are" if counted == submitted else "none is" if not counted else _is_are(counted)
    return f"{number(submitted)} audits were submitted and {which} counted."


def left_out_sentence(summary: Summary) -> str:
    """How many were left out as not supported; blank when none."""
    count = summary.counts.not_supported
    if not count:
        return ""
    whose = "its" if count == 1 else "their"
    why = f"because a second reader did not find {whose} findings supported"
    return f"{plural(count, 'audit')} {'is' if count == 1 else 'are'} left out {why}."


def not_yet_read_sentence(summary: Summary) -> str:
    """How many counted audits no second reader has read; blank when none."""
    count, counted = summary.counts.not_yet_read, summary.counts.counted
    if not count:
        return ""
    if count == counted:
        who = "The counted audit has not" if counted == 1 else f"None of the {number(counted)} has"
        return f"{who} been read by a second person yet."
    verb = "has" if count == 1 else "have"
    return f"{number(count)} of the {number(counted)} {verb} not been read by a second person yet."


def unfinished_sentence(summary: Summary) -> str:
    """How many audits are still drafts; blank when none."""
    count = summary.counts.unfinished
    if not count:
        return ""
    more = "more " if summary.counts.submitted else ""
    unfinished = f"{plural(count, more + 'audit')} {'is' if count == 1 else 'are'} unfinished"
    return f"{unfinished} and not counted."


def audited_again_sentence(summary: Summary) -> str:
    """That some cases were audited more than once; blank when none was."""
    counts = summary.counts
    if counts.counted <= counts.cases:
        return ""
    return (
        f"The {number(counts.counted)} counted audits are of {plural(counts.cases, 'case')}: "
        "a case audited more than once counts each time."
    )


# What they found besides grades


def finding_sentences(summary: Summary) -> tuple[str, ...]:
    """Children not safe, overall grades other than the suggestion, moderation, and what was not graded."""
    return _said(
        unsafe_sentence(summary),
        overridden_sentence(summary),
        moderated_sentence(summary),
        not_graded_sentence(summary),
    )


def unsafe_sentence(summary: Summary) -> str:
    """In how many submitted audits the child was not safe, and how many do not say; blank without any."""
    counts = summary.counts
    answered, silent = counts.safety_answered, counts.submitted - counts.safety_answered
    if not counts.submitted:
        return ""
    if not answered and silent == 1:
        return "The submitted audit does not record whether the child was safe."
    if not answered:
        return f"Whether the child was safe is not recorded in any of the {number(silent)} submitted audits."
    more = f"; {number(silent)} more {'does' if silent == 1 else 'do'} not record it" if silent else ""
    return f"{_safety_said(counts.unsafe, answered, alone=not silent)}{more}."


def _safety_said(unsafe: int, answered: int, *, alone: bool) -> str:
    if answered == 1:
        which = "The submitted audit" if alone else "1 submitted audit"
        return f"{which} says that the child was {'not ' if unsafe else ''}safe"
    if not unsafe:
        return f"None of the {number(answered)} submitted audits says that the child was not safe"
    verb = "says" if unsafe == 1 else "say"
    return f"{number(unsafe)} of {number(answered)} submitted audits {verb} that the child was not safe"


def overridden_sentence(summary: Summary) -> str:
    """In how many counted audits the overall is not the suggested one; blank when none is counted."""
    overridden, counted = summary.counts.overridden, summary.counts.counted
    if not counted:
        return ""
    other = "an overall grade other than the suggested one"
    if not overridden:
        return f"In no audit did the auditor choose {other}."
    if counted == 1:
        return f"In the counted audit the auditor chose {other}."
    return f"In {number(overridden)} of {number(counted)} audits the auditor chose {other}."


def moderated_sentence(summary: Summary) -> str:
    """How many counted audits were moderated; blank when none was."""
    moderated, counted = summary.counts.moderated, summary.counts.counted
    if not moderated:
        return ""
    if counted == 1:
        return "The counted audit was moderated; its agreed grades are used."
    verb = "was" if moderated == 1 else "were"
    return f"{number(moderated)} of {number(counted)} audits {verb} moderated; the agreed grades are used."


def not_graded_sentence(summary: Summary) -> str:
    """Which rows were not graded, and in how many audits; blank when every row was graded in every audit."""
    rows = [row for row in (*summary.domains, summary.overall) if row.not_graded]
    never = [_inside(row) for row in rows if not row.graded]
    parts = [f"{_inside(row)} in {plural(row.not_graded, 'audit')}" for row in rows if row.graded]
    if len(never) == len(summary.domains) + 1:
        return "Nothing has been graded in any counted audit."
    sentences = []
    if never:
        verb = "was" if len(never) == 1 else "were"
        sentences.append(capitalised(f"{joined(never)} {verb} not graded in any counted audit."))
    if parts:
        sentences.append(f"Not graded: {joined(parts)}.")
    return " ".join(sentences)


def _inside(row: Row) -> str:
    return "the overall" if row.id == OVERALL else row.title


# How to read it


def reading_notes(summary: Summary) -> tuple[str, ...]:
    """What a reader must know first: few audits, the measure, intervals, rounding, dashes."""
    shown = table_rows(summary)
    graded = any(row.graded for row in shown)
    return _said(
        caution_sentence(summary),
        measure_sentence(summary.form.scale) if graded else "",
        INTERVAL_NOTE if graded else "",
        ROUNDING_NOTE if graded else "",
        DASH_NOTE if not all(row.graded for row in shown) else "",
    )


def caution_sentence(summary: Summary) -> str:
    """A warning where the audits are few; blank from 30, and where there are none."""
    counted = summary.counts.counted
    if not 0 < counted < SMALL_N:
        return ""
    if counted == 1:
        return "This is one audit: it describes one case and cannot show a pattern."
    return (
        f"With {counted} audits the intervals are wide, and differences between rows may be chance: "
        "read the counts first."
    )


def measure_sentence(scale: GradeScale) -> str:
    """What the share column is a share of."""
    return f"The success measure is {success_measure(scale)}, as a share of the audits graded in that row."


def all_sentences(summary: Summary) -> tuple[str, ...]:
    """Everything said of a summary, in order: conclusions, audits, findings, how to read it."""
    return (
        *conclusions(summary),
        *audit_sentences(summary),
        *finding_sentences(summary),
        *reading_notes(summary),
    )


def _is_are(count: int) -> str:
    return f"{number(count)} {'is' if count == 1 else 'are'}"


def _said(*sentences: str) -> tuple[str, ...]:
    return tuple(sentence for sentence in sentences if sentence)
