"""What people of the cast do, said shortly."""

from datetime import date
from io import BytesIO
from uuid import uuid4

from attendance.demo.papers import letter
from attendance.models import ClassMeeting, Excuse
from attendance.services.days import open_day
from attendance.services.document_intake import Upload
from attendance.services.excuses import enter_excuse
from attendance.services.marking import MarkEntry, save_marks
from attendance.services.voiding import void_meeting
from tests.world import CAST, TODAY, YESTERDAY, World, at


def open_both_schools(world: World) -> World:
    """Both schools' days are opened through today."""
    for school in (world.lincoln, world.washington):
        open_day(world.installation, school.pk, TODAY)
    return world


def meeting_of(world: World, period: str, day: date = YESTERDAY) -> ClassMeeting:
    return ClassMeeting.objects.get(section=world.sections[period], date=day)


def take(
    world: World,
    period: str,
    day: date = YESTERDAY,
    by: str = "whitfield",
    reason: str = "",
    **exceptions: MarkEntry | str,
) -> ClassMeeting:
    """Ms. Whitfield takes a class at 17:00 of today, everybody present but the exceptions, by family name."""
    held = meeting_of(world, period, day)
    entries = []
    for name in (each.partition(" ")[0] for each in CAST):
        said = exceptions.get(name.replace("’", ""), "present")
        entries.append(MarkEntry(world.students[name].pk, said) if isinstance(said, str) else said)
    scope = world.scope(by, at(17))
    save_marks(scope, held.pk, submission_id=uuid4(), version=held.version, entries=entries, reason=reason)
    held.refresh_from_db()
    return held


def void(world: World, period: str, day: date = YESTERDAY, reason: str = "Fire drill") -> ClassMeeting:
    """Mrs. Okafor voids a class."""
    held = meeting_of(world, period, day)
    void_meeting(world.scope("okafor"), held.pk, reason=reason)
    return held


def excuse(world: World, name: str, day: date = YESTERDAY, **given) -> Excuse:
    """Mrs. Okafor enters an excuse for illness of one day, on a doctor's paper seen today."""
    facts = {
        "submission_id": uuid4(),
        "starts_on": day,
        "ends_on": day,
        "reason": "illness",
        "document_kind": "medical",
        "document_seen_on": TODAY,
    }
    return enter_excuse(world.scope("okafor"), world.students[name].pk, **facts | given)


def upload(name: str = "letter.pdf", content: bytes | None = None) -> Upload:
    """A file as somebody sends it; a doctor's letter where nothing else is said."""
    return Upload(name, BytesIO(letter(["Excused from school."]) if content is None else content))
