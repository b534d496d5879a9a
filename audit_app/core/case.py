"""A child's file, known by the authority's reference; no names."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Case:
    """A case and where it is held now; an audit keeps its own service, team and worker as they were."""

    id: str
    reference: str
    service: str = ""
    team: str = ""
    worker: str = ""
