"""The last step: what is missing, each a way to its field; the grades; and submitting."""

from PySide6.QtCore import QLocale, Signal, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from audit_app.core.audit import Missing
from audit_app.core.fields import Step
from audit_app.ui.grading.grades_list import GradesList
from audit_app.ui.grading.step_page import StepPage, Tools
from audit_app.ui.labelled import help_label
from audit_app.ui.roles import ButtonRole, TextRole, set_button_role, set_text_role
from audit_app.ui.theme import Theme
from audit_app.ui.widgets.date_text import write_long_date
from audit_app.ui.widgets.flow_layout import FlowLayout
from audit_app.ui.widgets.link_line import LinkLine


class MissingLink(LinkLine):
    """One thing that is missing; pressed, it gives the key of its field."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._key = ""
        self.clicked.connect(self._on_clicked)

    def show_missing(self, key: str, sentence: str, step: str) -> None:
        """Show another thing."""
        self._key = key
        self.say(sentence)
        self.setAccessibleDescription(f"Goes to the field in {step}")

    @Slot()
    def _on_clicked(self) -> None:
        self.chosen.emit(self._key)


class ReviewStep(StepPage):
    """``wanted`` asks for a field; ``submitted``, ``taken_back`` and ``pdf`` are what the buttons do."""

    wanted = Signal(str)
    submitted = Signal()
    taken_back = Signal()
    pdf = Signal()

    def __init__(self, step: Step, tools: Tools, titles: dict[str, str]) -> None:
        super().__init__(step, tools)
        self._titles = titles
        self.add_title(step.title)
        self._sentence = set_text_role(QLabel(), TextRole.HEADING)
        self._sentence.setWordWrap(True)
        self.column.addWidget(self._sentence)
        self._about = help_label("")
        self.column.addWidget(self._about)
        self._links: list[MissingLink] = []
        self._list = QWidget()
        self._lines = QVBoxLayout(self._list)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self.column.addWidget(self._list)
        self._refused = set_text_role(QLabel(), TextRole.ERROR)
        self._refused.setWordWrap(True)
        self._refused.hide()
        self.column.addWidget(self._buttons())
        self.column.addWidget(self._refused)
        self.add_heading("The grades")
        self._grades = GradesList(self.draft, self.theme, overall=True)
        self.column.addWidget(self._grades)
        self.finish()

    def first(self) -> QWidget | None:
        """The first thing that is missing, or the button to press."""
        buttons = [*self._links, self._submit, self._pdf]
        return next((button for button in buttons if not button.isHidden()), None)

    def scale(self) -> None:
        """Fewer columns for larger text."""
        super().scale()
        self._grades.scale()

    def show_all(self) -> None:
        """Another audit, or the same in another state."""
        self.show_refusal("")
        super().show_all()

    def arrange(self) -> None:
        """Show what is missing now."""
        draft = self.draft
        things = [] if draft.read_only else [*self._unread(), *draft.missing()]
        for link in self._links[len(things) :]:
            link.hide()
        had = len(self._links)
        for at, thing in enumerate(things):
            if at == len(self._links):
                self._links.append(MissingLink(self.theme, self._list))
                self._links[at].chosen.connect(self.wanted)
                self._lines.addWidget(self._links[at])
            self._links[at].show_missing(thing.key, thing.sentence, self._titles.get(thing.step, ""))
            self._links[at].show()
        if len(self._links) > had:
            self.grown.emit(self)
        self._list.setVisible(bool(things))
        if not things:
            self.show_refusal("")
        self._show_state(len(things))
        self._grades.show_grades()

    def reading_order(self) -> list[QWidget]:
        """What is missing, and then the buttons."""
        return [*self._links, self._submit, self._pdf, self._take_back]

    def show_refusal(self, sentence: str) -> None:
        """Say beside the button why it was not submitted; blank takes it back."""
        self._refused.setText(sentence)
        self._refused.setVisible(bool(sentence))
        self._submit.setAccessibleDescription(sentence)

    def _unread(self) -> list[Missing]:
        """Dates that were typed and cannot be read would otherwise be lost without a word."""
        fields = self.draft.fields
        return [
            Missing(key, fields[key].step, f"{fields[key].label}: “{typed}” is not a date")
            for key, typed in self.draft.unread.items()
        ]

    def _show_state(self, count: int) -> None:
        draft = self.draft
        for button, shown in (
            (self._submit, not draft.read_only),
            (self._take_back, draft.read_only and not draft.audit.imported),
            (self._pdf, draft.read_only),
        ):
            button.setVisible(shown)
        if draft.read_only:
            at = draft.audit.submitted_at
            day = "" if at is None else f" on {write_long_date(at.astimezone().date(), QLocale.system())}"
            self._sentence.setText(f"{draft.audit.state.label}{day}")
            self._about.setText(
                "It counts, and came from a spreadsheet: it cannot be changed here."
                if draft.audit.imported
                else "It counts now, and cannot be changed. Take it back to change it."
            )
        elif count:
            things = "1 thing is" if count == 1 else f"{count} things are"
            self._sentence.setText(f"{things} missing before this audit can be submitted")
            self._about.setText("Each line goes to its field. Everything written so far is kept.")
        else:
            self._sentence.setText("Nothing is missing")
            self._about.setText("Submitted, the audit counts and can only be read. It can be taken back.")

    def _buttons(self) -> QWidget:
        box = QWidget()
        row = FlowLayout(box, self.theme.space(2))
        self._submit = QPushButton("&Submit")
        set_button_role(self._submit, ButtonRole.PRIMARY)
        self._pdf = QPushButton("Save as &PDF…")
        set_button_role(self._pdf, ButtonRole.PRIMARY)
        self._take_back = QPushButton("&Take back")
        for button, signal in (
            (self._submit, self.submitted),
            (self._pdf, self.pdf),
            (self._take_back, self.taken_back),
        ):
            row.addWidget(button)
            button.clicked.connect(signal)
        return box
