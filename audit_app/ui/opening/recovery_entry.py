"""A field for a recovery key, which says at once in which group a slip was made."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontDatabase, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from audit_app.core.errors import MistypedRecoveryKey
from audit_app.core.recovery_key import RecoveryKey
from audit_app.ui.widgets.form_field import FormField

_HELP = "Sixteen groups of six characters. Spaces, dashes and capitals do not matter."
_LINES = 4


class RecoveryEntry(QWidget):
    """``entered`` is Enter in the field."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._edit = _Edit()
        self._edit.entered.connect(self.entered)
        self._edit.textChanged.connect(self._on_typed)
        self._field = FormField("Recovery &key", self._edit, _HELP)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._field)
        self.setFocusProxy(self._edit)

    def key(self) -> RecoveryKey | None:
        """The key that is typed; None where it has a slip, which is then said beside the field."""
        try:
            return RecoveryKey.read(self._edit.toPlainText())
        except MistypedRecoveryKey as error:
            self._field.show_error(error.sentence)
            return None

    def clear(self) -> None:
        """Forget what was typed."""
        self._edit.clear()
        self._field.show_error("")

    def show_error(self, sentence: str) -> None:
        """Say beside the field what was refused."""
        self._field.show_error(sentence)

    @property
    def error(self) -> str:
        """What is refused now, or blank."""
        return self._field.error

    @Slot()
    def _on_typed(self) -> None:
        if self._field.error:
            self._field.show_error("")


def fixed_width() -> QFont:
    """Letters of one width, of whatever size the rest has."""
    font = QFont()
    font.setFamily(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family())
    return font


class _Edit(QPlainTextEdit):
    """Four lines in letters of one width; Enter sends them and Tab leaves."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)  # what was cleared is gone
        self.setFont(fixed_width())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """High enough for all of it."""
        around = round(self.document().documentMargin() + self.frameWidth()) * 2
        return QSize(super().sizeHint().width(), (_LINES + 1) * self.fontMetrics().lineSpacing() + around)

    def minimumSizeHint(self) -> QSize:
        """No less than that."""
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter sends; lines come from what is pasted, and by themselves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return
        super().keyPressEvent(event)
