"""The LMS activity files of the district: their list, one of them, and how the next one is likely to be written."""

from django.core.paginator import Page, Paginator

from attendance.models import LmsRun
from students.access import Scope, visible_to
from students.refusals import NotInScope

PAGE_SIZE = 25


def lms_files(scope: Scope, page: str) -> Page:
    """The uploads, the newest first."""
    runs = visible_to(scope, LmsRun).select_related("received_by").defer("faults", "columns", "kinds")
    return Paginator(runs, PAGE_SIZE).get_page(page)


def lms_file(scope: Scope, run_id: int) -> LmsRun:
    """One upload. Raises NotInScope."""
    run = visible_to(scope, LmsRun).select_related("received_by").filter(pk=run_id).first()
    if run is None:
        raise NotInScope
    return run


def latest_lms_file(scope: Scope) -> LmsRun | None:
    """The latest upload, whose mapping the next one begins with; one that could not be read says as much."""
    return visible_to(scope, LmsRun).only("columns", "kinds", "zone").first()
