"""Finding what was written, wherever it was written and however it is typed."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workspace_builders import new_session

from audit_app.core.folding import folded, snippet, words_of
from audit_app.services.session import Session


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Two audits with some text."""
    with new_session(tmp_path_factory.mktemp("search")) as found:
        first, _ = found.audits.start("LA/2026/014")
        found.grading.set_many(
            first,
            {
                "voice.evidence": "Said at the café: “I don't feel safe”, twice",
                "case.worker": "Łukasz Müller",
                "case.team": "North team",
                "safe.told": "the duty manager",
                "planning.grade": "good",
            },
        )
        second, _ = found.audits.start("LA/2026/015")
        found.grading.set(
            second, "recording.evidence", "Nothing about feelings " + "and more " * 200 + "needle here"
        )
        found.grading.set(second, "case.team", "South team")
        yield found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("cafe", [("014", "Voice: Evidence")]),
        ("CAFÉ safe", [("014", "Voice: Evidence")]),
        ("feel", [("014", "Voice: Evidence"), ("015", "Case recording: Evidence")]),
        ("don't", [("014", "Voice: Evidence")]),
        ("eel", []),
        ("muller", [("014", "Worker")]),
        ("team", [("015", "Team"), ("014", "Team")]),
        ("duty man", [("014", "Who was told?")]),
        ("014", [("014", "Case reference")]),
        ("la/2026", [("015", "Case reference"), ("014", "Case reference")]),
        ("needle", [("015", "Case recording: Evidence")]),
        ("needle café", []),
        ("", []),
        ("  “ ” * ", []),
        ('" OR value:x NEAR(', []),
        ("%", []),
        ("_", []),
    ],
)
def test_words_are_found_where_they_begin(session: Session, text: str, found: list[tuple[str, str]]) -> None:
    hits = session.search.find(text)
    assert [(hit.reference[-3:], hit.field_label) for hit in hits] == found


def test_a_hit_says_where_to_go_and_shows_the_words(session: Session) -> None:
    [hit] = session.search.find("needle")
    assert (hit.field_key, hit.state, hit.programme) == ("recording.evidence", "draft", "My audits")
    assert hit.snippet.startswith("…")
    assert "needle here" in hit.snippet
    assert len(hit.snippet) < 160
    assert session.search.find("014")[0].field_key == ""


def test_no_more_than_asked_for(session: Session) -> None:
    assert len(session.search.find("team", limit=1)) == 1


def test_changed_and_cleared_text_is_found_no_more(session: Session) -> None:
    audit, _ = session.audits.start("LA/2026/016")
    session.grading.set(audit, "voice.evidence", "zebra")
    assert len(session.search.find("zebra")) == 1
    session.grading.set(audit, "voice.evidence", "yak")
    assert session.search.find("zebra") == ()
    session.audits.delete_draft(audit)
    assert session.search.find("yak") == ()
    assert session.search.find("016") == ()


@given(st.text(max_size=60))
def test_anything_can_be_searched_for(session: Session, text: str) -> None:
    session.search.find(text)


@given(st.text(max_size=400), st.text(min_size=1, max_size=5))
def test_a_snippet_is_one_short_line_of_the_text(text: str, word: str) -> None:
    shown = snippet(text, words_of(word) or ("x",))
    assert "\n" not in shown
    assert len(shown) <= 190


@given(st.text())
def test_folding_keeps_every_position(text: str) -> None:
    import unicodedata

    assert len(folded(text)) == len(unicodedata.normalize("NFC", text))
