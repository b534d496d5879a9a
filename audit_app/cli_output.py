"""Prints what a command has to say."""

import errno
import os
import sys

import click

from audit_app.core.errors import CannotWrite


def say(text: str, *, nl: bool = True) -> None:
    """Print; where nobody reads any more, as in ``| head``, the work still goes on to its end."""
    try:
        click.echo(text, nl=nl)
    except OSError as error:
        if not isinstance(error, BrokenPipeError) and error.errno != errno.EINVAL:
            raise CannotWrite("What was to be shown could not be written to where it was sent.") from error
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - until the program ends
