"""A broken form is refused with the line and the mend, and nothing but a FormError ever comes out."""

import hashlib
import re
from pathlib import Path

import pytest
from form_breaks import BREAKS, FULL, SHORT, VISITS, a_section
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit_app.core.errors import FormError
from audit_app.forms.loader import MAX_BYTES, load_form, load_form_file


def broken(old: str, new: str, text: str = FULL) -> str:
    """The form with its first ``old`` replaced."""
    assert old in text
    return text.replace(old, new, 1)


def line_with(text: str, words: str, nth: int = 1) -> int:
    """The line, from 1, of the nth line that holds these words."""
    lines = [number for number, line in enumerate(text.split("\n"), start=1) if words in line]
    return lines[nth - 1]


def refusal(text: str) -> list[str]:
    """The lines of the refusal after its heading."""
    with pytest.raises(FormError) as caught:
        load_form(text, "ours.toml")
    heading, *listed = caught.value.sentence.split("\n")
    assert heading == "The form “ours.toml” cannot be used until this is mended:"
    return listed


VOICE = a_section(FULL, "[[domains]]", 'id = "voice"')


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_form_is_refused_with_its_line_and_mend(name: str) -> None:
    old, new, marker, words = BREAKS[name]
    text = broken(old, new)
    line = line_with(text, *(marker if isinstance(marker, tuple) else (marker,)))
    assert any(each.startswith(f"line {line}: ") and words in each for each in refusal(text)), refusal(text)


def test_domains_in_another_order_are_refused() -> None:
    voice = FULL[FULL.index('[[domains]]\nid = "voice"') : FULL.index('[[domains]]\nid = "outcomes"')]
    text = FULL.replace(voice, "").replace(
        '[[domains]]\nid = "recording"', f'{voice}[[domains]]\nid = "recording"'
    )
    order = "recording, assessment, planning, voice, outcomes, oversight"
    line = line_with(text, 'id = "recording"')
    assert refusal(text) == [f"line {line}: “recording” is out of order; the domains come as {order}"]


def test_a_domain_without_standards_is_refused() -> None:
    domain = VOICE + "\n\n"
    start = FULL.index(domain) + len(domain)
    end = FULL.index("[domains.descriptors]", start)
    text = FULL[:start] + FULL[end:]
    line = line_with(text, 'id = "voice"') - 1
    assert refusal(text) == [f"line {line}: “standards” is missing here; add [[domains.standards]] sections"]
    text = text.replace('id = "voice"\n', 'id = "voice"\nstandards = []\n')
    line = line_with(text, "standards = []")
    assert refusal(text) == [f"line {line}: “voice” has no standards; add [[domains.standards]] sections"]


def test_too_many_standards_are_refused() -> None:
    extra = "".join(f'[[domains.standards]]\nid = "x{n}"\ntext = "One more"\n\n' for n in range(11))
    text = broken("[domains.descriptors]", f"{extra}[domains.descriptors]")
    assert any("“recording” has 21 standards; 20 is the most" in each for each in refusal(text))


def test_every_problem_is_listed_once_in_the_order_of_the_file() -> None:
    text = broken("version = 1", 'version = "1"')
    text = broken(VISITS, 'txetxt = "Visits are written up in time', text)
    text = broken('id = "planning"', 'id = "planing"', text)
    text = broken('"safe.told" =', '"safe.tol" =', text)
    text = broken('inadequate = "Life is no better', 'inadequat = "Life is no better', text)
    listed = refusal(text)
    assert [re.sub(r"^line \d+: ", "", each) for each in listed] == [
        "“version” must be a whole number, without quotation marks",
        "“txetxt” is not a key here; did you mean “text”?",
        "“planing” is not one of the six domains; did you mean “planning”?",
        "“inadequat” is not a grade of this scale; did you mean “inadequate”?",
        "“safe.tol” is not a field of this form; did you mean “safe.told”?",
    ]
    numbers = [int(re.findall(r"\d+", each)[0]) for each in listed]
    assert numbers == sorted(numbers)


def test_one_mistake_in_the_scale_is_not_reported_for_every_descriptor() -> None:
    text = broken('id = "requires_improvement"', 'idd = "requires_improvement"')
    assert refusal(text) == [f"line {line_with(text, 'idd =')}: “idd” is not a key here; did you mean “id”?"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('texts = ["evidence", ', 'texts = ["evidense", ', "did you mean “evidence”?"),
        ('texts = ["evidence", "strengths", "development"]', "texts = 3", "“texts” must be a list"),
        ("[asks]", "[ask]", "did you mean “asks”?"),
    ],
)
def test_one_mistake_in_what_is_asked_is_not_reported_for_every_prompt(
    old: str, new: str, words: str
) -> None:
    (listed,) = refusal(broken(old, new))
    assert words in listed


