"""What a form must mean once its keys are right: grades that exist, domains in order, nothing twice."""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from audit_app.core.fields import PEOPLE, TEXT_LABELS, FieldKind
from audit_app.core.form import DOMAIN_IDS, NOT_GRADED, CaseQuestion, Domain, Form, Grade
from audit_app.forms.structure import Fault, did_you_mean, nearest, shown
from audit_app.forms.toml_lines import KeyPath

MAX_STANDARDS = 20
MAX_QUESTIONS = 60
MAX_OPTIONS = 60
MAX_KEY = 9
GOOD, GOOD_KEY = "good", 1

# The case fields that every form has (core/fields.py); a question with the same id would hide one.
_TAKEN_BY_EVERY_FORM = ("cohort", "service", "team", "worker")

# The fields outside the domains that show a prompt, by the part of the form that brings them.
_PROMPTS_ALWAYS = (
    "audit.date",
    "audit.due",
    "audit.period_from",
    "audit.period_to",
    "not_graded_reason",
    "safe.now",
    "safe.concern",
    "safe.told",
    "safe.told_on",
    "safe.told_at",
    "safe.told_how",
    "overall.reason",
)
_PROMPTS_OF_WORKER = ("asked", "why_not", "when", "present", "said", "agrees")
_PROMPTS_OF_FAMILY = ("asked", "why_not", "asked_by", "how", "when", "said")
_PROMPTS_OF_ACTIONS = ("action.what", "action.measure", "action.owner", "action.due", "action.rag")


def faults_in(form: Form, is_broken: Callable[[KeyPath], bool]) -> Iterator[Fault]:
    """Everything in the form that cannot be meant.

    ``is_broken`` says whether something at or under a path is already known to be wrong; what depends on it
    is not judged, so that one mistake is not reported many times.
    """
    if form.version < 1:
        yield Fault(("version",), "“version” starts at 1")
    yield from _scale(form)
    grades_known = not is_broken(("scale",))
    if grades_known:
        yield from _overall(form)
    asks_faults = tuple(_asks(form))
    yield from asks_faults
    asks_known = not asks_faults and not is_broken(("asks",))
    if not is_broken(("domains",)) or form.domains:
        yield from _domain_order(form)
    for index, domain in enumerate(form.domains):
        path: KeyPath = ("domains", index)
        yield from _standards(domain, (*path, "standards"))
        if grades_known:
            yield from _descriptors(form, domain, (*path, "descriptors"))
        if asks_known:
            yield from _unknown(
                domain.prompts, form.asks.texts, (*path, "prompts"), "a text that this form asks"
            )
    yield from _questions(form.case_questions)
    if asks_known:
        yield from _requires(form)
        yield from _unknown(form.prompts, _prompts_of(form), ("prompts",), "a field of this form")


def _scale(form: Form) -> Iterator[Fault]:
    grades = form.scale.grades
    path: KeyPath = ("scale", "grades")
    if len(grades) < 2:
        yield Fault(path, "a scale needs two grades or more; add [[scale.grades]] sections, best first")
    for name in ("id", "title", "short", "shape", "key"):
        values = [str(getattr(grade, name)) for grade in grades]
        yield from _twice(values, path, name, f"give each grade its own {name}")
    for index, grade in enumerate(grades):
        yield from _grade(grade, (*path, index), GOOD in form.scale.ids)
    yield from _known_grade(form, form.scale.success, ("scale", "success"))


def _grade(grade: Grade, path: KeyPath, has_good: bool) -> Iterator[Fault]:
    if grade.id == NOT_GRADED:
        yield Fault((*path, "id"), f"“{NOT_GRADED}” is kept for domains without a grade; choose another id")
    if not 1 <= grade.key <= MAX_KEY:
        yield Fault((*path, "key"), f"“key” must be a digit from 1 to {MAX_KEY}")
    elif grade.id == GOOD and grade.key != GOOD_KEY:
        yield Fault((*path, "key"), f"“key” must be {GOOD_KEY} here: that digit is always Good")
    elif grade.id != GOOD and grade.key == GOOD_KEY and has_good:
        yield Fault((*path, "key"), f"{GOOD_KEY} is always Good; give {shown(grade.title)} another digit")


def _overall(form: Form) -> Iterator[Fault]:
    yield from _known_grade(form, form.overall.otherwise, ("overall", "otherwise"))
    for index, limit in enumerate(form.overall.limits):
        path: KeyPath = ("overall", "limits", index)
        yield from _known_grade(form, limit.grade, (*path, "grade"))
        yield from _known_grade(form, limit.gives, (*path, "gives"))
        for number, grade_id in enumerate(limit.none_of):
            yield from _known_grade(form, grade_id, (*path, "none_of", number))
        if not 1 <= limit.at_least <= len(DOMAIN_IDS):
            yield Fault(
                (*path, "at_least"), f"“at_least” must be from 1 to {len(DOMAIN_IDS)}, the number of domains"
            )


def _known_grade(form: Form, grade_id: str, path: KeyPath) -> Iterator[Fault]:
    if grade_id not in form.scale.ids:
        yield Fault(
            path,
            f"“{shown(grade_id)}” is not a grade of this scale; {did_you_mean(grade_id, form.scale.ids)}",
        )


def _asks(form: Form) -> Iterator[Fault]:
    yield from _chosen_from(
        form.asks.texts, tuple(TEXT_LABELS), ("asks", "texts"), "a text that can be asked"
    )
    yield from _chosen_from(
        form.asks.people, tuple(PEOPLE), ("asks", "people"), "someone whose views are sought"
    )


