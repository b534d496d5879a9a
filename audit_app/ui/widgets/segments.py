"""A few buttons of which one is chosen: a quick filter beside a table."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QPushButton, QWidget

from audit_app.ui.labelled import name
from audit_app.ui.roles import ButtonRole, set_button_role


class Segments(QWidget):
    """``chosen`` carries the number of the button, from 0. Left and right move between them."""

    chosen = Signal(int)

    def __init__(self, title: str, words: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name(self, title)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for number, text in enumerate(words):
            button = QPushButton(text)
            button.setCheckable(True)
            button.setChecked(number == 0)
            set_button_role(button, ButtonRole.CHOICE)
            button.installEventFilter(self)
            self._group.addButton(button, number)
            row.addWidget(button)
        self._group.idToggled.connect(self._on_toggled)

    @property
    def current(self) -> int:
        """The number of the one that is chosen."""
        return self._group.checkedId()

    def buttons(self) -> list[QAbstractButton]:
        """The buttons, from left to right."""
        return self._group.buttons()

    def choose(self, number: int) -> None:
        """Choose a button."""
        self._group.button(number).setChecked(True)

    @Slot(int, bool)
    def _on_toggled(self, number: int, checked: bool) -> None:
        if checked:
            self.chosen.emit(number)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Left and right choose the neighbour."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
            button = self._group.button(self.current + step) if step else None
            if button is not None:
                button.setChecked(True)
                button.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return bool(super().eventFilter(watched, event))
