"""What a document is by its bytes, whatever it is called, and whether it is safe to keep (MS-33)."""

import re

from attendance.rules.pdf_content import why_unsafe

PDF, JPEG, PNG, HEIC = "application/pdf", "image/jpeg", "image/png", "image/heic"
ENDINGS = {PDF: "pdf", JPEG: "jpg", PNG: "png", HEIC: "heic"}
ACCEPTED_WORDS = "PDF, JPEG, PNG or HEIC"

_SIGNATURES = {b"%PDF-": PDF, b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG}
# The brands under which phones write still pictures; an AVIF or a film has others.
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
# A reader of PDF takes a file for one when its head stands anywhere in the first kilobyte.
_HEAD = 1024
_MARKUP = re.compile(rb"<(?:!doctype|html|script|svg|iframe)", re.IGNORECASE)


def content_type(content: bytes) -> str:
    """The media type that the first bytes tell; empty for everything that is not kept."""
    for signature, kind in _SIGNATURES.items():
        if content.startswith(signature):
            return kind
    return HEIC if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS else ""


def why_not_kept(content: bytes) -> str:
    """Why a document is not taken, as a sentence for people; empty where it is."""
    if not content:
        return "The file is empty."
    kind = content_type(content)
    if not kind:
        return f"Only {ACCEPTED_WORDS} can be kept; this file is none of them, whatever its name says."
    return why_unsafe(content) if kind == PDF else _why_no_picture(content)


def _why_no_picture(content: bytes) -> str:
    if b"%PDF-" in content[:_HEAD] or _MARKUP.search(content):
        return "The picture carries a second file inside. Take a new photo of the paper."
    return ""


def save_as(file_name: str, kind: str) -> str:
    """The name as it was sent, with the ending of what it is: a photo that was called letter.pdf is letter.jpg."""
    stem = file_name.rpartition(".")[0] or file_name or "document"
    return f"{stem}.{ENDINGS[kind]}"