def _requires(form: Form) -> Iterator[Fault]:
    asks, requires = form.asks, form.requires
    for key, needed, is_asked in (
        ("evidence", '"evidence" in texts', "evidence" in asks.texts),
        ("development_below", '"development" in texts', "development" in asks.texts),
        ("feedback", "someone in people", bool(asks.people)),
        ("action_below", "actions = true", asks.actions),
    ):
        if getattr(requires, key) and not is_asked:
            yield Fault(("requires", key), f"“{key}” needs {needed} under [asks], or {key} = false here")


def _domain_order(form: Form) -> Iterator[Fault]:
    found = [domain.id for domain in form.domains]
    yield from _twice(found, ("domains",), "id", "each domain has one section")
    for index, domain_id in enumerate(found):
        if domain_id not in DOMAIN_IDS:
            yield Fault(
                ("domains", index, "id"),
                f"“{shown(domain_id)}” is not one of the six domains; {did_you_mean(domain_id, DOMAIN_IDS)}",
            )
    for domain_id in _left_out(DOMAIN_IDS, found):
        yield Fault(("domains",), f"the domain “{domain_id}” is missing; add a [[domains]] section for it")
    known = [domain_id for domain_id in found if domain_id in DOMAIN_IDS]
    for before, after in pairwise(known):
        if DOMAIN_IDS.index(before) > DOMAIN_IDS.index(after):
            index = found.index(after)
            order = ", ".join(DOMAIN_IDS)
            yield Fault(("domains", index, "id"), f"“{after}” is out of order; the domains come as {order}")


def _standards(domain: Domain, path: KeyPath) -> Iterator[Fault]:
    count, name = len(domain.standards), shown(domain.id)
    if not count:
        yield Fault(path, f"“{name}” has no standards; add [[domains.standards]] sections")
    if count > MAX_STANDARDS:
        yield Fault(path, f"“{name}” has {count} standards; {MAX_STANDARDS} is the most")
    ids = [standard.id for standard in domain.standards]
    yield from _twice(ids, path, "id", "give each standard of a domain its own id")


def _descriptors(form: Form, domain: Domain, path: KeyPath) -> Iterator[Fault]:
    yield from _unknown(domain.descriptors, form.scale.ids, path, "a grade of this scale")
    for grade_id in _left_out(form.scale.ids, domain.descriptors):
        yield Fault(path, f'“{shown(domain.id)}” has no descriptor for a grade; add: {grade_id} = "…"')


def _questions(questions: tuple[CaseQuestion, ...]) -> Iterator[Fault]:
    path: KeyPath = ("case_questions",)
    if len(questions) > MAX_QUESTIONS:
        yield Fault(path, f"there are {len(questions)} questions about the case; {MAX_QUESTIONS} is the most")
    yield from _twice([question.id for question in questions], path, "id", "give each question its own id")
    for index, question in enumerate(questions):
        yield from _question(question, (*path, index))


def _question(question: CaseQuestion, path: KeyPath) -> Iterator[Fault]:
    if question.id in _TAKEN_BY_EVERY_FORM:
        yield Fault(
            (*path, "id"), f"“{shown(question.id)}” is asked on every form already; take this question out"
        )
    kinds = tuple(FieldKind)
    if question.kind not in kinds:
        yield Fault(
            (*path, "kind"),
            f"“{shown(question.kind)}” is not a kind of question; {did_you_mean(question.kind, kinds)}",
        )
    options = (*path, "options")
    if question.kind == FieldKind.CHOICE and len(question.options) < 2:
        yield Fault(options, f"“{shown(question.id)}” is a choice, so it needs two options or more")
    if question.kind in kinds and question.kind != FieldKind.CHOICE and question.options:
        yield Fault(options, f'“{shown(question.id)}” has options; write kind = "choice", or take them out')
    if len(question.options) > MAX_OPTIONS:
        yield Fault(
            options, f"“{shown(question.id)}” has {len(question.options)} options; {MAX_OPTIONS} is the most"
        )
    for name in ("id", "title"):
        values = [str(getattr(option, name)) for option in question.options]
        yield from _twice(values, options, name, f"give each option its own {name}")


def _prompts_of(form: Form) -> tuple[str, ...]:
    found = list(_PROMPTS_ALWAYS)
    for person in form.asks.people:
        parts = _PROMPTS_OF_WORKER if person == "worker" else _PROMPTS_OF_FAMILY
        found += [f"{person}.{part}" for part in parts]
    return (*found, *(_PROMPTS_OF_ACTIONS if form.asks.actions else ()))


def _left_out(wanted: tuple[str, ...], names: Iterable[str]) -> Iterator[str]:
    """The wanted names that are neither there nor meant by one that is misspelt."""
    found = set(names)
    meant = {nearest(name, wanted) for name in found - set(wanted)}
    return (name for name in wanted if name not in found and name not in meant)


def _unknown(names: Iterable[str], known: tuple[str, ...], path: KeyPath, what: str) -> Iterator[Fault]:
    for name in names:
        if name not in known:
            yield Fault((*path, name), f"“{shown(name)}” is not {what}; {did_you_mean(name, known)}")


def _chosen_from(names: tuple[str, ...], known: tuple[str, ...], path: KeyPath, what: str) -> Iterator[Fault]:
    for index, name in enumerate(names):
        if name not in known:
            yield Fault((*path, index), f"“{shown(name)}” is not {what}; {did_you_mean(name, known)}")
        elif name in names[:index]:
            yield Fault((*path, index), f"“{name}” is there twice; take one out")


def _twice(values: list[str], path: KeyPath, name: str, mend: str) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, value in enumerate(values):
        if value in seen:
            yield Fault((*path, index, name), f"“{shown(value)}” is used twice; {mend}")
        seen.add(value)
