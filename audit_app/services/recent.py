"""The workspaces opened lately, for the Open screen; standard library only, since it is there before all
else.
"""

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

_KEPT = 20


@dataclass(frozen=True, slots=True)
class RecentWorkspace:
    """A workspace that was opened: its place, its name, when (UTC), and whether the file is still there."""

    path: Path
    name: str
    last_opened: datetime
    exists: bool


class RecentWorkspaces:
    """A list in the program's own folder. One that cannot be read or written costs the list, not the work."""

    def __init__(self, app_folder: Path) -> None:
        self._file = app_folder / "recent.json"

    def all(self) -> tuple[RecentWorkspace, ...]:
        """The latest first."""
        return tuple(
            RecentWorkspace(Path(path), Path(path).stem, opened, Path(path).is_file())
            for path, opened in self._read().items()
        )

    def add(self, path: Path) -> None:
        """This one was opened now."""
        place = str(path.absolute())
        found = {place: datetime.now(UTC), **{k: v for k, v in self._read().items() if k != place}}
        self._write(dict(list(found.items())[:_KEPT]))

    def forget(self, path: Path) -> None:
        """Take it off the list; the file stays."""
        place = str(path.absolute())
        self._write({other: opened for other, opened in self._read().items() if other != place})

    def _read(self) -> dict[str, datetime]:
        try:
            rows = json.loads(self._file.read_text("utf-8"))
            return {str(row["path"]): datetime.fromisoformat(row["opened"]) for row in rows}
        except (OSError, ValueError, TypeError, KeyError):
            return {}

    def _write(self, found: dict[str, datetime]) -> None:
        rows = [{"path": path, "opened": opened.isoformat()} for path, opened in found.items()]
        beside = self._file.with_suffix(f".{os.getpid()}.new")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")
            os.replace(beside, self._file)
        except OSError:
            return
