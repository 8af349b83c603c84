"""The words of letters: what a district is refused, and how a letter is filled."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interventions.rules.letter_kinds import LANGUAGES, LetterKind, kind_of_crossing, kind_of_notice
from interventions.rules.letter_text import (
    MOST_BODY,
    MOST_SUBJECT,
    Fault,
    Finding,
    LetterFacts,
    Template,
    findings,
    known_placeholders,
    written,
)
from interventions.rules.letter_words import absences_words, day_words, days_words

GOOD = Template("About {child}", "{student} of {school}, {absences}: {days}")
FACTS = LetterFacts(
    language="en",
    student="Chidi Abara",
    child="Chidi",
    recipient="Rosa Abara",
    is_to_student=False,
    school="Lincoln High School",
    district="Magnolia County",
    on=date(2020, 10, 27),
    absences=5,
    days=[date(2020, 10, 1), date(2020, 10, 2)],
)


@pytest.mark.parametrize(
    ("subject", "body", "expected"),
    [
        ("{studnet}", GOOD.body, Finding(Fault.UNKNOWN, "studnet")),
        ("{ child }", GOOD.body, Finding(Fault.UNKNOWN, " child ")),
        ("{}", GOOD.body, Finding(Fault.UNKNOWN, "")),
        ("x", "{school} {absences} {days}", Finding(Fault.MISSING, "student")),
        ("x", "{student} {school} {absences}", Finding(Fault.MISSING, "days")),
        ("{child", GOOD.body, Finding(Fault.BRACE)),
        ("child}", GOOD.body, Finding(Fault.BRACE)),
        ("{{child}}", GOOD.body, Finding(Fault.BRACE)),
        ("In Tier two", GOOD.body, Finding(Fault.NAMES_TIER)),
        ("Nivel 2", GOOD.body, Finding(Fault.NAMES_TIER)),
        (" ", GOOD.body, Finding(Fault.EMPTY, "subject")),
        ("x" * (MOST_SUBJECT + 1), GOOD.body, Finding(Fault.LONG, "subject")),
        ("x", GOOD.body + "x" * MOST_BODY, Finding(Fault.LONG, "body")),
    ],
)
def test_words_are_refused_with_what_is_wrong(subject: str, body: str, expected: Finding) -> None:
    assert findings(LetterKind.TRUANCY_FIRST, Template(subject, body)) == [expected]


def test_good_words_have_no_fault_up_to_their_length_and_days_are_of_truancy_alone() -> None:
    assert findings(LetterKind.TRUANCY_FINAL, GOOD) == []
    assert findings(LetterKind.TIER_1, Template("x" * MOST_SUBJECT, "{student} {school}")) == []
    assert findings(LetterKind.TIER_1, GOOD) == [Finding(Fault.UNKNOWN, "days")]
    # “Frontier” and “nivel de lectura” are no tiers.
    assert findings(LetterKind.TIER_1, Template("Frontier, nivel de lectura", "{student} {school}")) == []


def test_a_letter_is_filled_and_addressed_and_speaks_to_the_student_where_it_goes_there() -> None:
    text = written(GOOD, FACTS)
    assert text.body == "Chidi Abara of Lincoln High School, 5 days: October 1 and October 2, 2020"
    assert text.addressee == "Rosa Abara\nFamily of Chidi Abara"
    assert (text.dated, text.about) == ("October 27, 2020", "About: Chidi Abara")
    assert text.sender == "Lincoln High School\nMagnolia County"
    own = LetterFacts(**{**vars(FACTS), "is_to_student": True, "recipient": "Chidi Abara"})
    assert written(GOOD, own).addressee == "Chidi Abara"
    assert "it speaks of you" in written(GOOD, own).body


def test_dates_and_counts_are_in_the_words_of_each_language() -> None:
    days = [date(2021, 1, 4), date(2020, 12, 1), date(2020, 12, 18)]
    assert days_words(days, "en") == "December 1, December 18, 2020 and January 4, 2021"
    assert days_words(days, "es") == "1 de diciembre, 18 de diciembre de 2020 y 4 de enero de 2021"
    assert days_words(days, "ht") == "premye desanm, 18 desanm 2020 ak 4 janvye 2021"
    assert days_words([], "en") == ""
    assert days_words(days[:1], "ht") == day_words(days[0], "ht") == "4 janvye 2021"
    assert [absences_words(n, language) for language in LANGUAGES for n in (1, 2)] == [
        *("1 day", "2 days", "1 día", "2 días", "1 jou", "2 jou"),
    ]


def test_ST02_a_notice_has_the_letter_of_its_threshold_and_disengagement_one_of_its_own() -> None:
    thresholds = (5, 10, 12)
    said = [kind_of_notice(each, is_final=each == 12, thresholds=thresholds) for each in thresholds]
    assert said == [LetterKind.TRUANCY_FIRST, LetterKind.TRUANCY_AGAIN, LetterKind.TRUANCY_FINAL]
    assert kind_of_notice(5, is_final=False, thresholds=()) == LetterKind.TRUANCY_FIRST
    assert [kind_of_crossing(tier, "count") for tier in (1, 2, 3)] == ["tier_1", "tier_2", "tier_3"]
    assert kind_of_crossing(3, "disengaged") == LetterKind.DISENGAGED


NAMES = st.text(st.characters(blacklist_categories=["Cs"]), max_size=30) | st.sampled_from(
    ["{student}", "}{", "{days} {", "Núñez", "Nguyễn"]
)
PIECES = st.sampled_from([f"{{{name}}}" for name in known_placeholders(LetterKind.TRUANCY_FIRST)]) | st.text(
    st.characters(blacklist_characters="{}", blacklist_categories=["Cs"]), max_size=10
)


@given(
    pieces=st.lists(PIECES, max_size=12),
    names=st.tuples(NAMES, NAMES, NAMES, NAMES),
    language=st.sampled_from(LANGUAGES),
    is_to_student=st.booleans(),
)
def test_whatever_is_written_no_brace_is_left_and_it_is_made_of_its_own_facts_alone(
    pieces: list[str], names: tuple[str, str, str, str], language: str, is_to_student: bool
) -> None:
    student, child, recipient, school = names
    template = Template("x", "".join([*pieces, "{student}{school}{absences}{days}"]))
    given = {"student": student, "child": child, "recipient": recipient, "school": school, "language": language}
    text = written(template, LetterFacts(**{**vars(FACTS), **given, "is_to_student": is_to_student}))
    lines = (text.sender, text.dated, text.addressee, text.about, text.subject, text.body)
    assert not any(brace in line for line in lines for brace in "{}")
    # Another student's name is in no letter: what stands there came from this one's facts or the template.
    assert "Marcus Grant" not in "".join(lines)
    assert text.sender.count("\n") == 1
    assert text.addressee.count("\n") == (0 if is_to_student else 1)


@given(st.text(max_size=60))
def test_words_without_fault_can_always_be_filled(said: str) -> None:
    template = Template("x", GOOD.body + said)
    if not findings(LetterKind.TRUANCY_FIRST, template):
        assert "{" not in written(template, FACTS).body
