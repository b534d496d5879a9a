"""A chart as SVG for the screen: the very drawing of the PDF, in words that Qt understands."""

import re
from html import escape

from reportlab.graphics import renderSVG
from reportlab.graphics.shapes import Drawing

from audit_app.reports.pdf_fonts import ITALIC, REGULAR, SEMIBOLD

FAMILY = "Source Sans Pro"

# Qt shows a black rectangle where a clip path is named, and knows fonts by family and weight only.
_CLIP_PATH = re.compile(r"\s*<clipPath\b.*?</clipPath>", re.DOTALL)
_CLIPPED = re.compile(r"clip-path:\s*url\([^)]*\);?")
_FONT = re.compile(rf"font-family: ({SEMIBOLD}|{ITALIC}|{REGULAR});")
_TITLES = re.compile(r"<title>.*?</title>\s*<desc>.*?</desc>", re.DOTALL)
_STYLES = {REGULAR: "font-weight: 400;", SEMIBOLD: "font-weight: 600;", ITALIC: "font-style: italic;"}


def drawing_svg(drawing: Drawing, title: str) -> str:
    """The drawing as SVG text; ``title`` says what it shows. The fonts are those of ``font_files``."""
    svg = renderSVG.drawToString(drawing)
    svg = _CLIPPED.sub("", _CLIP_PATH.sub("", svg))
    svg = _FONT.sub(lambda found: f"font-family: {FAMILY}; {_STYLES[found[1]]}", svg)
    return _TITLES.sub(lambda _: f"<title>{escape(title, quote=False)}</title>", svg, count=1)
