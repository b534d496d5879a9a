"""Reads the pages of an encrypted file one by one, free ones and those of its log included.

Shares no code with the program or with SQLCipher: AES-256 in CBC mode by FIPS 197, the key by PBKDF2, and the
layout of pages and of the log by SQLCipher's and SQLite's published descriptions.
"""

import hashlib
import struct
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
PAGE = 4096
SALT, VECTOR, RESERVED = 16, 16, 80  # at a page's end: the vector, then 64 bytes that authenticate it
_WAL_HEADER, _FRAME_HEADER = 32, 24


def pages(path: Path, passphrase: str) -> Iterator[tuple[str, bytes]]:
    """Every page of the file and every frame of its log, each with where it is, decrypted."""
    data = path.read_bytes()
    key = hashlib.pbkdf2_hmac(
        "sha512", unicodedata.normalize("NFC", passphrase).encode(), data[:SALT], 256_000, 32
    )
    for number in range(len(data) // PAGE):
        page = data[number * PAGE : (number + 1) * PAGE]
        yield f"page {number + 1}", decrypted(page, key, skip=SALT if number == 0 else 0)
    log = path.with_name(path.name + "-wal")
    yield from _frames(log.read_bytes() if log.exists() else b"", key)


def _frames(log: bytes, key: bytes) -> Iterator[tuple[str, bytes]]:
    """Frames of earlier rounds are still there behind the last of this one: all are looked at."""
    step = _FRAME_HEADER + PAGE
    for number in range(max(0, len(log) - _WAL_HEADER) // step):
        start = _WAL_HEADER + number * step
        (of_page,) = struct.unpack(">I", log[start : start + 4])
        page = log[start + _FRAME_HEADER : start + step]
        yield f"log frame {number + 1}", decrypted(page, key, skip=SALT if of_page == 1 else 0)


def decrypted(page: bytes, key: bytes, skip: int = 0) -> bytes:
    """The plain bytes of a page; ``skip`` is what stands at its start in clear."""
    vector = page[PAGE - RESERVED : PAGE - RESERVED + VECTOR]
    return cbc_decrypted(page[skip : PAGE - RESERVED], key, vector)


def cbc_decrypted(data: bytes, key: bytes, vector: bytes) -> bytes:
    """AES in CBC mode, undone for all blocks at once."""
    blocks = np.frombuffer(data, np.uint8).reshape(-1, 16)
    before = np.vstack([np.frombuffer(vector, np.uint8).reshape(1, 16), blocks[:-1]])
    return bytes((_blocks_decrypted(blocks, _round_keys(key)) ^ before).tobytes())


def _times(a: int, b: int) -> int:
    """The product in the field of AES."""
    product = 0
    while b:
        product ^= a if b & 1 else 0
        a = (a << 1 ^ 0x11B) if a & 0x80 else a << 1
        b >>= 1
    return product


def _substitution() -> list[int]:
    box = [0] * 256
    for value in range(256):
        inverse = next((other for other in range(256) if _times(value, other) == 1), 0)
        turned = 0
        for shift in range(5):
            turned ^= (inverse << shift | inverse >> (8 - shift)) & 0xFF
        box[value] = turned ^ 0x63
    return box


_BOX = _substitution()
_UNBOX: Bytes = np.argsort(np.array(_BOX)).astype(np.uint8)
_BY: dict[int, Bytes] = {
    factor: np.array([_times(value, factor) for value in range(256)], np.uint8) for factor in (9, 11, 13, 14)
}
# Row r of a block is turned by r to the right; its bytes stand column by column.
_UNTURNED = [(4 * ((column - row) % 4) + row) for column in range(4) for row in range(4)]


def _round_keys(key: bytes) -> list[Bytes]:
    words = [list(key[at : at + 4]) for at in range(0, len(key), 4)]
    length, rounds, constant = len(words), len(words) + 6, 1
    while len(words) < 4 * (rounds + 1):
        word, number = list(words[-1]), len(words)
        if number % length == 0:
            word = [_BOX[byte] for byte in word[1:] + word[:1]]
            word[0] ^= constant
            constant = _times(constant, 2)
        elif length > 6 and number % length == 4:
            word = [_BOX[byte] for byte in word]
        words.append([a ^ b for a, b in zip(word, words[number - length], strict=True)])
    flat = np.array(words, np.uint8).reshape(-1, 16)
    return list(flat)


def _blocks_decrypted(blocks: Bytes, keys: list[Bytes]) -> Bytes:
    state = blocks ^ keys[-1]
    for number in range(len(keys) - 2, -1, -1):
        state = _UNBOX[state[:, _UNTURNED]] ^ keys[number]
        if number:
            state = _unmixed(state)
    return state


def _unmixed(state: Bytes) -> Bytes:
    columns = state.reshape(-1, 4, 4)
    a, b, c, d = (columns[:, :, row] for row in range(4))
    rows = [
        _BY[14][w] ^ _BY[11][x] ^ _BY[13][y] ^ _BY[9][z]
        for w, x, y, z in ((a, b, c, d), (b, c, d, a), (c, d, a, b), (d, a, b, c))
    ]
    return np.stack(rows, axis=2).reshape(-1, 16)
