"""Copies rows of a table, off the GUI thread where they are many."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from audit_app.ui.background import Background, Progress
from audit_app.ui.models.prepared import Prepared
from audit_app.ui.widgets.copying import CopiedTable, put_on_clipboard
from audit_app.ui.widgets.latest import Latest


@dataclass(frozen=True, slots=True)
class _Copied:
    """Rows as they go on the clipboard."""

    text: str
    html: str
    rows: int


class RowCopier(QObject):
    """``copied`` says how many rows are on the clipboard now."""

    copied = Signal(int)

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._latest = Latest(background, self)
        self._latest.finished.connect(self._on_made)

    def copy(
        self, prepared: Prepared[Any], order: Sequence[int], positions: Sequence[int], sections: Sequence[int]
    ) -> None:
        """Copy the rows at these positions of an order, with these columns; nothing where there are none."""
        if not positions:
            return

        def work(_progress: Progress | None) -> _Copied:
            columns = [prepared.columns[section] for section in sections]
            chosen = [order[position] for position in positions]
            cells = [[prepared.cells[section][at] for section in sections] for at in chosen]
            right = [column.right for column in columns]
            table = CopiedTable([column.header for column in columns], cells, right)
            return _Copied(table.text(), table.html(), len(positions))

        self._latest.few_or_many(len(positions), work)

    @Slot(object)
    def _on_made(self, made: _Copied) -> None:
        put_on_clipboard(made.text, made.html)
        self.copied.emit(made.rows)
