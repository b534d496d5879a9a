"""The only place with message boxes and file dialogs; their buttons say what they do.

Qt's own dialogs are imported when one is wanted: the first window is shown without them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from audit_app.core.errors import AppError
from audit_app.ui.preferences import Preferences
from audit_app.ui.roles import ButtonRole, set_button_role

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFileDialog, QMessageBox


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
TEXT = FileKind("Text", (".txt",))


class Messages:
    """Tells, asks, and lets a person choose a file; remembers the folder last used."""

    def __init__(self, preferences: Preferences) -> None:
        self._preferences = preferences

    def tell(self, parent: QWidget | None, sentence: str, details: str = "") -> None:
        """Tell something that needs no answer. ``details`` is a longer list, shown beneath."""
        from PySide6.QtWidgets import QMessageBox

        box = _box(parent, sentence, details)
        box.setIcon(QMessageBox.Icon.Information)
        box.addButton("&Close", QMessageBox.ButtonRole.AcceptRole)
        box.exec()
        box.deleteLater()

    def error(self, parent: QWidget | None, error: AppError) -> None:
        """Tell that something was refused; the error's own sentence says what to do."""
        from PySide6.QtWidgets import QMessageBox

        first, _, rest = error.sentence.partition("\n")
        box = _box(parent, first, rest.strip())
        box.setIcon(QMessageBox.Icon.Warning)
        box.addButton("&Close", QMessageBox.ButtonRole.AcceptRole)
        box.exec()
        box.deleteLater()

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
        from PySide6.QtWidgets import QMessageBox

        box = _box(parent, title, question)
        box.setIcon(QMessageBox.Icon.Warning if danger else QMessageBox.Icon.Question)
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
        from PySide6.QtWidgets import QFileDialog

        dialog = QFileDialog(parent, title, self._folder(), f"{kind.filter};;All files (*)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        return self._chosen(dialog)

    def choose_save(self, parent: QWidget | None, title: str, suggested: str, kind: FileKind) -> Path | None:
        """Let a person choose where to write, asking before a file is replaced; None when they do not."""
        from PySide6.QtWidgets import QFileDialog

        dialog = QFileDialog(parent, title, self._folder(), kind.filter)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind.endings[0].removeprefix("."))
        dialog.selectFile(suggested)
        return self._chosen(dialog)

    def choose_folder(self, parent: QWidget | None, title: str) -> Path | None:
        """Let a person choose a folder; None when they do not."""
        from PySide6.QtWidgets import QFileDialog

        dialog = QFileDialog(parent, title, self._folder())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        return self._chosen(dialog)

    def _chosen(self, dialog: QFileDialog) -> Path | None:
        # Not one of Qt's functions for it: a dialog of our own is closed when the window locks itself.
        accepted = bool(dialog.exec())
        files = dialog.selectedFiles()
        dialog.deleteLater()
        if not accepted or not files:
            return None
        path = Path(files[0])
        self._preferences.set_text("last_folder", str(path if path.is_dir() else path.parent))
        return path

    def _folder(self) -> str:
        kept = Path(self._preferences.text("last_folder"))
        return str(kept if kept.is_dir() and kept != Path() else documents_folder())


def _box(parent: QWidget | None, sentence: str, more: str) -> QMessageBox:
    from PySide6.QtWidgets import QMessageBox

    box = QMessageBox(parent)
    box.setWindowTitle("Audit App")
    box.setText(sentence)
    box.setInformativeText(more)
    return box


def documents_folder() -> Path:
    """Where a person keeps their documents, as far as can be told."""
    folder = Path.home() / "Documents"
    return folder if folder.is_dir() else Path.home()
