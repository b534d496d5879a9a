"""The columns of the table of what a search found, with the words that were looked for marked."""

import re
from collections.abc import Sequence
from operator import attrgetter

from audit_app.core.folding import folded, words_of
from audit_app.services.search import Hit
from audit_app.ui.models.columns import Column


def search_columns(text: str = "") -> tuple[Column[Hit], ...]:
    """Every column, in the order of the table; ``text`` is what was looked for."""
    words = [re.compile(rf"(?<![^\W_]){re.escape(word)}") for word in words_of(text)]

    def found(hit: Hit) -> Sequence[tuple[int, int]]:
        plain = folded(hit.snippet)
        return [place.span() for word in words for place in word.finditer(plain)]

    return (
        Column("reference", "Case", attrgetter("reference"), chars=20),
        Column("field", "Where", attrgetter("field_label"), tip=attrgetter("field_label"), chars=28),
        Column("snippet", "Text", attrgetter("snippet"), tip=attrgetter("snippet"), found=found, chars=90),
        Column("programme", "Programme", attrgetter("programme"), shown=False, chars=24),
        Column("state", "State", _state, shown=False),
    )


def _state(hit: Hit) -> str:
    return hit.state.label
