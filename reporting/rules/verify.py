"""Whether a package is what it says: its members, their hashes, its layout, and then every cell and sum."""

from collections.abc import Iterator, Mapping
from hashlib import sha256

from reporting.rules.archives import BadArchive, members_of, shown
from reporting.rules.certified_package import CERTIFICATION, certification_differences
from reporting.rules.layout_text import LAYOUT_FILE, BadLayout, layout_of
from reporting.rules.layouts import Layout
from reporting.rules.manifests import BadManifest, Listed, Manifest, read_manifest
from reporting.rules.package import MANIFEST, zipped
from reporting.rules.verified import Difference
from reporting.rules.verify_contents import content_differences


def verify_zip(content: bytes) -> list[Difference]:
    """Every difference of a zip; any changed byte of it is one, wherever it lies."""
    try:
        members = members_of(content)
    except BadArchive as fault:
        return [Difference("zip", str(fault))]
    found = verify_members(members)
    if not found and zipped(members) != content:
        found.append(Difference("zip", "is not byte for byte the zip that was made, though its files are."))
    return found


def verify_members(members: Mapping[str, bytes]) -> list[Difference]:
    """Every difference of a package's files, by name; of its certification, where it has one."""
    plain = {name: content for name, content in members.items() if name != CERTIFICATION}
    found = _verify_plain(plain)
    if found or CERTIFICATION not in members:
        return found
    manifest = read_manifest(plain[MANIFEST])
    # A folder lists its files by name; what is certified is the zip, in the manifest's order.
    names = [*(each.name for each in (*manifest.files, *manifest.beside)), MANIFEST]
    return list(certification_differences(members[CERTIFICATION], {name: plain[name] for name in names}))


def _verify_plain(members: Mapping[str, bytes]) -> list[Difference]:
    if MANIFEST not in members:
        return [Difference(MANIFEST, "is missing: nothing says what the package should hold.")]
    try:
        manifest = read_manifest(members[MANIFEST])
    except BadManifest as fault:
        return [Difference(MANIFEST, str(fault))]
    found = [*_presence(manifest, members)]
    for listed in (*manifest.files, *manifest.beside):
        if listed.name in members:
            found += _bytes(listed, members[listed.name])
    # Sums of files that are damaged would only say the same again.
    return found or list(_by_its_layout(manifest, members))


def _presence(manifest: Manifest, members: Mapping[str, bytes]) -> Iterator[Difference]:
    expected = {MANIFEST, LAYOUT_FILE, *(listed.name for listed in (*manifest.files, *manifest.beside))}
    for name in sorted(expected - set(members)):
        yield Difference(name, "is missing.")
    for name in sorted(set(members) - expected):
        yield Difference(shown(name), "is not in the manifest.")


def _bytes(listed: Listed, content: bytes) -> Iterator[Difference]:
    if len(content) != listed.size:
        yield Difference(listed.name, f"has {len(content)} bytes, not {listed.size}.")
    if sha256(content).hexdigest() != listed.sha256:
        yield Difference(listed.name, "is not the file of the manifest: its SHA-256 differs.")


def _by_its_layout(manifest: Manifest, members: Mapping[str, bytes]) -> Iterator[Difference]:
    try:
        layout = layout_of(members)
    except BadLayout as fault:
        yield from (Difference(LAYOUT_FILE, each) for each in fault.faults)
        return
    if faults := list(_listing(manifest, layout)):
        yield from faults
        return
    yield from content_differences(manifest, layout, members)


def _listing(manifest: Manifest, layout: Layout) -> Iterator[Difference]:
    if layout.version != manifest.layout:
        yield Difference(LAYOUT_FILE, f"is of version {layout.version}, not {manifest.layout}.")
    due = [(each.name, f"{manifest.stem}_{each.name}.csv", each.after) for each in layout.record_sets]
    if [(listed.record_set, listed.name, listed.after) for listed in manifest.files] != due:
        yield Difference(MANIFEST, f"does not list the files of layout {layout.version} by their names.")
    names = [listed.name for listed in (*manifest.files, *manifest.beside)]
    if LAYOUT_FILE not in names or len(set(names)) != len(names):
        yield Difference(MANIFEST, "does not list every file once, the layout among them.")
