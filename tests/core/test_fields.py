"""The one list of an audit's fields: every key once, in reading order, on a step of its own form."""

from dataclasses import replace

import core_builders as build
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.core.fields import (
    ACTION_PARTS,
    MAX_ACTIONS,
    PEOPLE,
    FieldKind,
    action_key,
    all_fields,
    standard_date_key,
    standard_key,
    steps,
)
from audit_app.core.form import Asks, CaseQuestion, GradeScale, Option
from audit_app.core.programme import ProgrammeType

FORM = build.form()


@given(
    st.lists(st.sampled_from(("evidence", "strengths", "development")), unique=True),
    st.lists(st.sampled_from(sorted(PEOPLE)), unique=True),
    st.booleans(),
    st.sampled_from((build.THREE, build.FOUR)),
)
def test_every_field_is_on_a_step_of_the_form_in_the_order_of_the_steps(
    texts: list[str], people: list[str], actions: bool, scale: GradeScale
) -> None:
    form = build.form(scale, asks=Asks(tuple(texts), tuple(people), actions))
    fields = all_fields(form)
    order = [step.id for step in steps(form)]
    places = [order.index(field.step) for field in fields.values()]
    assert places == sorted(places)
    assert (order[0], order[-1]) == ("case", "review")
    assert all(key == field.key and field.label for key, field in fields.items())
    assert {"audit.date", "overall.grade", "safe.now", "voice.grade"} <= set(fields)
    assert any(key.startswith("action.") for key in fields) is actions
    assert {person for person in PEOPLE if f"{person}.asked" in fields} == set(people)
    assert sum(key.endswith(".evidence") for key in fields) == (6 if "evidence" in texts else 0)


def test_no_key_stands_for_two_fields() -> None:
    # The walk is a dict, so a double key would show as a count that is too small.
    per_domain = 3 + 3 + 2  # two standards, one with a date; three texts; grade and reason
    per_worker, per_child, per_overall, per_case = 6, 6, 9, 8
    expected = 6 * per_domain + per_worker + per_child + per_overall + per_case
    assert len(all_fields(FORM)) == expected + MAX_ACTIONS * len(ACTION_PARTS)


def test_choices_are_the_scales_grades_and_not_graded_last() -> None:
    options = all_fields(build.form(build.FOUR))["voice.grade"].options
    assert [option.id for option in options] == [
        *("outstanding", "good", "requires_improvement", "inadequate"),
        "not_graded",
    ]
    assert all(option.title for field in all_fields(FORM).values() for option in field.options)


def test_only_lines_and_texts_are_free_text() -> None:
    fields = all_fields(FORM)
    assert fields["voice.evidence"].kind.is_free_text
    assert fields["safe.told"].kind.is_free_text
    assert not fields["voice.grade"].kind.is_free_text
    assert not fields["audit.date"].kind.is_free_text
    assert not fields[standard_date_key("voice", "visits")].kind.is_free_text


def test_every_choice_but_the_cohort_brings_its_options() -> None:
    without = [
        key for key, field in all_fields(FORM).items() if field.kind is FieldKind.CHOICE and not field.options
    ]
    assert without == ["case.cohort"]


def test_keys_are_as_other_rooms_spell_them() -> None:
    fields = all_fields(FORM)
    for key in (
        standard_key("voice", "visits"),
        standard_date_key("voice", "visits"),
        action_key(30, "rag"),
        "safe.told_how",
        "overall.not_graded_reason",
        "worker.agrees",
        "child.asked_by",
        "case.team",
    ):
        assert key in fields
    assert action_key(31, "what") not in fields
    assert standard_date_key("voice", "current") not in fields


def test_a_choices_words_or_its_id_where_the_form_lost_it() -> None:
    field = all_fields(FORM)["safe.now"]
    assert (field.option_title("no"), field.option_title("perhaps")) == ("No", "perhaps")


@pytest.mark.parametrize("kind", ["line", "text", "date", "choice"])
def test_a_case_question_becomes_a_field_of_the_case(kind: str) -> None:
    options = (Option("cic", "Child in care"),) if kind == "choice" else ()
    question = CaseQuestion("status", "Legal status", kind, "As of today", options)
    field = all_fields(replace(build.form(), case_questions=(question,)))["case.status"]
    assert (field.label, field.kind, field.step, field.prompt) == (
        "Legal status",
        FieldKind(kind),
        "case",
        "As of today",
    )


def test_programme_types_have_words() -> None:
    assert all(kind.label for kind in ProgrammeType)
    assert ProgrammeType("compliance_and_qualitative").label == "Compliance and qualitative"
