"""The package that leaves after certification: as it was built, with the chain that vouches for its bytes."""

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from reporting.rules.archives import members_of
from reporting.rules.certification_chain import Link, chain_faults
from reporting.rules.package import canonical, zipped
from reporting.rules.verified import Difference

CERTIFICATION = "certification.json"
UNCERTIFIED = "Uncertified."
LARGEST_CERTIFICATION = 20 * 1024 * 1024


class BadCertification(ValueError):
    """The file of the certification cannot be gone by; the message says why."""


def certified_zip(package: bytes, chain: Sequence[Link]) -> bytes:
    """The files of a package and `certification.json`; `chain` ends with the certification of that very package."""
    return zipped({**members_of(package), CERTIFICATION: certification_file(chain)})


def certification_file(chain: Sequence[Link]) -> bytes:
    """The last certification to be read by people, and the whole chain up to it to be checked by a program."""
    links = [{"content": each.content, "hash": each.hash} for each in chain]
    return canonical({"certification": json.loads(chain[-1].content), "hash": chain[-1].hash, "chain": links})


def chain_in(content: bytes) -> list[Link]:
    """The chain of a `certification.json`. Raises BadCertification for what this program did not write."""
    if len(content) > LARGEST_CERTIFICATION:
        raise BadCertification("is larger than any certification.")
    try:
        chain = [Link(each["content"], each["hash"]) for each in json.loads(content.decode())["chain"]]
        same = certification_file(chain) == content
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, RecursionError) as fault:
        raise BadCertification("is no certification of a month.") from fault
    if not same:
        raise BadCertification("is not as it was written: it was changed or damaged.")
    return chain


def certification_differences(content: bytes, plain: Mapping[str, bytes]) -> Iterator[Difference]:
    """What is untrue of a certification beside the files of a package, which are in the order of the package."""
    try:
        chain = chain_in(content)
    except BadCertification as bad:
        yield Difference(CERTIFICATION, str(bad))
        return
    for fault in chain_faults(chain):
        yield Difference(CERTIFICATION, fault.what)
    if _package(chain[-1]).get("sha256") != sha256(zipped(plain)).hexdigest():
        yield Difference(CERTIFICATION, "certifies another package than these files: the SHA-256 differs.")


def standing_of(members: Mapping[str, bytes]) -> str:
    """Who certified a package without differences, in one sentence."""
    if CERTIFICATION not in members:
        return UNCERTIFIED
    chain = chain_in(members[CERTIFICATION])
    said = json.loads(chain[-1].content)
    certified, approved = said["certified"], said["approved"]
    amends = f", amending number {said['amends']['sequence']}" if said["amends"] else ""
    return (
        f"Certified by {certified['by']} at {certified['at']}, approved by {approved['by']} at {approved['at']}: "
        f"number {said['sequence']} of the district's chain, which holds up to it{amends}."
    )


def _package(last: Link) -> dict[str, Any]:
    found = json.loads(last.content)
    package = found.get("package") if isinstance(found, dict) else None
    return package if isinstance(package, dict) else {}
