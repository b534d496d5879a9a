"""A button that leads to a place."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from audit_app.ui.labelled import plain
from audit_app.ui.roles import ButtonRole, set_button_role
from audit_app.ui.screen import Place


class GoButton(QPushButton):
    """``went`` carries the place; ``spoken`` is its name where the words on it are not enough."""

    went = Signal(object)

    def __init__(
        self,
        text: str,
        place: Place,
        role: ButtonRole = ButtonRole.LINK,
        spoken: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._place = place
        set_button_role(self, role)
        self.setAccessibleName(spoken or plain(text))
        self.clicked.connect(self._go)

    @Slot()
    def _go(self) -> None:
        self.went.emit(self._place)
