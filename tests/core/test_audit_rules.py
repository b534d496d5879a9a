"""What is missing before an audit can be submitted, what counts as an override, and who may do what when."""

from dataclasses import replace

import core_builders as build
import pytest
from core_builders import GOOD, INADEQUATE, OUTSTANDING, RI
from hypothesis import given
from hypothesis import strategies as st

from audit_app.core.audit import (
    Action,
    Audit,
    AuditState,
    Missing,
    check_can_edit,
    check_can_submit,
    check_can_take_back,
    is_override,
    missing,
    suggested_overall,
    unsafe_and_nobody_told,
)
from audit_app.core.errors import NotAllowed
from audit_app.core.fields import Field, FieldKind, all_fields, steps
from audit_app.core.form import Asks, Form, Limit, OverallRule, Requires
from audit_app.core.person import Person

FORM = build.form()
STRICT = build.form(requires=Requires(development_below=True, feedback=True, action_below=True))
TOLD = {
    "safe.now": "no",
    "safe.concern": "seen with bruises",
    "safe.told": "Duty manager",
    "safe.told_on": "2024-05-01",
    "safe.told_at": "14:20",
    "safe.told_how": "by telephone",
}


def graded(**others: str) -> dict[str, str]:
    """Domain grades: Good, but for those given."""
    return {f"{domain}.grade": others.get(domain, GOOD) for domain in build.DOMAINS}


def complete() -> dict[str, str]:
    """An audit that can be submitted on FORM."""
    answers = {"audit.date": "2024-05-01", "safe.now": "yes", "overall.grade": GOOD, **graded()}
    for domain in build.DOMAINS:
        answers[f"{domain}.evidence"] = "Read in the file"
        answers |= {f"{domain}.standard.current": "met", f"{domain}.standard.visits": "partly_met"}
    return answers


def keys(form: Form, answers: dict[str, str]) -> list[str]:
    """The fields of what is missing."""
    return [thing.key for thing in missing(form, answers)]


def test_a_complete_audit_lacks_nothing() -> None:
    assert missing(FORM, complete()) == ()


def test_an_empty_audit_lists_everything_in_the_order_of_the_steps() -> None:
    found = missing(STRICT, {})
    order = [step.id for step in steps(STRICT)]
    places = [order.index(thing.step) for thing in found]
    assert places == sorted(places)
    assert {order[place] for place in places} == {"case", *build.DOMAINS, "overall", "feedback"}
    assert found[0] == Missing("audit.date", "case", "Give the date of the audit")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"audit.date": ""}, "Give the date of the audit"),
        ({"voice.grade": ""}, "Grade Voice, or mark it not graded with a reason"),
        ({"voice.grade": "not_graded"}, "Say why Voice is not graded"),
        ({"voice.evidence": ""}, "Write the evidence behind the grade for Voice"),
        ({"voice.evidence": " \n\t "}, "Write the evidence behind the grade for Voice"),
        ({"voice.standard.visits": ""}, "Answer 1 standard in Voice"),
        ({"voice.standard.visits": "", "voice.standard.current": ""}, "Answer 2 standards in Voice"),
        ({"safe.now": ""}, "Say whether the child is safe now"),
        ({"overall.grade": ""}, "Decide the overall grade"),
        ({"overall.grade": "not_graded"}, "Say why the overall is not graded"),
        ({"overall.grade": RI}, "Say why the overall differs from the suggested grade"),
        ({"action.2.measure": "Chronology read"}, "Say what must change in action 2"),
        ({"action.1.what": "Write it up", "action.1.due": "2024-06-01"}, "Name the owner of action 1"),
        ({"action.1.what": "Write it up", "action.1.owner": "SW"}, "Give the due date of action 1"),
        ({**TOLD, "safe.concern": ""}, "Say what the concern is"),
        ({**TOLD, "safe.told": " "}, "Say who was told that the child is not safe"),
        ({**TOLD, "safe.told_on": ""}, "Say on which day they were told"),
        ({**TOLD, "safe.told_at": ""}, "Say at what time they were told"),
        ({**TOLD, "safe.told_how": ""}, "Say how they were told"),
    ],
)
def test_each_thing_left_out_is_asked_for(changes: dict[str, str], says: str) -> None:
    assert says in [thing.sentence for thing in missing(FORM, complete() | changes)]


@pytest.mark.parametrize(
    "changes",
    [
        TOLD,
        {"overall.grade": RI, "overall.reason": "The gap of three months weighs more"},
        {"overall.grade": "not_graded", "overall.not_graded_reason": "Opened last week"},
        {"voice.grade": RI, "voice.development": "More direct work"},
        {"action.3.what": "Write it up", "action.3.owner": "SW", "action.3.due": "2024-06-01"},
        {"action.1.what": "  "},
    ],
)
def test_each_thing_done_is_enough(changes: dict[str, str]) -> None:
    assert missing(FORM, complete() | changes) == ()


