"""What is told about students is logged with its legal basis (RD-61)."""

from uuid import uuid4

import pytest

from interventions.models import Disclosure
from interventions.services.disclosures import disclose
from students.refusals import Forbidden, NotInScope, Refused

TO_THE_OFFICER = {"to": "School Attendance Officer", "basis": "school_official", "shared": ["name", "absences"]}


def test_RD61_what_leaves_is_logged_with_its_basis_for_each_student_and_once_for_one_act(world) -> None:
    students = [world.students["Abara"].pk, world.students["Grant"].pk]
    act = uuid4()
    for _twice in range(2):
        disclose(world.scope("tran"), students, submission_id=act, **TO_THE_OFFICER)
    assert list(Disclosure.objects.order_by("student").values_list("student", "basis", "shared", "by__username")) == [
        (student, "school_official", ["absences", "name"], "tran") for student in sorted(students)
    ]
    disclose(world.scope("tran"), students[:1], **TO_THE_OFFICER)
    assert Disclosure.objects.count() == 3


def test_nobody_logs_what_is_not_theirs_to_tell_and_nothing_unsaid(world) -> None:
    with pytest.raises(NotInScope):
        disclose(world.scope("tran"), [world.students["Shah"].pk], **TO_THE_OFFICER)
    with pytest.raises(Forbidden):
        disclose(world.installation, [world.students["Abara"].pk], **TO_THE_OFFICER)
    for lacking in ({"to": " "}, {"basis": "because"}, {"shared": []}, {"shared": ["health"]}):
        with pytest.raises(Refused):
            disclose(world.scope("tran"), [world.students["Abara"].pk], **TO_THE_OFFICER | lacking)
    assert not Disclosure.objects.exists()
