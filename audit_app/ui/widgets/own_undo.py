"""Hands undo and redo on from an editor to the window, where they go through the whole audit."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu

_KEYS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
_ACTIONS = ("edit-undo", "edit-redo")


def is_undo_or_redo(event: QEvent) -> bool:
    """Whether a key event asks for undo or redo; Ctrl+Y and Ctrl+Shift+Z are redo on every system."""
    if not isinstance(event, QKeyEvent):
        return False
    typed = QKeySequence(event.keyCombination())
    return any(event.matches(key) for key in _KEYS) or typed in (
        QKeySequence("Ctrl+Y"),
        QKeySequence("Ctrl+Shift+Z"),
    )


def without_undo(menu: QMenu) -> QMenu:
    """A text field's own menu without its Undo and Redo, which know of this field alone."""
    for action in menu.actions():
        if action.objectName() in _ACTIONS:
            menu.removeAction(action)
    first = next(iter(menu.actions()), None)
    if first is not None and first.isSeparator():
        menu.removeAction(first)
    return menu
