"""Every screen and dialog, and how to make each: for the navigation, the accessibility walk, the pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from audit_app.ui.context import Context
    from audit_app.ui.screen import Place, Screen

HOME = "home"
SEARCH = "search"
# No screens, but places to go to: the window opens the sample, or asks for a spreadsheet.
SAMPLE = "sample"
IMPORT = "import"


@dataclass(frozen=True, slots=True)
class ScreenEntry:
    """One screen. ``icon`` is blank for one that is not in the navigation; ``within`` is then marked there.

    ``samples`` are the places worth looking at in a workspace that holds the sample.
    """

    id: str
    title: str
    make: Callable[[Context], Screen]
    icon: str = ""
    within: str = ""
    samples: Callable[[Context], tuple[Place, ...]] | None = None

    def sample_places(self, context: Context) -> tuple[Place, ...]:
        """Where to look at this screen in the sample."""
        from audit_app.ui.screen import Place

        return (Place(self.id),) if self.samples is None else self.samples(context)


@dataclass(frozen=True, slots=True)
class DialogEntry:
    """One dialog, made with sample data of the open workspace."""

    id: str
    title: str
    make: Callable[[Context], QDialog]


# -- Screens. Each is imported when it is first shown. ----


def _home(context: Context) -> Screen:
    from audit_app.ui.screens.home_screen import HomeScreen

    return HomeScreen(context)


SCREENS = (ScreenEntry(HOME, "Home", _home, "home"),)


# -- Dialogs ----


def _audit_case(context: Context) -> QDialog:
    from audit_app.ui.dialogs.audit_case import AuditCaseDialog

    return AuditCaseDialog(context)


def _preferences(context: Context) -> QDialog:
    from audit_app.ui.dialogs.preferences import PreferencesDialog

    return PreferencesDialog(context.preferences, context.theme)


def _shortcuts(_context: Context) -> QDialog:
    from audit_app.ui.dialogs.shortcuts import ShortcutsDialog

    return ShortcutsDialog()


def _about(_context: Context) -> QDialog:
    from audit_app.ui.dialogs.about import AboutDialog

    return AboutDialog()


def _crash(_context: Context) -> QDialog:
    from audit_app.ui.crash_dialog import CrashDialog

    return CrashDialog(None, "builtins.ZeroDivisionError\n  audit_app/app.py:1 main", last_time=True)


DIALOGS = (
    DialogEntry("audit_case", "Audit a case", _audit_case),
    DialogEntry("preferences", "Preferences", _preferences),
    DialogEntry("shortcuts", "Keyboard shortcuts", _shortcuts),
    DialogEntry("about", "About Audit App", _about),
    DialogEntry("crash", "The program stopped", _crash),
)
