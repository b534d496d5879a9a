"""Every colour of the program: a set for light, one for dark, and the system's own for high contrast."""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette


@dataclass(frozen=True, slots=True)
class GradeColours:
    """A grade's fixed pair: a ground, and text or a shape upon it (4.5:1, also on a field's ground)."""

    fill: QColor
    text: QColor


@dataclass(frozen=True, slots=True, repr=False)  # made at every start
class Colours:
    """What the parts of the window are painted with, as "#rrggbb"."""

    window: str  # the ground of a screen
    sunken: str  # the navigation and the strip
    base: str  # fields, lists and cards
    alternate: str  # every second row
    text: str
    quiet: str  # explanation
    faint: str  # what is switched off, and prompts in fields
    line: str  # edges of cards, rules between rows
    control_line: str  # edges of fields and buttons (3:1 on base)
    button: str
    button_hover: str
    button_down: str
    accent: str  # the one accent: primary buttons, links, focus, selection marks
    accent_hover: str
    accent_text: str  # on accent
    selection: str  # the ground of selected rows and text
    selection_text: str
    error: str
    danger_ground: str
    danger_line: str
    warning_ground: str
    warning_line: str
    notice_ground: str
    notice_line: str
    tip: str
    tip_text: str


LIGHT = Colours(
    window="#f5f6f8",
    sunken="#eaedf1",
    base="#ffffff",
    alternate="#f7f8fa",
    text="#1a1f26",
    quiet="#525c69",
    faint="#66707c",
    line="#d8dde4",
    control_line="#868f9b",
    button="#ffffff",
    button_hover="#f0f4f9",
    button_down="#e2e9f2",
    accent="#1f5fa9",
    accent_hover="#194f8e",
    accent_text="#ffffff",
    selection="#d6e5f7",
    selection_text="#12233a",
    error="#a4161f",
    danger_ground="#fdecec",
    danger_line="#c2323b",
    warning_ground="#fff5dd",
    warning_line="#a87411",
    notice_ground="#eaf2fb",
    notice_line="#1f5fa9",
    tip="#22272e",
    tip_text="#f3f5f8",
)

DARK = Colours(
    window="#1b1e23",
    sunken="#15181c",
    base="#24282e",
    alternate="#282d34",
    text="#e8ebef",
    quiet="#a9b2bd",
    faint="#8f99a5",
    line="#383e47",
    control_line="#7b8591",
    button="#2d333a",
    button_hover="#363d46",
    button_down="#414954",
    accent="#7cb3f2",
    accent_hover="#9cc6f6",
    accent_text="#0d1b2b",
    selection="#2b4a6f",
    selection_text="#ffffff",
    error="#ff9a9a",
    danger_ground="#3a2023",
    danger_line="#ff8b8f",
    warning_ground="#372c15",
    warning_line="#dcab4b",
    notice_ground="#1f2f42",
    notice_line="#7cb3f2",
    tip="#e8ebef",
    tip_text="#1b1e23",
)

_GRADES_LIGHT = {
    "outstanding": ("#e5defa", "#45278f"),
    "good": ("#d5eedb", "#14532d"),
    "requires_improvement": ("#fbe6bd", "#654000"),
    "inadequate": ("#f8d6d8", "#861420"),
    "not_graded": ("#e5e8ec", "#4a525c"),
}
_GRADES_DARK = {
    "outstanding": ("#3b2e6a", "#ddd4ff"),
    "good": ("#1d482d", "#b8ecc7"),
    "requires_improvement": ("#533a0c", "#ffe0a0"),
    "inadequate": ("#5c2026", "#ffcccf"),
    "not_graded": ("#3a4049", "#d2d8df"),
}


def grade_colours(grade_id: str, dark: bool) -> GradeColours:
    """The pair of a grade; one that no built-in form has gets the quiet pair: shape and word tell it."""
    pairs = _GRADES_DARK if dark else _GRADES_LIGHT
    fill, text = pairs.get(grade_id, pairs["not_graded"])
    return GradeColours(QColor(fill), QColor(text))


def from_system(palette: QPalette) -> Colours:
    """The system's own colours and no others, for high contrast."""

    def of(role: QPalette.ColorRole) -> str:
        return palette.color(QPalette.ColorGroup.Active, role).name()

    role = QPalette.ColorRole
    window, text, base = of(role.Window), of(role.WindowText), of(role.Base)
    highlight, highlighted = of(role.Highlight), of(role.HighlightedText)
    return Colours(
        window=window,
        sunken=window,
        base=base,
        alternate=base,
        text=text,
        quiet=text,
        faint=text,
        line=text,
        control_line=text,
        button=of(role.Button),
        button_hover=of(role.Button),
        button_down=of(role.Button),
        accent=highlight,
        accent_hover=highlight,
        accent_text=highlighted,
        selection=highlight,
        selection_text=highlighted,
        error=text,
        danger_ground=window,
        danger_line=text,
        warning_ground=window,
        warning_line=text,
        notice_ground=window,
        notice_line=text,
        tip=of(role.ToolTipBase),
        tip_text=of(role.ToolTipText),
    )


def palette_of(colours: Colours) -> QPalette:
    """The palette for Qt's own painting."""
    made = QPalette()
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    for which, colour in (
        (role.Window, colours.window),
        (role.WindowText, colours.text),
        (role.Base, colours.base),
        (role.AlternateBase, colours.alternate),
        (role.Text, colours.text),
        (role.PlaceholderText, colours.faint),
        (role.Button, colours.button),
        (role.ButtonText, colours.text),
        (role.BrightText, colours.error),
        (role.Highlight, colours.selection),
        (role.HighlightedText, colours.selection_text),
        (role.Accent, colours.accent),
        (role.Link, colours.accent),
        (role.LinkVisited, colours.accent),
        (role.ToolTipBase, colours.tip),
        (role.ToolTipText, colours.tip_text),
        (role.Light, colours.base),
        (role.Midlight, colours.line),
        (role.Mid, colours.line),
        (role.Dark, colours.control_line),
        (role.Shadow, colours.control_line),
    ):
        made.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        made.setColor(group.Disabled, which, QColor(colours.faint))
    return made


def contrast(one: QColor, other: QColor) -> float:
    """The contrast of two colours, 1 to 21, as WCAG 2.2 defines "contrast ratio" and "relative luminance"."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
