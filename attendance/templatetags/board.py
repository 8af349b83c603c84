"""The classes of a school's board: drawn here and not by a template, for a large school has 600 of them."""

from collections.abc import Iterable, Sequence

from django import template
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString

from attendance.views.board_cells import Cell
from students.templatetags.shapes import shape

register = template.Library()

_CLASS = """<a class="cell{}" id="m-{}" href="{}">
  <span class="course"><span class="period">{} </span>{}</span>
  <span class="status{}">{}<span>{}</span></span>
</a>"""


@register.filter
def in_columns(row: Iterable[Sequence[Cell]]) -> SafeString:
    """The classes of a row, a column of the table for each period."""
    return format_html_join("", "<td{}>{}</td>", (_column(cells) for cells in row))


def _column(cells: Sequence[Cell]) -> tuple[SafeString, SafeString]:
    return (SafeString("" if cells else ' class="is-free"'), SafeString("".join(map(_class, cells))))


def _class(cell: Cell) -> str:
    """What people have typed is escaped; the rest is the site's own."""
    state, period, title, words = cell.state, escape(cell.period), escape(cell.title), escape(cell.state.words)
    late, drawn = " status-late" if state.is_late else "", shape(state.shape) if state.shape else ""
    return _CLASS.format(state.look, cell.key, cell.address, period, title, late, drawn, words)
