"""The top of a screen: its title and, beside it or beneath where it is narrow, what can be done."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from audit_app.ui.roles import TextRole, set_text_role
from audit_app.ui.widgets.flow_layout import BesideLayout, FlowLayout


class ScreenHead(QWidget):
    """Large text or a narrow window put the controls beneath the title, in as many lines as it takes."""

    def __init__(self, title: str, *controls: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = set_text_role(QLabel(title), TextRole.TITLE)
        self._title.setWordWrap(True)
        beside = QWidget()
        flow = FlowLayout(beside)
        for control in controls:
            flow.addWidget(control)
        self._row = BesideLayout(0, parent=self)
        self._row.addWidget(self._title)
        self._row.addWidget(beside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The title is not broken for the sake of the controls."""
        self._row.least_width = self._title.fontMetrics().horizontalAdvance(self._title.text()) + 8
        super().resizeEvent(event)
