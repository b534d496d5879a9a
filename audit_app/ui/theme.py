"""How everything looks: light, dark or high contrast, size of text, spacing, grades."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from audit_app.ui.colours import DARK, LIGHT, Colours, GradeColours, from_system, grade_colours, palette_of
from audit_app.ui.preferences import ZOOM_STEPS, Appearance, Preferences
from audit_app.ui.style_sheet import style_sheet

if TYPE_CHECKING:
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QIcon

    from audit_app.core.form import Shape

_SPACES = {1: 4, 2: 8, 3: 16, 4: 24}
_LEAST_POINTS = 10.0  # Windows says 9; text that is read for two hours tires at that
LINE_HEIGHT = 140  # per cent, in fields for text


class Theme(QObject):
    """Dresses the application, and gives widgets that paint themselves what they need."""

    changed = Signal()  # colours or sizes are different now: paint again

    def __init__(self, app: QApplication, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._preferences = preferences
        self._system_font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        app.setStyle("Fusion")  # the same on Windows, Linux and macOS: what was looked at is what people get
        # The first window is shown by what the palette tells. The scheme and the contrast are asked for in
        # ``follow_system``: Qt's own names for them are many, and take a while to load.
        app.setPalette(QPalette())  # nobody's choice but the system's
        self._system_is_dark = app.palette().color(QPalette.ColorRole.Window).lightnessF() < 0.5
        self._high_contrast = False
        self._colours = LIGHT
        self._is_dark = False
        self._zoom = 0
        self.apply()

    def follow_system(self) -> None:
        """From now on, change as the system does: light, dark and high contrast."""
        hints = self._app.styleHints()
        hints.colorSchemeChanged.connect(self._on_scheme)
        hints.accessibility().contrastPreferenceChanged.connect(self._on_contrast)
        if self._preferences.appearance is not Appearance.SYSTEM:
            self._dress_frame()
        self._on_contrast(hints.accessibility().contrastPreference())

    # -- What there is ---------------------------------------------------------------------------

    @property
    def is_high_contrast(self) -> bool:
        """Whether the system asks for high contrast, which outranks the person's choice here."""
        return self._high_contrast

    @property
    def is_dark(self) -> bool:
        """Whether the ground is dark now."""
        return self._is_dark

    @property
    def colours(self) -> Colours:
        """The colours in use, for widgets that paint themselves."""
        return self._colours

    @property
    def zoom(self) -> int:
        """The size of text in per cent."""
        return self._zoom

    def space(self, step: int) -> int:
        """One of four spacings in logical pixels: 1 within a thing, 2 between, 3 and 4 between groups."""
        return _SPACES[step]

    def scaled(self, pixels: int) -> int:
        """A length that grows with the text, for icons and columns that hold words."""
        return round(pixels * self._zoom / 100)

    def grade_colours(self, grade_id: str) -> GradeColours:
        """The fixed pair of a grade (or ``not_graded``) for the ground in use."""
        return grade_colours(grade_id, self.is_dark)

    def grade_icon(self, grade_id: str, size: int = 16, shape: Shape | None = None) -> QIcon:
        """A grade's shape in its colour, ``size`` logical pixels wide; ``shape`` for a form's own grade."""
        from audit_app.ui.shapes import GRADE_SHAPES, shape_icon

        found = shape or GRADE_SHAPES.get(grade_id)
        return shape_icon(found, self.grade_colours(grade_id).text, size)

    def icon(self, name: str, size: int = 18) -> QIcon:
        """An icon of ``resources/icons`` in the colour of text; ask again when the theme has changed."""
        from audit_app.ui.icons import icon

        return icon(name, self.scaled(size), self.colours)

    # -- Changing it -----------------------------------------------------------------------------

    def set_appearance(self, appearance: Appearance) -> None:
        """Choose light, dark or the system's, and keep the choice."""
        self._preferences.appearance = appearance
        self._dress_frame()
        self.apply()

    def set_zoom(self, percent: int) -> None:
        """Choose the size of text (one of ZOOM_STEPS) and keep the choice."""
        self._preferences.zoom = percent
        self.apply()

    @Slot()
    def zoom_in(self) -> None:
        """The next larger size of text."""
        self.set_zoom(next((step for step in ZOOM_STEPS if step > self.zoom), ZOOM_STEPS[-1]))

    @Slot()
    def zoom_out(self) -> None:
        """The next smaller size of text."""
        self.set_zoom(next((step for step in reversed(ZOOM_STEPS) if step < self.zoom), ZOOM_STEPS[0]))

    @Slot()
    def zoom_reset(self) -> None:
        """The system's size of text."""
        self.set_zoom(100)

    def apply(self) -> None:
        """Dress the application as the system and the preferences have it."""
        before = (self._colours, self._zoom)
        chosen = self._preferences.appearance
        self._zoom = self._preferences.zoom
        if self._high_contrast:
            self._app.setPalette(QPalette())
            self._colours = from_system(self._app.palette())
            self._is_dark = QColor(self._colours.window).lightnessF() < 0.5
        else:
            self._is_dark = self._system_is_dark if chosen is Appearance.SYSTEM else chosen is Appearance.DARK
            self._colours = DARK if self._is_dark else LIGHT
        if (self._colours, self._zoom) == before:
            return
        if not self._high_contrast:
            self._app.setPalette(palette_of(self._colours))
        font = QFont(self._system_font)
        font.setPointSizeF(max(font.pointSizeF(), _LEAST_POINTS) * self._zoom / 100)
        self._app.setFont(font)
        self._app.setStyleSheet(style_sheet(self._colours, font.pointSizeF()))
        self.changed.emit()

    def _dress_frame(self) -> None:
        # The frame of the window is the system's to paint; where it can, it follows the person's choice.
        from PySide6.QtCore import Qt

        chosen, hints = self._preferences.appearance, self._app.styleHints()
        schemes = {Appearance.LIGHT: Qt.ColorScheme.Light, Appearance.DARK: Qt.ColorScheme.Dark}
        hints.setColorScheme(schemes.get(chosen, Qt.ColorScheme.Unknown))
        known = hints.colorScheme() != Qt.ColorScheme.Unknown
        if chosen is Appearance.SYSTEM and known:  # it may have changed while it was not followed
            self._system_is_dark = hints.colorScheme() == Qt.ColorScheme.Dark

    # -- What the system says --------------------------------------------------------------------

    def _on_scheme(self, scheme: Qt.ColorScheme) -> None:
        if self._preferences.appearance is Appearance.SYSTEM:
            self._system_is_dark = scheme.name == "Dark"
            self.apply()

    def _on_contrast(self, preference: Qt.ContrastPreference) -> None:
        self._high_contrast = preference.name == "HighContrast"
        self.apply()
