"""Gives a control its label, buddy, accessible name and description, in one call."""

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QFormLayout, QLabel, QVBoxLayout, QWidget

from audit_app.ui.roles import TextRole, set_text_role


def plain(text: str) -> str:
    """A label's words without the mark of its mnemonic: "Re&ference" gives "Reference"."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def name(control: QWidget, text: str, help_text: str = "") -> None:
    """Name a control for a screen reader, for a control that has no label on screen."""
    control.setAccessibleName(plain(text))
    if help_text:
        control.setAccessibleDescription(help_text)


def label_for(control: QWidget, text: str, help_text: str = "") -> QLabel:
    """A label with a mnemonic for a control, which is named after it. The caller places both."""
    label = QLabel(text)
    label.setBuddy(control)
    name(control, text, help_text)
    return label


def help_label(text: str) -> QLabel:
    """A quiet line of explanation, which wraps."""
    label = QLabel(text)
    label.setWordWrap(True)
    set_text_role(label, TextRole.QUIET)
    return label


def labelled(form: QFormLayout, text: str, control: QWidget, help_text: str = "") -> QLabel:
    """Add a control to a form with its label, and its help beneath in a quiet line."""
    label = label_for(control, text, help_text)
    if not help_text:
        form.addRow(label, control)
        return label
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(control)
    column.addWidget(help_label(help_text))
    form.addRow(label, column)
    return label


def name_button(button: QAbstractButton, text: str, tip: str = "", shortcut: str = "") -> None:
    """Name a button, one that shows an icon alone above all; its tip says what it does and its key."""
    button.setAccessibleName(plain(text))
    words = tip or plain(text)
    if shortcut:
        native = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        words = f"{words} ({native})"
    button.setToolTip(words)
    if tip:
        button.setAccessibleDescription(tip)


def selectable(label: QLabel) -> QLabel:
    """Let a label's words be selected with the mouse, to be copied."""
    from PySide6.QtCore import Qt

    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def announce(control: QWidget, sentence: str) -> None:
    """Let a screen reader say a sentence that appeared on the screen by itself."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(control, sentence))
