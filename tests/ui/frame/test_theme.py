"""How everything looks: contrast that was measured, shapes that differ, and following the system at once."""

from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from audit_app.ui.colours import DARK, LIGHT, Colours, contrast, from_system, grade_colours
from audit_app.ui.preferences import ZOOM_STEPS, Appearance, Preferences
from audit_app.ui.roles import ButtonRole, TextRole, set_button_role, set_text_role
from audit_app.ui.style_sheet import style_sheet
from audit_app.ui.theme import Theme

GRADES = ("outstanding", "good", "requires_improvement", "inadequate", "not_graded")
THEMES = [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")]


def measured(one: str, other: str) -> float:
    """Contrast by WCAG 2.2, worked out on its own from the hex digits."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    first, second = luminance(one), luminance(other)
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


def test_the_measure_agrees_with_known_contrasts() -> None:
    assert measured("#ffffff", "#000000") == pytest.approx(21)
    assert measured("#ffffff", "#767676") == pytest.approx(4.54, abs=0.01)
    assert contrast(QColor("white"), QColor("#767676")) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("grade", GRADES)
def test_a_grade_is_readable_on_its_colour_and_on_every_ground(grade: str, dark: bool) -> None:
    pair = grade_colours(grade, dark)
    colours = DARK if dark else LIGHT
    for ground in (pair.fill.name(), colours.base, colours.window, colours.alternate, colours.sunken):
        assert measured(pair.text.name(), ground) >= 4.5


@pytest.mark.parametrize("colours", THEMES)
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("text", "window"), ("text", "base"), ("text", "sunken"), ("text", "alternate"),
        ("text", "button"), ("text", "button_hover"), ("text", "button_down"),
        ("text", "danger_ground"), ("text", "warning_ground"), ("text", "notice_ground"),
        ("quiet", "window"), ("quiet", "base"), ("quiet", "sunken"),
        ("faint", "window"), ("faint", "base"),
        ("accent", "window"), ("accent", "base"), ("accent_text", "accent"), ("accent_text", "accent_hover"),
        ("selection_text", "selection"), ("tip_text", "tip"),
        ("error", "window"), ("error", "base"), ("error", "button"),
    ],
)  # fmt: skip
def test_words_have_four_and_a_half_to_one(colours: Colours, text: str, ground: str) -> None:
    assert measured(getattr(colours, text), getattr(colours, ground)) >= 4.5


@pytest.mark.parametrize("colours", THEMES)
@pytest.mark.parametrize(
    ("edge", "ground"),
    [
        ("control_line", "base"), ("control_line", "window"), ("accent", "window"), ("accent", "base"),
        ("accent", "sunken"), ("danger_line", "danger_ground"), ("warning_line", "warning_ground"),
        ("notice_line", "notice_ground"),
    ],
)  # fmt: skip
def test_edges_of_controls_and_the_focus_have_three_to_one(colours: Colours, edge: str, ground: str) -> None:
    assert measured(getattr(colours, edge), getattr(colours, ground)) >= 3


@pytest.mark.parametrize("colours", THEMES)
def test_the_style_sheet_is_filled_in(colours: Colours) -> None:
    sheet = style_sheet(colours, 10.0)
    assert "$" not in sheet
    assert colours.accent in sheet
    assert "16.00pt" in sheet


@pytest.fixture
def theme(qapp: QApplication, tmp_path: Any) -> Any:
    made = Theme(qapp, Preferences(tmp_path))
    made.follow_system()
    yield made
    made.set_zoom(100)
    made.set_appearance(Appearance.LIGHT)


def ground(app: QApplication) -> str:
    return app.palette().color(QPalette.ColorRole.Window).name()


def test_it_follows_the_system_at_once(qapp: QApplication, theme: Theme, qtbot: QtBot) -> None:
    hints = QGuiApplication.styleHints()
    with qtbot.waitSignal(theme.changed):
        hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.is_dark
    assert ground(qapp) == DARK.window
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert not theme.is_dark
    assert ground(qapp) == LIGHT.window


def test_a_choice_of_the_person_outranks_the_system_and_is_remembered(
    qapp: QApplication, theme: Theme, tmp_path: Any
) -> None:
    theme.set_appearance(Appearance.DARK)
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.is_dark
    assert Preferences(tmp_path).appearance is Appearance.DARK
    assert ground(qapp) == DARK.window


def test_high_contrast_takes_the_systems_own_colours(qapp: QApplication, theme: Theme) -> None:
    hints = QGuiApplication.styleHints().accessibility()
    theme.set_appearance(Appearance.DARK)
    hints.contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
    assert theme.is_high_contrast
    own = qapp.palette()
    assert theme.colours == from_system(own)
    assert own == QPalette()  # nothing of ours is left in it
    assert ground(qapp) not in (LIGHT.window, DARK.window)
    hints.contrastPreferenceChanged.emit(Qt.ContrastPreference.NoPreference)
    assert ground(qapp) == DARK.window


def test_text_grows_to_twice_its_size_and_back(qapp: QApplication, theme: Theme) -> None:
    usual = qapp.font().pointSizeF()
    for _ in range(10):
        theme.zoom_in()
    assert theme.zoom == ZOOM_STEPS[-1] == 200
    assert qapp.font().pointSizeF() == pytest.approx(2 * usual)
    for _ in range(20):
        theme.zoom_out()
    assert theme.zoom == ZOOM_STEPS[0] == 80
    theme.zoom_reset()
    assert qapp.font().pointSizeF() == usual


def test_headings_grow_with_the_text(theme: Theme, qtbot: QtBot) -> None:
    label = set_text_role(QLabel("Home"), TextRole.TITLE)
    qtbot.addWidget(label)
    label.show()
    usual = label.sizeHint().height()
    theme.set_zoom(200)
    assert label.sizeHint().height() >= 1.8 * usual
    label.close()


def test_a_role_given_to_a_widget_that_is_shown_is_drawn(theme: Theme, qtbot: QtBot) -> None:
    button = QPushButton("Start")
    qtbot.addWidget(button)
    button.show()
    set_button_role(button, ButtonRole.PRIMARY)
    colour = button.grab().toImage().pixelColor(button.width() // 2, 4)
    assert colour.name() == theme.colours.accent
    button.close()


def test_every_grade_has_a_shape_of_its_own_sharp_on_every_screen(theme: Theme) -> None:
    drawn = {}
    for grade in GRADES:
        image = theme.grade_icon(grade, 16).pixmap(QSize(16, 16), 2.0).toImage()
        assert image.size() == QSize(32, 32)
        drawn[grade] = bytes(image.convertToFormat(image.Format.Format_Alpha8).constBits())
    assert len(set(drawn.values())) == len(GRADES)


def test_icons_take_the_colour_of_the_text(theme: Theme) -> None:
    def darkest(name: str) -> float:
        image = theme.icon(name, 24).pixmap(QSize(24, 24)).toImage()
        points = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
        return min(point.lightnessF() for point in points if point.alpha() > 200)

    theme.set_appearance(Appearance.LIGHT)
    assert darkest("home") < 0.3
    theme.set_appearance(Appearance.DARK)
    assert darkest("home") > 0.6
