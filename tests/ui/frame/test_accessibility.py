"""One walk over every screen and dialog of the catalogue, at the usual size of text and at twice that."""

from collections.abc import Iterator
from typing import Any

import pytest
from access_walk import cut_off, focusable, problems, spoken
from frame_desk import Desk, build
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from audit_app.forms.catalogue import FormCatalogue
from audit_app.paths import resource_folder
from audit_app.services.sample import SAMPLE_PASSPHRASE, make_sample
from audit_app.services.workspaces import Workspaces
from audit_app.ui.catalogue import DIALOGS, SCREENS
from audit_app.ui.preferences import Preferences
from audit_app.ui.theme import Theme

LAPTOP = (1366, 768)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Workspaces]:
    """A folder with the sample workspace in it, made once."""
    folder = tmp_path_factory.mktemp("sample")
    service = Workspaces(folder, FormCatalogue(resource_folder() / "forms", None))
    make_sample(service, folder)
    return folder, service


@pytest.fixture(params=[100, 200])
def desk(
    request: pytest.FixtureRequest, qapp: QApplication, sample: tuple[Any, Workspaces], qtbot: QtBot
) -> Iterator[Desk]:
    """The window of a council's laptop on the sample, at a size of text."""
    folder, service = sample
    theme = Theme(qapp, Preferences(folder))
    theme.set_zoom(request.param)
    made = build(qapp, folder, folder, service, theme, qtbot)
    made.window.resize(*LAPTOP)
    with qtbot.waitExposed(made.window):
        made.window.show()
    made.window.open_screen.opened.emit(service.open(folder / "sample.caseaudit", SAMPLE_PASSPHRASE))
    yield made
    made.window.close()
    made.window.deleteLater()
    theme.set_zoom(100)


def settle(desk: Desk) -> None:
    """Let the screen lay itself out, and wait for what it loads in the background."""
    desk.qtbot.waitUntil(lambda: not desk.parts.background.at_work, timeout=10_000)
    desk.qtbot.wait(30)


@pytest.mark.parametrize("entry", SCREENS, ids=[entry.id for entry in SCREENS])
def test_every_screen_can_be_used_without_seeing_it(desk: Desk, entry: Any) -> None:
    found = []
    for place in entry.sample_places(desk.context):
        desk.bench.go(place)
        settle(desk)
        found += [f"{place.field or ''} {one}".strip() for one in problems(desk.window)]
    assert not found, "\n".join(["", *found])


@pytest.mark.parametrize("entry", SCREENS, ids=[entry.id for entry in SCREENS])
def test_every_screen_shows_all_its_words(desk: Desk, entry: Any) -> None:
    found = []
    for place in entry.sample_places(desk.context):
        desk.bench.go(place)
        settle(desk)
        found += [f"{place.field or ''} {one}".strip() for one in cut_off(desk.window)]
    assert not found, "\n".join(["", *found])


@pytest.mark.parametrize("entry", DIALOGS, ids=[entry.id for entry in DIALOGS])
def test_every_dialog_can_be_used_without_seeing_it_and_shows_all_its_words(desk: Desk, entry: Any) -> None:
    dialog = entry.make(desk.context)
    dialog.show()
    settle(desk)
    found = problems(dialog) + cut_off(dialog)
    title, size = dialog.windowTitle(), dialog.frameGeometry()
    dialog.close()
    dialog.deleteLater()
    assert not found, "\n".join(["", *found])
    assert title
    assert (size.width() <= LAPTOP[0], size.height() <= LAPTOP[1]) == (True, True)


@pytest.mark.parametrize("way", ["choose", "make_new", "locked"])
def test_the_open_screen_can_be_used_without_seeing_it_and_shows_all_its_words(desk: Desk, way: str) -> None:
    if way == "locked":
        desk.window.lock()
        desk.qtbot.waitUntil(lambda: desk.window.workbench is None)
    else:
        desk.window.open_another()
        getattr(desk.window.open_screen, way)()
    settle(desk)
    found = problems(desk.window) + cut_off(desk.window)
    assert not found, "\n".join(["", *found])


def test_the_first_start_can_be_used_without_seeing_it(desk: Desk) -> None:
    desk.window.open_another()
    for found in desk.parts.recent.all():
        desk.parts.recent.forget(found.path)
    desk.window.start(None)
    settle(desk)
    wrong = problems(desk.window) + cut_off(desk.window)
    assert not wrong, "\n".join(["", *wrong])


# -- The walk is tried on planted faults -----------------------------------------------------------


@pytest.fixture
def row(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    made.setLayout(QHBoxLayout())
    qtbot.addWidget(made)
    yield made
    made.close()


def shown(row: QWidget, *widgets: QWidget) -> list[str]:
    for widget in widgets:
        row.layout().addWidget(widget)
    row.show()
    return problems(row)


def test_a_planted_button_without_a_name_is_reported(row: QWidget) -> None:
    assert any("no name" in found for found in shown(row, QPushButton("Start"), QPushButton()))


def test_a_planted_unnamed_button_on_a_real_screen_is_reported(desk: Desk) -> None:
    screen = desk.bench.screen_shown
    planted = QPushButton(screen)
    planted.show()
    assert any("no name: QPushButton" in found for found in problems(desk.window))
    planted.deleteLater()


def test_two_controls_with_one_name_are_reported(row: QWidget) -> None:
    assert any("called 'Open'" in found for found in shown(row, QPushButton("Open"), QPushButton("Open")))


def test_a_field_without_a_label_is_reported(row: QWidget) -> None:
    assert any("no name: QLineEdit" in found for found in shown(row, QLineEdit()))


def test_tab_that_goes_backwards_is_reported(row: QWidget) -> None:
    first, second, third = QPushButton("One"), QPushButton("Two"), QPushButton("Three")
    shown(row, first, second, third)
    QWidget.setTabOrder(third, second)
    QWidget.setTabOrder(second, first)
    assert any("out of order" in found for found in problems(row))


def test_a_button_for_the_mouse_alone_is_reported(row: QWidget) -> None:
    from PySide6.QtCore import Qt

    button = QPushButton("Start")
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    assert any("by mouse alone" in found for found in shown(row, button))


def test_a_thing_without_a_role_is_reported(row: QWidget) -> None:
    from PySide6.QtCore import Qt

    thing = QWidget()
    thing.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    thing.setAccessibleName("Thing")
    thing.setMinimumSize(20, 20)
    assert any("no role" in found for found in shown(row, thing))


def test_words_that_are_cut_off_are_reported(row: QWidget) -> None:
    label = QLabel("A sentence that needs more room than it gets")
    label.setFixedWidth(40)
    shown(row, label)
    assert cut_off(row)


def test_the_walk_sees_names_and_states(row: QWidget) -> None:
    button = QPushButton("&Start")
    button.setCheckable(True)
    shown(row, button)
    button.setChecked(True)
    name, role, state = spoken(focusable(row)[0])
    assert (name, role, bool(state.checked)) == ("Start", QAccessible.Role.CheckBox, True)
