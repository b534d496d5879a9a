"""Every folder the program uses, from source, installed or frozen."""

import os
import sys
from pathlib import Path

import platformdirs

_APP = "audit-app"
_ROOT = Path(__file__).resolve().parent


def resource_folder() -> Path:
    """Where forms, icons and sample data are: inside the built folder, inside the package, or beside it."""
    bundled = getattr(sys, "_MEIPASS", None)
    if bundled is not None:
        return Path(bundled) / "resources"
    inside = _ROOT / "resources"
    return inside if inside.is_dir() else _ROOT.parent / "resources"


def app_folder() -> Path:
    """The program's own data, made if missing; AUDIT_APP_DATA_DIR in the environment overrides where."""
    chosen = os.environ.get("AUDIT_APP_DATA_DIR")
    folder = Path(chosen) if chosen else platformdirs.user_data_path(_APP, appauthor=False)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def log_folder() -> Path:
    """Where log and crash files go, made if missing."""
    folder = app_folder() / "logs"
    folder.mkdir(exist_ok=True)
    return folder
