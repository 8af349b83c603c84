"""What no check in a browser sees: motion that nobody can stop, a focus that is not drawn, what only a mouse finds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.architecture.sources import ROOT

MOVES = re.compile(r"\b(transition|animation|scroll-behavior)\b")
SHOWS = re.compile(r"\b(display|visibility|opacity|clip-path|content|left|top|height|width)\s*:")
HIDES_THE_FOCUS = re.compile(r"outline(-width|-style)?\s*:\s*(none|0)\b")


@dataclass(frozen=True)
class Rule:
    """A rule of a style sheet, and the conditions that it stands under."""

    sheet: str
    under: str
    selector: str
    says: str


def rules() -> Iterator[Rule]:
    """Every rule of the site."""
    for path in sorted((ROOT / "static" / "css").glob("*.css")):
        around: list[str] = []
        text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
        for words, brace in re.findall(r"([^{}]*)([{}])", text):
            if brace == "{":
                around.append(words.strip())
            else:
                selector = around.pop()
                yield Rule(path.name, " ".join(around), selector, words.strip())


def test_what_moves_stands_still_for_whoever_asks_for_it() -> None:
    moving = [rule for rule in rules() if MOVES.search(rule.says)]
    assert [rule for rule in moving if "prefers-reduced-motion: no-preference" not in rule.under] == []
    assert moving


def test_nothing_is_shown_by_a_mouse_alone() -> None:
    hovered = [rule for rule in rules() if ":hover" in rule.selector]
    assert [rule for rule in hovered if SHOWS.search(rule.says) and ":focus" not in rule.selector] == []
    assert hovered


def test_the_focus_is_drawn_wherever_a_key_can_lead() -> None:
    """The page itself gets the focus by the link that skips the bar: a frame around everything would say nothing."""
    hidden = [rule for rule in rules() if HIDES_THE_FOCUS.search(rule.says)]
    assert [rule.selector for rule in hidden] == ["main:focus"]
