"""Files are written whole or not at all, and an old file outlives every failure."""

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from audit_app.core.errors import CannotWrite
from audit_app.reports.safe_file import write_beside_then_replace


def test_a_new_file_holds_what_was_written_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    write_beside_then_replace(tmp_path / "Zoë's report.pdf", b"data")
    assert [path.name for path in tmp_path.iterdir()] == ["Zoë's report.pdf"]
    assert (tmp_path / "Zoë's report.pdf").read_bytes() == b"data"


def test_an_old_file_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "report.pdf"
    target.write_bytes(b"old" * 1_000)
    write_beside_then_replace(target, b"new")
    assert target.read_bytes() == b"new"


def test_a_link_keeps_pointing_to_the_file_that_is_written(tmp_path: Path) -> None:
    target, link = tmp_path / "real.pdf", tmp_path / "link.pdf"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_beside_then_replace(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit to set for one program")
def test_a_full_disk_is_said_and_the_old_file_is_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "report.pdf"
    target.write_bytes(b"old")
    with files_no_larger_than(50_000), pytest.raises(CannotWrite, match="disk is full"):
        write_beside_then_replace(target, bytes(100_000))
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.EACCES, "may not be written there"),
        (errno.EROFS, "may not be written there"),
        (errno.ENOSPC, "disk is full"),
        (errno.EIO, "gave an error"),
    ],
)
def test_what_the_system_refuses_is_said_in_words_and_the_old_file_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, said: str
) -> None:
    target = tmp_path / "report.pdf"
    target.write_bytes(b"old")

    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(CannotWrite, match=said) as refused:
        write_beside_then_replace(target, b"new")
    assert "“report.pdf” was not written" in refused.value.sentence
    assert os.strerror(code) not in refused.value.sentence
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]


def test_a_folder_or_a_missing_folder_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "folder.pdf").mkdir()
    with pytest.raises(CannotWrite, match="is a folder"):
        write_beside_then_replace(tmp_path / "folder.pdf", b"x")
    with pytest.raises(CannotWrite, match="there is no folder"):
        write_beside_then_replace(tmp_path / "nowhere" / "report.pdf", b"x")
    with pytest.raises(CannotWrite, match="too long"):
        write_beside_then_replace(tmp_path / ("x" * 300 + ".pdf"), b"x")


def test_what_a_killed_attempt_left_is_removed_and_a_running_one_is_not(tmp_path: Path) -> None:
    target = tmp_path / "report.pdf"
    old, running = tmp_path / ".report.pdf.0a1b2c3d.part", tmp_path / ".report.pdf.ffffffff.part"
    other = tmp_path / ".other.pdf.0a1b2c3d.part"
    for path in (old, running, other):
        path.write_bytes(b"half")
    long_ago = time.time() - 7_200
    os.utime(old, (long_ago, long_ago))
    os.utime(other, (long_ago, long_ago))
    write_beside_then_replace(target, b"whole")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([running.name, other.name, target.name])
