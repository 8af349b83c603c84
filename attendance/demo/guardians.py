"""The families of the demo: who answers for whom, brothers and sisters together, in the language of the home."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from zlib import crc32

from attendance.demo.names import BOYS, GIRLS
from attendance.demo.people import HISPANIC, Pupil, pupils

SIBLINGS_PERCENT = 30
ONE_PARENT_PERCENT = 38
GRANDPARENT_PERCENT = 9
SPANISH_PERCENT = 65
HAITIAN_FAMILIES = {"Baptiste", "Fleurimond", "Toussaint"}
# Lives without a guardian, and speaks for herself or himself (RD-62).
UNACCOMPANIED = 431
# A court took from these fathers the right to see records (custody).
NO_ACCESS_HOUSEHOLDS = {37, 402}


@dataclass(frozen=True)
class Guardian:
    """One adult; `role` is OneRoster's word, `relationship` the family's."""

    source_id: str
    given_name: str
    family_name: str
    role: str
    relationship: str
    may_access: bool = True

    @property
    def email(self) -> str:
        """Where letters would go."""
        return f"{self.source_id}@families.example"

    @property
    def phone(self) -> str:
        """A number that is nobody's: those from 0100 to 0199 are kept for stories."""
        return f"601-555-{100 + crc32(self.source_id.encode()) % 100:04}"


@dataclass(frozen=True)
class Household:
    """Adults in the order in which they are called, and the children they answer for."""

    number: int
    guardians: tuple[Guardian, ...]
    children: tuple[Pupil, ...]
    language: str

    @property
    def listed_on_children(self) -> bool:
        """Which way round the agents stand in users.csv: systems do the one, the other, or both."""
        return self.number % 3 != 1

    @property
    def listed_on_guardians(self) -> bool:
        """Whether they stand on the guardians' rows."""
        return self.number % 3 != 0


@cache
def households() -> tuple[Household, ...]:
    """Every family, the same every time."""
    random = Random("Magnolia County: families")  # noqa: S311 - invented people
    groups = _children_together(random)
    return tuple(_household(random, number, children) for number, children in enumerate(groups))


def _children_together(random: Random) -> list[list[Pupil]]:
    """Children of one name in different grades are at times one family's."""
    groups: list[list[Pupil]] = []
    by_name: dict[str, list[list[Pupil]]] = defaultdict(list)
    for pupil in pupils():
        if pupil.number == UNACCOMPANIED:
            continue
        fitting = [group for group in by_name[pupil.family_name] if _may_join(pupil, group)]
        if fitting and random.randrange(100) < SIBLINGS_PERCENT:
            fitting[-1].append(pupil)
            continue
        group = [pupil]
        groups.append(group)
        by_name[pupil.family_name].append(group)
    return groups


def _may_join(pupil: Pupil, group: Sequence[Pupil]) -> bool:
    grades = {each.home.grade for each in group}
    return len(group) < 3 and pupil.home.grade not in grades


def _household(random: Random, number: int, children: Sequence[Pupil]) -> Household:
    family = children[0].family_name
    mother = Guardian(f"g-{number:04}-1", _name(random, GIRLS), family, "parent", "mother")
    father_sees = number not in NO_ACCESS_HOUSEHOLDS
    father = Guardian(f"g-{number:04}-2", _name(random, BOYS), family, "parent", "father", father_sees)
    chance = random.randrange(100)
    if not father_sees:
        adults: tuple[Guardian, ...] = (mother, father)
    elif chance < GRANDPARENT_PERCENT:
        adults = (Guardian(f"g-{number:04}-1", _name(random, GIRLS), family, "guardian", "grandmother"),)
    elif chance < GRANDPARENT_PERCENT + ONE_PARENT_PERCENT:
        adults = (random.choice([mother, mother, mother, father]),)
    else:
        adults = (mother, father)
    return Household(number, adults, tuple(children), _language(random, family))


def _name(random: Random, names: str) -> str:
    return random.choice(names.split())


def _language(random: Random, family: str) -> str:
    if family in HAITIAN_FAMILIES:
        return "ht"
    return "es" if family in HISPANIC and random.randrange(100) < SPANISH_PERCENT else "en"


def guardians_of(pupil: Pupil) -> Sequence[Guardian]:
    """The adults who answer for a student, in the order in which they are called."""
    household = _by_child().get(pupil.number)
    return household.guardians if household else ()


def household_of(pupil: Pupil) -> Household | None:
    """The student's family; None for one without guardian."""
    return _by_child().get(pupil.number)


@cache
def _by_child() -> dict[int, Household]:
    return {child.number: household for household in households() for child in household.children}
