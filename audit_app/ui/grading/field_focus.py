"""Knows in which field the person is, and writes and settles what they typed when they leave it."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from audit_app.ui.grading.draft import AuditDraft
from audit_app.ui.grading.field_widget import FieldWidget


class FieldFocus(QObject):
    """``moved`` is emitted when the focus is in another field of the view, or in none of them."""

    moved = Signal()

    def __init__(self, draft: AuditDraft, view: QWidget) -> None:
        super().__init__(view)
        self._draft = draft
        self._view = view
        self._field: FieldWidget | None = None
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._app = app
        self._is_listening = False

    @property
    def field(self) -> FieldWidget | None:
        """The field in which the person is; in another window they are still in it."""
        return self._field

    def forget_unread(self) -> bool:
        """Where the person is in a date that cannot be read, put back the date before; False otherwise."""
        if self._field is None or self._field.key not in self._draft.unread:
            return False
        self._draft.say_unread(self._field.key, "")
        self._field.show_answer()
        return True

    def look_again(self) -> None:
        """Another audit is shown, in the same fields perhaps: nothing is left, somewhere else is entered."""
        now = QApplication.focusWidget()
        self._field = _field_of(now) if now is not None and self._view.isAncestorOf(now) else None
        self.moved.emit()

    def listen(self, listening: bool) -> None:
        """Follow the focus while the view is in sight. Out of sight, everything has been committed."""
        if listening and not self._is_listening:
            self._app.focusChanged.connect(self._on_focus_changed)
        elif self._is_listening and not listening:
            self._app.focusChanged.disconnect(self._on_focus_changed)
        self._is_listening = listening

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None:  # another program's window: they come back to this field
            if self._field is not None:
                self._draft.writer.flush()
            return
        field = _field_of(now) if self._view.isAncestorOf(now) else None
        if field is self._field:
            return
        left, self._field = self._field, field
        if left is not None and self._draft.is_open:
            left.commit()
            self._draft.settle(left.key)
        self.moved.emit()


def _field_of(widget: QWidget) -> FieldWidget | None:
    at: QWidget | None = widget
    while at is not None and not isinstance(at, FieldWidget):
        at = at.parentWidget()
    return at
