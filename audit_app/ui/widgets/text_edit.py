"""Several lines of plain text, well spaced; grows with what is written, and leaves undo to the audit."""

import re

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QTextEdit, QWidget

from audit_app.ui.widgets.line_edit import end_of_difference
from audit_app.ui.widgets.own_undo import is_undo_or_redo, without_undo

LINE_HEIGHT = 1.4  # of the font's own
MAX_TEXT = 100_000  # characters; far more than anybody writes, and a bound for what is pasted
_PARAGRAPH = "\u2029"
_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029\x0b\x0c\x85]")


class TextEdit(QTextEdit):
    """A text edit of ``rows`` to ``most_rows`` lines; ``edited`` tells what the person did."""

    edited = Signal(str)

    def __init__(self, rows: int = 3, most_rows: int = 14, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._most_rows = most_rows
        self._showing = False
        self._height = 0
        self._prompt = ""
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._space_lines()
        self.textChanged.connect(self._on_text_changed)
        self.cursorPositionChanged.connect(self._keep_in_sight)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def text(self) -> str:
        """What is written."""
        # Not toPlainText(), which turns non-breaking spaces into ordinary ones.
        raw = self.document().toRawText()
        return raw.replace(_PARAGRAPH, "\n").replace("\u2028", "\n").replace("\ufffc", "")

    def show_value(self, text: str) -> None:
        """Show a text, not by the person; the cursor goes behind what differs, the rest stays put."""
        before = self.text()
        if text == before:
            return
        end = end_of_difference(before, text)
        start = _start_of_difference(before, text, len(text) - end)
        self._showing = True
        cursor = QTextCursor(self.document())
        cursor.setPosition(_units(before[:start]))
        cursor.setPosition(_units(before[: len(before) - (len(text) - end)]), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text[start:end])
        self._showing = False
        self._space_lines()
        self.set_cursor(end)

    def cursor_position(self) -> int:
        """Where the cursor stands, in characters."""
        return len(_from_units(self.text(), self.textCursor().position()))

    def set_cursor(self, position: int) -> None:
        """Put the cursor behind so many characters."""
        cursor = self.textCursor()
        cursor.setPosition(min(_units(self.text()[:position]), self.document().characterCount() - 1))
        self.setTextCursor(cursor)

    def set_prompt(self, prompt: str) -> None:
        """What to write about, shown while nothing is written."""
        self._prompt = prompt
        self.viewport().update()

    # -- Height ------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """As high as what is written, within bounds."""
        return QSize(super().sizeHint().width(), self._wanted_height())

    def minimumSizeHint(self) -> QSize:
        """Narrow is allowed; lower is not."""
        return QSize(self.fontMetrics().averageCharWidth() * 16, self._wanted_height())

    def _wanted_height(self) -> int:
        line = QFontMetricsF(self.font()).lineSpacing() * LINE_HEIGHT
        around = 2 * self.document().documentMargin() + 2 * self.frameWidth() + 2
        written = self.document().size().height() + 2 * self.frameWidth()
        return int(min(max(line * self._rows + around, written), line * self._most_rows + around))

    @Slot()
    def _fit(self) -> None:
        wanted = self._wanted_height()
        if wanted != self._height:
            self._height = wanted
            self.updateGeometry()

    @Slot()
    def _keep_in_sight(self) -> None:
        """Scroll the page this stands in, where it is higher than the page."""
        page = self.parentWidget()
        while page is not None and not isinstance(page, QScrollArea):
            page = page.parentWidget()
        sheet = page.widget() if page is not None else None
        if page is not None and sheet is not None and self.hasFocus():
            caret = self.cursorRect()
            at = self.viewport().mapTo(sheet, caret.bottomLeft())
            page.ensureVisible(at.x(), at.y(), 0, 2 * caret.height())

    def _space_lines(self) -> None:
        spacing = QTextBlockFormat()
        spacing.setLineHeight(LINE_HEIGHT * 100, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        self._showing, was = True, self._showing
        cursor.mergeBlockFormat(spacing)
        self._showing = was

    @Slot()
    def _on_text_changed(self) -> None:
        if not self._showing:
            self.edited.emit(self.text())

    # -- Qt's own ----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text, or the prompt over as many lines as it needs, which Qt's own placeholder does not get."""
        super().paintEvent(event)
        if self._prompt and self.document().isEmpty() and not self.isReadOnly():
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            margin = round(self.document().documentMargin())
            area = self.viewport().rect().adjusted(margin, margin + 1, -margin, 0)
            painter.drawText(area, Qt.TextFlag.TextWordWrap.value, self._prompt)
            painter.end()

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window's shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and is_undo_or_redo(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo, redo and Ctrl+Enter go on to the parent."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_undo_or_redo(event) or (enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words alone, up to the bound, without what cannot be shown."""
        room = MAX_TEXT - self.document().characterCount() + len(self.textCursor().selectedText())
        words = _LINE_ENDS.sub("\n", source.text())[: max(room, 0)]
        kept = "".join(letter for letter in words if letter.isprintable() or letter in "\n\t\u00ad\u00a0")
        self.textCursor().insertText(kept)
        self.ensureCursorVisible()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the menu without Undo and Redo."""
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        without_undo(menu).popup(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the lines elsewhere."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another text size needs another height."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()


def _start_of_difference(before: str, after: str, same_at_end: int) -> int:
    most = min(len(before), len(after)) - same_at_end
    same = 0
    while same < most and before[same] == after[same]:
        same += 1
    return same


def _units(text: str) -> int:
    """The length of a text as Qt counts it: in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _from_units(text: str, units: int) -> str:
    return text.encode("utf-16-le", "surrogatepass")[: units * 2].decode("utf-16-le", "replace")
