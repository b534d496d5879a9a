"""The menus of the window and the keys that work in all of it."""

import sys
from dataclasses import dataclass

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from audit_app.ui.preferences import Appearance

# Alt and an arrow moves by words on macOS.
BACK = ("Ctrl+[",) if sys.platform == "darwin" else ("Alt+Left",)
APPEARANCES = (
    (Appearance.SYSTEM, "As the &system"),
    (Appearance.LIGHT, "&Light"),
    (Appearance.DARK, "&Dark"),
)


@dataclass(frozen=True, slots=True, eq=False, repr=False)  # made at every start
class Actions:
    """What a person can choose anywhere; the window connects them."""

    audit_case: QAction
    import_audits: QAction
    open_other: QAction
    lock: QAction
    keys: QAction
    snapshots: QAction
    retention: QAction
    leave: QAction
    undo: QAction
    redo: QAction
    find: QAction
    preferences: QAction
    back: QAction
    next_pane: QAction
    previous_pane: QAction
    larger: QAction
    smaller: QAction
    normal: QAction
    navigation: QAction
    appearance: QActionGroup
    shortcuts: QAction
    manual: QAction
    about: QAction

    @property
    def need_workspace(self) -> tuple[QAction, ...]:
        """Those that make sense only while a workspace is unlocked."""
        return (
            *(
                self.audit_case,
                self.import_audits,
                self.open_other,
                self.lock,
                self.undo,
                self.redo,
                self.find,
            ),
            *(self.keys, self.snapshots, self.retention),
            *(self.back, self.next_pane, self.previous_pane, self.navigation),
        )


def build(window: QMainWindow) -> Actions:
    """Give a window its menus."""
    bar = window.menuBar()

    def made(menu: QMenu, text: str, *keys: str) -> QAction:
        action = QAction(text, window)
        action.setShortcuts([QKeySequence(key) for key in keys])
        # Not in the application menu of macOS, by the guess that Qt makes from their words.
        action.setMenuRole(QAction.MenuRole.NoRole)
        menu.addAction(action)
        return action

    file = bar.addMenu("&File")
    audit_case = made(file, "&Audit a case…", "Ctrl+N")
    import_audits = made(file, "&Import audits…", "Ctrl+I")
    file.addSeparator()
    open_other = made(file, "&Open another workspace…", "Ctrl+O")
    lock = made(file, "&Lock", "Ctrl+L")
    file.addSeparator()
    keys = made(file, "&Keys…")
    snapshots = made(file, "&Snapshots…")
    retention = made(file, "Re&tention…")
    file.addSeparator()
    leave = made(file, "&Quit", "Ctrl+Q")

    edit = bar.addMenu("&Edit")
    undo = made(edit, "&Undo", "Ctrl+Z")
    redo = made(edit, "&Redo", "Ctrl+Shift+Z", "Ctrl+Y")
    edit.addSeparator()
    find = made(edit, "&Find in this workspace…", "Ctrl+F")
    edit.addSeparator()
    preferences = made(edit, "&Preferences…", "Ctrl+,")

    view = bar.addMenu("&View")
    back = made(view, "&Back", *BACK)
    navigation = made(view, "&Navigation", "F9")
    navigation.setCheckable(True)
    next_pane = made(view, "Ne&xt part of the window", "F6")
    previous_pane = made(view, "Pre&vious part of the window", "Shift+F6")
    view.addSeparator()
    larger = made(view, "&Larger text", "Ctrl++", "Ctrl+=")
    smaller = made(view, "&Smaller text", "Ctrl+-")
    normal = made(view, "&Usual size of text", "Ctrl+0")
    view.addSeparator()
    colours = view.addMenu("&Colours")
    appearance = QActionGroup(window)
    for value, text in APPEARANCES:
        action = made(colours, text)
        action.setCheckable(True)
        action.setData(value.value)
        appearance.addAction(action)

    help_menu = bar.addMenu("&Help")
    manual = made(help_menu, "&Manual")
    shortcuts = made(help_menu, "&Keyboard shortcuts", "Ctrl+/")
    help_menu.addSeparator()
    about = made(help_menu, "&About Audit App")
    return Actions(
        audit_case=audit_case,
        import_audits=import_audits,
        open_other=open_other,
        lock=lock,
        keys=keys,
        snapshots=snapshots,
        retention=retention,
        leave=leave,
        undo=undo,
        redo=redo,
        find=find,
        preferences=preferences,
        back=back,
        next_pane=next_pane,
        previous_pane=previous_pane,
        larger=larger,
        smaller=smaller,
        normal=normal,
        navigation=navigation,
        appearance=appearance,
        shortcuts=shortcuts,
        manual=manual,
        about=about,
    )
