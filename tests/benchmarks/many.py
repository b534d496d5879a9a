"""Workspaces with many audits, made quickly and alike each time."""

import csv
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from audit_app.app import build_workspaces
from audit_app.core.programme import Programme
from audit_app.services.session import Session

PASSPHRASE = "benchmark passphrase"
DOMAINS = ("recording", "assessment", "planning", "voice", "outcomes", "oversight")
GRADES = ("Good", "Requires improvement", "Inadequate")
HEADINGS = ("case_reference", "cohort", "service", "team", "worker", "auditor", "audit_date", *DOMAINS)
AT_ONCE = 50_000


def rows(count: int, first: int = 0) -> Iterator[dict[str, str]]:
    """Audits as a sheet holds them; seeded, so that the same count gives the same rows."""
    chance = random.Random(first)
    for number in range(first, first + count):
        grades = dict(zip(DOMAINS, chance.choices(GRADES, (7, 3, 1), k=6), strict=True))
        yield {
            "case_reference": f"C-{number:07}",
            "cohort": f"Cohort {number % 4}",
            "service": f"Service {number % 5}",
            "team": f"Team {number % 40}",
            "worker": f"Worker {number % 400}",
            "auditor": f"Auditor {number % 85}",
            "audit_date": (date(2021, 1, 1) + timedelta(days=number % 1800)).isoformat(),
            **grades,
            "overall": chance.choices(GRADES, (6, 3, 1))[0],
            "findings_supported": chance.choice(("yes", "yes", "yes", "no", "")),
        }


def sheet(path: Path, count: int, first: int = 0) -> Path:
    """A CSV of that many audits."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, (*HEADINGS, "overall", "findings_supported"))
        writer.writeheader()
        writer.writerows(rows(count, first))
    return path


def workspace(folder: Path, count: int) -> Path:
    """A closed workspace with that many submitted audits in the programme ``Many``."""
    path = folder / f"many-{count}.caseaudit"
    session = build_workspaces().create(path, PASSPHRASE, "Lead")
    try:
        fill(session, folder, count)
    finally:
        session.close()
    return path


def fill(session: Session, folder: Path, count: int) -> Programme:
    """Import that many audits, some at a time."""
    for first in range(0, count, AT_ONCE):
        path = sheet(folder / "part.csv", min(AT_ONCE, count - first), first)
        session.importing.apply(session.importing.preview(path, "Many"))
        path.unlink()
    return session.programmes.by_title("Many")


def reopened(path: Path) -> Session:
    """The workspace open for writing."""
    return build_workspaces().open(path, PASSPHRASE)
