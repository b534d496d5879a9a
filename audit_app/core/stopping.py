"""How work that takes long learns that it is to stop: it asks between two steps, and the answer is raised."""

from collections.abc import Callable
from typing import TypeAlias

Check: TypeAlias = Callable[[], None]
"""Raises Cancelled once the work is to stop."""


def never() -> None:
    """Asked where nobody can stop the work."""
