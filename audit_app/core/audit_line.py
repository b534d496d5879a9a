"""One submitted audit behind a summary: what a list of them shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class AuditLine:
    """An audit as it was when audited; grades are grades of record.

    ``grades`` holds a grade id or ``not_graded`` for each domain of the form, in its order; blank is an
    answer that went missing. ``supported`` is None where no second reader has read the audit. ``safe_now``
    is yes, no or blank. ``texts`` holds its free text by field key.
    """

    reference: str
    cohort: str
    service: str
    team: str
    worker: str
    auditor: str
    audit_date: date | None
    grades: tuple[str, ...]
    overall: str
    suggested: str | None
    overridden: bool
    safe_now: str
    supported: bool | None
    moderated: bool
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def counted(self) -> bool:
        """Whether its grades are in the summary: all are, but those found not supported."""
        return self.supported is not False
