"""My audits with 100,000 rows: typing a filter, sorting, scrolling."""

import json
from pathlib import Path

import many
from measure import Line, Measured, output_of, peak_of

DRIVEN = Path(__file__).with_name("driven.py")


def measure(folder: Path) -> Measured:
    """The slowest of each, to the first painted result."""
    path = many.workspace(folder, 100_000)
    figures = json.loads(output_of([str(DRIVEN), "tables", str(path)]))
    assert figures["rows"] == 100_000
    lines = [
        Line(
            "My audits, 100,000 rows: slowest key typed into the filter", figures["filter"], None, 150, "ms"
        ),
        Line("My audits, 100,000 rows: slowest sort", figures["sort"], None, 150, "ms"),
        Line("My audits, 100,000 rows: longest pause while scrolling", figures["scroll"], None, 16, "ms"),
    ]
    return Measured(lines, peak_of([str(DRIVEN), "tables", str(path)]))
