"""A day of four classes, laid out and judged, for the tests of what each piece contributes."""

from dataclasses import replace
from datetime import date

from attendance.rules.contributions import Circumstances, Held, Taught, taught
from attendance.rules.day import DayVerdict, judge
from attendance.rules.evidence import Evidence, Review
from attendance.rules.minutes import MeetingTimes, Span
from attendance.rules.modes import ModeFact
from attendance.rules.plan import STANDARD, Plan
from attendance.rules.policy import Policy

MONDAY = date(2020, 10, 19)
TUESDAY, FRIDAY = date(2020, 10, 20), date(2020, 10, 23)
NEXT_MONDAY, NEXT_TUESDAY = date(2020, 10, 26), date(2020, 10, 27)
POLICY = Policy(1, "2020-21", date(2020, 7, 1))
ENGLISH, ALGEBRA, HISTORY, SCIENCE = 1, 2, 3, 4
SECTIONS = (ENGLISH, ALGEBRA, HISTORY, SCIENCE)


def mode(name: str, section: int | None = None, **fields: object) -> ModeFact:
    return ModeFact(name, date(2020, 8, 10), None, section_id=section, **fields)  # type: ignore[arg-type]


def classes(*attended: int | None, minutes: int = 60, marks: tuple[str, ...] = ()) -> list[Held]:
    """Four classes of an hour from eight, or so many as are given, each with its minutes attended; None is untaken."""
    return [
        Held(
            number + 1,
            SECTIONS[number],
            MeetingTimes(Span(480 + number * 65, 480 + number * 65 + minutes)),
            minutes,
            there,
            mark=marks[number] if marks else None,
        )
        for number, there in enumerate(attended)
    ]


UNTAKEN = classes(None, None, None, None)


def laid_out(held: list[Held], about: Circumstances, *, plan: Plan = STANDARD, **fields: object) -> Taught:
    given = {"day_kind": "traditional", "rotation_day": "", "excused": ()}
    return taught(MONDAY, held, about, plan=plan, policy=POLICY, **{**given, **fields})  # type: ignore[arg-type]


def judged(held: list[Held], about: Circumstances, **fields: object) -> DayVerdict:
    return judge(laid_out(held, about, **fields).facts, POLICY)


ONLINE = Circumstances(modes=(mode("async_online"),))
PACKETS = Circumstances(modes=(mode("offline_packets"),))


def online(*evidence: Evidence, reviews: tuple[Review, ...] = (), **fields: object) -> Circumstances:
    return replace(ONLINE, evidence=evidence, reviews=reviews, **fields)  # type: ignore[arg-type]


def all_reviewed(**said: object) -> tuple[Review, ...]:
    return tuple(Review(section, **said) for section in SECTIONS)  # type: ignore[arg-type]


def mixed(first: str, rest: str) -> Circumstances:
    return Circumstances(modes=(mode(first), mode(rest, HISTORY), mode(rest, SCIENCE)))
