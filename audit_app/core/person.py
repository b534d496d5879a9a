"""A person who audits, reads or is named as owner of a workspace."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody known to this workspace, by a UUID; the name may change."""

    id: str
    name: str
