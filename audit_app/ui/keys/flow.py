"""What the window does about keys: the dialog, the change of the passphrase, the offer that follows it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot

from audit_app.core.errors import AppError
from audit_app.services.keys import ChangedPassphrase
from audit_app.ui.keys.keys_dialog import KeysDialog
from audit_app.ui.keys.recovery_key_dialog import RecoveryKeyDialog
from audit_app.ui.keys.recovery_offer import RecoveryOffer
from audit_app.ui.opening import jobs

if TYPE_CHECKING:
    from audit_app.ui.main_window import MainWindow
    from audit_app.ui.parts import Parts

_TITLE = "Changing the passphrase"
_WORDS = "The workspace and its snapshots are being written anew. Should this be stopped, nothing is lost."


class KeysFlow(QObject):
    """Made when somebody first asks for keys, or has made a workspace."""

    def __init__(self, window: MainWindow, parts: Parts) -> None:
        super().__init__(window)
        self._window = window
        self._parts = parts

    def ask(self) -> None:
        """Show the keys of the open workspace, and change its passphrase if that is wanted."""
        context = self._window.context
        if context is None:
            return
        wanted = KeysDialog.ask(context, self._window)
        if wanted is None or self._window.context is not context:
            return
        keys, path = context.session.keys, context.session.workspace.path
        secret = wanted.present or keys.recovery_key()
        job = partial(jobs.change_passphrase, self._parts.workspaces, path, secret, wanted.new)
        self._window.go_on_after(job, _TITLE, _WORDS)

    def tell(self, result: object) -> None:
        """Say what came of work on a file, if it was a change of the passphrase."""
        if isinstance(result, ChangedPassphrase):
            self.offer(result.sentences())

    def offer(self, said: Sequence[str] = ()) -> None:
        """Offer the recovery key, in front of the window and without holding it up."""
        dialog = RecoveryOffer(said, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self._on_show)
        dialog.open()

    @Slot()
    def _on_show(self) -> None:
        context = self._window.context
        if context is not None:
            try:
                RecoveryKeyDialog.show_for(context, self._window)
            except AppError as error:
                context.messages.error(self._window, error)
