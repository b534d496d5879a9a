"""The screens of the window over workspaces that hold the real table."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from table_desk import Chosen, Desk

from audit_app.forms.catalogue import FormCatalogue
from audit_app.paths import resource_folder
from audit_app.services.session import Session
from audit_app.services.workspaces import Workspaces
from audit_app.ui.background import Background
from audit_app.ui.catalogue import SCREENS
from audit_app.ui.change_bus import ChangeBus
from audit_app.ui.context import Context
from audit_app.ui.preferences import Preferences
from audit_app.ui.theme import Theme
from audit_app.ui.workbench import Workbench

PASSPHRASE = "five small brown bridges"
REAL_SHEET = Path(__file__).resolve().parents[2] / "data" / "bcp_2019_q2_audits.csv"
REAL_TITLE = "Children in care baseline"


@contextmanager
def _session(folder: Path, *, with_table: bool) -> Iterator[Session]:
    catalogue = FormCatalogue(resource_folder() / "forms", None)
    made = Workspaces(folder, catalogue).create(folder / "Work.caseaudit", PASSPHRASE, "Anna Jones")
    if with_table:
        made.importing.apply(made.importing.preview(REAL_SHEET, REAL_TITLE))
    yield made
    made.close()


@pytest.fixture(scope="module")
def real_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A workspace with the real table, for tests of one module that only look."""
    with _session(tmp_path_factory.mktemp("real"), with_table=True) as made:
        yield made


@pytest.fixture
def own_session(tmp_path: Path) -> Iterator[Session]:
    """A workspace with the real table for one test alone."""
    with _session(tmp_path, with_table=True) as made:
        yield made


@pytest.fixture
def empty_session(tmp_path: Path) -> Iterator[Session]:
    """A workspace without anything in it."""
    with _session(tmp_path, with_table=False) as made:
        yield made


@pytest.fixture(autouse=True)
def clipboard(qapp: QApplication) -> Iterator[None]:
    """An empty clipboard afterwards: with something in it, the offscreen platform crashes at the end."""
    yield
    qapp.clipboard().clear()


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    """What the person set, which is nothing yet."""
    folder = tmp_path / "preferences"
    folder.mkdir()
    return Preferences(folder)


@pytest.fixture
def theme(qapp: QApplication, preferences: Preferences) -> Iterator[Theme]:
    """The look of the window, which is put back to the usual afterwards."""
    made = Theme(qapp, preferences)
    yield made
    made.set_zoom(100)


@pytest.fixture
def background() -> Iterator[Background]:
    """The one worker thread."""
    made = Background()
    yield made
    made.stop()


@pytest.fixture
def open_desk(
    preferences: Preferences, theme: Theme, background: Background, qtbot: QtBot
) -> Iterator[Callable[[Session], Desk]]:
    """Shows the window's screens over a session."""
    benches: list[Workbench] = []

    def show(session: Session) -> Desk:
        messages = Chosen(preferences)
        context = Context(session, background, ChangeBus(), preferences, messages, theme)
        bench = Workbench(context, SCREENS, session.workspace.path)
        benches.append(bench)
        bench.resize(1366, 720)
        with qtbot.waitExposed(bench):
            bench.show()
        bench.activateWindow()
        qtbot.waitUntil(bench.isActiveWindow)
        return Desk(context, bench, qtbot)

    yield show
    background.cancel_all()
    for bench in benches:
        bench.close()
        bench.deleteLater()


@pytest.fixture
def real(open_desk: Callable[[Session], Desk], real_session: Session) -> Desk:
    """The real table, to be looked at."""
    return open_desk(real_session)


@pytest.fixture
def own(open_desk: Callable[[Session], Desk], own_session: Session) -> Desk:
    """The real table, to be changed."""
    return open_desk(own_session)


@pytest.fixture
def empty(open_desk: Callable[[Session], Desk], empty_session: Session) -> Desk:
    """Nothing yet."""
    return open_desk(empty_session)
