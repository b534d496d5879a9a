"""Asks for whom a summary is written before it leaves the workspace as a file."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from audit_app.ui.labelled import help_label
from audit_app.ui.roles import ButtonRole, TextRole, set_button_role, set_text_role

_CHARS = 62  # a line of explanation
BOARD, INTERNAL = "board", "internal"
_PROFILES = (
    (BOARD, "For the &board", "No case references, no names of workers or auditors, no free text."),
    (INTERNAL, "For the &team", "Holds case references and names. Not for publication; keep the file safe."),
)


class ExportDialog(QDialog):
    """``profile`` is what was chosen; the board's at first."""

    def __init__(self, file_words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Write the summary as {file_words}")
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        column.addWidget(set_text_role(QLabel("Who is it for?"), TextRole.HEADING))
        for number, (_, text, words) in enumerate(_PROFILES):
            button = QRadioButton(text)
            button.setAccessibleDescription(words)
            button.setChecked(number == 0)
            self._group.addButton(button, number)
            column.addWidget(button)
            explained = help_label(words)
            explained.setContentsMargins(28, 0, 0, 8)
            column.addWidget(explained)
        choose = QPushButton("&Choose where…")
        set_button_role(choose, ButtonRole.PRIMARY)
        choose.setDefault(True)
        choose.clicked.connect(self.accept)
        cancel = QPushButton("Cance&l")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(cancel)
        row.addWidget(choose)
        column.addLayout(row)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * _CHARS)
        self._group.button(0).setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def profile(self) -> str:
        """``board`` or ``internal``."""
        return _PROFILES[self._group.checkedId()][0]

    @classmethod
    def ask(cls, file_words: str, parent: QWidget) -> str | None:
        """For whom, or None where the person gave up."""
        dialog = cls(file_words, parent)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        profile = dialog.profile
        dialog.deleteLater()
        return profile if accepted else None
