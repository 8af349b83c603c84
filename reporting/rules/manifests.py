"""Reading a manifest that somebody else may have written."""

import json
import re
from dataclasses import dataclass
from typing import Any

from reporting.rules.package import canonical, sealed

LARGEST_MANIFEST = 1024 * 1024
_WORD = r"[0-9A-Za-z_]{1,40}"


class BadManifest(ValueError):
    """The manifest cannot be gone by; the message says why."""


@dataclass(frozen=True)
class Listed:
    """What a manifest says of any file. `size` is in bytes."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class ListedFile(Listed):
    """What a manifest says of one of the state's files; `after` are the record sets that it waits for."""

    record_set: str
    rows: int
    after: tuple[str, ...]


@dataclass(frozen=True)
class Manifest:
    """A manifest whose seal holds. Dates are ISO, both inclusive.

    `layout` is its version; `beside` are the files of the package that are not the state's, the layout's among them.
    """

    layout: str
    organization: str
    named: str
    starts_on: str
    ends_on: str
    as_of: str
    days_in_session: int
    students: int
    student_days: int
    files: tuple[ListedFile, ...]
    beside: tuple[Listed, ...]

    @property
    def stem(self) -> str:
        """What the names of its files begin with."""
        return f"S_{self.organization.replace('-', '_')}_{self.named[5:]}{self.named[:4]}"


def read_manifest(content: bytes) -> Manifest:
    """A manifest from its bytes. Raises BadManifest where it is damaged or incomplete."""
    loaded = _loaded(content)
    try:
        return _manifest(loaded)
    except BadManifest:
        raise
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise BadManifest(f"lacks something, or holds it in another form ({type(fault).__name__}: {fault}).") from fault


def _loaded(content: bytes) -> dict[str, Any]:
    if len(content) > LARGEST_MANIFEST:
        raise BadManifest("is larger than any manifest.")
    try:
        loaded = json.loads(content.decode())
    except (ValueError, RecursionError) as fault:
        raise BadManifest("is not JSON in UTF-8.") from fault
    if not isinstance(loaded, dict) or "seal" not in loaded:
        raise BadManifest("is no manifest of a month.")
    unsealed = {name: value for name, value in loaded.items() if name != "seal"}
    if canonical(sealed(unsealed)) != content:
        raise BadManifest("is not as it was sealed: it was changed or damaged.")
    return loaded


def _manifest(loaded: dict[str, Any]) -> Manifest:
    # Older manifests said "certified": false; none ever said more, since a manifest is written before any signature.
    if loaded.get("certified", False) is not False:
        raise BadManifest("says that the month is certified: that stands in certification.json alone.")
    month, counts = loaded["month"], loaded["counts"]
    return Manifest(
        layout=_text(loaded["layout"], r"[a-z0-9.\-]{1,40}"),
        organization=_text(loaded["school"]["code"], r"[0-9A-Z]{4}-[0-9A-Z]{3}"),
        named=_text(month["named"], r"[0-9]{4}-[0-9]{2}"),
        starts_on=_text(month["starts_on"], r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
        ends_on=_text(month["ends_on"], r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
        as_of=_text(loaded["as_of"], r"[0-9T:.+\-Z]{1,40}"),
        days_in_session=_count(counts["days_in_session"]),
        students=_count(counts["students"]),
        student_days=_count(counts["student_days"]),
        files=tuple(_listed_file(listed) for listed in loaded["files"]),
        beside=tuple(Listed(*_hashed(listed)) for listed in loaded["beside"]),
    )


def _listed_file(listed: dict[str, Any]) -> ListedFile:
    record_set, after = _text(listed["record_set"], _WORD), tuple(_text(each, _WORD) for each in listed["after"])
    return ListedFile(*_hashed(listed), record_set, _count(listed["rows"]), after)


def _hashed(listed: dict[str, Any]) -> tuple[str, int, str]:
    name = _text(listed["name"], r"[0-9A-Za-z_.]{1,100}")
    return name, _count(listed["bytes"]), _text(listed["sha256"], r"[0-9a-f]{64}")


def _text(value: Any, form: str) -> str:
    if not isinstance(value, str) or not re.fullmatch(form, value):
        raise ValueError("a text of another form")
    return value


def _count(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("no count")
    return value
