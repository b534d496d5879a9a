"""Text as search compares it: without case and accents, character for character, so that positions stay."""

import re
import unicodedata


class _Folded(dict[int, str]):
    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFKD", chr(code))[:1].lower()[:1]
        if unicodedata.category(folded).startswith("C"):
            folded = " "  # nothing that could end a query early, or be found
        self[code] = folded
        return folded


_FOLDED = _Folded()
_BEFORE, _AFTER = 40, 100  # characters of a snippet around what was found


def folded(text: str) -> str:
    """The text, NFC first, with every character replaced by its plain lower-case one."""
    return unicodedata.normalize("NFC", text).translate(_FOLDED)


def words_of(text: str) -> tuple[str, ...]:
    """What is searched for: the parts between spaces that hold a letter or a digit, folded."""
    return tuple(word for word in folded(text).split() if any(map(str.isalnum, word)))


def has_all(text: str, words: tuple[str, ...]) -> bool:
    """Whether each of these words begins somewhere in the text."""
    plain = folded(text)
    return all(_place(plain, word) >= 0 for word in words)


def snippet(text: str, words: tuple[str, ...]) -> str:
    """One line of the text around the first of these words that it holds."""
    tidy = unicodedata.normalize("NFC", text)
    plain = folded(tidy)
    places = [place for word in words if (place := _place(plain, word)) >= 0]
    first = min(places, default=0)
    start = 0 if first <= _BEFORE else tidy.rfind(" ", 0, first - _BEFORE + 12) + 1 or first - _BEFORE
    start = min(start, first)
    end = min(len(tidy), first + _AFTER)
    if end < len(tidy):
        end = max(tidy.rfind(" ", first + _AFTER // 2, end), first + _AFTER // 2)
    shown = " ".join(tidy[start:end].split())
    return f"{'…' if start else ''}{shown}{'…' if end < len(tidy) else ''}"


def _place(plain: str, word: str) -> int:
    found = re.search(rf"(?<![^\W_]){re.escape(word)}", plain)
    return found.start() if found else -1
