"""Native stacked bars for the workbook, with the colours and patterns of the PDF."""

from collections.abc import Sequence
from typing import Any

from openpyxl.chart import BarChart, Reference, Series
from openpyxl.chart.label import DataLabel, DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.colors import ColorChoice
from openpyxl.drawing.fill import PatternFillProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties

from audit_app.core.form import Grade
from audit_app.core.summary import Row
from audit_app.reports.inks import INK, LINE, GradeInk, Pattern, grade_ink
from audit_app.reports.xlsx_looks import WriteOnly

_PRESETS: dict[Pattern, Any] = {
    Pattern.DOTS: "pct20",
    Pattern.STRIPES: "wdUpDiag",
    Pattern.LATTICE: "smCheck",
}


def stacked_bars(
    sheet: WriteOnly, title: str, grades: Sequence[Grade], rows: Sequence[Row], first_row: int
) -> BarChart:
    """A bar for each of ``rows``: their counts are below ``first_row``, in the columns after the first."""
    last_row = first_row + len(rows)
    chart: Any = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "bar", "percentStacked", 100, 45
    chart.title = title
    chart.title.tx.rich.p[0].pPr = ParagraphProperties(defRPr=_font(1100, INK, bold=True))
    chart.title.overlay = False
    for number, grade in enumerate(grades):
        values = Reference(sheet, min_col=2 + number, min_row=first_row + 1, max_row=last_row)
        series = Series(values, title=grade.title)
        ink = grade_ink(grade.shape)
        series.graphicalProperties = _fill(ink)
        none = [at for at, row in enumerate(rows) if not row.grades[grade.id]]
        series.dLbls = _labels(ink, none)
        chart.series.append(series)
    chart.set_categories(Reference(sheet, min_col=1, min_row=first_row + 1, max_row=last_row))
    chart.legend.position = "b"
    chart.x_axis.scaling.orientation = "maxMin"  # the first row on top, as in the table
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=LINE[1:]))
    chart.y_axis.number_format = "0%"
    chart.y_axis.majorUnit = 0.25
    chart.y_axis.crosses = "max"  # turned over with the rows, this is at the bottom
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=LINE[1:]))
    chart.layout = Layout(manualLayout=ManualLayout(x=0.24, y=0.12, w=0.72, h=0.70, layoutTarget="inner"))
    chart.width = 25
    chart.height = 4.0 + 0.75 * len(rows)
    made: BarChart = chart
    return made


def _fill(ink: GradeInk) -> GraphicalProperties:
    if ink.pattern is Pattern.PLAIN:
        return GraphicalProperties(solidFill=ink.fill[1:])
    return GraphicalProperties(
        pattFill=PatternFillProperties(
            prst=_PRESETS[ink.pattern],
            fgClr=_colour(ink.over),
            bgClr=_colour(ink.fill),
        )
    )


def _colour(colour: str) -> ColorChoice:
    value: Any = colour[1:]
    return ColorChoice(srgbClr=value)


def _labels(ink: GradeInk, none: Sequence[int]) -> DataLabelList:
    """The counts on the bars but at ``none``, each on the plain fill: no pattern runs through a figure."""
    others = ("showSerName", "showCatName", "showLegendKey", "showPercent", "showBubbleSize")
    hidden = dict.fromkeys(others, False)
    labels = DataLabelList(showVal=True, **hidden)
    labels.dLbl = [DataLabel(idx=at, showVal=False, **hidden) for at in none]
    labels.spPr = GraphicalProperties(solidFill=ink.fill[1:])
    text = Paragraph(
        pPr=ParagraphProperties(defRPr=_font(900, ink.text, bold=True)), endParaRPr=CharacterProperties()
    )
    labels.txPr = RichText(p=[text])
    return labels


def _font(size: int, colour: str, *, bold: bool) -> CharacterProperties:
    return CharacterProperties(sz=size, b=bold, solidFill=colour[1:])
