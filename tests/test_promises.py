"""Every promise names tests that are there, and says where it ends."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
PROMISES = (TESTS.parent / "docs" / "promises.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`([\w/]+\.py)::(\w+)`")


@cache
def names_in(path: Path) -> frozenset[str]:
    """The names of the tests in a file; none where there is no file."""
    if not path.exists():
        return frozenset()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def sections(text: str) -> dict[str, str]:
    """Each promise with what is written of it."""
    parts = re.split(r"^### (.+)$", text, flags=re.MULTILINE)[1:]
    return {
        title: re.split(r"^## ", body, flags=re.MULTILINE)[0]
        for title, body in zip(parts[::2], parts[1::2], strict=True)
    }


def flaws(text: str) -> Iterator[str]:
    """What a promise lacks."""
    for title, body in sections(text).items():
        named = NAMED.findall(body)
        if not named:
            yield f"{title}: no test proves it"
        if "\n- Limits: " not in body:
            yield f"{title}: it does not say where it ends"
        for path, name in named:
            if not name.startswith("test_") or name not in names_in(TESTS / path):
                yield f"{title}: there is no {path}::{name}"


def test_every_promise_is_proved_by_tests_that_are_there() -> None:
    assert len(sections(PROMISES)) > 15
    assert list(flaws(PROMISES)) == []


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("### A\nYes.\n- Proved by nothing.\n- Limits: none.\n", "no test proves it"),
        ("### A\n- Proved by `test_promises.py::test_gone`.\n- Limits: none.\n", "there is no"),
        ("### A\n- Proved by `gone/test_x.py::test_x`.\n- Limits: none.\n", "there is no"),
        (f"### A\n- Proved by `test_promises.py::{flaws.__name__}`.\n- Limits: none.\n", "there is no"),
        (
            "### A\n- Proved by `test_promises.py::test_every_promise_is_proved_by_tests_that_are_there`.\n",
            "does not say where it ends",
        ),
    ],
)
def test_a_promise_without_proof_or_limits_is_found(planted: str, found: str) -> None:
    (flaw,) = flaws(planted)
    assert found in flaw
