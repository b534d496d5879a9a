"""One audit as a PDF, to be talked through with the worker."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Spacer

from audit_app.core.audit import Audit, AuditState, DomainJudgement
from audit_app.core.fields import ANSWERS, PEOPLE, TEXT_LABELS, Field, FieldKind, all_fields, grade_options
from audit_app.core.form import NOT_GRADED, Domain, Form
from audit_app.core.sentences import form_text
from audit_app.core.table import DASH
from audit_app.core.words import dates_text, long_date
from audit_app.reports import pdf_parts as styles
from audit_app.reports.charts import shape_drawing
from audit_app.reports.contents import CaseReport
from audit_app.reports.inks import grade_ink
from audit_app.reports.pdf_document import BODY_WIDTH, Face, build_pdf
from audit_app.reports.pdf_flowables import Picture
from audit_app.reports.pdf_parts import Parts
from audit_app.reports.pdf_tables import Cell, Column, Command, box, data_table, grounds

KICKER = "Case audit"
NOTHING_WRITTEN = "Nothing written."
_SHAPE_SIZE = 9.0


def case_pdf(report: CaseReport) -> bytes:
    """The whole report as a PDF."""
    audit = report.audit
    face = Face(
        f"{KICKER}: {audit.reference}",
        report.programme.title,
        f"{audit.reference} · confidential: about one child",
    )

    return build_pdf(lambda: case_flowables(report), face, long=True)


def case_flowables(report: CaseReport) -> list[Flowable]:
    """What the report is made of, in order, to be drawn on a ``ReportCanvas``."""
    return list(_Story(report).flowables())


class _Story:
    """The flowables of one report, part by part."""

    def __init__(self, report: CaseReport) -> None:
        self._report = report
        self._audit: Audit = report.audit
        self._form: Form = report.form
        self._parts = Parts()
        self._fields = all_fields(report.form)
        self._grade_titles = {option.id: option.title for option in grade_options(report.form)}

    def flowables(self) -> Iterator[Flowable]:
        parts = self._parts
        yield from parts.title_block(KICKER, self._audit.reference, self._report.programme.title)
        yield parts.facts(self._facts())
        yield Spacer(0, 6)
        yield parts.contents()
        yield from self._at_a_glance()
        for domain in self._form.domains:
            yield from self._domain(domain)
        yield from self._safety()
        yield from self._feedback()
        yield from self._actions()
        yield Spacer(0, 8)
        yield from parts.replaced_note()

    # The case

    def _facts(self) -> list[tuple[str, str]]:
        audit, report = self._audit, self._report
        cohorts = {cohort.id: cohort.title for cohort in report.programme.cohorts}
        looked_at = (self._day("audit.period_from"), self._day("audit.period_to"))
        told = [
            ("Auditor", audit.auditor.name),
            ("Audited", long_date(audit.audit_date) if audit.audit_date else ""),
            ("Looked at", dates_text(*looked_at)),
            ("State", _state(audit.state)),
            ("Cohort", cohorts.get(audit.value("case.cohort"), "")),
            ("Service", audit.value("case.service")),
            ("Team", audit.value("case.team")),
            ("Worker", audit.value("case.worker")),
        ]
        for question in self._form.case_questions:
            told.append((question.label, self._shown(f"case.{question.id}")))
        return [
            *told,
            ("Form", form_text(self._form)),
            ("Made", f"{long_date(report.made_on)} by {report.made_by}"),
        ]

    def _day(self, key: str) -> date | None:
        value = self._audit.value(key)
        return date.fromisoformat(value) if value else None

    def _shown(self, key: str) -> str:
        """A field's answer as a person reads it; blank when there is none."""
        field: Field = self._fields[key]
        value = self._audit.value(key)
        if not value:
            return ""
        if field.kind is FieldKind.DATE:
            return long_date(date.fromisoformat(value))
        return field.option_title(value) if field.kind is FieldKind.CHOICE else value

    # Grades

    def _at_a_glance(self) -> Iterator[Flowable]:
        parts = self._parts
        yield from parts.heading("At a glance", room=220)
        heads = [parts.words(head, styles.HEAD) for head in ("Area", "", "Grade", "Standards")]
        widths = [150.0, 22.0, 140.0, BODY_WIDTH - 312]
        rows: list[list[Cell]] = []
        grades = [self._audit.value(f"{domain.id}.grade") for domain in self._form.domains]
        for domain, grade in zip(self._form.domains, grades, strict=True):
            answers = _standards_text(self._audit.judgement(domain))
            rows.append(self._grade_row(domain.title, grade, answers, styles.CELL))
        overall = self._audit.value("overall.grade")
        rows.append(self._grade_row("Overall", overall, self._suggestion(), styles.CELL_STRONG))
        commands = self._grade_grounds([*grades, overall])
        columns = [Column(head, width) for head, width in zip(heads, widths, strict=True)]
        yield data_table(columns, rows, commands)
        yield Spacer(0, 8)
        yield box(list(self._overall_and_safe()), BODY_WIDTH)

    def _grade_row(self, title: str, grade_id: str, beside: str, style: ParagraphStyle) -> list[Cell]:
        parts = self._parts
        return [
            parts.words(title, style),
            self._shape(grade_id) or "",
            parts.words(self._grade_title(grade_id), styles.CELL_STRONG),
            parts.words(beside, styles.CELL),
        ]

    def _shape(self, grade_id: str) -> Flowable | None:
        if grade_id not in self._form.scale.ids:
            return None
        return Picture(shape_drawing(self._form.scale.grade(grade_id), _SHAPE_SIZE))

    def _grade_title(self, grade_id: str) -> str:
        return self._grade_titles.get(grade_id, grade_id) or "Not graded yet"

    def _grade_grounds(self, grade_ids: Sequence[str]) -> list[Command]:
        scale = self._form.scale
        inks = [grade_ink(scale.grade(grade).shape).soft if grade in scale.ids else "" for grade in grade_ids]
        return grounds(inks, first_row=1, first_column=1, last_column=2)

    def _suggestion(self) -> str:
        suggested = self._report.suggested
        if suggested is None:
            return "Nothing is suggested, as no domain is graded"
        return f"{self._grade_title(suggested)} is suggested by the form's rule"

    def _overall_and_safe(self) -> Iterator[Flowable]:
        parts, audit = self._parts, self._audit
        chosen, suggested = audit.value("overall.grade"), self._report.suggested
        if chosen and chosen not in (NOT_GRADED, suggested):
            yield parts.words(self._fields["overall.reason"].label, styles.LABEL)
            yield from self._text("overall.reason")
        if chosen == NOT_GRADED:
            yield parts.words("Why the overall is not graded", styles.LABEL)
            yield from self._text("overall.not_graded_reason")
        yield parts.words(self._fields["safe.now"].label, styles.LABEL)
        style = styles.GRADE if audit.value("safe.now") == "no" else styles.LEAD
        yield parts.words(self._safe_sentence(), style)

    def _safe_sentence(self) -> str:
        safe = self._audit.value("safe.now")
        if safe != "no":
            return self._shown("safe.now") or "Not answered yet."
        told = self._audit.value("safe.told")
        if not told:
            return "No. It is not yet written who was told."
        when = [self._shown("safe.told_on"), self._audit.value("safe.told_at")]
        how = self._audit.value("safe.told_how")
        at = ", ".join(part for part in (*when, how) if part)
        return f"No. Told: {told}{f' ({at})' if at else ''}."

    # Domains

    def _domain(self, domain: Domain) -> Iterator[Flowable]:
        parts, said = self._parts, self._audit.judgement(domain)
        yield from parts.heading(domain.title, room=120)
        yield self._grade_line(said.grade)
        if said.grade == NOT_GRADED:
            yield parts.words(self._fields[f"{domain.id}.not_graded_reason"].label, styles.SUBHEADING)
            yield from self._text(f"{domain.id}.not_graded_reason")
        for text in self._form.asks.texts:
            yield from parts.heading(TEXT_LABELS[text], level=2, room=56)
            yield from self._text(f"{domain.id}.{text}")
        if domain.standards:
            yield Spacer(0, 6)
            yield self._standards(domain, said)

    def _grade_line(self, grade_id: str) -> Flowable:
        words = self._parts.words(self._grade_title(grade_id), styles.GRADE)
        return self._parts.beside(self._shape(grade_id), words)

    def _text(self, key: str) -> list[Flowable]:
        text = self._parts.paragraphs(self._audit.value(key))
        return text or [self._parts.words(NOTHING_WRITTEN, styles.EMPTY)]

    def _standards(self, domain: Domain, said: DomainJudgement) -> Flowable:
        parts = self._parts
        dated = any(standard.dated for standard in domain.standards)
        titles = ["Standard", "Answer", *(["Last event"] if dated else [])]
        widths = [0.0, 90.0, *([100.0] if dated else [])]
        widths[0] = BODY_WIDTH - sum(widths)
        rows: list[list[Cell]] = []
        for standard, given in zip(domain.standards, said.standards, strict=True):
            answer = next((option.title for option in ANSWERS if option.id == given.answer), DASH)
            row: list[Cell] = [
                parts.words(standard.text, styles.CELL),
                parts.words(answer, styles.CELL_STRONG),
            ]
            if dated:
                event = long_date(date.fromisoformat(given.last_event)) if given.last_event else ""
                row.append(parts.words(event, styles.CELL))
            rows.append(row)
        columns = [
            Column(parts.words(title, styles.HEAD), width)
            for title, width in zip(titles, widths, strict=True)
        ]
        return data_table(columns, rows)

    # Safety, feedback, actions

    def _safety(self) -> Iterator[Flowable]:
        if self._audit.value("safe.now") != "no":
            return
        yield from self._parts.heading("The child is not safe now")
        for key in ("safe.concern", "safe.told", "safe.told_on", "safe.told_at", "safe.told_how"):
            yield self._parts.words(self._fields[key].label, styles.LABEL)
            yield from self._answer(key)

    def _answer(self, key: str) -> list[Flowable]:
        shown = self._parts.paragraphs(self._shown(key))
        return shown or [self._parts.words("Not answered.", styles.EMPTY)]

    def _feedback(self) -> Iterator[Flowable]:
        if not self._form.asks.people:
            return
        yield from self._parts.heading("Feedback")
        for person in self._form.asks.people:
            yield from self._parts.heading(PEOPLE[person], level=2, room=64)
            yield from self._person(person)

    def _person(self, person: str) -> Iterator[Flowable]:
        """What was answered, in the order of the form; where nothing was, it says so."""
        answered = [key for key in self._fields if key.startswith(f"{person}.") and self._audit.value(key)]
        if not answered:
            yield self._parts.words("Not asked yet.", styles.EMPTY)
        for key in answered:
            label = self._fields[key].label.partition(": ")[2]
            yield self._parts.words(f"{label[0].upper()}{label[1:]}", styles.LABEL)
            yield from self._answer(key)

    def _actions(self) -> Iterator[Flowable]:
        if not self._form.asks.actions:
            return
        parts = self._parts
        yield from parts.heading("Actions", room=120)
        actions = self._audit.actions()
        if not actions:
            yield parts.words("There are no actions.", styles.EMPTY)
            return
        titles = ("", "What must change", "How anyone will know it is done", "Owner", "Due", "RAG")
        widths = [20.0, 148.0, 122.0, 74.0, 68.0, 0.0]
        widths[-1] = BODY_WIDTH - sum(widths)
        columns = [
            Column(parts.words(title, styles.HEAD), width)
            for title, width in zip(titles, widths, strict=True)
        ]
        rows: list[list[Cell]] = [
            [
                parts.words(str(place), styles.CELL_STRONG),
                parts.paragraphs(action.what, styles.CELL) or "",
                parts.paragraphs(action.measure, styles.CELL) or "",
                parts.words(action.owner, styles.CELL),
                parts.words(long_date(date.fromisoformat(action.due)) if action.due else "", styles.CELL),
                parts.words(self._shown(f"action.{action.number}.rag"), styles.CELL),
            ]
            for place, action in enumerate(actions, start=1)
        ]
        yield data_table(columns, rows)


def _state(state: AuditState) -> str:
    return f"{state.label}: not submitted yet" if state is AuditState.DRAFT else state.label


def _standards_text(said: DomainJudgement) -> str:
    """How many standards have each answer: ``5 met, 1 partly met``."""
    given = Counter(answer.answer for answer in said.standards if answer.answer)
    parts = [f"{given[option.id]} {option.title.lower()}" for option in ANSWERS if given[option.id]]
    return ", ".join(parts)
