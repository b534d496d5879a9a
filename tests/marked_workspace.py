"""A workspace with a word of its own in every text that an audit has, and a search for those words."""

import random
import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import page_reading
import sqlcipher3
import workspace_builders as build
from workspace_builders import PASSPHRASE, fill_in

from audit_app.core.fields import all_fields
from audit_app.core.programme import Programme
from audit_app.services.programmes import CohortDraft, ProgrammeDraft
from audit_app.services.session import Session

_LETTERS = 14
_ENOUGH = 8  # of the last letters: an index keeps of a word only what differs from the word before it


@dataclass
class Words:
    """Makes words that are nowhere else, and remembers what each was typed into."""

    seed: int = 7
    made: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def new(self, place: str) -> str:
        word = "".join(self._random.choices(string.ascii_lowercase, k=_LETTERS))
        self.made[word] = place
        return word


def fill(session: Session, folder: Path, words: Words) -> Programme:
    """A programme with a submitted audit, a draft and imported ones, all marked; its period is a month."""
    programme, _ = session.programmes.create(
        ProgrammeDraft("Marked", cohorts=(CohortDraft(None, "Ten"),), retention_months=1)
    )
    submitted, _ = session.audits.start(f"LA {words.new('reference')}", programme.id)
    session.grading.set(submitted, "case.cohort", programme.cohorts[0].id)
    mark(session, submitted, words)
    fill_in(session, submitted, "requires_improvement")
    session.grading.submit(submitted)
    session.grading.take_back(submitted, words.new("the reason for taking back"))
    session.grading.submit(submitted)
    draft, _ = session.audits.start(f"LA {words.new('reference of the draft')}", programme.id)
    mark(session, draft, words)
    sheet = folder / f"{words.new('the name of a file')}.csv"
    auditor, reference = words.new("an imported auditor"), words.new("an imported reference")
    team = words.new("an imported team")
    head = "case_reference,cohort,team,auditor,audit_date,recording,voice,overall\n"
    sheet.write_text(f"{head}{reference},Ten,{team},{auditor},2019-10-07,Good,RI,Good\n", "utf-8")
    session.importing.apply(session.importing.preview(sheet, "Marked", None))
    sheet.write_text(f"{head}{reference},Ten,{words.new('team before')},{auditor},2019-10-07,Good,RI,Good\n")
    session.importing.apply(session.importing.preview(sheet, "Marked", None))
    sheet.unlink()
    hold, _ = session.retention.hold_case(submitted, words.new("the reason for a hold"))
    session.retention.release(hold.id)
    return programme


def mark(session: Session, audit_id: str, words: Words) -> None:
    """Type a word of its own into every text, then another over it, settled in between."""
    fields = all_fields(session.audits.form_of(session.audits.get(audit_id)))
    texts = [key for key, each in fields.items() if each.kind.is_free_text and not _further_action(key)]
    assert len(texts) > 30
    for key in texts:
        session.grading.set(audit_id, key, f"Before, {words.new(key)} was seen")
        session.grading.settle(audit_id, key)
        session.grading.set(
            audit_id, key, f"{words.new(key)} was seen. " * (200 if key == "voice.evidence" else 1)
        )


def _further_action(key: str) -> bool:
    """Whether it is of the third action or a later one: they are as the first two."""
    return key.startswith("action.") and int(key.split(".")[1]) > 2


def found(folder: Path, words: Iterable[str]) -> dict[str, list[str]]:
    """Where in a folder each word is, however it is kept: in tables, raw pages and plain bytes."""
    endings = {word: word[-_ENOUGH:].encode() for word in words}
    places: dict[str, list[str]] = {}
    for place, data in _everything(folder):
        lowered = data.lower()
        for word, ending in endings.items():
            if ending in lowered:
                places.setdefault(word, []).append(place)
    return places


def _everything(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = str(path.relative_to(folder))
        yield f"{name}: name", name.encode()
        yield f"{name}: bytes", path.read_bytes()
        if path.suffix == ".caseaudit":
            yield from ((f"{name}: {place}", data) for place, data in page_reading.pages(path, PASSPHRASE))
            yield from ((f"{name}: {place}", data) for place, data in _rows(path))


def _rows(path: Path) -> Iterator[tuple[str, bytes]]:
    """Every value of every table, those that stand behind the text index included, and every word of it."""
    conn = sqlcipher3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        conn.execute(f"PRAGMA key = '{PASSPHRASE.replace(chr(39), chr(39) * 2)}'")
        tables = [name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        assert {"note", "text_index_data", "text_version", "history"} <= set(tables)
        for table in tables:
            for row in conn.execute(f'SELECT * FROM "{table}"'):
                for value in row:
                    yield table, value if isinstance(value, bytes) else str(value).encode()
        conn.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab (main, text_index, row)")
        for (term,) in conn.execute("SELECT term FROM temp.words"):
            yield "words of the index", term.encode()
    finally:
        conn.close()


def make(folder: Path, words: Words) -> Path:
    """The marked workspace with two snapshots, closed."""
    with build.new_session(folder) as session:
        fill(session, folder, words)
        assert session.backups.snapshot() is not None
        session.programmes.create(ProgrammeDraft("Another"))
        assert session.backups.snapshot() is not None
        path: Path = session.workspace.path
    return path
