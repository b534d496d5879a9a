"""Asks for what a new workspace needs: whose it is, where, and a passphrase twice."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from audit_app.core.errors import AppError
from audit_app.ui.labelled import announce, name, name_button
from audit_app.ui.messages import WORKSPACE, Messages
from audit_app.ui.roles import ButtonRole, Surface, TextRole, set_button_role, set_surface, set_text_role
from audit_app.ui.widgets.form_field import FormField
from audit_app.ui.widgets.passphrase_edit import PassphraseEdit

_ADVICE = "Four or five words that only you would put together are best."
_SHORTEST = 8  # characters
NO_WAY_BACK = (
    "Keep the passphrase somewhere safe. If it is forgotten, nobody can open the workspace again: there is "
    "no other way in, and nobody to ask."
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
        self._strength_of = strength
        self._messages = messages
        self._folder = folder
        self._owner = FormField("Your &name", QLineEdit(), "As it will stand under your audits.")
        self._path_edit = QLineEdit()
        self._choose = QPushButton("C&hoose…")
        name_button(self._choose, "Choose where the workspace is kept")
        self._path = FormField("&File", self._path_edit, beside=self._beside(self._path_edit, self._choose))
        self._first = PassphraseEdit()
        self._passphrase = FormField("&Passphrase", self._first.edit, beside=self._first)
        self._second = PassphraseEdit("passphrase again")
        self._again = FormField("Passphrase &again", self._second.edit, beside=self._second)
        self._bar = QProgressBar()
        self._bar.setRange(0, 4)
        self._bar.setTextVisible(False)
        name(self._bar, "Strength of the passphrase")
        self._hint = set_text_role(QLabel(_ADVICE), TextRole.QUIET)
        self._hint.setWordWrap(True)
        self._refused = set_text_role(QLabel(), TextRole.ERROR)
        self._refused.setWordWrap(True)
        self._create = QPushButton("&Create workspace")
        set_button_role(self._create, ButtonRole.PRIMARY)
        self._cancel = QPushButton("Cance&l")
        self._lay_out()
        self._choose.clicked.connect(self._on_choose)
        self._first.changed.connect(self._on_passphrase)
        self._second.entered.connect(self._submit)
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
        notice = QFrame()
        set_surface(notice, Surface.WARNING)
        words = QLabel(NO_WAY_BACK)
        words.setWordWrap(True)
        QVBoxLayout(notice).addWidget(words)
        buttons = QHBoxLayout()
        buttons.addWidget(self._create)
        buttons.addWidget(self._cancel)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        above: tuple[QWidget, ...] = (title, about, self._owner, self._path, self._passphrase)
        below: tuple[QWidget, ...] = (self._bar, self._hint, self._again, notice, self._refused)
        for widget in above + below:
            column.addWidget(widget)
        column.addSpacing(8)
        column.addLayout(buttons)
        self._refused.hide()

    def ask(self) -> None:
        """Begin anew, with a file name that nothing has yet."""
        self._path_edit.setText(str(_free(self._folder / f"My audits{WORKSPACE.endings[0]}")))
        self.forget()
        for field in (self._owner, self._path, self._passphrase, self._again):
            field.show_error("")
        self._refuse("")
        self._owner.control.setFocus()

    def forget(self) -> None:
        """Drop the passphrases that were typed."""
        self._first.clear()
        self._second.clear()

    def fail(self, error: AppError) -> None:
        """Say why the workspace was not made."""
        self._refuse(error.sentence)

    @property
    def refusals(self) -> tuple[str, ...]:
        """What is refused now, in the order of the form."""
        fields = (self._owner, self._path, self._passphrase, self._again)
        return tuple(text for text in (*(field.error for field in fields), self._refused.text()) if text)

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
    def _on_passphrase(self, text: str) -> None:
        if self._passphrase.error:
            self._passphrase.show_error("")
        if not text:
            self._bar.setValue(0)
            self._hint.setText(_ADVICE)
            return
        score, sentence = self._strength_of(text)
        self._bar.setValue(score)
        self._hint.setText(sentence)

    @Slot()
    def _submit(self) -> None:
        path = Path(self._path_edit.text().strip())
        if path.name and path.suffix != WORKSPACE.endings[0]:
            path = path.with_name(path.name + WORKSPACE.endings[0])
        owner = self._owner_name()
        problems = (
            (self._owner, "" if owner else "Write your name: audits are signed with it."),
            (self._path, _path_problem(path)),
            (self._passphrase, _passphrase_problem(self._first.text())),
            (self._again, "" if self._first.text() == self._second.text() else "The two passphrases differ."),
        )
        # From the last to the first, so that the cursor ends in the first that is wrong.
        for field, problem in reversed(problems):
            field.show_error(problem)
        if not any(problem for _, problem in problems):
            self._refuse("")
            self.submitted.emit(NewWorkspace(path, owner, self._first.text()))

    def _owner_name(self) -> str:
        edit = self._owner.control
        return " ".join(edit.text().split()) if isinstance(edit, QLineEdit) else ""


def _passphrase_problem(text: str) -> str:
    if not text.strip():
        return "Choose a passphrase."
    return "" if len(text) >= _SHORTEST else f"Use at least {_SHORTEST} characters; a few words are best."


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
