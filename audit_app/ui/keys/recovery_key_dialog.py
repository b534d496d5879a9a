"""Shows the recovery key large enough to write it down, and saves it where a person says."""

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QLabel, QPlainTextEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from audit_app.core.errors import AppError
from audit_app.ui.context import Context
from audit_app.ui.dialogs.plain_dialog import PlainDialog
from audit_app.ui.labelled import announce, name
from audit_app.ui.messages import TEXT
from audit_app.ui.opening.recovery_entry import fixed_width
from audit_app.ui.roles import ButtonRole, Surface, TextRole, set_button_role, set_surface, set_text_role

_HOW = (
    "Write it down and keep it away from this computer: in a safe, or with somebody you trust. Capitals and "
    "spaces do not matter, and the last character of each group shows a slip when it is typed."
)
_CAUTION = (
    "Whoever has it and the workspace’s file can read everything. It ends when the passphrase is changed."
)
_LARGER = 1.6  # than other text


class RecoveryKeyDialog(PlainDialog):
    """Holds the key until it is closed; that it was shown is in the history."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        name_of_it = context.session.workspace.path.stem
        super().__init__("Recovery key", parent, f"Recovery key of “{name_of_it}”", letters=70)
        self._context = context
        self._key = _KeyView(context.session.keys.show().lines)
        how = QLabel(_HOW)
        how.setWordWrap(True)
        caution = QFrame()
        set_surface(caution, Surface.WARNING)
        words = QLabel(_CAUTION)
        words.setWordWrap(True)
        QVBoxLayout(caution).addWidget(words)
        self._saved = set_text_role(QLabel(" "), TextRole.QUIET)
        self._saved.setWordWrap(True)
        for widget in (self._key, how, caution, self._saved):
            self.column.addWidget(widget)
        save = QPushButton("&Save to a file…")
        save.setAutoDefault(False)
        save.clicked.connect(self._on_save)
        done = QPushButton("&Done")
        set_button_role(done, ButtonRole.PRIMARY)
        done.setDefault(True)
        done.clicked.connect(self.accept)
        self.buttons.addWidget(save)
        self.buttons.addWidget(done)
        self._key.setFocus()

    @classmethod
    def show_for(cls, context: Context, parent: QWidget) -> None:
        """Show it until it is closed. Raises AppError where that cannot be noted in the history."""
        dialog = cls(context, parent)
        dialog.exec()
        dialog.deleteLater()

    def done(self, result: int) -> None:
        """Leave nothing of the key in the window."""
        self._key.clear()
        super().done(result)

    @Slot()
    def _on_save(self) -> None:
        messages, session = self._context.messages, self._context.session
        if not messages.ask(
            self,
            "Save the recovery key to a file?",
            "Whoever finds the file can open the workspace. Print it, or keep it on a stick that you lock "
            "away; do not leave it on this computer.",
            "&Choose where…",
        ):
            return
        suggested = f"Recovery key of {session.workspace.path.stem}{TEXT.endings[0]}"
        path = messages.choose_save(self, "Where to save the recovery key", suggested, TEXT)
        if path is None:
            return
        try:
            session.keys.save(path)
        except AppError as error:
            messages.error(self, error)
            return
        self._saved.setText(f"Saved in {path}")
        announce(self._saved, self._saved.text())


class _KeyView(QPlainTextEdit):
    """Four lines of four groups, which a screen reader can go through letter by letter."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        super().__init__("\n".join(line.replace(" ", "  ") for line in lines))
        self._lines = len(lines)
        self._letters = max(map(len, lines)) + 4  # with the wider gaps
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        font = fixed_width()
        font.setPointSizeF(self.font().pointSizeF() * _LARGER)
        font.setWeight(QFont.Weight.DemiBold)
        self.setFont(font)
        name(self, "Recovery key", "Four lines of four groups of six characters")

    def sizeHint(self) -> QSize:
        """All of it at once."""
        around = round(self.document().documentMargin() + self.frameWidth()) * 2 + 16
        metrics = self.fontMetrics()
        wide = metrics.horizontalAdvance("0") * self._letters
        return QSize(wide + around, metrics.lineSpacing() * self._lines + around)

    def minimumSizeHint(self) -> QSize:
        """No less than that."""
        return self.sizeHint()
