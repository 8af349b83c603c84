"""The month's package: the state's files and a manifest, in a zip whose every byte follows from its contents."""

import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from types import MappingProxyType
from typing import Any

from reporting.rules.facts import MonthFacts, SchoolFacts
from reporting.rules.layout_text import LAYOUT_FILE
from reporting.rules.layouts import Layout
from reporting.rules.month_names import MonthName, month_name
from reporting.rules.records import records
from students.rules.csv_text import exact_csv

MANIFEST = "manifest.json"
STANDING = (
    "As built. Whether the school has approved this month and the district has certified it stands in "
    "certification.json beside this file; a package without that file is uncertified, and its days can still change."
)


@dataclass(frozen=True)
class Package:
    """A finished package: the zip's name, its bytes and their SHA-256, and its files as the manifest lists them."""

    name: str
    content: bytes
    sha256: str
    files: list[dict[str, Any]]


def package_stem(school: SchoolFacts, month: MonthName) -> str:
    """What the names of a school's month begin with: `S_dddd_sss_MMYYYY`."""
    return f"S_{school.district_code}_{school.code}_{month.filed}"


def build_package(
    facts: MonthFacts,
    layout: Layout,
    *,
    as_of: datetime,
    warnings: int,
    amendment: int = 0,
    beside: Mapping[str, bytes] = MappingProxyType({}),
) -> Package:
    """The package of a month without errors; files in `beside` go with it, and are listed apart from the state's.

    `amendment` is how many certifications of the month it follows: its name tells it from those.
    Raises LayoutFault where a value does not fit the state's layout.
    """
    stem = package_stem(facts.school, month_name(facts.month, facts.first_year))
    members: dict[str, bytes] = {}
    listed = []
    for record_set in layout.record_sets:
        rows = records(facts, layout, record_set.name)
        name, content = f"{stem}_{record_set.name}.csv", exact_csv(record_set.header, rows)
        members[name] = content
        after = list(record_set.after)
        listed.append(_hashed(name, content) | {"record_set": record_set.name, "rows": len(rows), "after": after})
    beside = {LAYOUT_FILE: layout.text, **beside}
    others = [_hashed(name, content) for name, content in beside.items()]
    manifest = _manifest(facts, layout, as_of, warnings, listed) | {"beside": others}
    members |= beside | {MANIFEST: canonical(sealed(manifest))}
    content = zipped(members)
    return Package(
        f"{stem}_A{amendment}.zip" if amendment else f"{stem}.zip", content, sha256(content).hexdigest(), listed
    )


def _hashed(name: str, content: bytes) -> dict[str, Any]:
    return {"name": name, "bytes": len(content), "sha256": sha256(content).hexdigest()}


def _manifest(
    facts: MonthFacts, layout: Layout, as_of: datetime, warnings: int, files: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "layout": layout.version,
        "standing": STANDING,
        "as_of": as_of.isoformat(),
        "district": {"code": facts.school.district_code, "name": facts.school.district_name},
        "school": {"code": facts.school.organization, "name": facts.school.name},
        "month": {
            "number": facts.month,
            "named": str(month_name(facts.month, facts.first_year)),
            "starts_on": facts.starts_on.isoformat(),
            "ends_on": facts.ends_on.isoformat(),
        },
        "policies": facts.policies,
        "counts": {
            "days_in_session": len(facts.session_days),
            "students": len({day.student_id for day in facts.days}),
            "student_days": len(facts.days),
            "warnings": warnings,
        },
        "files": files,
    }


def sealed(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """A manifest with the SHA-256 of all that stands before it: damage shows, forging by a person does not."""
    return {**manifest, "seal": sha256(canonical(manifest)).hexdigest()}


def canonical(manifest: Mapping[str, Any]) -> bytes:
    """The one way a manifest is written, so that its bytes can be compared."""
    return (json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode()


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A zip without compression and without clock times: the same contents are the same bytes on any machine."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return packed.getvalue()
