"""How hard a passphrase is to guess: a small estimate of our own, by length, variety and well-known words."""

import re
from dataclasses import dataclass
from math import log2

_BITS_OF_A_WORD = 12.0  # a word picked from some 4,000
_BITS_OF_A_COMMON_WORD = 3.0
_SCORES = (26.0, 36.0, 50.0, 64.0)  # below the first 0, from the last on 4
_SENTENCES = (
    "Very weak: it would be guessed at once. Use three or more unrelated words.",
    "Weak: add another word or two.",
    "Fair: another word would make it good.",
    "Good.",
    "Strong.",
)
_COMMON_WORDS = """
password passphrase passwort letmein welcome admin administrator login qwerty qwertyuiop azerty abc
monkey dragon football liverpool arsenal chelsea everton rangers celtic summer winter spring autumn
monday friday sunshine princess iloveyou love baby master shadow superman batman charlie thomas
daniel george jessica secret changeme london manchester england britain council social worker
children audit case file work office home test hello
"""
_COMMON = frozenset(_COMMON_WORDS.split())
_PARTS = re.compile(r"[^\W\d_]+|\d+|[\W_]")
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "0123456789")


@dataclass(frozen=True, slots=True)
class Strength:
    """``score`` from 0 (guessed at once) to 4 (strong), and a sentence that says what to do about it."""

    score: int
    sentence: str


def strength_of(passphrase: str) -> Strength:
    """An estimate for a hint while typing; it refuses nothing."""
    parts = _PARTS.findall(passphrase.casefold())
    seen: set[str] = set()
    bits = 0.0
    for part in parts:
        bits += 1.0 if part in seen else _bits(part)
        seen.add(part)
    if passphrase != passphrase.casefold() and passphrase != passphrase.upper():
        bits += 2.0
    score = sum(bits >= limit for limit in _SCORES)
    return Strength(score, _SENTENCES[score])


def _bits(part: str) -> float:
    if part in _COMMON:
        return _BITS_OF_A_COMMON_WORD
    if len(part) > 2 and (len(set(part)) <= 2 or any(part in row or part in row[::-1] for row in _ROWS)):
        return 4.0
    if part.isdigit():
        is_year = len(part) == 4 and part[:2] in ("19", "20")
        return 6.0 if is_year else min(len(part), 12) * log2(10)
    if not part.isalpha():
        return 2.0 if part.isspace() else 5.0
    if len(part) < 4:
        return len(part) * log2(26)
    return _BITS_OF_A_WORD + max(0, len(part) - 8)
