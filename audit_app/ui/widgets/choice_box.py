"""A drop-down list of choices that may be left unanswered, and that a passing mouse wheel does not change."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from audit_app.core.form import Option

UNANSWERED = "Not answered"


class ChoiceBox(QComboBox):
    """The list. ``chosen`` is emitted with the id of what the person takes, blank for "not answered"."""

    chosen = Signal(str)

    def __init__(
        self, options: tuple[Option, ...], unanswered: str = UNANSWERED, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._read_only = False
        self._shown = ""
        self.addItem(unanswered, "")
        for option in options:
            self.addItem(option.title, option.id)
        # Long words must not make the screen wider than the window; the list itself shows them whole.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(self._on_activated)

    def show_value(self, value: str) -> None:
        """Show an answer, not by the person; one that the form no longer has is shown as it is."""
        self._shown = value
        index = self.findData(value)
        if index < 0:
            self.addItem(value, value)
            index = self.count() - 1
        self.setCurrentIndex(index)

    def set_read_only(self, read_only: bool) -> None:
        """Refuse to change, while it can still be reached and read."""
        self._read_only = read_only

    @Slot(int)
    def _on_activated(self, index: int) -> None:
        value = str(self.itemData(index))
        if self._read_only:
            self.show_value(self._shown)
        elif value != self._shown:
            self._shown = value
            self.chosen.emit(value)

    # -- Qt's own ----------------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls what this stands in."""
        event.ignore()
