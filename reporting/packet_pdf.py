"""Lays an audit packet out as PDF: letter paper, black on white, tables that go over pages, "page n of m".

Memory grows by some kilobytes a page; how many pages there are is known at the end, and filled in then.
"""

from collections.abc import Sequence
from typing import IO

from reportlab.lib.pagesizes import letter as letter_paper
from reportlab.lib.units import inch
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from interventions.letter_pdf import BOLD, PLAIN, register_fonts

_WIDTH, _HEIGHT = letter_paper
_LEFT, _TOP, _BOTTOM = 0.7 * inch, _HEIGHT - 0.9 * inch, 0.8 * inch
_ROOM = _WIDTH - 2 * _LEFT
_SIZE, _LEADING = 8, 10.5
_GAP, _NARROWEST, _WIDEST = 6, 34, 220
_PAGES = "pages"


class Paper:
    """One PDF, written from its first line to its last."""

    def __init__(self, file: IO[bytes], *, title: str, language: str, page_words: str) -> None:
        """`page_words` name the page's number and how many there are: "Page {number} of {pages}"."""
        register_fonts()
        self._canvas = Canvas(file, pagesize=letter_paper, invariant=1, pageCompression=1, lang=language)
        self._canvas.setTitle(title)
        self._canvas.setAuthor("")
        self._canvas.setSubject("")
        self._canvas.setKeywords("")
        self._canvas.setCreator("First Bell")
        self._canvas.setViewerPreference("DisplayDocTitle", "true")
        self._title, (self._page_words, self._of_words) = title, page_words.split("{pages}")[0].split("{number}")
        self._number, self._y, self._running = 1, _TOP, ""
        self._widths: Sequence[float] = ()
        self._head: Sequence[str] = ()

    def title(self, text: str) -> None:
        """The head of the first page."""
        self._block(text, font=BOLD, size=15, leading=20)

    def heading(self, text: str, *, running: str = "") -> None:
        """A part, in the outline too; `running` stands at the top of the pages that it goes on over."""
        self._running = ""
        self._space(10)
        self._need(5 * _LEADING)
        key = f"part{self._number}-{self._y}"
        self._canvas.bookmarkHorizontal(key, 0, self._y + 12)
        self._canvas.addOutlineEntry(text, key)
        self._block(text, font=BOLD, size=11, leading=15)
        self._running = running

    def subheading(self, text: str) -> None:
        """A table's name."""
        self._space(4)
        self._need(4 * _LEADING)
        self._block(text, font=BOLD)

    def text(self, text: str, *, indent: float = 0) -> None:
        """A paragraph."""
        self._block(text, indent=indent)

    def header(self, cells: Sequence[str], widths: Sequence[float]) -> None:
        """Begin a table of columns that are so wide, in points; a line has 511."""
        self._widths, self._head = widths, cells
        self._need(3 * _LEADING)
        self._row(cells, BOLD)

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A whole table, its columns as wide as what stands in them; columns in which nothing stands are left out."""
        told = [place for place in range(len(header)) if any(row[place] for row in rows)]
        columns = [[header[place], *(row[place] for row in rows)] for place in told]
        self.header([header[place] for place in told], _fitted([_widest(column) for column in columns]))
        for row in rows:
            self.row([row[place] for place in told])

    def row(self, cells: Sequence[str]) -> None:
        """A row of the table that was begun last; it is not torn over two pages, and its header goes along."""
        self._row(cells, PLAIN)

    def close(self) -> int:
        """Write the end; how many pages it has."""
        self._foot()
        self._canvas.showPage()
        self._canvas.beginForm(_PAGES)
        self._canvas.setFont(PLAIN, _SIZE)
        self._canvas.drawString(0, 0, str(self._number))
        self._canvas.endForm()
        self._canvas.save()
        return self._number

    def _row(self, cells: Sequence[str], font: str) -> None:
        lines = [_split(cell, font, width - _GAP) for cell, width in zip(cells, self._widths, strict=True)]
        deepest = max((len(each) for each in lines), default=1) or 1
        if self._need(deepest * _LEADING) and font == PLAIN:
            self._row(self._head, BOLD)
        self._canvas.setFont(font, _SIZE)
        x = _LEFT
        for cell, width in zip(lines, self._widths, strict=True):
            for number, line in enumerate(cell):
                self._canvas.drawString(x, self._y - number * _LEADING, line)
            x += width
        self._y -= deepest * _LEADING
        if font == BOLD:
            self._rule()

    def _rule(self) -> None:
        self._canvas.setLineWidth(0.5)
        self._canvas.line(_LEFT, self._y + 8, _LEFT + _ROOM, self._y + 8)
        self._y -= 2

    def _block(
        self, text: str, *, font: str = PLAIN, size: float = _SIZE, leading: float = _LEADING, indent: float = 0
    ) -> None:
        for line in _split(text, font, _ROOM - indent, size):
            self._need(leading)
            self._canvas.setFont(font, size)
            self._canvas.drawString(_LEFT + indent, self._y, line)
            self._y -= leading

    def _space(self, height: float) -> None:
        self._y -= height

    def _need(self, height: float) -> bool:
        """Begin a page where this has no room any more; whether it did."""
        if self._y - height >= _BOTTOM:
            return False
        self._turn()
        return True

    def _turn(self) -> None:
        """A further page says whose it is, lest two be mixed up at the printer."""
        self._foot()
        self._canvas.showPage()
        self._number, self._y = self._number + 1, _TOP
        if self._running:
            self._canvas.setFont(BOLD, _SIZE)
            self._canvas.drawString(_LEFT, self._y + 16, self._running)

    def _foot(self) -> None:
        said = f"{self._page_words}{self._number}{self._of_words}"
        self._canvas.setFont(PLAIN, _SIZE)
        self._canvas.drawString(_LEFT, 0.45 * inch, self._title)
        self._canvas.drawString(x := _WIDTH - _LEFT - 80, 0.45 * inch, said)
        self._canvas.saveState()
        self._canvas.translate(x + pdfmetrics.stringWidth(said, PLAIN, _SIZE), 0.45 * inch)
        self._canvas.doForm(_PAGES)
        self._canvas.restoreState()


def _widest(column: Sequence[str]) -> int:
    """How wide a column would like to be, in points; a header is bold."""
    said = max(pdfmetrics.stringWidth(each, PLAIN, _SIZE) for each in column)
    return int(max(said, pdfmetrics.stringWidth(column[0], BOLD, _SIZE))) + _GAP + 1


def _fitted(widths: Sequence[int]) -> list[int]:
    """Widths that a line has room for: the widest columns give way first."""
    for most in range(_WIDEST, _NARROWEST, -2):
        fitted = [min(each, most) for each in widths]
        if sum(fitted) <= _ROOM:
            return fitted
    return [min(each, _NARROWEST) for each in widths]


def _split(text: str, font: str, width: float, size: float = _SIZE) -> list[str]:
    """A text in lines; a word that no line has room for, as a hash, is broken."""
    lines = []
    for line in simpleSplit(text, font, size, width):
        while pdfmetrics.stringWidth(line, font, size) > width and len(line) > 1:
            end = len(line) - 1
            while end > 1 and pdfmetrics.stringWidth(line[:end], font, size) > width:
                end -= 1
            lines.append(line[:end])
            line = line[end:]
        lines.append(line)
    return lines
