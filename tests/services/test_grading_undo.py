"""Undo and redo across a whole audit, against a plain model of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from workspace_builders import PASSPHRASE, new_session, workspaces_in

from audit_app.services.session import Session
from audit_app.storage import history


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """An open workspace."""
    with new_session(tmp_path) as found:
        yield found


def test_typing_in_one_field_is_one_step_until_it_is_left(session: Session) -> None:
    audit, grading = session.audits.start("LA 1")[0], session.grading
    for text in ("a", "ab", "abc"):
        grading.set(audit, "voice.evidence", text)
    grading.settle(audit, "voice.evidence")
    grading.set(audit, "voice.evidence", "abcd")
    undone = grading.undo(audit)
    assert undone is not None
    assert (undone.key, undone.value, undone.all_keys) == ("voice.evidence", "abc", ("voice.evidence",))
    undone = grading.undo(audit)
    assert undone is not None
    assert undone.value == ""
    assert not grading.can_undo(audit)
    assert grading.undo(audit) is None


def test_a_grade_between_two_texts_makes_three_steps(session: Session) -> None:
    audit, grading = session.audits.start("LA 1")[0], session.grading
    grading.set(audit, "voice.evidence", "a")
    grading.set(audit, "voice.grade", "good")
    grading.set(audit, "voice.evidence", "ab")
    undone = [grading.undo(audit) for _ in range(3)]
    assert [(step.key, step.value) for step in undone if step] == [
        ("voice.evidence", "a"),
        ("voice.grade", ""),
        ("voice.evidence", ""),
    ]


def test_several_fields_set_together_are_one_step(session: Session) -> None:
    audit, grading = session.audits.start("LA 1")[0], session.grading
    grading.set_many(audit, {"action.1.what": "Review", "action.1.due": "2026-02-01", "action.1.rag": "red"})
    undone = grading.undo(audit)
    assert undone is not None
    assert undone.all_keys == ("action.1.what", "action.1.due", "action.1.rag")
    assert not [key for key in session.audits.get(audit).answers if key.startswith("action")]
    grading.redo(audit)
    assert session.audits.get(audit).value("action.1.what") == "Review"


def test_undo_is_in_the_history_as_such(session: Session) -> None:
    audit, grading = session.audits.start("LA 1")[0], session.grading
    grading.set(audit, "voice.evidence", "a")
    grading.set(audit, "voice.grade", "good")
    grading.undo(audit)
    grading.undo(audit)
    grading.redo(audit)
    kinds = [line.kind for line in history.of_subject(session.workspace.db, audit)]
    assert kinds == ["started", "changed", "changed", "undone", "undone", "redone"]


def test_an_edit_after_undo_ends_redo(session: Session) -> None:
    audit, grading = session.audits.start("LA 1")[0], session.grading
    grading.set(audit, "voice.grade", "good")
    grading.undo(audit)
    grading.set(audit, "voice.grade", "inadequate")
    assert not grading.can_redo(audit)


class Model:
    """What undo means, written as plainly as can be: a copy of everything for each step."""

    def __init__(self, start: dict[str, str]) -> None:
        self.now = dict(start)
        self.before: list[dict[str, str]] = []
        self.after: list[dict[str, str]] = []
        self.typing: str | None = None

    def set(self, values: dict[str, str], text: str | None) -> None:
        """Set some fields; ``text`` when it is a single free text."""
        changed = {key: value for key, value in values.items() if self.now.get(key, "") != value}
        if not changed:
            return
        self.after.clear()
        if text is None or text != self.typing:
            self.before.append(dict(self.now))
        self.now |= changed
        self.now = {key: value for key, value in self.now.items() if value}
        self.typing = text
        if self.before[-1] == self.now:  # typed and taken away again
            self.before.pop()
            self.typing = None

    def undo(self) -> None:
        """One step back; with none to go back, nothing."""
        if self.before:
            self.after.append(self.now)
            self.now = self.before.pop()
            self.typing = None

    def redo(self) -> None:
        """One step forward again; with none, nothing: what is being typed stays one step."""
        if self.after:
            self.before.append(self.now)
            self.now = self.after.pop()
            self.typing = None


TEXTS = st.sampled_from(["voice.evidence", "voice.strengths", "case.team", "safe.told"])
CHOICES = st.sampled_from(["voice.grade", "planning.grade", "overall.grade"])
GRADES = st.sampled_from(["", "good", "requires_improvement", "inadequate", "not_graded"])
WORDS = st.sampled_from(["", "a", "ab", "Zoë\nsaid", "x" * 3_000])


class Edits(RuleBasedStateMachine):
    """Random edits, undo, redo and settling on one audit; ``session`` is set by the test."""

    session: Session
    number = 0

    def __init__(self) -> None:
        super().__init__()
        Edits.number += 1
        self.audit, _ = self.session.audits.start(f"LA {Edits.number}")
        self.model = Model(dict(self.session.audits.get(self.audit).answers))

    @rule(key=TEXTS, value=WORDS)
    def type_text(self, key: str, value: str) -> None:
        """Type on in one field."""
        value = value.replace("\n", " ") if key in ("case.team", "safe.told") else value
        changed = self.model.now.get(key, "") != value
        assert bool(self.session.grading.set(self.audit, key, value)) == changed
        self.model.set({key: value}, key)

    @rule(key=CHOICES, value=GRADES)
    def grade(self, key: str, value: str) -> None:
        """Grade."""
        self.session.grading.set(self.audit, key, value)
        self.model.set({key: value}, None)

    @rule(key=CHOICES, value=GRADES, other=TEXTS, words=st.sampled_from(["", "a"]))
    def set_together(self, key: str, value: str, other: str, words: str) -> None:
        """Set two fields at once."""
        values = {key: value, other: words}
        changed = [name for name in values if self.model.now.get(name, "") != values[name]]
        self.session.grading.set_many(self.audit, values)
        self.model.set(values, other if changed == [other] else None)

    @rule()
    def settle(self) -> None:
        """Leave the field."""
        self.session.grading.settle(self.audit)
        self.model.typing = None

    @rule()
    def undo(self) -> None:
        """Ctrl+Z."""
        assert (self.session.grading.undo(self.audit) is not None) == bool(self.model.before)
        self.model.undo()

    @rule()
    def redo(self) -> None:
        """Ctrl+Shift+Z."""
        assert (self.session.grading.redo(self.audit) is not None) == bool(self.model.after)
        self.model.redo()

    @precondition(lambda self: self.model.before)
    @rule()
    def undo_all(self) -> None:
        """Back to the start."""
        while self.session.grading.undo(self.audit):
            self.model.undo()

    @invariant()
    def same_as_the_model(self) -> None:
        """What is stored is what the model holds."""
        assert dict(self.session.audits.get(self.audit).answers) == self.model.now
        assert self.session.grading.can_undo(self.audit) == bool(self.model.before)
        assert self.session.grading.can_redo(self.audit) == bool(self.model.after)


def test_edits_undo_and_redo_agree_with_a_plain_model(session: Session) -> None:
    machine = type("Edited", (Edits,), {"session": session})
    run_state_machine_as_test(machine, settings=settings(max_examples=25, stateful_step_count=30))
    db = session.workspace.db
    assert history.verify(db) is None
    report = workspaces_in(session.workspace.path.parent / "app").check(session.workspace.path, PASSPHRASE)
    assert report.ok, [line for line in report.lines if not line.ok]
