"""What each piece of a student's day contributes, by the mode in which it was taught (MS-08, RD-20 to RD-23, RD-26).

Classes held live by their marks, as the office lets them stand; work in own time by its measure or its completion.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from attendance.rules.day import ASSESSMENT, CLASS, HOMEBOUND, WORK, Bounds, DayFacts, MeetingFact
from attendance.rules.evidence import Evidence, Review, approved, minutes_completed, refusal
from attendance.rules.minutes import MeetingTimes, Span
from attendance.rules.modes import (
    ASYNC_ONLINE,
    IN_PERSON,
    LIVE,
    OFFLINE,
    OWN_TIME,
    SYNC_ONLINE,
    DayModes,
    ModeFact,
    modes_on,
)
from attendance.rules.office import ACTIVITY, NOTHING, OfficeFact, OfficeWord, office_word
from attendance.rules.plan import CONTACT, DAY, Plan
from attendance.rules.plan import WORK as WORK_DONE
from attendance.rules.policy import Policy
from attendance.rules.presence import is_present

EARLY_RELEASE, PART_TIME, AT_HOME = "early_release", "part_time", "homebound"


@dataclass(frozen=True, slots=True)
class Held:
    """A class meeting of the student's schedule with its mark; `seen` is when the student was there, if told.

    `attended` is None while it is untaken for this student.
    """

    meeting_id: int
    section_id: int
    times: MeetingTimes
    offered: int
    attended: int | None
    mark: str | None = None
    seen: Span | None = None
    # Whose door can have kept the student from it (RD-06).
    school_id: int | None = None
    # By mode: one class with one mark is shared by most of its students, and its piece is made once.
    _pieces: dict[str, MeetingFact] = field(default_factory=dict, compare=False, repr=False)

    def piece(self, mode: str) -> MeetingFact:
        """What it is of a day, as its mark has it."""
        if mode not in self._pieces:
            marked = (self.meeting_id, self.times, self.offered, self.attended, self.mark)
            self._pieces[mode] = MeetingFact(*marked, mode=mode, section_id=self.section_id)
        return self._pieces[mode]


@dataclass(frozen=True, slots=True)
class Seat:
    """A state assessment that the student is listed for; minutes, None until its attendance is taken."""

    assessment_id: int
    times: MeetingTimes
    attended: int | None
    may_be_remote: bool


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Everything about a student's day but its classes and excuses. All of it empty for most students.

    `assigned` holds sections with the minutes of the work given for the day; `colleges_out` sections whose college has
    no class that day; `own_schedule` is why the own day may be shorter.
    """

    modes: tuple[ModeFact, ...] = ()
    assigned: tuple[tuple[int, int], ...] = ()
    evidence: tuple[Evidence, ...] = ()
    reviews: tuple[Review, ...] = ()
    office: tuple[OfficeFact, ...] = ()
    seats: tuple[Seat, ...] = ()
    accommodations: frozenset[str] = frozenset()
    own_schedule: str = ""
    colleges_out: tuple[int, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether the day is its classes and their marks, and nothing else."""
        return self == _PLAIN


_PLAIN = Circumstances()


@dataclass(frozen=True, slots=True)
class Taught:
    """A day ready to be judged, with the mode it is reported in, and the classes done in own time."""

    mode: str
    facts: DayFacts
    own_time_sections: tuple[int, ...] = ()


def taught(
    day: date,
    held: Sequence[Held],
    about: Circumstances,
    *,
    day_kind: str,
    rotation_day: str,
    excused: Sequence[Span],
    plan: Plan,
    policy: Policy,
) -> Taught:
    """Lay a student's day out as its pieces. Evidence speaks of `day`: the caller asked by its local date (MS-15)."""
    modes = modes_on(
        day, about.modes, day_kind=day_kind, rotation_day=rotation_day, virtual_day_mode=plan.virtual_day_mode
    )
    if about.is_plain and modes.mode in LIVE:
        return Taught(modes.mode, DayFacts([each.piece(modes.mode) for each in held], excused))
    return _Day(day, held, about, modes, plan, policy).taught(excused)


class _Day:
    """One day while its pieces are laid out."""

    def __init__(
        self, day: date, held: Sequence[Held], about: Circumstances, modes: DayModes, plan: Plan, policy: Policy
    ) -> None:
        self.day, self.about, self.modes, self.plan, self.policy = day, about, modes, plan, policy
        self.said = [*about.office, *self._sat()]
        self.word = office_word(self.said)
        self.words: dict[int | None, OfficeWord] = {}
        self.reviews = {each.section_id: each for each in about.reviews}
        self.live = [each for each in held if modes.of_section(each.section_id) in LIVE]
        self.own = [each for each in held if modes.of_section(each.section_id) in OWN_TIME]
        self.measures = approved(plan, about.accommodations)

    def taught(self, excused: Sequence[Span]) -> Taught:
        live = [self._live(each) for each in self.live]
        work = self._work()
        seats = [self._seat(each) for each in self.about.seats if self.modes.mode != IN_PERSON]
        pieces = [*live, *work, *seats]
        if self.about.own_schedule == AT_HOME and pieces:
            pieces = [self._at_home(pieces)]
        facts = DayFacts(
            pieces,
            excused,
            exempt_by=self._exempt_by(),
            rescued_by=self._rescued_by(pieces),
            every_class=self._every_class(pieces),
            suspended=self.word.suspended,
        )
        on_campus = bool(seats) and not self.modes.in_quarantine and not all(s.may_be_remote for s in self.about.seats)
        own_time = {each.section_id for each in self.own} | {each.section_id for each in work}
        if self.about.own_schedule == AT_HOME:
            own_time |= {each.section_id for each in self.live}
        return Taught(IN_PERSON if on_campus else self.modes.mode, facts, tuple(sorted(own_time)))

    def _sat(self) -> list[OfficeFact]:
        """An assessment taken is a supervised activity of those who have class in the building then (RD-07)."""
        if self.modes.mode != IN_PERSON:
            return []
        sat = (each.times.span for each in self.about.seats if each.attended)
        return [OfficeFact(ACTIVITY, span.starts, span.ends) for span in sat]

    def _live(self, held: Held) -> MeetingFact:
        mode = self.modes.of_section(held.section_id)
        fact = held.piece(mode)
        if held.section_id in self.about.colleges_out:
            return replace(fact, attended=held.offered, mark=None, basis=("MS-32", "RD-27"))
        word = self._word_at(held.school_id)
        if word is NOTHING:
            return fact
        on_campus = mode == IN_PERSON
        counted = word.counted(held.times, held.attended or 0, held.seen, on_campus=on_campus)
        if held.attended is None:
            most = max(counted, word.most(held.times) if on_campus else held.offered)
            basis = _because(counted, 0) + _because(most, held.offered)
            return replace(fact, least=counted, most=most, basis=basis)
        return replace(fact, attended=counted, basis=_because(counted, held.attended))

    def _word_at(self, school_id: int | None) -> OfficeWord:
        if school_id not in self.words:
            self.words[school_id] = office_word(self.said, school_id)
        return self.words[school_id]

    def _work(self) -> list[MeetingFact]:
        """Work in own time: of each class what was assigned for the day, else the minutes of its meetings."""
        offered: dict[int, int] = defaultdict(int)
        for each in self.own:
            offered[each.section_id] += each.offered
        for section_id, minutes in self.about.assigned:
            if self.modes.of_section(section_id) in OWN_TIME:
                offered[section_id] = minutes
        times: dict[int, list[MeetingTimes]] = defaultdict(list)
        for each in self.own:
            times[each.section_id].append(each.times)
        return [
            self._piece(section_id, minutes, _same(times[section_id], minutes))
            for section_id, minutes in sorted(offered.items())
        ]

    def _piece(self, section_id: int, offered: int, times: MeetingTimes | None) -> MeetingFact:
        mode = self.modes.of_section(section_id)
        attended = self._completed(section_id, offered) if mode in OFFLINE else self._engaged(section_id, offered)
        basis: tuple[str, ...] = ("MS-21", "RD-22") if mode in OFFLINE else ("MS-19", "RD-20")
        if attended is None and self.word.suspended:
            # Nobody is asked what a student did who was kept from school, and nothing is awaited.
            attended, basis = 0, (*basis, "RD-07")
        if section_id in self.about.colleges_out:
            attended, basis = offered, ("MS-32", "RD-27")
        return MeetingFact(
            section_id, times, offered, attended, kind=WORK, mode=mode, section_id=section_id, basis=basis
        )

    def _completed(self, section_id: int, offered: int) -> int | None:
        review = self.reviews.get(section_id)
        return None if review is None else min(offered, minutes_completed(review, self.plan))

    def _engaged(self, section_id: int, offered: int) -> int | None:
        """RD-20: one measure makes the asynchronous minutes attended, none at all makes them missed, once all of the
        classes are entered.
        """
        by_day = self.plan.measured_by == DAY
        if self._is_met(None if by_day else section_id):
            return offered
        sections = self._online_sections() if by_day else {section_id}
        return 0 if sections <= self.reviews.keys() else None

    def _online_sections(self) -> set[int]:
        given = {each.section_id for each in self.own} | {section_id for section_id, _ in self.about.assigned}
        return {each for each in given if self.modes.of_section(each) == ASYNC_ONLINE}

    def _is_met(self, section_id: int | None) -> bool:
        """Whether some approved measure was met that day; in one class, or in any (None)."""
        evidence = [*self._engagement(), *self._talks_in_class()]
        return any(self._counts(each) for each in evidence if section_id is None or each.section_id == section_id)

    def _counts(self, evidence: Evidence) -> bool:
        return not refusal(evidence, self.day, self.measures)

    def _engagement(self) -> list[Evidence]:
        entered = [Evidence(each.measure, each.section_id) for each in self.about.reviews if each.measure]
        return [*self.about.evidence, *entered]

    def _talks_in_class(self) -> list[Evidence]:
        return contacts_in_class(self.live, self.own, self.modes, percent=self.policy.presence_percent)

    def _seat(self, seat: Seat) -> MeetingFact:
        mode = self.modes.mode if seat.may_be_remote else IN_PERSON
        offered = seat.times.instructional_minutes
        attended = None if seat.attended is None else min(seat.attended, offered)
        return MeetingFact(
            seat.assessment_id,
            seat.times,
            offered,
            attended,
            kind=ASSESSMENT,
            mode=mode,
            basis=("MS-12", "RD-23"),
        )

    def _at_home(self, pieces: Sequence[MeetingFact]) -> MeetingFact:
        """Homebound instruction: the minutes entered, of those that the student's classes ask."""
        offered = sum(each.offered for each in pieces)
        review = self.reviews.get(None)
        attended = None if review is None else min(offered, review.minutes or 0)
        return MeetingFact(0, None, offered, attended, kind=HOMEBOUND, mode=self.modes.mode, basis=("RD-01",))

    def _exempt_by(self) -> str:
        if self.about.own_schedule == EARLY_RELEASE:
            return "MS-04"
        return "MS-32" if self.about.colleges_out else ""

    def _rescued_by(self, pieces: Sequence[MeetingFact]) -> str:
        """MS-20, as RD-21 limits it: live and asynchronous classes that day, none in person, and a measure met beside
        the classes that were attended.
        """
        modes = {each.mode for each in pieces}
        if IN_PERSON in modes or not {SYNC_ONLINE, ASYNC_ONLINE} <= modes:
            return ""
        return "MS-20" if any(self._counts(each) for each in self._engagement()) else ""

    def _every_class(self, pieces: Sequence[MeetingFact]) -> Bounds | None:
        if not self.modes.in_quarantine or self.plan.quarantine_by_minutes:
            return None
        bounds = [self._both(each) for each in pieces]
        return Bounds(all(each.certain for each in bounds), all(each.possible for each in bounds))

    def _both(self, piece: MeetingFact) -> Bounds:
        review = self.reviews.get(piece.section_id)
        there, done = attended_and_done(piece, review, self.plan, percent=self.policy.presence_percent)
        return Bounds(there.certain and done.certain, there.possible and done.possible)


def contacts_in_class(live: Sequence[Held], own: Sequence[Held], modes: DayModes, *, percent: int) -> list[Evidence]:
    """MS-20: who attended a live class online had the teacher's contact that day; a class on campus counts alone
    (RD-21). `own` are the meetings of classes that the student does in own time, and may have joined all the same.
    """
    if any(modes.of_section(each.section_id) == IN_PERSON for each in live):
        return []
    attended = (
        each for each in [*live, *own] if each.attended and is_present(each.attended, each.offered, percent=percent)
    )
    return [Evidence(CONTACT, each.section_id, meeting_id=each.meeting_id) for each in attended]


def attended_and_done(piece: MeetingFact, review: Review | None, plan: Plan, *, percent: int) -> tuple[Bounds, Bounds]:
    """What RD-26 asks of each piece of a day in quarantine: it was attended, and its work is done."""
    there = Bounds(
        is_present(piece.at_least, piece.offered, percent=percent),
        is_present(piece.at_most, piece.offered, percent=percent),
    )
    if piece.kind not in (CLASS, WORK):
        return there, Bounds(certain=True, possible=True)
    done = review is not None and (
        review.work_done or review.measure == WORK_DONE or minutes_completed(review, plan) >= piece.offered
    )
    return there, Bounds(done, done or review is None)


def _because(counted: int, seen: int) -> tuple[str, ...]:
    if counted == seen:
        return ()
    return ("RD-07",) if counted > seen else ("RD-06",)


def _same(times: Sequence[MeetingTimes], minutes: int) -> MeetingTimes | None:
    """The hour of work that stands for one meeting of the class, whole."""
    return times[0] if len(times) == 1 and times[0].instructional_minutes == minutes else None
