"""Which classes nobody meets live is known where nothing changed since, and asked anew where something did."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from threading import Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from attendance.models import ClassMeeting, DailyAttendance, ModeAssignment, OwnTimeClass, OwnTimeNews
from attendance.selectors.own_time_classes import schools_with_own_time_news, sections_in_own_time
from attendance.services.days import open_day
from attendance.services.own_time_classes import find_own_time_classes, find_own_time_news, wrong_own_time_classes
from attendance.tasks import count_school_entries, open_school_day
from students.models import SectionEnrollment
from tests.attendance.acts import open_both_schools, take
from tests.attendance.modes.weeks import MONDAY, in_own_time, judged
from tests.world import CAST, TODAY, YEAR_STARTS, World

FAMILIES = [each.partition(" ")[0] for each in CAST]


@contextmanager
def news_of(world: World) -> Iterator[set[tuple[int, date]]]:
    """What is noted meanwhile, all that was noted before having been heard."""
    find_own_time_news(world.installation)
    noted: set[tuple[int, date]] = set()
    yield noted
    noted |= set(OwnTimeNews.objects.values_list("school", "date"))


def test_a_class_is_known_on_each_of_its_dates_until_somebody_comes_back_to_it(world: World) -> None:
    open_both_schools(world)
    in_own_time(world, *FAMILIES, section="1")
    judged(world, *FAMILIES)
    find_own_time_news(world.installation)
    first = world.sections["1"].pk
    dates = set(ClassMeeting.objects.filter(section=first).values_list("date", flat=True))
    assert set(OwnTimeClass.objects.values_list("section", "school", "date")) == {
        (first, world.lincoln.pk, day) for day in dates
    }
    # From Tuesday on somebody comes again.
    ModeAssignment.objects.filter(student=world.students["Abara"]).update(ends_on=MONDAY)
    judged(world, "Abara")
    for know in (lambda: None, lambda: find_own_time_news(world.installation)):
        know()
        assert sections_in_own_time(world.installation, [world.lincoln.pk], MONDAY) == {first}
        assert sections_in_own_time(world.installation, [world.lincoln.pk], MONDAY + timedelta(days=1)) == set()
    assert set(OwnTimeClass.objects.values_list("date", flat=True)) == {each for each in dates if each <= MONDAY}


def test_opened_days_rosters_and_meetings_are_news_and_a_teachers_marks_are_not(world: World) -> None:
    lincoln, here = world.lincoln.pk, SectionEnrollment.objects.filter(student=world.students["Abara"])
    with news_of(world) as opened:
        open_day(world.installation, lincoln, MONDAY)
    assert (lincoln, MONDAY) in opened
    open_both_schools(world)
    with news_of(world) as marked:
        take(world, "1", MONDAY)
        take(world, "2", TODAY)
    assert marked == set()
    line = here.get(section=world.sections["1"])
    with news_of(world) as left:
        line.ends_on = TODAY - timedelta(days=1)
        line.save()
    assert (lincoln, TODAY) in left
    with news_of(world) as renamed:
        here.filter(pk=line.pk).update(source_id="another")
    assert renamed == set()
    with news_of(world) as met:
        held = ClassMeeting.objects.filter(section=world.sections["3"], date=TODAY).get()
        held.delete()
    assert met == {(lincoln, TODAY)}
    with news_of(world) as moved:
        ClassMeeting.objects.filter(section=world.sections["4"], date=TODAY).update(date=TODAY + timedelta(days=1))
    assert moved == {(lincoln, TODAY), (lincoln, TODAY + timedelta(days=1))}


def test_RD09_a_day_is_news_of_the_other_school_in_which_the_student_has_a_class(world: World) -> None:
    open_both_schools(world)
    abroad = SectionEnrollment.objects.filter(section__school=world.washington).values("student")
    away = DailyAttendance.objects.filter(date=MONDAY, school=world.lincoln, student__in=abroad)
    if not away.exists():
        section = ClassMeeting.objects.filter(school=world.washington).latest("pk").section
        SectionEnrollment.objects.create(
            source_id="abroad", student=world.students["Abara"], section=section, starts_on=YEAR_STARTS
        )
    with news_of(world) as noted:
        DailyAttendance.objects.filter(date=MONDAY, student=world.students["Abara"]).delete()
    assert noted == {(world.lincoln.pk, MONDAY), (world.washington.pk, MONDAY)}


def test_what_is_known_wrongly_is_found_by_the_check_and_mended_by_the_rebuild(world: World) -> None:
    open_both_schools(world)
    in_own_time(world, *FAMILIES, section="1")
    judged(world, *FAMILIES)
    find_own_time_news(world.installation)
    OwnTimeClass.objects.filter(date=MONDAY).delete()
    OwnTimeClass.objects.create(section=world.sections["2"], school=world.lincoln, date=TODAY)
    assert wrong_own_time_classes(world.installation, [world.lincoln.pk]) == 2
    call_command("rebuild_attendance", from_date=TODAY, to_date=TODAY)
    assert wrong_own_time_classes(world.installation, [world.lincoln.pk]) == 1
    with pytest.raises(CommandError, match="1 classes are wrongly known"):
        call_command("rebuild_attendance", check=True)
    call_command("rebuild_attendance")
    call_command("rebuild_attendance", check=True)


def test_a_school_that_opens_its_day_knows_at_once_and_news_is_heard_by_the_round(world: World) -> None:
    open_school_day(world.lincoln.pk)
    assert not OwnTimeNews.objects.exists()
    in_own_time(world, *FAMILIES, section="1")
    judged(world, *FAMILIES)
    for school_id in schools_with_own_time_news(world.installation):
        count_school_entries(school_id)
    assert not OwnTimeNews.objects.exists()
    assert OwnTimeClass.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_saved_while_it_is_found_out_is_heard_the_next_time(world: World) -> None:
    open_both_schools(world)
    find_own_time_news(world.installation)
    days = DailyAttendance.objects.filter(date=MONDAY)
    own = [world.sections["1"].pk]
    with transaction.atomic():
        # Saved and not committed yet: whoever finds out meanwhile does not see it.
        days.filter(student=world.students["Abara"]).update(own_time_sections=own)
        other = Thread(target=lambda: (find_own_time_classes(world.installation, world.lincoln.pk), connection.close()))
        other.start()
        other.join(timeout=20)
        assert not other.is_alive()
    assert set(OwnTimeNews.objects.values_list("date", flat=True)) == {MONDAY}
    days.exclude(student=world.students["Abara"]).update(own_time_sections=own)
    assert sections_in_own_time(world.installation, [world.lincoln.pk], MONDAY) == set(own)
    find_own_time_classes(world.installation, world.lincoln.pk)
    assert sections_in_own_time(world.installation, [world.lincoln.pk], MONDAY) == set(own)
    assert OwnTimeClass.objects.get().date == MONDAY
