"""What the program is, which version, and where it keeps things."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from audit_app import __version__
from audit_app.paths import app_folder, log_folder
from audit_app.ui.labelled import selectable
from audit_app.ui.roles import TextRole, set_text_role

_ABOUT = (
    "Audits children’s case files, offline. It opens no connection; files leave this computer only when you "
    "save them."
)


class AboutDialog(QDialog):
    """A few lines, and the folders to look into."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("About Audit App")
        about = QLabel(_ABOUT)
        about.setWordWrap(True)
        close = QPushButton("&Close")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(set_text_role(QLabel("Audit App"), TextRole.TITLE))
        column.addWidget(selectable(set_text_role(QLabel(f"Version {__version__}"), TextRole.QUIET)))
        column.addWidget(about)
        for words, folder in (("The program’s own settings", app_folder()), ("Its log", log_folder())):
            label = selectable(QLabel(f"{words}: {folder}"))
            label.setWordWrap(True)
            column.addWidget(set_text_role(label, TextRole.QUIET))
        column.addLayout(row)
        self.setMinimumWidth(440)
