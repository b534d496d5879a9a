"""Asks for what a new workspace needs: whose it is, where, and a passphrase twice."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from audit_app.core.errors import AppError
from audit_app.services.folders import folder_warning
from audit_app.ui.labelled import announce, name_button
from audit_app.ui.messages import WORKSPACE, Messages
from audit_app.ui.roles import ButtonRole, Surface, TextRole, set_button_role, set_surface, set_text_role
from audit_app.ui.widgets.form_field import FormField
from audit_app.ui.widgets.new_passphrase import NewPassphrase

NO_WAY_BACK = (
    "Keep the passphrase somewhere safe. If it is forgotten, only the recovery key opens the workspace, "
    "which you can write down next. Without either, nobody can open it again: there is nobody to ask."
)


@dataclass(frozen=True, slots=True)
class NewWorkspace:
    """What a person wants made."""

    path: Path
    owner: str
    passphrase: str


class CreateForm(QWidget):
    """``submitted`` carries a NewWorkspace; ``left`` is Cancel. ``strength`` gives 0 to 4 and a sentence."""

    submitted = Signal(object)
    left = Signal()

    def __init__(self, strength: Callable[[str], tuple[int, str]], messages: Messages, folder: Path) -> None:
        super().__init__()
        self._messages = messages
        self._folder = folder
        self._owner = FormField("Your &name", QLineEdit(), "As it will stand under your audits.")
        self._path_edit = QLineEdit()
        self._choose = QPushButton("C&hoose…")
        name_button(self._choose, "Choose where the workspace is kept")
        self._path = FormField("&File", self._path_edit, beside=self._beside(self._path_edit, self._choose))
        self._warning = QLabel()
        self._warned = self._notice(self._warning)
        self._new = NewPassphrase(strength)
        self._refused = set_text_role(QLabel(), TextRole.ERROR)
        self._refused.setWordWrap(True)
        self._create = QPushButton("&Create workspace")
        set_button_role(self._create, ButtonRole.PRIMARY)
        self._cancel = QPushButton("Cance&l")
        self._lay_out()
        self._choose.clicked.connect(self._on_choose)
        self._path_edit.textChanged.connect(self._on_path)
        self._new.entered.connect(self._submit)
        self._create.clicked.connect(self._submit)
        self._cancel.clicked.connect(self.left)

    @staticmethod
    def _beside(edit: QLineEdit, button: QPushButton) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(edit, 1)
        row.addWidget(button)
        return holder

    def _lay_out(self) -> None:
        title = set_text_role(QLabel("New workspace"), TextRole.TITLE)
        about = set_text_role(
            QLabel("One encrypted file that holds everything you work with. It stays on this computer."),
            TextRole.QUIET,
        )
        about.setWordWrap(True)
        notice = self._notice(QLabel(NO_WAY_BACK))
        buttons = QHBoxLayout()
        buttons.addWidget(self._create)
        buttons.addWidget(self._cancel)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        fields = (self._owner, self._path, self._warned, self._new)
        for widget in (title, about, *fields, notice, self._refused):
            column.addWidget(widget)
        column.addSpacing(8)
        column.addLayout(buttons)
        self._refused.hide()
        self._warned.hide()

    @staticmethod
    def _notice(words: QLabel) -> QFrame:
        words.setWordWrap(True)
        notice = QFrame()
        set_surface(notice, Surface.WARNING)
        QVBoxLayout(notice).addWidget(words)
        return notice

    def ask(self) -> None:
        """Begin anew, with a file name that nothing has yet."""
        self._path_edit.setText(str(_free(self._folder / f"My audits{WORKSPACE.endings[0]}")))
        self.forget()
        for field in self._fields:
            field.show_error("")
        self._refuse("")
        self._owner.control.setFocus()

    def forget(self) -> None:
        """Drop the passphrases that were typed."""
        self._new.clear()

    def fail(self, error: AppError) -> None:
        """Say why the workspace was not made."""
        self._refuse(error.sentence)

    @property
    def refusals(self) -> tuple[str, ...]:
        """What is refused now, in the order of the form."""
        errors = (*(field.error for field in self._fields), self._refused.text())
        return tuple(text for text in errors if text)

    @property
    def _fields(self) -> tuple[FormField, ...]:
        return self._owner, self._path, *self._new.fields

    def _refuse(self, sentence: str) -> None:
        self._refused.setText(sentence)
        self._refused.setVisible(bool(sentence))
        if sentence:
            announce(self._refused, sentence)

    @Slot()
    def _on_choose(self) -> None:
        suggested = Path(self._path_edit.text()).name or f"My audits{WORKSPACE.endings[0]}"
        chosen = self._messages.choose_save(self, "Where to keep the workspace", suggested, WORKSPACE)
        if chosen is not None:
            self._path_edit.setText(str(chosen))

    @Slot(str)
    def _on_path(self, text: str) -> None:
        path = Path(text.strip())
        said = folder_warning(path) if path.is_absolute() else ""
        if said != self._warning.text():
            self._warning.setText(said)
            self._warned.setVisible(bool(said))
            if said:
                announce(self._path_edit, said)

    @Slot()
    def _submit(self) -> None:
        path = Path(self._path_edit.text().strip())
        if path.name and path.suffix != WORKSPACE.endings[0]:
            path = path.with_name(path.name + WORKSPACE.endings[0])
        owner = self._owner_name()
        name_problem = "" if owner else "Write your name: audits are signed with it."
        problems = (name_problem, _path_problem(path), *self._new.problems())
        # From the last to the first, so that the cursor ends in the first that is wrong.
        for field, problem in reversed(tuple(zip(self._fields, problems, strict=True))):
            field.show_error(problem)
        if not any(problems):
            self._refuse("")
            self.submitted.emit(NewWorkspace(path, owner, self._new.text()))

    def _owner_name(self) -> str:
        edit = self._owner.control
        return " ".join(edit.text().split()) if isinstance(edit, QLineEdit) else ""


def _path_problem(path: Path) -> str:
    if not path.name:
        return "Choose where the workspace is kept."
    if not path.is_absolute():
        return "Give the whole path, or choose the place with the button."
    if path.exists():
        return "There is a file of that name already. Choose another name; nothing was changed."
    return "" if path.parent.is_dir() else "That folder does not exist. Choose another with the button."


def _free(path: Path) -> Path:
    """This path, or the next one with a number that no file has."""
    number, found = 2, path
    while found.exists():
        found = path.with_stem(f"{path.stem} {number}")
        number += 1
    return found
