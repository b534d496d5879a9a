"""The window on a folder of its own."""

from collections.abc import Iterator
from typing import Any

import pytest
from frame_desk import Desk, build
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from audit_app.forms.catalogue import FormCatalogue
from audit_app.paths import resource_folder
from audit_app.services.workspaces import Workspaces
from audit_app.ui.preferences import Preferences
from audit_app.ui.theme import Theme


@pytest.fixture
def theme(qapp: QApplication, app_folders: Any) -> Iterator[Theme]:
    """The look of the window, which is put back to the usual afterwards."""
    made = Theme(qapp, Preferences(app_folders.data))
    yield made
    made.set_zoom(100)


@pytest.fixture
def desk(qapp: QApplication, app_folders: Any, theme: Theme, qtbot: QtBot) -> Iterator[Desk]:
    """The window, shown, before anything was chosen in it."""
    service = Workspaces(app_folders.data, FormCatalogue(resource_folder() / "forms", None))
    made = build(qapp, app_folders.data, app_folders.documents, service, theme, qtbot)
    made.window.start(None)
    with qtbot.waitExposed(made.window):
        made.window.show()
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    yield made
    made.window.close()
    made.window.deleteLater()
