"""One auditor's reading of one case: its answers, its state, and what is missing before it is submitted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from audit_app.core.errors import NotAllowed
from audit_app.core.fields import (
    ACTION_PARTS,
    MAX_ACTIONS,
    PEOPLE,
    TEXT_LABELS,
    action_key,
    standard_date_key,
    standard_key,
)
from audit_app.core.form import NOT_GRADED, Domain, Form, FormRef
from audit_app.core.person import Person


class AuditState(StrEnum):
    """Where an audit stands; only a draft can be edited."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    MODERATED = "moderated"

    @property
    def label(self) -> str:
        """The words shown for it."""
        return {"draft": "Draft", "submitted": "Submitted", "moderated": "Moderated"}[self.value]


@dataclass(frozen=True, slots=True)
class StandardAnswer:
    """A standard's answer (met, partly_met, not_met, not_applicable, or blank)."""

    standard_id: str
    answer: str
    last_event: str


@dataclass(frozen=True, slots=True)
class DomainJudgement:
    """What an auditor says of one domain; ``grade`` is a grade id, ``not_graded`` or blank."""

    domain_id: str
    grade: str
    not_graded_reason: str
    evidence: str
    strengths: str
    development: str
    standards: tuple[StandardAnswer, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """What must change: what, how anyone will know it is done, owner, due date (ISO), RAG id."""

    number: int
    what: str
    measure: str
    owner: str
    due: str
    rag: str


@dataclass(frozen=True, slots=True)
class Audit:
    """An audit with all its answers by field key (see ``core/fields.py``); blank answers are absent."""

    id: str
    programme_id: str
    case_id: str
    reference: str
    auditor: Person
    form: FormRef
    state: AuditState
    answers: Mapping[str, str]
    findings_supported: str | None = None
    imported: bool = False
    started_at: datetime | None = None
    submitted_at: datetime | None = None

    def value(self, key: str) -> str:
        """The answer to a field, blank when there is none."""
        return self.answers.get(key, "")

    @property
    def audit_date(self) -> date | None:
        """The date of the audit, or None."""
        value = self.value("audit.date")
        return date.fromisoformat(value) if value else None

    def judgement(self, domain: Domain) -> DomainJudgement:
        """Everything said of one domain."""
        standards = tuple(
            StandardAnswer(
                standard.id,
                self.value(standard_key(domain.id, standard.id)),
                self.value(standard_date_key(domain.id, standard.id)),
            )
            for standard in domain.standards
        )
        return DomainJudgement(
            domain.id,
            self.value(f"{domain.id}.grade"),
            self.value(f"{domain.id}.not_graded_reason"),
            self.value(f"{domain.id}.evidence"),
            self.value(f"{domain.id}.strengths"),
            self.value(f"{domain.id}.development"),
            standards,
        )

    def actions(self) -> tuple[Action, ...]:
        """The actions, by number; an action exists when any part of it is filled in."""
        every = (
            (number, [self.value(action_key(number, part)) for part in ACTION_PARTS])
            for number in range(1, MAX_ACTIONS + 1)
        )
        return tuple(Action(number, *parts) for number, parts in every if "".join(parts).strip())


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing still to do before submission, in the person's words, with the field it is about."""

    key: str
    step: str
    sentence: str


def suggested_overall(form: Form, answers: Mapping[str, str]) -> str | None:
    """The overall that the form's rule suggests from the auditor's own domain grades; None without any."""
    return form.overall.suggest({domain.id: answers.get(f"{domain.id}.grade") for domain in form.domains})


def is_override(form: Form, answers: Mapping[str, str]) -> bool:
    """Whether the auditor chose an overall other than the suggestion.

    A blank or ungraded overall is not a choice, and with no domain graded there is nothing to differ from.
    """
    chosen, suggested = answers.get("overall.grade", ""), suggested_overall(form, answers)
    return chosen not in ("", NOT_GRADED) and suggested is not None and chosen != suggested


def unsafe_and_nobody_told(answers: Mapping[str, str]) -> bool:
    """Whether the child is said not to be safe and it is not yet written who was told, when and how."""
    needed = ("safe.told", "safe.told_on", "safe.told_at", "safe.told_how")
    return answers.get("safe.now") == "no" and not all(_said(answers, key) for key in needed)


def _said(answers: Mapping[str, str], key: str) -> bool:
    """Whether a field has an answer: spaces alone say nothing."""
    return bool(answers.get(key, "").strip())


def missing(form: Form, answers: Mapping[str, str]) -> tuple[Missing, ...]:
    """What must still be done before this audit can be submitted, in the order of the steps."""
    return tuple(_missing(form, answers))


def _missing(form: Form, answers: Mapping[str, str]) -> Iterator[Missing]:
    if form.requires.audit_date and not _said(answers, "audit.date"):
        yield Missing("audit.date", "case", "Give the date of the audit")
    for domain in form.domains:
        yield from _missing_in_domain(form, domain, answers)
    yield from _missing_in_safety(answers)
    yield from _missing_in_overall(form, answers)
    if form.requires.feedback:
        for person in form.asks.people:
            yield from _missing_in_feedback(person, answers)
    yield from _missing_in_actions(form, answers)


def _missing_in_domain(form: Form, domain: Domain, answers: Mapping[str, str]) -> Iterator[Missing]:
    grade = answers.get(f"{domain.id}.grade", "")
    if grade == NOT_GRADED:
        if not _said(answers, f"{domain.id}.not_graded_reason"):
            yield Missing(
                f"{domain.id}.not_graded_reason", domain.id, f"Say why {domain.title} is not graded"
            )
        return
    if form.requires.standards:
        blank = [s for s in domain.standards if not _said(answers, standard_key(domain.id, s.id))]
        if blank:
            count = "1 standard" if len(blank) == 1 else f"{len(blank)} standards"
            key = standard_key(domain.id, blank[0].id)
            yield Missing(key, domain.id, f"Answer {count} in {domain.title}")
    yield from _missing_texts(form, domain, grade, answers)
    if not grade:
        yield Missing(
            f"{domain.id}.grade", domain.id, f"Grade {domain.title}, or mark it not graded with a reason"
        )


def _missing_texts(form: Form, domain: Domain, grade: str, answers: Mapping[str, str]) -> Iterator[Missing]:
    wanted = []
    if form.requires.evidence:
        wanted.append(("evidence", "evidence behind the grade"))
    if form.requires.development_below and _is_below(form, grade):
        wanted.append(("development", TEXT_LABELS["development"].lower()))
    for text, words in wanted:
        key = f"{domain.id}.{text}"
        if text in form.asks.texts and not _said(answers, key):
            yield Missing(key, domain.id, f"Write the {words} for {domain.title}")


def _is_below(form: Form, grade: str) -> bool:
    """Whether a grade is below the form's line of success; not graded is not."""
    return grade in form.scale.ids and grade not in form.scale.success_ids


def _missing_in_safety(answers: Mapping[str, str]) -> Iterator[Missing]:
    safe = answers.get("safe.now", "")
    if not safe:
        yield Missing("safe.now", "overall", "Say whether the child is safe now")
    if safe == "no":
        for key, what in (
            ("safe.concern", "what the concern is"),
            ("safe.told", "who was told that the child is not safe"),
            ("safe.told_on", "on which day they were told"),
            ("safe.told_at", "at what time they were told"),
            ("safe.told_how", "how they were told"),
        ):
            if not _said(answers, key):
                yield Missing(key, "overall", f"Say {what}")


def _missing_in_overall(form: Form, answers: Mapping[str, str]) -> Iterator[Missing]:
    overall = answers.get("overall.grade", "")
    if not overall:
        yield Missing("overall.grade", "overall", "Decide the overall grade")
    elif overall == NOT_GRADED and not _said(answers, "overall.not_graded_reason"):
        yield Missing("overall.not_graded_reason", "overall", "Say why the overall is not graded")
    elif is_override(form, answers) and not _said(answers, "overall.reason"):
        yield Missing("overall.reason", "overall", "Say why the overall differs from the suggested grade")


def _missing_in_feedback(person: str, answers: Mapping[str, str]) -> Iterator[Missing]:
    who = PEOPLE[person].lower()
    asked = answers.get(f"{person}.asked", "")
    if not asked:
        verb = "you met the worker" if person == "worker" else f"the {who} was asked for their views"
        yield Missing(f"{person}.asked", "feedback", f"Say whether {verb}")
    elif asked == "no" and not _said(answers, f"{person}.why_not"):
        verb = "you did not meet the worker" if person == "worker" else f"the {who} was not asked"
        yield Missing(f"{person}.why_not", "feedback", f"Say why {verb}")
    elif asked == "yes" and not _said(answers, f"{person}.said"):
        yield Missing(f"{person}.said", "feedback", f"Write what the {who} said")


def _missing_in_actions(form: Form, answers: Mapping[str, str]) -> Iterator[Missing]:
    if not form.asks.actions:
        return
    found = False
    for number in range(1, MAX_ACTIONS + 1):
        parts = {part: _said(answers, action_key(number, part)) for part in ACTION_PARTS}
        if not any(parts.values()):
            continue
        found = True
        wanted = (
            ("what", "Say what must change in"),
            ("owner", "Name the owner of"),
            ("due", "Give the due date of"),
        )
        for part, words in wanted:
            if not parts[part]:
                yield Missing(action_key(number, part), "actions", f"{words} action {number}")
    if form.requires.action_below and not found and _is_below(form, answers.get("overall.grade", "")):
        line = form.scale.grade(form.scale.success).title
        sentence = f"Add at least one action, as the overall grade is below {line}"
        yield Missing(action_key(1, "what"), "actions", sentence)


def check_can_edit(state: AuditState) -> None:
    """Raise NotAllowed unless the audit is a draft."""
    if state is not AuditState.DRAFT:
        raise NotAllowed("This audit has been submitted, so it cannot be changed. Take it back first.")


def check_can_submit(state: AuditState, still_missing: tuple[Missing, ...]) -> None:
    """Raise NotAllowed unless the audit is a draft with nothing missing."""
    if state is not AuditState.DRAFT:
        raise NotAllowed("This audit has been submitted already.")
    if still_missing:
        things = "1 thing is" if len(still_missing) == 1 else f"{len(still_missing)} things are"
        raise NotAllowed(f"The audit was not submitted: {things} still missing. The list says what.")


def check_can_take_back(state: AuditState, imported: bool) -> None:
    """Raise NotAllowed unless the audit is submitted, made here and not moderated."""
    if state is AuditState.DRAFT:
        raise NotAllowed("This audit has not been submitted, so there is nothing to take back.")
    if state is AuditState.MODERATED:
        raise NotAllowed("This audit has been moderated, so it cannot be taken back.")
    if imported:
        raise NotAllowed("This audit came from a spreadsheet, so it cannot be taken back and edited here.")
