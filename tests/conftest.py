"""What every test gets: folders of its own, a screen nobody sees, and a check that nothing is left behind."""

import gc
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from app_folders import AppFolders
from hypothesis import HealthCheck, settings

# Before anything imports Qt. A person who wants to watch sets it to their own platform.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Machines differ in speed and share their cores: neither is what these tests are about.
settings.register_profile(
    "default", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("ci", settings.get_profile("default"), derandomize=True, print_blob=True)
settings.register_profile("thorough", settings.get_profile("default"), max_examples=2_000)
settings.load_profile("ci" if os.environ.get("CI") else "default")


@pytest.fixture(scope="session", autouse=True)
def nobodys_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A fresh home for the session, so that no test reads or writes the files of the person who runs it."""
    home = tmp_path_factory.mktemp("home")
    folders = {
        "HOME": home,
        "USERPROFILE": home,
        "APPDATA": home / "AppData" / "Roaming",
        "LOCALAPPDATA": home / "AppData" / "Local",
        "XDG_CONFIG_HOME": home / ".config",
        "XDG_DATA_HOME": home / ".local" / "share",
        "XDG_STATE_HOME": home / ".local" / "state",
        "XDG_CACHE_HOME": home / ".cache",
        "XDG_RUNTIME_DIR": home / ".run",
        "AUDIT_APP_DATA_DIR": home / "program",
    }
    with pytest.MonkeyPatch.context() as environment:
        for name, folder in folders.items():
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            environment.setenv(name, str(folder))
        environment.delenv("AUDIT_APP_PASSPHRASE", raising=False)
        yield home


@pytest.fixture
def app_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppFolders:
    """Folders for one test, with the spaces and letters that people's folders have."""
    folders = AppFolders(data=tmp_path / "program data", documents=tmp_path / "Zoë's audits")
    folders.data.mkdir()
    folders.documents.mkdir()
    monkeypatch.setenv("AUDIT_APP_DATA_DIR", str(folders.data))
    return folders


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a window open or a thread running: the next test would stumble over it."""
    before = set(threading.enumerate())
    yield
    left = [f"the thread {thread.name!r}" for thread in threading.enumerate() if is_left(thread, before)]
    if "qapp" in request.fixturenames:
        left += windows_left() + pools_left()
    if left:
        pytest.fail(f"This test leaves behind {', '.join(left)}. Close it, or wait for it, in the test.")


def is_left(thread: threading.Thread, before: set[threading.Thread]) -> bool:
    """Whether Python started a thread that still runs. Qt's threads show as dummies that never end."""
    ours = not isinstance(thread, threading._DummyThread)
    return ours and thread.is_alive() and thread not in before


def windows_left() -> list[str]:
    """Windows still on the screen; they are closed, so that only the test that left them fails."""
    from PySide6.QtWidgets import QApplication

    left = []
    for widget in QApplication.topLevelWidgets():
        if widget.isVisible():
            left.append(f"the window {type(widget).__name__} {widget.windowTitle()!r}")
            widget.hide()
            widget.deleteLater()
    return left


def pools_left() -> list[str]:
    """Thread pools of Qt that still work; they are waited for, so that only the test that left them fails."""
    from PySide6.QtCore import QThreadPool

    left = []
    QThreadPool.globalInstance()
    for pool in [found for found in gc.get_objects() if type(found) is QThreadPool]:
        if pool.activeThreadCount():
            left.append(f"{pool.activeThreadCount()} jobs in a thread pool")
            pool.waitForDone(5_000)
    return left
