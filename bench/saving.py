"""Saves of a class over HTTP: one teacher alone, and eight teachers at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier

from django.contrib.auth.hashers import make_password
from django.db import connection as our_connection
from psycopg2.extensions import connection

from attendance.demo.cast import PASSWORD, TEACHER, TODAY
from bench import bare
from bench.browser import Browser, Form
from bench.classes import TakenClass, classes_at_once, classes_of
from bench.figures import Line, milliseconds, percentile, rate

REASON = "Measured"
ROUNDS = 4
SAVES_A_ROUND = 25
TEACHERS = 8
SAVES_AT_ONCE = 15

Save = Callable[[], None]


@dataclass(frozen=True)
class Timed:
    """Saves that were made together: how long each took, and all of them; in seconds."""

    each: list[float]
    together: float

    @property
    def per_second(self) -> float:
        """Saves in a second."""
        return len(self.each) / self.together


def one_at_a_time(port: int) -> list[Line]:
    """One teacher corrects class after class. Rounds take turns with the floor, so that both meet the same machine."""
    browser = _signed_in(port, TEACHER.username)
    classes = classes_of(TEACHER.username, TODAY, ROUNDS * SAVES_A_ROUND)
    floor = bare.connect()
    ours: list[float] = []
    bares: list[float] = []
    for start in range(0, len(classes), SAVES_A_ROUND):
        some = classes[start : start + SAVES_A_ROUND]
        ours += _timed(_sends(browser, some))
        bares += _timed(_bare_saves(floor, some))
    floor.close()
    what = f"Save of a class ({_size(classes)} students), one at a time, "
    return [milliseconds(f"{what}p{each}", percentile(ours, each), percentile(bares, each)) for each in (50, 95)]


def eight_at_once(port: int) -> list[Line]:
    """Eight teachers correct classes of the same days and partly the same students."""
    chosen = classes_at_once(TEACHER.username, TODAY, TEACHERS, SAVES_AT_ONCE)
    _let_sign_in(chosen)
    with ThreadPoolExecutor(TEACHERS) as pool:
        prepared = list(pool.map(lambda item: _sends(_signed_in(port, item[0]), item[1]), chosen.items()))
        ours = _together(pool, prepared)
        floors = [bare.connect() for _ in chosen]
        bares = _together(pool, [_bare_saves(*pair) for pair in zip(floors, chosen.values(), strict=True)])
    for floor in floors:
        floor.close()
    what = f"The same, {TEACHERS} teachers at once, "
    return [
        rate(f"{what}all together", "saves/s", ours.per_second, bares.per_second),
        milliseconds(f"{what}p95", percentile(ours.each, 95), percentile(bares.each, 95)),
    ]


def _signed_in(port: int, username: str) -> Browser:
    browser = Browser(port)
    browser.sign_in(username, PASSWORD)
    return browser


def _let_sign_in(usernames: Iterable[str]) -> None:
    """As the demo does for its cast: teachers of an import have no password."""
    with our_connection.cursor() as cursor:
        statement = "UPDATE students_user SET password = %s WHERE username = ANY(%s)"
        cursor.execute(statement, [make_password(PASSWORD), list(usernames)])


def _sends(browser: Browser, classes: Sequence[TakenClass]) -> list[Save]:
    """Opened beforehand, so that only the saves are timed."""
    forms = [browser.changed_form(each.meeting_id, REASON) for each in classes]
    return [_send(browser, form) for form in forms]


def _send(browser: Browser, form: Form) -> Save:
    return lambda: browser.send(form)


def _bare_saves(floor: connection, classes: Sequence[TakenClass]) -> list[Save]:
    return [_bare_save(floor, each) for each in classes]


def _bare_save(floor: connection, saved: TakenClass) -> Save:
    return lambda: bare.save(floor, saved)


def _together(pool: ThreadPoolExecutor, queues: Sequence[Sequence[Save]]) -> Timed:
    start = Barrier(len(queues))

    def run(saves: Sequence[Save]) -> tuple[float, list[float], float]:
        start.wait()
        began = time.perf_counter()
        return began, _timed(saves), time.perf_counter()

    done = list(pool.map(run, queues))
    together = max(ended for _, _, ended in done) - min(began for began, _, _ in done)
    return Timed([each for _, seconds, _ in done for each in seconds], together)


def _timed(saves: Iterable[Save]) -> list[float]:
    seconds = []
    for save in saves:
        began = time.perf_counter()
        save()
        seconds.append(time.perf_counter() - began)
    return seconds


def _size(classes: Sequence[TakenClass]) -> int:
    return round(sum(len(each.students) for each in classes) / len(classes))
