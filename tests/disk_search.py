"""Searches every file of a folder for words: as they are, in UTF-16, and inside whatever zlib or zip packs.

Shares no code with the program. A stream is looked for at every byte of every file, whether whole or cut off.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")
_TRIED = 48  # bytes of a stream that must inflate before the rest is tried
_LONGEST = 64 * 1024 * 1024
_SHORTEST = 16  # bytes in which something may be packed
_DEPTH = 3  # a zip in a zip in a zip
_BASE_85 = re.compile(rb"stream\r?\n([!-uz\s]+)~>")


def places(folder: Path, words: Sequence[str]) -> list[str]:
    """Where the words are found, a line for each file and word; letters are compared without case."""
    found = []
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        found += [f"{name}: {word} (in its name)" for word in words if word in name.casefold()]
        if path.is_file() and not path.is_symlink():
            found += [f"{name}: {word} ({how})" for word, how in _words_in(path.read_bytes(), words)]
    return found


def _words_in(data: bytes, words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each word that the bytes hold with how they hold it; what is found plainly is not unpacked as well."""
    left = list(words)
    for how, view in _views(data, _DEPTH):
        lowered = view.lower()
        for word in tuple(left):
            encoding = next((name for name in _ENCODINGS if word.encode(name) in lowered), None)
            if encoding is not None:
                left.remove(word)
                yield word, f"{how}, {encoding}"
        if not left:
            return


def _views(data: bytes, depth: int) -> Iterator[tuple[str, bytes]]:
    """The bytes as they are and everything that they hold packed."""
    yield "as it is", data
    if not depth or len(data) < _SHORTEST:
        return
    for how, inner in _packed(data):
        for deeper, view in _views(inner, depth - 1):
            yield how if deeper == "as it is" else f"{how} > {deeper}", view


def _packed(data: bytes) -> Iterator[tuple[str, bytes]]:
    for found in _BASE_85.finditer(data):  # as PDFs have their streams
        yield "base 85", _from_base_85(found[1])
    end = 0
    for start in range(len(data) - 2):
        if start < end:
            continue  # inside a stream that was inflated whole
        for how, bits in _kinds(data, start):
            inflated, length = _inflated(data, start, bits)
            if inflated:
                end = start + length
                yield f"{how} at {start}", inflated
                break


def _from_base_85(text: bytes) -> bytes:
    """The bytes of Adobe's base 85, as far as they can be read."""
    digits = bytearray()
    for character in text:
        if character == ord("z"):
            digits += b"!!!!!"
        elif not chr(character).isspace():
            digits.append(character)
    found = bytearray()
    for at in range(0, len(digits), 5):
        group = digits[at : at + 5]
        value = 0
        for digit in group.ljust(5, b"u"):
            value = value * 85 + digit - 33
        found += (value & 0xFFFFFFFF).to_bytes(4, "big")[: len(group) - 1]
    return bytes(found)


def _kinds(data: bytes, start: int) -> Iterator[tuple[str, int]]:
    """What a stream that begins here could be, by its first bytes, with zlib's name for it."""
    first, second = data[start], data[start + 1]
    if first & 0x0F == 8 and (first << 8 | second) % 31 == 0:
        yield "zlib", 15
    if (first, second) == (0x1F, 0x8B):
        yield "gzip", 31
    kind = first >> 1 & 3
    if kind == 0:
        length, check = data[start + 1 : start + 3], data[start + 3 : start + 5]
        if len(check) < 2 or any(a ^ b != 0xFF for a, b in zip(length, check, strict=True)):
            return
    if kind != 3:
        yield "deflate", -15


def _inflated(data: bytes, start: int, bits: int) -> tuple[bytes, int]:
    """What a stream holds, as far as it can be read, and how long it is; nothing where there is none."""
    try:
        zlib.decompressobj(bits).decompress(data[start : start + _TRIED], 4096)
    except zlib.error:
        return b"", 0
    whole = zlib.decompressobj(bits)
    found = bytearray()
    at = start
    while at < len(data) and not whole.eof and len(found) < _LONGEST:
        try:
            found += whole.decompress(data[at : at + 4096])
        except zlib.error:
            break  # what came before the break is looked at all the same
        at += 4096
    if not found:
        return b"", 0
    used = min(at, len(data)) - start - len(whole.unused_data)
    # Chance makes short streams out of noise: only one that ends as streams end may hide what follows.
    return bytes(found), used if whole.eof and bits > 0 else 0
