"""Packages on disk: whole under their name, or not there at all."""

import os
from contextlib import suppress
from pathlib import Path

from students.refusals import Refused


def make_folder(folder: Path) -> None:
    """A folder for packages, and those above it. Raises Refused where there can be none, with the reason."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise Refused(f"{folder} cannot be made: {fault.strerror}.") from fault


def write_whole(folder: Path, name: str, content: bytes) -> Path:
    """Write a file under another name and give it its own when every byte is on the disk; where it lies now.

    Raises Refused where that fails, with the reason; what stood there before stands there still.
    """
    target, partial = folder / name, folder / f".{name}.{os.getpid()}"
    try:
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            # A full disk may be noticed only now.
            os.fsync(file.fileno())
        partial.replace(target)
    except OSError as fault:
        with suppress(OSError):
            partial.unlink()
        raise Refused(f"{target} was not written: {fault.strerror}. Make room, or choose another folder.") from fault
    return target
