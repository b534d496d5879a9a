"""What every figure of a summary means and how it is worked out, for the notes of a report."""

from dataclasses import dataclass

from audit_app.core.form import Form
from audit_app.core.sentences import INTERVAL_NOTE, overall_rule_text
from audit_app.core.table import INTERVAL_TITLE, SMALL_N, success_measure
from audit_app.core.words import joined


@dataclass(frozen=True, slots=True)
class Definition:
    """One figure: the name it has in the report, what it means, and its formula or source."""

    name: str
    meaning: str
    source: str


def definitions(form: Form) -> tuple[Definition, ...]:
    """A definition for every figure that a summary on this form shows, in the order in which they appear."""
    return (*_about_audits(), *_about_the_table(form), *_about_findings(form))


def _about_audits() -> tuple[Definition, ...]:
    return (
        Definition(
            "Submitted",
            "Audits that their auditors finished and submitted.",
            "Supported + not supported + not yet read",
        ),
        Definition(
            "Supported",
            "Submitted audits whose latest second reader found that the evidence supports the grades.",
            "Latest second reading; a value from a spreadsheet where there is no reading",
        ),
        Definition(
            "Not supported",
            "Submitted audits whose latest second reader found that the evidence does not support them. "
            "They are left out of every count of grades.",
            "As for supported",
        ),
        Definition("Not yet read", "Submitted audits that no second reader has read.", "As for supported"),
        Definition(
            "Counted", "The audits whose grades are in the table.", "Supported + not yet read; filters apply"
        ),
        Definition(
            "Unfinished",
            "Audits that were started and not submitted. They are not in the table.",
            "Count of drafts",
        ),
        Definition(
            "Audited cases",
            "Different cases among the counted audits. A case audited twice is one case and two audits.",
            "Count of different case references",
        ),
    )


def _about_the_table(form: Form) -> tuple[Definition, ...]:
    measure = success_measure(form.scale)
    counts_as = joined([form.scale.grade(grade_id).title for grade_id in form.scale.success_ids])
    return (
        *(
            Definition(grade.title, f"Counted audits graded {grade.title} in that row.", "Grade of record")
            for grade in form.scale.grades
        ),
        Definition(
            "Grade of record",
            "The agreed grade where an audit was moderated, otherwise the auditor's own.",
            "The auditor's own grade is kept either way",
        ),
        Definition("Graded", "Counted audits with a grade in that row.", "Sum of the grades in the row"),
        Definition(
            "Not graded",
            "Counted audits without a grade in that row. They are in no share.",
            "Counted − graded",
        ),
        Definition(
            "Shares",
            "Each grade as a percentage of the audits graded in that row. Shares may not add up to 100.",
            "Grade ÷ graded, rounded half up to a whole percentage",
        ),
        Definition(
            measure,
            f"The success measure: audits graded {counts_as} among those graded in that row. "
            f"Below {SMALL_N} graded, counts come before the percentage.",
            f"Count of {counts_as} ÷ graded",
        ),
        Definition(
            INTERVAL_TITLE,
            INTERVAL_NOTE,
            "Wilson score interval, no continuity correction (E. B. Wilson, 1927), on the success measure",
        ),
        Definition(
            "0 and –",
            "0: graded, and no audit had that grade. –: nobody graded that row.",
            "Not the same, and never shown as the same",
        ),
        Definition(
            "Overall",
            "The grade each auditor decided for the whole case, never an average of the domains.",
            "Grade of record",
        ),
        Definition(
            "Cohort rows",
            "The overall grade within each group of cases, as the groups were at the audit.",
            "Cohort rows add up to Overall",
        ),
    )


def _about_findings(form: Form) -> tuple[Definition, ...]:
    measure = success_measure(form.scale)
    return (
        Definition(
            "Strongest areas",
            f"The domains with the largest share of {measure}. Ties are all named; none if all are equal.",
            "Shares compared as exact fractions, before rounding",
        ),
        Definition(
            "Areas of concern",
            f"The domains with the smallest share of {measure}. Ties are all named; none if all are equal.",
            "Shares compared as exact fractions, before rounding",
        ),
        Definition(
            "Suggested overall",
            "The overall grade that the form's rule gives from the auditor's own domain grades.",
            overall_rule_text(form.overall, form.scale),
        ),
        Definition(
            "Overall other than suggested",
            "Counted audits whose auditor chose an overall grade other than the suggested one. "
            "An overall that is not graded is not such a choice.",
            "Count over counted audits",
        ),
        Definition(
            "Safety recorded",
            "Submitted audits that answer “Is the child safe now?”. Audits read from a spreadsheet were not "
            "asked.",
            "Count over submitted audits, including those left out",
        ),
        Definition(
            "Child not safe",
            "Submitted audits that answer No to “Is the child safe now?”, whatever their grades. Of those "
            "that do not answer it nothing is known.",
            "Count over the audits with safety recorded",
        ),
        Definition(
            "Moderated",
            "Counted audits that a second person graded as well, with a grade agreed.",
            "Count over counted audits",
        ),
    )
