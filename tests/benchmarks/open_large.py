"""Opening a workspace of 100 MB with its checks, against a bare SQLCipher open of the same file."""

import random
import shutil
from pathlib import Path

import limits
import many
from measure import Line, Measured, in_turns, peak_mb

from audit_app.app import build_workspaces

LARGE = 100 * 1024 * 1024  # bytes, of the file and its log
AUDITS = 2_000
TIMES = 9
AT_ONCE = 100  # audits written to at a time
# Words of many kinds, so that the index of words grows as that of real notes does.
SYLLABLES = ("ba", "den", "for", "gil", "han", "kel", "lum", "mor", "nes", "pra", "rit", "sul", "tam", "wen")


def measure(folder: Path) -> Measured:
    """The product and the limit in turns; each opens its own copy, as both leave theirs closed."""
    path = _large(folder)
    bare = folder / "bare.caseaudit"
    shutil.copy(path, bare)
    queries = ["SELECT count(*) FROM sqlite_master"]

    def opened() -> None:
        build_workspaces().open(path, many.PASSPHRASE).close()

    opened()  # what is imported once is no part of it
    ms, limit_ms = in_turns(opened, lambda: limits.open_and_query(bare, many.PASSPHRASE, queries), TIMES)
    size = path.stat().st_size / 1e6
    line = Line(f"Open and close {size:.0f} MB with its checks / bare open", ms, limit_ms, 1.5)
    return Measured([line], peak_mb())


def _large(folder: Path) -> Path:
    """A closed workspace of 100 MB: audits with as much written as makes it so."""
    path = folder / "large.caseaudit"
    session = build_workspaces().create(path, many.PASSPHRASE, "Lead")
    try:
        programme = many.fill(session, folder, AUDITS)
        number = 0
        while _size(path) < LARGE:
            for _ in range(AT_ONCE):
                audit_id, _ = session.audits.start(f"L-{number:06}", programme.id)
                session.grading.set(audit_id, "voice.evidence", _text(number))
                number += 1
            session.grading.settle_all()
    finally:
        session.close()
    return path


def _size(path: Path) -> int:
    return sum(each.stat().st_size for each in path.parent.glob(f"{path.name}*") if each.is_file())


def _text(number: int) -> str:
    """Twenty thousand characters that no other number has."""
    chance = random.Random(number)
    words = ("".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(3_000))
    return " ".join(words)
