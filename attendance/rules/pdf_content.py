"""What a PDF must not carry: script, programs to start, other files. A paper's picture needs none of them."""

import re
import zlib
from collections.abc import Iterator

CUT_SHORT = "The PDF is cut short. Save or scan it anew."
LOCKED = "The PDF is locked by a password. Send it unlocked, or a photo of the paper."
ACTIVE = "The PDF carries script or other files inside. Print it to a new PDF, or send a photo of the paper."
OPAQUE = "The PDF cannot be looked into. Print it to a new PDF, or send a photo of the paper."

# Object streams of a scanned letter are a few kilobytes.
MOST_INFLATED = 20_000_000
_END = rb"(?=[\0\t\n\f\r ()<>\[\]{}/%]|\Z)"
_ACTIVE = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|Rendition|XFA|ImportData|SubmitForm)" + _END)
# So short a name stands by chance in a large picture: it is looked for outside of the streams alone.
_SCRIPT = re.compile(rb"/JS" + _END)
_ENCRYPTED = re.compile(rb"/Encrypt" + _END)
_OBJECTS = re.compile(rb"/ObjStm" + _END)
_FILTER = re.compile(rb"/Filter" + _END + rb"\s*(\[[^\]]*\]|/\w+)?")
_INFLATED_ALONE = re.compile(rb"\[?\s*/FlateDecode\s*\]?")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


class _Opaque(Exception):
    """An object stream that is packed in a way that hides what it holds."""


def why_unsafe(pdf: bytes) -> str:
    """Why a PDF is not kept, as a sentence for people; empty where nothing in it acts."""
    if b"%%EOF" not in pdf[-1024:]:
        return CUT_SHORT
    parts = list(_apart(pdf))
    outside = b"\n".join(before for before, _ in parts)
    if _ENCRYPTED.search(outside):
        return LOCKED
    if _ACTIVE.search(_unescaped(pdf)) or _SCRIPT.search(outside):
        return ACTIVE
    try:
        packed = _packed_objects(parts)
    except _Opaque:
        return OPAQUE
    # One that stands where no stream was found hides in what looks like another's bytes.
    if len(_OBJECTS.findall(_unescaped(pdf))) != len(packed):
        return OPAQUE
    return ACTIVE if any(_ACTIVE.search(each) or _SCRIPT.search(each) for each in packed) else ""


def _apart(pdf: bytes) -> Iterator[tuple[bytes, bytes | None]]:
    """Each stream's bytes with what stands before it, names unescaped; the last has no stream."""
    done = 0
    while found := _STREAM.search(pdf, done):
        ends = pdf.find(b"endstream", found.end())
        if ends < 0:
            break
        yield _unescaped(pdf[done : found.start()]), pdf[found.end() : ends]
        done = ends
    yield _unescaped(pdf[done:]), None


def _unescaped(text: bytes) -> bytes:
    """Names with their escapes resolved: /J#61vaScript is /JavaScript."""
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), text)


def _packed_objects(parts: list[tuple[bytes, bytes | None]]) -> list[bytes]:
    """What the object streams hold, unpacked. Raises _Opaque where only a reader of PDF could tell."""
    held, room = [], MOST_INFLATED
    for before, body in parts:
        if body is not None and _OBJECTS.search(before):
            held.append(_unescaped(_unpacked(before, body, room)))
            room -= len(held[-1])
    return held


def _unpacked(before: bytes, body: bytes, most: int) -> bytes:
    if most < 1:
        raise _Opaque
    filters = _FILTER.findall(before)
    if not filters:
        return body
    if len(filters) > 1 or not _INFLATED_ALONE.fullmatch(filters[0]) or b"/DecodeParms" in before:
        raise _Opaque
    unpacking = zlib.decompressobj()
    try:
        text = unpacking.decompress(body, most)
    except zlib.error:
        raise _Opaque from None
    if not unpacking.eof:
        raise _Opaque
    return text
