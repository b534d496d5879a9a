"""Every field an audit on a given form has: its key, words, kind and step. One place for the whole list."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from audit_app.core.form import NOT_GRADED, CaseQuestion, Domain, Form, Option

YES_NO = (Option("yes", "Yes"), Option("no", "No"))
AGREES = (Option("yes", "Agrees"), Option("partly", "Agrees in part"), Option("no", "Disagrees"))
ANSWERS = (
    Option("met", "Met"),
    Option("partly_met", "Partly met"),
    Option("not_met", "Not met"),
    Option("not_applicable", "Not applicable"),
)
RAG = (
    Option("blue", "Blue – completed"),
    Option("green", "Green – on track"),
    Option("amber", "Amber – an issue but manageable"),
    Option("red", "Red – needs escalation"),
)
TEXT_LABELS = {"evidence": "Evidence", "strengths": "Strengths", "development": "Areas for development"}
PEOPLE = {"worker": "Worker", "child": "Child", "parent": "Parent", "carer": "Carer"}
MAX_ACTIONS = 30
ACTION_PARTS = ("what", "measure", "owner", "due", "rag")


class FieldKind(StrEnum):
    """How a field is answered. Lines and texts are free text: searchable, erasable, never in history."""

    CHOICE = "choice"
    DATE = "date"
    LINE = "line"
    TEXT = "text"

    @property
    def is_free_text(self) -> bool:
        """Whether a person types words into it."""
        return self in (FieldKind.LINE, FieldKind.TEXT)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of grading, in the order of the list at the left of the screen."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field: ``key`` names it everywhere (``recording.evidence``), ``step`` is where it is shown."""

    key: str
    label: str
    kind: FieldKind
    step: str
    prompt: str = ""
    options: tuple[Option, ...] = ()

    def option_title(self, option_id: str) -> str:
        """The words of a choice; the id itself where a form no longer has it."""
        return next((option.title for option in self.options if option.id == option_id), option_id)


def steps(form: Form) -> tuple[Step, ...]:
    """The steps an audit on this form goes through."""
    found = [Step("case", "Case"), *(Step(domain.id, domain.title) for domain in form.domains)]
    found.append(Step("overall", "Safe now and overall"))
    if form.asks.people:
        found.append(Step("feedback", "Feedback"))
    if form.asks.actions:
        found.append(Step("actions", "Actions"))
    found.append(Step("review", "Review"))
    return tuple(found)


def standard_key(domain_id: str, standard_id: str) -> str:
    """The key of a standard's answer."""
    return f"{domain_id}.standard.{standard_id}"


def standard_date_key(domain_id: str, standard_id: str) -> str:
    """The key of the date of a standard's last event."""
    return f"{domain_id}.standard_date.{standard_id}"


def action_key(number: int, part: str) -> str:
    """The key of one part of the action numbered 1, 2, 3 ..."""
    return f"action.{number}.{part}"


def grade_options(form: Form) -> tuple[Option, ...]:
    """The grades of the form's scale, best first, and then *not graded*."""
    return (*(Option(grade.id, grade.title) for grade in form.scale.grades), Option(NOT_GRADED, "Not graded"))


def all_fields(form: Form) -> dict[str, Field]:
    """Every field of an audit on this form by key, in reading order."""
    return {found.key: found for found in _walk(form)}


def _walk(form: Form) -> Iterator[Field]:
    yield from _case_fields(form)
    for domain in form.domains:
        yield from _domain_fields(form, domain)
    yield from _overall_fields(form)
    for person in form.asks.people:
        yield from _person_fields(form, person)
    if form.asks.actions:
        for number in range(1, MAX_ACTIONS + 1):
            yield from _action_fields(form, number)


def _case_fields(form: Form) -> Iterator[Field]:
    date, line, choice = FieldKind.DATE, FieldKind.LINE, FieldKind.CHOICE
    yield Field("audit.date", "Date of audit", date, "case", form.prompts.get("audit.date", ""))
    yield Field("audit.due", "Due", date, "case", form.prompts.get("audit.due", ""))
    yield Field(
        "audit.period_from", "Period looked at, from", date, "case", form.prompts.get("audit.period_from", "")
    )
    yield Field(
        "audit.period_to", "Period looked at, to", date, "case", form.prompts.get("audit.period_to", "")
    )
    yield Field("case.cohort", "Cohort", choice, "case")  # its options are the programme's cohorts
    yield Field("case.service", "Service", line, "case")
    yield Field("case.team", "Team", line, "case")
    yield Field("case.worker", "Worker", line, "case")
    for question in form.case_questions:
        yield _case_question(question)


