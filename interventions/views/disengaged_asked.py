"""What the lists of disengaged students are narrowed to, as addresses say it: no name ever stands there."""

from collections.abc import Mapping

from interventions.selectors.disengaged import NOBODY, SOMEBODY, Asked


def asked_of(said: Mapping[str, str]) -> Asked:
    """What a query string or a form asks for; what is no such value asks for nothing."""
    return Asked(
        school_id=_number(said.get("school", "")),
        grade=_word(said, "grade"),
        mode=_word(said, "mode"),
        sign=_word(said, "criterion"),
        language=_word(said, "language"),
        need=_word(said, "need"),
        worker=_worker(said.get("worker", "")),
        page=said.get("page", "1"),
    )


def _word(said: Mapping[str, str], name: str) -> str:
    value = said.get(name, "")
    return value if value.isprintable() else ""


def _number(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 18 else None


def _worker(value: str) -> str:
    return value if value in (NOBODY, SOMEBODY) or _number(value) is not None else ""
