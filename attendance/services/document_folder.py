"""The bytes of documents, in a folder outside the web root. Their names tell nothing; rows say what they are."""

import os
import re
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

# Our own names alone are ever looked at: a folder that is shared by mistake loses nothing of anybody else's.
_OURS = re.compile(r"[0-9a-f]{32}(\.part)?")


def keep(content: bytes) -> str:
    """Write bytes so that they stand whole under the name that is returned, or not at all."""
    name = secrets.token_hex(16)
    final = _path(name)
    final.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = final.with_suffix(".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.rename(final)
    _sync_folder(final.parent)
    return name


def opened(name: str) -> BinaryIO:
    """The bytes under a name, to be read and closed. Raises FileNotFoundError."""
    return _path(name).open("rb")


def is_there(name: str) -> bool:
    """Whether bytes stand under a name."""
    return _path(name).is_file()


def remove(name: str) -> None:
    """Remove the bytes under a name, where they stand."""
    _path(name).unlink(missing_ok=True)


def older_than(before: datetime) -> Iterator[Path]:
    """Files of ours that were last written before an instant of the machine's clock, half-written ones too."""
    for path in Path(settings.DOCUMENTS_DIR).glob("[0-9a-f][0-9a-f]/*"):
        if _OURS.fullmatch(path.name) and path.stat().st_mtime < before.timestamp():
            yield path


def _path(name: str) -> Path:
    return Path(settings.DOCUMENTS_DIR, name[:2], name)


def _sync_folder(folder: Path) -> None:
    """The name in the folder is on the disk too: a row must never outlive the bytes that it names."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
