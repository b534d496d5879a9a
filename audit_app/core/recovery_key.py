"""The recovery key: a workspace's key and salt as a person writes them down, so that slips are found.

Sixteen groups of six characters. The first five of a group carry 25 bits, the sixth is its check digit; all
groups together carry the key (32 bytes), the salt (16) and two bytes of SHA-256 over both. The alphabet is
Crockford's base 32, which has no I, L, O and U (https://www.crockford.com/base32.html). A group is right
when the sum of its characters, each times its own power of 2 in the field of 32 elements, is the group's
number: so one wrong character, any two swapped ones and a group in another's place are always noticed.
"""

import hashlib
import re
from dataclasses import dataclass
from typing import TypeAlias

from audit_app.core.errors import MistypedRecoveryKey

KEY_BYTES = 32
SALT_BYTES = 16
GROUPS = 16
LETTERS = 6  # in a group, its check digit included
_IN_A_LINE = 4
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans("OILU", "011V")  # what handwriting makes of the characters that are used
_VALUES = {letter: value for value, letter in enumerate(_ALPHABET)}
_CHECK_BYTES = 2
_COMMENT = "#"


@dataclass(frozen=True, slots=True, repr=False)
class RecoveryKey:
    """The raw key and salt of one workspace; shown to the person who asks for it, and to nobody else."""

    key: bytes
    salt: bytes

    def __repr__(self) -> str:
        return "RecoveryKey(hidden)"

    @property
    def groups(self) -> tuple[str, ...]:
        """What is to be written down."""
        secret = self.key + self.salt
        number = int.from_bytes(secret + _check(secret))
        values = [number >> 5 * place & 31 for place in reversed(range(GROUPS * (LETTERS - 1)))]
        parts = [values[at : at + LETTERS - 1] for at in range(0, len(values), LETTERS - 1)]
        return tuple(_written([*part, _weighed(part) ^ at]) for at, part in enumerate(parts))

    @property
    def lines(self) -> tuple[str, ...]:
        """The groups as they are printed, four in a line."""
        groups = self.groups
        return tuple(" ".join(groups[at : at + _IN_A_LINE]) for at in range(0, GROUPS, _IN_A_LINE))

    @classmethod
    def read(cls, text: str) -> "RecoveryKey":
        """The key as somebody typed it; spaces, dashes, case, O for 0 and I or L for 1 do not matter.

        Lines that begin with # are left out, as in a file that was saved. Raises MistypedRecoveryKey, which
        names the groups that are wrong.
        """
        parts = _parts(text)
        wrong = tuple(number for number, part in enumerate(parts, start=1) if not _is_right(part, number))
        if wrong:
            raise MistypedRecoveryKey(_named(wrong), wrong)
        number = 0
        for letter in "".join(part[:-1] for part in parts):
            number = number << 5 | _VALUES[letter]
        secret = number.to_bytes(KEY_BYTES + SALT_BYTES + _CHECK_BYTES)
        found = cls(secret[:KEY_BYTES], secret[KEY_BYTES:-_CHECK_BYTES])
        if _check(found.key + found.salt) != secret[-_CHECK_BYTES:]:
            raise MistypedRecoveryKey(
                "Each group could be right, but together they are no recovery key, so in one of them two or "
                "more characters are wrong. Compare all of them with what was written down."
            )
        return found


Secret: TypeAlias = str | RecoveryKey
"""What opens a workspace: its passphrase, or its recovery key."""


def _check(secret: bytes) -> bytes:
    return hashlib.sha256(b"audit-app recovery key" + secret).digest()[:_CHECK_BYTES]


def _written(values: list[int]) -> str:
    return "".join(_ALPHABET[value] for value in values)


def _parts(text: str) -> list[str]:
    """The sixteen groups, in the characters that are used; by their spaces where these fit."""
    kept = " ".join(line for line in text.splitlines() if not line.lstrip().startswith(_COMMENT))
    separate = re.split(r"[\W_]+", kept.strip())
    typed = [part.upper().translate(_READ_AS) for part in separate if part]
    if len(typed) == GROUPS:
        return typed
    together = "".join(typed)
    parts = [together[at : at + LETTERS] for at in range(0, len(together), LETTERS)]
    if len(together) == GROUPS * LETTERS:
        return parts
    wanted = f"A recovery key has {GROUPS} groups of {LETTERS} characters, {GROUPS * LETTERS} in all"
    if not together:
        raise MistypedRecoveryKey(f"Type the recovery key: {GROUPS} groups of {LETTERS} characters.")
    right = [_is_right(part, number) for number, part in enumerate(parts, start=1)]
    first = right.index(False) + 1 if False in right else len(parts) + 1
    if first > len(parts) and len(parts) < GROUPS:
        raise MistypedRecoveryKey(f"{wanted}, and here there are {len(together)}. The end is missing.")
    if first > GROUPS:
        raise MistypedRecoveryKey(f"{wanted}, and here there are {len(together)}. Something follows its end.")
    raise MistypedRecoveryKey(
        f"{wanted}, and here there are {len(together)}. Compare group {first} and those next to it with what "
        "was written down.",
        (first,),
    )


def _is_right(part: str, number: int) -> bool:
    values = [_VALUES[letter] for letter in part if letter in _VALUES]
    return len(part) == len(values) == LETTERS and _weighed(values[:-1]) ^ values[-1] == number - 1


def _weighed(values: list[int]) -> int:
    """The sum of the values, the first times 2, the next times 4 and so on; the check digit weighs 1."""
    total = 0
    for power, value in enumerate(values, start=1):
        for _ in range(power):
            value = value << 1 ^ (0b100101 if value & 16 else 0)  # x^5 + x^2 + 1
        total ^= value
    return total


def _named(wrong: tuple[int, ...]) -> str:
    if len(wrong) == GROUPS:
        return "That is not a recovery key: no group of it is right. Compare it with what was written down."
    if len(wrong) == 1:
        line, place = divmod(wrong[0] - 1, _IN_A_LINE)
        where = f"Group {wrong[0]} (line {line + 1}, group {place + 1})"
        return f"{where} is not as it was written down. Compare each character."
    some = ", ".join(map(str, wrong[:-1]))
    return f"Groups {some} and {wrong[-1]} are not as they were written down. Compare each character."
