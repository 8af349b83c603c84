"""Puts the cast's papers on file and decides their excuses, by the services that the office itself uses."""

from datetime import date, datetime, time
from io import BytesIO
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from attendance.demo.cast import TODAY, state_id
from attendance.demo.paper_stories import story_papers, story_rulings
from attendance.models import Excuse
from attendance.services.document_intake import Upload
from attendance.services.excuse_decisions import decide_excuse
from attendance.services.excuse_documents import add_documents
from students.access import Scope, scope_of
from students.models import User


def put_papers_on_file(scope: Scope) -> None:
    """The papers of the cast's stories, as their clerk had them this morning; the excuses stand already."""
    this_morning = datetime.combine(TODAY, time(8, 40), ZoneInfo(scope.zone))
    clerk = scope_of(User.objects.get(username="mayfield"), this_morning)
    for number, paper in enumerate(story_papers()):
        add_documents(
            clerk,
            _excuse(paper.pupil, paper.starts_on),
            submission_id=uuid5(NAMESPACE_URL, f"demo document {number}"),
            kind=paper.kind,
            uploads=[Upload(paper.file_name, BytesIO(paper.content))],
        )
    for ruling in story_rulings():
        excuse_id = _excuse(ruling.pupil, ruling.starts_on)
        decide_excuse(clerk, excuse_id, decision=ruling.decision, reason=ruling.reason)


def _excuse(pupil: int, starts_on: date) -> int:
    return Excuse.objects.values_list("pk", flat=True).get(student__state_id=state_id(pupil), starts_on=starts_on)
