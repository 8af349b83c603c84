"""Any single change of a chain of certifications is found, and said in words."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reporting.rules.certification_chain import (
    Certified,
    Earlier,
    Link,
    Signed,
    chain_faults,
    link,
    prefix_faults,
    row_fault,
    standing_sentence,
)

AT = datetime(2020, 11, 9, 16, 0, tzinfo=UTC)
MONTHS = ["2020-09", "2020-10", "2020-09", "2020-11", "2020-09"]


def chain(months: list[str]) -> list[Link]:
    """Certifications of a school's months one after another; a month that comes again amends its earlier one."""
    links: list[Link] = []
    seen: dict[str, Earlier] = {}
    for number, month in enumerate(months, start=1):
        of = Certified(
            organization="2500-008",
            school="Lincoln High School",
            school_year="2020-21",
            month=month,
            package="S_2500_008_092020.zip",
            package_sha256=sha256(str(number).encode()).hexdigest(),
            approved=Signed("Ruth Okafor", AT),
            certified=Signed("Ana “Annie” Reyés", AT + timedelta(days=number)),
            amends=seen.get(month),
        )
        links.append(link(number, links[-1].hash if links else "", of))
        seen[month] = Earlier(number, links[-1].hash)
    return links


CHAIN = chain(MONTHS)
PACKAGES = {number: json.loads(each.content)["package"]["sha256"] for number, each in enumerate(CHAIN, start=1)}
places = st.integers(0, len(CHAIN) - 1)


def faults(links: list[Link]) -> list[str]:
    """As the district checks it, who knows how its chain ends."""
    return [fault.what for fault in chain_faults(links, head=CHAIN[-1].hash, packages=PACKAGES)]


def test_an_untouched_chain_holds() -> None:
    assert faults(CHAIN) == []
    assert chain_faults([]) == []
    assert json.loads(CHAIN[2].content)["amends"] == {"sequence": 1, "hash": CHAIN[0].hash}
    assert standing_sentence(CHAIN, []).startswith("The chain holds: 5 certifications")
    assert standing_sentence([], []).startswith("Nothing is certified yet")


@given(places, st.data())
def test_any_changed_letter_is_found(place: int, data: st.DataObject) -> None:
    content = CHAIN[place].content
    position = data.draw(st.integers(0, len(content) - 1))
    letter = data.draw(st.characters(codec="utf-8"))
    assume(letter != content[position])
    altered = content[:position] + letter + content[position + 1 :]
    assert faults([*CHAIN[:place], Link(altered, CHAIN[place].hash), *CHAIN[place + 1 :]])
    # Whoever mends the hash too breaks the link to the next one, or the end.
    mended = sha256(altered.encode()).hexdigest()
    assert faults([*CHAIN[:place], Link(altered, mended), *CHAIN[place + 1 :]])


@given(places)
def test_a_missing_certification_is_found_the_last_one_too(place: int) -> None:
    assert faults(CHAIN[:place] + CHAIN[place + 1 :])


@given(places, places)
def test_reordered_and_repeated_certifications_are_found(one: int, other: int) -> None:
    assume(one != other)
    swapped = list(CHAIN)
    swapped[one], swapped[other] = swapped[other], swapped[one]
    assert faults(swapped)
    assert faults([*CHAIN[:one], CHAIN[other], *CHAIN[one:]])


@given(places)
def test_a_fork_is_found_wherever_it_is_put_in(place: int) -> None:
    forked = link(place + 1, CHAIN[place - 1].hash if place else "", certified_of("2021-05"))
    assert faults([*CHAIN[:place], forked, *CHAIN[place + 1 :]])
    assert faults([*CHAIN[: place + 1], forked, *CHAIN[place + 1 :]])


@given(places)
def test_package_bytes_that_differ_or_are_gone_are_found_and_the_certification_named(place: int) -> None:
    for kept in ("0" * 64, ""):
        found = chain_faults(CHAIN, packages=PACKAGES | {place + 1: kept})
        assert [fault.number for fault in found] == [place + 1]
        assert "another package" in found[0].what


@settings(max_examples=50)
@given(st.lists(st.sampled_from(MONTHS), max_size=12))
def test_every_chain_that_is_made_link_by_link_holds(months: list[str]) -> None:
    assert chain_faults(chain(months)) == []


def test_an_amendment_names_the_latest_certification_of_its_month_and_no_other() -> None:
    for wrong in (None, Earlier(1, CHAIN[0].hash), Earlier(3, "0" * 64)):
        last = link(5, CHAIN[3].hash, replace(certified_of("2020-09"), amends=wrong))
        (fault,) = chain_faults([*CHAIN[:4], last])
        assert "which earlier one of the same month it amends" in fault.what


def test_the_row_beside_a_link_must_say_what_was_signed() -> None:
    assert row_fault(2, CHAIN[1].content, {"sequence": 2, "previous": CHAIN[0].hash, "amends": None}) is None
    assert row_fault(2, CHAIN[1].content, {"sequence": 2, "certified": {"by": "Somebody"}})


def test_a_copy_of_the_chain_is_held_against_the_one_that_is_kept() -> None:
    assert prefix_faults(CHAIN[:3], CHAIN) == []
    assert prefix_faults(CHAIN, CHAIN[:3])[0].number == 4
    rewritten = chain(["2020-10", *MONTHS[1:]])
    assert chain_faults(rewritten) != [] or rewritten != CHAIN
    assert [fault.number for fault in prefix_faults(CHAIN, rewritten)] == [1, 2, 3, 4, 5]


@given(st.text(max_size=60), st.text(max_size=70))
def test_what_is_no_link_is_a_fault_and_crashes_nothing(content: str, claimed: str) -> None:
    assert chain_faults([Link(content, claimed)])
    assert chain_faults([Link("[1]", claimed), Link('{"package": 3}', claimed)], packages={1: "", 9: ""})


def certified_of(month: str) -> Certified:
    """A school's month that nobody certified yet."""
    return Certified("2500-008", "Lincoln", "2020-21", month, "a.zip", "1" * 64, Signed("A", AT), Signed("B", AT))
