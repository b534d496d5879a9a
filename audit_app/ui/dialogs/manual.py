"""The manual, in a window of its own; it needs no connection."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from audit_app.paths import resource_folder
from audit_app.ui.labelled import name

_MISSING = "The manual is not in this copy of the program."


class ManualDialog(QDialog):
    """Shows ``docs/manual.md``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Manual")
        text = QTextBrowser()
        text.setMarkdown(_manual())
        text.setOpenLinks(False)
        name(text, "Manual")
        close = QPushButton("&Close")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(text, 1)
        column.addLayout(row)
        self.resize(760, 640)


def _manual() -> str:
    """From the source it is in docs, in the built program among the resources."""
    for folder in (resource_folder(), resource_folder().parent / "docs"):
        file = folder / "manual.md"
        if file.is_file():
            return file.read_text(encoding="utf-8")
    return _MISSING
