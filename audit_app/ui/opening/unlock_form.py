"""Asks for the passphrase or recovery key of a workspace; a wrong passphrase makes the next try wait."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from audit_app.core.errors import AppError, WrongPassphrase, WrongRecoveryKey
from audit_app.ui.labelled import announce, name
from audit_app.ui.opening.attempts import Attempts
from audit_app.ui.roles import ButtonRole, TextRole, set_button_role, set_text_role
from audit_app.ui.widgets.form_field import FormField
from audit_app.ui.widgets.passphrase_edit import PassphraseEdit

if TYPE_CHECKING:
    from audit_app.core.recovery_key import Secret
    from audit_app.ui.opening.recovery_entry import RecoveryEntry

_TICK = 200  # milliseconds
_BY_KEY = "Use the &recovery key"
_BY_PASSPHRASE = "Use the passph&rase"


class UnlockForm(QWidget):
    """``submitted`` carries what was typed, a Secret; the owner answers with ``fail`` or by leaving.

    ``other`` asks for another workspace; it is offered where there is no list of them beside the form.
    """

    submitted = Signal(object)
    other = Signal()
    snapshots = Signal()  # to go back to a snapshot, which is offered where the file does not open

    def __init__(self, attempts: Attempts | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._attempts = attempts or Attempts()
        self._path = Path()
        self._wait = 0
        self._by_key = False
        self._title = set_text_role(QLabel(), TextRole.TITLE)
        self._title.setWordWrap(True)
        self._where = set_text_role(QLabel(), TextRole.QUIET)
        self._where.setWordWrap(True)
        self._passphrase = PassphraseEdit()
        self._field = FormField("&Passphrase", self._passphrase.edit, beside=self._passphrase)
        self._button = QPushButton("&Unlock")
        set_button_role(self._button, ButtonRole.PRIMARY)
        self._way = QPushButton(_BY_KEY)
        set_button_role(self._way, ButtonRole.LINK)
        self._way.setAccessibleDescription("What was written down when the workspace was made")
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
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self._on_tick)
        self._button.clicked.connect(self._submit)
        self._way.clicked.connect(self.change_way)
        self._other.clicked.connect(self.other)
        self._passphrase.entered.connect(self._submit)
        self._passphrase.changed.connect(self._on_typed)
        self.set_busy(False)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self._button)
        row.addWidget(self._busy, 1)
        row.addStretch()
        row.addWidget(self._way)
        row.addWidget(self._other)
        self._column = column = QVBoxLayout(self)
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

    @cached_property
    def recovery(self) -> "RecoveryEntry":
        """The field for the recovery key, made when it is wanted."""
        from audit_app.ui.opening.recovery_entry import RecoveryEntry

        made = RecoveryEntry()
        self._column.insertWidget(self._column.indexOf(self._field) + 1, made)
        QWidget.setTabOrder(self._passphrase, made)
        made.entered.connect(self._submit)
        return made

    @cached_property
    def _go_back(self) -> QPushButton:
        made = QPushButton("Restore a snaps&hot…")
        made.setAccessibleDescription("See what the snapshots beside the file hold, and put one in its place")
        made.clicked.connect(self.snapshots)
        row = QHBoxLayout()
        row.addWidget(made)
        row.addStretch()
        self._column.insertLayout(self._column.indexOf(self._refused) + 1, row)
        return made

    def _offer_snapshots(self, offered: bool) -> None:
        if offered or "_go_back" in self.__dict__:
            self._go_back.setVisible(offered)

    def ask(self, path: Path, title: str, words: str, *, alone: bool = False) -> None:
        """Ask for the passphrase of the workspace at ``path``; ``alone`` where nothing else is beside."""
        self._other.setVisible(alone)
        self._title.setText(title)
        self._where.setText(words)
        self._where.setToolTip(str(path))
        self._path = path
        self._use_key(False)
        self._clear()
        self._field.show_error("")
        self._refuse("")
        self._offer_snapshots(False)
        self._count_down()
        self.set_busy(False)

    def focus(self) -> None:
        """Put the cursor into the field that is shown."""
        (self.recovery if self._by_key else self._passphrase.edit).setFocus()

    def forget(self) -> None:
        """It was right: drop what was typed, and how often it was wrong before."""
        self._clear()
        self._attempts.right(self._path)

    def _clear(self) -> None:
        self._passphrase.clear()
        if "recovery" in self.__dict__:
            self.recovery.clear()

    def set_busy(self, busy: bool) -> None:
        """Show that the workspace is being opened, or no longer."""
        self._busy.setVisible(busy)
        self._passphrase.setEnabled(not busy)
        self._way.setEnabled(not busy)
        self._show_button(busy)

    def fail(self, error: AppError, *, snapshots: bool = False) -> None:
        """Say why the workspace was not opened; ``snapshots``: there are some to go back to."""
        self.set_busy(False)
        self._offer_snapshots(snapshots)
        if isinstance(error, WrongPassphrase):
            self._attempts.wrong(self._path)
            self._count_down()
            self._field.show_error(error.sentence)
            self._passphrase.edit.selectAll()
        elif isinstance(error, WrongRecoveryKey):
            self.recovery.show_error(error.sentence)
        else:
            self._refuse(error.sentence)
            self.focus()

    @property
    def secret(self) -> "Secret | None":
        """What is typed; None for a recovery key with a slip, which is then said beside the field."""
        return self.recovery.key() if self._by_key else self._passphrase.text()

    @property
    def refusal(self) -> str:
        """What is refused now, beside the field or beneath it."""
        beside = self.recovery.error if self._by_key else self._field.error
        return beside or self._refused.text()

    def _refuse(self, sentence: str) -> None:
        self._refused.setText(sentence)
        self._refused.setVisible(bool(sentence))
        if sentence:
            announce(self._refused, sentence)

    def _use_key(self, by_key: bool) -> None:
        self._by_key = by_key
        self._field.setVisible(not by_key)
        if by_key or "recovery" in self.__dict__:
            self.recovery.setVisible(by_key)
        self._way.setText(_BY_PASSPHRASE if by_key else _BY_KEY)

    def _count_down(self) -> None:
        self._wait = self._attempts.wait(self._path)
        if self._wait:
            self._timer.start()
        else:
            self._timer.stop()
        self._show_button(self._busy.isVisible())

    def _show_button(self, busy: bool) -> None:
        # Nobody guesses a recovery key, so that one need not wait.
        wait = 0 if self._by_key else self._wait
        self._button.setEnabled(not busy and not wait)
        self._button.setText(f"Try again in {wait} s" if wait else "&Unlock")

    @Slot()
    def _on_tick(self) -> None:
        self._count_down()

    @Slot()
    def change_way(self) -> None:
        """Ask for the recovery key instead of the passphrase, or the other way round."""
        self._use_key(not self._by_key)
        self._refuse("")
        self._show_button(busy=False)
        self.focus()

    @Slot()
    def _submit(self) -> None:
        if not self._button.isEnabled():
            return
        secret = self.secret
        if secret == "":
            self._field.show_error("Type the passphrase of this workspace.")
        elif secret is not None:
            self.submitted.emit(secret)

    @Slot(str)
    def _on_typed(self, _text: str) -> None:
        if self._field.error:
            self._field.show_error("")
