"""What was refused stands in reports until it is read; what lies in its place by now stands for itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from ingest.deliveries import Found
from ingest.journal import FINISHED, REFUSED, DeliveryRow, Journal, Step
from ingest.receipts import Taken, refused_receipt, untaken
from ingest.refusals import refused_contents, refused_deliveries
from parsers.errors import InputRefused

SHA, AT = "a" * 64, "2026-11-25T08:00:00.000Z"
PLACE = Path("/drops/x.xml")


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    made = Journal(tmp_path / "journal.sqlite", lambda: datetime(2026, 11, 25, 8, 30, tzinfo=UTC))
    yield made
    made.close()


def refused(sha256: str = SHA, content: str | None = None) -> DeliveryRow:
    custody = Taken(sha256=content or sha256, received_at=AT, stored_as=None, original_path=str(PLACE))
    receipt = refused_receipt(
        InputRefused("sidecar_refused", "x"), custody, name="x.xml", size_bytes=12, elapsed_seconds=0.5
    )
    return DeliveryRow(
        sha256=sha256,
        name="x.xml",
        is_folder=False,
        size_bytes=12,
        received_at=AT,
        original_path=str(PLACE),
        stored_as="vault/aa/content",
        state=REFUSED,
        step=Step.RECEIVED,
        refusal=msgspec.json.encode(receipt),
        content_sha256=content,
    )


def test_a_refused_delivery_is_listed_with_why_and_nothing_that_differs_from_run_to_run(journal: Journal) -> None:
    journal.put_delivery(refused())
    (held,) = refused_deliveries(journal)
    assert (held["file_name"], held["sha256"], held["state"]) == ("x.xml", SHA, "refused")
    assert held["device_id"] is held["case_ref"] is None
    assert [notice["code"] for notice in held["notices"]] == ["sidecar_refused"]
    assert {"custody", "elapsed_seconds"}.isdisjoint(held)


def test_what_was_read_since_is_not(journal: Journal) -> None:
    journal.put_delivery(refused("b" * 64, content=SHA))
    assert refused_deliveries(journal)
    journal.put_delivery(msgspec.structs.replace(refused(), state=FINISHED, refusal=None))
    assert refused_deliveries(journal) == []


def test_what_could_not_be_taken_is_listed_until_something_else_comes_from_its_place(journal: Journal) -> None:
    receipt = untaken(Found(raw_path=bytes(PLACE)), AT, InputRefused("input_empty"), 0.1)
    first = journal.begin_arrival(PLACE)
    journal.end_arrival(first, REFUSED, refusal=msgspec.json.encode(receipt))
    assert [held["file_name"] for held in refused_deliveries(journal)] == ["x.xml"]
    journal.end_arrival(journal.begin_arrival(PLACE), "held", sha256=SHA)
    assert refused_deliveries(journal) == []


def test_what_was_refused_later_is_in_no_report_of_before(journal: Journal) -> None:
    journal.put_delivery(refused())
    assert refused_deliveries(journal, before=AT) == []
    assert refused_deliveries(journal, before="2026-11-25T08:00:01.000Z")


def test_two_empty_files_are_two_refused_deliveries(journal: Journal) -> None:
    for place in (b"/drops/a", b"/drops/b"):
        receipt = untaken(Found(raw_path=place), AT, InputRefused("input_empty"), 0.1)
        arrival = journal.begin_arrival(Path(place.decode()))
        journal.end_arrival(arrival, REFUSED, refusal=msgspec.json.encode(receipt))
    assert sorted(held["file_name"] for held in refused_deliveries(journal)) == ["a", "b"]


def test_the_status_and_reports_count_one_content_once(journal: Journal) -> None:
    for row in (refused(), refused("b" * 64, content=SHA), refused("c" * 64)):
        journal.put_delivery(row)
    listed = refused_contents(journal.deliveries())
    assert [row.stated_sha256 for row in listed] == [SHA, "c" * 64]
    assert len(refused_deliveries(journal)) == len(listed)
