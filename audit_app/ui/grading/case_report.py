"""Writing one audit as a PDF, off the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from audit_app.ui.background import Progress

if TYPE_CHECKING:
    from audit_app.services.reporting import Reporting

_NOT_IN_A_NAME = '<>:"/\\|?*'


@dataclass(frozen=True, slots=True)
class CaseReport:
    """The job: plain data and the service, no widget. Its result is where the file is."""

    reporting: Reporting
    audit_id: str
    path: Path

    def __call__(self, progress: Progress) -> Path:
        """Write the file; AppError says why it could not be."""
        progress.check()
        self.reporting.write_case(self.audit_id, self.path)
        return self.path


def file_name(reference: str) -> str:
    """What the file is called unless the person says otherwise."""
    safe = "".join("-" if letter in _NOT_IN_A_NAME or letter < " " else letter for letter in reference)
    return f"Audit {safe.strip(' .') or 'report'}.pdf"
