"""The things of a home page in words: a sentence with its number, since or until when, and a button to the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from attendance.rules.time_words import time_of_day
from attendance.selectors.local_times import local_time
from reporting.rules.home_needs import Comes, Need, Next, What
from reporting.views.home_places import place_of
from students.access import Scope


@dataclass(frozen=True)
class Told:
    """A need as the page tells it."""

    sentence: str
    when: str
    action: str
    href: str


# One of a kind, many of it; %(title)s and %(more)s are those of the need.
_SENTENCES: Mapping[What, object] = {
    What.CLASS: ngettext_lazy(
        "%(title)s can be taken now: %(number)s student.", "%(title)s can be taken now: %(number)s students.", "number"
    ),
    What.CALLS: ngettext_lazy(
        "%(number)s student is missing, and nobody has called about the student yet.",
        "%(number)s students are missing, and nobody has called about them yet.",
        "number",
    ),
    What.UNTAKEN: ngettext_lazy(
        "%(number)s class has begun and is not taken.", "%(number)s classes have begun and are not taken.", "number"
    ),
    What.IMPORT: ngettext_lazy(
        "%(number)s roster import needs you; until then the roster stands still.",
        "%(number)s roster imports need you; until then the roster stands still.",
        "number",
    ),
    What.OUTREACH: ngettext_lazy(
        "Nobody has tried to reach %(number)s of your students for a week.",
        "Nobody has tried to reach %(number)s of your students for a week.",
        "number",
    ),
    What.STEPS_LATE: ngettext_lazy(
        "%(number)s case has a step that is overdue.", "%(number)s cases have a step that is overdue.", "number"
    ),
    What.MINE_BEFORE: ngettext_lazy(
        "%(number)s class of yours from an earlier day is not taken.",
        "%(number)s classes of yours from earlier days are not taken.",
        "number",
    ),
    What.BEFORE: ngettext_lazy(
        "%(number)s class of an earlier day is not taken.",
        "%(number)s classes of earlier days are not taken.",
        "number",
    ),
    What.OWN_TIME: ngettext_lazy(
        "%(number)s entry, talk or report of your students in own time is late.",
        "%(number)s entries, talks and reports of your students in own time are late.",
        "number",
    ),
    What.ENTRIES: ngettext_lazy(
        "%(number)s entry is overdue: a class not taken, or a day in own time not entered.",
        "%(number)s entries are overdue: classes not taken, and days in own time not entered.",
        "number",
    ),
    What.CERTIFY: ngettext_lazy(
        "%(number)s month is approved by its school, to be certified by you.",
        "%(number)s months are approved by their schools, to be certified by you.",
        "number",
    ),
    What.BUILD: ngettext_lazy(
        "%(number)s month is over and not approved yet.", "%(number)s months are over and not approved yet.", "number"
    ),
    What.FILE: ngettext_lazy(
        "%(number)s certified month has files that the state has not accepted.",
        "%(number)s certified months have files that the state has not accepted.",
        "number",
    ),
    What.STEPS_TODAY: ngettext_lazy(
        "%(number)s case has a step due today.", "%(number)s cases have a step due today.", "number"
    ),
    What.CROSSED: ngettext_lazy(
        "%(number)s student crossed a threshold, and nobody has tried to reach the family since.",
        "%(number)s students crossed a threshold, and nobody has tried to reach their families since.",
        "number",
    ),
    What.FAMILIES: ngettext_lazy(
        "%(number)s report, note or request of a family waits for you.",
        "%(number)s reports, notes and requests of families wait for you.",
        "number",
    ),
    What.REQUESTS: ngettext_lazy(
        "%(number)s family asks you to look at a mark again.",
        "%(number)s families ask you to look at a mark again.",
        "number",
    ),
    What.EXCUSES: ngettext_lazy(
        "%(number)s excuse waits for a decision, or its paper is overdue.",
        "%(number)s excuses wait for a decision, or their paper is overdue.",
        "number",
    ),
    What.DISAGREEMENTS: ngettext_lazy(
        "On %(number)s student’s day a teacher and the office disagree.",
        "On %(number)s students’ days a teacher and the office disagree.",
        "number",
    ),
    What.WARNED: ngettext_lazy(
        "%(number)s student is on course to cross a threshold.",
        "%(number)s students are on course to cross a threshold.",
        "number",
    ),
    What.NOBODYS: ngettext_lazy("%(number)s open case is nobody’s.", "%(number)s open cases are nobody’s.", "number"),
    What.MAIL: ngettext_lazy(
        "Mail to %(number)s family’s address comes back.",
        "Mail to %(number)s families’ addresses comes back.",
        "number",
    ),
    What.PACKETS: ngettext_lazy(
        "%(number)s audit packet is ready to be read.", "%(number)s audit packets are ready to be read.", "number"
    ),
    What.ROLES_END: ngettext_lazy(
        "%(number)s role ends within two weeks.", "%(number)s roles end within two weeks.", "number"
    ),
    What.NO_PASSWORD: ngettext_lazy(
        "%(number)s account has no password yet.", "%(number)s accounts have no password yet.", "number"
    ),
}
_UNMARKED = ngettext_lazy(
    "%(title)s is taken, but for %(number)s student.", "%(title)s is taken, but for %(number)s students.", "number"
)
_IN_SCHOOLS = ngettext_lazy("in %(more)s school", "in %(more)s schools", "more")
# What a school does next in a month, by how its newest run ended.
_MONTH_STEPS: Mapping[str, Promise] = {
    "": gettext_lazy("Month %(month)s is over: check and build it."),
    "blocked": gettext_lazy("Month %(month)s is held up by findings to mend."),
    "failed": gettext_lazy("The building of month %(month)s failed: build it again."),
    "done": gettext_lazy("Month %(month)s is built: read its warnings and approve it."),
}
_ACTIONS: Mapping[What, Promise] = {
    What.CLASS: gettext_lazy("Mark"),
    What.CALLS: gettext_lazy("Call"),
    What.UNTAKEN: gettext_lazy("See which"),
    What.IMPORT: gettext_lazy("Look at it"),
    What.OUTREACH: gettext_lazy("My students"),
    What.STEPS_LATE: gettext_lazy("Open the queue"),
    What.MINE_BEFORE: gettext_lazy("Mark"),
    What.BEFORE: gettext_lazy("See which"),
    What.OWN_TIME: gettext_lazy("Enter"),
    What.ENTRIES: gettext_lazy("See whose"),
    What.CERTIFY: gettext_lazy("Certify"),
    What.BUILD: gettext_lazy("Open the month"),
    What.FILE: gettext_lazy("File"),
    What.STEPS_TODAY: gettext_lazy("Open the queue"),
    What.CROSSED: gettext_lazy("Open the queue"),
    What.FAMILIES: gettext_lazy("Answer"),
    What.REQUESTS: gettext_lazy("Answer"),
    What.EXCUSES: gettext_lazy("Decide"),
    What.DISAGREEMENTS: gettext_lazy("Compare"),
    What.WARNED: gettext_lazy("See who"),
    What.NOBODYS: gettext_lazy("Hand out"),
    What.MAIL: gettext_lazy("See whose"),
    What.PACKETS: gettext_lazy("Read"),
    What.ROLES_END: gettext_lazy("See whose"),
    What.NO_PASSWORD: gettext_lazy("See whose"),
}
# What the day of a need is the first day of; the others tell since when.
_ONE_OR_A_LIST = frozenset({What.MINE_BEFORE, What.CERTIFY, What.BUILD, What.FILE, What.PACKETS})
_FIRST_DAYS = frozenset({What.WARNED, What.ROLES_END})


def told(need: Need, scope: Scope) -> Told:
    """A need in words, with the address of the page that does it."""
    name, arguments, asked = place_of(need)
    href = reverse(name, args=arguments) + (f"?{urlencode(asked)}" if asked else "")
    # Below a school's board of today stand the classes of the days before.
    href += "#missing" if need.what == What.BEFORE and need.leads else ""
    # Of several, their list: none of them is the one.
    action = _("See which") if need.what in _ONE_OR_A_LIST and not need.leads else str(_ACTIONS[need.what])
    return Told(_sentence(need, scope), _when(need, scope), action, href)


def _sentence(need: Need, scope: Scope) -> str:
    if need.what == What.BUILD and need.number == 1 and need.leads and not scope.district_wide:
        return str(_MONTH_STEPS[str(need.leads[2])]) % {"month": need.leads[1]}
    words = _UNMARKED if need.what == What.CLASS and need.more else _SENTENCES[need.what]
    return str(words % {"number": need.number, "title": need.title})  # type: ignore[operator]


def _when(need: Need, scope: Scope) -> str:
    parts = [_day_words(need, scope)]
    if need.more > 1 and need.what in (What.BEFORE, What.UNTAKEN, What.BUILD, What.CERTIFY, What.FILE):
        parts.append(str(_IN_SCHOOLS % {"more": need.more}))
    return " · ".join(part for part in parts if part)


def _day_words(need: Need, scope: Scope) -> str:
    if isinstance(need.until, time):
        return _clock_words(need.what, need.until, scope) % {"at": time_of_day(need.until)}
    if need.until is not None:
        if need.until == scope.today:
            return _("today")
        words = _("the first on %(day)s") if need.what in _FIRST_DAYS else _("until %(day)s")
        return words % {"day": _day(need.until)}
    if need.since is None:
        return ""
    return _("since today") if need.since == scope.today else _("since %(day)s") % {"day": _day(need.since)}


def _clock_words(what: What, until: time, scope: Scope) -> str:
    if what != What.CALLS:
        return _("until %(at)s")
    return _("by %(at)s") if local_time(scope, scope.now).time() < until else _("was to be done by %(at)s")


def _day(day: date) -> str:
    return date_format(day, "D, M j")


def next_words(coming: Next, today: date) -> str:
    """What comes next and when, where nothing needs doing now."""
    at = time_of_day(coming.at) if coming.at else ""
    words = {
        Comes.CLASS: _("Next: %(title)s at %(at)s."),
        Comes.STEP: _("The next step of a case falls due on %(day)s."),
        Comes.MONTH_ENDS: _("The month ends on %(day)s; it is built from then on."),
        Comes.SCHOOL_DAY: _("The next school day is %(day)s."),
    }[coming.comes]
    return words % {"title": coming.title, "at": at, "day": date_format(coming.on, "l, F j")}
