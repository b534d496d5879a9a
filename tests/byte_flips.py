"""Flips bytes of a closed workspace one at a time, and asks opening and ``check`` what they make of it."""

import functools
import random
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from workspace_builders import PASSPHRASE, fill_in, new_session, workspaces_in

from audit_app.core.errors import AppError, DamagedStart, DamagedWorkspace
from audit_app.core.recovery_key import RecoveryKey, Secret
from audit_app.services.workspaces import Workspaces
from audit_app.storage.connection import RawKey

PAGE, SALT = 4096, 16


@dataclass(frozen=True, slots=True)
class Whole:
    """A closed workspace that was opened here before, its bytes, and the two ways into it."""

    path: Path
    content: bytes
    recovery_key: RecoveryKey
    ways: Workspaces

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """The passphrase and the raw key."""
        return (PASSPHRASE, self.recovery_key)


def make_whole(folder: Path) -> Whole:
    """A new one in this folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with new_session(folder) as session:
        for number in range(20):
            draft, _ = session.audits.start(f"LA {number}")
            session.grading.set(draft, "recording.evidence", "words " * 200)
        audit, _ = session.audits.start("LA submitted")
        fill_in(session, audit)
        session.grading.submit(audit)
        key, path = session.keys.show(), session.workspace.path
    return Whole(path, path.read_bytes(), key, workspaces_in(folder / "app"))


@contextmanager
def keys_derived_once() -> Iterator[None]:
    """A key follows from passphrase and salt alone, so deriving it once for each pair, 0.1 s, will do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RawKey, "derive", functools.cache(RawKey.derive))
        yield


def wrongly_named(whole: Whole, places: Iterable[int], chance: random.Random) -> list[str]:
    """What is not noticed, or called something else than what it is, at these places, by either secret."""
    wrong = []
    with keys_derived_once():
        for place in places:
            damaged = bytearray(whole.content)
            damaged[place] ^= chance.randrange(1, 256)
            whole.path.write_bytes(damaged)
            for secret in whole.secrets:
                said = named(whole, secret)
                if said != right_name(place):
                    wrong.append(f"byte {place} by {type(secret).__name__}: {said}")
            assert whole.path.read_bytes() == damaged
    whole.path.write_bytes(whole.content)
    return wrong


def right_name(place: int) -> str:
    """What damage there is: of the salt, of the rest of the first page, or of another page."""
    if place < SALT:
        return "damaged start"
    return "damaged workspace" if place < PAGE else "damaged page"


def named(whole: Whole, secret: Secret) -> str:
    """What opening and, where that goes, ``check`` say."""
    try:
        whole.ways.open_to_read(whole.path, secret).close()
    except DamagedStart:
        return "damaged start"
    except DamagedWorkspace as error:
        # On another page that opening reads, it is a part of the file; only of the first is it the start.
        return "damaged workspace" if "the start of" in str(error) else "damaged page"
    except AppError as error:
        return f"{type(error).__name__}: {error}"
    try:
        report = whole.ways.check(whole.path, secret)
    except DamagedWorkspace:
        return "damaged page"
    pages = next(line for line in report.lines if line.name == "Pages")
    return "not noticed" if pages.ok else "damaged page"


def sweep(folder: Path, chance: random.Random) -> tuple[int, list[str]]:
    """Every byte of the first page and 2,000 others: how many, and what is wrongly named."""
    whole = make_whole(folder)
    places = [*range(PAGE), *(chance.randrange(PAGE, len(whole.content)) for _ in range(2_000))]
    return len(places), wrongly_named(whole, places, chance)
