"""A grade in a list or a heading: its shape and its short word, in its colours."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from audit_app.core.form import NOT_GRADED, Grade, GradeScale
from audit_app.ui.shapes import draw_shape
from audit_app.ui.theme import Theme
from audit_app.ui.widgets.marks import Mark, draw_mark

NOT_GRADED_TITLE = "Not graded"
_NOT_GRADED_SHORT = "Not graded"


def grade_words(scale: GradeScale, grade_id: str, *, short: bool = False) -> str:
    """The word of a grade, of "not graded", or blank."""
    if not grade_id:
        return ""
    if grade_id == NOT_GRADED:
        return _NOT_GRADED_SHORT if short else NOT_GRADED_TITLE
    grade = next((grade for grade in scale.grades if grade.id == grade_id), None)
    if grade is None:
        return grade_id
    return grade.short if short else grade.title


class BadgePainter:
    """Measures and draws badges, for widgets and for the lines of a list."""

    def __init__(self, theme: Theme, scale: GradeScale) -> None:
        self._theme = theme
        self._scale = scale

    def size(self, grade_id: str, font: QFont) -> QSize:
        """How large a grade's badge is in this font."""
        metrics = QFontMetrics(font)
        line = metrics.height()
        words = metrics.horizontalAdvance(grade_words(self._scale, grade_id, short=True))
        return QSize(round(words + line * 1.85), round(line * 1.35))

    def draw(self, painter: QPainter, area: QRectF, grade_id: str, font: QFont) -> None:
        """Draw a grade's badge to fill an area."""
        colours = self._theme.grade_colours(grade_id)
        line = QFontMetrics(font).height()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.text) if self._theme.is_high_contrast else QPen(Qt.PenStyle.NoPen))
        painter.setBrush(colours.fill)
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        side = line * 0.68
        shape = next((grade.shape for grade in self._scale.grades if grade.id == grade_id), None)
        at = QRectF(area.left() + line * 0.4, area.center().y() - side / 2, side, side)
        draw_shape(painter, at, shape, colours.text)
        painter.setPen(colours.text)
        painter.setFont(font)
        words = area.adjusted(line * 1.35, 0, 0, 0)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(words, flags, grade_words(self._scale, grade_id, short=True))
        painter.restore()


class GradeBadge(QWidget):
    """One badge; nothing when there is no grade."""

    def __init__(self, theme: Theme, scale: GradeScale, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale = scale
        self._painter = BadgePainter(theme, scale)
        self._grade = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_grade(self, grade_id: str) -> None:
        """Show a grade, "not graded", or nothing (blank)."""
        self._grade = grade_id
        self.setAccessibleName(grade_words(self._scale, grade_id))
        self.setVisible(bool(grade_id))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As large as its words."""
        return self._painter.size(self._grade, self.font())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        if self._grade:
            painter = QPainter(self)
            self._painter.draw(painter, QRectF(self.rect()), self._grade, self.font())
            painter.end()


class GradeHeading(QWidget):
    """A grade as the heading of what it means; with a tick when it is the one that is given."""

    def __init__(self, grade: Grade, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grade = grade
        self._theme = theme
        self._given = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_given(False)

    def set_given(self, given: bool) -> None:
        """Mark it as the grade that is given, or not."""
        self._given = given
        self.setAccessibleName(f"{self._grade.title}, given" if given else self._grade.title)
        self.update()

    def sizeHint(self) -> QSize:
        """A line."""
        line = self.fontMetrics().height()
        return QSize(line * 6, round(line * 1.6))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The shape and the word on the grade's ground."""
        colours = self._theme.grade_colours(self._grade.id)
        line = self.fontMetrics().height()
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edged = self._given or self._theme.is_high_contrast
        painter.setPen(QPen(colours.text, 1.5) if edged else QPen(Qt.PenStyle.NoPen))
        painter.setBrush(colours.fill)
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        side = line * 0.75
        square = QRectF(area.left() + line * 0.45, area.center().y() - side / 2, side, side)
        draw_shape(painter, square, self._grade.shape, colours.text)
        if self._given:
            square.moveRight(area.right() - line * 0.45)
            draw_mark(painter, square, Mark.TICK, colours.text)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(colours.text)
        words = area.adjusted(line * 1.6, 0, -line * (1.4 if self._given else 0.2), 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._grade.title)
        painter.end()
