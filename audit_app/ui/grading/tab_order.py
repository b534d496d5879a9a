"""Puts widgets that were made late into the order of Tab where they are read."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def within(root: QWidget) -> list[QWidget]:
    """All that can take the focus within a widget, in the order of Tab."""
    found, at = [], root.nextInFocusChain()
    while at is not None and at is not root:
        if root.isAncestorOf(at) and _takes_focus(at):
            found.append(at)
        at = at.nextInFocusChain()
    return found


def chain(anchor: QWidget, widgets: Iterable[QWidget]) -> None:
    """Let Tab go from ``anchor`` through these widgets, and then on to what came after ``anchor``."""
    before = anchor
    for widget in widgets:
        QWidget.setTabOrder(before, widget)
        before = widget


def _takes_focus(widget: QWidget) -> bool:
    # A choice that is not taken has no stop of its own until it is, and yet its place.
    return widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.focusProxy() is None
