"""The keys of the grading screen, from anywhere in it: grades, steps, help, descriptors."""

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

MOST_DOMAINS = 9


class NumberKey(QShortcut):
    """A key with a number; ``typed`` gives it."""

    typed = Signal(int)

    def __init__(self, key: str, number: int, parent: QWidget) -> None:
        super().__init__(QKeySequence(key), parent)
        self._number = number
        self.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.activated.connect(self._on_activated)

    @Slot()
    def _on_activated(self) -> None:
        self.typed.emit(self._number)


class GradingKeys(QObject):
    """``digit`` is a grade's key, ``domain`` a domain's number from 1."""

    digit = Signal(int)
    domain = Signal(int)
    next_step = Signal()
    previous_step = Signal()
    help = Signal()
    descriptors = Signal()

    def __init__(self, digits: tuple[int, ...], domains: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._grading: list[NumberKey] = []
        for digit in digits:
            # A text field takes the bare digit for itself; everywhere else it grades.
            for key in (f"Alt+{digit}", str(digit)):
                self._grading.append(NumberKey(key, digit, parent))
                self._grading[-1].typed.connect(self.digit)
        for number in range(1, min(domains, MOST_DOMAINS) + 1):
            NumberKey(f"Ctrl+{number}", number, parent).typed.connect(self.domain)
        for keys, signal in (
            (("Ctrl+Return", "Ctrl+Enter"), self.next_step),
            (("Ctrl+Shift+Return", "Ctrl+Shift+Enter"), self.previous_step),
            (("F1",), self.help),
            (("Ctrl+D",), self.descriptors),
        ):
            shortcut = QShortcut(parent)
            shortcut.setKeys([QKeySequence(key) for key in keys])
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(signal)

    def set_grading(self, possible: bool) -> None:
        """Whether digits grade in the step that is shown."""
        for key in self._grading:
            key.setEnabled(possible)
