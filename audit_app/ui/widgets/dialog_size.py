"""How large a dialog is at first: it grows with the text, and never beyond the screen."""

from PySide6.QtWidgets import QDialog

from audit_app.ui.theme import Theme

_OF_SCREEN = 0.92  # the rest is for frames and what else is at the edges


def open_at(dialog: QDialog, theme: Theme, width: int, height: int) -> None:
    """Give a dialog its size; ``width`` and ``height`` are for text at 100%."""
    room = dialog.screen().availableSize()
    dialog.resize(
        min(theme.scaled(width), round(room.width() * _OF_SCREEN)),
        min(theme.scaled(height), round(room.height() * _OF_SCREEN)),
    )
