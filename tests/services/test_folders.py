"""A workspace that is about to be made in a synced folder or on the network is warned about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from command_line import done, environment, run

from audit_app.services.folders import folder_warning, is_on_network

if TYPE_CHECKING:
    from app_folders import AppFolders

MOUNTS = """\
/dev/sda1 / ext4 rw,relatime 0 0
tmpfs /run tmpfs rw 0 0
//files/audits /mnt/share cifs rw,vers=3.0 0 0
files:/audits /mnt/team\\040folder nfs4 rw 0 0
/dev/sdb1 /mnt/share/stick vfat rw 0 0
host /mnt/by\\134hand fuse.sshfs rw 0 0
"""


@pytest.mark.parametrize(
    "folder",
    [
        "OneDrive",
        "OneDrive - Anytown Council/Documents",
        "Dropbox (Team)/audits",
        "Google Drive/My Drive",
        "GoogleDrive-ann@example.org",
        "Library/Mobile Documents/com~apple~CloudDocs",
        "Library/CloudStorage/Box-Box",
        "Nextcloud/audits",
        "box",
    ],
)
def test_a_synced_folder_is_warned_about_by_its_name(tmp_path: Path, folder: str) -> None:
    said = folder_warning(tmp_path / folder / "work.caseaudit")
    assert "kept in step with other computers" in said
    assert "Choose a folder" in said


@pytest.mark.parametrize("folder", ["Documents", "Inbox", "Boxes of files", "Audits of drop-ins", "Drive"])
def test_any_other_folder_is_not(tmp_path: Path, folder: str) -> None:
    assert folder_warning(tmp_path / folder / "work.caseaudit") == ""


def test_a_synced_folder_is_known_by_what_its_program_leaves_there(tmp_path: Path) -> None:
    (tmp_path / "shared" / "audits").mkdir(parents=True)
    (tmp_path / "shared" / ".stfolder").mkdir()
    assert "“shared”" in folder_warning(tmp_path / "shared" / "audits" / "work.caseaudit")


@pytest.mark.parametrize(
    ("folder", "on_network"),
    [
        ("/mnt/share/audits", True),
        ("/mnt/share", True),
        ("/mnt/shared", False),
        ("/mnt/share/stick/audits", False),
        ("/mnt/team folder/2026", True),
        ("/mnt/by\\hand", True),
        ("/var/audits", False),
    ],
)
def test_a_network_drive_is_known_by_what_is_mounted_nearest(folder: str, *, on_network: bool) -> None:
    assert is_on_network(Path(folder), MOUNTS) is on_network


def test_the_command_line_warns_and_makes_it_all_the_same(app_folders: AppFolders) -> None:
    folder = app_folders.documents / "OneDrive - Anytown"
    folder.mkdir()
    ran = run(
        app_folders.data,
        *("new", folder / "work.caseaudit", "--owner", "Ann"),
        env=environment(app_folders.data),
    )
    assert ran.returncode == 0
    assert "“OneDrive - Anytown” looks like a folder" in ran.stderr
    done(app_folders.data, "check", folder / "work.caseaudit")
