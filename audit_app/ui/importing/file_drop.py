"""Takes a spreadsheet that is dropped onto the window."""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from audit_app.ui.messages import SPREADSHEET


class FileDrop(QObject):
    """``dropped`` carries the path of one spreadsheet; anything else is not taken."""

    dropped = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Accept one file that may be a spreadsheet."""
        if isinstance(event, QDragEnterEvent | QDropEvent):
            path = spreadsheet_in(event.mimeData())
            if path is None:
                return False
            event.acceptProposedAction()
            if event.type() == QEvent.Type.Drop:
                self.dropped.emit(path)
            return True
        return bool(super().eventFilter(watched, event))


def spreadsheet_in(data: QMimeData) -> Path | None:
    """The one local file that is dragged, where its name is that of a spreadsheet."""
    urls = data.urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.suffix.lower() in SPREADSHEET.endings else None
