"""Exhibits of one IMEI that may be two handsets."""

from __future__ import annotations

import pytest

from search.contract import ExtractionEntry
from search.linkage.devices.one_imei import may_be_two
from tests.fakes.phones import instant, number


def exhibit(ref: str, own: str, first: float, last: float) -> ExtractionEntry:
    return ExtractionEntry(
        extraction_id=f"ex-{ref}-{own}",
        device_id="dv-1",
        file_name="a.xml",
        sha256="0" * 64,
        size_bytes=1,
        format="ufdr",
        state="complete",
        exhibit_ref=ref,
        case_ref="OP X",
        imei=("350000000000001",),
        msisdn=(own,),
        first_message_at=instant(first),
        last_message_at=instant(last),
    )


def test_two_exhibits_with_numbers_of_their_own_that_were_in_use_at_once_may_be_two() -> None:
    (said,) = may_be_two([exhibit("A/1", number(1), 0, 60), exhibit("A/2", number(2), 5, 70)])
    assert said.startswith("A/1 (case OP X) and A/2 (case OP X) state one IMEI")
    assert f"{instant(5)[:10]} to {instant(60)[:10]}" in said


@pytest.mark.parametrize(
    "other",
    [exhibit("A/1", number(2), 5, 70), exhibit("A/2", number(1), 5, 70), exhibit("A/2", number(2), 60, 90)],
)
def test_one_exhibit_one_number_or_one_after_the_other_is_one(other: ExtractionEntry) -> None:
    assert not list(may_be_two([exhibit("A/1", number(1), 0, 60), other]))
