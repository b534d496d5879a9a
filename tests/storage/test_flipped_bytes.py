"""A flipped byte is noticed wherever it is, by passphrase and by raw key, and called what it is."""

import random

import byte_flips
import pytest
from byte_flips import PAGE, SALT, Whole


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    """A closed workspace; each test leaves its bytes as they were."""
    return byte_flips.make_whole(tmp_path_factory.mktemp("flipped"))


def test_the_file_is_large_enough_to_be_flipped_everywhere(whole: Whole) -> None:
    assert len(whole.content) > 50 * PAGE
    assert [byte_flips.named(whole, secret) for secret in whole.secrets] == ["not noticed"] * 2


def test_a_flipped_byte_of_the_salt_is_called_a_damaged_start(whole: Whole) -> None:
    assert byte_flips.wrongly_named(whole, range(SALT), random.Random()) == []


def test_a_flipped_byte_of_the_first_page_is_called_damage_and_not_a_wrong_passphrase(whole: Whole) -> None:
    chance = random.Random()
    places = [SALT, PAGE - 1, *chance.sample(range(SALT, PAGE), 46)]
    assert byte_flips.wrongly_named(whole, places, chance) == []


def test_a_flipped_byte_elsewhere_is_a_damaged_page(whole: Whole) -> None:
    chance = random.Random()
    places = [PAGE, len(whole.content) - 1, *chance.sample(range(PAGE, len(whole.content)), 98)]
    assert byte_flips.wrongly_named(whole, places, chance) == []


def test_what_is_not_noticed_is_said(whole: Whole, monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted fault: a check that sees no damaged page, and a file that nothing is known of."""
    monkeypatch.setattr("audit_app.storage.checks.damaged_pages", lambda _: 0)
    place = len(whole.content) - 1
    said = byte_flips.wrongly_named(whole, [place], random.Random(1))
    assert [line.partition(":")[2] for line in said] == [" not noticed"] * 2
    monkeypatch.setattr("audit_app.storage.witness.Witnesses.all", lambda _: ())
    said = byte_flips.wrongly_named(whole, [0], random.Random(1))
    assert [line.partition(": ")[0] for line in said] == ["byte 0 by str"]  # the raw key knows the salt
