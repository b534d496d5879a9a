"""Where undo stops within a text that is being typed."""

from hypothesis import given
from hypothesis import strategies as st

from audit_app.ui.grading.typing_steps import AT_ONCE, LETTERS, PAUSE, TypingSteps


def typed(steps: TypingSteps, text: str, before: str = "", at: float = 0.0) -> str:
    """Type a text letter by letter, without a pause."""
    for letter in text:
        steps.note("k", before, before + letter, at)
        before += letter
    return before


def test_a_few_words_are_one_step() -> None:
    steps = TypingSteps()
    text = typed(steps, "Seen at home")
    assert steps.back(text) == ""
    assert steps.back("") is None
    assert steps.forward("") == "Seen at home"
    assert steps.forward("Seen at home") is None


def test_a_long_text_has_a_step_at_the_end_of_a_word_every_line_or_so() -> None:
    steps = TypingSteps()
    text = typed(steps, "words " * 40)
    stops = []
    while (before := steps.back(text)) is not None:
        stops.append(len(text) - len(before))
        text = before
        assert text == "" or text.endswith(" ")
    assert max(stops) <= LETTERS + len("words ")
    assert len(stops) >= 3


def test_a_pause_a_paste_and_turning_to_deleting_each_begin_a_step() -> None:
    steps = TypingSteps()
    typed(steps, "Seen")
    typed(steps, " twice", "Seen", PAUSE)
    steps.note("k", "Seen twice", "Seen twice" + "x" * AT_ONCE, PAUSE)
    pasted = "Seen twice" + "x" * AT_ONCE
    steps.note("k", pasted, pasted[:-1], PAUSE)
    assert steps.back(pasted[:-1]) == pasted
    assert steps.back(pasted) == "Seen twice"
    assert steps.back("Seen twice") == "Seen"
    assert steps.back("Seen") == ""


def test_another_field_begins_anew() -> None:
    steps = TypingSteps()
    typed(steps, "Seen")
    steps.note("other", "", "x", 0.0)
    assert steps.key == "other"
    assert steps.back("x") == ""
    assert steps.back("") is None


@given(st.lists(st.tuples(st.text(max_size=40), st.floats(0, 5)), min_size=1, max_size=30))
def test_going_all_the_way_back_and_forward_loses_nothing(edits: list[tuple[str, float]]) -> None:
    steps, now, clock = TypingSteps(), "", 0.0
    for text, wait in edits:
        clock += wait
        if text != now:
            steps.note("k", now, text, clock)
            now = text
    end = now
    while (text := steps.back(now)) is not None:
        now = text
    assert now == ""
    while (text := steps.forward(now)) is not None:
        now = text
    assert now == end
