"""What is to be imported: the file, the programme it goes into, and the form of one that is new."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from audit_app.core.identity import natural_key
from audit_app.core.programme import Programme
from audit_app.ui.context import Context
from audit_app.ui.messages import SPREADSHEET
from audit_app.ui.roles import TextRole, set_text_role
from audit_app.ui.widgets.form_field import FormField

_WAIT = 400  # milliseconds after the last letter of a title


class ImportChoice(QWidget):
    """``changed``: what was chosen before does not hold any more; ``ready``: there is something to read."""

    changed = Signal()
    ready = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._programmes: tuple[Programme, ...] = context.session.programmes.all()
        self.path: Path | None = None
        self._make_fields()
        self._lay_out()
        self.waiting = QTimer(self)
        self.waiting.setSingleShot(True)
        self.waiting.setInterval(_WAIT)
        self.waiting.timeout.connect(self._say_ready)
        self._offer_programmes()
        self._file.clicked.connect(self._on_choose)
        self.title_box.editTextChanged.connect(self._on_title)
        self.form_box.activated.connect(self._on_form)

    def _make_fields(self) -> None:
        self._file = QPushButton("Choose a &file…")
        self._file.setAutoDefault(False)
        self._file_name = set_text_role(QLabel("CSV or Excel, with one audit a row"), TextRole.QUIET)
        self.title_box = QComboBox()
        self.title_box.setEditable(True)
        self.title_box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.form_box = QComboBox()
        for form in self._context.session.forms.forms():
            self.form_box.addItem(form.title, form.id)
        # Long words must not make the dialog wider than the screen.
        for box in (self.title_box, self.form_box):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(8)

    def _lay_out(self) -> None:
        file_row = QHBoxLayout()
        file_row.setSpacing(12)
        file_row.addWidget(self._file)
        file_row.addWidget(self._file_name, 1)
        title = FormField("&Programme", self.title_box, "One that is there, or the title of a new one.")
        form = FormField("For&m", self.form_box, "Of a new programme.")
        fields = QHBoxLayout()
        fields.setSpacing(12)
        fields.addWidget(title, 3, Qt.AlignmentFlag.AlignTop)
        fields.addWidget(form, 2, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(file_row)
        column.addLayout(fields)

    def _offer_programmes(self) -> None:
        for programme in self._programmes:
            self.title_box.addItem(programme.title)
        self.title_box.setCurrentIndex(0 if len(self._programmes) == 1 else -1)
        edit = self.title_box.lineEdit()
        if edit is not None:
            edit.setPlaceholderText("Title of the programme")
        self._show_form()

    # -- What is chosen ------------------------------------------------------------------------------

    @property
    def title(self) -> str:
        """The title of the programme as it was typed."""
        return self.title_box.currentText().strip()

    @property
    def form_id(self) -> str | None:
        """The form of a new programme; None where the programme is there and has its own."""
        return None if self._there() else str(self.form_box.currentData())

    @property
    def is_whole(self) -> bool:
        """Whether there is a file and a title."""
        return self.path is not None and bool(self.title)

    def choose(self, path: Path) -> None:
        """Take a file, chosen here or dropped onto the window."""
        self.path = path
        self._file_name.setText(path.name)
        self._file_name.setToolTip(str(path))
        self.changed.emit()
        self._say_ready()
        if not self.title:
            self.title_box.setFocus()

    def _there(self) -> Programme | None:
        """The programme that is called as what is typed."""
        wanted = natural_key(self.title_box.currentText())
        return next((one for one in self._programmes if natural_key(one.title) == wanted), None)

    def _show_form(self) -> None:
        there = self._there()
        self.form_box.setEnabled(there is None)
        if there is not None:
            form = self._context.session.programmes.form(there)
            if self.form_box.findData(form.id) < 0:
                self.form_box.addItem(form.title, form.id)
            self.form_box.setCurrentIndex(self.form_box.findData(form.id))

    # -- What the person does ------------------------------------------------------------------------

    @Slot()
    def _say_ready(self) -> None:
        self.waiting.stop()
        if self.is_whole:
            self.ready.emit()

    @Slot()
    def _on_choose(self) -> None:
        path = self._context.messages.choose_open(self, "Choose a spreadsheet", SPREADSHEET)
        if path is not None:
            self.choose(path)

    @Slot(str)
    def _on_title(self, _text: str) -> None:
        self._show_form()
        self.changed.emit()
        self.waiting.start()

    @Slot()
    def _on_form(self) -> None:
        self.changed.emit()
        self._say_ready()
