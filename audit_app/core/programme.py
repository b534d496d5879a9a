"""A round of audits: its type, theme, period, form and cohorts."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from audit_app.core.form import FormRef

OWN_PROGRAMME_TITLE = "My audits"


class ProgrammeType(StrEnum):
    """What kind of round it is."""

    BASELINE = "baseline"
    THEMATIC = "thematic"
    COMPLIANCE = "compliance_and_qualitative"
    DIP_SAMPLE = "dip_sample"
    RE_AUDIT = "re_audit"
    PRACTICE_WEEK = "practice_week"

    @property
    def label(self) -> str:
        """The words shown for it."""
        return _TITLES[self]


_TITLES = {
    ProgrammeType.BASELINE: "Baseline",
    ProgrammeType.THEMATIC: "Thematic",
    ProgrammeType.COMPLIANCE: "Compliance and qualitative",
    ProgrammeType.DIP_SAMPLE: "Dip sample",
    ProgrammeType.RE_AUDIT: "Re-audit",
    ProgrammeType.PRACTICE_WEEK: "Practice week",
}


@dataclass(frozen=True, slots=True)
class Cohort:
    """A named group of cases in a programme; the title promises nothing about its size."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Programme:
    """A round of audits; cohorts are in the programme's own order, dates are inclusive.

    ``retention_months`` is how long its audits are kept, None for as long as nobody says.
    """

    id: str
    title: str
    type: ProgrammeType
    theme: str
    period_from: date | None
    period_to: date | None
    form: FormRef
    cohorts: tuple[Cohort, ...] = ()
    retention_months: int | None = None