def test_a_domain_not_graded_needs_a_reason_and_nothing_else() -> None:
    answers = {key: value for key, value in complete().items() if not key.startswith("voice.")}
    answers["voice.grade"] = "not_graded"
    assert keys(FORM, answers) == ["voice.not_graded_reason"]
    assert keys(FORM, answers | {"voice.not_graded_reason": "The baby is two weeks old"}) == []


def test_below_good_the_strict_form_wants_development_and_an_action() -> None:
    answers = complete() | {"worker.asked": "no", "worker.why_not": "Left"}
    answers |= {"child.asked": "yes", "child.said": "It got better"}
    assert keys(STRICT, answers) == []
    answers |= {"voice.grade": INADEQUATE, "overall.grade": INADEQUATE}
    assert [thing.sentence for thing in missing(STRICT, answers)] == [
        "Write the areas for development for Voice",
        "Add at least one action, as the overall grade is below Good",
    ]


def test_feedback_is_who_was_asked_and_what_they_said_or_why_not() -> None:
    answers = complete()
    assert [thing.sentence for thing in missing(STRICT, answers)] == [
        "Say whether you met the worker",
        "Say whether the child was asked for their views",
    ]
    answers |= {"worker.asked": "no", "child.asked": "no"}
    assert [thing.sentence for thing in missing(STRICT, answers)] == [
        "Say why you did not meet the worker",
        "Say why the child was not asked",
    ]
    answers |= {"worker.asked": "yes", "child.asked": "yes"}
    assert [thing.sentence for thing in missing(STRICT, answers)] == [
        "Write what the worker said",
        "Write what the child said",
    ]


def test_a_form_that_asks_for_little_wants_little() -> None:
    short = build.form(requires=Requires(evidence=True, development_below=True), asks=Asks())
    answers = complete() | {"voice.grade": RI} | {f"{domain}.evidence": "" for domain in build.DOMAINS}
    assert missing(short, answers) == ()


def fill_in(field: Field, form: Form) -> str:
    """Some valid answer to a field."""
    match field.kind:
        case FieldKind.DATE:
            return "2024-05-01"
        case FieldKind.CHOICE:
            return field.options[0].id
        case _:
            return "Something"


@given(st.data(), st.sampled_from((FORM, STRICT, build.form(build.FOUR, requires=STRICT.requires))))
def test_doing_what_the_list_says_always_leads_to_submission(data: st.DataObject, form: Form) -> None:
    fields = all_fields(form)
    answers = {
        key: data.draw(
            st.sampled_from([option.id for option in fields[key].options])
            if fields[key].options
            else st.sampled_from(("2024-05-01",) if fields[key].kind is FieldKind.DATE else ("text", " "))
        )
        for key in data.draw(st.lists(st.sampled_from(sorted(fields)), max_size=30, unique=True))
        if key != "case.cohort"
    }
    for _ in range(len(fields)):
        still = missing(form, answers)
        if not still:
            break
        assert still[0].key in fields
        assert still[0].step in {step.id for step in steps(form)}
        answers[still[0].key] = fill_in(fields[still[0].key], form)
    assert missing(form, answers) == ()
    check_can_submit(AuditState.DRAFT, missing(form, answers))


# The suggestion


@pytest.mark.parametrize(
    ("grades", "suggestion"),
    [
        ({}, GOOD),
        ({"voice": RI}, GOOD),
        ({"voice": RI, "planning": RI}, RI),
        ({"voice": INADEQUATE}, INADEQUATE),
        ({"voice": INADEQUATE, "planning": RI, "outcomes": RI}, INADEQUATE),
        ({"voice": "not_graded", "planning": RI}, GOOD),
        ({"voice": "", "planning": RI, "outcomes": RI}, RI),
        (dict.fromkeys(build.DOMAINS, "not_graded"), None),
        (dict.fromkeys(build.DOMAINS, ""), None),
    ],
)
def test_the_suggested_overall(grades: dict[str, str], suggestion: str | None) -> None:
    assert suggested_overall(FORM, graded(**grades)) == suggestion


def test_outstanding_is_suggested_only_with_nothing_below_good() -> None:
    rule = OverallRule(
        GOOD, (*build.RULE.limits, Limit(OUTSTANDING, 4, OUTSTANDING, none_of=(RI, INADEQUATE)))
    )
    form = build.form(build.FOUR, rule=rule)
    four = dict.fromkeys(("recording", "assessment", "planning", "voice"), OUTSTANDING)
    assert suggested_overall(form, graded(**four)) == OUTSTANDING
    assert suggested_overall(form, graded(**four, outcomes=RI)) == GOOD
    assert suggested_overall(form, graded(**four, outcomes="not_graded")) == OUTSTANDING
    assert suggested_overall(form, graded(voice=OUTSTANDING)) == GOOD


