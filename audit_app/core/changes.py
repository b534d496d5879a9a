"""Which kinds of thing an operation altered, so that each screen can decide whether to reload."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """A kind of thing a screen may be showing."""

    ANSWERS = "answers"  # the content of one audit
    AUDITS = "audits"  # which audits there are, their state, grades, dates
    CASES = "cases"
    PROGRAMMES = "programmes"
    WORKSPACE = "workspace"


@dataclass(frozen=True, slots=True)
class Changes:
    """What one operation changed; ``audit_id`` is set when it touched exactly one audit."""

    kinds: frozenset[Kind] = frozenset()
    audit_id: str | None = None

    def __or__(self, other: "Changes") -> "Changes":
        same = self.audit_id if self.audit_id == other.audit_id else None
        return Changes(self.kinds | other.kinds, same)

    def __bool__(self) -> bool:
        return bool(self.kinds)


NOTHING = Changes()
