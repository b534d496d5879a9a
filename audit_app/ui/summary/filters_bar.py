"""What a summary is about: the programme, and the cohort, team, service and dates that narrow it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QVBoxLayout, QWidget

from audit_app.core.programme import Programme
from audit_app.core.summary import Filters
from audit_app.services.summaries import FilterChoices
from audit_app.ui.labelled import announce, label_for, name
from audit_app.ui.roles import ButtonRole, TextRole, set_button_role, set_text_role
from audit_app.ui.widgets.date_edit import DateEdit
from audit_app.ui.widgets.flow_layout import FlowLayout


@dataclass(frozen=True, slots=True)
class Scope:
    """A programme and what narrows it; no programme means the one that the screen chooses."""

    programme_id: str | None = None
    filters: Filters = field(default_factory=Filters)


class FiltersBar(QWidget):
    """``changed`` carries the Scope that the person chose."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scope = Scope()
        self._programme = _Choice()
        self._cohort, self._team, self._service = (
            _Choice("All cohorts"),
            _Choice("All teams"),
            _Choice("All services"),
        )
        self._from, self._to = DateEdit(), DateEdit()
        self._refused = set_text_role(QLabel(), TextRole.ERROR)
        self._clear = QPushButton("C&lear")
        set_button_role(self._clear, ButtonRole.FLAT)
        name(self._clear, "Clear the filters")
        row = FlowLayout(gap=12)
        row.addWidget(_labelled("Pr&ogramme", self._programme))
        row.addWidget(_labelled("&Cohort", self._cohort))
        row.addWidget(_labelled("Tea&m", self._team))
        row.addWidget(_labelled("&Service", self._service))
        row.addWidget(_labelled("Audited f&rom", self._from))
        row.addWidget(_labelled("Audited &to", self._to))
        row.addWidget(_beneath(self._clear))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._refused)
        self._refused.hide()
        self._from.set_name("Audited from")
        self._to.set_name("Audited to")
        self._from.entered.connect(self._on_from)
        self._to.entered.connect(self._on_to)
        for edit in (self._from, self._to):
            edit.setMaximumWidth(_date_width(edit))
            edit.refused.connect(self._on_refused)
        for box in (self._cohort, self._team, self._service):
            box.activated.connect(self._on_choice)
        self._programme.activated.connect(self._on_programme)
        self._clear.clicked.connect(self._on_clear)

    def changeEvent(self, event: QEvent) -> None:
        """Another size of text needs wider dates."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            for edit in (self._from, self._to):
                edit.setMaximumWidth(_date_width(self))

    # -- What is chosen ------------------------------------------------------------------------------

    @property
    def scope(self) -> Scope:
        """What is chosen now."""
        return self._scope

    def set_scope(self, scope: Scope) -> None:
        """Choose, not by the person."""
        self._scope = scope
        self._show()

    def show_choices(self, programmes: Sequence[Programme], choices: FilterChoices, scope: Scope) -> None:
        """Offer what there is, with ``scope`` chosen."""
        self._scope = scope
        self._programme.offer([(programme.id, programme.title) for programme in programmes])
        for box, titles in (
            (self._cohort, choices.cohorts),
            (self._team, choices.teams),
            (self._service, choices.services),
        ):
            box.offer([(title, title) for title in titles])
        self._show()

    def _show(self) -> None:
        filters = self._scope.filters
        self._programme.choose(self._scope.programme_id)
        for box, value in (
            (self._cohort, filters.cohort),
            (self._team, filters.team),
            (self._service, filters.service),
        ):
            box.choose(value)
            box.setEnabled(box.count() > 1)
        self._from.show_value(filters.from_date.isoformat() if filters.from_date else "")
        self._to.show_value(filters.to_date.isoformat() if filters.to_date else "")
        self._clear.setEnabled(filters != Filters())

    # -- What the person does ------------------------------------------------------------------------

    @Slot()
    def _on_programme(self) -> None:
        # Another programme has other cohorts and teams; the dates may well be the same.
        kept = Filters(from_date=self._scope.filters.from_date, to_date=self._scope.filters.to_date)
        self._change(Scope(self._programme.value, kept))

    @Slot()
    def _on_choice(self) -> None:
        filters = replace(
            self._scope.filters, cohort=self._cohort.value, team=self._team.value, service=self._service.value
        )
        self._change(replace(self._scope, filters=filters))

    @Slot(str)
    def _on_from(self, iso: str) -> None:
        self._change(replace(self._scope, filters=replace(self._scope.filters, from_date=_day(iso))))

    @Slot(str)
    def _on_to(self, iso: str) -> None:
        self._change(replace(self._scope, filters=replace(self._scope.filters, to_date=_day(iso))))

    @Slot(str)
    def _on_refused(self, typed: str) -> None:
        self._refused.setText(f"“{typed}” is not a date, for example 31/10/2019." if typed else "")
        self._refused.setVisible(bool(typed))
        if typed:
            announce(self._refused, self._refused.text())

    @Slot()
    def _on_clear(self) -> None:
        self._on_refused("")
        self._change(replace(self._scope, filters=Filters()))
        self._show()

    def _change(self, scope: Scope) -> None:
        if scope != self._scope:
            self._scope = scope
            self._clear.setEnabled(scope.filters != Filters())
            self.changed.emit(scope)


class _Choice(QComboBox):
    """A list of titles; ``every`` stands first and means no choice."""

    def __init__(self, every: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._every = every
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMinimumContentsLength(10)
        self.offer([])

    @property
    def value(self) -> str | None:
        """What is chosen, None for all."""
        found = self.currentData()
        return str(found) if found else None

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these: values with their words."""
        self.clear()
        if self._every:
            self.addItem(self._every, "")
        for value, words in choices:
            self.addItem(words, value)

    def choose(self, value: str | None) -> None:
        """Choose a value, not by the person."""
        self.setCurrentIndex(max(self.findData(value or ""), 0) if self.count() else -1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the screen and changes no filter."""
        event.ignore()


def _date_width(edit: QWidget) -> int:
    """Room for a date and the button of the calendar."""
    metrics = edit.fontMetrics()
    return metrics.horizontalAdvance("dd/mm/yyyy") + round(metrics.height() * 3.2)


def _labelled(text: str, control: QWidget) -> QWidget:
    """A control with its label above."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(set_text_role(label_for(control, text), TextRole.QUIET))
    column.addWidget(control)
    return made


def _beneath(control: QWidget) -> QWidget:
    """A control at the height of those that have a label above."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.addStretch()
    column.addWidget(control)
    return made


def _day(iso: str) -> date | None:
    return date.fromisoformat(iso) if iso else None
