"""What a person reads about a snapshot before anything is replaced."""

from datetime import datetime
from pathlib import Path

import pytest

from audit_app.core.snapshot import Contents, Loss, Snapshot, SnapshotView
from audit_app.core.snapshot_words import NOT_KNOWN, UNREADABLE, sentences, size, title

AT = datetime(2026, 11, 7, 14, 3, 20).astimezone()
SNAPSHOT = Snapshot(Path("x"), 3, AT, 1)


def said(contents: Contents | None, loss: Loss | None) -> tuple[str, ...]:
    return sentences(SnapshotView(SNAPSHOT, contents, loss))


def test_it_is_told_by_its_moment() -> None:
    assert title(SNAPSHOT) == "Snapshot of 7 November 2026 at 14:03"
    assert title(Snapshot(Path("x"), 3, AT, 1, replaced=True)) == "File replaced on 7 November 2026 at 14:03"


def test_what_is_in_it_and_what_would_be_lost() -> None:
    assert said(Contents("w", 1_234, 12, 3, AT), Loss(34, 2, AT)) == (
        "It holds 12 audits (3 drafts). Last changed on 7 November 2026 at 14:03. "
        "Its history ends at line 1,234.",
        "What was done since would be lost: 34 changes to 2 audits, the last on 7 November 2026 at 14:03.",
    )


def test_one_and_none_are_said_as_a_person_would() -> None:
    assert said(Contents("w", 2, 1, 1, None), Loss(1, 0, None)) == (
        "It holds 1 audit (1 draft). Its history ends at line 2.",
        "What was done since would be lost: 1 change.",
    )
    assert "Nothing would be lost" in said(Contents("w", 2, 0, 0, None), Loss(0, 0, None))[1]


def test_what_cannot_be_read_is_said() -> None:
    assert said(None, None) == (UNREADABLE,)
    assert said(Contents("w", 2, 0, 0, None), None)[1] == NOT_KNOWN


@pytest.mark.parametrize(
    ("count", "words"),
    [(10, "1 KB"), (340_400, "340 KB"), (12_300_000, "12 MB"), (4_200_000_000, "4,200 MB")],
)
def test_sizes(count: int, words: str) -> None:
    assert size(count) == words
