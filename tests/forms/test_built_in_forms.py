"""The forms that come with the program, read again by tomllib, and their rule in the product's words."""

import hashlib
import itertools
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from audit_app.core.audit import missing
from audit_app.core.fields import FieldKind, all_fields
from audit_app.core.form import Form, Shape
from audit_app.forms.loader import load_form_file

FOLDER = Path(__file__).parents[2] / "resources" / "forms"
FULL = ("six-domains-3", "six-domains-4")
ALL = (*FULL, "dip-sample")

DOMAINS = {
    "recording": "Case recording",
    "assessment": "Assessments",
    "planning": "Planning",
    "voice": "Voice",
    "outcomes": "Outcomes",
    "oversight": "Management oversight",
}
GRADES = {
    "outstanding": ("Outstanding", "Outst", Shape.STAR, 4),
    "good": ("Good", "Good", Shape.CIRCLE, 1),
    "requires_improvement": ("Requires improvement", "RI", Shape.TRIANGLE, 2),
    "inadequate": ("Inadequate", "Inad", Shape.SQUARE, 3),
}

# Audits keep the version they were made on, so a version that has been used never changes. To change a word,
# raise the form's version and put its new hash here.
RELEASED = {
    ("six-domains-3", 1): "7188e9762e2422f2e929f3e198fa552eccf1d862f294cd98a9c0874102c8423b",
    ("six-domains-4", 1): "3511c812adf498673e3759eae4cc5dc2f3a04d52c876d21c0ec89b700b700c6b",
    ("dip-sample", 1): "3e54600d759b738215ecaad022532a65872b1d9e8936e8a4ad68277bd579876d",
}


def loaded(form_id: str) -> Form:
    return load_form_file(FOLDER / f"{form_id}.toml")


def read(form_id: str) -> dict[str, Any]:
    with (FOLDER / f"{form_id}.toml").open("rb") as file:
        return tomllib.load(file)


