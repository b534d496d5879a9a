"""A sentence across the top of the screen, with what can be done about it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from audit_app.ui.labelled import announce
from audit_app.ui.roles import Surface, set_surface
from audit_app.ui.theme import Theme


class Notice(QFrame):
    """Hidden until it has something to say. ``pressed`` gives the number of the button, from 0."""

    pressed = Signal(int)

    def __init__(
        self, surface: Surface, buttons: tuple[str, ...], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        set_surface(self, surface)
        self._words = QLabel()
        self._words.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.space(3), theme.space(1), theme.space(2), theme.space(1))
        row.setSpacing(theme.space(2))
        row.addWidget(self._words, 1)
        self._group = QButtonGroup(self)
        for number, words in enumerate(buttons):
            button = QPushButton(words)
            self._group.addButton(button, number)
            row.addWidget(button)
        self._group.idClicked.connect(self.pressed)
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says, blank while it is hidden."""
        return "" if self.isHidden() else self._words.text()

    def say(self, sentence: str, *, announced: bool = True) -> None:
        """Show a sentence, to a screen reader too; blank hides it."""
        if sentence == self.sentence:
            return
        self._words.setText(sentence)
        self.setVisible(bool(sentence))
        if sentence and announced:
            announce(self, sentence)

    def button(self, number: int) -> QPushButton:
        """One of its buttons."""
        found = self._group.button(number)
        assert isinstance(found, QPushButton)
        return found
