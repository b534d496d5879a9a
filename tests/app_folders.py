"""Where a test keeps things."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class AppFolders:
    """``data`` is the program's own folder, ``documents`` the person's."""

    data: Path
    documents: Path
