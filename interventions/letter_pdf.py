"""Lays letters out as PDF: letter paper, the name where a window envelope shows it, the fonts with their accents.

The same letter gives the same bytes each time. Nothing is looked up here: a letter brings its own words.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import BinaryIO

from reportlab.lib.pagesizes import letter as letter_paper
from reportlab.lib.units import inch
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from interventions.rules.letter_text import LetterText
from interventions.rules.letter_words import PHRASES

_FONTS = Path(__file__).parent.joinpath("fonts")
# The fonts of PDF itself have no letters for names as Nguyễn.
PLAIN, BOLD = "DejaVuSansCondensed", "DejaVuSansCondensed-Bold"
_SIZE, _LEADING, _PARAGRAPH = 11, 15.5, 8
_WIDTH, _HEIGHT = letter_paper
_LEFT, _RIGHT, _BOTTOM = 1 * inch, 1 * inch, 0.9 * inch
# Where the window of a number 10 envelope shows the paper folded in three.
_WINDOW = _HEIGHT - 2.1 * inch
_POINT = "- "


@dataclass(frozen=True)
class LetterSheet:
    """A letter to be laid out."""

    text: LetterText
    language: str


def write_letters(file: BinaryIO, sheets: Iterable[LetterSheet], *, title: str, language: str) -> int:
    """Write one PDF of these letters, each beginning on a page of its own; how many pages it has.

    `language` is that of the file: of its letters where they are of one. Memory grows by some kilobytes a letter.
    """
    register_fonts()
    canvas = Canvas(file, pagesize=letter_paper, invariant=1, pageCompression=1, lang=language)
    canvas.setTitle(title)
    canvas.setAuthor("")
    canvas.setSubject("")
    canvas.setKeywords("")
    canvas.setCreator("First Bell")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    pages = sum(_Page(canvas, sheet).draw() for sheet in sheets)
    canvas.save()
    return pages


@cache
def register_fonts() -> None:
    """Read once a process: it takes a quarter of a second."""
    for name in (PLAIN, BOLD):
        pdfmetrics.registerFont(TTFont(name, _FONTS.joinpath(f"{name}.ttf")))


class _Page:
    """One letter, from the top of its first page to the end of its last."""

    def __init__(self, canvas: Canvas, sheet: LetterSheet) -> None:
        self._canvas, self._sheet = canvas, sheet
        self._number, self._y = 1, _HEIGHT - 0.9 * inch

    def draw(self) -> int:
        """How many pages it took."""
        text = self._sheet.text
        for number, line in enumerate(text.sender.splitlines()):
            self._line(line, font=BOLD if number == 0 else PLAIN)
        self._y = _WINDOW
        for line in text.addressee.splitlines():
            self._line(line)
        self._y = _HEIGHT - 3.4 * inch
        self._line(text.dated)
        self._space(_PARAGRAPH)
        self._block(text.about, font=BOLD)
        self._block(text.subject, font=BOLD)
        self._space(_PARAGRAPH)
        for paragraph in text.body.split("\n\n"):
            self._paragraph(paragraph)
        self._canvas.showPage()
        return self._number

    def _paragraph(self, paragraph: str) -> None:
        for line in paragraph.splitlines():
            if line.startswith(_POINT):
                self._block(line.removeprefix(_POINT), indent=0.2 * inch, mark="•")
            else:
                self._block(line)
        self._space(_PARAGRAPH)

    def _block(self, text: str, *, font: str = PLAIN, indent: float = 0, mark: str = "") -> None:
        for number, line in enumerate(simpleSplit(text, font, _SIZE, _WIDTH - _LEFT - _RIGHT - indent)):
            self._line(line, font=font, indent=indent, mark=mark if number == 0 else "")

    def _line(self, text: str, *, font: str = PLAIN, indent: float = 0, mark: str = "") -> None:
        if self._y < _BOTTOM:
            self._turn()
        self._canvas.setFont(font, _SIZE)
        if mark:
            self._canvas.drawString(_LEFT, self._y, mark)
        self._canvas.drawString(_LEFT + indent, self._y, text)
        self._space(_LEADING)

    def _space(self, height: float) -> None:
        self._y -= height

    def _turn(self) -> None:
        """A further page says whose letter it belongs to, lest two be mixed up at the printer."""
        self._canvas.showPage()
        self._number, self._y = self._number + 1, _HEIGHT - 0.9 * inch
        said = PHRASES[self._sheet.language].page.format(number=self._number)
        self._canvas.setFont(PLAIN, _SIZE)
        self._canvas.drawString(_LEFT, self._y, f"{self._sheet.text.addressee.splitlines()[0]} · {said}")
        self._space(2 * _LEADING)
