"""The few roles that text, buttons and surfaces have; the theme draws each in light and dark."""

from enum import StrEnum

from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget


class TextRole(StrEnum):
    """How a label reads."""

    TITLE = "title"  # the name of the screen, once a screen
    HEADING = "heading"  # the name of a part
    STRONG = "strong"  # what matters in a line
    QUIET = "quiet"  # explanation, dates, counts
    ERROR = "error"  # what was refused, beside the field
    FIGURE = "figure"  # a large number


class ButtonRole(StrEnum):
    """How a button looks; an ordinary one needs no role."""

    PLAIN = "plain"
    PRIMARY = "primary"  # what the person most likely wants, at most one a screen
    DANGER = "danger"  # removes something
    LINK = "link"  # goes somewhere
    FLAT = "flat"  # tools beside something, no frame until pointed at
    CHOICE = "choice"  # one of several, which stays marked


class Surface(StrEnum):
    """What lies behind a group of widgets."""

    CARD = "card"  # a sheet on the window's ground, with a thin edge
    SUNKEN = "sunken"  # the navigation, the strip
    NOTICE = "notice"  # a sentence to be read
    WARNING = "warning"  # a sentence to act on
    DANGER = "danger"  # a child may not be safe


def set_text_role(label: QLabel, role: TextRole) -> QLabel:
    """Give a label its role."""
    _set(label, role)
    return label


def set_button_role(button: QAbstractButton, role: ButtonRole) -> None:
    """Give a button its role."""
    _set(button, role)


def set_surface(widget: QWidget, surface: Surface) -> None:
    """Give a QFrame (or another widget that paints its ground) its surface."""
    _set(widget, surface)


def set_wrong(control: QWidget, wrong: bool) -> None:
    """Mark a field as refused, or no longer."""
    _set_property(control, "wrong", wrong)


def _set(widget: QWidget, role: StrEnum) -> None:
    _set_property(widget, "role", role.value)


def _set_property(widget: QWidget, name: str, value: str | bool) -> None:
    before = widget.property(name)
    if before == value:
        return
    widget.setProperty(name, value)
    if before is None and not widget.isVisible():
        return
    # The style sheet is matched when a widget is first shown; a role given later needs it again.
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
