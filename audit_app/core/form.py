"""The questionnaire: domains, standards, the grade scale and the rule that suggests an overall grade."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

DOMAIN_IDS = ("recording", "assessment", "planning", "voice", "outcomes", "oversight")
NOT_GRADED = "not_graded"


class Shape(StrEnum):
    """The shape drawn beside a grade, so that colour never stands alone."""

    CIRCLE = "circle"
    TRIANGLE = "triangle"
    SQUARE = "square"
    STAR = "star"


@dataclass(frozen=True, slots=True)
class Grade:
    """One grade of a scale; ``key`` is the digit that gives it on the keyboard (1 is always Good)."""

    id: str
    title: str
    short: str
    shape: Shape
    key: int


@dataclass(frozen=True, slots=True)
class GradeScale:
    """The grades, best first, and the lowest one that counts as success."""

    id: str
    grades: tuple[Grade, ...]
    success: str

    @property
    def ids(self) -> tuple[str, ...]:
        """Grade ids, best first."""
        return tuple(grade.id for grade in self.grades)

    def grade(self, grade_id: str) -> Grade:
        """The grade with this id; KeyError where the scale has none."""
        for grade in self.grades:
            if grade.id == grade_id:
                return grade
        raise KeyError(grade_id)

    def by_key(self, key: int) -> Grade | None:
        """The grade that a digit gives, or None."""
        return next((grade for grade in self.grades if grade.key == key), None)

    @property
    def success_ids(self) -> tuple[str, ...]:
        """The grades that are at least as good as ``success``, best first."""
        return self.ids[: self.ids.index(self.success) + 1]


@dataclass(frozen=True, slots=True)
class Limit:
    """At least ``at_least`` domains graded ``grade``, and none graded any of ``none_of``, give ``gives``."""

    grade: str
    at_least: int
    gives: str
    none_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OverallRule:
    """The first limit that holds gives the suggestion, else ``otherwise``. Never an average."""

    otherwise: str
    limits: tuple[Limit, ...] = ()

    def suggest(self, domain_grades: Mapping[str, str | None]) -> str | None:
        """The suggested overall grade; None when no domain is graded. Domains not graded are left out."""
        graded = [grade for grade in domain_grades.values() if grade and grade != NOT_GRADED]
        if not graded:
            return None
        for limit in self.limits:
            if graded.count(limit.grade) >= limit.at_least and not set(limit.none_of) & set(graded):
                return limit.gives
        return self.otherwise


@dataclass(frozen=True, slots=True)
class Standard:
    """One thing a form asks in a domain; ``dated`` asks for the date of the last event as well."""

    id: str
    text: str
    help: str = ""
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Domain:
    """One of the six domains as a form asks it; ``descriptors`` holds one text per grade id."""

    id: str
    title: str
    asks: str
    standards: tuple[Standard, ...]
    descriptors: dict[str, str]
    prompts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a question: the id that is kept and the words that are shown."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class CaseQuestion:
    """A fact about the child or the file; ``kind`` is ``line``, ``text``, ``date`` or ``choice``."""

    id: str
    label: str
    kind: str = "line"
    prompt: str = ""
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Asks:
    """Which parts, beyond standards and grades, the form has.

    ``texts`` are asked in each domain; ``people`` are those whose views are sought (worker, child, parent,
    carer).
    """

    texts: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    actions: bool = False


@dataclass(frozen=True, slots=True)
class Requires:
    """What must be there before an audit can be submitted, beyond a grade for each domain and the overall.

    ``standards``: every standard answered. ``evidence``: evidence behind each grade. ``development_below``:
    areas for development wherever a domain is graded below the success line. ``feedback``: for each person,
    asked or why not. ``action_below``: at least one action where the overall is below the success line.
    """

    audit_date: bool = True
    standards: bool = True
    evidence: bool = True
    development_below: bool = False
    feedback: bool = False
    action_below: bool = False


@dataclass(frozen=True, slots=True)
class FormRef:
    """Exactly which questionnaire an audit was made on."""

    id: str
    version: int
    content_hash: str


@dataclass(frozen=True, slots=True)
class Form:
    """A questionnaire, immutable once used.

    ``family`` is shared by versions and scales whose domains ask the same; ``content_hash`` is SHA-256 (hex)
    of its file. ``prompts`` holds the prompts of fields outside the domains, by field name
    (``overall.reason``, ``safe.told`` ...).
    """

    id: str
    version: int
    title: str
    family: str
    about: str
    scale: GradeScale
    overall: OverallRule
    asks: Asks
    requires: Requires
    domains: tuple[Domain, ...]
    case_questions: tuple[CaseQuestion, ...] = ()
    prompts: dict[str, str] = field(default_factory=dict)
    content_hash: str = ""

    @property
    def ref(self) -> FormRef:
        """Id, version and content hash together."""
        return FormRef(self.id, self.version, self.content_hash)

    def domain(self, domain_id: str) -> Domain:
        """The domain with this id; KeyError where the form has none."""
        for domain in self.domains:
            if domain.id == domain_id:
                return domain
        raise KeyError(domain_id)
