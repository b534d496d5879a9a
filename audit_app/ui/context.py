"""What a screen is given: the services of the open workspace and the window's own helpers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit_app.ui.background import Background
from audit_app.ui.change_bus import ChangeBus
from audit_app.ui.messages import Messages
from audit_app.ui.preferences import Preferences
from audit_app.ui.theme import Theme

# The services import the database, which the first window must not wait for.
if TYPE_CHECKING:
    from audit_app.services.session import Session


@dataclass(frozen=True, slots=True)
class Context:
    """Everything a screen or a dialog works with; made anew for each unlocked session."""

    session: Session
    background: Background
    bus: ChangeBus
    preferences: Preferences
    messages: Messages
    theme: Theme
