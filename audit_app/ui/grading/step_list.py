"""The list of steps: each with a shape for how far it is, and the badge of its grade."""

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from audit_app.core.form import GradeScale
from audit_app.ui.grading.step_state import Progress, StepState
from audit_app.ui.labelled import name
from audit_app.ui.shapes import draw_shape
from audit_app.ui.theme import Theme
from audit_app.ui.widgets.grade_badge import BadgePainter, grade_words
from audit_app.ui.widgets.marks import Mark, draw_mark

Index = QModelIndex | QPersistentModelIndex
STATE_ROLE = Qt.ItemDataRole.UserRole


class StepModel(QAbstractListModel):
    """The steps of one audit."""

    def __init__(self, scale: GradeScale, parent: QWidget) -> None:
        super().__init__(parent)
        self._scale = scale
        self._states: tuple[StepState, ...] = ()

    @property
    def states(self) -> tuple[StepState, ...]:
        """What is listed."""
        return self._states

    def show_states(self, states: tuple[StepState, ...]) -> None:
        """List other states of the same steps, or other steps."""
        if [state.step for state in states] != [state.step for state in self._states]:
            self.beginResetModel()
            self._states = states
            self.endResetModel()
            return
        before, self._states = self._states, states
        for row, (old, new) in enumerate(zip(before, states, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(row), self.index(row))

    def row_of(self, step_id: str) -> int | None:
        """The line of a step, or None."""
        return next((row for row, state in enumerate(self._states) if state.step.id == step_id), None)

    # -- Qt's own ----------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One line per step."""
        return 0 if parent.isValid() else len(self._states)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title; for a screen reader also how far it is and the grade, in words."""
        if not index.isValid() or not 0 <= index.row() < len(self._states):
            return None
        state = self._states[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return state.step.title
        if role == STATE_ROLE:
            return state
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            grade = grade_words(self._scale, state.grade)
            return ", ".join(word for word in (state.step.title, state.progress.value, grade) if word)
        return None


class StepDelegate(QStyledItemDelegate):
    """Draws a line: shape, title over as many lines as it needs, badge; where narrow, its shape alone."""

    def __init__(self, theme: Theme, scale: GradeScale, parent: QListView) -> None:
        super().__init__(parent)
        self._theme = theme
        self._list = parent
        self._scale = scale
        self._badges = BadgePainter(theme, scale)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the title needs in the width there is."""
        width = self._list.viewport().width()
        state = index.data(STATE_ROLE)
        title = self._title_area(QRectF(0, 0, width, 10_000), state, option.fontMetrics)
        flags = Qt.TextFlag.TextWordWrap.value
        wrapped = option.fontMetrics.boundingRect(title.toRect(), flags, state.step.title)
        line = option.fontMetrics.height()
        return QSize(width, max(wrapped.height(), round(line * 1.35)) + self._theme.space(2))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground of the step that is shown, shape, title, badge."""
        state = index.data(STATE_ROLE)
        colours = self._theme.colours
        area = QRectF(option.rect)
        metrics: QFontMetrics = option.fontMetrics
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        words = QColor(colours.selection_text if selected else colours.text)
        if selected or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.selection if selected else colours.button_hover))
            painter.drawRoundedRect(area.adjusted(2, 1, -2, -1), 6, 6)
        side = metrics.height() * 0.8
        mark = QRectF(area.left() + self._theme.space(2), area.center().y() - side / 2, side, side)
        self._draw_progress(painter, mark, state.progress, words)
        painter.setPen(words)
        painter.setFont(option.font)
        flags = Qt.AlignmentFlag.AlignVCenter.value | Qt.TextFlag.TextWordWrap.value
        painter.drawText(self._title_area(area, state, metrics), flags, state.step.title)
        self._draw_grade(painter, area, state, option)
        painter.restore()

    def _draw_progress(self, painter: QPainter, area: QRectF, progress: Progress, colour: QColor) -> None:
        if progress is Progress.COMPLETE:
            draw_mark(painter, area, Mark.TICK, colour)
        elif progress is Progress.BEGUN:
            draw_mark(painter, area, Mark.HALF, colour)
        else:
            painter.setPen(QPen(QColor(self._theme.colours.control_line), max(1.2, area.width() * 0.1)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(area.adjusted(1.5, 1.5, -1.5, -1.5))

    def _draw_grade(
        self, painter: QPainter, area: QRectF, state: StepState, option: QStyleOptionViewItem
    ) -> None:
        if not state.grade:
            return
        pad = self._theme.space(2)
        font = option.font
        metrics: QFontMetrics = option.fontMetrics
        if self._is_narrow:
            side = metrics.height() * 0.8
            shape = next((grade.shape for grade in self._scale.grades if grade.id == state.grade), None)
            box = QRectF(area.right() - pad - side, area.center().y() - side / 2, side, side)
            draw_shape(painter, box, shape, self._theme.grade_colours(state.grade).text)
        else:
            size = self._badges.size(state.grade, font)
            box = QRectF(0, 0, size.width(), size.height())
            box.moveTo(area.right() - pad - size.width(), area.center().y() - size.height() / 2)
            self._badges.draw(painter, box, state.grade, font)

    @property
    def _is_narrow(self) -> bool:
        return self._list.viewport().width() < self._theme.scaled(178)

    def _title_area(self, area: QRectF, state: StepState, metrics: QFontMetrics) -> QRectF:
        pad = self._theme.space(2)
        left = pad + metrics.height() * 0.8 + pad
        right: float = pad
        if state.grade:
            font = self._list.font()
            badge = (
                metrics.height() * 0.8 if self._is_narrow else self._badges.size(state.grade, font).width()
            )
            right += badge + self._theme.space(1)
        return area.adjusted(left, 0, -right, 0)


class StepList(QListView):
    """``chosen`` gives the step that the person goes to; ``step_entered`` tells that they pressed Enter."""

    chosen = Signal(str)
    step_entered = Signal()

    def __init__(self, theme: Theme, scale: GradeScale, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marking = False
        self._theme = theme
        self._steps = StepModel(scale, self)
        self.setModel(self._steps)
        self.setItemDelegate(StepDelegate(theme, scale, self))
        self.setProperty("role", "navigation")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        name(self, "Steps of this audit")
        self.selectionModel().currentChanged.connect(self._on_current)
        self.activated.connect(self._on_activated)

    @property
    def states(self) -> tuple[StepState, ...]:
        """What is listed."""
        return self._steps.states

    def show_states(self, states: tuple[StepState, ...]) -> None:
        """List the steps as they stand now."""
        self._steps.show_states(states)

    def least_width(self) -> int:
        """How wide it must be so that no word is cut: with the shapes alone, and room to scroll."""
        metrics = self.fontMetrics()
        words = [word for state in self.states for word in state.step.title.split()]
        longest = max((metrics.horizontalAdvance(word) for word in words), default=0)
        return longest + round(metrics.height() * 1.6) + 7 * self._theme.space(1) + self._bar_width()

    def _bar_width(self) -> int:
        return self.verticalScrollBar().sizeHint().width()

    def mark(self, step_id: str) -> None:
        """Mark the step that is shown, without asking for it."""
        row = self._steps.row_of(step_id)
        if row is not None and self.currentIndex().row() != row:
            self._marking = True
            self.setCurrentIndex(self._steps.index(row))
            self._marking = False

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid() and not self._marking:
            self.chosen.emit(index.data(STATE_ROLE).step.id)

    @Slot(QModelIndex)
    def _on_activated(self, _index: QModelIndex) -> None:
        self.step_entered.emit()

    # -- Qt's own ----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits grade; the list does not search for them."""
        if event.text().isdigit():
            event.ignore()
        else:
            super().keyPressEvent(event)
