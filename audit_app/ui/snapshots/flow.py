"""What the window does about snapshots: the dialog, putting one in place, and saying what came of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from audit_app.ui.snapshots import jobs
from audit_app.ui.snapshots.jobs import RestoredSession
from audit_app.ui.snapshots.snapshots_dialog import SnapshotsDialog
from audit_app.ui.snapshots.words import TITLE, being_restored

if TYPE_CHECKING:
    from audit_app.ui.main_window import MainWindow
    from audit_app.ui.parts import Parts


class SnapshotsFlow(QObject):
    """Made when somebody first asks for snapshots, or one was put in place."""

    def __init__(self, window: MainWindow, parts: Parts) -> None:
        super().__init__(window)
        self._window = window
        self._parts = parts

    def ask(self) -> None:
        """Show the snapshots of the open workspace, and put one in its place if that is wanted."""
        context = self._window.context
        if context is None:
            return
        wanted = SnapshotsDialog.of_session(context, self._window).ask()
        if wanted is None or self._window.context is not context:
            return
        path, snapshot = context.session.workspace.path, wanted.snapshot
        secret = wanted.passphrase or context.session.keys.recovery_key()
        job = partial(jobs.restore, self._parts.workspaces, path, secret, snapshot.path)
        self._window.go_on_after(job, TITLE, being_restored(snapshot))

    def tell(self, result: object) -> None:
        """Say what came of work on a file, if a snapshot was put in place."""
        if isinstance(result, RestoredSession):
            self._parts.messages.tell(self._window, result.sentence)
