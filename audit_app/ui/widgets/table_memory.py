"""What a person did to the columns of a table: widths, which are shown, the order; kept for the next time."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from audit_app.ui.preferences import Preferences


@dataclass(frozen=True, slots=True)
class TableState:
    """How a table stands. Widths are in pixels at 100% text; a column absent is as it is at first."""

    widths: dict[str, int] = field(default_factory=dict)
    shown: dict[str, bool] = field(default_factory=dict)
    sort: str | None = None
    descending: bool = False


class TableMemory:
    """Keeps the state of one table under its name, by column id, so that new columns do not upset it."""

    def __init__(self, preferences: Preferences, table: str, at_first: TableState) -> None:
        self._preferences = preferences
        self._name = f"tables/{table}"
        self.state = self._read(at_first)

    def set_width(self, column: str, width: int) -> None:
        """Keep a column's width at 100% text."""
        if width > 0:
            self._keep(replace(self.state, widths={**self.state.widths, column: width}))

    def set_shown(self, column: str, shown: bool) -> None:
        """Keep whether a column is shown."""
        self._keep(replace(self.state, shown={**self.state.shown, column: shown}))

    def set_sort(self, column: str, descending: bool) -> None:
        """Keep the order."""
        self._keep(replace(self.state, sort=column, descending=descending))

    def forget_columns(self) -> None:
        """Back to the columns and widths there were at first; the order stays."""
        self._keep(replace(self.state, widths={}, shown={}))

    def _keep(self, state: TableState) -> None:
        if state != self.state:
            self.state = state
            widths = _written(state.widths.items())
            shown = _written((column, int(on)) for column, on in state.shown.items())
            sort = f"{state.sort or ''}={int(state.descending)}"
            self._preferences.set_text(self._name, f"{widths}|{shown}|{sort}")

    def _read(self, at_first: TableState) -> TableState:
        parts = self._preferences.text(self._name).split("|")
        if len(parts) != 3:
            return at_first
        widths, shown, sort = (_read(part) for part in parts)
        found = next((column for column in sort if column), None)
        if found is None:
            return replace(at_first, widths=widths, shown={key: bool(on) for key, on in shown.items()})
        return TableState(widths, {key: bool(on) for key, on in shown.items()}, found, bool(sort[found]))


def _written(pairs: Iterable[tuple[str, int]]) -> str:
    return ";".join(f"{column}={value}" for column, value in pairs)


def _read(part: str) -> dict[str, int]:
    found = {}
    for pair in part.split(";"):
        column, _, value = pair.partition("=")
        if value.isdecimal():
            found[column] = int(value)
    return found
