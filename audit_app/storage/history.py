"""The append-only, hash-chained record of changes: who, when, what, from and to."""

import hashlib
import hmac
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlite_utils import Database

GIVEN_UP = "given_up"  # in the detail of a restored line: the ends of the history that it put aside
_START = bytes(32)  # what the first line follows
_SALT_BYTES = 16
_encode = msgspec.json.Encoder(order="sorted").encode
_decode = msgspec.json.Decoder(dict[str, Any]).decode


@dataclass(frozen=True, slots=True)
class Text:
    """A version of a free text, apart from the chain so that it can be erased; ``side`` is from or to."""

    field: str
    side: str
    salt: bytes
    text: str

    @classmethod
    def new(cls, field: str, side: str, text: str) -> "Text":
        """A version with a fresh random salt."""
        return cls(field, side, os.urandom(_SALT_BYTES), text)

    @property
    def seal(self) -> str:
        """What the chain holds instead of the text: HMAC-SHA256(salt, text) in hex."""
        return hmac.digest(self.salt, self.text.encode(), "sha256").hex()


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line to be written; ``subject`` is the id of the thing it is about.

    Changed fields stand in the detail as ``"changes": [{"field", "from", "to"}]``, free text as its seal.
    """

    kind: str
    subject: str
    detail: Mapping[str, Any]
    texts: Sequence[Text] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it was written, with those versions of its texts that have not been erased."""

    seq: int
    at: datetime
    person: str
    kind: str
    subject: str
    detail: Mapping[str, Any]
    texts: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """The last line of a chain: its number and hash."""

    seq: int
    hash: bytes


