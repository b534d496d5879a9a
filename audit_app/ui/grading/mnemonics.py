"""Gives the labels of a step a letter each for the Alt key, so that every field can be reached at once."""

from collections.abc import Iterable

# The letters of the menus, which are there on every screen.
MENU_LETTERS = "fevh"


def with_mnemonics(labels: Iterable[str], taken: str = MENU_LETTERS) -> list[str]:
    """The labels, each with "&" before a letter that no other has: its first where that is free.

    Where a label finds no letter it goes without, and is reached with Tab.
    """
    used = set(taken.casefold())
    return [_marked(label, used) for label in labels]


def _marked(label: str, used: set[str]) -> str:
    words = label.replace("&", "&&")
    starts = [0, *(at + 1 for at, letter in enumerate(words) if letter == " ")]
    for at in [*starts, *range(len(words))]:
        letter = words[at : at + 1].casefold()
        if letter.isascii() and letter.isalpha() and letter not in used:
            used.add(letter)
            return f"{words[:at]}&{words[at:]}"
    return words
