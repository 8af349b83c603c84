"""Papers as they are brought to an office, made by code: a letter as a PDF, and a photo of one as a PNG."""

import struct
import zlib
from collections.abc import Sequence

_HEAD = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 297] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
)


def letter(lines: Sequence[str]) -> bytes:
    """A PDF of one page with these lines, in plain letters."""
    text = b"BT /F1 14 Tf 20 TL 40 240 Td " + b" ".join(b"(%s) Tj T*" % _escaped(line) for line in lines) + b" ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        _PAGE,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        _FONT,
    ]
    pdf, places = _HEAD, []
    for number, each in enumerate(objects, 1):
        places.append(len(pdf))
        pdf += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    return pdf + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        count,
        table,
        count,
        len(pdf),
    )


def photo(width: int = 240, height: int = 320) -> bytes:
    """A grey picture of a sheet with lines on it, as a PNG."""
    rows = b"".join(b"\0" + _row(width, line) for line in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in chunks)


def _row(width: int, line: int) -> bytes:
    """A line of writing every twenty rows, and a margin around it."""
    margin = width // 8
    ink = b"\x40" if line % 20 in (8, 9, 10) and line > 40 else b"\xf0"
    return b"\xf0" * margin + ink * (width - 2 * margin) + b"\xf0" * margin


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _escaped(line: str) -> bytes:
    text = line.encode("latin-1", errors="replace")
    return text.replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")