def words_in(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [word for each in value.values() for word in words_in(each)]
    return [word for each in value for word in words_in(each)] if isinstance(value, list) else []


def sentences(text: str) -> int:
    return len(re.findall(r"[.?](?= |$)", text))


def test_there_are_exactly_the_three_forms() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {f"{form_id}.toml" for form_id in ALL}


@pytest.mark.parametrize("form_id", ALL)
def test_a_form_loads_as_its_file_says(form_id: str) -> None:
    form, data = loaded(form_id), read(form_id)
    assert (form.id, form.version, form.title) == (form_id, data["version"], data["title"])
    assert form.family == ("dip-sample" if form_id == "dip-sample" else "six-domains")
    assert form.content_hash == hashlib.sha256((FOLDER / f"{form_id}.toml").read_bytes()).hexdigest()
    for domain, written in zip(form.domains, data["domains"], strict=True):
        assert (domain.title, domain.asks) == (written["title"], written["asks"])
        assert domain.descriptors == written["descriptors"]
        assert domain.prompts == written.get("prompts", {})
        assert [(s.id, s.text, s.help, s.dated) for s in domain.standards] == [
            (s["id"], s["text"], s["help"], s.get("dated", False)) for s in written["standards"]
        ]
    assert form.prompts == data["prompts"]
    for question, asked in zip(form.case_questions, data["case_questions"], strict=True):
        assert (question.id, question.label, question.kind) == (
            asked["id"],
            asked["label"],
            asked.get("kind", "line"),
        )
        assert [(o.id, o.title) for o in question.options] == [
            (o["id"], o["title"]) for o in asked.get("options", [])
        ]


@pytest.mark.parametrize("form_id", ALL)
def test_domains_have_the_products_ids_titles_and_order(form_id: str) -> None:
    assert {domain.id: domain.title for domain in loaded(form_id).domains} == DOMAINS
    assert [domain["id"] for domain in read(form_id)["domains"]] == list(DOMAINS)


@pytest.mark.parametrize("form_id", ALL)
def test_the_scale_is_best_first_with_words_short_forms_shapes_and_keys(form_id: str) -> None:
    form = loaded(form_id)
    expected = list(GRADES) if form_id == "six-domains-4" else list(GRADES)[1:]
    assert list(form.scale.ids) == expected
    for grade in form.scale.grades:
        assert (grade.title, grade.short, grade.shape, grade.key) == GRADES[grade.id]
    assert form.scale.success == "good"
    assert form.scale.success_ids == (("outstanding", "good") if "outstanding" in expected else ("good",))
    assert form.scale.id == ("four-point" if form_id == "six-domains-4" else "three-point")


@pytest.mark.parametrize("form_id", ALL)
def test_every_domain_has_enough_short_standards_and_a_descriptor_for_each_grade(form_id: str) -> None:
    data = read(form_id)
    grades = [grade["id"] for grade in data["scale"]["grades"]]
    for domain in data["domains"]:
        count = len(domain["standards"])
        assert count == 6 if form_id == "dip-sample" else 6 <= count <= 10, domain["id"]
        assert all(len(standard["text"]) <= 90 and standard["help"] for standard in domain["standards"])
        assert list(domain["descriptors"]) == grades
        for text in domain["descriptors"].values():
            assert 2 <= sentences(text) <= 4, text
            assert len(text) <= 400, text


@pytest.mark.parametrize("form_id", ALL)
def test_every_text_field_has_a_prompt_and_every_prompt_has_a_field(form_id: str) -> None:
    form = loaded(form_id)
    fields = all_fields(form)
    for key, found in fields.items():
        # service, team and worker stand in the program itself; a question's own words may say enough
        if found.kind.is_free_text and found.step != "case":
            assert found.prompt, key
    shown = {found.prompt for found in fields.values()}
    written = read(form_id)
    prompts = [*written["prompts"].values()]
    prompts += [prompt for domain in written["domains"] for prompt in domain.get("prompts", {}).values()]
    assert set(prompts) <= shown
    assert all(len(prompt) <= 160 for prompt in prompts)
    for key in ("audit.date", "audit.due", "audit.period_from", "audit.period_to"):
        assert fields[key].prompt


@pytest.mark.parametrize("form_id", FULL)
def test_the_full_forms_ask_and_require_everything(form_id: str) -> None:
    form = loaded(form_id)
    assert form.asks.texts == ("evidence", "strengths", "development")
    assert form.asks.people == ("worker", "child", "parent", "carer")
    assert form.asks.actions
    requires = form.requires
    assert requires.audit_date and requires.standards and requires.evidence  # noqa: PT018
    assert requires.development_below and requires.feedback and requires.action_below  # noqa: PT018
    dated = {f"{d.id}.{s.id}" for d in form.domains for s in d.standards if s.dated}
    assert {"voice.seen", "planning.reviewed", "oversight.supervision"} <= dated


def test_the_dip_sample_asks_for_standards_and_grades_only() -> None:
    form = loaded("dip-sample")
    assert (form.asks.texts, form.asks.people, form.asks.actions) == ((), (), False)
    assert form.requires.standards
    assert not form.requires.evidence
    kinds = {found.kind for key, found in all_fields(form).items() if key.split(".")[0] in DOMAINS}
    assert kinds == {FieldKind.CHOICE, FieldKind.TEXT}  # the text is why a domain is not graded
    answers = {"audit.date": "2019-10-07", "safe.now": "yes", "overall.grade": "good"}
    for domain in form.domains:
        answers[f"{domain.id}.grade"] = "good"
        answers |= {f"{domain.id}.standard.{standard.id}": "met" for standard in domain.standards}
    assert missing(form, answers) == ()


@pytest.mark.parametrize("form_id", ALL)
def test_no_question_about_the_case_is_required(form_id: str) -> None:
    keys = {found.key for found in missing(loaded(form_id), {})}
    assert not [key for key in keys if key.startswith("case.")]


def test_forms_of_one_family_ask_the_same() -> None:
    three, four = read("six-domains-3"), read("six-domains-4")
    for domain in four["domains"]:
        del domain["descriptors"]["outstanding"]
    for part in ("domains", "prompts", "case_questions", "asks", "requires"):
        assert three[part] == four[part]


def test_the_dip_sample_uses_the_words_of_the_full_form() -> None:
    full = {(d["id"], s["id"]): s["text"] for d in read("six-domains-3")["domains"] for s in d["standards"]}
    for domain in read("dip-sample")["domains"]:
        for standard in domain["standards"]:
            assert full[domain["id"], standard["id"]] == standard["text"]


@pytest.mark.parametrize("form_id", ALL)
def test_words_are_plain_english_with_true_quotation_marks(form_id: str) -> None:
    for text in words_in(read(form_id)):
        assert "'" not in text, text
        assert '"' not in text, text
        assert not re.search(r"\b(clients?|service users?|LAC|contact visit|organiz|behavior)\b", text), text
        assert "  " not in text, text


@pytest.mark.parametrize("form_id", ALL)
def test_the_overall_rule_is_the_products(form_id: str) -> None:
    form = loaded(form_id)
    for grades in itertools.product([*form.scale.ids, "not_graded"], repeat=6):
        suggestion = form.overall.suggest(dict(zip(DOMAINS, grades, strict=True)))
        assert suggestion == expected_overall(grades), grades


def expected_overall(grades: tuple[str, ...]) -> str | None:
    """Any Inadequate gives Inadequate; two or more RI give RI; four Outstandings above Good; else Good."""
    graded = [grade for grade in grades if grade != "not_graded"]
    if not graded:
        return None
    if "inadequate" in graded:
        return "inadequate"
    improvements = sum(grade == "requires_improvement" for grade in graded)
    if improvements >= 2:
        return "requires_improvement"
    if improvements == 0 and sum(grade == "outstanding" for grade in graded) >= 4:
        return "outstanding"
    return "good"


@pytest.mark.parametrize("form_id", ALL)
def test_a_released_version_never_changes(form_id: str) -> None:
    data = read(form_id)
    written = hashlib.sha256((FOLDER / f"{form_id}.toml").read_bytes()).hexdigest()
    assert RELEASED[form_id, data["version"]] == written, "raise the version and add its hash to RELEASED"
