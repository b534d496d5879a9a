"""Asks for the present passphrase and a new one; the change itself is done once the workspace is closed."""

from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from audit_app.services.passphrase import strength_of
from audit_app.ui.context import Context
from audit_app.ui.dialogs.plain_dialog import PlainDialog
from audit_app.ui.keys.passphrase_check import PassphraseCheck
from audit_app.ui.roles import ButtonRole, Surface, set_button_role, set_surface
from audit_app.ui.widgets.new_passphrase import NewPassphrase

_ENDS = (
    "The recovery key from before ends with the old passphrase; you are offered a new one. Snapshots get the "
    "new passphrase as well. Copies that you keep elsewhere keep the old one."
)
_SAME = "That is the passphrase it has already."


@dataclass(frozen=True, slots=True, repr=False)
class Wanted:
    """The passphrase there is, blank where the recovery key opened the workspace, and the one wanted."""

    present: str
    new: str


class ChangePassphraseDialog(PlainDialog):
    """``wanted`` is what was typed, once it is accepted."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("Change the passphrase", parent, "Change the passphrase", letters=62)
        self._present = PassphraseCheck(context, "&Present passphrase")
        self._new = NewPassphrase(_strength, "&New passphrase", "New passphrase a&gain")
        notice = QFrame()
        set_surface(notice, Surface.NOTICE)
        words = QLabel(_ENDS)
        words.setWordWrap(True)
        QVBoxLayout(notice).addWidget(words)
        for widget in (self._present, self._new, notice):
            self.column.addWidget(widget)
        cancel = QPushButton("Cance&l")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self._change = QPushButton("&Change the passphrase")
        set_button_role(self._change, ButtonRole.PRIMARY)
        self._change.setDefault(True)
        self._change.clicked.connect(self._on_change)
        self.buttons.addWidget(cancel)
        self.buttons.addWidget(self._change)
        self._present.right.connect(self.accept)
        self._present.busy.connect(self._on_busy)
        (self._present if self._present.is_needed else self._new.fields[0].control).setFocus()

    @classmethod
    def ask(cls, context: Context, parent: QWidget) -> Wanted | None:
        """What the person wants, the present passphrase checked; None where they gave up."""
        dialog = cls(context, parent)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        wanted = Wanted(dialog._present.text(), dialog._new.text())
        dialog._present.clear()
        dialog._new.clear()
        dialog.deleteLater()
        return wanted if accepted else None

    @Slot()
    def _on_change(self) -> None:
        problems = self._new.problems()
        if not any(problems) and self._present.is_needed and self._new.text() == self._present.text():
            problems = (_SAME, "")
        for field, problem in reversed(tuple(zip(self._new.fields, problems, strict=True))):
            field.show_error(problem)
        if not any(problems):
            self._present.check()

    @Slot(object)
    def _on_busy(self, busy: bool) -> None:
        self._change.setEnabled(not busy)
        self._new.setEnabled(not busy)


def _strength(text: str) -> tuple[int, str]:
    strength = strength_of(text)
    return strength.score, strength.sentence
