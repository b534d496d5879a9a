"""Offers to show the recovery key, when a workspace was made or its passphrase changed; it can be put off."""

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from audit_app.ui.dialogs.plain_dialog import PlainDialog
from audit_app.ui.roles import ButtonRole, TextRole, set_button_role, set_text_role

WHY = (
    "If the passphrase is forgotten, only the recovery key opens the workspace. Nobody else can open it, and "
    "there is nobody to ask."
)
_WHEN = "It takes two minutes with pen and paper. You can also do it later: File, then Keys."


class RecoveryOffer(PlainDialog):
    """``accepted``: show it now. ``said`` is what else there is to tell first."""

    def __init__(self, said: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__("Recovery key", parent, "Write down the recovery key", letters=64)
        texts = [(sentence, None) for sentence in said]
        for words, role in (*texts, (WHY, None), (_WHEN, TextRole.QUIET)):
            label = QLabel(words)
            label.setWordWrap(True)
            self.column.addWidget(set_text_role(label, role) if role else label)
        later = QPushButton("Not &now")
        later.setAutoDefault(False)
        later.clicked.connect(self.reject)
        now = QPushButton("&Show the recovery key")
        set_button_role(now, ButtonRole.PRIMARY)
        now.setDefault(True)
        now.clicked.connect(self.accept)
        self.buttons.addWidget(later)
        self.buttons.addWidget(now)
        now.setFocus()
