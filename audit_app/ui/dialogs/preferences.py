"""What a person sets for themselves: colours, size of text, when the window locks; each at once."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QWidget

from audit_app.ui.dialogs.plain_dialog import PlainDialog
from audit_app.ui.labelled import plain
from audit_app.ui.menus import APPEARANCES
from audit_app.ui.preferences import LOCK_MINUTES, ZOOM_STEPS, Preferences
from audit_app.ui.theme import Theme
from audit_app.ui.widgets.form_field import FormField


class PreferencesDialog(PlainDialog):
    """Three choices; there is nothing to save."""

    def __init__(self, preferences: Preferences, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("Preferences", parent, "Preferences", letters=52)
        self._preferences = preferences
        self._theme = theme
        self._colours = QComboBox()
        for _, text in APPEARANCES:
            self._colours.addItem(plain(text))
        self._colours.setCurrentIndex([value for value, _ in APPEARANCES].index(preferences.appearance))
        self._zoom = QComboBox()
        for step in ZOOM_STEPS:
            self._zoom.addItem(f"{step} %")
        self._zoom.setCurrentIndex(ZOOM_STEPS.index(preferences.zoom))
        self._lock = QComboBox()
        for minutes in LOCK_MINUTES:
            self._lock.addItem("1 minute" if minutes == 1 else f"{minutes} minutes")
        self._lock.setCurrentIndex(LOCK_MINUTES.index(preferences.lock_minutes))
        for text, control, help_text in (
            ("C&olours", self._colours, "High contrast follows the system, whatever is chosen here."),
            ("Size of &text", self._zoom, "Also Ctrl and plus, minus or 0, anywhere."),
            ("&Lock after", self._lock, "When nobody has used the keyboard or the mouse for so long."),
        ):
            self.column.addWidget(FormField(text, control, help_text))
        self.add_close()
        self._colours.activated.connect(self._on_colours)
        self._zoom.activated.connect(self._on_zoom)
        self._lock.activated.connect(self._on_lock)

    @Slot(int)
    def _on_colours(self, index: int) -> None:
        self._theme.set_appearance(APPEARANCES[index][0])

    @Slot(int)
    def _on_zoom(self, index: int) -> None:
        self._theme.set_zoom(ZOOM_STEPS[index])

    @Slot(int)
    def _on_lock(self, index: int) -> None:
        self._preferences.lock_minutes = LOCK_MINUTES[index]
