"""How quickly a campaign goes out."""

from datetime import UTC, datetime, timedelta

from interventions.rules.campaign_pace import BATCH, BETWEEN, goes_at

BEGINS = datetime(2020, 10, 27, 15, tzinfo=UTC)


def test_mail_goes_out_in_batches_with_room_between_them() -> None:
    assert [goes_at(each, BEGINS) for each in (0, BATCH - 1, BATCH, 2 * BATCH)] == [
        BEGINS,
        BEGINS,
        BEGINS + BETWEEN,
        BEGINS + 2 * BETWEEN,
    ]
    assert goes_at(4_999, BEGINS) - BEGINS < timedelta(minutes=5)
