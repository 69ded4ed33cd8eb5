"""A hit as a person reads it: the text is the message's own, and who it was with stands apart from it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.known_clocks import KnownClocks, known_clocks
from ingest.record_view import RecordView
from ingest.search_view import Answer, answer_json, answer_lines
from tests.fakes.index_loads import entry

BODY = "ring 07700 900 476,\ndelete this"
PARTY = {"raw": "+447700900030", "name": "him", "is_owner": False}


def lines_of(highlights: tuple[tuple[int, int], ...] = (), **exported: object) -> list[str]:
    made = {"case_ref": None, "exhibit_ref": "SMP/31", "extraction_id": "ex-1", "record_id": "r-1", "kind": "message"}
    hit = RecordView(
        exported={**made, "from": PARTY, "to": [], "body": BODY, "attachments": [], **exported},
        utc="2024-06-24T18:15:53.661Z",
        text=f"{BODY}\nhim\n+447700900030" if exported.get("body", BODY) else "him\n+447700900030",
        highlights=highlights,
        finding=None,
        entry=entry("ex-1"),
    )
    return list(answer_lines(Answer(total=1, next_after=None, facets={}, hits=(hit,), hints=("So it is.",))))


def test_a_party_is_not_printed_as_if_it_were_text() -> None:
    head, text, *rest = lines_of()
    assert head == "2024-06-24T18:15:53.661Z (19:15:53 UK)  SMP/31  message +447700900030 him  r-1"
    assert text == "    ring 07700 900 476, \u23ce delete this"
    assert rest == ["", "1 found, 1 shown.", "So it is."]


@pytest.mark.parametrize(("status", "folder", "is_told"), [
    ("failed", "failed", True), (None, "failed", True), ("Not sent", None, True), ("sent", "failed", False),
    ("queued", "outbox", False), (None, None, False),
])  # fmt: skip
def test_a_text_that_failed_to_send_is_told_as_such(status: str | None, folder: str | None, *, is_told: bool) -> None:
    head = lines_of(direction="outgoing", status=status, folder=folder)[0]
    assert ("message outgoing failed to send +447700900030" in head) == is_told
    assert "failed to send" not in lines_of(direction="incoming", status=status, folder=folder)[0]


def test_a_party_that_the_query_found_is_told_apart_from_the_text() -> None:
    place = len(BODY) + 1
    assert lines_of(((0, 4), (place, place + 3)))[1:3] == [
        "    ring 07700 900 476, \u23ce delete this",
        "    with: him, +447700900030",
    ]


def test_attachments_are_told_and_so_is_what_has_no_text() -> None:
    assert "    with: him, +447700900030" in lines_of(attachments=[{"name": "him"}])
    assert lines_of(body="", kind="call")[1] == "    him, +447700900030"


def contact(note: str, *highlights: tuple[int, int]) -> RecordView:
    made = {"case_ref": None, "exhibit_ref": "SMP/31", "extraction_id": "ex-1", "record_id": "r-1", "kind": "contact"}
    return RecordView(
        exported={**made, "extra": [{"name": "ORG", "text": "none"}, {"name": "NOTE", "text": note}]},
        utc=None,
        text=f"Jay\n07700 900476\n{note}",
        highlights=highlights,
        finding=None,
        entry=entry("ex-1"),
    )


@pytest.mark.parametrize(("span", "is_in_note"), [((0, 3), False), ((17, 21), True)])
def test_what_was_noted_beside_a_contact_stands_apart_as_a_note(span: tuple[int, int], *, is_in_note: bool) -> None:
    answer = Answer(total=1, next_after=None, facets={}, hits=(contact("owes 40\nask Kez", span),))
    assert list(answer_lines(answer))[1:3] == ["    Jay, 07700 900476", "    note: owes 40 \u23ce ask Kez"]
    (shown,) = answer_json(answer)["hits"]  # type: ignore[misc]
    assert shown["is_in_note"] is is_in_note


@pytest.mark.parametrize(
    ("basis", "shift", "words", "doubts"),
    [
        ("stated_utc", 0, "", []),
        ("assumed_zone", 0, " [time zone assumed]", ["assumed_zone"]),
        ("stated_utc", -60, " [the phone's clock was wrong by the latest report]", ["wrong_clock"]),
        (
            *("assumed_zone", 90_000),
            " [time zone assumed, the phone's clock was wrong by the latest report]",
            ["assumed_zone", "wrong_clock"],
        ),
    ],
)
def test_a_time_that_is_in_doubt_says_so(basis: str, shift: int, words: str, doubts: list[str]) -> None:
    made = {"case_ref": None, "exhibit_ref": "SMP/31", "extraction_id": "ex-1", "record_id": "r-1", "kind": "message"}
    hit = RecordView(
        exported={**made, "direction": "outgoing", "from": None, "to": [], "body": BODY, "time": {"basis": basis}},
        utc="2024-06-24T18:15:53.661Z",
        text=BODY,
        highlights=(),
        finding=None,
        entry=entry("ex-1"),
    )
    clocks = KnownClocks({("ex-1", False): shift, ("ex-1", True): 0})
    answer = Answer(total=1, next_after=None, facets={}, hits=(hit,), clocks=clocks)
    assert next(iter(answer_lines(answer))).startswith(f"2024-06-24T18:15:53.661Z (19:15:53 UK){words}  SMP/31")
    (shown,) = answer_json(answer)["hits"]  # type: ignore[misc]
    assert shown["time_doubts"] == doubts


def test_clocks_are_those_that_the_latest_report_found(tmp_path: Path) -> None:
    assert known_clocks(tmp_path / "none.json") == KnownClocks()
    path = tmp_path / "report.json"
    path.write_text("{", encoding="utf-8")
    assert known_clocks(path) == KnownClocks()
    clock = {"extraction_id": "ex-1", "shift_seconds": 90_000, "is_of_received": False}
    path.write_text(json.dumps({"devices": [{"wrong_clocks": [clock]}, {}]}), encoding="utf-8")
    known = known_clocks(path)
    ways = [{"direction": "outgoing"}, {"direction": "incoming"}, {"call_type": "outgoing"}, {"kind": "contact"}]
    assert [known.seconds({"extraction_id": "ex-1", **way}) for way in ways] == [90_000, 0, 90_000, 0]


def test_a_text_that_had_been_deleted_is_told_as_such() -> None:
    assert "+447700900030 him [deleted on the phone, and recovered]  r-1" in lines_of(deleted="deleted")[0]
    assert not any("deleted on" in lines_of(deleted=state)[0] for state in ("intact", "unknown"))
