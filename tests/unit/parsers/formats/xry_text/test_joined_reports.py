"""Several reports in one file, files of single bytes, and keys that few entities have."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from parsers.records.facts import Call
from tests.unit.parsers.formats.xry_text.export_text import (
    AT,
    E164,
    PEER,
    bodies_of,
    codes,
    entity,
    export,
    is_balanced,
    message,
    messages_of,
    read_bytes,
    read_text,
    stored,
)

CALLS = export(
    entity("Calls", 1, ("Call Type", "Missed"), ("Time", AT), ("Tel", PEER)), view="Calls", case="Case: OP HAZEL"
)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-8"])
def test_reports_one_behind_the_other_are_read_each(tmp_path: Path, mark: str, encoding: str) -> None:
    texts = export(message(1, "one"), message(2, "two"), count="2 items")
    more = export(message(1, "three"), count="1 items")
    written = mark.join([texts, CALLS, more])
    result = read_bytes(tmp_path, stored(written, encoding))
    assert bodies_of(result) == ["one", "two", "three"]
    assert [record.call_type for record in result.records if isinstance(record, Call)] == ["missed"]
    assert len({record.record_id for record in result.records}) == len(result.records) == 4
    assert codes(result)["reports_joined"] == 2
    assert len(result.parts) == 1
    assert is_balanced(result)


def test_an_empty_report_in_front_of_another(tmp_path: Path) -> None:
    result = read_text(tmp_path, export(view="Contacts/Contacts", count="0 items") + "\ufeff" + CALLS)
    assert len(result.records) == 1
    assert codes(result)["reports_joined"] == 1


def test_the_reports_of_two_handsets_in_one_file_are_two_parts(tmp_path: Path) -> None:
    def handset(imei: str, text: str) -> str:
        pairs = (("Data", imei), ("Attribute", "Mobile Id (IMEI)"))
        device = export(entity("General Information", 1, *pairs), view="Device/General Information")
        return device + export(message(1, text))

    result = read_text(tmp_path, handset("357111000000010", "of one") + handset("357111000000028", "of two"))
    assert [part.imei for part in result.parts] == [("357111000000010",), ("357111000000028",)]
    assert [each.extraction_id for each in messages_of(result)] == [part.extraction_id for part in result.parts]


def test_very_many_reports_are_read_in_linear_time(tmp_path: Path) -> None:
    filling = "x" * 2_000
    written = "\ufeff".join(export(message(1, f"{place} {filling}")) for place in range(900))
    start = time.monotonic()
    result = read_text(tmp_path, written)
    assert len(messages_of(result)) == 900
    assert codes(result)["reports_joined"] == 899
    assert time.monotonic() - start < 20


def test_a_list_pasted_behind_another_counts_again(tmp_path: Path) -> None:
    texts = [message(number, f"{name} {number}") for name in ("one", "other") for number in (1, 2, 3)]
    result = read_text(tmp_path, export(*texts))
    assert bodies_of(result) == ["one 1", "one 2", "one 3", "other 1", "other 2", "other 3"]


def test_as_many_titles_as_the_header_states_are_titles_whatever_their_numbers(tmp_path: Path) -> None:
    texts = [message(number, f"text {place}") for place, number in enumerate((1, 1, 3))]
    assert bodies_of(read_text(tmp_path, export(*texts, count="3 items"))) == ["text 0", "text 1", "text 2"]


_FAKE = "ok\nType:\tDeliver\n\nXRY Export\nCase: x\n{view}\n1 items\n\n{category} #\t1\nTime:\t01/01/2020 00:00:00"


@pytest.mark.parametrize(("view", "category"), [("Calls", "Calls"), ("Messages/SMS", "Messages")])
@pytest.mark.parametrize("count", ["3 items", ""])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_report_that_somebody_typed_hides_nothing(
    tmp_path: Path, view: str, category: str, count: str, mark: str
) -> None:
    body = _FAKE.format(view=view, category=category).replace("XRY", f"{mark}XRY")
    result = read_text(tmp_path, export(message(1, "one"), message(2, body), message(3, "three"), count=count))
    assert "reports_joined" not in codes(result)
    assert bodies_of(result) == ["one", body, "three"]


@pytest.mark.parametrize(
    "body",
    ["see\n\nXRY Export\nCase: x\nCalls\n\n\nCalls #\t1\nCall Type:\tMissed", "XRY Export\n\nXRY Export\n\nCalls\n"],
)
def test_a_header_in_a_text_is_text(tmp_path: Path, body: str) -> None:
    result = read_text(tmp_path, export(message(1, "one"), message(2, body), message(3, "three")))
    assert bodies_of(result)[0] == "one"
    assert bodies_of(result)[-1] == "three"
    assert "reports_joined" not in codes(result)


def test_a_file_of_single_bytes_is_read_in_its_code_page(tmp_path: Path) -> None:
    result = read_bytes(tmp_path, stored(export(message(1, "café £10 ok"), message(2, "two")), "cp1252", mark=""))
    assert bodies_of(result) == ["café £10 ok", "two"]
    assert codes(result)["encoding_assumed"] == 1
    assert "characters_replaced" not in codes(result)


def test_utf_8_with_a_damaged_place_stays_utf_8(tmp_path: Path) -> None:
    written = stored(export(message(1, "café é è ü £10"), message(2, "xx")), "utf-8", mark="").replace(b"xx", b"x\xe9x")
    result = read_bytes(tmp_path, written)
    assert bodies_of(result) == ["café é è ü £10", "x\ufffdx"]
    assert "encoding_assumed" not in codes(result)


def test_the_time_of_the_one_text_received_among_texts_without_one(tmp_path: Path) -> None:
    sent = "Status:\tSent\nType:\tSubmit\nStorage:\tSIM"
    result = read_text(
        tmp_path,
        export(
            message(1, "came", tail=f"Time:\t{AT}\nStatus:\tRead\nType:\tDeliver\nStorage:\tSIM"),
            message(2, "went", head=f"To\nTel:\t{PEER}", tail=sent),
            message(3, "went too", head=f"To\nTel:\t{PEER}", tail=sent),
        ),
    )
    assert bodies_of(result) == ["came", "went", "went too"]
    assert [each.time.utc for each in messages_of(result)] == ["2023-09-13T17:45:00.000Z", None, None]


def test_segments_of_which_the_first_alone_has_all_fields(tmp_path: Path) -> None:
    def segments(number: int) -> str:
        return f"Segments:\t2\nSegment Number:\t{number}\nReference Number:\t6"

    result = read_text(
        tmp_path,
        export(
            message(1, "yo ", tail=f"Time:\t{AT}\nType:\tDeliver\n{segments(1)}"),
            message(2, "there", head="", tail=segments(2)),
        ),
    )
    (joined,) = messages_of(result)
    assert (joined.body, joined.time.utc) == ("yo there", "2023-09-13T17:45:00.000Z")


def test_a_text_key_without_a_value_is_no_part_of_the_line_above(tmp_path: Path) -> None:
    bare = f"Messages #\t2\nFrom\nTel:\t{PEER}\nText:\nTime:\t{AT}\nStatus:\tRead"
    result = read_text(tmp_path, export(message(1, "one", tail=f"Time:\t{AT}\nStatus:\tRead"), bare))
    empty = messages_of(result)[1]
    assert empty.from_party is not None
    assert (empty.from_party.raw, empty.from_party.e164, empty.body) == (PEER, E164, "")
    assert empty.time.utc == "2023-09-13T17:45:00.000Z"


def test_zeros_behind_the_last_entity_do_not_take_it(tmp_path: Path) -> None:
    result = read_bytes(tmp_path, stored(export(message(1, "one"), message(2, "two"))) + bytes(4096))
    assert bodies_of(result) == ["one", "two"]
    assert codes(result)["input_malformed"] == 1
    assert result.state == "partial"


@pytest.mark.parametrize("blank_count", range(4))
def test_empty_lines_behind_the_last_entity_are_no_zeros(tmp_path: Path, blank_count: int) -> None:
    result = read_text(tmp_path, export(message(1, "one"), message(2, "two")).rstrip("\n") + "\n" * blank_count)
    assert bodies_of(result) == ["one", "two"]
    assert "input_malformed" not in codes(result)
