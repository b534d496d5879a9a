"""What a person set for themselves, kept in an INI file in the program's own folder; never case text."""

from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

FILE_NAME = "preferences.ini"
ZOOM_STEPS = (80, 90, 100, 110, 125, 150, 175, 200)
LOCK_MINUTES = (1, 5, 10, 15, 30, 60)
DEFAULT_LOCK_MINUTES = 15


class Appearance(StrEnum):
    """Light or dark, or as the system has it."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Preferences:
    """Typed values over an INI file, where everything comes back as a string."""

    def __init__(self, folder: Path) -> None:
        self._settings = QSettings(str(folder / FILE_NAME), QSettings.Format.IniFormat)

    # -- The frame's own -------------------------------------------------------------------------

    @property
    def appearance(self) -> Appearance:
        """Light, dark, or as the system."""
        try:
            return Appearance(self.text("appearance", Appearance.SYSTEM.value))
        except ValueError:
            return Appearance.SYSTEM

    @appearance.setter
    def appearance(self, value: Appearance) -> None:
        self.set_text("appearance", value.value)

    @property
    def zoom(self) -> int:
        """The size of text in per cent, one of ZOOM_STEPS."""
        value = self.number("zoom", 100)
        return min(ZOOM_STEPS, key=lambda step: abs(step - value))

    @zoom.setter
    def zoom(self, value: int) -> None:
        self.set_number("zoom", value)

    @property
    def lock_minutes(self) -> int:
        """After how many idle minutes the window locks itself, one of LOCK_MINUTES."""
        value = self.number("lock_minutes", DEFAULT_LOCK_MINUTES)
        return min(LOCK_MINUTES, key=lambda step: abs(step - value))

    @lock_minutes.setter
    def lock_minutes(self, value: int) -> None:
        self.set_number("lock_minutes", value)

    # -- Anything else, by name ------------------------------------------------------------------

    def text(self, name: str, default: str = "") -> str:
        """A kept text; ``name`` may hold a group, as ``my_audits/columns``."""
        value = self._settings.value(name, default)
        return value if isinstance(value, str) else default

    def set_text(self, name: str, value: str) -> None:
        """Keep a text."""
        self._settings.setValue(name, value)

    def number(self, name: str, default: int) -> int:
        """A kept whole number; the default where the file holds something else."""
        try:
            return int(self.text(name, str(default)))
        except ValueError:
            return default

    def set_number(self, name: str, value: int) -> None:
        """Keep a whole number."""
        self.set_text(name, str(value))

    def flag(self, name: str, default: bool = False) -> bool:
        """A kept yes or no."""
        return self.text(name, "yes" if default else "no") == "yes"

    def set_flag(self, name: str, value: bool) -> None:
        """Keep a yes or no."""
        self.set_text(name, "yes" if value else "no")

    def state(self, name: str) -> QByteArray:
        """A kept state of a widget of Qt's (a window's geometry, a header's columns), or an empty one."""
        return QByteArray.fromBase64(QByteArray(self.text(name).encode("ascii", "ignore")))

    def set_state(self, name: str, value: QByteArray) -> None:
        """Keep a state of a widget of Qt's."""
        self.set_text(name, bytes(value.toBase64().data()).decode("ascii"))

    def save(self) -> None:
        """Write everything to the file now."""
        self._settings.sync()
