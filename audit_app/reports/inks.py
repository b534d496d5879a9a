"""The colour and pattern of each grade on paper: apart in grey too, and never without shape or word."""

from dataclasses import dataclass
from enum import StrEnum

from audit_app.core.form import Shape

INK = "#1a1f26"
QUIET = "#525c69"
LINE = "#ccd3db"
TINT = "#eef3f9"
ACCENT = "#1f5fa9"


class Pattern(StrEnum):
    """What is drawn over a grade's fill."""

    PLAIN = "plain"
    DOTS = "dots"
    STRIPES = "stripes"
    LATTICE = "lattice"


@dataclass(frozen=True, slots=True)
class GradeInk:
    """A fill, a pattern's colour the text upon the fill; a cell's ground and text; ``#rrggbb``.

    Text upon its ground has a contrast of at least 4.5:1.
    """

    fill: str
    over: str
    text: str
    pattern: Pattern
    soft: str
    dark: str


_INKS = {
    Shape.STAR: GradeInk("#45278f", "#b9a8ea", "#ffffff", Pattern.DOTS, "#e5defa", "#45278f"),
    Shape.CIRCLE: GradeInk("#2b7a4b", "#2b7a4b", "#ffffff", Pattern.PLAIN, "#d5eedb", "#14532d"),
    Shape.TRIANGLE: GradeInk("#f7dca6", "#b98526", "#4d3000", Pattern.STRIPES, "#fbe6bd", "#654000"),
    Shape.SQUARE: GradeInk("#f6c9cc", "#b0323d", "#7a111c", Pattern.LATTICE, "#f8d6d8", "#861420"),
}


def grade_ink(shape: Shape) -> GradeInk:
    """The ink of the grade with this shape."""
    return _INKS[shape]
