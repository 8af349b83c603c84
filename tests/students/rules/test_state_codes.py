"""The state's code sets for entering and leaving a school, as published for MSIS 2.0."""

import re

import pytest

from students.rules.state_codes import ENTRY_CODES, EXIT_CODES

PUBLISHED_ENTRIES = {
    "E1": "74001", "E2": "01835", "E3": "01821", "E4": "01822", "E5": "74002", "E6": "74003", "E9": "01833",
    "R1": "01836",
}  # fmt: skip
PUBLISHED_EXITS = {
    "T1": "03505", "T2": "01907", "T3": "01908", "T4": "73068", "T5": "73067", "T7": "73060", "T8": "01918",
    "C1": "01921", "C2": "01922", "Z1": "73064", "NS": "01927",
}  # fmt: skip


@pytest.mark.parametrize(("code", "value"), PUBLISHED_ENTRIES.items())
def test_an_entry_code_has_the_states_value(code: str, value: str) -> None:
    assert ENTRY_CODES[code] == value


@pytest.mark.parametrize(("code", "value"), PUBLISHED_EXITS.items())
def test_an_exit_code_has_the_states_value(code: str, value: str) -> None:
    assert EXIT_CODES[code] == value


def test_the_twenty_dropout_codes_are_known_whether_or_not_their_value_is_public() -> None:
    assert {f"D{number:02}" for number in range(1, 21)} <= EXIT_CODES.keys()


def test_no_code_means_entering_and_leaving() -> None:
    assert ENTRY_CODES.keys().isdisjoint(EXIT_CODES)


def test_every_public_value_has_five_digits() -> None:
    values = [*ENTRY_CODES.values(), *EXIT_CODES.values()]
    assert all(value is None or re.fullmatch("[0-9]{5}", value) for value in values)
