"""What the Open screen says to somebody who has no workspace yet."""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from audit_app.ui.roles import TextRole, set_text_role

_PARTS = (
    ("New workspace", "Make the file that your own audits are kept in. It takes a minute."),
    ("Open a workspace file", "Go on with one that is on this computer already."),
    ("Look at the sample", "See the whole program with invented audits first."),
)


class Welcome(QWidget):
    """Three ways to begin, beside the buttons that do them."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(set_text_role(QLabel("Welcome"), TextRole.TITLE))
        about = QLabel(
            "Audit children’s case files, grade them through the six domains and add the grades up for a "
            "report. Everything is kept in a workspace: one encrypted file on this computer, nowhere else."
        )
        about.setWordWrap(True)
        column.addWidget(about)
        for heading, words in _PARTS:
            column.addSpacing(12)
            column.addWidget(set_text_role(QLabel(heading), TextRole.STRONG))
            label = set_text_role(QLabel(words), TextRole.QUIET)
            label.setWordWrap(True)
            column.addWidget(label)
