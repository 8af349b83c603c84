"""Verifies packages on disk: a zip, a folder it was unpacked into, or a folder of zips. Nobody's record is read."""

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reporting.rules.archives import LARGEST_ARCHIVE, LARGEST_UNPACKED, MOST_MEMBERS, shown
from reporting.rules.package import MANIFEST
from reporting.rules.verify import Difference, verify_members, verify_zip
from students.refusals import Refused


@dataclass(frozen=True)
class Verified:
    """A package by its name, and every difference found in it."""

    name: str
    differences: list[Difference]


def verify_path(path: Path) -> Iterator[Verified]:
    """Verify what lies at a path. Raises Refused where that is no package and holds none."""
    if path.is_dir():
        yield from _verify_folder(path)
    elif path.is_file():
        yield _verify_zip_file(path)
    else:
        raise Refused(f"There is no file or folder at {path}.")


def _verify_folder(folder: Path) -> Iterator[Verified]:
    if (folder / MANIFEST).exists():
        yield _verify_unpacked(folder)
        return
    zips = sorted(folder.glob("*.zip"))
    if not zips:
        raise Refused(f"{folder} holds no {MANIFEST} and no zip: nothing there can be verified.")
    for each in zips:
        yield _verify_zip_file(each)


def _verify_zip_file(path: Path) -> Verified:
    if fault := _odd(path, LARGEST_ARCHIVE):
        return Verified(path.name, [Difference(shown(path.name), fault)])
    return Verified(path.name, verify_zip(path.read_bytes()))


def _verify_unpacked(folder: Path) -> Verified:
    members: dict[str, bytes] = {}
    differences = []
    entries = sorted(folder.iterdir())
    if len(entries) > MOST_MEMBERS:
        return Verified(folder.name, [Difference(shown(folder.name), f"holds more than {MOST_MEMBERS} files.")])
    for entry in entries:
        if fault := _odd(entry, LARGEST_UNPACKED):
            differences.append(Difference(shown(entry.name), fault))
        else:
            members[entry.name] = entry.read_bytes()
    return Verified(folder.name, differences or verify_members(members))


def _odd(path: Path, largest: int) -> str:
    found = path.lstat()
    # A link may lead anywhere, and a pipe or device never ends.
    if not stat.S_ISREG(found.st_mode):
        return "is not a plain file."
    return f"has more than {largest // 1024 // 1024} MB." if found.st_size > largest else ""
