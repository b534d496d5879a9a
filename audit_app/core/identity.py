"""Who and what a thing is: random UUIDs for what is made here, UUIDv5 of a natural key for imports."""

import re
import unicodedata
import uuid
from datetime import date

# Fixed for ever: two laptops that import the same sheet must make the same ids.
NAMESPACE = uuid.UUID("6f0b1a3e-5c0e-5d2b-9a0c-7d3f2c1e8b54")
_SEPARATOR = "\x1f"  # cannot occur in a natural key: control characters are refused on the way in
_SPACES = re.compile(r"\s+")


def new_id() -> str:
    """A random UUID, for what is made in the program."""
    return str(uuid.uuid4())


def natural_key(text: str) -> str:
    """The form in which names are compared: NFKC, casefolded, runs of spaces collapsed, ends trimmed."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return _SPACES.sub(" ", folded).strip()


def _derived(kind: str, *parts: str) -> str:
    name = _SEPARATOR.join([kind, *(natural_key(part) for part in parts)])
    return str(uuid.uuid5(NAMESPACE, name))


def case_id(reference: str) -> str:
    """A case's id: derived from its reference alone, on every laptop alike."""
    return _derived("case", reference)


def imported_programme_id(title: str) -> str:
    """The id of a programme that an import makes."""
    return _derived("programme", title)


def imported_cohort_id(programme_id: str, title: str) -> str:
    """The id of a cohort that an import makes."""
    return _derived("cohort", programme_id, title)


def imported_person_id(name: str) -> str:
    """The id of an auditor first met in an import."""
    return _derived("person", name)


def audit_key(programme: str, reference: str, auditor: str, audit_date: date | None) -> str:
    """An imported audit's natural key: programme, case, auditor, date; blank equals blank."""
    day = audit_date.isoformat() if audit_date else ""
    return _SEPARATOR.join(natural_key(part) for part in (programme, reference, auditor, day))


def imported_audit_id(programme: str, reference: str, auditor: str, audit_date: date | None) -> str:
    """The id of an audit that an import makes: UUIDv5 of its natural key."""
    return str(
        uuid.uuid5(NAMESPACE, "audit" + _SEPARATOR + audit_key(programme, reference, auditor, audit_date))
    )
