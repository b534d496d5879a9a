"""Asks for the present passphrase before keys are shown or changed, and checks it off the GUI thread."""

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from audit_app.core.errors import AppError
from audit_app.ui.context import Context
from audit_app.ui.keys import jobs
from audit_app.ui.widgets.form_field import FormField
from audit_app.ui.widgets.passphrase_edit import PassphraseEdit

_WRONG = "That is not the passphrase of this workspace."


class PassphraseCheck(QWidget):
    """``right``: what is typed is the passphrase, or nobody need type it since the recovery key opened it.

    ``busy`` tells that it is being checked, and that it was.
    """

    right = Signal()
    busy = Signal(object)  # bool
    entered = Signal()

    def __init__(self, context: Context, label: str) -> None:
        super().__init__()
        self._context = context
        self._edit = PassphraseEdit("present passphrase")
        self._field = FormField(label, self._edit.edit, beside=self._edit)
        self._edit.entered.connect(self.entered)
        self._edit.changed.connect(self._on_typed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._field)
        self.setFocusProxy(self._edit)
        if not self.is_needed:
            self.hide()

    @property
    def is_needed(self) -> bool:
        """Whether it is asked for: who opened the workspace by its recovery key may not know it."""
        return not self._context.session.keys.opened_by_recovery_key

    def text(self) -> str:
        """What is typed."""
        return self._edit.text()

    def clear(self) -> None:
        """Forget what was typed."""
        self._edit.clear()

    def check(self) -> None:
        """Find out; ``right`` follows, or what is wrong is said beside the field."""
        if not self.is_needed:
            self.right.emit()
        elif not self._edit.text():
            self._field.show_error("Type the passphrase that the workspace has now.")
        else:
            self.busy.emit(True)
            job = partial(jobs.is_passphrase, self._context.session.keys, self._edit.text())
            self._context.background.run(job, self._on_checked, self._on_failed, quiet=True)

    def _on_checked(self, is_right: bool) -> None:
        self.busy.emit(False)
        if is_right:
            self.right.emit()
        else:
            self._field.show_error(_WRONG)

    def _on_failed(self, error: AppError) -> None:
        self.busy.emit(False)
        self._field.show_error(error.sentence)

    @Slot(str)
    def _on_typed(self, _text: str) -> None:
        if self._field.error:
            self._field.show_error("")
