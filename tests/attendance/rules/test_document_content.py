"""MS-33: what a document is by its bytes, and what none may carry."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.demo.papers import letter, photo
from attendance.rules.document_content import content_type, why_not_kept
from attendance.rules.pdf_content import ACTIVE, CUT_SHORT, LOCKED, MOST_INFLATED, OPAQUE, why_unsafe

LETTER = letter(["Excused from school: October 19 (fever)"])
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(2000) + b"\xff\xd9"
HEIC = b"\x00\x00\x00\x18ftypheic" + bytes(100)
SAMSUNG = b"\x00\x00\x00\x24ftypmif1" + bytes(100)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (LETTER, "application/pdf"),
        (photo(), "image/png"),
        (JPEG, "image/jpeg"),
        (HEIC, "image/heic"),
        (SAMSUNG, "image/heic"),
    ],
)
def test_MS33_four_kinds_are_kept_and_told_by_their_first_bytes(content: bytes, kind: str) -> None:
    assert (content_type(content), why_not_kept(content)) == (kind, "")


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"PK\x03\x04 a Word document",
        b"MZ a program",
        b"\n" + LETTER,
        b"GIF89a",
        b"\x00\x00\x00\x18ftypavif" + bytes(100),
        b"\x00\x00\x00\x18ftypisom a film",
        b"The child was ill.",
    ],
)
def test_MS33_nothing_else_is_kept_whatever_its_name_says(content: bytes) -> None:
    assert why_not_kept(content).startswith("Only PDF, JPEG, PNG or HEIC")


def test_MS33_an_empty_file_is_refused() -> None:
    assert why_not_kept(b"") == "The file is empty."


@pytest.mark.parametrize("inside", [LETTER, b"<ScRiPt>alert(1)</script>", b"<html>", b"<svg/onload=x>"])
def test_MS33_a_picture_with_a_second_file_inside_is_refused(inside: bytes) -> None:
    assert "second file" in why_not_kept(JPEG[:100] + inside + JPEG[100:])


def with_object(content: bytes) -> bytes:
    """The letter with one more object in it."""
    return LETTER.replace(b"xref\n", b"6 0 obj\n" + content + b"\nendobj\nxref\n", 1)


def stream(dictionary: bytes, body: bytes) -> bytes:
    return with_object(b"<< %s /Length %d >>\nstream\n%s\nendstream" % (dictionary, len(body), body))


def packed(content: bytes, dictionary: bytes = b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode") -> bytes:
    """The letter with an object stream that holds `content`."""
    return stream(dictionary, zlib.compress(b"7 0 " + content))


SCRIPT = b"<< /S /JavaScript /JS (app.alert(1)) >>"


@pytest.mark.parametrize(
    "content",
    [
        SCRIPT,
        b"<< /S/J#61vaScript >>",
        b"<< /S /#4a#61#76#61#53#63#72#69#70#74 >>",
        b"<< /S /Rendition /JS 8 0 R >>",
        b"<< /#4a#53 (app.alert(1)) >>",
        b"<< /#4A#53<6170> >>",
        b"<< /S /Launch /F (calc.exe) >>",
        b"<< /S /L#61unch >>",
        b"<< /Names << /EmbeddedFiles 9 0 R >> >>",
        b"<< /Type /EmbeddedFile >>",
        b"<< /OpenAction << /S /JavaScript /JS 3 0 R >> >>",
        b"<< /Subtype /RichMedia >>",
        b"<< /AcroForm << /XFA 9 0 R >> >>",
    ],
)
def test_MS33_a_pdf_that_acts_is_refused_plain_escaped_and_packed(content: bytes) -> None:
    assert why_unsafe(with_object(content)) == ACTIVE
    assert why_unsafe(packed(content)) == ACTIVE
    assert why_unsafe(stream(b"/Type /ObjStm", b"7 0 " + content)) == ACTIVE
    assert why_unsafe(packed(content, b"/Type /O#62jStm /Filter [ /Fl#61teDecode ]")) == ACTIVE


@pytest.mark.parametrize(
    "pdf",
    [
        packed(SCRIPT, b"/Type /ObjStm /Filter [/ASCIIHexDecode /FlateDecode]"),
        packed(SCRIPT, b"/Filter /FlateDecode /DecodeParms << /Predictor 12 >> /Type /ObjStm"),
        packed(SCRIPT, b"/Type /ObjStm /Filter 9 0 R"),
        stream(b"/Type /ObjStm /Filter /FlateDecode", b"not packed at all"),
        packed(b" " * (MOST_INFLATED + 1)),
        # What stands in front looks like a stream that holds the real one.
        with_object(b"(>>stream\n)").replace(b"xref\n", packed(SCRIPT).partition(b"6 0 obj")[2], 1),
        stream(b"/Type /ObjStm /Filter /FlateDecode", zlib.compress(SCRIPT)).replace(b">>\nstream\n", b">>\nstream\r"),
    ],
)
def test_MS33_a_pdf_that_hides_its_objects_is_refused(pdf: bytes) -> None:
    assert why_unsafe(pdf) in (OPAQUE, ACTIVE)


def test_MS33_object_streams_are_unpacked_together_within_one_bound() -> None:
    half = packed(b" " * (MOST_INFLATED // 2 + 100))
    assert why_unsafe(half) == ""
    assert why_unsafe(half.replace(b"xref\n", half.partition(b"startxref")[0] + b"xref\n", 1)) == OPAQUE


def test_MS33_a_locked_pdf_and_one_cut_short_are_refused() -> None:
    assert why_unsafe(LETTER.replace(b"/Root", b"/Encrypt 9 0 R /Root")) == LOCKED
    assert why_unsafe(LETTER[:-20]) == CUT_SHORT


@pytest.mark.parametrize(
    "harmless",
    [
        b"<< /OpenAction [3 0 R /Fit] >>",
        b"<< /Subtype /Link /A << /S /URI /URI (https://clinic.example) >> >>",
        b"<< /Title (JavaScript in schools) >>",
        b"<< /LaunchPad true /JSON 1 >>",
    ],
)
def test_MS33_what_only_looks_alike_is_kept(harmless: bytes) -> None:
    assert why_unsafe(with_object(harmless)) == why_unsafe(packed(harmless)) == ""


def test_MS33_a_short_name_in_the_bytes_of_a_picture_is_chance() -> None:
    assert why_unsafe(stream(b"/Subtype /Image /Filter /DCTDecode", b"\x01/JS\x00\x02")) == ""


@given(st.binary(max_size=300))
def test_MS33_no_bytes_whatever_stop_the_look(content: bytes) -> None:
    assert isinstance(why_not_kept(content), str)
    assert isinstance(why_unsafe(LETTER[:30] + content + LETTER[30:]), str)
