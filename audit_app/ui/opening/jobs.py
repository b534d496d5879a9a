"""What opening a workspace does on the worker thread, where the services are loaded and the key derived."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from audit_app.ui.background import Progress

if TYPE_CHECKING:
    from audit_app.core.recovery_key import Secret
    from audit_app.services.keys import ChangedPassphrase
    from audit_app.services.session import Session
    from audit_app.services.workspaces import Workspaces

    Source = Callable[[], Workspaces]


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person was asked when a workspace did not open, and agreed to."""

    accept_older: bool = False
    mend: bool = False


def open_existing(
    workspaces: "Source", path: Path, secret: "Secret", answers: Answers, _progress: Progress
) -> "Session":
    """Open a workspace; ``answers`` is what the person said to what was found wrong with it."""
    return workspaces().open(path, secret, accept_older=answers.accept_older, mend=answers.mend)


def create(workspaces: "Source", path: Path, passphrase: str, owner: str, _progress: Progress) -> "Session":
    """Make a workspace and open it."""
    return workspaces().create(path, passphrase, owner)


def change_passphrase(
    workspaces: "Source", path: Path, secret: "Secret", new: str, progress: Progress
) -> "ChangedPassphrase":
    """Give a workspace another passphrase and open it with that."""
    return workspaces().change_passphrase(path, secret, new, progress.report)


def open_sample(workspaces: "Source", folder: Path, _progress: Progress) -> "Session":
    """Open the sample workspace, and make it first where it is not there."""
    from audit_app.services.sample import SAMPLE_PASSPHRASE, make_sample

    made = make_sample(workspaces(), folder)
    return workspaces().open(made, SAMPLE_PASSPHRASE)
