"""What a person set comes back as what it was, whatever the file holds."""

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from audit_app.ui.preferences import FILE_NAME, Appearance, Preferences


def test_everything_comes_back_as_it_was(tmp_path: Path) -> None:
    first = Preferences(tmp_path)
    first.appearance, first.zoom, first.lock_minutes = Appearance.DARK, 150, 30
    first.set_flag("hidden", True)
    first.set_text("columns", "a, b; “c” & d")
    first.set_state("geometry", QByteArray(b"\x00\xff\x01binary"))
    first.save()
    second = Preferences(tmp_path)
    assert (second.appearance, second.zoom, second.lock_minutes) == (Appearance.DARK, 150, 30)
    assert second.flag("hidden") is True
    assert second.text("columns") == "a, b; “c” & d"
    assert second.state("geometry") == QByteArray(b"\x00\xff\x01binary")


@pytest.mark.parametrize("text", ["", "rubbish", "-5", "[[", "1e9", "a=b, c"])
def test_a_file_that_was_spoilt_gives_the_usual(tmp_path: Path, text: str) -> None:
    lines = [f"{name}={text}" for name in ("appearance", "zoom", "lock_minutes", "flag", "state")]
    (tmp_path / FILE_NAME).write_text("[General]\n" + "\n".join(lines))
    found = Preferences(tmp_path)
    assert found.appearance is Appearance.SYSTEM
    assert found.zoom in (80, 100)
    assert 1 <= found.lock_minutes <= 60
    assert found.flag("flag") is False
    assert isinstance(found.state("state"), QByteArray)
