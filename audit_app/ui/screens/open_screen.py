"""What a person meets first, and while it is locked: choose or make a workspace, and type its passphrase."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from audit_app.core.errors import AppError
from audit_app.ui.background import Background
from audit_app.ui.messages import WORKSPACE, Messages, documents_folder
from audit_app.ui.opening import jobs
from audit_app.ui.opening.create_form import CreateForm, NewWorkspace
from audit_app.ui.opening.recent_list import RecentList
from audit_app.ui.opening.unlock_form import UnlockForm
from audit_app.ui.opening.welcome import Welcome
from audit_app.ui.roles import ButtonRole, Surface, TextRole, set_button_role, set_surface, set_text_role

if TYPE_CHECKING:
    from audit_app.services.session import Session
    from audit_app.services.workspaces import RecentWorkspace, Workspaces

_CARD_WIDTH = 560
_SIDE_WIDTH = 320


class OpenScreen(QWidget):
    """``opened`` carries the Session of the workspace that was opened or made."""

    opened = Signal(object)

    def __init__(
        self,
        workspaces: Callable[[], "Workspaces"],
        background: Background,
        messages: Messages,
        sample_folder: Path,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspaces = workspaces
        self._background = background
        self._messages = messages
        self._sample_folder = sample_folder
        self._path: Path | None = None
        self._recent = RecentList()
        self._welcome = Welcome()
        self._unlock = UnlockForm()
        self._create: CreateForm | None = None  # made when it is first wanted
        self._new = QPushButton("&New workspace…")
        self._other = QPushButton("&Open a workspace file…")
        self._sample = QPushButton("Look at the &sample")
        self._forget = QPushButton("&Remove from this list")
        self._forget.setAccessibleDescription("The workspace's file stays where it is")
        set_button_role(self._forget, ButtonRole.LINK)
        self._lay_out()
        self._recent.chosen.connect(self._on_chosen)
        self._unlock.submitted.connect(self._on_passphrase)
        self._new.clicked.connect(self.make_new)
        self._other.clicked.connect(self._on_other)
        self._sample.clicked.connect(self.open_sample)
        self._forget.clicked.connect(self._on_forget)

    def _lay_out(self) -> None:
        self._side = QFrame()
        set_surface(self._side, Surface.SUNKEN)
        self._side.setFixedWidth(_SIDE_WIDTH)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(16, 24, 16, 16)
        side.setSpacing(8)
        side.addWidget(set_text_role(QLabel("Audit App"), TextRole.TITLE))
        side.addSpacing(8)
        self._recent_heading = set_text_role(QLabel("Recent workspaces"), TextRole.QUIET)
        side.addWidget(self._recent_heading)
        side.addWidget(self._recent, 1)
        side.addWidget(self._forget)
        side.addSpacing(8)
        for button in (self._new, self._other, self._sample):
            side.addWidget(button)
        card = QFrame()
        set_surface(card, Surface.CARD)
        card.setMaximumWidth(_CARD_WIDTH)
        card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._forms = QVBoxLayout(card)
        self._forms.setContentsMargins(32, 24, 32, 24)
        self._forms.addWidget(self._welcome)
        self._forms.addWidget(self._unlock)
        ground = QWidget()
        middle = QVBoxLayout(ground)
        middle.setContentsMargins(24, 24, 24, 24)
        middle.addStretch(2)
        middle.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(3)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(ground)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side)
        row.addWidget(scroll, 1)

    # -- What it can be asked to show --------------------------------------------------------------

    @Slot()
    def choose(self, path: Path | None = None) -> None:
        """Offer the recent workspaces, with ``path`` or the last one asking for its passphrase."""
        self._side.show()
        recent = self._workspaces().recent()
        self._recent.show_recent(recent)
        for widget in (self._recent_heading, self._recent, self._forget):
            widget.setVisible(bool(recent))
        found = path or next((one.path for one in recent if one.exists), None)
        if found is not None:
            self.ask_for(found)
        else:
            self._path = None
            self._recent.mark(None)
            self._forget.hide()
            self._show_form(self._welcome)
            self._new.setFocus()

    def ask_for(self, path: Path) -> None:
        """Ask for the passphrase of one workspace."""
        self._path = path
        self._recent.mark(path)
        self._forget.setVisible(any(one.path == path for one in self._recents()))
        self._unlock.ask(path, path.stem, f"In {path.parent}")
        self._show_form(self._unlock)
        self._unlock.focus()

    def show_locked(self, path: Path, why: str = "") -> None:
        """Ask for the passphrase of the workspace that was open until now, and offer nothing else."""
        self._path = path
        self._side.hide()
        words = why or "Everything is saved. Type the passphrase to go on where you were."
        self._unlock.ask(path, f"{path.stem} is locked", words)
        self._show_form(self._unlock)
        self._unlock.focus()

    @Slot()
    def make_new(self) -> None:
        """Show the form for a new workspace."""
        if self._create is None:
            self._create = CreateForm(self._strength_of, self._messages, documents_folder())
            self._create.submitted.connect(self._on_create)
            self._create.left.connect(self._on_left)
            self._forms.addWidget(self._create)
        self._recent.mark(None)
        self._forget.hide()
        self._show_form(self._create)
        self._create.ask()

    @Slot()
    def open_sample(self) -> None:
        """Open the sample workspace, which is made when it is not there."""
        self._set_busy(True)
        job = partial(jobs.open_sample, self._workspaces, self._sample_folder)
        self._background.run(job, self._on_opened, self._on_refused, title="Preparing the sample")

    def _show_form(self, form: QWidget) -> None:
        for page in (self._welcome, self._unlock, self._create):
            if page is not None:
                page.setVisible(page is form)

    # -- What a person does ------------------------------------------------------------------------

    @Slot(object)
    def _on_chosen(self, path: Path) -> None:
        self.ask_for(path)

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
            self._workspaces().forget(self._path)
            self.choose()

    @Slot(str)
    def _on_passphrase(self, passphrase: str) -> None:
        if self._path is not None:
            self._set_busy(True)
            job = partial(jobs.open_existing, self._workspaces, self._path, passphrase)
            self._background.run(job, self._on_opened, self._on_refused, quiet=True)

    @Slot(object)
    def _on_create(self, wanted: NewWorkspace) -> None:
        self._set_busy(True)
        job = partial(jobs.create, self._workspaces, wanted.path, wanted.passphrase, wanted.owner)
        self._background.run(job, self._on_opened, self._on_created_not, quiet=True)

    # -- What comes back ---------------------------------------------------------------------------

    def _on_opened(self, session: "Session") -> None:
        self._set_busy(False)
        self._unlock.forget()
        if self._create is not None:
            self._create.forget()
        self.opened.emit(session)

    def _on_refused(self, error: AppError) -> None:
        self._set_busy(False)
        self._unlock.fail(error)

    def _on_created_not(self, error: AppError) -> None:
        self._set_busy(False)
        if self._create is not None:
            self._create.fail(error)

    def _set_busy(self, busy: bool) -> None:
        self._side.setEnabled(not busy)
        self._unlock.set_busy(busy)
        if self._create is not None:
            self._create.set_busy(busy)

    def _recents(self) -> tuple["RecentWorkspace", ...]:
        return self._workspaces().recent()

    def _strength_of(self, text: str) -> tuple[int, str]:
        strength = self._workspaces().passphrase_strength(text)
        return strength.score, strength.sentence
