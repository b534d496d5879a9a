"""The last look before a snapshot takes the place of the workspace: what is in it, and what would be lost."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from audit_app.core.snapshot import SnapshotView
from audit_app.core.snapshot_words import sentences, title
from audit_app.ui.context import Context
from audit_app.ui.dialogs.plain_dialog import PlainDialog
from audit_app.ui.keys.passphrase_check import PassphraseCheck
from audit_app.ui.roles import ButtonRole, Surface, set_button_role, set_surface

_KEPT = "The file that is there now is kept among the snapshots, so that this can be undone."


class RestoreDialog(PlainDialog):
    """Asks for the passphrase too where a workspace is open: ``context`` is given then."""

    def __init__(
        self, name: str, view: SnapshotView, context: Context | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(f"Restore “{name}”", parent, title(view.snapshot), letters=62)
        said = QFrame()
        set_surface(said, Surface.WARNING)
        inside = QVBoxLayout(said)
        for sentence in (*sentences(view), _KEPT):
            words = QLabel(sentence)
            words.setWordWrap(True)
            inside.addWidget(words)
        self.column.addWidget(said)
        cancel = QPushButton("&Cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self._restore = QPushButton("&Restore this snapshot")
        self._restore.setAutoDefault(False)
        set_button_role(self._restore, ButtonRole.DANGER)
        self._check = PassphraseCheck(context, "&Passphrase") if context is not None else None
        if self._check is None:
            self._restore.clicked.connect(self.accept)
        else:
            self.column.addWidget(self._check)
            self._check.right.connect(self.accept)
            self._check.busy.connect(self._on_busy)
            self._check.entered.connect(self._check.check)
            self._restore.clicked.connect(self._check.check)
        self.buttons.addWidget(self._restore)
        self.buttons.addWidget(cancel)
        (self._check if self._check is not None and self._check.is_needed else cancel).setFocus()

    @classmethod
    def ask(cls, name: str, view: SnapshotView, context: Context | None, parent: QWidget) -> str | None:
        """The passphrase that was typed, blank where none was needed; None where the person gave up."""
        dialog = cls(name, view, context, parent)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        typed = ""
        if dialog._check is not None:
            typed = dialog._check.text()
            dialog._check.clear()
        dialog.deleteLater()
        return typed if accepted else None

    @Slot(object)
    def _on_busy(self, busy: bool) -> None:
        self._restore.setEnabled(not busy)
