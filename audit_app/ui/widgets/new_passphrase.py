"""Asks for a new passphrase twice, and says while it is typed how hard it is to guess."""

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from audit_app.ui.labelled import name, plain
from audit_app.ui.roles import TextRole, set_text_role
from audit_app.ui.widgets.form_field import FormField
from audit_app.ui.widgets.passphrase_edit import PassphraseEdit

_ADVICE = "Four or five words that only you would put together are best."
_SHORTEST = 8  # characters


class NewPassphrase(QWidget):
    """``strength`` gives 0 to 4 and a sentence; ``entered`` is Enter in the last field."""

    entered = Signal()

    def __init__(
        self,
        strength: Callable[[str], tuple[int, str]],
        first: str = "&Passphrase",
        again: str = "Passphrase &again",
    ) -> None:
        super().__init__()
        self._strength_of = strength
        self._first, self._second = (PassphraseEdit(_inside(label)) for label in (first, again))
        self._passphrase = FormField(first, self._first.edit, beside=self._first)
        self._again = FormField(again, self._second.edit, beside=self._second)
        self._bar = QProgressBar()
        self._bar.setRange(0, 4)
        self._bar.setTextVisible(False)
        name(self._bar, "Strength of the passphrase")
        self._hint = set_text_role(QLabel(_ADVICE), TextRole.QUIET)
        self._hint.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self._passphrase, self._bar, self._hint, self._again):
            column.addWidget(widget)
        self._first.changed.connect(self._on_typed)
        self._second.entered.connect(self.entered)

    @property
    def fields(self) -> tuple[FormField, FormField]:
        """Where the passphrase is typed, and where again."""
        return self._passphrase, self._again

    def text(self) -> str:
        """What was typed first."""
        return self._first.text()

    def problems(self) -> tuple[str, str]:
        """What is wrong in each of the two fields; blank where nothing is."""
        same = self._first.text() == self._second.text()
        return _problem(self._first.text()), "" if same else "The two passphrases differ."

    def clear(self) -> None:
        """Forget what was typed."""
        self._first.clear()
        self._second.clear()

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        if self._passphrase.error:
            self._passphrase.show_error("")
        if not text:
            self._bar.setValue(0)
            self._hint.setText(_ADVICE)
            return
        score, sentence = self._strength_of(text)
        self._bar.setValue(score)
        self._hint.setText(sentence)


def _inside(label: str) -> str:
    """A label's words inside a sentence."""
    words = plain(label)
    return words[0].lower() + words[1:]


def _problem(text: str) -> str:
    if not text.strip():
        return "Choose a passphrase."
    return "" if len(text) >= _SHORTEST else f"Use at least {_SHORTEST} characters; a few words are best."
