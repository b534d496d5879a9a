"""Walks a window as a screen reader and the Tab key do, and reports what a person would stumble over."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)

# What Qt says of a widget that nobody told what it is.
MUTE_ROLES = {
    QAccessible.Role.NoRole,
    QAccessible.Role.Client,
    QAccessible.Role.Pane,
    QAccessible.Role.Window,
}


def focusable(root: QWidget) -> list[QWidget]:
    """What Tab reaches within ``root``, in the order of Tab."""
    found, widget = [], root.nextInFocusChain()
    while widget is not None and widget is not root:
        reachable = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
        if reachable and widget.isVisible() and widget.isEnabled() and root.isAncestorOf(widget):
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found


def spoken(widget: QWidget) -> tuple[str, QAccessible.Role, QAccessible.State]:
    """The name, role and state that a screen reader is told."""
    interface = QAccessible.queryAccessibleInterface(widget)
    # On Linux, Qt gives the chosen entry as the name of a combo box, and its name as a relation.
    is_combo = isinstance(widget, QComboBox)
    name = widget.accessibleName() if is_combo else interface.text(QAccessible.Text.Name)
    return name.strip(), interface.role(), interface.state()


def problems(root: QWidget) -> list[str]:
    """Everything that is wrong with the names, roles, states and order of what can have the focus."""
    widgets = focusable(root)
    return [*_unspoken(widgets), *_alike(widgets), *_out_of_order(root, widgets), *_mouse_alone(root)]


def _what(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return f"{type(widget).__name__} {text!r} in {type(widget.parentWidget()).__name__}"


def _unspoken(widgets: list[QWidget]) -> Iterator[str]:
    for widget in widgets:
        name, role, state = spoken(widget)
        if not name:
            yield f"no name: {_what(widget)}"
        if "&" in name.replace("&&", ""):
            yield f"a mnemonic in the name {name!r}: {_what(widget)}"
        if role in MUTE_ROLES and not isinstance(widget, QScrollArea):  # one that has a name may be scrolled
            yield f"no role ({role.name}): {_what(widget)}"
        if not state.focusable:
            yield f"its state is not focusable: {_what(widget)}"
        if isinstance(widget, QAbstractButton) and widget.isCheckable():
            if not state.checkable:
                yield f"its state is not checkable: {_what(widget)}"
            if bool(state.checked) != widget.isChecked():
                yield f"its state does not say whether it is checked: {_what(widget)}"


def _alike(widgets: list[QWidget]) -> Iterator[str]:
    """Two controls of one kind and name cannot be told apart; the choices of two questions may be alike."""
    named = Counter((spoken(widget)[1], spoken(widget)[0], _question(widget)) for widget in widgets)
    for (role, name, _), count in named.items():
        if count > 1 and name:
            yield f"{count} of role {role.name} are called {name!r}"


def _question(widget: QWidget) -> str:
    """The name of the group that a choice belongs to: a screen reader says it with the choice."""
    parent = widget.parentWidget()
    if spoken(widget)[1] is not QAccessible.Role.RadioButton or parent is None:
        return ""
    return spoken(parent)[0]


def _place(root: QWidget, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())


def _out_of_order(root: QWidget, widgets: list[QWidget]) -> Iterator[str]:
    """Tab goes down, or to the right; to another column it may go up again."""
    for before, after in pairwise(widgets):
        if _page(before) is not _page(after):
            continue
        one, two = _place(root, before), _place(root, after)
        same_column = one.left() < two.right() and two.left() < one.right()
        same_line = one.top() < two.bottom() and two.top() < one.bottom()
        if (same_column and two.bottom() <= one.top()) or (same_line and two.right() <= one.left()):
            yield f"out of order: {_what(after)} comes after {_what(before)}"


def _page(widget: QWidget) -> QWidget | None:
    """What scrolls together: places in it and outside it cannot be compared."""
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QAbstractScrollArea):
        parent = parent.parentWidget()
    return parent


def _mouse_alone(root: QWidget) -> Iterator[str]:
    """A button that the keyboard cannot reach at all; those within a field have a key of the field's."""
    for button in root.findChildren(QAbstractButton):
        reachable = button.focusPolicy() != Qt.FocusPolicy.NoFocus or button.focusProxy() is not None
        inside = isinstance(button.parentWidget(), QComboBox | QAbstractScrollArea | QLineEdit)
        if button.isVisible() and not reachable and not inside and button.objectName()[:3] != "qt_":
            yield f"by mouse alone: {_what(button)}"


def cut_off(root: QWidget) -> list[str]:
    """Labels and buttons whose words do not fit into the room they have."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, QLabel | QAbstractButton):
            continue
        text = widget.text()
        if not text or (isinstance(widget, QLabel) and widget.pixmap() and not widget.pixmap().isNull()):
            continue
        if isinstance(widget, QLabel) and widget.wordWrap():
            wanted = widget.heightForWidth(widget.width())
            if wanted > widget.height() + 1:
                found.append(
                    f"{wanted - widget.height()} pixels too low: {type(widget).__name__} {text[:60]!r}"
                )
        elif widget.minimumSizeHint().width() > widget.width() + 1:
            missing = widget.minimumSizeHint().width() - widget.width()
            found.append(f"{missing} pixels too narrow: {type(widget).__name__} {text[:60]!r}")
    return found
