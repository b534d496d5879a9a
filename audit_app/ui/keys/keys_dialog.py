"""File > Keys: see whether the recovery key was taken down, show it, and change the passphrase."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from audit_app.core.errors import AppError
from audit_app.core.words import long_date
from audit_app.services.keys import Taken
from audit_app.ui.context import Context
from audit_app.ui.dialogs.plain_dialog import PlainDialog
from audit_app.ui.keys.change_passphrase_dialog import ChangePassphraseDialog, Wanted
from audit_app.ui.keys.passphrase_check import PassphraseCheck
from audit_app.ui.keys.recovery_key_dialog import RecoveryKeyDialog
from audit_app.ui.keys.recovery_offer import WHY
from audit_app.ui.roles import Surface, TextRole, set_surface, set_text_role

_NEVER = (
    "It has not been shown since the passphrase was set. As things are, a forgotten passphrase cannot be "
    "recovered."
)
_CHANGE = (
    "Change it when somebody may have seen it. The file and its snapshots get the new one, and the recovery "
    "key from before ends."
)


class KeysDialog(PlainDialog):
    """``wanted`` is set when the person wants the passphrase changed."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("Keys", parent, f"Keys of “{context.session.workspace.path.stem}”", letters=66)
        self._context = context
        self.wanted: Wanted | None = None
        self._state = QLabel()
        self._state.setWordWrap(True)
        self._notice = QFrame()
        QVBoxLayout(self._notice).addWidget(self._state)
        self._check = PassphraseCheck(context, "&Passphrase, to show it")
        self._show = QPushButton("&Show the recovery key…")
        self._show.setAutoDefault(False)
        change = QPushButton("&Change the passphrase…")
        change.setAutoDefault(False)
        self._add_part("Recovery key", WHY, self._notice, self._check, self._show)
        self.column.addSpacing(12)
        self._add_part("Passphrase", _CHANGE, change)
        self.add_close("C&lose").setAutoDefault(False)
        self._check.right.connect(self._on_right)
        self._check.busy.connect(self._on_busy)
        self._check.entered.connect(self._check.check)
        self._show.clicked.connect(self._check.check)
        change.clicked.connect(self._on_change)
        self._tell_state()
        (self._check if self._check.is_needed else self._show).setFocus()

    def _add_part(self, heading: str, words: str, *widgets: QWidget) -> None:
        self.column.addWidget(set_text_role(QLabel(heading), TextRole.STRONG))
        explained = QLabel(words)
        explained.setWordWrap(True)
        self.column.addWidget(explained)
        for widget in widgets:
            if isinstance(widget, QPushButton):  # as wide as its words
                row = QHBoxLayout()
                row.addWidget(widget)
                row.addStretch()
                self.column.addLayout(row)
            else:
                self.column.addWidget(widget)

    @classmethod
    def ask(cls, context: Context, parent: QWidget) -> Wanted | None:
        """Show it; the passphrases to change, or None."""
        dialog = cls(context, parent)
        dialog.exec()
        wanted = dialog.wanted
        dialog.deleteLater()
        return wanted

    def _tell_state(self) -> None:
        taken = self._context.session.keys.taken()
        self._state.setText(_NEVER if taken is None else _taken(taken))
        set_surface(self._notice, Surface.WARNING if taken is None else Surface.NOTICE)

    @Slot()
    def _on_right(self) -> None:
        self._check.clear()
        try:
            RecoveryKeyDialog.show_for(self._context, self)
        except AppError as error:
            self._context.messages.error(self, error)
            return
        if self.isVisible():  # it is not when the window locked itself meanwhile
            self._tell_state()

    @Slot()
    def _on_change(self) -> None:
        self.wanted = ChangePassphraseDialog.ask(self._context, self)
        if self.wanted is not None:
            self.accept()

    @Slot(object)
    def _on_busy(self, busy: bool) -> None:
        self._show.setEnabled(not busy)


def _taken(taken: Taken) -> str:
    day = long_date(taken.at.astimezone().date())
    return f"It was {'saved to a file' if taken.saved else 'shown'} on {day}, and opens the workspace still."
