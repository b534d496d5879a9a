"""What may be kept as an answer to a field: checked and tidied before it is stored."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from audit_app.core.errors import NotAllowed
from audit_app.core.fields import Field, FieldKind
from audit_app.core.identity import natural_key
from audit_app.core.programme import Cohort
from audit_app.core.summary import NO_COHORT

MAX_TEXT = 100_000  # characters; far more than anybody writes, far less than would stall the search index
MAX_REFERENCE = 100
MAX_TITLE = 200
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


def checked_cohort(cohorts: Iterable[Cohort], value: str) -> str:
    """The id of one of these cohorts, or blank. Raises NotAllowed."""
    if value and value not in (cohort.id for cohort in cohorts):
        raise NotAllowed("The programme has no such cohort. Choose one from the list.")
    return value


def checked(field: Field, value: str) -> str:
    """The value as it is kept; blank is no answer. Raises NotAllowed, saying what the field takes."""
    if not value.strip():
        return ""
    if field.kind is FieldKind.CHOICE:
        if value not in (option.id for option in field.options):
            raise NotAllowed(f"{field.label}: choose one of the answers in the list.")
        return value
    if field.kind is FieldKind.DATE:
        return _checked_date(field, value)
    return _checked_text(field, value)


def _checked_date(field: Field, value: str) -> str:
    try:
        day = date.fromisoformat(value.strip())
    except ValueError:
        raise NotAllowed(f"{field.label}: that is not a date.") from None
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise NotAllowed(f"{field.label}: the year must be between {_FIRST_YEAR} and {_LAST_YEAR}.")
    return day.isoformat()


def _checked_text(field: Field, value: str) -> str:
    if len(value) > MAX_TEXT:
        raise NotAllowed(f"{field.label}: the text is longer than {MAX_TEXT:,} characters. Shorten it.")
    text = _CONTROLS.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    return text.replace("\n", " ") if field.kind is FieldKind.LINE else text


def checked_reference(reference: str) -> str:
    """A case's reference, ends trimmed and spaces collapsed. Raises NotAllowed."""
    tidy = _name(reference, "The case reference", MAX_REFERENCE)
    if not tidy:
        raise NotAllowed("Give the case reference that your authority uses.")
    return tidy


def checked_title(title: str) -> str:
    """A programme's title, ends trimmed and spaces collapsed. Raises NotAllowed."""
    tidy = _name(title, "The programme's title", MAX_TITLE)
    if not tidy:
        raise NotAllowed("Give the programme a title.")
    return tidy


def checked_cohort_title(title: str) -> str:
    """A cohort's title, ends trimmed and spaces collapsed. Raises NotAllowed."""
    tidy = _name(title, "A cohort's title", MAX_TITLE)
    if not tidy:
        raise NotAllowed("Give every cohort a title, or remove it.")
    if natural_key(tidy) == natural_key(NO_COHORT):
        raise NotAllowed(
            f"“{NO_COHORT}” is what audits outside all cohorts are called. Choose another title."
        )
    return tidy


def _name(text: str, what: str, longest: int) -> str:
    trimmed = text.strip()
    if any(unicodedata.category(character).startswith("C") for character in trimmed):
        raise NotAllowed(f"{what} holds characters that cannot be shown. Type it again.")
    tidy = " ".join(trimmed.split())
    if len(tidy) > longest:
        raise NotAllowed(f"{what} has at most {longest} characters.")
    return tidy
