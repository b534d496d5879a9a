"""Writes the files that the tests of spreadsheets read, well made and forged."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl

from audit_app.core.errors import FileRefused
from audit_app.core.form import Form
from audit_app.exchange.audit_sheet import AuditSheet, read_audits
from audit_app.exchange.limits import DEFAULT_LIMITS, Limits
from audit_app.exchange.sheet import Cell
from audit_app.exchange.sheet_reader import read_sheet
from audit_app.forms.loader import load_form_file

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests" / "data"
HEADINGS = (
    *("case_reference", "cohort", "service", "team", "worker", "auditor", "audit_date"),
    *(
        "recording",
        "assessment",
        "planning",
        "voice",
        "outcomes",
        "oversight",
        "overall",
        "findings_supported",
    ),
)
ROW = (
    *("CIC-01", "Last 10", "Children in care", "CIC 1", "Worker 1", "Auditor 1", "2019-10-07"),
    *("Good", "RI", "Inad", "Good", "Good", "Good", "RI", "yes"),
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


@cache
def built_in_form(form_id: str = "six-domains-3") -> Form:
    """A form of the product."""
    return load_form_file(ROOT / "resources" / "forms" / f"{form_id}.toml")


def csv_bytes(
    rows: Iterable[Sequence[str]], *, encoding: str = "utf-8", separator: str = ",", newline: str = "\r\n"
) -> bytes:
    """Rows as CSV, as a spreadsheet program writes them."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator=newline).writerows(rows)
    return text.getvalue().encode(encoding)


def write_csv(path: Path, *rows: Sequence[str], **how: str) -> Path:
    path.write_bytes(csv_bytes(rows, **how))
    return path


def write_xlsx(path: Path, *rows: Sequence[Any]) -> Path:
    """Rows as a workbook by openpyxl; dates stay dates, and text that begins with = stays text."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
        for cell in sheet[sheet.max_row]:
            if cell.data_type == "f":
                cell.data_type = "s"
    book.save(path)
    return path


def relations(*links: tuple[str, str, str]) -> str:
    """The XML that links parts: id, last word of the type, target."""
    inner = "".join(f'<Relationship Id="{i}" Type="{LINKS}/{kind}" Target="{to}"/>' for i, kind, to in links)
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}">{inner}</Relationships>'


def worksheet(rows: str, *, after: str = "") -> str:
    """The XML of a sheet around its rows."""
    inner = f"<sheetData>{rows}</sheetData>{after}"
    return f'{DECLARATION}<worksheet xmlns="{MAIN}">{inner}</worksheet>'


def text_cell(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def text_row(row: int, *texts: str) -> str:
    """The XML of a row of texts from column A."""
    cells = "".join(text_cell(f"{chr(65 + at)}{row}", text) for at, text in enumerate(texts))
    return f'<row r="{row}">{cells}</row>'


def workbook_parts(sheet: str, **replaced: str) -> dict[str, str]:
    """The parts of a small workbook with one sheet; ``strings``, ``styles``, ``book``, ``links`` and ``root``
    replace or add a part."""
    listed = '<sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets>'
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">{listed}</workbook>'
    links = [("r1", "worksheet", "worksheets/sheet1.xml")]
    links += [("r2", "sharedStrings", "sharedStrings.xml")] if "strings" in replaced else []
    links += [("r3", "styles", "styles.xml")] if "styles" in replaced else []
    parts = {
        "_rels/.rels": replaced.get("root", relations(("r1", "officeDocument", "xl/workbook.xml"))),
        "xl/workbook.xml": replaced.get("book", DECLARATION + book),
        "xl/_rels/workbook.xml.rels": replaced.get("links", relations(*links)),
        "xl/worksheets/sheet1.xml": sheet,
    }
    if "strings" in replaced:
        parts["xl/sharedStrings.xml"] = f'{DECLARATION}<sst xmlns="{MAIN}">{replaced["strings"]}</sst>'
    if "styles" in replaced:
        parts["xl/styles.xml"] = f'{DECLARATION}<styleSheet xmlns="{MAIN}">{replaced["styles"]}</styleSheet>'
    return parts


def write_parts(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def raw_workbook(path: Path, sheet: str, **replaced: str) -> Path:
    """A workbook from the XML of its sheet."""
    return write_parts(path, workbook_parts(sheet, **replaced))


def cells_of(path: Path, limits: Limits = DEFAULT_LIMITS) -> list[tuple[Cell, ...]]:
    """The headings and rows that are read from a file."""
    sheet = read_sheet(path, limits=limits)
    return [sheet.headings, *(row.cells for row in sheet.rows)]


def audits_of(path: Path, form_id: str = "six-domains-3") -> AuditSheet:
    """The audits that are read from a file."""
    return read_audits(read_sheet(path), built_in_form(form_id))


def refusal_of(path: Path, limits: Limits = DEFAULT_LIMITS, form_id: str = "six-domains-3") -> FileRefused:
    """The refusal of a file, which names the file and says that nothing was imported."""
    try:
        read_audits(read_sheet(path, limits=limits), built_in_form(form_id))
    except FileRefused as refusal:
        sentence = str(refusal.args[0])
        assert sentence.startswith(f"“{path.name}” ")
        assert "Nothing was imported." in sentence
        return refusal
    raise AssertionError(f"{path.name} was read")


def places_of(refusal: FileRefused) -> list[tuple[int | None, str]]:
    """The row and column of each problem."""
    return [(problem.row, problem.column) for problem in refusal.problems]


def changed(**values: str) -> tuple[str, ...]:
    """The usual row with some values changed, by column id."""
    row = dict(zip(HEADINGS, ROW, strict=True)) | values
    return tuple(row.values())


def excel_day(day: date) -> int:
    """A date as Excel counts it, in the usual system."""
    return (day - date(1899, 12, 30)).days
