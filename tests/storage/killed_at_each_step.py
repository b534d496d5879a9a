"""Does one thing in a process that is killed the first time it touches a file, then the second, and so on.

    python killed_at_each_step.py snapshot|restore|restore-badly FOLDER PASSPHRASE [SNAPSHOT]

Every attempt works on a copy of FOLDER, called FOLDER-1, FOLDER-2 … The last one is not killed.
"""

import os
import shutil
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from workspace_builders import workspaces_in

EVENTS = {
    "open",
    "os.rename",
    "os.remove",
    "os.mkdir",
    "os.truncate",
    "sqlcipher3.connect",
    "sqlite3.connect",
}


def snapshot(step: int, folder: Path, passphrase: str) -> None:
    """Open the workspace, and make a snapshot."""
    session = workspaces_in(folder / "app").open(folder / "work.caseaudit", passphrase)
    kill_at(step)
    session.backups.snapshot()
    os._exit(0)  # as a kill would: without closing


def restore(step: int, folder: Path, passphrase: str, source: str) -> None:
    """Put a snapshot in the workspace's place."""
    ways = workspaces_in(folder / "app")
    kill_at(step)
    ways.restore(folder / "work.caseaudit", passphrase, folder / "work.caseaudit-snapshots" / source)
    os._exit(0)


def restore_badly(step: int, folder: Path, passphrase: str, source: str) -> None:
    """The same with a planted fault: the new file is written over the old one, not put in its place."""

    def write_over(new: Path, old: Path) -> None:
        data = Path(new).read_bytes()
        with Path(old).open("wb") as file:
            for start in range(0, len(data), 50_000):
                file.write(data[start : start + 50_000])
                file.flush()
                os.fsync(file.fileno())

    os.replace = write_over  # type: ignore[assignment]
    restore(step, folder, passphrase, source)


def kill_at(step: int) -> None:
    """From now on, count what is done to files, and die at this step."""
    left = step

    def count(event: str, _arguments: object) -> None:
        nonlocal left
        if event in EVENTS:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    real = os.fsync

    def counted(handle: int) -> None:
        count("open", None)
        real(handle)

    os.fsync = counted


def main() -> None:
    """Attempt after attempt, each in a process of its own, until one is not killed."""
    what, folder, *arguments = sys.argv[1:]
    step, killed = 0, -1
    while killed:
        step += 1
        copy = Path(f"{folder}-{step}")
        shutil.copytree(folder, copy)
        child = os.fork()
        if not child:
            deeds = {"snapshot": snapshot, "restore": restore, "restore-badly": restore_badly}
            deeds[what](step, copy, *arguments)
        _, killed = os.waitpid(child, 0)
        assert killed in (0, signal.SIGKILL), killed
    sys.stdout.write(str(step))


if __name__ == "__main__":
    main()
