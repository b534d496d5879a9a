"""A workspace with one audit on the grading screen."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
import shiboken6
from grading_desk import PASSPHRASE, Chosen, Desk
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from audit_app import paths
from audit_app.forms.catalogue import FormCatalogue
from audit_app.services.session import Session
from audit_app.services.workspaces import Workspaces
from audit_app.ui.background import Background
from audit_app.ui.change_bus import ChangeBus
from audit_app.ui.context import Context
from audit_app.ui.preferences import Preferences
from audit_app.ui.screen import Place
from audit_app.ui.screens.grading_screen import GradingScreen
from audit_app.ui.theme import Theme


@pytest.fixture(scope="module")
def desk_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A workspace for the tests of one module, each of which begins an audit of its own."""
    folder = tmp_path_factory.mktemp("work")
    catalogue = FormCatalogue(paths.resource_folder() / "forms", None)
    made = Workspaces(folder, catalogue).create(folder / "Work.caseaudit", PASSPHRASE, "Anna Jones")
    yield made
    made.close()


@pytest.fixture(scope="module")
def desk_theme(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Theme:
    """The look of the module's windows."""
    return Theme(qapp, Preferences(tmp_path_factory.mktemp("look")))


@pytest.fixture
def desk_context(desk_session: Session, desk_theme: Theme, tmp_path: Path) -> Iterator[Context]:
    """The services, and the window's helpers."""
    preferences = Preferences(tmp_path)
    background = Background()
    yield Context(desk_session, background, ChangeBus(), preferences, Chosen(preferences), desk_theme)
    background.stop()


@pytest.fixture
def desk(desk_context: Context, qtbot: QtBot) -> Iterator[Desk]:
    """An audit that was just begun, on the screen."""
    audit_id, _ = desk_context.session.audits.start(f"CF-{uuid4()}")
    screen = GradingScreen(desk_context)
    screen.resize(1176, 690)
    desk_context.bus.changed.connect(screen.refresh)
    made = Desk(desk_context, screen, audit_id, qtbot)
    desk_context.bus.saving.connect(made.states.append)
    screen.show_place(Place("grading", audit_id=audit_id))
    with qtbot.waitExposed(screen):
        screen.show()
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    yield made
    screen.draft.close()
    # Now, while its Python side is whole: left to the garbage collector, Qt would lay out what is half gone.
    shiboken6.delete(screen)
