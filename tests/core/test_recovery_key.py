"""The recovery key as people write it down: read back however it looks, and every slip noticed and placed."""

import base64
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.core.errors import MistypedRecoveryKey
from audit_app.core.recovery_key import RecoveryKey

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
keys = st.builds(RecoveryKey, st.binary(min_size=32, max_size=32), st.binary(min_size=16, max_size=16))


def wrong_groups(text: str) -> tuple[int, ...]:
    """The groups that are named where a text is refused."""
    with pytest.raises(MistypedRecoveryKey) as caught:
        RecoveryKey.read(text)
    return caught.value.groups


def written(groups: list[str]) -> str:
    return " ".join(groups)


@given(keys)
def test_it_is_sixteen_groups_of_six_and_comes_back(key: RecoveryKey) -> None:
    groups = key.groups
    assert [len(group) for group in groups] == [6] * 16
    assert set("".join(groups)) <= set(LETTERS)
    assert RecoveryKey.read(written(list(groups))) == key
    assert " ".join(key.lines).split() == list(groups)


@given(keys, st.randoms(use_true_random=False))
def test_spaces_dashes_case_and_letters_that_look_alike_do_not_matter(
    key: RecoveryKey, chance: random.Random
) -> None:
    alike = {"0": "0Oo", "1": "1IiLl", "V": "VvUu"}
    typed = ""
    for letter in "".join(key.groups):
        typed += chance.choice(alike.get(letter, letter + letter.lower()))
        typed += chance.choice(["", "", "", " ", "-", "–", "\n", "  ", "_", "."])
    assert RecoveryKey.read(typed) == key


@given(keys)
def test_lines_that_begin_with_a_hash_are_left_out(key: RecoveryKey) -> None:
    text = "# Recovery key of “My audits”\n  # 5 May 2026\n\n" + "\r\n".join(key.lines) + "\n"
    assert RecoveryKey.read(text) == key


@given(keys, st.data())
def test_one_wrong_character_is_noticed_and_its_group_named(key: RecoveryKey, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, 95))
    right = "".join(key.groups)
    wrong = data.draw(st.sampled_from([*LETTERS, "é", "Ω"]).filter(lambda found: found != right[place]))
    typed = right[:place] + wrong + right[place + 1 :]
    grouped = [typed[at : at + 6] for at in range(0, 96, 6)]
    assert wrong_groups(written(grouped)) == (place // 6 + 1,)


@given(keys, st.integers(0, 94))
def test_two_neighbours_swapped_are_noticed_and_their_groups_named(key: RecoveryKey, place: int) -> None:
    typed = list("".join(key.groups))
    if typed[place] == typed[place + 1]:
        return
    typed[place], typed[place + 1] = typed[place + 1], typed[place]
    assert wrong_groups("".join(typed)) == tuple(sorted({place // 6 + 1, (place + 1) // 6 + 1}))


@given(keys, st.integers(0, 15), st.data())
def test_any_two_characters_of_a_group_swapped_are_noticed(
    key: RecoveryKey, group: int, data: st.DataObject
) -> None:
    one, other = data.draw(st.lists(st.integers(0, 5), min_size=2, max_size=2, unique=True))
    groups = [list(letters) for letters in key.groups]
    if groups[group][one] == groups[group][other]:
        return
    groups[group][one], groups[group][other] = groups[group][other], groups[group][one]
    assert wrong_groups(written(["".join(letters) for letters in groups])) == (group + 1,)


@given(keys, st.lists(st.integers(0, 15), min_size=2, max_size=2, unique=True))
def test_groups_in_each_others_place_are_noticed_and_both_named(key: RecoveryKey, places: list[int]) -> None:
    one, other = places
    groups = list(key.groups)
    groups[one], groups[other] = groups[other], groups[one]
    assert wrong_groups(written(groups)) == (min(places) + 1, max(places) + 1)


@given(keys, st.integers(0, 95))
def test_a_character_left_out_is_placed_in_its_group(key: RecoveryKey, place: int) -> None:
    typed = "".join(key.groups)
    typed = typed[:place] + typed[place + 1 :]
    in_groups = [list(group) for group in key.groups]
    del in_groups[place // 6][place % 6]
    assert wrong_groups(written(["".join(group) for group in in_groups])) == (place // 6 + 1,)
    (named,) = wrong_groups(typed)  # without groups to go by: where it is, or in rare cases just after
    assert named >= place // 6 + 1


@given(keys, st.integers(0, 15))
def test_a_group_left_out_or_written_twice_is_noticed(key: RecoveryKey, place: int) -> None:
    groups = list(key.groups)
    wrong_groups(written(groups[:place] + groups[place + 1 :]))
    wrong_groups(written([*groups[: place + 1], *groups[place:]]))


@given(keys, keys)
def test_halves_of_two_keys_are_no_key(one: RecoveryKey, other: RecoveryKey) -> None:
    groups = [*one.groups[:8], *other.groups[8:]]
    if groups not in (list(one.groups), list(other.groups)):
        assert wrong_groups(written(groups)) == ()  # each group is right; the whole is not


@given(st.text())
def test_any_other_text_is_refused_in_words_that_do_not_repeat_it(text: str) -> None:
    with pytest.raises(MistypedRecoveryKey) as caught:
        RecoveryKey.read(text)
    assert caught.value.sentence.endswith(".")
    assert len(text) < 12 or text not in caught.value.sentence


def test_what_is_missing_is_said() -> None:
    groups = RecoveryKey(bytes(range(32)), bytes(range(16))).groups
    with pytest.raises(MistypedRecoveryKey, match="The end is missing"):
        RecoveryKey.read(written(list(groups[:4])))
    with pytest.raises(MistypedRecoveryKey, match="Something follows its end"):
        RecoveryKey.read(written([*groups, "AB"]))
    with pytest.raises(MistypedRecoveryKey, match="Type the recovery key"):
        RecoveryKey.read("  \n")


def test_a_key_written_once_is_read_for_ever() -> None:
    """A key on somebody's paper: what it stands for may never change."""
    key = RecoveryKey(bytes(range(32)), bytes(range(100, 116)))
    assert key.lines == (
        "000G4S 0R40M5 30E20Y 9185GZ",
        "R38E19 W81244 GK2GAZ HC5RRP",
        "34D1PD 70X3RP FP8SB7 6CXM6R",
        "JTKBDV HPPWVJ VGE5S0 76JX1V",
    )


@given(keys)
def test_it_holds_the_key_and_salt_in_plain_base_32_and_check_digits_in_the_field_of_32(
    key: RecoveryKey,
) -> None:
    """Read by another way: Python's own base 32, and powers and logarithms of 2 for the field."""
    groups = key.groups
    standard = str.maketrans(LETTERS, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    letters = "".join(group[:5] for group in groups).translate(standard)
    assert base64.b32decode(letters)[:48] == key.key + key.salt
    powers = [1]
    for _ in range(30):
        doubled = powers[-1] * 2
        powers.append(doubled ^ 37 if doubled > 31 else doubled)
    for number, group in enumerate(groups):
        total = LETTERS.index(group[5])
        for place, letter in enumerate(group[:5], start=1):
            value = LETTERS.index(letter)
            total ^= powers[(powers.index(value) + place) % 31] if value else 0
        assert total == number


def test_it_is_not_shown() -> None:
    key = RecoveryKey(b"k" * 32, b"s" * 16)
    shown = f"{key} {key!r} {[key]}"
    assert "kkkk" not in shown
    assert key.groups[0] not in shown
