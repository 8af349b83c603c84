"""A million small values at once: the search for cycles among them finds none, and takes two fifths of the time."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_cycle_search() -> Iterator[None]:
    """Keep Python from searching for cycles inside the block; reference counting frees all that an import makes."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()
