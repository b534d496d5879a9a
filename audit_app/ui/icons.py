"""Icons from SVG files, in the colour that the theme gives them, sharp on every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from audit_app import paths
from audit_app.ui.colours import Colours

if TYPE_CHECKING:
    from PySide6.QtSvg import QSvgRenderer

_RATIOS = (1.0, 2.0, 3.0)  # between them, Qt scales down


def icon(name: str, size: int, colours: Colours) -> QIcon:
    """The icon ``name``, ``size`` logical pixels wide: as text, as selected text, and switched off."""
    # Imported here: the first window shows no icon and does not wait for it.
    from PySide6.QtSvg import QSvgRenderer

    text = (paths.resource_folder() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    made = QIcon()
    for mode, paint in (
        (QIcon.Mode.Normal, colours.text),
        (QIcon.Mode.Selected, colours.selection_text),
        (QIcon.Mode.Disabled, colours.faint),
    ):
        drawing = QSvgRenderer(QByteArray(text.replace("currentColor", paint).encode()))
        for ratio in _RATIOS:
            made.addPixmap(_drawn(drawing, size, ratio), mode)
    return made


def _drawn(drawing: QSvgRenderer, size: int, ratio: float) -> QPixmap:
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    drawing.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap
