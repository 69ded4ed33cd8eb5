"""A phone that has a line's number as its own, in use at another time: told at that number of the line."""

from __future__ import annotations

import pytest

from parsers.records.facts import Message
from search.linkage.devices.events import HELD_AT_ANOTHER_TIME
from tests.fakes.phones import Phone, campaign, finding, linked, number

LINE = number(1)


@pytest.mark.parametrize(("begun", "is_told"), [(150.0, True), (10.0, False)])
async def test_a_number_that_was_given_out_again_is_told_with_days_and_records(begun: float, *, is_told: bool) -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(3)]
    campaign("Rico", LINE, phones, range(0, 20, 2))
    campaign("Rico", LINE, phones, range(1, 20, 3), "{line} best in town")
    for phone in phones:
        phone.text(LINE, 3.5, finding("u about"), sent=True)
    plumber = Phone("P/1", 1)
    for day in range(4):
        plumber.text(number(500 + day), begun + day, finding("boiler is leaking"), sent=False)
        plumber.text(number(500 + day), begun + day + 0.1, finding("be there at 2"), sent=True)
    linkage = await linked(*phones, plumber)
    # no kind of event of the report's contract
    assert not [event for event in linkage.events if event.kind == HELD_AT_ANOTHER_TIME]
    (line,) = linkage.lines
    (held,) = (each for each in line.numbers if each.number == LINE)
    said = [sentence for sentence in held.basis if "given out again" in sentence]
    assert len(said) == (1 if is_told else 0)
    for sentence in said:
        assert "in use by the line from 2024-01-01 to 2024-01-20" in sentence
        assert "messages are of 2024-05-30 to 2024-06-02" in sentence
        own = {record.record_id for record, _ in plumber.rows if isinstance(record, Message)}
        assert any(record_id in sentence for record_id in own)
