"""The summary's table on the screen: every figure can be opened, and each row has its bar beside it."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from audit_app.core.form import GradeScale, Shape
from audit_app.core.summary import OVERALL, Row
from audit_app.ui.labelled import name
from audit_app.ui.models.summary_model import BAR_TITLE, Behind, SummaryModel
from audit_app.ui.shapes import draw_shape
from audit_app.ui.theme import Theme
from audit_app.ui.widgets.stacked_bar import BarPart, paint_bar

_PADDING = 6
_BAR_AT_LEAST = 96
_FLAGS = Qt.AlignmentFlag
_OPEN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class SummaryTable(QTableView):
    """As high as its rows. ``asked`` carries the Behind of a number that was clicked or entered."""

    asked = Signal(object)

    def __init__(self, model: SummaryModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._summary = model
        self._theme = theme
        self.setModel(model)
        self.setItemDelegate(_CellDelegate(model, theme, self))
        name(self, "Summary", "Enter on a number shows its audits")
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setStyleSheet("QTableView { border: none; background: transparent; }")  # it lies on a card
        self.verticalHeader().hide()
        header = self._header = _Header(model, theme, self)
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalHeader(header)
        font = QFont(self.font())
        font.setFeature(QFont.Tag("tnum"), 1)
        self.setFont(font)
        self.clicked.connect(self._on_clicked)
        model.modelReset.connect(self.fit)
        theme.changed.connect(self.fit)

    @Slot()
    def fit(self) -> None:
        """Columns as wide as their words, which are short where long ones do not fit; all rows in sight."""
        header, metrics = self._header, QFontMetrics(bold(self.font()))
        self.verticalHeader().setDefaultSectionSize(round(metrics.height() * 1.7))
        header.short = False
        widths = self._widths()
        if sum(widths) > self.viewport().width():
            header.short = True
            widths = self._widths()
        for section, width in enumerate(widths):
            header.resizeSection(section, width)
        self._fit_height()

    def _widths(self) -> list[int]:
        return [self._width_of(section) for section in range(self._summary.columnCount())]

    def _width_of(self, section: int) -> int:
        if section == self._summary.bar_column:
            return self._theme.scaled(_BAR_AT_LEAST)
        metrics = QFontMetrics(bold(self.font()))
        first, *others = self._header.words(section).split("\n")
        words = [*others, *(cells[section] for cells in self._summary.cells())]
        shape = shape_room(self.font()) if self._summary.grade_of(section) else 0
        widest = max(metrics.horizontalAdvance(first) + shape, *map(metrics.horizontalAdvance, words))
        return round(widest) + 2 * _PADDING

    def _fit_height(self) -> None:
        rows = self._summary.rowCount() * self.verticalHeader().defaultSectionSize()
        scroll = self.horizontalScrollBar()
        below = scroll.sizeHint().height() if scroll.maximum() > 0 else 0
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows + below + 2)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self._ask(self._summary.behind(index))

    def _ask(self, behind: Behind | None) -> None:
        if behind is not None:
            self.asked.emit(behind)

    # -- Qt's own ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter shows the audits behind a number; letters mean nothing here."""
        if event.key() in _OPEN_KEYS:
            self._ask(self._summary.behind(self.currentIndex()))
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:  # noqa: N802
        """Twelve rows are found without it."""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over a number that can be opened."""
        super().mouseMoveEvent(event)
        behind = self._summary.behind(self.indexAt(event.position().toPoint()))
        shape = Qt.CursorShape.ArrowCursor if behind is None else Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(shape)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keys begin at the first number."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._summary.rowCount():
            self.setCurrentIndex(self._summary.index(0, 1))

    def changeEvent(self, event: QEvent) -> None:
        """Another size of text needs other columns."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window has short headings, and a bar for scrolling beneath the rows."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.fit()


