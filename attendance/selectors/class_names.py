"""What classes are called among each other."""

from collections import Counter, defaultdict
from collections.abc import Collection

from attendance.models import SectionMeetingTime
from attendance.rules.titles import on_rotation_days, told_apart
from students.access import Scope
from students.models import Section


def class_names(scope: Scope, sections: Collection[Section]) -> dict[int, str]:
    """What each of some classes is called, by id, in their order: those of one title by their periods, and those of one
    period by the days of the rotation on which they meet. At most one statement.

    The caller took the classes from the scope.
    """
    names = told_apart(sections)
    alike = Counter(names.values())
    twins = [pk for pk, name in names.items() if alike[name] > 1]
    if not twins:
        return names
    days = defaultdict(set)
    times = SectionMeetingTime.objects.holding_on(scope.today).filter(section__in=twins)
    for section_id, rotation in times.values_list("section_id", "rotation_days"):
        days[section_id].update(rotation)
    return names | {pk: on_rotation_days(names[pk], sorted(days[pk])) for pk in twins}


def names_in_school(scope: Scope, school_id: int, section_ids: Collection[int]) -> dict[int, str]:
    """What some classes of a school are called among all of its classes, by id. At most two statements.

    The caller took the school from the scope.
    """
    titles = Section.objects.filter(pk__in=section_ids).values("title")
    alike = Section.objects.filter(school=school_id, title__in=titles).order_by("pk")
    return class_names(scope, list(alike)) if section_ids else {}
