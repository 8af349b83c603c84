"""Whether somebody agreed to what would be done now."""

from attendance.rules.agreement import agreement


def test_the_same_request_on_the_same_grounds_is_agreed_to() -> None:
    agreed = str(agreement(["close", 1], ["open"]))
    assert not agreement(["close", 1], ["open"]).differs(agreed)


def test_another_request_and_other_grounds_are_told_apart() -> None:
    agreed = str(agreement(["close", 1], ["open"]))
    other, later = agreement(["close", 2], ["open"]), agreement(["close", 1], ["open", "taken"])
    assert other.differs_in_what_was_asked(agreed)
    assert other.differs(agreed)
    assert not later.differs_in_what_was_asked(agreed)
    assert later.differs(agreed)


def test_nothing_agreed_to_agrees_with_nothing() -> None:
    for text in ("", "-", "nonsense"):
        assert agreement([], []).differs_in_what_was_asked(text)
