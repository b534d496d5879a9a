"""Every screen and dialog, and how to make each: for the navigation, the accessibility walk, the pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit_app.ui.places import GRADING, HOME, MY_AUDITS, PROGRAMMES, SEARCH, SUMMARY

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from audit_app.ui.context import Context
    from audit_app.ui.screen import Place, Screen


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


def _my_audits(context: Context) -> Screen:
    from audit_app.ui.screens.my_audits_screen import MyAuditsScreen

    return MyAuditsScreen(context)


def _programmes(context: Context) -> Screen:
    from audit_app.ui.screens.programmes_screen import ProgrammesScreen

    return ProgrammesScreen(context)


def _summary(context: Context) -> Screen:
    from audit_app.ui.screens.summary_screen import SummaryScreen

    return SummaryScreen(context)


def _summary_places(context: Context) -> tuple[Place, ...]:
    from audit_app.ui.screen import Place

    return tuple(Place(SUMMARY, programme_id=found.id) for found in context.session.programmes.all())


def _search(context: Context) -> Screen:
    from audit_app.ui.screens.search_screen import SearchScreen

    return SearchScreen(context)


def _search_places(_context: Context) -> tuple[Place, ...]:
    from audit_app.ui.screen import Place

    return (Place(SEARCH, text="visits"),)


def _grading(context: Context) -> Screen:
    from audit_app.ui.screens.grading_screen import GradingScreen

    return GradingScreen(context)


def _grading_places(context: Context) -> tuple[Place, ...]:
    """A draft at one field of each kind of step, and an audit that was submitted."""
    from audit_app.core.audit import AuditState
    from audit_app.ui.screen import Place

    rows = context.session.audits.rows()
    draft = next(row.id for row in rows if row.state is AuditState.DRAFT)
    done = next(row.id for row in rows if row.state is AuditState.SUBMITTED)
    fields = ("audit.date", "recording.evidence", "safe.now", "worker.asked", "action.1.what")
    return (
        *(Place(GRADING, audit_id=draft, field=field) for field in fields),
        Place(GRADING, audit_id=done, field="voice.evidence"),
    )


SCREENS = (
    ScreenEntry(HOME, "Home", _home, "home"),
    ScreenEntry(MY_AUDITS, "My audits", _my_audits, "my_audits"),
    ScreenEntry(PROGRAMMES, "Programmes", _programmes, "programmes"),
    ScreenEntry(SUMMARY, "Summary", _summary, "summary", samples=_summary_places),
    ScreenEntry(SEARCH, "Search", _search, "search", samples=_search_places),
    ScreenEntry(GRADING, "Grading", _grading, within=MY_AUDITS, samples=_grading_places),
)


# -- Dialogs ----


def _audit_case(context: Context) -> QDialog:
    from audit_app.ui.dialogs.audit_case import AuditCaseDialog

    return AuditCaseDialog(context)


def _keys(context: Context) -> QDialog:
    from audit_app.ui.keys.keys_dialog import KeysDialog

    return KeysDialog(context)


def _change_passphrase(context: Context) -> QDialog:
    from audit_app.ui.keys.change_passphrase_dialog import ChangePassphraseDialog

    return ChangePassphraseDialog(context)


def _recovery_offer(_context: Context) -> QDialog:
    from audit_app.ui.keys.recovery_offer import RecoveryOffer

    return RecoveryOffer()


def _recovery_key(context: Context) -> QDialog:
    from audit_app.ui.keys.recovery_key_dialog import RecoveryKeyDialog

    return RecoveryKeyDialog(context)


def _preferences(context: Context) -> QDialog:
    from audit_app.ui.dialogs.preferences import PreferencesDialog

    return PreferencesDialog(context.preferences, context.theme)


def _shortcuts(_context: Context) -> QDialog:
    from audit_app.ui.dialogs.shortcuts import ShortcutsDialog

    return ShortcutsDialog()


def _about(_context: Context) -> QDialog:
    from audit_app.ui.dialogs.about import AboutDialog

    return AboutDialog()


def _programme(context: Context) -> QDialog:
    from audit_app.ui.dialogs.programme_dialog import ProgrammeDialog

    return ProgrammeDialog(context, context.session.programmes.all()[0])


def _import(context: Context) -> QDialog:
    from audit_app.paths import resource_folder
    from audit_app.ui.dialogs.import_dialog import ImportDialog

    return ImportDialog(context, resource_folder() / "sample" / "baseline_audits.csv")


def _snapshots(context: Context) -> QDialog:
    from audit_app.ui.snapshots.snapshots_dialog import SnapshotsDialog

    context.session.backups.keep()
    return SnapshotsDialog.of_session(context)


def _restore(context: Context) -> QDialog:
    from audit_app.ui.snapshots.restore_dialog import RestoreDialog

    context.session.backups.keep()
    view = context.session.backups.views()[0]
    return RestoreDialog(context.session.workspace.path.stem, view, context)


def _retention(context: Context) -> QDialog:
    from audit_app.ui.dialogs.retention_dialog import RetentionDialog

    return RetentionDialog(context)


def _hold(_context: Context) -> QDialog:
    from audit_app.ui.dialogs.hold_dialog import HoldDialog

    return HoldDialog("CIC-01")


def _audit_history(context: Context) -> QDialog:
    from audit_app.ui.dialogs.audit_history import AuditHistoryDialog

    audit_id = context.session.audits.rows()[-1].id
    return AuditHistoryDialog(context, context.session.audits.get(audit_id))


def _export(_context: Context) -> QDialog:
    from audit_app.ui.dialogs.export_dialog import ExportDialog

    return ExportDialog("PDF")


def _manual(_context: Context) -> QDialog:
    from audit_app.ui.dialogs.manual import ManualDialog

    return ManualDialog()


def _crash(_context: Context) -> QDialog:
    from audit_app.ui.crash_dialog import CrashDialog

    return CrashDialog(None, "builtins.ZeroDivisionError\n  audit_app/app.py:1 main", last_time=True)


DIALOGS = (
    DialogEntry("audit_case", "Audit a case", _audit_case),
    DialogEntry("import", "Import audits", _import),
    DialogEntry("programme", "Programme", _programme),
    DialogEntry("retention", "Retention", _retention),
    DialogEntry("snapshots", "Snapshots", _snapshots),
    DialogEntry("restore", "Restore a snapshot", _restore),
    DialogEntry("hold", "Put on hold", _hold),
    DialogEntry("audit_history", "History of an audit", _audit_history),
    DialogEntry("export", "Write the summary", _export),
    DialogEntry("keys", "Keys", _keys),
    DialogEntry("change_passphrase", "Change the passphrase", _change_passphrase),
    DialogEntry("recovery_offer", "Recovery key", _recovery_offer),
    DialogEntry("recovery_key", "Recovery key", _recovery_key),
    DialogEntry("preferences", "Preferences", _preferences),
    DialogEntry("shortcuts", "Keyboard shortcuts", _shortcuts),
    DialogEntry("manual", "Manual", _manual),
    DialogEntry("about", "About Audit App", _about),
    DialogEntry("crash", "The program stopped", _crash),
)
