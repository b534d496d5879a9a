"""What an import does off the GUI thread: read a file into a preview, and apply one."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from audit_app.core.changes import Changes
from audit_app.core.errors import AppError, Cancelled, FileRefused, Problem
from audit_app.services.import_preview import ImportPreview
from audit_app.services.session import Session
from audit_app.ui.background import Progress
from audit_app.ui.models.import_columns import ImportLine, import_columns, import_lines, problem_columns
from audit_app.ui.models.prepared import Prepared


class Stop:
    """Asks a job to stop; the job says whether it did, which a cancelled job of the background does not."""

    def __init__(self) -> None:
        self._asked = threading.Event()

    def ask(self) -> None:
        """Ask."""
        self._asked.set()

    def check(self) -> None:
        """Raise Cancelled if it was asked."""
        if self._asked.is_set():
            raise Cancelled("Cancelled. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class Previewed:
    """What a file would do, or why it was refused; neither where the reading was stopped."""

    preview: ImportPreview | None = None
    lines: Prepared[ImportLine] | None = None
    refusal: str = ""
    problems: Prepared[Problem] | None = None


@dataclass(frozen=True, slots=True)
class Applied:
    """What an import changed, or why it did not; neither where it was stopped."""

    changes: Changes | None = None
    refusal: str = ""


def read(
    session: Session, path: Path, title: str, form_id: str | None, stop: Stop, progress: Progress
) -> Previewed:
    """Read a file and find out what it would do."""

    def report(done: int, total: int, what: str) -> None:
        stop.check()
        progress.report(done, total, what)

    try:
        preview = session.importing.preview(path, title, form_id, report)
        lines = Prepared(
            import_columns(preview.form.scale), list(import_lines(preview)), _line_id, stop.check
        )
        return Previewed(preview, lines)
    except Cancelled:
        return Previewed()
    except FileRefused as error:
        return Previewed(refusal=str(error.args[0]), problems=_prepared(error.problems))
    except AppError as error:
        return Previewed(refusal=error.sentence)


def apply(session: Session, preview: ImportPreview, stop: Stop, progress: Progress) -> Applied:
    """Do what a preview says, all of it or nothing."""

    def report(done: int, total: int, what: str) -> None:
        stop.check()
        progress.report(done, total, what)

    try:
        return Applied(session.importing.apply(preview, report))
    except Cancelled:
        return Applied()
    except AppError as error:
        return Applied(refusal=error.sentence)


def _prepared(problems: Sequence[Problem]) -> Prepared[Problem] | None:
    return Prepared(problem_columns(), problems, _problem_id) if problems else None


def _line_id(line: ImportLine) -> str:
    return line.audit.id


def _problem_id(problem: Problem) -> str:
    return f"{problem.row} {problem.column}"
