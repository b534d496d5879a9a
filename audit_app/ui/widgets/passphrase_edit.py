"""A field for a passphrase, with a button that shows what was typed."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from audit_app.ui.labelled import name_button


class PassphraseEdit(QWidget):
    """``edit`` is the field itself; ``entered`` is Enter in it."""

    entered = Signal()
    changed = Signal(str)

    def __init__(self, what: str = "passphrase") -> None:
        super().__init__()
        self.edit = QLineEdit()
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.returnPressed.connect(self.entered)
        self.edit.textChanged.connect(self.changed)
        self._show = QPushButton("Show")
        self._show.setCheckable(True)
        name_button(self._show, f"Show the {what}")
        self._show.toggled.connect(self._on_show)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.edit, 1)
        row.addWidget(self._show)
        self.setFocusProxy(self.edit)

    def text(self) -> str:
        """What was typed."""
        return self.edit.text()

    def clear(self) -> None:
        """Forget what was typed, and hide what is typed next."""
        self.edit.clear()
        self._show.setChecked(False)

    @Slot(bool)
    def _on_show(self, shown: bool) -> None:
        echo = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.edit.setEchoMode(echo)
        self._show.setText("Hide" if shown else "Show")
