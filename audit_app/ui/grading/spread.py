"""The step and what the grades mean: beside each other, or one above the other where that is too narrow."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from audit_app.core.form import Domain, Form
from audit_app.ui.grading.descriptor_panel import DescriptorPanel
from audit_app.ui.preferences import Preferences
from audit_app.ui.theme import Theme

_PANEL, _LEAST_PANEL = 280, 236  # logical pixels at 100%
_STEP, _LEAST_STEP = (
    600,
    420,
)  # the step comes first; with less than the least of both the panel goes beneath
_BESIDE, _BENEATH = "grading/descriptors_beside", "grading/descriptors_beneath"
_CHOSEN = "grading/descriptors_width"  # by dragging, in logical pixels at 100%


class Spread(QSplitter):
    """Both, and whether the descriptors are wanted, which is remembered for either place."""

    placed = Signal(bool, bool)  # whether the step has descriptors, whether they are shown

    def __init__(
        self, step: QWidget, form: Form, theme: Theme, preferences: Preferences, parent: QWidget | None = None
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._preferences = preferences
        self._domain: Domain | None = None
        self.panel = DescriptorPanel(form, theme)
        self._step = step
        self.setChildrenCollapsible(False)
        self.addWidget(step)
        self.addWidget(self.panel)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)
        self.splitterMoved.connect(self._on_moved)

    def show_domain(self, domain: Domain | None, grade_id: str = "") -> None:
        """Show a domain's descriptors; None in a step that has none."""
        self._domain = domain
        if domain is not None:
            self.panel.show_domain(domain, grade_id)
        self._place()

    @property
    def is_wanted(self) -> bool:
        """Whether the descriptors are shown in a step that has some."""
        return self._preferences.flag(_BENEATH) if self._is_narrow else self._preferences.flag(_BESIDE, True)

    @Slot()
    def toggle(self) -> None:
        """Show or hide the descriptors, and remember it."""
        self._preferences.set_flag(_BENEATH if self._is_narrow else _BESIDE, not self.is_wanted)
        self._place()

    @Slot()
    def _on_moved(self) -> None:
        if not self._is_narrow:
            self._preferences.set_number(_CHOSEN, round(self.panel.width() * 100 / self._theme.zoom))

    @property
    def _is_narrow(self) -> bool:
        return self.width() < self._theme.scaled(_LEAST_PANEL + _LEAST_STEP)

    def _place(self) -> None:
        orientation = Qt.Orientation.Vertical if self._is_narrow else Qt.Orientation.Horizontal
        if orientation != self.orientation():
            self.setOrientation(orientation)
        shown = self._domain is not None and self.is_wanted
        if shown != self.panel.isVisibleTo(self):
            self.panel.setVisible(shown)
        whole = self.height() if self._is_narrow else self.width()
        scaled = self._theme.scaled
        chosen = self._preferences.number(_CHOSEN, 0)
        beside = scaled(chosen) or min(scaled(_PANEL), max(scaled(_LEAST_PANEL), whole - scaled(_STEP)))
        part = whole * 2 // 5 if self._is_narrow else beside
        self.setSizes([whole - part, part])
        self.placed.emit(self._domain is not None, self.is_wanted)

    # -- Qt's own ----------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may put the descriptors elsewhere."""
        super().resizeEvent(event)
        self._place()

    def minimumSizeHint(self) -> QSize:
        """The panel never makes the window wider."""
        return self._step.minimumSizeHint()
