"""Real workspaces for tests: made in a test's own folders, with a catalogue of the built-in forms."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3

from audit_app.core.fields import FieldKind, all_fields
from audit_app.core.form import Form
from audit_app.forms.catalogue import FormCatalogue
from audit_app.paths import resource_folder
from audit_app.services.session import Session
from audit_app.services.workspaces import Workspaces

PASSPHRASE = "Zoë's corrèct horse"
OWNER = "Ann Auditor"


def catalogue() -> FormCatalogue:
    """The built-in forms."""
    return FormCatalogue(resource_folder() / "forms", None)


def workspaces_in(app_folder: Path) -> Workspaces:
    """The way into workspaces, remembering in this folder."""
    return Workspaces(app_folder, catalogue())


@contextmanager
def new_session(folder: Path, name: str = "work") -> Iterator[Session]:
    """A new workspace in ``folder``, open for writing; the program's own folder lies beside it."""
    session = workspaces_in(folder / "app").create(folder / f"{name}.caseaudit", PASSPHRASE, OWNER)
    try:
        yield session
    finally:
        session.close()


def bare(path: Path, passphrase: str = PASSPHRASE) -> Any:
    """SQLCipher alone on a workspace's file, as any other program would open it."""
    conn = sqlcipher3.connect(str(path), isolation_level=None)
    quoted = passphrase.replace("'", "''")
    conn.execute(f"PRAGMA key = '{quoted}'")
    return conn


def fill_in(session: Session, audit_id: str, grade: str = "good") -> None:
    """Answer everything that is missing, so that the audit can be submitted."""
    form = session.audits.form_of(session.audits.get(audit_id))
    for domain in form.domains:
        standards = {f"{domain.id}.standard.{standard.id}": "met" for standard in domain.standards}
        session.grading.set_many(audit_id, standards)
        session.grading.set(audit_id, f"{domain.id}.grade", grade)
    session.grading.set(audit_id, "overall.grade", grade)
    session.grading.set(audit_id, "safe.now", "yes")
    for _ in range(5):
        for missing in session.grading.missing(audit_id):
            session.grading.set(audit_id, missing.key, _some_answer(form, missing.key))


def _some_answer(form: Form, key: str) -> str:
    field = all_fields(form)[key]
    if field.kind is FieldKind.CHOICE:
        return field.options[0].id
    return "2026-01-05" if field.kind is FieldKind.DATE else "written down"


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file in a folder with its bytes."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
