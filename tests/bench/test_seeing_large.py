"""The benchmark of every page of a large district, with a small one."""

import pytest
from django.db import connection

from attendance.models import DailyAttendance, Interaction, Mark, WeekReport, WeekTally
from bench import nights
from bench.figures import Line
from bench.large_care import insert_families, work_cases
from bench.large_classes import insert_classes, insert_marks
from bench.large_district import LargeDistrict, insert_days, insert_last_year, insert_people_and_places
from bench.large_weeks import insert_talks_and_reports
from bench.school_nights import count_chronic, count_entries, pass_over, warn
from bench.seeing_large import Timed, timed_pages
from interventions.models import Case
from students.models import School

SMALL = LargeDistrict(students=52, schools=3, school_days=22)


def test_every_page_of_a_district_of_any_size_is_opened_and_its_statements_counted(db: None) -> None:
    with connection.cursor() as cursor:
        insert_people_and_places(SMALL, cursor)
        insert_days(cursor, SMALL.days[0], SMALL.yesterday)
        insert_last_year(cursor)
        insert_classes(SMALL, cursor)
        insert_families(SMALL, cursor)
        insert_days(cursor, SMALL.today, SMALL.today, open_from=SMALL.today)
        insert_marks(SMALL, cursor)
        insert_talks_and_reports(SMALL, cursor)
    assert DailyAttendance.objects.count() == SMALL.students * SMALL.school_days
    assert DailyAttendance.objects.filter(date=SMALL.today).exclude(status="undetermined").count() == 0
    assert WeekTally.objects.filter(week__year=2019).exists()
    assert Mark.objects.filter(status="absent").exists()
    assert Interaction.objects.exists()
    assert WeekReport.objects.exists()
    for school in School.objects.values_list("pk", flat=True):
        for work in (pass_over, count_chronic, count_entries, warn):
            work(school, SMALL.today)
    with connection.cursor() as cursor:
        work_cases(SMALL, cursor)
    assert Case.objects.filter(opened_on__lt=SMALL.today).exists()
    pages = list(timed_pages(SMALL, rounds=1))
    assert len(pages) > 50
    assert all(each.statements for each in pages)


def test_a_page_is_over_the_limit_by_the_middle_of_its_times() -> None:
    assert Timed("A page", [0.3, 0.2, 0.9], 7).line.split() == ["A", "page", "300", "ms", "900", "ms", "7"]
    assert Timed("A page", [0.301], 7).line.endswith("OVER")


def test_the_pages_script_is_read_and_its_failure_told() -> None:
    said = (
        "50,000 students, 35 schools, 90 school days\n"
        "early warnings 30.0 s (limit 60), 2 workers\n"
        "figures, district_administrator ?small=left-out                      512 ms     600 ms    24  OVER\n"
        "today, teacher                                                        80 ms      90 ms    17\n"
        "load 2.0 at the end; limit 300 ms for the middle of 10\n"
    )
    assert nights.page_lines_of(said) == [
        Line(
            "Large district: figures, district_administrator ?small=left-out",
            "512 ms, over the limit",
            "24 statements",
        ),
        Line("Large district: today, teacher", "80 ms", "17 statements"),
    ]
    with pytest.raises(RuntimeError, match="no such table"):
        nights.page_lines_of("", "no such table")
