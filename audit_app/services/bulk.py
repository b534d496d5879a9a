"""Bulk work: many thousands of values that are all kept until it is done."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def all_kept() -> Iterator[None]:
    """Leave the search for unreachable cycles until the end of the block, or of the function it decorates.

    Nothing made meanwhile is dropped: each search would walk every value in vain, a fifth of the time.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
