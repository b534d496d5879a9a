"""What conftest.py promises of every test, tried on tests that misbehave in a run of their own."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent

MISBEHAVING = '''
"""Tests that leave things behind."""
import os, threading, time, warnings
from pathlib import Path
from PySide6.QtCore import QMetaObject, QObject, QThreadPool, qWarning
from PySide6.QtWidgets import QLabel

kept = []

def test_well_behaved(qtbot, app_folders):
    label = QLabel("shown")
    qtbot.addWidget(label)
    label.show()
    thread = threading.Thread(target=time.sleep, args=(0.01,))
    thread.start()
    thread.join()
    pool = QThreadPool()
    pool.start(lambda: time.sleep(0.01))
    pool.waitForDone()
    assert os.environ["AUDIT_APP_DATA_DIR"] == str(app_folders.data)

def test_home_is_nobodys():
    assert Path.home() != Path(os.environ["REAL_HOME"])

def test_leaves_window(qtbot):
    kept.append(QLabel("left"))
    kept[-1].show()

def test_leaves_thread():
    threading.Thread(target=time.sleep, args=(0.5,), daemon=True).start()

def test_leaves_pool_working(qtbot):
    pool = QThreadPool()
    kept.append(pool)
    pool.start(lambda: time.sleep(0.5))

def test_qt_warns(qtbot):
    qWarning("planted")

def test_python_warns():
    warnings.warn("planted")

def test_slot_raises(qtbot):
    source = QObject()
    def slot():
        raise ValueError("planted")
    source.objectNameChanged.connect(slot)
    source.setObjectName("x")
'''


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """How each misbehaving test ended: its last word, FAILED or ERROR where it was found out."""
    folder = tmp_path_factory.mktemp("misbehaving")
    for name in ("conftest.py", "app_folders.py"):
        shutil.copy(HERE / name, folder)
    (folder / "test_misbehaving.py").write_text(MISBEHAVING)
    command = [sys.executable, "-m", "pytest", "-v", "-p", "no:cacheprovider", "--rootdir", str(folder)]
    ran = subprocess.run(
        [*command, "-c", str(HERE.parent / "pyproject.toml"), str(folder)],
        env={**os.environ, "REAL_HOME": str(Path.home()), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    ended: dict[str, str] = {}
    for name, word in re.findall(r"^\S*::test_(\w+) (PASSED|FAILED|ERROR)", ran.stdout, re.MULTILINE):
        ended[name] = word
    assert ended, ran.stdout + ran.stderr
    return ended


@pytest.mark.parametrize("name", ["well_behaved", "home_is_nobodys"])
def test_a_test_that_cleans_up_passes(outcomes: dict[str, str], name: str) -> None:
    assert outcomes[name] == "PASSED"


@pytest.mark.parametrize("name", ["leaves_window", "leaves_thread", "leaves_pool_working"])
def test_what_a_test_leaves_behind_is_an_error(outcomes: dict[str, str], name: str) -> None:
    assert outcomes[name] == "ERROR"


@pytest.mark.parametrize("name", ["qt_warns", "python_warns", "slot_raises"])
def test_an_unexpected_complaint_fails_the_test(outcomes: dict[str, str], name: str) -> None:
    assert outcomes[name] == "FAILED"