def test_a_long_list_of_problems_is_cut_and_counted() -> None:
    listed = refusal("\n".join(f"a{number} = 1" for number in range(200)))
    assert len(listed) == 41
    assert re.fullmatch(r"and \d+ more", listed[-1])


def test_an_empty_file_says_what_is_missing() -> None:
    assert 'line 1: “id” is missing here; add: id = "…"' in refusal("")


def test_line_endings_and_a_byte_order_mark_do_not_change_the_hash(tmp_path: Path) -> None:
    windows = tmp_path / "windows.toml"
    windows.write_bytes(b"\xef\xbb\xbf" + SHORT.replace("\n", "\r\n").encode())
    form = load_form_file(windows)
    assert form == load_form(SHORT, "as it is")
    assert form.content_hash == hashlib.sha256(SHORT.encode()).hexdigest()


def test_a_changed_word_changes_the_hash() -> None:
    other = load_form(broken("Allow about 40", "Allow about 45", SHORT), "other")
    assert other.content_hash != load_form(SHORT, "as it is").content_hash


def test_lines_are_right_with_windows_line_endings() -> None:
    text = broken(VISITS, 'txetxt = "Visits are written up in time')
    assert refusal(text.replace("\n", "\r\n")) == refusal(text)


def test_a_file_in_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_bytes(b'id = "x"\ntitle = "It\x92s ours"\n')
    with pytest.raises(
        FormError, match=r"“ours.toml”(?s:.)*line 2: this is not in UTF-8; save the file again"
    ):
        load_form_file(path)


def test_a_file_that_is_not_there_or_not_a_file_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    for name in ("gone.toml", "folder.toml"):
        with pytest.raises(FormError, match=f"The form “{name}” cannot be read: ") as caught:
            load_form_file(tmp_path / name)
        assert str(tmp_path) not in caught.value.sentence


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "huge.toml"
    path.write_bytes(SHORT.encode() + b"#" * MAX_BYTES)
    with pytest.raises(FormError, match="it is longer than 256 kB"):
        load_form_file(path)


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 100_000,
        "a = " + "{a = " * 50_000,
        ".".join("a" * 100_000) + " = 1",
        "[" + " . ".join("a" * 50_000) + "]",
        "version = " + "9" * 100_000,
        'id = "\ud800"',
        "\0",
        "a = 2019-02-30",
    ],
    ids=[
        "lists",
        "tables",
        "dotted key",
        "dotted heading",
        "digits",
        "half a character",
        "zero byte",
        "no such day",
    ],
)
def test_a_hostile_file_is_refused_like_any_other(text: str) -> None:
    with pytest.raises(FormError):
        load_form(text, "ours.toml")


LINES = FULL.split("\n")
CHARACTERS = st.characters(codec=None) | st.sampled_from("\"'[]{}=.,#\\\n\r\t\0\ud800")


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A form that a few careless edits have gone through."""
    text = draw(st.sampled_from([FULL, SHORT]))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, max(len(text) - 2, 0)))
        kind = draw(
            st.sampled_from(["delete line", "repeat line", "swap", "insert", "cut", "move", "other value"])
        )
        lines = text.split("\n")
        number = at % len(lines)
        if kind == "delete line":
            text = "\n".join(lines[:number] + lines[number + 1 :])
        elif kind == "repeat line":
            text = "\n".join([*lines[: number + 1], *lines[number:]])
        elif kind == "swap":
            text = text[:at] + text[at : at + 2][::-1] + text[at + 2 :]
        elif kind == "insert":
            text = text[:at] + draw(st.text(CHARACTERS, min_size=1, max_size=3)) + text[at:]
        elif kind == "cut":
            text = text[:at]
        elif kind == "move":
            to = draw(st.integers(0, len(lines) - 1))
            lines.insert(to, lines.pop(number))
            text = "\n".join(lines)
        else:
            value = draw(
                st.sampled_from(['"x"', "1", "true", "[]", "{}", "1.5", "2019-10-07", "[{}]", '["x"]', "inf"])
            )
            lines[number] = re.sub(r"=.*", lambda _: f"= {value}", lines[number])  # noqa: B023
            text = "\n".join(lines)
    return text


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated())
def test_a_form_edited_at_random_loads_or_is_refused_with_lines_of_its_own(text: str) -> None:
    try:
        form = load_form(text, "ours.toml")
    except FormError as error:
        count = text.count("\n") + 1
        for listed in error.sentence.split("\n")[1:]:
            found = re.match(r"line (\d+): \S", listed)
            assert found or listed.startswith("and "), listed
            assert found is None or 1 <= int(found[1]) <= count, listed
    else:
        assert form.domains[0].id == "recording"
        assert all(set(domain.descriptors) == set(form.scale.ids) for domain in form.domains)


@settings(max_examples=200, deadline=None)
@given(st.text(CHARACTERS, max_size=60))
def test_any_text_at_all_is_refused_as_a_form(text: str) -> None:
    with pytest.raises(FormError):
        load_form(text, "ours.toml")
