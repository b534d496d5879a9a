"""None outlives any number of calls into Qt."""

import subprocess
import sys

CALLS = """
import sys
from PySide6.QtCore import QObject
{first}
thing = QObject()
for _ in range(200_000):
    thing.setObjectName("x")
"""


def test_a_process_ends_well_after_many_calls() -> None:
    first = "from audit_app.ui.lasting_none import keep_none; keep_none(); keep_none()"
    ran = subprocess.run([sys.executable, "-c", CALLS.format(first=first)], capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode()
