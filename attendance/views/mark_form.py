"""The marking form: what was posted, as entries for the service; nothing typed is lost on the way back."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import time
from typing import Protocol
from uuid import UUID, uuid4

from django.http import QueryDict
from django.utils.translation import gettext as _

from attendance.rules.mark import ABSENT, LEFT_EARLY, PRESENT, STATUSES, TARDY
from attendance.rules.minutes import MeetingTimes, Span, clock_time
from attendance.rules.time_words import class_time
from attendance.selectors.meeting_page import MeetingPage, Pupil, StoredMark
from attendance.services.marking import MarkEntry

_TIME = re.compile(r"^(\d{1,2})[:.]?(\d{2})\s*([ap])?\.?m?\.?$", re.IGNORECASE)
NOON = 12 * 60


class Unreadable(Exception):
    """What was typed is neither a time of the class nor a number of its minutes; the message says so."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One student's line as it was chosen; `detail` is the time or the minutes missed, as typed."""

    status: str = ""
    detail: str = ""


@dataclass(frozen=True)
class MarkForm:
    """A marking form, as posted or as the stored marks fill it."""

    version: int
    submission_id: UUID
    choices: Mapping[int, Choice]
    reason: str = ""
    on_paper_by: str = ""
    problems: Mapping[int, str] = field(default_factory=dict)
    # What the roster's page carried; a form that never saw it has none.
    opening: str = ""

    def with_remaining_present(self, page: MeetingPage) -> "MarkForm":
        """Every unmarked student present, or as the office suggests; whoever is marked stays as marked."""
        filled = dict(self.choices)
        for each in page.pupils:
            choice = filled.get(each.student_id, Choice())
            if not choice.status:
                filled[each.student_id] = suggested_choice(each, page) or replace(choice, status=PRESENT)
        return replace(self, choices=filled)


def stored_form(page: MeetingPage) -> MarkForm:
    """The form as a page opens: what is saved; of others what the office suggests, or nothing."""
    choices = {each.student_id: _stored(each.mark, page.minutes) for each in page.pupils if each.mark}
    known = {each.student_id: suggested_choice(each, page) for each in page.pupils if not each.mark}
    return MarkForm(page.version, uuid4(), choices | {student: each for student, each in known.items() if each})


def suggested_choice(pupil: Pupil, page: MeetingPage) -> Choice | None:
    """What the office knows of a student in the class, as a line of the form; the teacher still saves it (RD-06)."""
    its = pupil.suggested
    if its is None:
        return None
    if its.arrived is not None and its.left is not None:
        missed = page.minutes - page.times.instructional_minutes_in([Span(its.arrived, its.left)])
        return Choice(its.status, str(missed))
    moment = its.left if its.arrived is None else its.arrived
    return Choice(its.status, "" if moment is None else class_time(clock_time(moment)))


def _stored(mark: StoredMark, offered: int) -> Choice:
    moment = mark.arrived_at if mark.status == TARDY else mark.left_at
    if mark.status not in (TARDY, LEFT_EARLY):
        return Choice(mark.status)
    return Choice(mark.status, class_time(moment) if moment else str(offered - mark.minutes))


def posted_form(posted: QueryDict) -> MarkForm:
    """The form as it was sent. A broken version or submission id reads as one that no save has made."""
    choices = {
        int(name.removeprefix("mark-")): Choice(status, posted.get(f"detail-{name.removeprefix('mark-')}", "").strip())
        for name, status in posted.items()
        if re.fullmatch(r"mark-\d{1,18}", name) and status in STATUSES
    }
    version = posted.get("version", "")
    return MarkForm(
        version=int(version) if re.fullmatch(r"\d{1,9}", version) else -1,
        submission_id=submission_id_in(posted),
        choices=choices,
        reason=reason_in(posted),
        on_paper_by=on_paper_in(posted),
        opening=posted.get("opening", ""),
    )


def reason_in(posted: QueryDict) -> str:
    """Why a class is corrected, as typed."""
    return posted.get("reason", "").replace("\0", "").strip()[:300]


def on_paper_in(posted: QueryDict) -> str:
    """Who wrote the marks on paper, as typed."""
    return posted.get("on_paper_by", "").replace("\0", "").strip()[:150]


def submission_id_in(posted: QueryDict) -> UUID:
    """The id of the form that was sent; a broken one reads as one that no save has made."""
    text = posted.get("submission_id", "")
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def entries_of(form: MarkForm, times: MeetingTimes) -> tuple[list[MarkEntry], dict[int, str]]:
    """The entries for the service, and by student id what cannot be read."""
    entries, problems = [], {}
    for student_id, choice in form.choices.items():
        try:
            entries.append(entry_of(student_id, choice, times))
        except Unreadable as unreadable:
            problems[student_id] = str(unreadable)
    return entries, problems


def entry_of(student_id: int, choice: Choice, times: MeetingTimes) -> MarkEntry:
    """One line as an entry; the field is read only where the mark has a use for it. Raises Unreadable."""
    if choice.status in (PRESENT, ABSENT) or not choice.detail:
        return MarkEntry(student_id, choice.status)
    moment, missed = read_detail(choice.detail, times)
    if missed is not None:
        return MarkEntry(student_id, choice.status, minutes=times.instructional_minutes - missed)
    if choice.status == TARDY:
        return MarkEntry(student_id, choice.status, arrived_at=moment)
    return MarkEntry(student_id, choice.status, left_at=moment)


def read_detail(text: str, times: MeetingTimes) -> tuple[time | None, int | None]:
    """A time of the class (10:26, 1026, 1:05 pm) or the instructional minutes missed (14). Raises Unreadable.

    A time is taken as of the morning or the afternoon, whichever lies in the class.
    """
    moment = moment_in(text, times.span)
    if moment is not None:
        return clock_time(moment), None
    if re.fullmatch(r"[0-9]{1,3}", text) and int(text) <= times.instructional_minutes:
        return None, int(text)
    raise Unreadable(
        _("“%(text)s” is neither a time from %(first)s to %(last)s nor minutes up to %(most)s")
        % {
            "text": text,
            "first": class_time(clock_time(times.span.starts)),
            "last": class_time(clock_time(times.span.ends)),
            "most": times.instructional_minutes,
        }
    )


def moment_in(text: str, span: Span) -> int | None:
    """A typed time of a span as minutes from midnight; None for what is no time of it."""
    if not (read := _TIME.match(text)):
        return None
    hour, minute, half = int(read[1]), int(read[2]), (read[3] or "").lower()
    if hour > 23 or minute > 59:
        return None
    typed = hour * 60 + minute
    morning = typed % NOON
    either = [morning, morning + NOON] if hour <= 12 else [typed]
    candidates = {"a": [morning], "p": [morning + NOON]}.get(half, either)
    return next((each for each in candidates if span.starts <= each <= span.ends), None)


class Chosen(Protocol):
    """A line's choice of whatever form."""

    @property
    def status(self) -> str:
        """The mark chosen; empty for none."""
        ...


def counts(choices: Mapping[int, Chosen], student_ids: Iterable[int]) -> dict[str, int]:
    """Students of the roster by mark, and those unmarked."""
    tally = Counter(choices[each].status if each in choices else "" for each in student_ids)
    return {status: tally[status] for status in STATUSES} | {"unmarked": tally[""]}
