"""Two layouts that follow the width they get: one wraps like text, one has as many columns as fit."""

from collections.abc import Sequence, Set

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class _ItemLayout(QLayout):
    """What both have: a list of items, and a height that depends on the width."""

    # Also on the class: at the end of a window, Python may have emptied a layout that Qt still asks.
    _items: Sequence[QLayoutItem] = ()
    _gap = 0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items = []
        self.setContentsMargins(0, 0, 0, 0)

    def shown(self) -> list[QLayoutItem]:
        """The items that are not hidden."""
        return [item for item in self._items if not item.isEmpty()]

    def arrange(self, area: QRect, *, place: bool) -> int:
        """Place the items in an area, or only find out how high that would be."""
        raise NotImplementedError

    # -- Qt's own ----------------------------------------------------------------------------------

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802
        """Take an item; addWidget() calls this."""
        self._items = [*self._items, item]

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """An item, or None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """Give an item back."""
        if not 0 <= index < len(self._items):
            return None
        taken = self._items[index]
        self._items = [*self._items[:index], *self._items[index + 1 :]]
        return taken

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802
        """As wide as there is room."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """Narrow is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high the items stand at this width."""
        margins = self.contentsMargins()
        inner = QRect(0, 0, width - margins.left() - margins.right(), 0)
        return self.arrange(inner, place=False) + margins.top() + margins.bottom()

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802
        """Place the items."""
        super().setGeometry(rect)
        self.arrange(rect.marginsRemoved(self.contentsMargins()), place=True)


class FlowLayout(_ItemLayout):
    """Items side by side at their own size, in as many lines as it takes."""

    def __init__(self, parent: QWidget | None = None, gap: int = 8) -> None:
        super().__init__(parent)
        self._gap = gap

    def arrange(self, area: QRect, *, place: bool) -> int:
        """Fill line by line."""
        x, y, line = area.x(), area.y(), 0
        for item in self.shown():
            size = item.sizeHint()
            if x > area.x() and x + size.width() > area.x() + area.width():
                x, y, line = area.x(), y + line + self._gap, 0
            if place:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self._gap
            line = max(line, size.height())
        return y + line - area.y()

    def sizeHint(self) -> QSize:
        """All in one line."""
        sizes = [item.sizeHint() for item in self.shown()]
        width = sum(size.width() for size in sizes) + self._gap * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:  # noqa: N802
        """Every item in a line of its own."""
        sizes = [item.minimumSize() for item in self.shown()]
        return QSize(
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )


class ColumnsLayout(_ItemLayout):
    """Items in columns of equal width, as many as fit; an item added by ``add_wide`` has a line to itself."""

    least_width = 1
    _line_gap = 0
    _wide: Set[QWidget] = frozenset()

    def __init__(
        self, least_width: int, gap: int = 16, line_gap: int = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.least_width = least_width
        self._gap = gap
        self._line_gap = line_gap
        self._wide = set()

    def add_wide(self, widget: QWidget) -> None:
        """Add a widget that takes the whole width."""
        self._wide = {*self._wide, widget}
        self.addWidget(widget)

    def arrange(self, area: QRect, *, place: bool) -> int:
        """Fill line by line; the items of a line begin at the same height."""
        columns = max(1, (area.width() + self._gap) // (self.least_width + self._gap))
        width = (area.width() - self._gap * (columns - 1)) // columns
        y, column, line = area.y(), 0, 0
        for item in self.shown():
            wide = item.widget() in self._wide
            if column and (wide or column == columns):
                y, column, line = y + line + self._line_gap, 0, 0
            wanted = area.width() if wide else width
            height = item.heightForWidth(wanted) if item.hasHeightForWidth() else item.sizeHint().height()
            if place:
                item.setGeometry(QRect(area.x() + column * (width + self._gap), y, wanted, height))
            column = columns if wide else column + 1
            line = max(line, height)
        return y + line - area.y()

    def sizeHint(self) -> QSize:
        """Two columns."""
        width = 2 * self.least_width + self._gap
        return QSize(width, self.arrange(QRect(0, 0, width, 0), place=False))

    def minimumSize(self) -> QSize:  # noqa: N802
        """One column, as narrow as its items allow."""
        narrowest = max((item.minimumSize().width() for item in self.shown()), default=0)
        return QSize(min(narrowest, self.least_width), 0)


class BesideLayout(_ItemLayout):
    """Words and a control: beside each other where the words keep ``least_width``, else beneath."""

    least_width = 1

    def __init__(self, least_width: int, gap: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.least_width = least_width
        self._gap = gap

    def arrange(self, area: QRect, *, place: bool) -> int:
        """Place the words at the left and the control at the right, or one above the other."""
        if not self._items:
            return 0
        words, control = self._items
        size = control.sizeHint()
        beside = area.width() - self._gap - size.width()
        if beside >= self.least_width:
            height = max(words.heightForWidth(beside), size.height())
            if place:
                words.setGeometry(QRect(area.x(), area.y(), beside, height))
                right = area.x() + area.width() - size.width()
                control.setGeometry(QRect(right, area.y(), size.width(), size.height()))
            return height
        above = words.heightForWidth(area.width())
        below = control.heightForWidth(area.width()) if control.hasHeightForWidth() else size.height()
        if place:
            words.setGeometry(QRect(area.x(), area.y(), area.width(), above))
            control.setGeometry(QRect(area.x(), area.y() + above, area.width(), below))
        return above + below

    def sizeHint(self) -> QSize:
        """Beside each other."""
        size = self._items[-1].sizeHint() if self._items else QSize(0, 0)
        width = self.least_width + self._gap + size.width()
        return QSize(width, self.arrange(QRect(0, 0, width, 0), place=False))

    def minimumSize(self) -> QSize:  # noqa: N802
        """One above the other."""
        return QSize(max((item.minimumSize().width() for item in self._items), default=0), 0)
