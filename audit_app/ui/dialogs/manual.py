"""The manual, in a window of its own; it needs no connection."""

from PySide6.QtWidgets import QTextBrowser, QWidget

from audit_app.paths import resource_folder
from audit_app.ui.dialogs.plain_dialog import PlainDialog
from audit_app.ui.labelled import name

_MISSING = "The manual is not in this copy of the program."


class ManualDialog(PlainDialog):
    """Shows ``docs/manual.md``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Manual", parent, letters=110)
        text = QTextBrowser()
        text.setMarkdown(_manual())
        text.setOpenLinks(False)
        text.setMinimumHeight(520)
        name(text, "Manual")
        self.column.addWidget(text)
        self.add_close()


def _manual() -> str:
    """From the source it is in docs, in the built program among the resources."""
    for folder in (resource_folder(), resource_folder().parent / "docs"):
        file = folder / "manual.md"
        if file.is_file():
            return file.read_text(encoding="utf-8")
    return _MISSING
