"""What the window is built of, made once by the application and handed over."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from audit_app.ui.background import Background
from audit_app.ui.messages import Messages
from audit_app.ui.preferences import Preferences
from audit_app.ui.theme import Theme

if TYPE_CHECKING:
    from audit_app.services.recent import RecentWorkspaces
    from audit_app.services.workspaces import Workspaces


@dataclass(frozen=True, slots=True, eq=False, repr=False)  # made at every start
class Parts:
    """``workspaces`` gives the service that opens files, which is loaded when it is first asked for.

    The sample is kept in ``sample_folder``; modules of ``warm_up`` are imported once the window is there.

    ``clock`` gives the seconds by which the window locks itself.
    """

    app: QApplication
    recent: RecentWorkspaces
    workspaces: Callable[[], Workspaces]
    background: Background
    preferences: Preferences
    theme: Theme
    messages: Messages
    sample_folder: Path
    warm_up: tuple[str, ...] = ()
    clock: Callable[[], float] = time.time
