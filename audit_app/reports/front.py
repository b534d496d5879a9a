"""What stands at the front of every report of a summary: what it is about, and how many audits there are."""

from audit_app.core import sentences
from audit_app.core.summary import AuditCounts
from audit_app.core.words import long_date, number
from audit_app.reports.contents import SummaryReport

KICKER = "Summary of practice audits"


def facts(report: SummaryReport) -> tuple[tuple[str, str], ...]:
    """Names and values of the title block; those without a value are left out."""
    summary = report.summary
    programme, counts = summary.programme, summary.counts
    named = (
        ("Type", programme.type.label),
        ("Period", sentences.period_text(programme)),
        ("Theme", programme.theme),
        ("Form", sentences.form_text(summary.form)),
        ("Audits", f"n = {number(counts.counted)} counted of {number(counts.submitted)} submitted"),
        ("Filters", sentences.filters_text(summary.filters)),
        ("Made", f"{long_date(report.made_on)} by {report.made_by}"),
        ("Profile", report.profile.label),
    )
    return tuple(fact for fact in named if fact[1])


def figures(counts: AuditCounts) -> tuple[tuple[str, int], ...]:
    """The counts of audits, by the names under which ``core.definitions`` defines them."""
    return (
        ("Submitted", counts.submitted),
        ("Supported", counts.supported),
        ("Not supported", counts.not_supported),
        ("Not yet read", counts.not_yet_read),
        ("Counted", counts.counted),
        ("Unfinished", counts.unfinished),
        ("Audited cases", counts.cases),
        ("Safety recorded", counts.safety_answered),
        ("Child not safe", counts.unsafe),
        ("Overall other than suggested", counts.overridden),
        ("Moderated", counts.moderated),
    )
