"""The manifest of an audit packet: what it is about, who asked, what is inside, and what is left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reporting.rules.package import canonical, sealed

MANIFEST = "manifest.json"
LEFT_OUT = (
    "Case notes, plans, referrals and messages to families are not attendance documentation (MS-31, RD-61).",
    "Reports of suspected abuse stand in no packet (RD-61).",
    "Notes that staff wrote beside an entry, a talk or a call are left out; the entry itself stands here.",
    "Whom a family may be reached through is left out: no figure rests on it.",
)


@dataclass(frozen=True)
class Member:
    """One file inside: its name, what it holds, its rows (None where it has none), its bytes and their SHA-256."""

    name: str
    title: str
    rows: int | None
    size: int
    sha256: str

    @property
    def listed(self) -> dict[str, Any]:
        """As the manifest lists it."""
        return {
            "name": self.name,
            "title": self.title,
            "rows": self.rows,
            "bytes": self.size,
            "sha256": self.sha256,
        }


def packet_manifest(about: Mapping[str, Any], members: Sequence[Member]) -> bytes:
    """The manifest's bytes, sealed: damage shows, forging by a person does not."""
    return canonical(sealed({**about, "left_out": list(LEFT_OUT), "files": [each.listed for each in members]}))
