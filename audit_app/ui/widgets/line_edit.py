"""A line of text without an undo of its own, so that Ctrl+Z reaches the audit's."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from audit_app.ui.widgets.own_undo import is_undo_or_redo, without_undo

MAX_LINE = 1_000


class LineEdit(QLineEdit):
    """A line edit whose undo and redo are the window's; ``textEdited`` tells what the person did."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(MAX_LINE)

    def show_value(self, text: str) -> None:
        """Show a text that the person did not type; the cursor goes behind what differs."""
        if text == self.text():
            return
        end = end_of_difference(self.text(), text)
        self.setText(text)
        self.setCursorPosition(end)

    # -- Qt's own ----------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window's shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and is_undo_or_redo(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo and redo go on to the parent."""
        if is_undo_or_redo(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the menu without Undo and Redo."""
        menu = self.createStandardContextMenu()
        if menu is not None:
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            without_undo(menu).popup(event.globalPos())


def end_of_difference(before: str, after: str) -> int:
    """Where in ``after`` the part ends that differs from ``before``: where a person looks after an undo."""
    shorter = min(len(before), len(after))
    same = 0
    while same < shorter and before[-1 - same] == after[-1 - same]:
        same += 1
    return len(after) - same
