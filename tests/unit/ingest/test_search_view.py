"""A hit as a person reads it: the text is the message's own, and who it was with stands apart from it."""

from __future__ import annotations

from ingest.record_view import RecordView
from ingest.search_view import Answer, answer_lines
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


def test_a_party_that_the_query_found_is_told_apart_from_the_text() -> None:
    place = len(BODY) + 1
    assert lines_of(((0, 4), (place, place + 3)))[1:3] == [
        "    ring 07700 900 476, \u23ce delete this",
        "    with: him, +447700900030",
    ]


def test_attachments_are_told_and_so_is_what_has_no_text() -> None:
    assert "    with: him, +447700900030" in lines_of(attachments=[{"name": "him"}])
    assert lines_of(body="", kind="call")[1] == "    him, +447700900030"
