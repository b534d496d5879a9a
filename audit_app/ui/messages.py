"""The only place with message boxes and file dialogs; their buttons say what they do."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from audit_app.core.errors import AppError
from audit_app.ui.preferences import Preferences
from audit_app.ui.roles import ButtonRole, set_button_role


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file as a file dialog shows it: its words, and its endings, the usual one first."""

    words: str
    endings: tuple[str, ...]

    @property
    def filter(self) -> str:
        """As Qt's file dialog wants it."""
        return f"{self.words} ({' '.join('*' + ending for ending in self.endings)})"


WORKSPACE = FileKind("Workspace", (".caseaudit",))
PDF = FileKind("PDF", (".pdf",))
EXCEL = FileKind("Excel workbook", (".xlsx",))
SPREADSHEET = FileKind("Spreadsheet", (".xlsx", ".csv", ".txt"))
PICTURE = FileKind("Picture", (".png",))


class Messages:
    """Tells, asks, and lets a person choose a file; remembers the folder last used."""

    def __init__(self, preferences: Preferences) -> None:
        self._preferences = preferences

    def tell(self, parent: QWidget | None, sentence: str, details: str = "") -> None:
        """Tell something that needs no answer. ``details`` is a longer list, shown beneath."""
        box = self._box(parent, QMessageBox.Icon.Information, sentence, details)
        box.addButton("&Close", QMessageBox.ButtonRole.AcceptRole)
        self._run(box)

    def error(self, parent: QWidget | None, error: AppError) -> None:
        """Tell that something was refused; the error's own sentence says what to do."""
        first, _, rest = error.sentence.partition("\n")
        box = self._box(parent, QMessageBox.Icon.Warning, first, rest.strip())
        box.addButton("&Close", QMessageBox.ButtonRole.AcceptRole)
        self._run(box)

    def ask(
        self,
        parent: QWidget | None,
        title: str,
        question: str,
        yes: str,
        no: str = "&Cancel",
        danger: bool = False,
    ) -> bool:
        """Ask one question; ``yes`` and ``no`` are verbs. Escape and, for a danger, Enter mean no."""
        box = self._box(parent, QMessageBox.Icon.Question, title, question)
        yes_button = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        no_button = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
        set_button_role(yes_button, ButtonRole.DANGER if danger else ButtonRole.PRIMARY)
        box.setDefaultButton(no_button if danger else yes_button)
        box.setEscapeButton(no_button)
        box.exec()
        clicked = box.clickedButton()
        box.deleteLater()
        return clicked is yes_button

    def choose_open(self, parent: QWidget | None, title: str, kind: FileKind) -> Path | None:
        """Let a person choose a file to read; None when they do not."""
        chosen, _ = QFileDialog.getOpenFileName(
            parent, title, self._folder(), f"{kind.filter};;All files (*)"
        )
        return self._remembered(chosen)

    def choose_save(self, parent: QWidget | None, title: str, suggested: str, kind: FileKind) -> Path | None:
        """Let a person choose where to write, asking before a file is replaced; None when they do not."""
        start = str(Path(self._folder()) / suggested)
        chosen, _ = QFileDialog.getSaveFileName(parent, title, start, kind.filter)
        path = self._remembered(chosen)
        if path is not None and not path.suffix:
            path = path.with_name(path.name + kind.endings[0])
        return path

    def choose_folder(self, parent: QWidget | None, title: str) -> Path | None:
        """Let a person choose a folder; None when they do not."""
        return self._remembered(QFileDialog.getExistingDirectory(parent, title, self._folder()))

    # -- How -------------------------------------------------------------------------------------

    @staticmethod
    def _box(parent: QWidget | None, icon: QMessageBox.Icon, sentence: str, more: str) -> QMessageBox:
        box = QMessageBox(parent)
        box.setWindowTitle("Audit App")
        box.setIcon(icon)
        box.setText(sentence)
        box.setInformativeText(more)
        return box

    @staticmethod
    def _run(box: QMessageBox) -> None:
        box.exec()
        box.deleteLater()

    def _folder(self) -> str:
        kept = Path(self._preferences.text("last_folder"))
        return str(kept if kept.is_dir() and kept != Path() else documents_folder())

    def _remembered(self, chosen: str) -> Path | None:
        if not chosen:
            return None
        path = Path(chosen)
        self._preferences.set_text("last_folder", str(path if path.is_dir() else path.parent))
        return path


def documents_folder() -> Path:
    """Where a person keeps their documents, as far as can be told."""
    folder = Path.home() / "Documents"
    return folder if folder.is_dir() else Path.home()
