"""The quiet strip at the bottom: the workspace, what is saved, the work in the background and its Cancel."""

from pathlib import Path

from PySide6.QtCore import QLocale, QTime, QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from audit_app.ui.background import Background, Work
from audit_app.ui.change_bus import ChangeBus, SaveState
from audit_app.ui.labelled import announce, name
from audit_app.ui.roles import ButtonRole, Surface, TextRole, set_button_role, set_surface, set_text_role
from audit_app.ui.widgets.elided_label import ElidedLabel

_SHOW_AFTER = 150  # milliseconds: shorter work would only flicker


class Strip(QFrame):
    """Shows what the bus and the background say."""

    def __init__(self, path: Path, bus: ChangeBus, background: Background, parent: QWidget | None = None):
        super().__init__(parent)
        set_surface(self, Surface.SUNKEN)
        self._work: Work | None = None
        workspace = set_text_role(QLabel(path.stem), TextRole.QUIET)
        workspace.setToolTip(str(path))
        self._saved = set_text_role(QLabel(), TextRole.QUIET)
        self._said = ElidedLabel()
        set_text_role(self._said, TextRole.QUIET)
        self._said.hide()
        self._what = set_text_role(QLabel(), TextRole.QUIET)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(160)
        name(self._bar, "Progress of the work in the background")
        self._cancel = QPushButton("Cancel")
        set_button_role(self._cancel, ButtonRole.LINK)
        self._cancel.setAccessibleDescription("Stop the work in the background; nothing is left half done")
        self._cancel.clicked.connect(background.cancel_shown)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 2, 16, 2)
        row.setSpacing(16)
        row.addWidget(workspace)
        row.addWidget(self._saved)
        row.addWidget(self._said)
        row.addStretch()
        row.addWidget(self._what)
        row.addWidget(self._bar)
        row.addWidget(self._cancel)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOW_AFTER)
        self._timer.timeout.connect(self._show_work)
        self._show_work()
        self._on_saving(bus.state)
        bus.saving.connect(self._on_saving)
        background.working.connect(self._on_working)

    @property
    def saved_text(self) -> str:
        """What it says of saving now."""
        return self._saved.text()

    @Slot(str)
    def say(self, sentence: str) -> None:
        """Say quietly what a person should know and need not answer; blank takes it back."""
        if sentence and sentence != self._said.text():
            announce(self._said, sentence)
        self._said.show_words(sentence)
        self._said.setVisible(bool(sentence))

    @Slot(object)
    def _on_saving(self, state: SaveState) -> None:
        set_text_role(self._saved, TextRole.ERROR if state.problem else TextRole.QUIET)
        self._saved.setText(saved_words(state))

    @Slot(object)
    def _on_working(self, work: Work | None) -> None:
        self._work = work
        if work is None or self._bar.isVisible():
            self._timer.stop()
            self._show_work()
        elif not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _show_work(self) -> None:
        work = self._work
        for widget in (self._what, self._bar, self._cancel):
            widget.setVisible(work is not None)
        if work is None:
            return
        self._what.setText(work_words(work))
        self._bar.setRange(0, work.total)
        self._bar.setValue(work.done)
        self._cancel.setEnabled(not work.cancelling)


def saved_words(state: SaveState) -> str:
    """What is kept, in words: "All changes saved 14:03"."""
    if state.problem:
        return f"Not saved: {state.problem}"
    if state.pending:
        return "Saving…"
    if state.at is None:
        return "All changes saved"
    time = QTime(state.at.hour, state.at.minute)
    shown = QLocale.system().toString(time, QLocale.FormatType.ShortFormat)
    return f"All changes saved {shown}"


def work_words(work: Work) -> str:
    """What is being done, in words: "Reading the spreadsheet: 1,200 of 20,000 rows"."""
    if work.cancelling:
        return "Cancelling…"
    if not work.total:
        return f"{work.title}…"
    locale = QLocale.system()
    count = f"{locale.toString(work.done)} of {locale.toString(work.total)}"
    return f"{work.title}: {count} {work.what}".rstrip()
