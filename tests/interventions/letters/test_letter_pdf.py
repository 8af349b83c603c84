"""Letters on paper: the same bytes for the same letter, every letter of a name, and a page for each."""

from dataclasses import replace
from io import BytesIO

from interventions.letter_pdf import LetterSheet, write_letters
from interventions.rules.letter_text import LetterText

TEXT = LetterText(
    sender="Lincoln High School\nMagnolia County School District",
    dated="27 oktòb 2020",
    addressee="Nguyễn Thị Ánh\nFanmi Ana Núñez",
    about="Konsènan: Ana Núñez",
    subject="Ana manke nou lekòl la",
    body="Chè Nguyễn Thị Ánh:\n\nPremye liy\n- yon pwen\n- yon lòt pwen ki long anpil " + "anpil " * 40,
)


def pdf(*texts: LetterText) -> tuple[bytes, int]:
    file = BytesIO()
    pages = write_letters(file, [LetterSheet(each, "ht") for each in texts], title="Letters", language="ht")
    return file.getvalue(), pages


def test_a_frozen_letter_gives_the_same_bytes_each_time_with_its_language_and_title() -> None:
    first, pages = pdf(TEXT)
    assert first == pdf(TEXT)[0]
    assert first != pdf(replace(TEXT, dated="28 oktòb 2020"))[0]
    assert pages == 1
    assert first.startswith(b"%PDF-")
    assert b"/Lang (ht)" in first
    assert b"(Letters)" in first
    # The day on which it is laid out stands nowhere.
    assert b"D:20000101000000" in first


def test_each_letter_begins_on_its_own_page_and_a_long_one_takes_another() -> None:
    assert pdf(TEXT, TEXT)[1] == 2
    assert pdf(replace(TEXT, body="\n\n".join(["Yon paragraf. " * 20] * 12)))[1] == 2
    assert pdf(replace(TEXT, body=""))[1] == 1
