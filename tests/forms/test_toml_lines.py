"""The line of every key is where a writer put it, whatever stands in between."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_app.forms.toml_lines import KeyPath, key_lines, line_of

FOLDER = Path(__file__).parents[2] / "resources" / "forms"


def paths(value: object, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Every path into what tomllib read."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inside:
        yield (*path, key)
        yield from paths(each, (*path, key))


@pytest.mark.parametrize("form_id", ["six-domains-3", "six-domains-4", "dip-sample"])
def test_every_key_of_a_form_is_on_the_line_it_is_said_to_be_on(form_id: str) -> None:
    text = (FOLDER / f"{form_id}.toml").read_text(encoding="utf-8")
    lines = text.split("\n")
    found = key_lines(text)
    expected = set(paths(tomllib.loads(text)))
    assert set(found) == expected
    for path in expected:
        if isinstance(path[-1], str):
            assert path[-1] in lines[found[path] - 1], path


@dataclass
class Writer:
    """Writes a file and notes where it put each thing; shares nothing with the reader."""

    text: str = ""
    noted: dict[KeyPath, int] = field(default_factory=dict)

    def put(self, text: str) -> None:
        self.text += text

    def note(self, path: KeyPath) -> None:
        self.noted[path] = self.text.count("\n") + 1


SIMPLE = st.sampled_from(
    [
        "1",
        "-2.5e3",
        "inf",
        "true",
        "2019-10-07",
        "2019-10-07 14:20:00",
        '""',
        "''",
        '"# not a comment"',
        '"a \\" b ] }"',
        '"\\\\"',
        "'c:\\'",
        "'[x] = \"'",
        '""""quoted" and\n\n# still text\n[not.a.table]\nk = 1\n"""',
        '"""ends with two"""""',
        '"""\\\n  joined\\\\"""',
        "'''one\n'quoted'\n\"\"\"\n'''",
        "''''start and end'''''",
        '""""""',
        "''''''",
    ]
)
KEYS = st.sampled_from(["a", "b-1", "3", '"a.b"', '"# x"', "'q \"'", '"\\u00e9"', '"\\""', '""', "c_d"])
PLAIN = {'"a.b"': "a.b", '"# x"': "# x", "'q \"'": 'q "', '"\\u00e9"': "é", '"\\""': '"', '""': ""}
GAPS = st.sampled_from(["", " ", "\t", "  "])
LINE_ENDS = st.sampled_from(["\n", "\n\n", " # a ] comment\n", "\n# [x]\n\n"])


def write_value(writer: Writer, draw: st.DrawFn, path: KeyPath, depth: int) -> None:
    kind = draw(st.sampled_from(["simple", "list", "table"] if depth < 3 else ["simple"]))
    if kind == "simple":
        writer.put(draw(SIMPLE))
    elif kind == "list":
        writer.put("[")
        for index in range(draw(st.integers(0, 3))):
            writer.put(draw(st.one_of(LINE_ENDS, GAPS)))
            writer.note((*path, index))
            write_value(writer, draw, (*path, index), depth + 1)
            writer.put(draw(GAPS) + "," + draw(GAPS))
        writer.put(draw(st.one_of(LINE_ENDS, GAPS)) + "]")
    else:
        writer.put("{")
        for position, key in enumerate(draw(st.lists(KEYS, max_size=3, unique_by=plain))):
            writer.put(", " if position else draw(GAPS))
            write_pair(writer, draw, path, key, depth + 1)
        writer.put(draw(GAPS) + "}")


def plain(key: str) -> str:
    return PLAIN.get(key, key)


def write_pair(writer: Writer, draw: st.DrawFn, table: KeyPath, key: str, depth: int) -> None:
    path: KeyPath = (*table, plain(key))
    writer.note(path)
    writer.put(key)
    for part in draw(st.lists(KEYS, max_size=2)):
        writer.put(f"{draw(GAPS)}.{draw(GAPS)}{part}")
        path = (*path, plain(part))
        writer.note(path)
    writer.put(draw(GAPS) + "=" + draw(GAPS))
    write_value(writer, draw, path, depth)


@st.composite
def files(draw: st.DrawFn) -> Writer:
    writer = Writer()
    counts: dict[str, int] = {}
    tables: list[KeyPath] = [()]
    for number in range(draw(st.integers(0, 5))):
        for key in draw(st.lists(KEYS, max_size=3, unique_by=plain)):
            writer.put(draw(GAPS))
            write_pair(writer, draw, tables[-1], key, 0)
            writer.put(draw(LINE_ENDS))
        if draw(st.booleans()):
            name = draw(st.sampled_from(["list", "rows"]))
            index = counts.get(name, 0)
            counts[name] = index + 1
            if index == 0:
                writer.note((name,))
            writer.note((name, index))
            writer.put(f"[[{draw(GAPS)}{name}{draw(GAPS)}]]{draw(LINE_ENDS)}")
            tables.append((name, index))
        elif counts and draw(st.booleans()):
            name = sorted(counts)[0]
            path: KeyPath = (name, counts[name] - 1, f"sub{number}")
            writer.note(path)
            writer.put(f"[{name} . sub{number}]{draw(LINE_ENDS)}")
            tables.append(path)
        else:
            writer.note((f"table{number}",))
            writer.note((f"table{number}", "in # it"))
            writer.put(f'[table{number}."in # it"]{draw(LINE_ENDS)}')
            tables.append((f"table{number}", "in # it"))
    return writer


@settings(max_examples=300, deadline=None)
@given(files())
def test_lines_are_where_a_writer_put_them(writer: Writer) -> None:
    data = tomllib.loads(writer.text)
    assert set(writer.noted) == set(paths(data))
    assert key_lines(writer.text) == writer.noted


def test_a_thing_that_is_not_there_is_on_the_line_of_what_is_around_it() -> None:
    lines = key_lines('x = 1\n\n[a]\nb = [\n  "c",\n]\n')
    assert line_of(lines, ("a", "b", 0)) == 5
    assert line_of(lines, ("a", "b", 7)) == 4
    assert line_of(lines, ("a", "z")) == 3
    assert line_of(lines, ("nothing",)) == 1
