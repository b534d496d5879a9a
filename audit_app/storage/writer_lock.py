"""One writer at a time: a lock on a small file beside the workspace, which the system frees if we die."""

from pathlib import Path

from filelock import FileLock, Timeout

from audit_app.core.errors import CannotWrite, WorkspaceInUse


class WriterLock:
    """Held from opening a workspace for writing until it is closed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        beside = path.with_name(path.name + ".lock")
        self._lock = FileLock(beside, timeout=0, thread_local=False)

    def take(self) -> None:
        """Raise WorkspaceInUse when another window or command holds it."""
        try:
            self._lock.acquire()
        except Timeout:
            raise WorkspaceInUse(
                f"“{self._path.stem}” is open in another window or command, so it was not opened a second "
                "time. Go on there, or close it there first."
            ) from None
        except OSError as error:
            raise CannotWrite(
                f"“{self._path.stem}” was not opened: its folder cannot be written to. "
                "Move the workspace to a folder of your own."
            ) from error

    def free(self) -> None:
        """Let others write."""
        self._lock.release()
