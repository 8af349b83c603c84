"""The words of a campaign: which placeholders they may hold, what they are refused, and how they are filled (MD-09)."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

FAMILIES = "families"
ENGLISH = "en"
# First names are for their own families alone; a partner gets no student data.
PLACEHOLDERS: Mapping[str, tuple[str, ...]] = {FAMILIES: ("children", "school", "district")}
FOR_OTHERS = ("district",)

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_BRACE = re.compile(r"[{}]")
# What would tell a family, or whoever looks over its shoulder, by what it was chosen: as people write it in the
# three languages, without case and accents.
_REVEALING = re.compile(
    r"\btiers?\b|\b(?:level|nivel|nivo|etapa|etap) ?[123]\b|\b(?:tres )?niveles de apoyo\b"
    r"|\bchronic\w*|\bcronic\w*|\bkwonik\b"
    r"|\btruan\w*|\babsentism\w*|\bausentism\w*|\babsenteeism\b|\bchronically\b"
    r"|\bat[ -]risk\b|\ben riesgo\b|\ban danje\b"
    r"|\bdisengaged?\w*|\bdesvinculad[oa]s?\b|\bdropouts?\b|\bdesercion\b",
)
_AND = {ENGLISH: "and", "es": "y", "ht": "ak"}


class Fault(StrEnum):
    """What is wrong with a text."""

    UNKNOWN = "unknown"
    BRACE = "brace"
    REVEALS = "reveals"
    EMPTY = "empty"


@dataclass(frozen=True)
class Text:
    """A campaign in one language."""

    subject: str
    body: str


@dataclass(frozen=True)
class Finding:
    """A fault, and the words that it is about."""

    fault: Fault
    about: str = ""


def placeholders(audience: str) -> tuple[str, ...]:
    """The names that may stand in braces in a message to an audience."""
    return PLACEHOLDERS.get(audience, FOR_OTHERS)


def findings(text: Text, *, audience: str, by_tier: bool) -> list[Finding]:
    """Everything that is wrong with a text; empty where it can be sent. One chosen by tier never says so (MD-09)."""
    both = f"{text.subject}\n{text.body}"
    found = [Finding(Fault.EMPTY, name) for name in ("subject", "body") if not getattr(text, name).strip()]
    used = dict.fromkeys(_PLACEHOLDER.findall(both))
    found += [Finding(Fault.UNKNOWN, name) for name in used if name not in placeholders(audience)]
    if _BRACE.search(_PLACEHOLDER.sub("", both)):
        found.append(Finding(Fault.BRACE))
    if by_tier:
        found += [Finding(Fault.REVEALS, words) for words in revealing(both)]
    return found


def revealing(words: str) -> list[str]:
    """What in some words would reveal a tier, each once, as it is found."""
    return list(dict.fromkeys(_REVEALING.findall(_plain(words))))


def filled(text: Text, values: Mapping[str, str]) -> Text:
    """The text as one person gets it; in one pass, so that a name with braces in it fills nothing further."""
    said = {name: " ".join(_BRACE.sub(" ", value).split()) for name, value in values.items()}
    return Text(*(_PLACEHOLDER.sub(lambda found: said[found[1]], each.strip()) for each in (text.subject, text.body)))


def language_for(spoken: str, written: Collection[str]) -> str:
    """In which of the languages of a campaign somebody gets it: the own one, else English."""
    return spoken if spoken in written else ENGLISH


def partners_language(languages: Sequence[str]) -> str:
    """In which of its languages a partner is written to: English, unless it has others alone."""
    return ENGLISH if ENGLISH in languages or not languages else languages[0]


def listed(names: Sequence[str], language: str) -> str:
    """Names as a sentence lists them: Ana, Luis and Sofía; by commas alone in a language whose “and” is not known."""
    joint = f" {_AND[language]} " if language in _AND else ", "
    return joint.join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def _plain(words: str) -> str:
    decomposed = unicodedata.normalize("NFKD", words)
    return re.sub(r"\s+", " ", "".join(each for each in decomposed if not unicodedata.combining(each)).casefold())
