"""Asks for the passphrase of one workspace; a wrong one makes the next try wait longer."""

from pathlib import Path

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from audit_app.core.errors import AppError, WrongPassphrase
from audit_app.ui.labelled import announce, name
from audit_app.ui.roles import ButtonRole, TextRole, set_button_role, set_text_role
from audit_app.ui.widgets.form_field import FormField
from audit_app.ui.widgets.passphrase_edit import PassphraseEdit

_LONGEST_WAIT = 30  # seconds


class UnlockForm(QWidget):
    """``submitted`` carries the passphrase; the owner answers with ``fail`` or by leaving.

    ``other`` asks for another workspace; it is offered where there is no list of them beside the form.
    """

    submitted = Signal(str)
    other = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wrong = 0
        self._wait = 0
        self._title = set_text_role(QLabel(), TextRole.TITLE)
        self._title.setWordWrap(True)
        self._where = set_text_role(QLabel(), TextRole.QUIET)
        self._where.setWordWrap(True)
        self._passphrase = PassphraseEdit()
        self._field = FormField("&Passphrase", self._passphrase.edit, beside=self._passphrase)
        self._button = QPushButton("&Unlock")
        set_button_role(self._button, ButtonRole.PRIMARY)
        self._other = QPushButton("Open &another workspace")
        set_button_role(self._other, ButtonRole.LINK)
        self._busy = QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        name(self._busy, "The workspace is being opened")
        self._refused = set_text_role(QLabel(), TextRole.ERROR)
        self._refused.setWordWrap(True)
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setInterval(1_000)
        self._timer.timeout.connect(self._on_second)
        self._button.clicked.connect(self._submit)
        self._other.clicked.connect(self.other)
        self._passphrase.entered.connect(self._submit)
        self._passphrase.changed.connect(self._on_typed)
        self.set_busy(False)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self._button)
        row.addWidget(self._busy, 1)
        row.addStretch()
        row.addWidget(self._other)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._where)
        column.addSpacing(16)
        column.addWidget(self._field)
        column.addWidget(self._refused)
        column.addSpacing(8)
        column.addLayout(row)
        self._refused.hide()

    def ask(self, path: Path, title: str, words: str, *, alone: bool = False) -> None:
        """Ask for the passphrase of the workspace at ``path``; ``alone`` where nothing else is beside."""
        self._other.setVisible(alone)
        self._title.setText(title)
        self._where.setText(words)
        self._where.setToolTip(str(path))
        self._passphrase.clear()
        self._field.show_error("")
        self._refuse("")
        self.set_busy(False)

    def focus(self) -> None:
        """Put the cursor into the passphrase."""
        self._passphrase.edit.setFocus()

    def forget(self) -> None:
        """It was right: drop what was typed, and how often it was wrong before."""
        self._passphrase.clear()
        self._wrong = 0

    def set_busy(self, busy: bool) -> None:
        """Show that the workspace is being opened, or no longer."""
        self._busy.setVisible(busy)
        self._passphrase.setEnabled(not busy)
        self._show_button(busy)

    def fail(self, error: AppError) -> None:
        """Say why the workspace was not opened."""
        self.set_busy(False)
        if isinstance(error, WrongPassphrase):
            self._wrong += 1
            self._wait = min(2 ** (self._wrong - 1), _LONGEST_WAIT)
            self._timer.start()
            self._show_button(busy=False)
            self._field.show_error(error.sentence)
            self._passphrase.edit.selectAll()
        else:
            self._refuse(error.sentence)
            self._passphrase.edit.setFocus()

    @property
    def passphrase(self) -> str:
        """What is typed."""
        return self._passphrase.text()

    @property
    def refusal(self) -> str:
        """What is refused now, beside the field or beneath it."""
        return self._field.error or self._refused.text()

    def _refuse(self, sentence: str) -> None:
        self._refused.setText(sentence)
        self._refused.setVisible(bool(sentence))
        if sentence:
            announce(self._refused, sentence)

    def _show_button(self, busy: bool) -> None:
        self._button.setEnabled(not busy and not self._wait)
        self._button.setText(f"Try again in {self._wait} s" if self._wait else "&Unlock")

    @Slot()
    def _on_second(self) -> None:
        self._wait = max(0, self._wait - 1)
        if not self._wait:
            self._timer.stop()
        self._show_button(self._busy.isVisible())

    @Slot()
    def _submit(self) -> None:
        if not self._button.isEnabled():
            return
        if not self._passphrase.text():
            self._field.show_error("Type the passphrase of this workspace.")
            return
        self.submitted.emit(self._passphrase.text())

    @Slot(str)
    def _on_typed(self, _text: str) -> None:
        if self._field.error:
            self._field.show_error("")
