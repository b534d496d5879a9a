"""Puts a table on the clipboard as text and as HTML, so that it pastes into Word and Excel as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

# Excel takes a cell so marked as text: nothing that was typed can become a formula.
_AS_TEXT = " style=\"mso-number-format:'\\@'\""


@dataclass(frozen=True, slots=True)
class CopiedTable:
    """A table to be copied, with lines before and after it. ``right`` says which columns hold figures."""

    headers: Sequence[str]
    rows: Sequence[Sequence[str]]
    right: Sequence[bool]
    before: Sequence[str] = ()
    after: Sequence[str] = ()

    def text(self) -> str:
        """Cells with tabs between them, one row a line."""
        lines = ["\t".join(_one_line(cell) for cell in row) for row in (self.headers, *self.rows)]
        return "\n".join([*self.before, *lines, *self.after])

    def html(self) -> str:
        """A table with a head, and the lines around it as paragraphs."""
        aligned = [' align="right"' if right else ' align="left"' for right in self.right]
        styles = [how + ("" if right else _AS_TEXT) for how, right in zip(aligned, self.right, strict=True)]
        head = _row("th", aligned, self.headers)
        body = "".join(_row("td", styles, row) for row in self.rows)
        table = (
            '<table border="1" cellspacing="0" cellpadding="4" style="border-collapse:collapse">'
            f"<thead>{head}</thead><tbody>{body}</tbody></table>"
        )
        before, after = _paragraphs(self.before), _paragraphs(self.after)
        return f'<html><head><meta charset="utf-8"></head><body>{before}{table}{after}</body></html>'


def copy_table(table: CopiedTable) -> None:
    """Put a table on the clipboard."""
    put_on_clipboard(table.text(), table.html())


def put_on_clipboard(text: str, html: str) -> None:
    """Put the same thing on the clipboard in both forms."""
    data = QMimeData()
    data.setText(text)
    data.setHtml(html)
    QGuiApplication.clipboard().setMimeData(data)


def _one_line(cell: str) -> str:
    return " ".join(cell.split()) if any(letter in cell for letter in "\t\n\r") else cell


def _row(tag: str, styles: Sequence[str], cells: Sequence[str]) -> str:
    pairs = zip(styles, cells, strict=True)
    return "<tr>" + "".join(f"<{tag}{how}>{_html(cell)}</{tag}>" for how, cell in pairs) + "</tr>"


def _html(text: str) -> str:
    return escape(text).replace("\n", "<br>") or "&nbsp;"


def _paragraphs(lines: Sequence[str]) -> str:
    return "".join(f"<p>{_html(line)}</p>" for line in lines)
