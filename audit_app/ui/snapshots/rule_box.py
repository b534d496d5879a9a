"""How many snapshots are kept: the last so many, and one a day for so many days."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from audit_app.core.errors import AppError
from audit_app.core.snapshot_rule import SnapshotRule
from audit_app.core.words import plural
from audit_app.ui.context import Context
from audit_app.ui.widgets.form_field import FormField

_LAST = (3, 5, 10, 20, 50)
_DAYS = (0, 7, 14, 30, 60, 90, 180)


class RuleBox(QWidget):
    """Two choices, each kept at once."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        rule = context.session.backups.rule
        self._last, self._last_values = _filled(_LAST, rule.last, "snapshot")
        self._days, self._days_values = _filled(_DAYS, rule.days, "day")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        row.addWidget(FormField("Keep the &last", self._last))
        row.addWidget(FormField("and one a &day for", self._days))
        row.addStretch()
        for box in (self._last, self._days):
            box.activated.connect(self._on_chosen)

    @Slot(int)
    def _on_chosen(self, _index: int) -> None:
        rule = SnapshotRule(
            self._last_values[self._last.currentIndex()], self._days_values[self._days.currentIndex()]
        )
        try:
            self._context.session.backups.set_rule(rule)
        except AppError as error:
            self._context.messages.error(self, error)


def _filled(usual: Sequence[int], present: int, what: str) -> tuple[QComboBox, list[int]]:
    """A box with the usual numbers, and the one that holds now where it is another."""
    box, values = QComboBox(), sorted({*usual, present})
    box.addItems([plural(value, what) for value in values])
    box.setCurrentIndex(values.index(present))
    return box, values
