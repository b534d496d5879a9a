"""The documents say what is there: links lead somewhere; rooms, keys, commands and tables are named."""

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
import sqlcipher3
from click import Command
from PySide6.QtGui import QKeySequence
from sqlite_utils import Database

from audit_app.cli import commands
from audit_app.core import form
from audit_app.storage.migrations import migrations
from audit_app.ui.dialogs.shortcuts import GROUPS

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
OPTION = re.compile(r"--[a-z][a-z-]+")
LARGEST_PICTURE, LARGEST_FOLDER = 150_000, 800_000  # bytes
SECTIONS = (
    *(form.Form, form.GradeScale, form.Grade, form.OverallRule, form.Limit, form.Asks, form.Requires),
    *(form.Domain, form.Standard, form.CaseQuestion),
)


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def anchor(heading: str) -> str:
    """The name under which a heading can be linked to."""
    kept = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return kept.replace(" ", "-")


def anchors(path: Path) -> set[str]:
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return {anchor(line.lstrip("#")) for line in text.splitlines() if line.startswith("#")}


def dead_links(document: Path, text: str) -> Iterator[str]:
    """The links of a document that lead nowhere; what is on the web is not looked at."""
    for target in LINK.findall(text):
        if "://" in target:
            continue
        name, _, heading = target.partition("#")
        found = (document.parent / unquote(name)).resolve() if name else document
        if not found.exists() or not found.is_relative_to(ROOT):
            yield f"{target}: there is no such file"
        elif heading and heading not in anchors(found):
            yield f"{target}: there is no such heading"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    assert not list(dead_links(document, document.read_text(encoding="utf-8")))


def test_a_dead_link_is_found() -> None:
    planted = "[a](docs/nothing.md) ![b](docs/images/nothing.png) [c](#nothing) [d](docs/manual.md#nothing)"
    assert len(list(dead_links(ROOT / "README.md", planted))) == 4


def rooms_described() -> set[str]:
    """The folders in the tree of the architecture page, each with those it is indented under."""
    tree = read("docs/architecture.md").partition("```\n")[2].partition("```")[0]
    found: set[str] = set()
    above: list[str] = []
    for line in tree.splitlines():
        depth = (len(line) - len(line.lstrip())) // 2
        names = re.split(r"\s{2,}", line.strip())[0].rstrip("/").split("/ ")
        above[depth:] = [names[-1]]
        found |= {"/".join([*above[:depth], name]) for name in names}
    return found


def rooms_there() -> set[str]:
    """The folders that hold anything: all of the program's, two levels of the others."""
    found = set()
    for top in ("audit_app", "resources", "tests", "docs"):
        for path in (ROOT / top).rglob("*"):
            parts = path.parent.relative_to(ROOT).parts
            if path.is_file() and "__pycache__" not in parts:
                found.add("/".join(parts if top == "audit_app" else parts[:2]))
    return found | {path.split("/")[0] for path in found}


def test_the_architecture_page_has_every_room() -> None:
    assert rooms_described() == rooms_there()


def test_the_architecture_page_lists_every_decision() -> None:
    listed = set(re.findall(r"\]\((decisions/[^)]+)\)", read("docs/architecture.md")))
    assert listed == {f"decisions/{path.name}" for path in (ROOT / "docs" / "decisions").iterdir()}


def shown(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText).replace("Return", "Enter")


def test_the_manual_has_every_key() -> None:
    keys = [shown(key) for _, rows in GROUPS for row in rows for key in row[0]]
    manual = read("docs/manual.md")
    cells = re.findall(r"^\| ([^|]+) \|", manual, re.MULTILINE)
    named = {key for cell in cells for key in re.split(r", | … | or ", cell)}
    assert not [key for key in keys if key not in named]


def all_commands() -> dict[str, Command]:
    return dict(commands.commands)


def test_the_manual_has_every_command() -> None:
    manual = read("docs/manual.md")
    missing = [name for name in all_commands() if f"audit-app {name}" not in manual and name != "demo"]
    assert not missing


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_options_that_are_written_down_exist(document: Path) -> None:
    """Each ``audit-app COMMAND`` in a document names a command, and its options are that command's."""
    for line in re.findall(
        r"(?:`|bin/|^)audit-app ([^`\n]+)", document.read_text(encoding="utf-8"), re.MULTILINE
    ):
        name = line.split()[0]
        if not re.fullmatch(r"[a-z][a-z-]+", name):
            continue
        assert name in all_commands(), name
        known = {option for parameter in all_commands()[name].params for option in parameter.opts}
        assert set(OPTION.findall(line)) <= known, line


def test_every_key_of_a_form_is_described() -> None:
    page = read("docs/file-formats.md").partition("## Forms")[2].partition("\n## ")[0]
    fields = {each.name for section in SECTIONS for each in dataclasses.fields(section)} - {"content_hash"}
    assert not [name for name in fields if not re.search(rf"[`.\[(]{name}[`\].,]", page)]


def test_every_table_of_a_workspace_is_described() -> None:
    db = Database(sqlcipher3.connect(":memory:"), execute_plugins=False)
    migrations.apply(db)
    names = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()}
    of_sqlite = {name for name in names if name.startswith(("sqlite_", "text_index_"))}
    page = read("docs/file-formats.md")
    assert not [name for name in names - of_sqlite if f"`{name}`" not in page]


def test_pictures_are_small_and_used() -> None:
    pictures = list((ROOT / "docs" / "images").iterdir())
    sizes = [picture.stat().st_size for picture in pictures]
    assert max(sizes) <= LARGEST_PICTURE
    assert sum(sizes) <= LARGEST_FOLDER
    every = "".join(document.read_text(encoding="utf-8") for document in DOCUMENTS)
    assert not [picture.name for picture in pictures if f"images/{picture.name})" not in every]
