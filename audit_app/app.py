"""Builds every object once, in order, and hands each to what needs it."""

from __future__ import annotations

import logging
import os
import sys
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from audit_app import __version__, logs
from audit_app.crash import CrashRecorder, leave_no_memory
from audit_app.paths import app_folder, log_folder, resource_folder

if TYPE_CHECKING:
    from audit_app.services.workspaces import Workspaces

# Loaded one by one while the passphrase is typed, the first needed first.
WARM_UP = (
    "audit_app.services.session",
    "cryptography.hazmat.primitives.kdf.pbkdf2",
    "audit_app.ui.workbench",
    "audit_app.ui.idle",
    "audit_app.ui.importing.file_drop",
    "audit_app.ui.screens.home_screen",
    "PySide6.QtSvg",
    "audit_app.ui.screens.grading_screen",
    "audit_app.ui.screens.my_audits_screen",
    "audit_app.ui.screens.summary_screen",
    "reportlab.platypus",
    "openpyxl",
)
_PAINTED_WITHIN = 30_000  # milliseconds


def build_workspaces() -> Workspaces:
    """The service that opens and makes workspaces, for the command line and the window."""
    from audit_app.forms.catalogue import FormCatalogue
    from audit_app.services.workspaces import Workspaces

    leave_no_memory()  # from here on it may hold case text
    folder = app_folder()
    return Workspaces(folder, FormCatalogue(resource_folder() / "forms", folder / "forms"))


def has_display() -> bool:
    """Whether a window can be shown here."""
    if os.environ.get("QT_QPA_PLATFORM") or sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def window_works() -> bool:
    """Whether the window can be painted here, tried where nobody sees it and with folders that go.

    For a process that ends afterwards: its environment is changed.
    """
    import tempfile  # noqa: TID251 - there is no case in it

    with tempfile.TemporaryDirectory(prefix="audit-app-", ignore_cleanup_errors=True) as folder:
        os.environ |= {"QT_QPA_PLATFORM": "offscreen", "AUDIT_APP_DATA_DIR": folder}
        return run_window(None, only_once=True) == 0


def run_window(workspace: Path | None, *, only_once: bool = False) -> int:
    """Show the window until it is closed, ``workspace`` asking for its passphrase; the exit code.

    ``only_once`` closes it when it has been painted.
    """
    logs.start(log_folder())
    recorder = CrashRecorder(log_folder())
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from audit_app.services.recent import RecentWorkspaces
    from audit_app.ui import qt_log
    from audit_app.ui.background import Background
    from audit_app.ui.crash_teller import CrashTeller
    from audit_app.ui.main_window import MainWindow
    from audit_app.ui.messages import Messages
    from audit_app.ui.parts import Parts
    from audit_app.ui.preferences import Preferences
    from audit_app.ui.theme import Theme

    log = logging.getLogger(logs.LOGGER)
    log.info("Started, version %s", __version__)
    qt_log.install()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Audit App")
    recorder.install()
    preferences = Preferences(app_folder())
    parts = Parts(
        app=app,
        recent=RecentWorkspaces(app_folder()),
        workspaces=cache(build_workspaces),
        background=Background(),
        preferences=preferences,
        theme=Theme(app, preferences),
        messages=Messages(preferences),
        sample_folder=app_folder() / "sample",
        warm_up=WARM_UP,
    )
    window = MainWindow(parts)
    teller = CrashTeller(recorder, parts.messages, window)
    if only_once:
        window.painted.connect(app.quit)
        QTimer.singleShot(_PAINTED_WITHIN, partial(app.exit, 1))
    else:
        window.painted.connect(teller.offer_last)
    window.start(workspace)
    window.show()
    code = app.exec()
    parts.background.stop()
    log.info("Ended")
    recorder.remove()
    qt_log.remove()
    logs.stop()
    return code
