"""What is worked out off the GUI thread about keys: deriving one takes a tenth of a second."""

from audit_app.services.keys import Keys
from audit_app.ui.background import Progress


def is_passphrase(keys: Keys, text: str, _progress: Progress) -> bool:
    """Whether this is the workspace's passphrase."""
    return keys.is_passphrase(text)
