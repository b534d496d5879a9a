"""The fonts of every PDF and chart, and what of a person's text they can print."""

import unicodedata
from functools import cache
from pathlib import Path
from typing import cast

import font_source_sans_pro
from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "SourceSans"
SEMIBOLD = "SourceSans-Semibold"
ITALIC = "SourceSans-Italic"
MISSING = "☐"  # Source Sans has this box, so that what it lacks is seen to be missing

_FILES = {REGULAR: "SourceSansPro", SEMIBOLD: "SourceSansProSemibold", ITALIC: "SourceSansProIt"}
_SAME_TO_THE_EYE = {"‑": "-", "−": "–", "●": "•", "\t": " ", "\r": "\n", "\x0b": "\n", "\x0c": "\n"}
_LONGEST_LINE = 500  # characters; no line on paper holds as many
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def font_files() -> tuple[Path, ...]:
    """The TTF files in use, for a screen that shows a chart; the OTF files fail in reportlab."""
    return tuple(Path(font_source_sans_pro.font_files_ttf[name]) for name in _FILES.values())


def register_fonts() -> None:
    """Make the fonts known to reportlab, once a process; semibold is the bold of ``<b>``."""
    known = set(pdfmetrics.getRegisteredFontNames())
    for name, file in _FILES.items():
        if name not in known:
            pdfmetrics.registerFont(TTFont(name, font_source_sans_pro.font_files_ttf[file]))
    addMapping(REGULAR, 0, 0, REGULAR)
    addMapping(REGULAR, 1, 0, SEMIBOLD)
    addMapping(REGULAR, 0, 1, ITALIC)
    addMapping(REGULAR, 1, 1, SEMIBOLD)


@cache
def _printable() -> frozenset[str]:
    """Every character of the upright faces. The italic has fewer, and is kept for our own sentences."""
    register_fonts()
    regular, semibold = (cast(TTFont, pdfmetrics.getFont(name)).face for name in (REGULAR, SEMIBOLD))
    both: set[int] = set(regular.charToGlyph) & set(semibold.charToGlyph)
    return frozenset(chr(code) for code in both if code)


def shortened(text: str, font: str, size: float, width: float) -> str:
    """The text, or as much of its beginning as fits in ``width`` points, with an ellipsis."""
    if len(text) < _LONGEST_LINE and pdfmetrics.stringWidth(text, font, size) <= width:
        return text
    text = text[:_LONGEST_LINE]
    while text and pdfmetrics.stringWidth(f"{text}…", font, size) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


class PdfText:
    """Makes a person's words fit to print, and counts the characters that no font here has."""

    def __init__(self) -> None:
        self.replaced = 0
        self._printable = _printable()

    def plain(self, text: str) -> str:
        """The text as it is drawn: lines kept, a box for what cannot be printed, nothing unseen."""
        if text.isascii() and text.isprintable():
            return text
        text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
        return "".join(char if char in self._printable else self._instead(char) for char in text)

    def lines(self, text: str) -> tuple[str, ...]:
        """The paragraphs a person typed; blank lines left out."""
        return tuple(line for part in self.plain(text).split("\n") if (line := part.strip()))

    def _instead(self, char: str) -> str:
        if char == "\n" or char in _SAME_TO_THE_EYE:
            return _SAME_TO_THE_EYE.get(char, char)
        category = unicodedata.category(char)
        if category == "Zs":
            return " "
        if category in ("Zl", "Zp"):
            return "\n"
        if category in _UNSEEN - {"Co", "Cn"} or "\ufe00" <= char <= "\ufe0f":
            return ""
        simpler = unicodedata.normalize("NFKC", char)
        if simpler != char and all(part in self._printable for part in simpler):
            return simpler
        self.replaced += 1
        return MISSING
