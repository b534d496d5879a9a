"""Makes a programme, or changes one; what is refused is said beside its field."""

from datetime import date

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from audit_app.core.changes import Changes
from audit_app.core.errors import AppError
from audit_app.core.identity import natural_key
from audit_app.core.programme import Programme, ProgrammeType
from audit_app.services.programmes import ProgrammeDraft
from audit_app.ui.context import Context
from audit_app.ui.programmes.cohorts_edit import CohortsEdit
from audit_app.ui.programmes.period_box import PeriodBox
from audit_app.ui.roles import ButtonRole, TextRole, set_button_role, set_text_role
from audit_app.ui.widgets.date_edit import DateEdit
from audit_app.ui.widgets.dialog_size import open_at
from audit_app.ui.widgets.form_field import FormField

_SIZE = (640, 680)


class ProgrammeDialog(QDialog):
    """``changes`` is what was changed once the dialog was accepted; ``programme_id`` the programme."""

    def __init__(self, context: Context, programme: Programme | None = None, parent: QWidget | None = None):
        super().__init__(parent)
        self._context = context
        self._programme = programme
        self.programme_id = programme.id if programme else ""
        self.changes = Changes()
        self._days: dict[str, date | None] = {"from": None, "to": None}
        self.setWindowTitle("Programme" if programme else "New programme")
        self._make_fields()
        self._lay_out()
        if programme is not None:
            self._show(programme)
        open_at(self, context.theme, *_SIZE)
        self.title_edit.setFocus()

    def _make_fields(self) -> None:
        self.title_edit = QLineEdit()
        self.type_box = QComboBox()
        for kind in ProgrammeType:
            self.type_box.addItem(kind.label, kind.value)
        self.form_box = QComboBox()
        for form in self._context.session.forms.forms():
            self.form_box.addItem(form.title, form.id)
        # Long words must not make the dialog wider than the screen.
        for box in (self.type_box, self.form_box):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(8)
        self.theme_edit = QLineEdit()
        self.from_edit, self.to_edit = DateEdit(), DateEdit()
        self.kept_box = PeriodBox()
        self.cohorts = CohortsEdit()
        self._title = FormField("&Title", self.title_edit)
        self._type = FormField("T&ype", self.type_box)
        self._theme = FormField("T&heme", self.theme_edit, "What the round looks at; may stay blank.")
        self._from = FormField("Period &from", self.from_edit.line, beside=self.from_edit)
        self._to = FormField("Period t&o", self.to_edit.line, beside=self.to_edit)
        self._form = FormField("For&m", self.form_box, "Every audit in the programme is made on it.")
        self._kept = FormField(
            "Keep audit&s for",
            self.kept_box,
            "Afterwards they are listed under File, Retention, and stay until somebody deletes them there.",
        )
        self._cohorts = FormField("&Cohorts", self.cohorts.list, beside=self.cohorts)
        self._fields = (
            *(self._title, self._type, self._form, self._theme, self._from, self._to, self._kept),
            self._cohorts,
        )
        self.from_edit.entered.connect(self._on_from)
        self.to_edit.entered.connect(self._on_to)
        self.from_edit.refused.connect(self._on_from_refused)
        self.to_edit.refused.connect(self._on_to_refused)

    def _lay_out(self) -> None:
        inside = QWidget()
        fields = QVBoxLayout(inside)
        fields.setContentsMargins(24, 16, 24, 16)
        fields.setSpacing(12)
        heading = "Change the programme" if self._programme else "New programme"
        fields.addWidget(set_text_role(QLabel(heading), TextRole.HEADING))
        fields.addWidget(self._title)
        fields.addLayout(_side_by_side(self._type, self._form))
        fields.addWidget(self._theme)
        fields.addLayout(_side_by_side(self._from, self._to))
        fields.addWidget(self._kept)
        fields.addWidget(self._cohorts, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        keep = QPushButton("&Keep")
        set_button_role(keep, ButtonRole.PRIMARY)
        keep.setDefault(True)
        keep.clicked.connect(self._on_keep)
        cancel = QPushButton("Cance&l")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setContentsMargins(24, 8, 24, 16)
        row.addStretch()
        row.addWidget(cancel)
        row.addWidget(keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll, 1)
        column.addLayout(row)

    def _show(self, programme: Programme) -> None:
        self.title_edit.setText(programme.title)
        self.type_box.setCurrentIndex(self.type_box.findData(programme.type.value))
        self.theme_edit.setText(programme.theme)
        self._days = {"from": programme.period_from, "to": programme.period_to}
        self.from_edit.show_value(_iso(programme.period_from))
        self.to_edit.show_value(_iso(programme.period_to))
        if self.form_box.findData(programme.form.id) < 0:
            form = self._context.session.programmes.form(programme)
            self.form_box.addItem(form.title, form.id)
        self.form_box.setCurrentIndex(self.form_box.findData(programme.form.id))
        self.form_box.setEnabled(not self._context.session.programmes.counts(programme.id).audits)
        self.kept_box.show_months(programme.retention_months)
        self.cohorts.show_cohorts(programme.cohorts)

    @classmethod
    def ask(cls, context: Context, parent: QWidget, programme: Programme | None = None) -> str | None:
        """The id of the programme that was made or changed; None where the person gave up."""
        dialog = cls(context, programme, parent)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        changes, programme_id = dialog.changes, dialog.programme_id
        dialog.deleteLater()
        if not accepted:
            return None
        context.bus.publish(changes)
        return programme_id

    # -- Keeping -------------------------------------------------------------------------------------

    def draft(self) -> ProgrammeDraft:
        """The programme as it stands in the fields."""
        return ProgrammeDraft(
            self.title_edit.text().strip(),
            ProgrammeType(str(self.type_box.currentData())),
            self.theme_edit.text().strip(),
            self._days["from"],
            self._days["to"],
            str(self.form_box.currentData()),
            self.cohorts.drafts(),
            self.kept_box.months,
        )

    @Slot()
    def _on_keep(self) -> None:
        self.cohorts.finish()
        self.from_edit.commit()
        self.to_edit.commit()
        if self._from.error or self._to.error:
            return
        for field in self._fields:
            field.show_error("")
        draft, programmes = self.draft(), self._context.session.programmes
        try:
            if self._programme is None:
                made, self.changes = programmes.create(draft)
                self.programme_id = made.id
            else:
                self.changes = programmes.update(self._programme.id, draft)
        except AppError as error:
            self._field_of(draft).show_error(error.sentence)
            return
        self.accept()

    def _field_of(self, draft: ProgrammeDraft) -> FormField:
        """The field that a refusal of this draft is about: the rules refuse little, and each in one field."""
        before = self._programme
        others = self._context.session.programmes.all()
        taken = {natural_key(one.title) for one in others if before is None or one.id != before.id}
        keys = [natural_key(cohort.title) for cohort in draft.cohorts]
        if not draft.title or natural_key(draft.title) in taken:
            return self._title
        if draft.period_from and draft.period_to and draft.period_from > draft.period_to:
            return self._to
        if not all(keys) or len(set(keys)) < len(keys):
            return self._cohorts
        if before is not None and draft.form_id != before.form.id:
            return self._form
        kept = {cohort.id for cohort in draft.cohorts}
        if before is not None and any(cohort.id not in kept for cohort in before.cohorts):
            return self._cohorts
        return self._title

    # -- Dates ---------------------------------------------------------------------------------------

    @Slot(str)
    def _on_from(self, iso: str) -> None:
        self._days["from"] = date.fromisoformat(iso) if iso else None

    @Slot(str)
    def _on_to(self, iso: str) -> None:
        self._days["to"] = date.fromisoformat(iso) if iso else None

    @Slot(str)
    def _on_from_refused(self, typed: str) -> None:
        self._from.show_error(_no_date(typed))

    @Slot(str)
    def _on_to_refused(self, typed: str) -> None:
        self._to.show_error(_no_date(typed))


def _side_by_side(*fields: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    for field in fields:
        row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
    return row


def _no_date(typed: str) -> str:
    return f"“{typed}” is not a date. Type it as 31/10/2019." if typed else ""


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
