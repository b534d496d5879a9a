"""What the program is, which version, and where it keeps things."""

from PySide6.QtWidgets import QLabel, QWidget

from audit_app import __version__
from audit_app.paths import app_folder, log_folder
from audit_app.ui.dialogs.plain_dialog import PlainDialog
from audit_app.ui.labelled import selectable
from audit_app.ui.roles import TextRole, set_text_role

_ABOUT = (
    "Audits children’s case files, offline. It opens no connection; files leave this computer only when you "
    "save them."
)


class AboutDialog(PlainDialog):
    """A few lines, and the folders to look into."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("About Audit App", parent, f"Audit App {__version__}")
        for words, role in (
            (_ABOUT, None),
            (f"Its own settings: {app_folder()}", TextRole.QUIET),
            (f"Its log: {log_folder()}", TextRole.QUIET),
        ):
            label = selectable(QLabel(words))
            label.setWordWrap(True)
            self.column.addWidget(set_text_role(label, role) if role else label)
        self.add_close().setFocus()
