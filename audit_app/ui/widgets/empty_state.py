"""What stands where a table has nothing to show: what would be here, and what to do about it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from audit_app.ui.roles import Surface, TextRole, set_surface, set_text_role


class EmptyState(QFrame):
    """A heading, a sentence, and one button at most. ``acted`` says that it was pressed."""

    acted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_surface(self, Surface.CARD)
        self._heading = set_text_role(QLabel(), TextRole.HEADING)
        self._sentence = set_text_role(QLabel(), TextRole.QUIET)
        for label in (self._heading, self._sentence):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._button = QPushButton()
        self._button.clicked.connect(self.acted)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(self._heading)
        column.addWidget(self._sentence)
        column.addSpacing(8)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)

    def say(self, heading: str, sentence: str, button: str = "") -> None:
        """Show these words; without words on the button there is none."""
        self._heading.setText(heading)
        self._sentence.setText(sentence)
        self._button.setText(button)
        self._button.setVisible(bool(button))

    @property
    def words(self) -> str:
        """What is said now."""
        return f"{self._heading.text()}\n{self._sentence.text()}"
