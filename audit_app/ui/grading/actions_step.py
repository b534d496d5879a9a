"""The actions: what must change, how anyone will know, who owns it, by when. Added and removed singly."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from audit_app.core.fields import ACTION_PARTS, MAX_ACTIONS, Step, action_key
from audit_app.ui.grading.field_kinds import make_field
from audit_app.ui.grading.field_widget import FieldWidget, TextField
from audit_app.ui.grading.step_page import StepPage, Tools
from audit_app.ui.grading.tab_order import within
from audit_app.ui.labelled import help_label
from audit_app.ui.roles import ButtonRole, Surface, TextRole, set_button_role, set_surface, set_text_role
from audit_app.ui.widgets.flow_layout import ColumnsLayout

_COLUMN = 200
_FULL = f"There is room for {MAX_ACTIONS} actions, and all of it is used."


class ActionCard(QFrame):
    """One action. ``removed`` asks to remove it, by its number."""

    removed = Signal(int)

    def __init__(self, number: int, tools: Tools) -> None:
        super().__init__()
        self.number = number
        set_surface(self, Surface.CARD)
        theme, draft = tools.theme, tools.draft
        gap = theme.space(3)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(gap, theme.space(2), gap, theme.space(2))
        lines.setSpacing(theme.space(2))
        self._remove = QPushButton("Remove")
        set_button_role(self._remove, ButtonRole.FLAT)
        self._remove.setAccessibleName(f"Remove action {number}")
        lines.addWidget(set_text_role(QLabel(f"Action {number}"), TextRole.HEADING))
        box = QWidget()
        self._grid = ColumnsLayout(theme.scaled(_COLUMN), gap, gap, box)
        self.fields: dict[str, FieldWidget] = {}
        for part in ACTION_PARTS:
            field = draft.fields[action_key(number, part)]
            words = _without_number(field.label).replace("&", "&&")
            wide = part in ("what", "measure")
            widget = TextField(field, draft, words, 2) if wide else make_field(field, draft, words, theme)
            self.fields[field.key] = widget
            if wide:
                self._grid.add_wide(widget)
            else:
                self._grid.addWidget(widget)
        lines.addWidget(box)
        below = QHBoxLayout()
        below.addStretch()
        below.addWidget(self._remove)
        lines.addLayout(below)
        self._remove.clicked.connect(self._on_remove)

    def set_read_only(self, read_only: bool) -> None:
        """Only to be read."""
        self._remove.setVisible(not read_only)
        for field in self.fields.values():
            field.set_read_only(read_only)

    def scale(self, least_width: int) -> None:
        """The size of text is another."""
        self._grid.least_width = least_width
        self._grid.invalidate()

    @Slot()
    def _on_remove(self) -> None:
        self.removed.emit(self.number)


class ActionsStep(StepPage):
    """All actions, each on a card made when it is needed; ``told`` gives a sentence for the notice above."""

    told = Signal(str)

    def __init__(self, step: Step, tools: Tools) -> None:
        super().__init__(step, tools)
        self._tools = tools
        self._cards: dict[int, ActionCard] = {}
        self._added: set[int] = set()  # shown, and nothing written in them yet
        self.add_title(
            step.title,
            "What must change for this child or for practice, who does it and by when.",
        )
        self._none = help_label("No actions yet.")
        self.column.addWidget(self._none)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(tools.theme.space(3))
        self.column.addLayout(self._lines)
        self._add = QPushButton("Add an &action")
        self._add.clicked.connect(self.add)
        row = QHBoxLayout()
        row.addWidget(self._add)
        row.addStretch()
        self.column.addLayout(row)
        self.finish()

    def first(self) -> QWidget | None:
        """The first action, or the button that adds one."""
        return super().first() or (self._add if not self._add.isHidden() else None)

    def show_all(self) -> None:
        """Another audit has other actions."""
        self._added.clear()
        super().show_all()

    def show_answers(self, keys: frozenset[str] | None = None) -> None:
        """Cards for actions that came by undo or with another audit are made first."""
        self._make_cards()
        super().show_answers(keys)

    def arrange(self) -> None:
        """Show the actions that have anything written, and those just added."""
        used = self._used()
        self._added -= used
        for number, card in self._cards.items():
            card.setVisible(number in used or number in self._added)
        read_only = self.draft.read_only
        self._none.setVisible(not used and not self._added)
        self._add.setVisible(not read_only)

    def reading_order(self) -> list[QWidget]:
        """The actions by their number, and then the button that adds one."""
        cards = [widget for _, card in sorted(self._cards.items()) for widget in within(card)]
        return [*cards, self._add]

    def go_to(self, key: str, cursor: int | None = None) -> bool:
        """Put the focus into an action's field; one that is asked for and not there yet is added."""
        if key not in self.draft.fields:
            return False
        number = int(key.split(".")[1])
        if number not in self._used():
            self._added.add(number)
            self.show_answers(frozenset())
        return super().go_to(key, cursor)

    def scale(self) -> None:
        """Fewer columns for larger text."""
        super().scale()
        for card in self._cards.values():
            card.scale(self.theme.scaled(_COLUMN))

    @Slot()
    def add(self) -> None:
        """Show an empty action behind the last one, and go there."""
        taken = self._used() | self._added
        after_last = range(max(taken, default=0) + 1, MAX_ACTIONS + 1)
        free = next(
            (number for number in (*after_last, *range(1, MAX_ACTIONS + 1)) if number not in taken), None
        )
        if free is None:
            self.told.emit(_FULL)
        else:
            self.go_to(action_key(free, "what"))

    @Slot(int)
    def remove(self, number: int) -> None:
        """Remove an action; undo brings it back."""
        had = number in self._used()
        self._added.discard(number)
        self.draft.choose_many({action_key(number, part): "" for part in ACTION_PARTS})
        self.arrange()
        self._add.setFocus()
        if had:
            self.told.emit(f"Action {number} was removed. Ctrl+Z brings it back.")

    def _used(self) -> set[int]:
        keys = (key for key in self.draft.answers if key.startswith("action."))
        return {int(key.split(".")[1]) for key in keys}

    def _make_cards(self) -> None:
        new = sorted((self._used() | self._added) - self._cards.keys())
        for number in new:
            card = ActionCard(number, self._tools)
            card.removed.connect(self.remove)
            card.set_read_only(self.draft.read_only)
            self._cards[number] = card
            place = sum(other < number for other in self._cards)
            self._lines.insertWidget(place, card)
            self.fields |= card.fields
            for field in card.fields.values():
                field.show_answer()
        if new:
            self.grown.emit(self)


def _without_number(label: str) -> str:
    """The label's words after the number, which stands above: "Action 2: owner" gives "Owner"."""
    words = label.partition(": ")[2]
    return words[:1].upper() + words[1:]
