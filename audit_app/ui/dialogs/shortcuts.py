"""Every key there is, to look up."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from audit_app.ui.dialogs.plain_dialog import PlainDialog
from audit_app.ui.labelled import name
from audit_app.ui.roles import TextRole, set_text_role

GROUPS: tuple[tuple[str, tuple[tuple[tuple[str, ...], str], ...]], ...] = (
    (
        "Everywhere",
        (
            (("Ctrl+N",), "Audit a case"),
            (("Ctrl+I",), "Import audits"),
            (("Ctrl+F",), "Find in this workspace"),
            (("Alt+Left",), "Back"),
            (("F6", "Shift+F6"), "Next or previous part of the window"),
            (("Ctrl+L",), "Lock"),
            (("Ctrl++", "Ctrl+-", "Ctrl+0"), "Larger, smaller, usual text"),
            (("F9",), "Show or hide the navigation"),
            (("Ctrl+,",), "Preferences"),
        ),
    ),
    (
        "Grading",
        (
            (("Alt+1", "Alt+2", "Alt+3"), "Good, Requires improvement, Inadequate"),
            (("Alt+4",), "Outstanding, where the form has it"),
            (("Alt+0",), "Not graded"),
            (("1", "2", "3", "0"), "The same, outside text"),
            (("Ctrl+Return",), "Next step"),
            (("Ctrl+Shift+Return",), "Step before"),
            (("Ctrl+1", "Ctrl+6"), "To a domain, first to sixth"),
            (("F1",), "Help for the field"),
            (("Ctrl+Z", "Ctrl+Shift+Z"), "Undo, redo, across the whole audit"),
        ),
    ),
)


class ShortcutsDialog(PlainDialog):
    """Keys and what they do, in groups."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Keyboard shortcuts", parent)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        for title, keys in GROUPS:
            self._add(grid, title, keys)
        self.column.addLayout(grid)
        # The keyboard must be able to scroll what has no control in it.
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        name(self.area, "Keyboard shortcuts")
        self.add_close().setFocus()

    @staticmethod
    def _add(grid: QGridLayout, title: str, keys: tuple[tuple[tuple[str, ...], str], ...]) -> None:
        heading = set_text_role(QLabel(title), TextRole.HEADING)
        grid.addWidget(heading, grid.rowCount(), 0, 1, 2)
        native = QKeySequence.SequenceFormat.NativeText
        for sequences, words in keys:
            row = grid.rowCount()
            shown = ", ".join(QKeySequence(sequence).toString(native) for sequence in sequences)
            grid.addWidget(set_text_role(QLabel(shown), TextRole.STRONG), row, 0)
            grid.addWidget(QLabel(words), row, 1)
