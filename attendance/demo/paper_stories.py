"""What the office of the cast's school put on file, and what it decided: an excuse in every state."""

from dataclasses import dataclass
from datetime import date

from attendance.demo.papers import letter, photo
from attendance.demo.stories import ANA_SOFIA, BO, JEAN, LINH, NAOMIE


@dataclass(frozen=True)
class Paper:
    """A document of the excuse of a student (by the place in the list) that begins on a day."""

    pupil: int
    starts_on: date
    file_name: str
    kind: str
    content: bytes


@dataclass(frozen=True)
class Ruling:
    """What the office decided of such an excuse, and why."""

    pupil: int
    starts_on: date
    decision: str
    reason: str


def story_papers() -> list[Paper]:
    """Letters by mail and photos from a telephone."""
    clinic = letter(
        [
            "Magnolia Family Clinic",
            "",
            "Ana Sofia was seen at our clinic on September 21, 2020.",
            "She is excused from school through September 23.",
        ]
    )
    church = letter(["St. Mark Missionary Baptist Church", "", "Jean took part in our service on October 14, 2020."])
    return [
        Paper(ANA_SOFIA, date(2020, 9, 21), "clinic-letter.pdf", "medical", clinic),
        Paper(ANA_SOFIA, date(2020, 10, 20), "IMG_0231.png", "medical", photo(240, 300)),
        Paper(NAOMIE, date(2020, 9, 24), "appointment card.png", "medical", photo(300, 200)),
        Paper(JEAN, date(2020, 10, 14), "letter of the church.pdf", "other_document", church),
        Paper(BO, date(2020, 10, 19), "note.png", "parent_note", photo(220, 300)),
    ]


def story_rulings() -> list[Ruling]:
    """Yes, no and not yet."""
    return [
        Ruling(JEAN, date(2020, 10, 14), "accepted", "The church confirmed it by telephone."),
        Ruling(BO, date(2020, 9, 9), "refused", "The trip was not approved beforehand."),
        Ruling(LINH, date(2020, 10, 15), "pending", "The clinic is asked for the date of the visit."),
    ]
