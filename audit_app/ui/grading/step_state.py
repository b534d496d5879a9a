"""How far each step is: nothing yet, begun or complete, and its grade."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from audit_app.core.audit import Missing
from audit_app.core.fields import Field, Step
from audit_app.core.form import Form


class Progress(StrEnum):
    """How far a step is; its value is the word for it."""

    NOTHING = "nothing yet"
    BEGUN = "begun"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class StepState:
    """A step as the list shows it; ``grade`` is blank where there is none."""

    step: Step
    progress: Progress
    grade: str


def step_states(
    form: Form,
    all_steps: tuple[Step, ...],
    fields: Mapping[str, Field],
    answers: Mapping[str, str],
    missing: tuple[Missing, ...],
    submitted: bool,
) -> tuple[StepState, ...]:
    """The state of every step; with nothing missing it is complete only if something was answered."""
    begun = {fields[key].step for key, value in answers.items() if value and key in fields}
    waiting = {thing.step for thing in missing}
    graded = {domain.id: f"{domain.id}.grade" for domain in form.domains} | {"overall": "overall.grade"}

    def progress(step: Step) -> Progress:
        if step.id == "review":
            return Progress.COMPLETE if submitted else Progress.NOTHING
        if step.id not in begun:
            return Progress.NOTHING
        return Progress.BEGUN if step.id in waiting else Progress.COMPLETE

    return tuple(
        StepState(step, progress(step), answers.get(graded.get(step.id, ""), "")) for step in all_steps
    )


def where_to_begin(states: tuple[StepState, ...], form: Form) -> str:
    """The step to open an audit at: the case for a new one, else the first that is not complete."""
    domains = {domain.id for domain in form.domains}
    if all(state.progress is Progress.NOTHING for state in states if state.step.id in domains):
        return states[0].step.id
    unfinished = (state.step.id for state in states[1:] if state.progress is not Progress.COMPLETE)
    return next(unfinished, states[-1].step.id)
