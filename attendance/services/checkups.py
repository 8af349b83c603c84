"""What an installation needs so that its days can be judged, and its documents kept."""

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from attendance.models import CalendarDay
from attendance.rules.policy import NoPolicy, policy_on
from attendance.selectors.policies import policies
from attendance.selectors.stored_documents import stored_names
from attendance.services.days import schools_to_open
from attendance.services.document_folder import is_there
from attendance.services.document_signs import signs_of_others
from students.access import Scope
from students.findings import Finding, register, well, wrong


def check_days(scope: Scope) -> Iterator[Finding]:
    """A policy to judge by, and days that are opened."""
    yield _policy(scope)
    yield _opened(scope)


def _policy(scope: Scope) -> Finding:
    try:
        policy = policy_on(scope.today, policies(scope))
    except NoPolicy:
        return wrong("No attendance policy is in force today: no day can be judged.", "Add one that has begun.")
    return well(f"The policy in force is {policy.name}.")


def _opened(scope: Scope) -> Finding:
    """Beat asks every five minutes, so a school day that stands unopened is one that nobody asked for."""
    waiting = schools_to_open(scope, scope.today)
    in_session = CalendarDay.objects.in_session().filter(school__in=waiting, date=scope.today)
    names = list(in_session.order_by("school__name").values_list("school__name", flat=True))
    if not names:
        return well("Today is opened wherever there is school.")
    return wrong(
        f"Today is not opened in {', '.join(names)}: no class can be marked there.",
        "Start celery -A attendance_site beat, and a worker; it is made good within five minutes.",
    )


def check_documents(scope: Scope) -> Iterator[Finding]:
    """A folder that documents can be written to, and the bytes of every document on file."""
    yield _folder()
    yield from _shared(scope)
    yield _bytes(scope)


def _folder() -> Finding:
    """It is made with the first document: until then whatever is above it must let that happen."""
    folder = Path(settings.DOCUMENTS_DIR)
    nearest = next(each for each in (folder, *folder.parents) if each.exists())
    if nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK):
        return well("Documents can be kept.")
    return wrong(
        f"The folder of documents {folder} cannot be written here: no doctor’s excuse can be put on file.",
        "Mount it for the web and the worker, let their user write it, or set DOCUMENTS_DIR.",
    )


def _shared(scope: Scope) -> Iterator[Finding]:
    others = signs_of_others(scope)
    if others:
        yield wrong(
            f"Another installation keeps documents in {settings.DOCUMENTS_DIR}, too: files that no row names are swept "
            "by neither.",
            f"Set a DOCUMENTS_DIR for each; where the other is no more, delete {', '.join(map(str, others))}.",
        )


def _bytes(scope: Scope) -> Finding:
    missing = sum(not is_there(name) for name in stored_names(scope))
    if not missing:
        return well("Every document on file is there.")
    return wrong(
        f"The bytes of {missing} document{'s' if missing > 1 else ''} on file are missing.",
        "Restore the folder of documents from its backup; see that web and worker have the same folder.",
    )


register(check_days)
register(check_documents)
