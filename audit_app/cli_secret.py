"""How a command is given what opens a workspace: a file, the environment or the prompt; never an argument."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audit_app.core.errors import AppError

if TYPE_CHECKING:
    from audit_app.core.recovery_key import Secret

PASSPHRASE_VARIABLE = "AUDIT_APP_PASSPHRASE"
_FILE = click.Path(path_type=Path)
_LARGEST = 65_536  # bytes: no passphrase or recovery key needs more


@dataclass(frozen=True, slots=True)
class SecretSource:
    """Where the passphrase or the recovery key of a workspace comes from; ``read`` gets it, once needed."""

    passphrase_file: Path | None = None
    recovery_key_file: Path | None = None

    def read(self) -> "Secret":
        """The recovery key where its file was named, else the passphrase."""
        if self.recovery_key_file is None:
            return passphrase(self.passphrase_file)
        if self.passphrase_file is not None:
            raise click.UsageError("Give --passphrase-file or --recovery-key-file, not both.")
        from audit_app.core.recovery_key import RecoveryKey

        return RecoveryKey.read(_text_of(self.recovery_key_file, "recovery key"))


def secret_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say what opens its workspace, as ``secret``, a SecretSource."""

    @passphrase_option
    @click.option(
        "--recovery-key-file",
        type=_FILE,
        metavar="FILE",
        help="Open with the recovery key in FILE instead of the passphrase.",
    )
    @wraps(command)
    def run(
        *arguments: object, passphrase_file: Path | None, recovery_key_file: Path | None, **options: object
    ) -> None:
        command(*arguments, secret=SecretSource(passphrase_file, recovery_key_file), **options)

    return run


def passphrase_option(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the option that says where the passphrase is, as ``passphrase_file``."""
    return click.option(
        "--passphrase-file",
        type=_FILE,
        metavar="FILE",
        help=f"Read the passphrase from FILE, else from {PASSPHRASE_VARIABLE}, else ask for it.",
    )(command)


def passphrase(file: Path | None, *, confirm: bool = False) -> str:
    """The passphrase: from the file, the environment or the prompt; one trailing newline is dropped."""
    if file is not None:
        return passphrase_in(file)
    if PASSPHRASE_VARIABLE in os.environ:
        return _without_newline(os.environ[PASSPHRASE_VARIABLE])
    if not sys.stdin.isatty():
        raise AppError(f"No passphrase was given. Use --passphrase-file, or set {PASSPHRASE_VARIABLE}.")
    return str(click.prompt("Passphrase", hide_input=True, confirmation_prompt=confirm))


def passphrase_in(file: Path) -> str:
    """The passphrase that a file holds."""
    return _without_newline(_text_of(file, "passphrase"))


def _text_of(file: Path, what: str) -> str:
    try:
        with file.open("rb") as opened:
            return opened.read(_LARGEST).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise AppError(f"The {what} file {file} cannot be read.") from error


def _without_newline(text: str) -> str:
    return text.removesuffix("\n").removesuffix("\r") if text.endswith("\n") else text
