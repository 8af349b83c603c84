"""What a campaign may say, and what it says to whom (MD-09)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interventions.rules.campaign_text import (
    Fault,
    Finding,
    Text,
    filled,
    findings,
    language_for,
    listed,
    partners_language,
    placeholders,
    revealing,
)


def wrong(subject: str = "S", body: str = "B", audience: str = "families", by_tier: bool = False) -> list[Finding]:
    return findings(Text(subject, body), audience=audience, by_tier=by_tier)


def test_MD09_only_families_are_written_to_about_children_and_nobody_about_what_is_unknown() -> None:
    assert wrong("To {children} of {school}", "{district}") == []
    for audience in ("staff", "partners"):
        assert placeholders(audience) == ("district",)
        assert wrong(body="About {children}", audience=audience) == [Finding(Fault.UNKNOWN, "children")]
    assert wrong("{tier}", "{tier} {absences}") == [Finding(Fault.UNKNOWN, "tier"), Finding(Fault.UNKNOWN, "absences")]
    assert wrong(body="{children") == wrong(body="a } b") == [Finding(Fault.BRACE)]
    assert wrong(" ", "\n") == [Finding(Fault.EMPTY, "subject"), Finding(Fault.EMPTY, "body")]


@pytest.mark.parametrize(
    "said",
    [
        "Your child is in Tier 2",
        "TIERS",
        "support level 3",
        "Apoyo de Nivel 2",
        "ausentismo crónico",
        "chronically absent",
        "truancy court",
        "nivo 3",
        "absans kwonik",
        "students at-risk",
        "estudiantes en\nriesgo",
    ],
)
def test_MD09_a_message_chosen_by_tier_never_names_the_tier(said: str) -> None:
    assert revealing(said)
    assert Fault.REVEALS in {each.fault for each in wrong(body=f"Hello. {said}!", by_tier=True)}
    assert wrong(body=f"Hello. {said}!") == []


@pytest.mark.parametrize(
    "said",
    ["Breakfast from grade level", "el nivel de grado", "frontier days", "Sopa y nivelación"],
)
def test_harmless_words_are_let_through_when_chosen_by_tier(said: str) -> None:
    assert wrong(body=said, by_tier=True) == []


def test_a_family_gets_its_own_language_else_english() -> None:
    assert [language_for(each, {"en", "es"}) for each in ("es", "ht", "en", "")] == ["es", "en", "en", "en"]


def test_a_partner_is_written_to_in_english_unless_it_has_other_languages_alone() -> None:
    assert [partners_language(each) for each in ([], ["es", "en"], ["ht", "es"])] == ["en", "en", "ht"]


def test_names_are_listed_as_a_sentence_of_the_language_does() -> None:
    assert listed([], "en") == ""
    assert listed(["Ana"], "es") == "Ana"
    assert [listed(["Ana", "Luis"], each) for each in ("en", "es", "ht", "vi")] == [
        "Ana and Luis",
        "Ana y Luis",
        "Ana ak Luis",
        "Ana, Luis",
    ]
    assert listed(["Ana", "Luis", "Eva"], "en") == "Ana, Luis and Eva"


@given(st.text(max_size=30))
def test_no_name_fills_a_second_placeholder_or_a_second_line(name: str) -> None:
    written = filled(
        Text("{school}", "{children} of {school}"), {"children": name, "school": "Lincoln", "district": "D"}
    )
    assert written.subject == "Lincoln"
    assert not {"{", "}", "\n"} & set(written.body)
    assert written.body.endswith("of Lincoln")
