"""Keys and passphrases stand in no file, log, crash report, history or object's words, and go on closing."""

import gc
import json
import logging
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType, ModuleType

import pytest
from workspace_builders import PASSPHRASE, new_session, workspaces_in

from audit_app import logs
from audit_app.cli_secret import SecretSource
from audit_app.core.errors import AppError, WrongPassphrase
from audit_app.core.recovery_key import RecoveryKey
from audit_app.crash import CrashRecorder
from audit_app.services.session import Session
from audit_app.storage.connection import RawKey
from audit_app.ui.keys.change_passphrase_dialog import Wanted

NEW = "Großvaters Standuhr & ein Apfel"


def forms_of(key: RecoveryKey, *passphrases: str) -> list[bytes]:
    """The secrets in every form in which they could stand somewhere."""
    texts = [
        key.key.hex(),
        key.salt.hex(),
        key.key.hex().upper(),
        *key.groups,
        *passphrases,
        repr(key.key)[2:-1],
    ]
    encoded = [text.encode(form) for text in texts for form in ("utf-8", "utf-16-le")]
    return [*encoded, key.key]


def found_in(where: bytes, key: RecoveryKey, *passphrases: str) -> list[bytes]:
    return [form for form in forms_of(key, *passphrases) if form in where]


def contents(folder: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_no_object_says_what_the_key_is(tmp_path: Path) -> None:
    with new_session(tmp_path) as session:
        key = session.keys.show()
        raw = RawKey(key.key, key.salt)
        errors: list[AppError] = []
        with pytest.raises(WrongPassphrase) as caught:
            workspaces_in(tmp_path / "app").open_to_read(session.workspace.path, NEW)
        errors.append(caught.value)
        with pytest.raises(AppError) as wrong:
            RecoveryKey.read(" ".join(key.groups[:15]))
        errors.append(wrong.value)
        objects = (
            *(session, session.keys, session.workspace, session.keys.taken(), key, raw, [raw], {"key": key}),
            *(
                Wanted(PASSPHRASE, NEW),
                SecretSource(tmp_path / "x"),
                *errors,
                *(error.args for error in errors),
            ),
        )
        for each in objects:
            shown = f"{each!r} {each!s}".encode()
            assert found_in(shown, key, PASSPHRASE, NEW) == [], type(each)


def test_no_file_log_or_crash_report_holds_the_key_or_the_passphrase(tmp_path: Path) -> None:
    folder = tmp_path / "logs"
    folder.mkdir()
    logs.start(folder)
    recorder = CrashRecorder(folder)
    try:
        with new_session(tmp_path) as session:
            key = session.keys.show()
            path = session.workspace.path
        changed = workspaces_in(tmp_path / "app").change_passphrase(path, PASSPHRASE, NEW)
        other = changed.session.keys.show()
        statement = f"PRAGMA key = \"x'{other.key.hex()}'\""
        try:
            raise ValueError(f"{NEW} {other.key.hex()} {statement}")
        except ValueError as error:
            recorder.record(error)
            logging.getLogger(logs.LOGGER).exception("It went wrong")
        history = str(changed.session.workspace.db.execute("SELECT * FROM history").fetchall()).encode()
        changed.session.close()
    finally:
        logs.stop()
    assert (folder / "crash.txt").stat().st_size > 0
    assert b"It went wrong" in contents(folder)
    everything = contents(tmp_path) + history
    assert found_in(everything, key, PASSPHRASE) == []
    assert found_in(everything, other, NEW) == []
    (tmp_path / "planted.txt").write_text(" ".join(other.groups))
    assert found_in(contents(tmp_path), other)


def test_the_history_says_that_it_was_shown_or_saved_and_not_what_it_is(tmp_path: Path) -> None:
    with new_session(tmp_path) as session:
        assert session.keys.taken() is None
        key = session.keys.show()
        taken = session.keys.taken()
        assert taken is not None
        assert not taken.saved
        session.keys.save(tmp_path / "key.txt")
        taken = session.keys.taken()
        assert taken is not None
        assert taken.saved
        lines = session.workspace.db.execute("SELECT kind, detail FROM history ORDER BY seq").fetchall()
        assert lines[-2:] == [("recovery_key_shown", "{}"), ("recovery_key_saved", "{}")]
        assert found_in(json.dumps(lines).encode(), key) == []


def test_a_saved_recovery_key_opens_the_workspace_and_is_its_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "key.txt"
    file.parent.mkdir()
    with new_session(tmp_path) as session:
        session.keys.save(file)
        path = session.workspace.path
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# Recovery key of “work” (Audit App), saved on ")
    assert [path.name for path in file.parent.iterdir()] == ["key.txt"]
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    workspaces_in(tmp_path / "app").open(path, RecoveryKey.read(text)).close()


def test_a_changed_passphrase_ends_what_was_known_of_the_recovery_key(tmp_path: Path) -> None:
    with new_session(tmp_path) as session:
        session.keys.show()
        path = session.workspace.path
    changed = workspaces_in(tmp_path / "app").change_passphrase(path, PASSPHRASE, NEW)
    assert changed.session.keys.taken() is None
    assert "take down a new one" in " ".join(changed.sentences())
    changed.session.close()


def reachable(root: object) -> Iterator[object]:
    """Every object that can be reached from one, but not through modules, classes and functions."""
    seen: dict[int, object] = {}
    waiting = [root]
    while waiting:
        found = waiting.pop()
        if id(found) in seen or isinstance(found, type | ModuleType | FunctionType):
            continue
        seen[id(found)] = found
        yield found
        waiting += gc.get_referents(found)


def keys_held(session: Session, key: RecoveryKey) -> list[str]:
    return [
        type(found).__name__
        for found in reachable(session)
        if isinstance(found, RawKey)
        or (isinstance(found, bytes) and key.key in found)
        or (isinstance(found, str) and key.key.hex() in found)
    ]


def test_a_closed_session_has_no_key(tmp_path: Path) -> None:
    with new_session(tmp_path) as session:
        key = session.keys.recovery_key()
        session.backups.snapshot()
        session.audits.start("LA 1")
        session.backups.views()
        assert "RawKey" in keys_held(session, key)
    assert keys_held(session, key) == []
    gc.collect()
    assert [found for found in gc.get_objects() if isinstance(found, RawKey) and found.key == key.key] == []
