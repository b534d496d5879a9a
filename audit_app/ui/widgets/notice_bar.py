"""A sentence above a table about what is shown or was done, with one button."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from audit_app.ui.labelled import announce
from audit_app.ui.roles import Surface, set_surface


class NoticeBar(QFrame):
    """Hidden until it says something. ``pressed``: its button was."""

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None, surface: Surface = Surface.NOTICE) -> None:
        super().__init__(parent)
        set_surface(self, surface)
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._button = QPushButton()
        self._button.clicked.connect(self.pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(16)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says; blank while it is hidden."""
        return "" if self.isHidden() else self._words.text()

    def say(self, sentence: str, button: str = "") -> None:
        """Say a sentence, to a screen reader too; blank hides it."""
        if sentence and sentence != self.sentence:
            announce(self, sentence)
        self._words.setText(sentence)
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self.setVisible(bool(sentence))
