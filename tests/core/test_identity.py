"""Natural keys compare names as people do, and the same names give the same ids on every laptop for ever."""

import re
import unicodedata
import uuid
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.core.identity import (
    NAMESPACE,
    audit_key,
    case_id,
    imported_audit_id,
    imported_cohort_id,
    imported_person_id,
    imported_programme_id,
    natural_key,
    new_id,
)

SPACES = st.text("  \t\n\u00a0\u2003", max_size=3)


def test_ids_made_here_are_random() -> None:
    made = {new_id() for _ in range(1_000)}
    assert len(made) == 1_000
    assert {uuid.UUID(one).version for one in made} == {4}


def test_imported_ids_never_change() -> None:
    # Written down once: another laptop, with another version of the program, must make the same.
    programme = "BCP 2019 Q2"
    assert case_id("CIC-01") == "02e93d5c-b236-55ef-921e-129ec671e0d2"
    assert imported_programme_id(programme) == "1795fde9-fef6-5062-a63d-3afab48eac8c"
    assert (
        imported_cohort_id(imported_programme_id(programme), "Last 10 into care")
        == "1ea2a637-7a7b-5199-b2eb-42be11dfd494"
    )
    assert imported_person_id("Zoë Łukasz") == "56c2ca25-925b-5113-9a6a-de98b1e8d6e7"
    assert (
        imported_audit_id(programme, "CIC-01", "Auditor 2", date(2019, 10, 7))
        == "a4d5be39-3aec-5207-bcdd-48d5ccdd9e17"
    )
    assert imported_audit_id(programme, "CIC-01", "", None) == "c7c7d979-f4da-5166-b0a5-5fac775ed289"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CIC-01", " cic-01 "),
        ("Last  10 into\tcare", "last 10 INTO care"),
        ("Straße", "STRASSE"),
        ("Zoe\u0308", "Zoë"),
        ("ＣＩＣ－０１", "CIC-01"),
        ("a\u00a0b", "a b"),
        ("ﬁle", "FILE"),
    ],
)
def test_what_people_read_as_the_same_is_the_same(one: str, other: str) -> None:
    assert natural_key(one) == natural_key(other)
    assert case_id(one) == case_id(other)


@pytest.mark.parametrize(
    ("one", "other"), [("CIC-01", "CIC-1"), ("Łukasz", "Lukasz"), ("a b", "ab"), ("1", "")]
)
def test_what_people_read_as_different_is_different(one: str, other: str) -> None:
    assert natural_key(one) != natural_key(other)


@given(st.text())
def test_a_natural_key_is_its_own_natural_key(text: str) -> None:
    key = natural_key(text)
    assert natural_key(key) == key
    assert key == key.strip()
    assert "  " not in key


@given(st.text(), SPACES, SPACES)
def test_spaces_around_a_name_do_not_matter(text: str, before: str, after: str) -> None:
    assert natural_key(before + text + after) == natural_key(text)


@given(st.text(st.characters(codec="utf-8")))
def test_capitals_do_not_matter(text: str) -> None:
    # A letter whose capital is another letter when made small again (ı, ſ) is not what this is about.
    if text.upper().casefold() == text.casefold():
        assert natural_key(text.upper()) == natural_key(text)


names = st.text(st.sampled_from("ab\x1f \t"), max_size=5)
days = st.none() | st.dates()
keys = st.tuples(names, names, names, days)


@given(keys, keys)
def test_two_audits_share_a_key_only_when_every_part_is_the_same(
    one: tuple[str, str, str, date | None], other: tuple[str, str, str, date | None]
) -> None:
    same = [natural_key(part) for part in one[:3]] == [natural_key(part) for part in other[:3]]
    same = same and one[3] == other[3]
    assert (audit_key(*one) == audit_key(*other)) is same
    assert (imported_audit_id(*one) == imported_audit_id(*other)) is same


@given(st.text(max_size=10))
def test_things_of_different_kinds_never_share_an_id(name: str) -> None:
    ids = {
        case_id(name),
        imported_programme_id(name),
        imported_person_id(name),
        imported_cohort_id("", name),
        imported_audit_id(name, "", "", None),
    }
    assert len(ids) == 5
    assert {uuid.UUID(one).version for one in ids} == {5}


@given(st.text())
def test_ids_are_those_of_the_standard_library_whatever_the_name(reference: str) -> None:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", reference).casefold())
    name = "case\x1f" + re.sub(r"\s+", " ", folded).strip()

    assert case_id(reference) == str(uuid.uuid5(NAMESPACE, name))
