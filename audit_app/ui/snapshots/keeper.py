"""Makes a snapshot a moment after a workspace was opened, beside all else, and tells if that failed."""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from audit_app.ui.context import Context
from audit_app.ui.snapshots import jobs

_AFTER = 2_000  # milliseconds: what a person waits for is on the screen by then


class SnapshotKeeper(QObject):
    """``said``: a sentence on why there is no snapshot, or blank; after each attempt and each change."""

    said = Signal(str)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._background = context.background
        self._backups = context.session.backups
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(self.keep)
        timer.start(_AFTER)
        context.bus.changed.connect(self._on_changed)  # an import makes one too

    @Slot()
    def keep(self) -> None:
        """Make one now, if anything was changed."""
        self._background.upkeep(partial(jobs.keep, self._backups), self._on_kept)

    def _on_kept(self, _nothing: object) -> None:
        self.said.emit(self._backups.trouble)

    @Slot(object)
    def _on_changed(self, _changes: object) -> None:
        self.said.emit(self._backups.trouble)
