"""Process start to the Open screen against an empty PySide6 window."""

import statistics
from pathlib import Path

import limits
from measure import Line, Measured, peak_of

DRIVEN = Path(__file__).with_name("driven.py")
TIMES = 15


def measure(_folder: Path) -> Measured:
    """Both in processes of their own, in turns."""
    ours, bare = [], []
    limits.painted_after([str(DRIVEN), "painted"])
    for _ in range(TIMES):
        ours.append(limits.painted_after([str(DRIVEN), "painted"]))
        bare.append(limits.empty_window())
    line = Line(
        "Process start to the Open screen / an empty PySide6 window",
        statistics.median(ours),
        statistics.median(bare),
        1.6,
    )
    return Measured([line], peak_of([str(DRIVEN), "painted"]))