class _Header(QHeaderView):
    """Headings in two lines where they have two words, with the shape of their grade before them."""

    def __init__(self, model: SummaryModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._summary = model
        self._theme = theme
        self.short = False  # grades by their short form

    def words(self, section: int) -> str:
        """A heading as it is painted."""
        grade = self._summary.grade_of(section)
        if grade is not None and self.short:
            return grade.short
        return two_lines((*self._summary.titles(), BAR_TITLE)[section])

    def sizeHint(self) -> QSize:
        """Two lines high."""
        return QSize(super().sizeHint().width(), self.fontMetrics().height() * 2 + _PADDING + 6)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:  # noqa: N802
        """A heading at its column's side, its last line on the rule."""
        words = self.words(section)
        right = 0 < section < self._summary.bar_column
        room = QRectF(rect.adjusted(_PADDING, 0, -_PADDING, -4))
        painter.save()
        painter.setFont(bold(self.font()))
        painter.setPen(QColor(self._theme.colours.quiet))
        side = _FLAGS.AlignRight if right else _FLAGS.AlignLeft
        painter.drawText(room, int(side | _FLAGS.AlignBottom), words)
        grade = self._summary.grade_of(section)
        if grade is not None:
            ink = self._theme.grade_colours(grade.id).text
            paint_shape_before(painter, room, words, grade.shape, ink)
        painter.setPen(QColor(self._theme.colours.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()


def shape_room(font: QFont) -> float:
    """How much wider a heading is for the shape before it."""
    return QFontMetricsF(font).height() * 0.9


def paint_shape_before(painter: QPainter, room: QRectF, words: str, shape: Shape, ink: QColor) -> None:
    """Draw a grade's shape before the first line of a heading that stands right in ``room``."""
    metrics = QFontMetricsF(painter.font(), painter.device())
    lines = words.split("\n")
    side = metrics.height() * 0.6
    left = room.right() - metrics.horizontalAdvance(lines[0]) - shape_room(painter.font())
    middle = room.bottom() - metrics.height() * (len(lines) - 0.5)
    draw_shape(painter, QRectF(left, middle - side / 2, side, side), shape, ink)


class _CellDelegate(QStyledItemDelegate):
    """Paints a cell: its words, a rule above the overall and the cohorts, the bar in the last column."""

    def __init__(self, model: SummaryModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._summary = model
        self._theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one cell."""
        row, palette = self._summary.row(index.row()), option.palette
        area, state = option.rect, option.state
        painter.save()
        if row.id == OVERALL or self._begins_cohorts(index.row()):
            painter.setPen(palette.color(QPalette.ColorRole.Mid))
            painter.drawLine(area.topLeft(), area.topRight())
        if index.column() == self._summary.bar_column:
            self._paint_bar(painter, area, row)
        else:
            self._paint_words(painter, option, index, heavy=row.id == OVERALL)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(self._theme.colours.accent), 2))
            painter.drawRect(area.adjusted(1, 1, -2, -2))
        painter.restore()

    def _begins_cohorts(self, position: int) -> bool:
        return position > 0 and self._summary.row(position - 1).id == OVERALL

    def _paint_words(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
        *,
        heavy: bool,
    ) -> None:
        font = bold(option.font) if heavy else QFont(option.font)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        font.setUnderline(hovered and self._summary.behind(index) is not None)
        painter.setFont(font)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        right = Qt.AlignmentFlag.AlignRight if index.column() else Qt.AlignmentFlag.AlignLeft
        words = str(index.data(Qt.ItemDataRole.DisplayRole))
        painter.drawText(
            option.rect.adjusted(_PADDING, 0, -_PADDING, 0), right | Qt.AlignmentFlag.AlignVCenter, words
        )

    def _paint_bar(self, painter: QPainter, area: QRect, row: Row) -> None:
        if self._summary.summary is not None:
            scale = self._summary.summary.form.scale
            where = QRectF(area).adjusted(_PADDING, 5, -_PADDING, -5)
            paint_bar(painter, where, bar_parts(row, scale, self._theme), QColor(self._theme.colours.line))


def bar_parts(row: Row, scale: GradeScale, theme: Theme) -> list[BarPart]:
    """The segments of a row's bar in the colours of the theme."""
    return [
        BarPart(row.grades[grade.id], grade.shape, colours.fill, colours.text)
        for grade in scale.grades
        for colours in [theme.grade_colours(grade.id)]
    ]


def two_lines(title: str) -> str:
    """A heading broken at the space nearest to its middle."""
    spaces = [at for at, letter in enumerate(title) if letter == " "]
    if not spaces or len(title) < 8:
        return title
    at = min(spaces, key=lambda space: abs(space - len(title) / 2))
    return f"{title[:at]}\n{title[at + 1 :]}"


def bold(font: QFont) -> QFont:
    """The font of headings and of the overall."""
    made = QFont(font)
    made.setWeight(QFont.Weight.DemiBold)
    return made
