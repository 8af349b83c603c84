"""What became of a certified day, in words: the triggers that note it write it short."""

import re

_EVENTS = {
    "IN": "instructional day",
    "H": "holiday",
    "ED": "emergency day",
    "TD": "teacher-only day",
    "PD": "professional development day",
    "LAED": "late arrival or early dismissal",
    "ST": "strike",
    "O": "other",
}


def _in_words(status: str) -> str:
    return status.replace("_", " ")


def day_in_words(short: str) -> str:
    """`absent unexcused 0/330` as “absent, unexcused, 0 of 330 minutes”; empty: there was no such day."""
    *words, minutes = short.split() or [""]
    if not words:
        return "not in the ledger"
    attended, required = minutes.split("/")
    return ", ".join([*(_in_words(word) for word in words), f"{attended} of {required} minutes"])


def mark_in_words(short: str) -> str:
    """`1: absent 0` as “period 1: absent, 0 minutes”; empty: there was no mark."""
    found = re.fullmatch(r"(.*): (\w+) (\d+)", short)
    if found is None:
        return "no mark"
    return f"period {found[1]}: {_in_words(found[2])}, {found[3]} minutes"


def calendar_in_words(short: str) -> str:
    """`IN traditional month 3` as “instructional day, traditional, month 3”; empty: the calendar has no such day."""
    if not short:
        return "not in the calendar"
    event, _, rest = short.partition(" ")
    said, _, month = rest.rpartition("month ")
    return ", ".join(
        each for each in (_EVENTS.get(event, event), said.strip(), f"month {month}" if month else "") if each
    )


IN_WORDS = {"day": day_in_words, "mark": mark_in_words, "calendar": calendar_in_words}
