"""A person's edits without end, each told before it begins and acknowledged when it is done."""

import random
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from session_builders import sheet_row, write_sheet
from workspace_builders import fill_in, new_session, workspaces_in

from audit_app.core.audit import AuditState
from audit_app.core.recovery_key import RecoveryKey
from audit_app.services.session import Session
from audit_app.storage import history

Facts = dict[str, str]
Say = Callable[[Mapping[str, str] | None], None]
"""Told what an edit is about to make true, and then, when it is done, None."""

FILE = "work.caseaudit"
_NOTES = ("recording.evidence", "planning.evidence", "voice.evidence")
_GRADES = ("planning.grade", "outcomes.grade")


@dataclass(frozen=True, slots=True)
class Base:
    """A closed workspace in a folder, with one audit to write in and one to submit and take back."""

    folder: Path
    key: RecoveryKey
    written: str
    submitted: str

    @property
    def path(self) -> Path:
        """The workspace's file."""
        return self.folder / FILE

    @property
    def app(self) -> Path:
        """The program's own folder."""
        return self.folder / "app"

    def open(self) -> Session:
        """Opened for writing by its recovery key, which spares deriving the key."""
        return workspaces_in(self.app).open(self.path, self.key)

    def in_folder(self, folder: Path) -> "Base":
        """The same workspace where its folder was copied to."""
        return Base(folder, self.key, self.written, self.submitted)


def make_base(folder: Path) -> Base:
    """A new workspace in a new folder."""
    folder.mkdir(parents=True)
    with new_session(folder) as session:
        written, _ = session.audits.start("LA written")
        submitted, _ = session.audits.start("LA submitted")
        fill_in(session, submitted)
        return Base(folder, session.keys.show(), written, submitted)


def facts_of(session: Session, base: Base) -> Facts:
    """What is in the workspace, as far as the writer changes it."""
    found = {f"audit {row.reference}": "there" for row in session.audits.rows()}
    answers = session.audits.get(base.written).answers
    found |= {key: answers[key] for key in (*_NOTES, *_GRADES) if key in answers}
    for line in history.of_subject(session.workspace.db, base.written):
        found |= {f"settled {text.text}": "there" for text in line.texts if text.side == "to"}
    found["state"] = session.audits.get(base.submitted).state.value
    return found


class Writer:
    """Does one edit after the other, chosen by chance; text is never the same twice."""

    def __init__(self, session: Session, base: Base, chance: random.Random, number: int, say: Say) -> None:
        self._session = session
        self._base = base
        self._chance = chance
        self._number = number
        self._say = say

    def edits(self) -> Iterator[None]:
        """One edit at each step."""
        deeds = [self._note] * 5 + [self._grade] * 3 + [self._settle] * 3 + [self._state] * 2
        deeds += [self._start, self._import]
        while True:
            self._number += 1
            self._chance.choice(deeds)()
            yield

    def _does(self, facts: Facts, deed: Callable[[], object]) -> None:
        self._say(facts)
        deed()
        self._say(None)

    def _note(self) -> None:
        key = self._chance.choice(_NOTES)
        text = f"note {self._number} " + "words " * self._chance.choice((1, 20, 300, 1_500))
        self._does({key: text}, lambda: self._session.grading.set(self._base.written, key, text))

    def _grade(self) -> None:
        key, grade = self._chance.choice(_GRADES), self._chance.choice(("good", "inadequate"))
        self._does({key: grade}, lambda: self._session.grading.set(self._base.written, key, grade))

    def _settle(self) -> None:
        self._does(self._settled(), lambda: self._session.grading.settle(self._base.written))

    def close(self) -> None:
        """Close the workspace, which settles what was typed."""
        self._does(self._settled(), self._session.close)

    def _settled(self) -> Facts:
        now = self._session.audits.get(self._base.written).answers
        return {f"settled {now[key]}": "there" for key in _NOTES if key in now}

    def _state(self) -> None:
        audit = self._base.submitted
        if self._session.audits.get(audit).state is AuditState.DRAFT:
            self._does({"state": "submitted"}, lambda: self._session.grading.submit(audit))
        else:
            self._does({"state": "draft"}, lambda: self._session.grading.take_back(audit))

    def _start(self) -> None:
        reference = f"LA {self._number}"
        self._does({f"audit {reference}": "there"}, lambda: self._session.audits.start(reference))

    def _import(self) -> None:
        references = [f"IMP {self._number}-{row}" for row in range(self._chance.choice((1, 5, 40)))]
        sheet = self._base.folder / "sheet.csv"
        write_sheet(sheet, [sheet_row(reference) for reference in references])
        preview = self._session.importing.preview(sheet, "Soak")
        facts = {f"audit {reference}": "there" for reference in references}
        self._does(facts, lambda: self._session.importing.apply(preview))
