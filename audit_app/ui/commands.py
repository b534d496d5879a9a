"""What the menus do, and which of them can be chosen now."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from audit_app.core.errors import AppError
from audit_app.ui import menus
from audit_app.ui.preferences import Appearance

if TYPE_CHECKING:
    from audit_app.ui.keys.flow import KeysFlow
    from audit_app.ui.main_window import MainWindow
    from audit_app.ui.parts import Parts
    from audit_app.ui.snapshots.flow import SnapshotsFlow

NAVIGATION_HIDDEN = "window/navigation_hidden"


class Commands(QObject):
    """Gives the window its menus and does what is chosen in them."""

    def __init__(self, window: MainWindow, parts: Parts) -> None:
        super().__init__(window)
        self._window = window
        self._parts = parts
        self.actions = menus.build(window)
        actions, theme = self.actions, parts.theme
        for action, slot in (
            (actions.audit_case, self.audit_case),
            (actions.import_audits, window.import_audits),
            (actions.open_other, window.open_another),
            (actions.lock, window.lock),
            (actions.keys, self._on_keys),
            (actions.snapshots, self._on_snapshots),
            (actions.retention, self._on_retention),
            (actions.leave, window.close),
            (actions.undo, self._on_undo),
            (actions.redo, self._on_redo),
            (actions.find, self._on_find),
            (actions.preferences, self._on_preferences),
            (actions.back, self._on_back),
            (actions.next_pane, self._on_next_pane),
            (actions.previous_pane, self._on_previous_pane),
            (actions.larger, theme.zoom_in),
            (actions.smaller, theme.zoom_out),
            (actions.normal, theme.zoom_reset),
            (actions.navigation, self._on_navigation),
            (actions.shortcuts, self._on_shortcuts),
            (actions.manual, self._on_manual),
            (actions.about, self._on_about),
        ):
            action.triggered.connect(slot)
        actions.appearance.triggered.connect(self._on_appearance)
        theme.changed.connect(self.update)
        window.open_screen.created.connect(self._on_created)
        window.open_screen.reopened.connect(self._on_reopened)

    @Slot()
    def update(self) -> None:
        """Switch on what can be chosen now."""
        actions, bench, preferences = self.actions, self._window.workbench, self._parts.preferences
        for action in actions.need_workspace:
            action.setEnabled(bench is not None)
        shown = bench.screen_shown if bench else None
        actions.undo.setEnabled(shown is not None and shown.can_undo())
        actions.redo.setEnabled(shown is not None and shown.can_redo())
        actions.back.setEnabled(bench is not None and bench.can_go_back)
        actions.find.setEnabled(bench is not None and bench.can_search)
        actions.navigation.setChecked(not preferences.flag(NAVIGATION_HIDDEN))
        for action in actions.appearance.actions():
            action.setChecked(action.data() == preferences.appearance.value)

    # -- In the workspace ----------------------------------------------------------------------------

    @Slot()
    def audit_case(self) -> None:
        """Ask for a reference, and go to the audit."""
        from audit_app.ui.dialogs.audit_case import AuditCaseDialog

        context, bench = self._window.context, self._window.workbench
        if context is not None and bench is not None:
            place = AuditCaseDialog.ask(context, self._window)
            if place is not None:
                bench.go(place)

    @Slot()
    def _on_retention(self) -> None:
        from audit_app.ui.dialogs.retention_dialog import RetentionDialog

        context = self._window.context
        if context is not None and self._committed():
            RetentionDialog.show_for(context, self._window)

    def _committed(self) -> bool:
        """Whether what was typed could be written, which is said if not."""
        try:
            if self._window.workbench is not None:
                self._window.workbench.commit()
        except AppError as error:
            self._parts.messages.error(self._window, error)
            return False
        return True

    @cached_property
    def _snapshots(self) -> SnapshotsFlow:
        from audit_app.ui.snapshots.flow import SnapshotsFlow

        return SnapshotsFlow(self._window, self._parts)

    @Slot()
    def _on_snapshots(self) -> None:
        if self._committed():
            self._snapshots.ask()

    @cached_property
    def _keys(self) -> KeysFlow:
        from audit_app.ui.keys.flow import KeysFlow

        return KeysFlow(self._window, self._parts)

    @Slot()
    def _on_keys(self) -> None:
        self._keys.ask()

    @Slot()
    def _on_created(self) -> None:
        self._keys.offer()

    @Slot(object)
    def _on_reopened(self, result: object) -> None:
        self._keys.tell(result)
        self._snapshots.tell(result)

    @Slot()
    def _on_find(self) -> None:
        from audit_app.ui.places import SEARCH
        from audit_app.ui.screen import Place

        if self._window.workbench is not None:
            self._window.workbench.go(Place(SEARCH))

    @Slot()
    def _on_undo(self) -> None:
        bench = self._window.workbench
        if bench is not None and bench.screen_shown is not None:
            bench.screen_shown.undo()

    @Slot()
    def _on_redo(self) -> None:
        bench = self._window.workbench
        if bench is not None and bench.screen_shown is not None:
            bench.screen_shown.redo()

    @Slot()
    def _on_back(self) -> None:
        if self._window.workbench is not None:
            self._window.workbench.back()

    @Slot()
    def _on_next_pane(self) -> None:
        if self._window.workbench is not None:
            self._window.workbench.next_pane()

    @Slot()
    def _on_previous_pane(self) -> None:
        if self._window.workbench is not None:
            self._window.workbench.previous_pane()

    # -- How it looks --------------------------------------------------------------------------------

    @Slot(bool)
    def _on_navigation(self, shown: bool) -> None:
        self._parts.preferences.set_flag(NAVIGATION_HIDDEN, not shown)
        if self._window.workbench is not None:
            self._window.workbench.navigation.setVisible(shown)

    @Slot(QAction)
    def _on_appearance(self, action: QAction) -> None:
        self._parts.theme.set_appearance(Appearance(action.data()))

    @Slot()
    def _on_preferences(self) -> None:
        from audit_app.ui.dialogs.preferences import PreferencesDialog

        dialog = PreferencesDialog(self._parts.preferences, self._parts.theme, self._window)
        dialog.exec()
        dialog.deleteLater()

    # -- Help ----------------------------------------------------------------------------------------

    @Slot()
    def _on_shortcuts(self) -> None:
        from audit_app.ui.dialogs.shortcuts import ShortcutsDialog

        dialog = ShortcutsDialog(self._window)
        dialog.exec()
        dialog.deleteLater()

    @Slot()
    def _on_manual(self) -> None:
        from audit_app.ui.dialogs.manual import ManualDialog

        dialog = ManualDialog(self._window)
        dialog.exec()
        dialog.deleteLater()

    @Slot()
    def _on_about(self) -> None:
        from audit_app.ui.dialogs.about import AboutDialog

        dialog = AboutDialog(self._window)
        dialog.exec()
        dialog.deleteLater()
