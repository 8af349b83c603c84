import pytest

from attendance.demo.cast import PASSWORD
from attendance.models import DailyAttendance, Mark, Submission
from attendance.services.days import open_day
from bench import alerting, bare, caring, nights, rebuilding, seeing
from bench.browser import Browser
from bench.classes import TakenClass, classes_of
from bench.figures import Line, milliseconds, percentile, rate, table
from bench.importing import line_of
from interventions.models import Message
from interventions.selectors.queue import Asked, whole_queue
from interventions.services.outbox import drain_marks
from tests.attendance.acts import open_both_schools, take
from tests.world import TODAY, YESTERDAY, World


def test_a_percentile_is_a_measurement_that_was_made():
    hundred = [float(each) for each in range(1, 101)]
    assert (percentile(hundred, 50), percentile(hundred, 95)) == (50.0, 95.0)
    assert percentile([7.0], 95) == 7.0
    with pytest.raises(ValueError, match="Nothing was measured"):
        percentile([], 50)


def test_a_ratio_is_how_many_times_the_floor_it_takes_whatever_the_unit():
    assert milliseconds("", 0.06, 0.02).ratio == pytest.approx(3)
    assert rate("", "saves/s", 100, 300).ratio == pytest.approx(3)


def test_the_table_lines_its_figures_up():
    lines = table([milliseconds("A save", 0.06, 0.02), Line("An import", "8 s")]).splitlines()
    assert [line.split() for line in lines][1:] == [
        ["A", "save", "60.0", "ms", "20.0", "ms", "3.0"],
        ["An", "import", "8", "s", "-", "-"],
    ]
    assert len({len(line) for line in lines}) == 1


def test_the_import_s_script_is_read_and_its_failure_told():
    said = (
        "97,104 rows in 9.0 s (limit 20), 5.0 s of them Python's own CPU time\n"
        "peak memory 250 MB (limit 500); bare COPY of the class enrollments 1.5 s\n"
    )
    assert line_of(said) == Line("First import of 97,104 rows", "9.0 s, 250 MB", "1.5 s", 6.0)
    with pytest.raises(RuntimeError, match="no such file"):
        line_of("", "no such file")


def test_the_nights_script_is_read_and_its_failure_told():
    said = (
        "50,000 students, 35 schools, 90 school days, 2 workers\n"
        "first night 40.0 s (limit 60), with every standing, crossing and case\n"
        "night after a school day 20.0 s (limit 60)\n"
        "idle night 8.0 s (limit 15)\n"
        "a bare count of the absences 2.0 s\n"
    )
    assert nights.lines_of(said) == [
        Line("Tiers of 50,000 students, first night", "40.0 s", "2.0 s", 20.0),
        Line("Tiers of 50,000 students, night after a school day", "20.0 s", "2.0 s", 10.0),
        Line("Tiers of 50,000 students, idle night", "8.0 s", "2.0 s", 4.0),
    ]
    with pytest.raises(RuntimeError, match="no such table"):
        nights.lines_of("", "no such table")


def test_a_month_is_measured_and_stands_afterwards_as_it_stood(world):
    open_day(world.installation, world.lincoln.pk, YESTERDAY)
    before = list(DailyAttendance.objects.order_by("pk").values())
    lines = rebuilding.month(world.installation, world.lincoln.pk, YESTERDAY, YESTERDAY, rounds=1)
    assert len(lines) == 2
    assert list(DailyAttendance.objects.order_by("pk").values()) == before


def test_the_cases_of_the_queue_s_measurement_stand_in_the_queue(world):
    caring.make_cases(7, TODAY)
    found = whole_queue(world.scope("reyes"), Asked())
    assert len(found) == 7
    assert all(each.next_due_on for each in found)


def test_a_made_morning_is_saved_and_every_absence_of_it_queued(world: World) -> None:
    saved = alerting.timed_saves(alerting.make_morning(2, 3, TODAY))
    assert len(saved) == 2
    assert drain_marks(world.installation) == 2
    assert Message.objects.filter(kind="absence").count() == 6


def test_the_floor_of_a_save_writes_the_rows_of_one_class(committed_world):
    floor = bare.connect()
    bare.save(floor, _taken(committed_world))
    floor.close()
    assert Mark.objects.filter(reason="bare").count() == 9
    assert Submission.objects.count() == 2


def test_a_form_with_every_mark_turned_is_saved_as_a_browser_would(committed_world, live_server):
    taken = _taken(committed_world)
    teacher = committed_world.users["whitfield"]
    teacher.set_password(PASSWORD)
    teacher.save()
    browser = Browser(live_server.thread.port)
    browser.sign_in("whitfield", PASSWORD)
    browser.send(browser.changed_form(taken.meeting_id, "Measured"))
    assert set(Mark.objects.values_list("status", "reason")) == {("absent", "Measured")}


def test_a_students_page_is_opened_and_measured(committed_world, live_server):
    open_both_schools(committed_world)
    administrator = committed_world.users["reyes"]
    administrator.set_password(PASSWORD)
    administrator.save()
    [line] = seeing.student_page(live_server.thread.port, rounds=1)
    assert line.what.startswith("A student's page, ")


def _taken(world: World) -> TakenClass:
    open_both_schools(world)
    take(world, "1")
    return classes_of("whitfield", TODAY, 1)[0]
