"""Encrypted connections: deriving a key once, opening by raw key, and saying plainly what went wrong."""

import hmac
import os
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlcipher3
from sqlite_utils import Database

from audit_app.core.errors import CannotWrite, DamagedWorkspace, WorkspaceInUse

__all__ = ["SALT_BYTES", "Database", "DatabaseError", "RawKey", "connect", "database", "said_plainly"]
SALT_BYTES = 16
_KDF_ITERATIONS = 256_000  # SQLCipher 4's own default, so that the passphrase alone opens the file anywhere
_BUSY_SECONDS = 5.0
DatabaseError: type[Exception] = sqlcipher3.DatabaseError
"""What the encrypted library raises; its classes are not those of ``sqlite3``."""


@dataclass(frozen=True, slots=True, repr=False)
class RawKey:
    """The key and salt of one workspace; never shown, logged or written."""

    key: bytes
    salt: bytes

    def __repr__(self) -> str:
        return "RawKey(hidden)"

    @classmethod
    def derive(cls, passphrase: str, salt: bytes) -> "RawKey":
        """The key SQLCipher 4 itself derives: PBKDF2-HMAC-SHA512 of the NFC passphrase, about 0.1 s."""
        # Not hashlib's: with the OpenSSL of many a Python it takes half as long again as SQLCipher's own.
        from cryptography.hazmat.primitives.hashes import SHA512
        from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

        text = unicodedata.normalize("NFC", passphrase).encode()
        return cls(PBKDF2HMAC(SHA512(), 32, salt, _KDF_ITERATIONS).derive(text), salt)

    @property
    def check(self) -> bytes:
        """Tells a wrong passphrase from a damaged file; no easier to guess from than the file itself."""
        return hmac.digest(self.key, b"audit-app witness", "sha256")

    def pragma(self) -> str:
        """The statement that gives this key to a connection."""
        return f"PRAGMA key = \"x'{self.key.hex()}{self.salt.hex()}'\""


def connect(path: Path, key: RawKey, *, mode: str, immutable: bool = False) -> Any:
    """A bare connection with the key given and nothing read yet; ``mode`` is SQLite's ro, rw or rwc."""
    uri = f"{_uri(path)}?mode={mode}" + ("&immutable=1" if immutable else "")
    conn = sqlcipher3.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False, timeout=_BUSY_SECONDS
    )
    conn.execute("PRAGMA cipher_log_level = NONE")
    conn.execute(key.pragma())
    return conn


def _uri(path: Path) -> str:
    """The file as SQLite wants it: also with a drive letter, on a share, or named in no known encoding."""
    place = path.absolute().as_posix()
    return "file://" + quote(os.fsencode(place if place.startswith("/") else f"/{place}"), safe="/:")


def database(conn: Any, *, read_only: bool) -> Database:
    """The connection under sqlite-utils, with everything set that SQLite keeps per connection."""
    conn.execute("PRAGMA temp_store = MEMORY")
    conn.execute("PRAGMA foreign_keys = ON")
    conn.execute("PRAGMA synchronous = FULL")
    conn.execute("PRAGMA secure_delete = ON")
    conn.execute("PRAGMA cache_size = -64000")
    if read_only:
        conn.execute("PRAGMA query_only = ON")
    return Database(conn, execute_plugins=False)


@contextmanager
def said_plainly() -> Iterator[None]:
    """Turn what the disk or the file does into the user's situation; our own mistakes pass unchanged."""
    try:
        yield
    except (sqlcipher3.OperationalError, sqlcipher3.DatabaseError) as error:
        situation = _situation(str(error))
        if situation is None:
            raise
        raise situation from error


def _situation(message: str) -> CannotWrite | DamagedWorkspace | WorkspaceInUse | None:
    kept = "What was saved before is kept; this last change was not made."
    if "disk is full" in message:
        return CannotWrite(f"The disk is full. {kept} Make room and try again.")
    if "readonly database" in message or "unable to open" in message:
        return CannotWrite(f"The workspace's file or folder cannot be written to. {kept}")
    if "disk I/O error" in message:
        return CannotWrite(f"The disk could not be read or written. {kept} Check the drive and try again.")
    if "database is locked" in message or "database is busy" in message:
        return WorkspaceInUse(f"Another program is using the workspace's file. {kept} Try again.")
    if "malformed" in message or "file is not a database" in message:
        return DamagedWorkspace(
            "Part of the workspace's file is damaged and cannot be read. Close the program, keep the file as "
            "it is, and restore a snapshot of it."
        )
    return None
