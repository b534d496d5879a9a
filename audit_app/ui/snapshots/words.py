"""What is said while a snapshot is put in place."""

from audit_app.core.snapshot import Snapshot
from audit_app.core.snapshot_words import moment

TITLE = "Restoring"


def being_restored(snapshot: Snapshot) -> str:
    """What is done with a snapshot."""
    return (
        f"The snapshot of {moment(snapshot.at)} is being checked and put in place. Should this be stopped, "
        "nothing is lost."
    )
