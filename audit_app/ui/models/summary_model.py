"""The summary's table as a model: the text of core/table.py, and which audits a cell stands for."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from audit_app.core.form import NOT_GRADED, Grade
from audit_app.core.summary import OVERALL, Row, Summary
from audit_app.core.table import column_titles, row_cells, row_text, row_title, success_measure, table_rows
from audit_app.core.words import capitalised, plural

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
_NOWHERE = QModelIndex()
BAR_TITLE = "Grades"


@dataclass(frozen=True, slots=True)
class Behind:
    """The audits that a number counts: where to find them and the words for them."""

    row_id: str
    grades: tuple[str, ...]
    count: int
    words: str


class SummaryModel(QAbstractTableModel):
    """One row per domain, the overall, and one per cohort; the last column is for the bar and has no text."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._summary: Summary | None = None
        self._titles: tuple[str, ...] = ()
        self._rows: tuple[Row, ...] = ()
        self._cells: tuple[tuple[str, ...], ...] = ()

    def show(self, summary: Summary | None) -> None:
        """Show a summary, or nothing."""
        self.beginResetModel()
        self._summary = summary
        self._rows = table_rows(summary) if summary else ()
        self._titles = (*column_titles(summary.form), BAR_TITLE) if summary else ()
        self._cells = tuple((*row_cells(summary, row), "") for row in self._rows) if summary else ()
        self.endResetModel()

    @property
    def summary(self) -> Summary | None:
        """What is shown."""
        return self._summary

    @property
    def bar_column(self) -> int:
        """The column of the bar."""
        return len(self._titles) - 1

    def row(self, position: int) -> Row:
        """The row at a position."""
        return self._rows[position]

    def grade_of(self, section: int) -> Grade | None:
        """The grade that a column counts."""
        grades = self._summary.form.scale.grades if self._summary else ()
        return grades[section - 1] if 0 < section <= len(grades) else None

    def titles(self) -> tuple[str, ...]:
        """The headings of the columns with text."""
        return self._titles[:-1]

    def cells(self) -> tuple[tuple[str, ...], ...]:
        """The text of every row."""
        return tuple(cells[:-1] for cells in self._cells)

    def behind(self, index: Index) -> Behind | None:
        """The audits that a cell counts; None where it counts none or is no count."""
        summary = self._summary
        if summary is None or not index.isValid():
            return None
        row, scale = self._rows[index.row()], summary.form.scale
        measure = len(self._titles) - 3
        choices: dict[int, tuple[tuple[str, ...], str, int]] = {
            section: ((grade.id,), grade.title, row.grades[grade.id])
            for section, grade in enumerate(scale.grades, start=1)
        }
        after = len(scale.grades) + 1
        choices[after] = (scale.ids, "graded", row.graded)
        choices[after + 1] = ((NOT_GRADED,), "not graded", row.not_graded)
        choices[measure] = (scale.success_ids, success_measure(scale), row.success.count)
        grades, what, count = choices.get(index.column(), ((), "", 0))
        if not count:
            return None
        audits = "The audit" if count == 1 else f"The {plural(count, 'audit')}"
        return Behind(row.id, grades, count, f"{audits} behind {what}{self._where(row)}")

    def _where(self, row: Row) -> str:
        assert self._summary is not None
        if row.id == OVERALL:
            return " overall"
        if row in self._summary.cohorts:
            return f" overall in {row.title}"
        return f" in {row.title}"

    # -- Qt's own ------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Domains, overall, cohorts."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Those of every output, and the bar."""
        return 0 if parent.isValid() else len(self._titles)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """A cell's text, alignment, tip and words for a screen reader."""
        if not index.isValid() or self._summary is None:
            return None
        if role == _ROLE.DisplayRole:
            return self._cells[index.row()][index.column()]
        if role == _ROLE.TextAlignmentRole:
            return _alignment(index.column())
        if role == _ROLE.ToolTipRole:
            behind = self.behind(index)
            return f"Show {behind.words[0].lower()}{behind.words[1:]}" if behind else None
        if role == _ROLE.AccessibleTextRole:
            return self._spoken(index)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """A column's heading."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._titles):
            return None
        if role == _ROLE.DisplayRole:
            return self._titles[section]
        return _alignment(section) if role == _ROLE.TextAlignmentRole else None

    def _spoken(self, index: Index) -> str:
        assert self._summary is not None
        row, section = self._rows[index.row()], index.column()
        if section in (0, self.bar_column):
            return row_text(self._summary, row)
        where = capitalised(row_title(self._summary, row))
        return f"{where}, {self._titles[section]}: {self._cells[index.row()][section]}"


def _alignment(section: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
