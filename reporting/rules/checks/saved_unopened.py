"""Classes that were saved without anybody having opened their rosters: nobody can have looked at each student."""

from collections.abc import Iterator

from reporting.rules.facts import MonthFacts
from reporting.rules.found import WARNING, Found
from reporting.rules.wording import counted, day_in_words


def check(facts: MonthFacts) -> Iterator[Found]:
    """One finding for each person who saved classes so; a save with the roster opened takes the class off."""
    for each in facts.unopened_saves:
        yield Found(
            WARNING,
            "saved_unopened",
            "",
            f"{each.by} saved {counted(each.classes, 'meeting')} of classes without opening the roster, the first on "
            f"{day_in_words(each.day)}.",
            "Open each class, look at its students and save it again; ask which program saved it unseen.",
            day=each.day,
            meeting_id=each.meeting_id,
        )