def _case_question(question: CaseQuestion) -> Field:
    return Field(
        f"case.{question.id}",
        question.label,
        FieldKind(question.kind),
        "case",
        question.prompt,
        question.options,
    )


def _domain_fields(form: Form, domain: Domain) -> Iterator[Field]:
    for standard in domain.standards:
        key = standard_key(domain.id, standard.id)
        yield Field(key, standard.text, FieldKind.CHOICE, domain.id, standard.help, ANSWERS)
        if standard.dated:
            key = standard_date_key(domain.id, standard.id)
            yield Field(key, f"Date of the last event: {standard.text}", FieldKind.DATE, domain.id)
    for text in form.asks.texts:
        yield Field(
            f"{domain.id}.{text}", TEXT_LABELS[text], FieldKind.TEXT, domain.id, domain.prompts.get(text, "")
        )
    yield Field(
        f"{domain.id}.grade", f"{domain.title}: grade", FieldKind.CHOICE, domain.id, "", grade_options(form)
    )
    prompt = form.prompts.get("not_graded_reason", "")
    yield Field(f"{domain.id}.not_graded_reason", "Why this is not graded", FieldKind.TEXT, domain.id, prompt)


def _overall_fields(form: Form) -> Iterator[Field]:
    prompts = form.prompts
    yield Field(
        "safe.now", "Is the child safe now?", FieldKind.CHOICE, "overall", prompts.get("safe.now", ""), YES_NO
    )
    yield Field(
        "safe.concern", "What is the concern?", FieldKind.TEXT, "overall", prompts.get("safe.concern", "")
    )
    yield Field("safe.told", "Who was told?", FieldKind.LINE, "overall", prompts.get("safe.told", ""))
    yield Field("safe.told_on", "On which day?", FieldKind.DATE, "overall", prompts.get("safe.told_on", ""))
    yield Field("safe.told_at", "At what time?", FieldKind.LINE, "overall", prompts.get("safe.told_at", ""))
    yield Field(
        "safe.told_how", "How were they told?", FieldKind.LINE, "overall", prompts.get("safe.told_how", "")
    )
    yield Field("overall.grade", "Overall grade", FieldKind.CHOICE, "overall", "", grade_options(form))
    yield Field(
        "overall.reason",
        "Why not the suggested grade?",
        FieldKind.TEXT,
        "overall",
        prompts.get("overall.reason", ""),
    )
    yield Field(
        "overall.not_graded_reason",
        "Why this is not graded",
        FieldKind.TEXT,
        "overall",
        prompts.get("not_graded_reason", ""),
    )


def _person_fields(form: Form, person: str) -> Iterator[Field]:
    title = PEOPLE[person]

    def made(part: str, label: str, kind: FieldKind, options: tuple[Option, ...] = ()) -> Field:
        key = f"{person}.{part}"
        return Field(key, f"{title}: {label}", kind, "feedback", form.prompts.get(key, ""), options)

    if person == "worker":
        yield made("asked", "did you meet?", FieldKind.CHOICE, YES_NO)
        yield made("why_not", "why not?", FieldKind.TEXT)
        yield made("when", "when did you meet?", FieldKind.DATE)
        yield made("present", "who was there?", FieldKind.LINE)
        yield made("said", "their reflection", FieldKind.TEXT)
        yield made("agrees", "do they agree with the findings?", FieldKind.CHOICE, AGREES)
        return
    yield made("asked", "were they asked for their views?", FieldKind.CHOICE, YES_NO)
    yield made("why_not", "why not?", FieldKind.TEXT)
    yield made("asked_by", "who asked them?", FieldKind.LINE)
    yield made("how", "how were they asked?", FieldKind.LINE)
    yield made("when", "when were they asked?", FieldKind.DATE)
    yield made("said", "what did they say?", FieldKind.TEXT)


def _action_fields(form: Form, number: int) -> Iterator[Field]:
    prompts = form.prompts
    title = f"Action {number}"
    yield Field(
        action_key(number, "what"),
        f"{title}: what must change",
        FieldKind.TEXT,
        "actions",
        prompts.get("action.what", ""),
    )
    yield Field(
        action_key(number, "measure"),
        f"{title}: how will anyone know it is done?",
        FieldKind.TEXT,
        "actions",
        prompts.get("action.measure", ""),
    )
    yield Field(
        action_key(number, "owner"),
        f"{title}: owner",
        FieldKind.LINE,
        "actions",
        prompts.get("action.owner", ""),
    )
    yield Field(
        action_key(number, "due"), f"{title}: due", FieldKind.DATE, "actions", prompts.get("action.due", "")
    )
    yield Field(
        action_key(number, "rag"),
        f"{title}: RAG",
        FieldKind.CHOICE,
        "actions",
        prompts.get("action.rag", ""),
        RAG,
    )
