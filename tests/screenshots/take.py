"""Takes a picture of every screen and dialog, light and dark, at 100 and 200 % text, into screenshots/."""

import json
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from audit_app.app import build_workspaces
from audit_app.services.recent import RecentWorkspaces
from audit_app.services.sample import SAMPLE_PASSPHRASE, make_sample
from audit_app.ui.background import Background
from audit_app.ui.catalogue import DIALOGS, SCREENS
from audit_app.ui.main_window import MainWindow
from audit_app.ui.messages import Messages
from audit_app.ui.parts import Parts
from audit_app.ui.preferences import Appearance, Preferences
from audit_app.ui.theme import Theme

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "screenshots"
SIZE = (1366, 768)  # a council's laptop
ZOOMS = (100, 200)


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture is taken, and where it goes."""

    appearance: Appearance
    zoom: int

    @property
    def folder(self) -> Path:
        """Where its pictures go."""
        return PICTURES / f"{self.appearance.value}-{self.zoom}"


class Photographer:
    """A window on the sample workspace, and what there is to see in it."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self.preferences = Preferences(folder)
        self.theme = Theme(app, self.preferences)
        self.background = Background()
        self.sample = make_sample(build_workspaces(), folder / "sample")
        parts = Parts(
            app=app,
            recent=RecentWorkspaces(folder),
            workspaces=build_workspaces,
            background=self.background,
            preferences=self.preferences,
            theme=self.theme,
            messages=Messages(self.preferences),
            sample_folder=self.sample.parent,
        )
        self.window = MainWindow(parts)
        self.window.resize(*SIZE)
        self.window.show()

    def pictures(self) -> Iterator[tuple[str, QWidget]]:
        """Every view by its name, in front at the moment it is given."""
        yield from self.ways_in()
        self.window.open_screen.opened.emit(build_workspaces().open(self.sample, SAMPLE_PASSPHRASE))
        context, bench = self.window.context, self.window.workbench
        if context is None or bench is None:
            raise RuntimeError("the sample was not opened")
        for screen in SCREENS:
            for number, place in enumerate(screen.sample_places(context), start=1):
                bench.go(place)
                yield f"{screen.id}-{number}", self.window
        for dialog in DIALOGS:
            shown = dialog.make(context)
            shown.show()
            yield f"dialog-{dialog.id}", shown
            shown.close()
            shown.deleteLater()
        self.window.lock()
        rest(200)
        yield "locked", self.window

    def ways_in(self) -> Iterator[tuple[str, QWidget]]:
        """The Open screen, as somebody new meets it and as they do later."""
        screen = self.window.open_screen
        screen.choose()
        yield "open-recent", self.window
        screen.make_new()
        yield "open-new", self.window
        for found in RecentWorkspaces(self.preferences_folder).all():
            RecentWorkspaces(self.preferences_folder).forget(found.path)
        screen.choose()
        yield "open-first", self.window

    @property
    def preferences_folder(self) -> Path:
        """The program's own folder."""
        return self.sample.parent.parent


def rest(milliseconds: int) -> None:
    """Let the window work for a while: paint, and bring results from the background."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def screen_of_a_laptop(folder: Path) -> Path:
    """A file that tells Qt how large the screen is that nobody sees."""
    width, height = SIZE
    screen = {"name": "laptop", "x": 0, "y": 0, "width": width, "height": height, "dpr": 1}
    dots = {"logicalDpi": 96, "logicalBaseDpi": 96}
    file = folder / "screen.json"
    file.write_text(json.dumps({"screens": [screen | dots]}))
    return file


def main() -> int:
    """Take them all; 0 when it is done."""
    shutil.rmtree(PICTURES, ignore_errors=True)
    folder = PICTURES / "program data"
    folder.mkdir(parents=True)
    os.environ["AUDIT_APP_DATA_DIR"] = str(folder)
    os.environ.setdefault("QT_QPA_PLATFORM", f"offscreen:configfile={screen_of_a_laptop(folder)}")
    app = QApplication(sys.argv[:1])
    taken = 0
    for look in [
        Look(appearance, zoom) for appearance in (Appearance.LIGHT, Appearance.DARK) for zoom in ZOOMS
    ]:
        look.folder.mkdir(parents=True)
        photographer = Photographer(app, folder)
        photographer.theme.set_zoom(look.zoom)
        photographer.theme.set_appearance(look.appearance)
        for name, widget in photographer.pictures():
            rest(250)
            widget.grab().save(str(look.folder / f"{name}.png"))
            taken += 1
        photographer.window.close()
        photographer.window.deleteLater()
        rest(50)
    shutil.rmtree(folder)
    print(f"{taken} pictures are in {PICTURES.name}/.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
