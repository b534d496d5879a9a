"""Passphrases and recovery keys on the command line: given by files, kept out of arguments and answers."""

from pathlib import Path

import pytest
from app_folders import AppFolders
from command_line import PASSPHRASE, done, environment, refused, run

NEW = "a longer set of other words"


@pytest.fixture
def path(app_folders: AppFolders) -> Path:
    """A new, closed workspace."""
    path = app_folders.documents / "audits.caseaudit"
    done(app_folders.data, "new", path, "--owner", "Ann Auditor")
    return path


def test_the_passphrase_is_changed_and_the_recovery_key_with_it(app_folders: AppFolders, path: Path) -> None:
    data, folder = app_folders.data, app_folders.documents
    key_file, new_file = folder / "key.txt", folder / "new.txt"
    assert done(data, "recovery-key", path, "--out", key_file).startswith(f"Wrote {key_file}. Whoever has")
    new_file.write_text(NEW + "\n", encoding="utf-8")
    nothing = environment(data, None)
    checked = done(data, "check", path, "--recovery-key-file", key_file, env=nothing)
    assert "The workspace is whole." in checked
    # The passphrase was forgotten, so the recovery key stands for it.
    said = done(
        data,
        *("change-passphrase", path, "--recovery-key-file", key_file, "--new-passphrase-file", new_file),
        env=nothing,
    )
    assert "The passphrase of “audits” was changed." in said
    assert "A recovery key from before no longer opens it" in said
    assert "That passphrase does not open" in refused(data, "check", path)
    wrong = refused(data, "check", path, "--recovery-key-file", key_file, env=nothing)
    assert "was made before the passphrase was changed" in wrong
    assert "whole" in done(data, "check", path, env=environment(data, NEW))


def test_a_recovery_key_is_shown_in_four_lines_that_open_the_workspace(
    app_folders: AppFolders, path: Path
) -> None:
    shown = done(app_folders.data, "recovery-key", path)
    assert [[len(group) for group in line.split()] for line in shown.splitlines()] == [[6] * 4] * 4
    by_hand = app_folders.documents / "typed.txt"
    by_hand.write_text(shown.lower().replace(" ", "-"), encoding="utf-8")
    nothing = environment(app_folders.data, None)
    assert "whole" in done(app_folders.data, "check", path, "--recovery-key-file", by_hand, env=nothing)


def test_a_mistyped_recovery_key_is_placed_and_not_repeated(app_folders: AppFolders, path: Path) -> None:
    groups = done(app_folders.data, "recovery-key", path).split()
    groups[4] = groups[4][1] + groups[4][0] + groups[4][2:] if groups[4][0] != groups[4][1] else "ABCDEF"
    file = app_folders.documents / "typed.txt"
    file.write_text(" ".join(groups), encoding="utf-8")
    said = refused(
        app_folders.data, "check", path, "--recovery-key-file", file, env=environment(app_folders.data, None)
    )
    assert said == "Group 5 (line 2, group 1) is not as it was written down. Compare each character.\n"
    both = refused(
        *(app_folders.data, "check", path, "--recovery-key-file", file, "--passphrase-file", file), code=2
    )
    assert "not both" in both


def test_a_damaged_start_is_mended_on_request(app_folders: AppFolders, path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(bytes(8) + content[8:])
    assert "so they can be mended" in refused(app_folders.data, "check", path)
    assert "To mend them: audit-app mend WORKSPACE" in refused(app_folders.data, "summary", path)
    assert "“audits” opens." in done(app_folders.data, "mend", path)
    assert path.read_bytes()[:16] == content[:16]
    assert "whole" in done(app_folders.data, "check", path)


def test_a_passphrase_that_is_easy_to_guess_is_told(app_folders: AppFolders, path: Path) -> None:
    file = app_folders.documents / "new.txt"
    file.write_text("password", encoding="utf-8")
    said = done(app_folders.data, "change-passphrase", path, "--new-passphrase-file", file)
    assert "The new passphrase is easy to guess." in said


def test_without_a_new_passphrase_nothing_is_changed(app_folders: AppFolders, path: Path) -> None:
    before = path.read_bytes()
    assert "Use --new-passphrase-file" in refused(app_folders.data, "change-passphrase", path)
    assert path.read_bytes() == before
    env = {**environment(app_folders.data), "AUDIT_APP_NEW_PASSPHRASE": PASSPHRASE}
    assert "the passphrase it has already" in refused(app_folders.data, "change-passphrase", path, env=env)


def test_a_recovery_key_never_takes_the_place_of_a_workspace(app_folders: AppFolders, path: Path) -> None:
    assert "may not take the place" in refused(app_folders.data, "recovery-key", path, "--out", path)
    assert "whole" in done(app_folders.data, "check", path)


def test_what_opens_a_workspace_is_no_argument(app_folders: AppFolders) -> None:
    for name in ("check", "change-passphrase", "recovery-key", "mend", "import-audits", "summary"):
        usage = run(app_folders.data, name, "--help").stdout
        assert "--recovery-key-file FILE" in usage
        assert "--passphrase-file FILE" in usage
        assert "--passphrase " not in usage
        assert "--recovery-key " not in usage
