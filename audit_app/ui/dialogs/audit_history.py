"""The history of one audit in plain words: who changed what, when, from what and to what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from audit_app.core.audit import Audit
from audit_app.ui.context import Context
from audit_app.ui.labelled import help_label, label_for, name
from audit_app.ui.models.columns import Column
from audit_app.ui.models.day_words import DayWords
from audit_app.ui.models.prepared import Prepared
from audit_app.ui.models.rows_model import RowsModel
from audit_app.ui.roles import TextRole, set_text_role

if TYPE_CHECKING:
    from audit_app.services.history import HistoryLine

_ONE_LINE = 80  # characters of a text that the table shows; all of it stands beneath
_SIZE = (860, 560)
_OF_THE_SCREEN = 0.9


class AuditHistoryDialog(QDialog):
    """Lines, the latest first; beneath, all of what the chosen one changed."""

    def __init__(self, context: Context, audit: Audit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"History of {audit.reference}")
        lines = context.session.history.of_audit(audit.id)
        self._lines = tuple(reversed(lines))
        self._model = _model(self._lines, context)
        self._model.setParent(self)
        self.table = self._table(context.theme.scaled(1))
        self._before, self._after = _text(), _text()
        self._close = QPushButton("&Close")
        self._close.setDefault(True)
        self._close.clicked.connect(self.accept)
        self._lay_out(context.theme.space(3))
        wanted = QSize(context.theme.scaled(_SIZE[0]), context.theme.scaled(_SIZE[1]))
        self.resize(wanted.boundedTo(self.screen().availableSize() * _OF_THE_SCREEN))
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        if self._lines:
            self.table.selectRow(0)
        self.table.setFocus()

    @classmethod
    def show_for(cls, context: Context, audit: Audit, parent: QWidget) -> None:
        """Show it until it is closed."""
        dialog = cls(context, audit, parent)
        dialog.exec()
        dialog.deleteLater()

    @Slot(QModelIndex, QModelIndex)
    def _on_row(self, index: QModelIndex, _before: QModelIndex) -> None:
        line = self._lines[index.row()] if index.isValid() else None
        self._before.setPlainText(line.before if line else "")
        self._after.setPlainText(line.after if line else "")

    # -- Making ------------------------------------------------------------------------------------

    def _table(self, zoom: int) -> QTableView:
        table = QTableView()
        table.setModel(self._model)
        name(table, "Changes, the latest first")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 10 * zoom)
        letter = table.fontMetrics().averageCharWidth()
        for section, column in enumerate(self._model.columns):
            table.setColumnWidth(section, column.chars * letter)
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().setHighlightSections(False)
        return table

    def _lay_out(self, gap: int) -> None:
        details = QGridLayout()
        details.setHorizontalSpacing(gap)
        for column, (words, text) in enumerate((("&From", self._before), ("&To", self._after))):
            details.addWidget(label_for(text, words), 0, column)
            details.addWidget(text, 1, column)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self._close)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(gap, gap, gap, gap)
        column_layout.setSpacing(gap // 2)
        column_layout.addWidget(set_text_role(QLabel(self.windowTitle()), TextRole.HEADING))
        column_layout.addWidget(
            help_label("Nobody can change what stands here, the owner of the workspace included.")
        )
        column_layout.addWidget(self.table, 3)
        column_layout.addLayout(details, 2)
        column_layout.addLayout(row)


def _model(lines: tuple[HistoryLine, ...], context: Context) -> RowsModel[HistoryLine]:
    words = DayWords()

    def when(line: HistoryLine) -> str:
        return words.moment(line.at)

    columns = (
        Column("when", "When", when, chars=17),
        Column("who", "Who", _who, chars=16),
        Column("what", "What", _what, chars=38),
        Column("from", "From", _from, chars=20),
        Column("to", "To", _to, chars=16),
    )
    model: RowsModel[HistoryLine] = RowsModel(columns, context.theme)
    model.show(Prepared(columns, lines, _id), range(len(lines)))
    return model


def _id(line: HistoryLine) -> str:
    return line.at.isoformat()


def _who(line: HistoryLine) -> str:
    return line.who


def _what(line: HistoryLine) -> str:
    return line.sentence


def _from(line: HistoryLine) -> str:
    return _shortened(line.before)


def _to(line: HistoryLine) -> str:
    return _shortened(line.after)


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _ONE_LINE else f"{line[:_ONE_LINE].rstrip()}…"


def _text() -> QPlainTextEdit:
    text = QPlainTextEdit()
    text.setReadOnly(True)
    text.setTabChangesFocus(True)
    return text
