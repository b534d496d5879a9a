"""What the PDFs are put together from: styles, text, headings, figures, facts, boxes."""

from collections.abc import Sequence
from typing import Literal

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, Spacer

from audit_app.reports.inks import ACCENT, INK, QUIET
from audit_app.reports.pdf_canvas import NUMBER_WIDTH
from audit_app.reports.pdf_document import BODY_WIDTH
from audit_app.reports.pdf_flowables import ContentsPlace, Heading, Link, PageNumber, Rule, Words
from audit_app.reports.pdf_fonts import ITALIC, REGULAR, SEMIBOLD, PdfText
from audit_app.reports.pdf_tables import Cell, Command, plain_table


def _style(
    name: str,
    size: float,
    leading: float,
    font: str = REGULAR,
    colour: str = INK,
    *,
    before: float = 0,
    after: float = 0,
    align: Literal[0, 1, 2] = TA_LEFT,
) -> ParagraphStyle:
    return ParagraphStyle(
        name,
        fontName=font,
        fontSize=size,
        leading=leading,
        textColor=HexColor(colour),
        spaceBefore=before,
        spaceAfter=after,
        alignment=align,
        allowWidows=0,
        allowOrphans=0,
        splitLongWords=1,
    )


KICKER = _style("Kicker", 8.5, 12, SEMIBOLD, colour=ACCENT)
TITLE = _style("Title", 21, 25, SEMIBOLD, after=2)
SUBTITLE = _style("Subtitle", 12.5, 17, colour=QUIET, after=6)
HEADING = _style("Heading", 13.5, 18, SEMIBOLD, before=16, after=5)
SUBHEADING = _style("Subheading", 10, 14, SEMIBOLD, colour=ACCENT, before=9, after=2)
BODY = _style("Body", 9.75, 14, after=3)
LEAD = _style("Lead", 11, 16, after=3)
NOTE = _style("Note", 8.25, 11.5, colour=QUIET, after=3)
EMPTY = _style("Empty", 9.75, 14, ITALIC, colour=QUIET, after=4)
LABEL = _style("Label", 8.25, 11.5, colour=QUIET)
VALUE = _style("Value", 9.5, 13)
GRADE = _style("Grade", 11, 14, SEMIBOLD)
CELL = _style("Cell", 9, 12)
CELL_STRONG = _style("CellStrong", 9, 12, SEMIBOLD)
CELL_RIGHT = _style("CellRight", 9, 12, align=TA_RIGHT)
CELL_RIGHT_STRONG = _style("CellRightStrong", 9, 12, SEMIBOLD, align=TA_RIGHT)
CELL_SMALL = _style("CellSmall", 7.75, 10, colour=QUIET)
CELL_SHARES = _style("CellShares", 7.25, 10, colour=QUIET)
CELL_TINY = _style("CellTiny", 8.25, 10.75)
CELL_TINY_STRONG = _style("CellTinyStrong", 8.25, 10.75, SEMIBOLD)
HEAD = _style("Head", 7.75, 9.75, SEMIBOLD)
HEAD_RIGHT = _style("HeadRight", 7.75, 9.75, SEMIBOLD, align=TA_RIGHT)
FIGURE = _style("Figure", 15, 18, SEMIBOLD, align=TA_CENTER)
FIGURE_LABEL = _style("FigureLabel", 8, 10, colour=QUIET, align=TA_CENTER)


class Parts:
    """Makes flowables of plain text for one PDF; every character of it goes through one ``PdfText``."""

    def __init__(self) -> None:
        self.text = PdfText()

    def words(self, text: str, style: ParagraphStyle = BODY) -> Words:
        """One paragraph."""
        return Words.of(self.text.plain(text), style)

    def paragraphs(self, text: str, style: ParagraphStyle = BODY) -> list[Flowable]:
        """A person's text: a paragraph for each line they typed."""
        return [Words.of(line, style) for line in self.text.lines(text)]

    def heading(self, text: str, *, level: int = 1, room: float = 96) -> list[Flowable]:
        """A heading, in the bookmarks and contents too, with ``room`` points for itself and what follows."""
        style = (TITLE, HEADING, SUBHEADING)[level]
        return [CondPageBreak(room), Heading.of(self.text.plain(text), style).at(text, level)]

    def title_block(self, kicker: str, title: str, subtitle: str) -> list[Flowable]:
        """The top of the first page."""
        return [
            Rule(3, ACCENT, after=9),
            self.words(kicker, KICKER),
            *self.heading(title, level=0),
            self.words(subtitle, SUBTITLE),
        ]

    def facts(self, facts: Sequence[tuple[str, str]], columns: int = 2) -> Flowable:
        """Names with their values, side by side; the blank ones are left out."""
        told = [fact for fact in facts if fact[1]]
        rows: list[list[Cell]] = []
        for start in range(0, len(told), columns):
            row: list[Cell] = []
            for name, value in told[start : start + columns]:
                row += [self.words(name, LABEL), self.words(value, VALUE)]
            rows.append(row + [""] * (2 * columns - len(row)))
        name_width = 52.0
        value_width = BODY_WIDTH / columns - name_width
        lowered = [("TOPPADDING", (column, 0), (column, -1), 3) for column in range(0, 2 * columns, 2)]
        return plain_table(rows, [name_width, value_width] * columns, commands=lowered)

    def beside(self, mark: Flowable | None, words: Flowable) -> Flowable:
        """A mark with words on its right."""
        if mark is None:
            return words
        return plain_table(
            [[mark, words]], [16, BODY_WIDTH - 16], commands=[("VALIGN", (0, 0), (0, 0), "MIDDLE")]
        )

    def contents(self) -> ContentsPlace:
        """The contents, each line a link to its page, where the document is long enough for them."""
        return ContentsPlace(self._contents)

    def _contents(self, headings: Sequence[Heading]) -> list[Flowable]:
        rows: list[list[Cell]] = [
            [Link.of(self.text.plain(heading.title), CELL).to(heading.key), PageNumber(heading.key)]
            for heading in headings
        ]
        widths = [BODY_WIDTH - NUMBER_WIDTH, NUMBER_WIDTH]
        commands: list[Command] = [("RIGHTPADDING", (1, 0), (1, -1), 0)]
        return [
            self.words("Contents", SUBHEADING),
            plain_table(rows, widths, rules=True, commands=commands),
            Spacer(0, 6),
        ]

    def replaced_note(self) -> list[Flowable]:
        """Says how many characters could not be printed; to be made last, when all text has been."""
        count = self.text.replaced
        if not count:
            return []
        which = "1 character is" if count == 1 else f"{count:,} characters are"
        sentence = f"{which} not in the fonts of this report and shown as ☐. The audit itself keeps them."
        return [self.words(sentence, NOTE)]
