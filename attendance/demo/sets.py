"""The demo's files as sets: a folder to import from, and zips with which a person can try the import."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from attendance.demo.cast import MIDDLE, TODAY
from attendance.demo.district import District, district
from attendance.demo.district_files import district_files
from attendance.demo.lessons import Schedule, Seat
from attendance.demo.people import Pupil
from attendance.demo.roster_files import roster_files
from attendance.demo.stays import Stay

TOMORROW = TODAY + timedelta(days=1)
# One time for all files, so that a set is the same byte for byte whenever it is written.
WRITTEN = (2020, 10, 27, 6, 0, 0)

# By their places in the list: who leaves after today, who changes an elective, and whom the newcomer sits beside.
LEAVES, CHANGES, NEIGHBOR = 233, 150, 210


def write_folder(folder: Path, content: District) -> None:
    """Write every file of a district into a folder that exists."""
    for name, text in _texts(content):
        (folder / name).write_text(text, encoding="utf-8", newline="")


def write_zip(path: Path, content: District) -> None:
    """Write a set as one zip, in the place of an older one."""
    with ZipFile(path, "w") as archive:
        for name, text in _texts(content):
            archive.writestr(ZipInfo(name, WRITTEN), text, ZIP_DEFLATED)


def _texts(content: District) -> Iterator[tuple[str, str]]:
    for name, (header, rows) in (roster_files(content) | district_files(content)).items():
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(header.split())
        writer.writerows(rows)
        yield name, text.getvalue()


def write_sets(folder: Path) -> list[Path]:
    """Write the sets of today, of tomorrow and the wrong one into a folder, unless they stand there already."""
    folder.mkdir(parents=True, exist_ok=True)
    sets = {"roster-today.zip": district, "roster-tomorrow.zip": tomorrow, "roster-wrong.zip": wrong}
    for name, content in sets.items():
        if not (folder / name).exists():
            write_zip(folder / name, content())
    return [folder / name for name in sets]


def tomorrow() -> District:
    """A day later: one student has left, one is new, and one has changed an elective."""
    today = district()
    pupils = [_leaving(pupil) if pupil.number == LEAVES else pupil for pupil in today.pupils]
    newcomer = _newcomer(pupils)
    seats = [each for seat in today.schedule.seats for each in _seats_tomorrow(seat, today.schedule, newcomer)]
    return District([*pupils, newcomer], Schedule(today.schedule.lessons, seats))


def _leaving(pupil: Pupil) -> Pupil:
    last = replace(pupil.stays[-1], ends_on=TODAY, exit_code="T5")
    return replace(pupil, stays=(*pupil.stays[:-1], last))


def _newcomer(pupils: list[Pupil]) -> Pupil:
    """Takes all the classes of a neighbor."""
    home = pupils[NEIGHBOR].home
    stays = (Stay(home.school, home.grade, TOMORROW, "E4"),)
    names = ("Rosalind", "Toussaint", "female", date(2005, 3, 4), "blackOrAfricanAmerican", False)
    return Pupil(len(pupils), *names, stays)


def _seats_tomorrow(seat: Seat, schedule: Schedule, newcomer: Pupil) -> list[Seat]:
    if seat.ends_on <= TODAY:
        return [seat]
    if seat.pupil.number == LEAVES:
        return [replace(seat, ends_on=TODAY)]
    if seat.pupil.number == NEIGHBOR:
        return [seat, Seat(newcomer, seat.lesson, TOMORROW, seat.ends_on)]
    if seat.pupil.number == CHANGES and (other := _another_elective(seat, schedule)):
        return [replace(seat, ends_on=TODAY), replace(other, starts_on=TOMORROW)]
    return [seat]


def _another_elective(seat: Seat, schedule: Schedule) -> Seat | None:
    """The student's last elective gives way to another teacher's at the same place, one that is not had yet."""
    mine = [each.lesson for each in schedule.seats if each.pupil.number == CHANGES and each.ends_on > TODAY]
    if seat.lesson != mine[-1]:
        return None
    teachers = {lesson.teacher for lesson in mine}
    same_place = (
        each for each in schedule.lessons if each.school == seat.lesson.school and each.places == seat.lesson.places
    )
    lesson = next(each for each in same_place if each.teacher not in teachers and len(each.grades) > 1)
    return replace(seat, lesson=lesson)


def wrong() -> District:
    """Half of the middle school is missing, as when an export breaks off: too much to end without a person's word."""
    today = district()
    lost = {pupil.number for pupil in today.pupils if pupil.home.school == MIDDLE and pupil.number % 2}
    pupils = [pupil for pupil in today.pupils if pupil.number not in lost]
    seats = [seat for seat in today.schedule.seats if seat.pupil.number not in lost]
    return District(pupils, Schedule(today.schedule.lessons, seats))