@given(st.lists(st.sampled_from((GOOD, RI, INADEQUATE, "not_graded", "")), min_size=6, max_size=6))
def test_the_default_rule_is_a_limit_and_never_an_average(grades: list[str]) -> None:
    found = suggested_overall(FORM, graded(**dict(zip(build.DOMAINS, grades, strict=True))))
    if not {GOOD, RI, INADEQUATE} & set(grades):
        assert found is None
    elif INADEQUATE in grades:
        assert found == INADEQUATE
    else:
        assert found == (RI if grades.count(RI) >= 2 else GOOD)


@pytest.mark.parametrize(
    ("overall", "grades", "override"),
    [
        (GOOD, {}, False),
        (RI, {}, True),
        (GOOD, {"voice": INADEQUATE}, True),
        (INADEQUATE, {"voice": INADEQUATE}, False),
        ("", {"voice": INADEQUATE}, False),
        ("not_graded", {"voice": INADEQUATE}, False),
        (RI, dict.fromkeys(build.DOMAINS, "not_graded"), False),
    ],
)
def test_an_override_is_a_choice_other_than_the_suggestion(
    overall: str, grades: dict[str, str], override: bool
) -> None:
    assert is_override(FORM, {"overall.grade": overall, **graded(**grades)}) is override


# Safety


@pytest.mark.parametrize(
    ("answers", "open_"),
    [
        ({}, False),
        ({"safe.now": "yes"}, False),
        ({"safe.now": "no"}, True),
        (TOLD, False),
        *((TOLD | {key: ""}, True) for key in ("safe.told", "safe.told_on", "safe.told_at", "safe.told_how")),
        (TOLD | {"safe.told": "   "}, True),
        (TOLD | {"safe.concern": ""}, False),
        ({**TOLD, "safe.now": "yes", "safe.told": ""}, False),
    ],
)
def test_a_child_not_safe_stays_open_until_it_is_written_who_was_told(
    answers: dict[str, str], open_: bool
) -> None:
    assert unsafe_and_nobody_told(answers) is open_


# The audit itself


def audit(answers: dict[str, str]) -> Audit:
    """A draft with these answers."""
    return Audit("a", "p", "c", "REF", Person("x", "Zoë"), FORM.ref, AuditState.DRAFT, answers)


def test_actions_are_those_with_anything_in_them() -> None:
    found = audit(
        {
            "action.1.what": "Write it up",
            "action.1.rag": "red",
            "action.2.what": " ",
            "action.12.due": "2024-06-01",
        }
    ).actions()
    assert found == (
        Action(1, "Write it up", "", "", "", "red"),
        Action(12, "", "", "", "2024-06-01", ""),
    )
    assert audit({}).actions() == ()


def test_a_judgement_gathers_all_that_is_said_of_a_domain() -> None:
    answers = complete() | {"voice.standard_date.visits": "2024-04-02", "voice.strengths": "Seen alone"}
    found = audit(answers).judgement(FORM.domain("voice"))
    assert (found.grade, found.evidence, found.strengths) == (GOOD, "Read in the file", "Seen alone")
    assert [(answer.standard_id, answer.answer, answer.last_event) for answer in found.standards] == [
        ("current", "met", ""),
        ("visits", "partly_met", "2024-04-02"),
    ]


def test_the_date_of_the_audit() -> None:
    assert str(audit(complete()).audit_date) == "2024-05-01"
    assert audit({}).audit_date is None


def test_only_a_draft_is_edited() -> None:
    check_can_edit(AuditState.DRAFT)
    for state in (AuditState.SUBMITTED, AuditState.MODERATED):
        with pytest.raises(NotAllowed, match="Take it back first"):
            check_can_edit(state)


def test_submission_is_refused_while_something_is_missing_and_says_how_much() -> None:
    one, two = missing(FORM, complete() | {"safe.now": ""}), missing(FORM, {"audit.date": "2024-05-01"})
    with pytest.raises(NotAllowed, match="1 thing is still missing"):
        check_can_submit(AuditState.DRAFT, one)
    with pytest.raises(NotAllowed, match=f"{len(two)} things are still missing"):
        check_can_submit(AuditState.DRAFT, two)
    with pytest.raises(NotAllowed, match="submitted already"):
        check_can_submit(AuditState.SUBMITTED, ())


def test_only_what_was_submitted_here_can_be_taken_back() -> None:
    check_can_take_back(AuditState.SUBMITTED, imported=False)
    for state, imported, says in (
        (AuditState.DRAFT, False, "not been submitted"),
        (AuditState.MODERATED, False, "moderated"),
        (AuditState.SUBMITTED, True, "spreadsheet"),
    ):
        with pytest.raises(NotAllowed, match=says):
            check_can_take_back(state, imported)


def test_states_have_words() -> None:
    assert [state.label for state in AuditState] == ["Draft", "Submitted", "Moderated"]
    assert replace(audit({}), state=AuditState.SUBMITTED).state.label == "Submitted"
