"""Verifies packages on disk: a zip, a folder it was unpacked into, or a folder of zips. Nobody's record is read."""

import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from reporting.rules.archives import LARGEST_ARCHIVE, LARGEST_UNPACKED, MOST_MEMBERS, members_of, shown
from reporting.rules.certification_chain import Link, prefix_faults
from reporting.rules.certified_package import CERTIFICATION, chain_in, standing_of
from reporting.rules.package import MANIFEST
from reporting.rules.verify import Difference, verify_members, verify_zip
from reporting.selectors.certifications import chain_links
from students.access import Scope
from students.refusals import Refused


@dataclass(frozen=True)
class Verified:
    """A package by its name, every difference found in it, and who answers for it."""

    name: str
    differences: list[Difference]
    # Who certified it, or that nobody did; empty where it differs from what it says.
    standing: str = ""
    # The copy of the district's chain that it carries.
    chain: list[Link] = field(default_factory=list)


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
    content = path.read_bytes()
    if differences := verify_zip(content):
        return Verified(path.name, differences)
    return _whole(path.name, members_of(content))


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
    if differences := differences or verify_members(members):
        return Verified(folder.name, differences)
    return _whole(folder.name, members)


def _whole(name: str, members: Mapping[str, bytes]) -> Verified:
    certified = members.get(CERTIFICATION)
    return Verified(name, [], standing_of(members), [] if certified is None else chain_in(certified))


def held_against(scope: Scope, package: Verified) -> Verified:
    """A verified package held against the chain that is kept: whoever rewrites a whole chain is found out by a copy."""
    faults = prefix_faults(package.chain, chain_links(scope))
    return replace(package, differences=[Difference(CERTIFICATION, fault.what) for fault in faults])


def _odd(path: Path, largest: int) -> str:
    found = path.lstat()
    # A link may lead anywhere, and a pipe or device never ends.
    if not stat.S_ISREG(found.st_mode):
        return "is not a plain file."
    return f"has more than {largest // 1024 // 1024} MB." if found.st_size > largest else ""
