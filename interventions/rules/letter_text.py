"""The words of a letter: which placeholders a district may use, what it is refused, and how they are filled (RD-62)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from interventions.rules.letter_kinds import LetterKind
from interventions.rules.letter_words import PHRASES, absences_words, day_words, days_words

# Of every letter: whom it is about, and who writes.
REQUIRED = ("student", "school")
OPTIONAL = ("child", "recipient", "district", "date", "absences")
# A family that is told of a notice is told of which days.
OF_TRUANCY = ("absences", "days")
MOST_SUBJECT, MOST_BODY = 150, 4000

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_BRACE = re.compile(r"[{}]")
# A message that is chosen by tier never names the tier (MD-09).
_TIER = re.compile(r"\btiers?\b|\b(?:level|nivel|nivo|etapa)\s+[123]\b", re.IGNORECASE)


class Fault(StrEnum):
    """What is wrong with the words that a district wrote."""

    UNKNOWN = "unknown"
    MISSING = "missing"
    BRACE = "brace"
    NAMES_TIER = "names_tier"
    EMPTY = "empty"
    LONG = "long"


@dataclass(frozen=True)
class Finding:
    """A fault, and the placeholder or the place that it is about."""

    fault: Fault
    about: str = ""


@dataclass(frozen=True)
class Template:
    """The words of a kind in a language; paragraphs are parted by an empty line, a line with “- ” is a point."""

    subject: str
    body: str


@dataclass(frozen=True)
class LetterFacts:
    """What a letter is written of. `absences` as of the event; `days` are the unlawful ones of a notice."""

    language: str
    student: str
    child: str
    recipient: str
    is_to_student: bool
    school: str
    district: str
    on: date
    absences: int
    days: Sequence[date] = ()


@dataclass(frozen=True)
class LetterText:
    """A letter as it is written, line by line; nothing of it is looked up again."""

    sender: str
    dated: str
    addressee: str
    about: str
    subject: str
    body: str


def known_placeholders(kind: LetterKind) -> tuple[str, ...]:
    """The names that may stand in braces, the required ones first."""
    required = required_placeholders(kind)
    return (*required, *(name for name in OPTIONAL if name not in required))


def required_placeholders(kind: LetterKind) -> tuple[str, ...]:
    """The names without which a letter of the kind would not say whom, and of what, it speaks."""
    return (*REQUIRED, *OF_TRUANCY) if kind.is_of_truancy else REQUIRED


def findings(kind: LetterKind, template: Template) -> list[Finding]:
    """Everything that is wrong with the words of a kind; empty where they can be sent."""
    both = f"{template.subject}\n{template.body}"
    used = _PLACEHOLDER.findall(both)
    found = [Finding(Fault.EMPTY, name) for name in ("subject", "body") if not getattr(template, name).strip()]
    found += [Finding(Fault.UNKNOWN, name) for name in dict.fromkeys(used) if name not in known_placeholders(kind)]
    found += [Finding(Fault.MISSING, name) for name in required_placeholders(kind) if name not in used]
    if _BRACE.search(_PLACEHOLDER.sub("", both)):
        found.append(Finding(Fault.BRACE))
    if _TIER.search(both):
        found.append(Finding(Fault.NAMES_TIER))
    most = {"subject": MOST_SUBJECT, "body": MOST_BODY}
    return found + [Finding(Fault.LONG, name) for name, count in most.items() if len(getattr(template, name)) > count]


def written(template: Template, facts: LetterFacts) -> LetterText:
    """The letter. A name with braces in it fills no further placeholder, and none is left."""
    phrases, values = PHRASES[facts.language], _values(facts)
    body, addressee = _filled(template.body.strip(), values), values["recipient"]
    if facts.is_to_student:
        body = f"{_filled(phrases.to_the_student, values)}\n\n{body}"
    else:
        addressee += f"\n{_filled(phrases.family_of, values)}"
    return LetterText(
        sender=f"{values['school']}\n{values['district']}",
        dated=values["date"],
        addressee=addressee,
        about=_filled(phrases.about, values),
        subject=_filled(template.subject.strip(), values),
        body=body,
    )


def _values(facts: LetterFacts) -> dict[str, str]:
    said = {
        "student": facts.student,
        "child": facts.child,
        "recipient": facts.recipient,
        "school": facts.school,
        "district": facts.district,
        "date": day_words(facts.on, facts.language),
        "absences": absences_words(facts.absences, facts.language),
        "days": days_words(facts.days, facts.language),
    }
    # A name is one line, whatever the roster's file had in it.
    return {name: " ".join(_BRACE.sub(" ", value).split()) for name, value in said.items()}


def _filled(text: str, values: Mapping[str, str]) -> str:
    """In one pass: what a value says is never read as a placeholder."""
    return _PLACEHOLDER.sub(lambda found: values[found[1]], text)
