"""What worker, child, parent and carer say: who was asked, how, when, what they said, or why not."""

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from audit_app.core.fields import PEOPLE, Step
from audit_app.ui.grading.mnemonics import MENU_LETTERS, with_mnemonics
from audit_app.ui.grading.step_page import StepPage, Tools
from audit_app.ui.labelled import help_label
from audit_app.ui.roles import Surface, TextRole, set_surface, set_text_role
from audit_app.ui.widgets.flow_layout import ColumnsLayout

_COLUMN = 230


class FeedbackStep(StepPage):
    """One card for each person the form asks about."""

    def __init__(self, step: Step, tools: Tools) -> None:
        super().__init__(step, tools)
        self._grids: list[ColumnsLayout] = []
        self.add_title(step.title)
        keys = [key for key, field in self.draft.fields.items() if field.step == step.id]
        # Each person has the same questions: letters go to the first of each, Tab to the rest.
        asked = [key for key in keys if key.endswith(".asked")]
        titles = [PEOPLE[key.partition(".")[0]] for key in asked]
        marked = dict(zip(asked, with_mnemonics(titles, MENU_LETTERS), strict=True))
        for person in self.draft.form.asks.people:
            self.column.addWidget(
                self._card(person, [key for key in keys if key.startswith(f"{person}.")], marked)
            )
        self.finish()

    def arrange(self) -> None:
        """Asked: how, when, what. Not asked: why not. What is written stays in sight."""
        for key, field in self.fields.items():
            person, part = key.split(".")
            answer = self.draft.value(f"{person}.asked")
            wanted = {"asked": True, "why_not": answer == "no"}.get(part, answer == "yes")
            field.setVisible(wanted or bool(self.draft.value(key)) or key in self.draft.unread)

    def scale(self) -> None:
        """Fewer columns for larger text."""
        super().scale()
        for grid in self._grids:
            grid.least_width = self.theme.scaled(_COLUMN)
            grid.invalidate()

    def _card(self, person: str, keys: list[str], marked: dict[str, str]) -> QFrame:
        card = QFrame()
        set_surface(card, Surface.CARD)
        gap = self.theme.space(3)
        lines = QVBoxLayout(card)
        lines.setContentsMargins(gap, gap, gap, gap)
        lines.setSpacing(self.theme.space(2))
        heading = set_text_role(QLabel(marked[f"{person}.asked"]), TextRole.HEADING)
        lines.addWidget(heading)
        lines.addWidget(help_label(self.draft.fields[f"{person}.asked"].prompt))
        box = QWidget()
        grid = ColumnsLayout(self.theme.scaled(_COLUMN), gap, gap, box)
        for key in keys:
            field = self.draft.fields[key]
            widget = self.made(field, _without_person(field.label).replace("&", "&&"))
            if key.endswith((".asked", ".why_not", ".said", ".agrees")):
                grid.add_wide(widget)
            else:
                grid.addWidget(widget)
        words = self.fields[f"{person}.asked"].words
        if words is not None:
            heading.setBuddy(words.buddy())
        self._grids.append(grid)
        lines.addWidget(box)
        return card


def _without_person(label: str) -> str:
    """The label's words after the person: "Child: who asked them?" gives "Who asked them?"."""
    words = label.partition(": ")[2]
    return words[:1].upper() + words[1:]
