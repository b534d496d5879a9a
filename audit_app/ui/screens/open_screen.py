"""What a person meets first, and while it is locked: choose or make a workspace, and type its passphrase."""

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from audit_app.core.errors import AppError, DamagedStart, DamagedWorkspace, NotAWorkspace, OlderCopy
from audit_app.ui.background import Background
from audit_app.ui.messages import WORKSPACE, Messages, documents_folder
from audit_app.ui.opening import jobs
from audit_app.ui.opening.attempts import Attempts
from audit_app.ui.opening.jobs import Answers
from audit_app.ui.opening.side import Side
from audit_app.ui.opening.unlock_form import UnlockForm
from audit_app.ui.opening.welcome import Welcome
from audit_app.ui.roles import Surface, set_surface
from audit_app.ui.theme import Theme

if TYPE_CHECKING:
    from audit_app.core.recovery_key import Secret
    from audit_app.services.recent import RecentWorkspaces
    from audit_app.services.session import Session
    from audit_app.services.workspaces import Workspaces
    from audit_app.ui.background import Progress
    from audit_app.ui.opening.create_form import CreateForm, NewWorkspace
    from audit_app.ui.opening.working import Reopened, Working

_CARD_WIDTH = 560


class OpenScreen(QWidget):
    """``opened`` carries the Session of the workspace that was opened or made; ``created`` follows if made.

    Each of its parts is made when it is first wanted: only one is seen when the program starts.
    """

    opened = Signal(object)
    created = Signal()
    reopened = Signal(object)  # Reopened

    def __init__(
        self,
        recent: "RecentWorkspaces",
        workspaces: Callable[[], "Workspaces"],
        background: Background,
        messages: Messages,
        theme: Theme,
        sample_folder: Path,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._recent = recent
        self._workspaces = workspaces
        self._background = background
        self._messages = messages
        self._theme = theme
        self._sample_folder = sample_folder
        self._path: Path | None = None
        self._attempts = Attempts()
        self._answers = Answers()
        self._form: QWidget | None = None
        self._working: Working | None = None
        self._card = QFrame()
        set_surface(self._card, Surface.CARD)
        self._inside = QVBoxLayout(self._card)
        self._inside.setContentsMargins(32, 24, 32, 24)
        self._ground = QWidget()
        # Stretches, not an alignment: an aligned widget is as high as its words are on one line.
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(self._card, 20)
        across.addStretch(1)
        middle = QVBoxLayout(self._ground)
        middle.setContentsMargins(24, 24, 24, 24)
        middle.addStretch(2)
        middle.addLayout(across)
        middle.addStretch(3)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self._ground, 1)
        self._fit()
        theme.changed.connect(self._fit)

    # -- Parts -------------------------------------------------------------------------------------

    @cached_property
    def side(self) -> Side:
        """The recent workspaces, at the left."""
        made = Side()
        self._row.insertWidget(0, made)
        made.chosen.connect(self.ask_for)
        made.new.connect(self.make_new)
        made.other.connect(self._on_other)
        made.sample.connect(self.open_sample)
        made.forget.connect(self._on_forget)
        return made

    @cached_property
    def welcome(self) -> Welcome:
        """What is shown to somebody without a workspace."""
        made = Welcome()
        self._inside.addWidget(made)
        made.new.connect(self.make_new)
        made.other.connect(self._on_other)
        made.sample.connect(self.open_sample)
        return made

    @cached_property
    def unlock(self) -> UnlockForm:
        """Asks for a passphrase."""
        made = UnlockForm(self._attempts)
        self._inside.addWidget(made)
        made.submitted.connect(self._on_secret)
        made.snapshots.connect(self._on_snapshots)
        made.other.connect(self._on_left)
        return made

    @cached_property
    def create_form(self) -> "CreateForm":
        """Asks for what a new workspace needs."""
        from audit_app.ui.opening.create_form import CreateForm

        made = CreateForm(self._strength_of, self._messages, documents_folder())
        self._inside.addWidget(made)
        made.submitted.connect(self._on_create)
        made.left.connect(self._on_left)
        self._make_scrollable()
        return made

    def _make_scrollable(self) -> None:
        from PySide6.QtCore import Qt

        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._row.addWidget(scroll, 1)
        scroll.setWidget(self._ground)
        scroll.show()
        self._ground.show()

    def _show_form(self, form: QWidget) -> None:
        if self._form is not None and self._form is not form:
            self._form.hide()
        self._form = form
        form.show()

    @Slot()
    def _fit(self) -> None:
        self._card.setMaximumWidth(self._theme.scaled(_CARD_WIDTH))

    # -- What it can be asked to show --------------------------------------------------------------

    @Slot()
    def choose(self, path: Path | None = None) -> None:
        """Offer the recent workspaces, with ``path`` or the last one asking for its passphrase."""
        recent = self._recent.all()
        if recent or self._has("side"):
            self.side.show_recent(recent)
            self.side.setVisible(bool(recent))
        found = path or next((one.path for one in recent if one.exists), None)
        if found is not None:
            self.ask_for(found)
        else:
            self._path = None
            self._show_form(self.welcome)
            self.welcome.focus()

    @Slot(object)
    def ask_for(self, path: Path) -> None:
        """Ask for the passphrase of one workspace."""
        self._path = path
        if self._has("side"):
            self.side.mark(path)
        self.unlock.ask(path, path.stem, f"In {path.parent}")
        self._show_form(self.unlock)
        self.unlock.focus()

    def show_locked(self, path: Path, why: str = "") -> None:
        """Ask for the passphrase of the workspace that was open until now, and offer nothing else."""
        self._path = path
        if self._has("side"):
            self.side.hide()
        words = why or "Everything is saved. Type the passphrase to go on where you were."
        self.unlock.ask(path, f"{path.stem} is locked", words, alone=True)
        self._show_form(self.unlock)
        self.unlock.focus()

    def work_on(self, path: Path, job: "Callable[[Progress], Reopened]", title: str, words: str) -> None:
        """Let ``job`` change the file of a closed workspace, and open what it gives; say so meanwhile.

        ``reopened`` carries what the job gave. Where it is refused, the workspace asks for its passphrase.
        """
        from audit_app.ui.opening.working import Working

        self._path = path
        if self._has("side"):
            self.side.hide()
        self._working = Working(title, words, self._background)
        self._inside.addWidget(self._working)
        self._show_form(self._working)
        self._background.run(job, self._on_worked, self._on_worked_not, title=title)

    @Slot()
    def make_new(self) -> None:
        """Show the form for a new workspace."""
        if self._has("side"):
            self.side.mark(None)
        self._show_form(self.create_form)
        self.create_form.ask()

    @Slot()
    def open_sample(self) -> None:
        """Open the sample workspace, which is made when it is not there."""
        self._set_busy(True)
        job = partial(jobs.open_sample, self._workspaces, self._sample_folder)
        self._background.run(job, self._on_opened, self._on_sample_not, title="Preparing the sample")

    # -- What a person does ------------------------------------------------------------------------

    @Slot()
    def _on_other(self) -> None:
        path = self._messages.choose_open(self, "Open a workspace", WORKSPACE)
        if path is not None:
            self.ask_for(path)

    @Slot()
    def _on_left(self) -> None:
        self.choose()

    @Slot()
    def _on_forget(self) -> None:
        if self._path is not None:
            self._recent.forget(self._path)
            self.choose()

    @Slot(object)
    def _on_secret(self, secret: "Secret") -> None:
        self._open(secret, Answers())

    def _open(self, secret: "Secret", answers: Answers) -> None:
        if self._path is not None:
            self._answers = answers
            self._set_busy(True)
            job = partial(jobs.open_existing, self._workspaces, self._path, secret, answers)
            self._background.run(job, self._on_opened, self._on_refused, quiet=True)

    @Slot()
    def _on_snapshots(self) -> None:
        from audit_app.ui.snapshots.going_back import restore_job

        path, secret = self._path, self.unlock.secret
        if path is None or not secret:
            return
        wanted = restore_job(path, secret, self._workspaces, self._background, self._theme, self)
        if wanted is not None:
            self.unlock.forget()
            self.work_on(path, *wanted)

    @Slot(object)
    def _on_create(self, wanted: "NewWorkspace") -> None:
        self._set_busy(True)
        job = partial(jobs.create, self._workspaces, wanted.path, wanted.passphrase, wanted.owner)
        self._background.run(job, self._on_created, self._on_created_not, quiet=True)

    # -- What comes back ---------------------------------------------------------------------------

    def _on_opened(self, session: "Session") -> None:
        self._set_busy(False)
        if self._has("unlock"):
            self.unlock.forget()
        if self._has("create_form"):
            self.create_form.forget()
        self.opened.emit(session)

    def _on_created(self, session: "Session") -> None:
        self._on_opened(session)
        self.created.emit()

    def _on_refused(self, error: AppError) -> None:
        self._set_busy(False)
        self.unlock.fail(error, snapshots=self._can_go_back(error))
        answers = self._asked(error)
        secret = self.unlock.secret if answers else None
        if answers and secret is not None:
            self._open(secret, answers)

    def _can_go_back(self, error: AppError) -> bool:
        """Whether the file is damaged or gone, and there are snapshots of it."""
        if self._path is None or not isinstance(error, DamagedWorkspace | NotAWorkspace):
            return False
        return self._workspaces().has_snapshots(self._path)

    def _asked(self, error: AppError) -> Answers | None:
        """What the person says to what was found wrong with the file; None to leave it."""
        if isinstance(error, DamagedStart) and self._messages.ask(
            self, "The start of the file is damaged", error.sentence, "&Mend it and open"
        ):
            return replace(self._answers, mend=True)
        if isinstance(error, OlderCopy) and self._messages.ask(
            self, "Changes are missing in this copy", error.sentence, "Open &without them", danger=True
        ):
            return replace(self._answers, accept_older=True)
        return None

    def _on_worked(self, result: "Reopened") -> None:
        self._end_working()
        self._on_opened(result.session)
        self.reopened.emit(result)

    def _on_worked_not(self, error: AppError) -> None:
        self._end_working()
        if self._path is not None:
            self.show_locked(self._path)
            self.unlock.fail(error)

    def _end_working(self) -> None:
        if self._working is not None:
            self._form = None
            self._working.hide()
            self._working.deleteLater()
            self._working = None

    def _on_created_not(self, error: AppError) -> None:
        self._set_busy(False)
        self.create_form.fail(error)

    def _on_sample_not(self, error: AppError) -> None:
        self._set_busy(False)
        self._messages.error(self, error)

    def _set_busy(self, busy: bool) -> None:
        if self._form is not None:
            self._form.setEnabled(not busy)
        if self._has("side"):
            self.side.setEnabled(not busy)
        if self._has("unlock"):
            self.unlock.set_busy(busy)

    def _has(self, part: str) -> bool:
        return part in self.__dict__

    def _strength_of(self, text: str) -> tuple[int, str]:
        strength = self._workspaces().passphrase_strength(text)
        return strength.score, strength.sentence
