"""Opening a zip that somebody else may have made: bounded, in memory, nothing written anywhere."""

import struct
import zipfile
import zlib
from io import BytesIO

LARGEST_ARCHIVE = 200 * 1024 * 1024
LARGEST_UNPACKED = 400 * 1024 * 1024
MOST_MEMBERS = 50
PLAIN_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

_ENCRYPTED = 0x1
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    OverflowError,
)


class BadArchive(ValueError):
    """The archive is damaged or hostile; the message says how."""


def members_of(content: bytes) -> dict[str, bytes]:
    """The files of a zip by name. Raises BadArchive for what is damaged, too large, or not a plain flat zip."""
    if len(content) > LARGEST_ARCHIVE:
        raise BadArchive(f"has more than {LARGEST_ARCHIVE // 1024 // 1024} MB.")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _read(archive)
    except BadArchive:
        raise
    except _FAULTS as fault:
        raise BadArchive(f"cannot be read as a zip ({fault or type(fault).__name__}).") from fault


def _read(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > MOST_MEMBERS:
        raise BadArchive(f"holds more than {MOST_MEMBERS} files.")
    members: dict[str, bytes] = {}
    room = LARGEST_UNPACKED
    for entry in entries:
        _refuse_odd(entry, members)
        with archive.open(entry) as packed:
            # The size an archive declares is its own word: what counts is what comes out.
            members[entry.filename] = packed.read(room + 1)
        room -= len(members[entry.filename])
        if room < 0:
            raise BadArchive(f"unpacks to more than {LARGEST_UNPACKED // 1024 // 1024} MB.")
    return members


def _refuse_odd(entry: zipfile.ZipInfo, seen: dict[str, bytes]) -> None:
    name = entry.filename
    if name in seen:
        raise BadArchive(f"holds {shown(name)} twice.")
    if not name or name.startswith(".") or any(sign in name for sign in "/\\:\0"):
        raise BadArchive(f"holds {shown(name)}: a package is flat, without folders or paths.")
    if entry.flag_bits & _ENCRYPTED or entry.compress_type not in PLAIN_METHODS:
        raise BadArchive(f"holds {shown(name)}, which is encrypted or packed in an unknown manner.")


def shown(name: str) -> str:
    """A file name from elsewhere, short and without signs that a terminal would obey."""
    return "“" + "".join(sign if sign.isprintable() else "?" for sign in name[:80]) + "”"
