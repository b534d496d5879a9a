"""Who and what a thing is: random UUIDs for what is made here, UUIDv5 of a natural key for imports."""

import hashlib
import re
import unicodedata
import uuid
from datetime import date
from functools import lru_cache

# Fixed for ever: two laptops that import the same sheet must make the same ids.
NAMESPACE = uuid.UUID("6f0b1a3e-5c0e-5d2b-9a0c-7d3f2c1e8b54")
_SEPARATOR = "\x1f"  # cannot occur in a natural key: control characters are refused on the way in
_SPACES = re.compile(r"\s+")


def new_id() -> str:
    """A random UUID, for what is made in the program."""
    return str(uuid.uuid4())


@lru_cache(maxsize=4096)  # the same few names come in every row of a sheet
def natural_key(text: str) -> str:
    """The form in which names are compared: NFKC, casefolded, runs of spaces collapsed, ends trimmed."""
    if text.isascii():  # nearly all are, and for these the same is had ten times as fast
        return " ".join(text.lower().split())
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return _SPACES.sub(" ", folded).strip()


def _uuid5(name: str) -> str:
    """UUIDv5 of a name in our namespace by RFC 9562, 5.5: what ``uuid.uuid5`` gives, without its objects."""
    digest = hashlib.sha1(NAMESPACE.bytes + name.encode(), usedforsecurity=False).hexdigest()
    variant = "89ab"[int(digest[16], 16) & 3]
    return f"{digest[:8]}-{digest[8:12]}-5{digest[13:16]}-{variant}{digest[17:20]}-{digest[20:32]}"


def _derived(kind: str, *parts: str) -> str:
    return _uuid5(_SEPARATOR.join([kind, *(natural_key(part) for part in parts)]))


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
    return _uuid5("audit" + _SEPARATOR + audit_key(programme, reference, auditor, audit_date))