def now() -> str:
    """This moment as it is stored: UTC, ISO 8601, milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def append(db: Database, person: str, line: NewLine) -> int:
    """Write one line in the transaction of its change; returns its number."""
    return append_many(db, person, (line,))


def append_many(db: Database, person: str, lines: Iterable[NewLine], at: str | None = None) -> int:
    """Write lines in order, all at one moment; returns the last one's number."""
    last = head(db)
    seq, previous = last.seq, last.hash
    moment = at or now()
    rows: list[tuple[object, ...]] = []
    texts: list[tuple[object, ...]] = []
    for line in lines:
        seq += 1
        detail = _encode(line.detail)
        previous = _chained(previous, seq, moment, person, line.kind, line.subject, detail)
        rows.append((seq, moment, person, line.kind, line.subject, detail.decode(), previous))
        texts.extend((seq, text.field, text.side, text.salt, text.text) for text in line.texts)
    db.conn.executemany("INSERT INTO history VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    if texts:
        db.conn.executemany("INSERT INTO text_version VALUES (?, ?, ?, ?, ?)", texts)
    return seq


def _chained(
    previous: bytes, seq: int, at: str, person: str, kind: str, subject: str, detail: bytes
) -> bytes:
    """SHA-256 of the previous hash and the canonical line: JSON, keys sorted, no spaces."""
    rest = _encode({"kind": kind, "person": person, "seq": seq, "subject": subject})
    line = _encode({"at": at})[:-1] + b',"detail":' + detail + b"," + rest[1:]
    return hashlib.sha256(previous + line).digest()


def head(db: Database) -> Head:
    """The last line; number 0 when there is none."""
    row = db.execute("SELECT seq, hash FROM history ORDER BY seq DESC LIMIT 1").fetchone()
    return Head(*row) if row else Head(0, _START)


def contains(db: Database, witnessed: Head) -> bool:
    """Whether the chain has this line, with this hash, or says that a person put it aside by a restore."""
    if witnessed.seq == 0:
        return True
    row = db.execute("SELECT hash FROM history WHERE seq = ?", [witnessed.seq]).fetchone()
    return (row is not None and row[0] == witnessed.hash) or _put_aside(db, witnessed)


def named(head: Head) -> str:
    """An end of the history as a restored line names it."""
    return f"{head.seq}:{head.hash.hex()}"


def _put_aside(db: Database, witnessed: Head) -> bool:
    lines = db.execute("SELECT detail FROM history WHERE kind = 'restored'").fetchall()
    return any(named(witnessed) in _decode(detail).get(GIVEN_UP, ()) for (detail,) in lines)


def verify(db: Database, witnessed: Head | None = None) -> int | None:
    """The number of the first line that is not as it was written, or None when the chain is whole.

    A line that is missing counts as bad at its own number; so does a tail that the witness saw and the file
    lacks, and a version of a text that is not the one its line was sealed with.
    """
    previous, expected = _START, 0
    for seq, at, person, kind, subject, detail, stored in db.execute("SELECT * FROM history ORDER BY seq"):
        expected += 1
        if seq != expected:
            return expected
        previous = _chained(previous, seq, at, person, kind, subject, detail.encode())
        if previous != stored:
            return expected
    bad_text = _first_bad_text(db)
    if bad_text is not None:
        return bad_text
    if witnessed is not None and not contains(db, witnessed):
        return min(witnessed.seq, expected + 1)
    return None


def _first_bad_text(db: Database) -> int | None:
    query = (
        "SELECT t.seq, t.field, t.side, t.salt, t.text, h.detail"
        " FROM text_version t JOIN history h USING (seq) ORDER BY t.seq"
    )
    for seq, field, side, salt, text, detail in db.execute(query):
        if Text(field, side, salt, text).seal not in _seals(_decode(detail), field, side):
            return int(seq)
    return None


def _seals(detail: Mapping[str, Any], field: str, side: str) -> tuple[str, ...]:
    changes = detail.get("changes", ())
    return tuple(change[side] for change in changes if change["field"] == field and change[side])


def of_subject(db: Database, subject: str) -> tuple[Line, ...]:
    """Every line about one thing, oldest first."""
    texts: dict[int, list[Text]] = {}
    query = "SELECT t.* FROM text_version t JOIN history h USING (seq) WHERE h.subject = ?"
    for seq, *text in db.execute(query, [subject]):
        texts.setdefault(seq, []).append(Text(*text))
    return tuple(_lines(db, subject, texts))


def _lines(db: Database, subject: str, texts: Mapping[int, Sequence[Text]]) -> Iterator[Line]:
    query = "SELECT seq, at, person, kind, subject, detail FROM history WHERE subject = ? ORDER BY seq"
    for seq, at, person, kind, about, detail in db.execute(query, [subject]):
        moment = datetime.fromisoformat(at)
        yield Line(seq, moment, person, kind, about, _decode(detail), tuple(texts.get(seq, ())))


def last_of(db: Database, subject: str, kinds: Sequence[str]) -> Line | None:
    """The latest line of one of these kinds about one thing, without its texts; None where there is none."""
    marks = ", ".join("?" * len(kinds))
    row = db.execute(
        "SELECT seq, at, person, kind, subject, detail FROM history"
        f" WHERE subject = ? AND kind IN ({marks}) ORDER BY seq DESC LIMIT 1",
        [subject, *kinds],
    ).fetchone()
    if row is None:
        return None
    seq, at, person, kind, about, detail = row
    return Line(seq, datetime.fromisoformat(at), person, kind, about, _decode(detail))


def last_text(db: Database, subject: str, field: str) -> Text | None:
    """The latest settled version of a text, or None when none is kept."""
    row = db.execute(
        "SELECT t.field, t.side, t.salt, t.text FROM history h JOIN text_version t USING (seq)"
        " WHERE h.subject = ? AND t.field = ? AND t.side = 'to' ORDER BY h.seq DESC LIMIT 1",
        [subject, field],
    ).fetchone()
    return Text(*row) if row else None


def text_change(before: Text | None, field: str, value: str) -> tuple[dict[str, str], list[Text]]:
    """A change of a free text as the chain holds it, and the version to keep apart; a blank has no seal."""
    after = Text.new(field, "to", value)
    return {"field": field, "from": before.seal if before and before.text else "", "to": after.seal}, [after]
