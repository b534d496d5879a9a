"""Every released schema step, in order; a step is never edited once released."""

from sqlite_utils import Database, Migrations

APPLICATION_ID = 0x43415544  # "CAUD": marks the file as a workspace of this program
migrations = Migrations("workspace")
SCHEMAS = ("schema_1", "schema_2")  # the names of all steps, in order; user_version is how many there are


@migrations()
def schema_1(db: Database) -> None:
    """Persons, cases, forms, programmes, audits with their answers, the text index and the history."""
    db.executescript(_SCHEMA_1)


@migrations()
def schema_2(db: Database) -> None:
    """How long a programme's audits are kept, what is on hold, and records of what was deleted."""
    db.executescript(_SCHEMA_2)


_SCHEMA_1 = """
PRAGMA application_id = 1128355140;
PRAGMA user_version = 1;

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE person (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    natural_key TEXT NOT NULL
) STRICT;
CREATE INDEX person_natural_key ON person(natural_key);

CREATE TABLE casefile (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    reference TEXT NOT NULL,
    natural_key TEXT NOT NULL,
    service TEXT NOT NULL DEFAULT '',
    team TEXT NOT NULL DEFAULT '',
    worker TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE form (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    content_hash TEXT NOT NULL UNIQUE,
    text TEXT NOT NULL
) STRICT;

CREATE TABLE programme (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    natural_key TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    theme TEXT NOT NULL DEFAULT '',
    period_from TEXT,
    period_to TEXT,
    form INTEGER NOT NULL REFERENCES form(key)
) STRICT;
CREATE INDEX programme_form ON programme(form);

CREATE TABLE cohort (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    programme INTEGER NOT NULL REFERENCES programme(key) ON DELETE CASCADE,
    title TEXT NOT NULL,
    natural_key TEXT NOT NULL,
    position INTEGER NOT NULL,
    UNIQUE (programme, natural_key)
) STRICT;

CREATE TABLE audit (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    programme INTEGER NOT NULL REFERENCES programme(key),
    casefile INTEGER NOT NULL REFERENCES casefile(key),
    auditor INTEGER NOT NULL REFERENCES person(key),
    form INTEGER NOT NULL REFERENCES form(key),
    cohort INTEGER REFERENCES cohort(key),
    state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'moderated')),
    imported INTEGER NOT NULL DEFAULT 0 CHECK (imported IN (0, 1)),
    supported TEXT CHECK (supported IN ('yes', 'no')),
    service TEXT NOT NULL DEFAULT '',
    team TEXT NOT NULL DEFAULT '',
    worker TEXT NOT NULL DEFAULT '',
    audit_date TEXT,
    due TEXT,
    overall TEXT,
    overall_agreed TEXT,
    suggested TEXT,
    safe_now TEXT CHECK (safe_now IN ('yes', 'no')),
    unsafe_open INTEGER NOT NULL DEFAULT 0 CHECK (unsafe_open IN (0, 1)),
    started_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    submitted_at TEXT
) STRICT;
CREATE INDEX audit_programme ON audit(programme);
CREATE INDEX audit_casefile ON audit(casefile);
CREATE INDEX audit_drafts ON audit(key) WHERE state = 'draft';
CREATE INDEX audit_unsafe_open ON audit(key) WHERE unsafe_open = 1;

CREATE TABLE judgement (
    audit INTEGER NOT NULL REFERENCES audit(key) ON DELETE CASCADE,
    domain TEXT NOT NULL,
    grade TEXT NOT NULL,
    agreed TEXT,
    PRIMARY KEY (audit, domain)
) STRICT, WITHOUT ROWID;

CREATE TABLE answer (
    audit INTEGER NOT NULL REFERENCES audit(key) ON DELETE CASCADE,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (audit, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE note (
    id INTEGER PRIMARY KEY,
    audit INTEGER NOT NULL REFERENCES audit(key) ON DELETE CASCADE,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    UNIQUE (audit, field)
) STRICT;

CREATE TABLE unsettled (
    audit INTEGER NOT NULL REFERENCES audit(key) ON DELETE CASCADE,
    field TEXT NOT NULL,
    PRIMARY KEY (audit, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE history (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    person TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    hash BLOB NOT NULL
) STRICT;
CREATE INDEX history_subject ON history(subject);

CREATE TABLE text_version (
    seq INTEGER NOT NULL REFERENCES history(seq),
    field TEXT NOT NULL,
    side TEXT NOT NULL CHECK (side IN ('from', 'to')),
    salt BLOB NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (seq, field, side)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER history_is_never_changed BEFORE UPDATE ON history
BEGIN SELECT RAISE(ABORT, 'history is never changed'); END;
CREATE TRIGGER history_is_never_deleted BEFORE DELETE ON history
BEGIN SELECT RAISE(ABORT, 'history is never deleted'); END;

CREATE VIRTUAL TABLE text_index USING fts5 (
    value, content = 'note', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO text_index (text_index, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER note_added AFTER INSERT ON note BEGIN
    INSERT INTO text_index (rowid, value) VALUES (new.id, new.value);
END;
CREATE TRIGGER note_removed AFTER DELETE ON note BEGIN
    INSERT INTO text_index (text_index, rowid, value) VALUES ('delete', old.id, old.value);
END;
CREATE TRIGGER note_changed AFTER UPDATE OF value ON note BEGIN
    INSERT INTO text_index (text_index, rowid, value) VALUES ('delete', old.id, old.value);
    INSERT INTO text_index (rowid, value) VALUES (new.id, new.value);
END;
"""

_SCHEMA_2 = """
PRAGMA user_version = 2;

ALTER TABLE programme ADD COLUMN retention_months INTEGER CHECK (retention_months > 0);

CREATE TABLE hold (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    programme INTEGER REFERENCES programme(key) ON DELETE CASCADE,
    casefile INTEGER REFERENCES casefile(key) ON DELETE CASCADE,
    person TEXT NOT NULL,
    at TEXT NOT NULL,
    salt BLOB NOT NULL,
    reason TEXT NOT NULL,
    released_at TEXT,
    CHECK ((programme IS NULL) <> (casefile IS NULL))
) STRICT;
CREATE INDEX hold_programme ON hold(programme);
CREATE INDEX hold_casefile ON hold(casefile);

CREATE TABLE deletion (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL,
    person TEXT NOT NULL,
    programme INTEGER NOT NULL REFERENCES programme(key),
    form INTEGER NOT NULL REFERENCES form(key),
    months INTEGER NOT NULL,
    day TEXT NOT NULL,
    submitted INTEGER NOT NULL,
    supported INTEGER NOT NULL,
    not_supported INTEGER NOT NULL,
    not_yet_read INTEGER NOT NULL,
    unfinished INTEGER NOT NULL,
    cases INTEGER NOT NULL,
    overridden INTEGER NOT NULL,
    unsafe INTEGER NOT NULL,
    moderated INTEGER NOT NULL,
    safety_answered INTEGER NOT NULL,
    finished_at TEXT
) STRICT;
CREATE INDEX deletion_programme ON deletion(programme);
CREATE INDEX deletion_form ON deletion(form);

CREATE TABLE deletion_tally (
    deletion INTEGER NOT NULL REFERENCES deletion(key) ON DELETE CASCADE,
    cohort TEXT NOT NULL,
    row TEXT NOT NULL,
    grade TEXT NOT NULL,
    audits INTEGER NOT NULL,
    PRIMARY KEY (deletion, cohort, row, grade)
) STRICT, WITHOUT ROWID;
"""
