"""Broken and hostile exports: what was whole is kept, the rest is named, and nothing runs away."""

from __future__ import annotations

import resource
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers.contract import Delivery, Limits, ReadContext
from parsers.errors import InputRefused
from parsers.formats.xry_text import XryTextParser
from parsers.outcome import ReadState
from parsers.records.facts import Message
from parsers.records.notice_codes import sentence_of
from tests.unit.parsers.formats.xry_text.export_text import (
    AT,
    PEER,
    bodies_of,
    codes,
    export,
    is_balanced,
    message,
    messages_of,
    read_bytes,
    read_path,
    read_text,
    stored,
)

BODIES = ["one", "two\n\nlines", "three \U0001f600", "four\nStatus: ok", "five"]
WHOLE = stored(export(*(message(number, body) for number, body in enumerate(BODIES, 1)), count="5 items"))
TOLD = {"input_truncated", "end_unmarked", "count_short", "count_cut", "element_unreadable"}


def test_every_cut_is_noticed_and_keeps_what_was_whole(tmp_path: Path) -> None:
    first = WHOLE.index("Messages #".encode("utf-16-le"))
    end = len(WHOLE) - len("\r\n\r\n".encode("utf-16-le"))
    for place in range(first, end, 7):
        result = read_bytes(tmp_path, WHOLE[:place])
        assert set(bodies_of(result)) <= set(BODIES), place
        assert TOLD & set(codes(result)), place
        assert is_balanced(result), place
        assert not {"reader_failed", "tally_differs"} & set(codes(result)), place


def test_a_cut_inside_an_entity_ends_the_reading(tmp_path: Path) -> None:
    cut = WHOLE[: WHOLE.index("five".encode("utf-16-le")) + 5]
    result = read_bytes(tmp_path, cut)
    assert bodies_of(result) == BODIES[:4]
    assert result.state is ReadState.PARTIAL
    assert {code: codes(result)[code] for code in ("input_truncated", "element_unreadable")} == {
        "input_truncated": 1,
        "element_unreadable": 1,
    }
    (rows,) = result.tally.values()
    assert (rows["message"].seen, rows["message"].noticed) == (5, 1)


@pytest.mark.parametrize(("end", "whole"), [("five", 4), ("four", 3), ("three", 2)])
def test_a_cut_file_says_how_many_its_header_counts_beyond_it(tmp_path: Path, end: str, whole: int) -> None:
    result = read_bytes(tmp_path, WHOLE[: WHOLE.index(end.encode("utf-16-le")) + 5])
    assert len(messages_of(result)) == whole
    (told,) = (sentence_of(notice) for notice in result.notices if notice.code == "count_cut")
    missing = f"states 5 Messages/SMS and holds {whole}: {5 - whole} are missing because it is cut off."
    assert told == f"The file {missing}"
    assert "count_short" not in codes(result)


def test_a_file_whose_last_line_has_no_end_may_be_whole(tmp_path: Path) -> None:
    result = read_bytes(tmp_path, WHOLE.removesuffix("\r\n\r\n".encode("utf-16-le")))
    assert bodies_of(result) == BODIES
    assert codes(result)["end_unmarked"] == 1
    assert result.state is ReadState.COMPLETE


def test_a_last_line_without_an_end_is_taken_where_another_entity_ends_so(tmp_path: Path) -> None:
    tails = ("Folder:\tInbox", "Status:\tRead", "Status:\tSent", "Status:\tRead", "Folder:\tSent")
    texts = (message(number, f"plain {number}", tail=tail) for number, tail in enumerate(tails, 1))
    result = read_bytes(tmp_path, stored(export(*texts)).removesuffix("\r\n\r\n".encode("utf-16-le")))
    assert len(messages_of(result)) == len(tails)
    assert codes(result)["end_unmarked"] == 1


def test_a_text_at_the_end_that_may_be_cut_says_so(tmp_path: Path) -> None:
    texts = (message(number, f"plain {number}", tail="") for number in range(1, 4))
    result = read_bytes(tmp_path, stored(export(*texts)).removesuffix("\r\n\r\n".encode("utf-16-le")))
    assert [each.body_notices for each in messages_of(result)] == [(), (), ("end_unmarked",)]
    assert result.state is ReadState.COMPLETE


@pytest.mark.parametrize(
    ("tail", "code", "count"),
    [
        (f"From\nTel:\t{PEER}\n", "input_truncated", 2),
        (f"From\nTel:\t{PEER}\nText:\tthree\nTime:\t{AT}\n", "end_unmarked", 3),
        (f"From\nTel:\t{PEER}\nText:\tthree\nTime:\t{AT}\nStatus:\tRead\nFolder:\tInbox\n", None, 3),
    ],
)
def test_a_cut_behind_a_line_end_shows_in_what_the_others_have(
    tmp_path: Path, tail: str, code: str | None, count: int
) -> None:
    whole = export(*(message(number, f"plain {number}") for number in (1, 2)))
    result = read_bytes(tmp_path, stored(f"{whole}Messages #\t3\n{tail}"))
    assert len(messages_of(result)) == count
    assert TOLD & set(codes(result)) == ({code, "element_unreadable"} if count == 2 else {code} - {None})


def test_a_text_without_an_empty_line_behind_it_may_go_on(tmp_path: Path) -> None:
    texts = (message(number, f"plain {number}", tail="") for number in range(1, 4))
    result = read_bytes(tmp_path, stored(export(*texts)).removesuffix("\r\n".encode("utf-16-le")))
    assert [each.body_notices for each in messages_of(result)] == [(), (), ("end_unmarked",)]
    assert codes(result)["end_unmarked"] == 1


def test_a_file_that_ends_in_its_header(tmp_path: Path) -> None:
    result = read_bytes(tmp_path, WHOLE[: WHOLE.index("5 items".encode("utf-16-le")) + 14])
    assert not result.records
    assert codes(result) == {"count_short": 5}


def test_a_file_that_ends_before_its_header_says_how_much_there_is(tmp_path: Path) -> None:
    place = WHOLE.index("5 items".encode("utf-16-le"))
    result = read_bytes(tmp_path, WHOLE[:place])
    assert not result.records
    assert codes(result) == {"input_truncated": 1}
    assert result.state is ReadState.PARTIAL
    empty = read_bytes(tmp_path, WHOLE[:place] + "0 items\r\n".encode("utf-16-le"))
    assert codes(empty) == {}


def test_an_only_message_that_ends_behind_a_key_may_go_on(tmp_path: Path) -> None:
    content = stored(export(message(1, "plain 1")))
    place = content.index("Text".encode("utf-16-le"))
    result = read_bytes(tmp_path, content[:place])
    assert [each.body for each in messages_of(result)] == [None]
    assert codes(result)["end_unmarked"] == 1


@pytest.mark.parametrize("count", [1, 3])
def test_a_whole_entity_is_kept_where_the_header_counts_more(tmp_path: Path, count: int) -> None:
    texts = (message(number, f"plain {number}") for number in range(1, count + 1))
    result = read_bytes(tmp_path, stored(export(*texts, count="7 items")).removesuffix("\r\n".encode("utf-16-le")))
    assert len(messages_of(result)) == count
    assert codes(result)["count_short"] == 7 - count
    assert codes(result)["end_unmarked"] == 1
    assert result.state is not ReadState.COMPLETE


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("count", [6, 1_500])
@pytest.mark.parametrize("places", [(0.5,), (0.3, 0.6), (0.2, 0.4, 0.8)])
def test_a_byte_that_is_missing_costs_its_entity_alone(
    tmp_path: Path, encoding: str, count: int, places: tuple[float, ...]
) -> None:
    texts = [f"some words of a text {number}" for number in range(1, count + 1)]
    content = bytearray(stored(export(*(message(number, text) for number, text in enumerate(texts, 1))), encoding))
    hit = [texts[int(count * place)] for place in places]
    for text in reversed(hit):
        del content[content.index(text.encode(encoding)) + 5]
    result = read_bytes(tmp_path, bytes(content))
    assert bodies_of(result) == [text for text in texts if text not in hit]
    assert {codes(result)[code] for code in ("input_malformed", "element_unreadable")} == {len(hit)}
    assert result.state is ReadState.PARTIAL
    assert is_balanced(result)


def test_a_text_with_what_a_line_end_out_of_step_looks_like_is_a_text(tmp_path: Path) -> None:
    texts = ["one \u0d00\u0a00 more", "two", "three \u0a00" * 500, "four", "five\u0d00\u0a00"]
    result = read_text(tmp_path, export(*(message(number, text) for number, text in enumerate(texts, 1))))
    assert bodies_of(result) == texts


def test_a_block_of_zeros_is_no_text(tmp_path: Path) -> None:
    place = WHOLE.index("lines".encode("utf-16-le"))
    broken = WHOLE[:place] + bytes(64) + WHOLE[place + 64 :]
    result = read_bytes(tmp_path, broken)
    assert bodies_of(result) == ["one", *BODIES[2:]]
    assert {"input_malformed", "element_unreadable"} <= set(codes(result))
    assert result.state is ReadState.PARTIAL
    tail = WHOLE[: WHOLE.index("five".encode("utf-16-le"))] + bytes(4096)
    result = read_bytes(tmp_path, tail)
    assert bodies_of(result) == BODIES[:4]
    assert result.state is ReadState.PARTIAL


def test_rubbish_where_entities_should_be_is_said(tmp_path: Path) -> None:
    result = read_text(tmp_path, "XRY Export\nCase: x\nMessages/SMS\n\n\nsomething\nelse\n")
    assert not result.records
    assert codes(result) == {"input_malformed": 1}
    assert result.state is ReadState.PARTIAL


def test_lines_in_front_of_the_entities_are_counted(tmp_path: Path) -> None:
    text = export(message(1, "x"), message(2, "y")).replace(
        "\nMessages #\t1", "\nExaminer:\tA\nUnit:\tB\n\nMessages #\t1"
    )
    result = read_text(tmp_path, text)
    assert bodies_of(result) == ["x", "y"]
    assert codes(result)["element_not_read"] == 2
    assert is_balanced(result)


def test_an_entity_larger_than_the_limit_ends_the_reading(tmp_path: Path) -> None:
    many = "\n".join(["0123456789"] * 200)
    text = export(message(1, "x"), message(2, many), message(3, "y"))
    result = read_text(tmp_path, text, limits=Limits(text_chars=1_000))
    assert bodies_of(result) == ["x"]
    assert {"limit_reached", "element_unreadable"} <= set(codes(result))
    assert result.state is ReadState.PARTIAL
    assert is_balanced(result)
    one_line = export(message(1, "x"), message(2, "0" * 200_000), message(3, "y"))
    result = read_text(tmp_path, one_line, limits=Limits(text_chars=1_000))
    assert bodies_of(result) == ["x"]
    assert result.state is ReadState.PARTIAL


def test_a_long_text_within_the_limit(tmp_path: Path) -> None:
    body = "0123456789abcdef" * 100_000
    assert bodies_of(read_text(tmp_path, export(message(1, body), message(2, "x")))) == [body, "x"]


def test_a_member_with_a_wrong_checksum_is_read_and_said(tmp_path: Path) -> None:
    path = tmp_path / "HW7.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Messages-SMS.txt", WHOLE)
    content = bytearray(path.read_bytes())
    for magic, offset in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
        content[content.index(magic) + offset] ^= 0xFF
    path.write_bytes(bytes(content))
    result = read_path(path)
    assert bodies_of(result) == BODIES
    assert codes(result)["checksum_wrong"] == 1


def test_an_archive_that_was_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "HW7.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Calls.txt", stored(export(view="Calls", count="0 items")))
        archive.writestr("Messages-SMS.txt", WHOLE)
    content = path.read_bytes()
    path.write_bytes(content[: content.index(b"PK\x01\x02") - 60])
    result = read_path(path)
    assert set(bodies_of(result)) < set(BODIES)
    assert result.state is ReadState.PARTIAL
    assert is_balanced(result)


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        '=HYPERLINK("http://x.example")',
        "'); DROP TABLE records; --",
        "{0} %s {{x}}",
        "../../etc",
    ],
)
def test_hostile_texts_come_out_as_they_are(tmp_path: Path, body: str) -> None:
    assert bodies_of(read_text(tmp_path, export(message(1, body), message(2, "x")))) == [body, "x"]


@given(st.binary(max_size=400), st.integers(0, 900))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_anywhere_give_records_notices_or_a_refusal(tmp_path: Path, raw: bytes, place: int) -> None:
    broken = WHOLE[:place] + raw + WHOLE[place + len(raw) // 2 :]
    try:
        result = read_bytes(tmp_path, broken)
    except InputRefused:
        return
    assert is_balanced(result)
    assert not {"reader_failed", "tally_differs"} & set(codes(result))


def test_a_million_titles_in_a_text_take_bounded_time(tmp_path: Path) -> None:
    path = tmp_path / "Messages-SMS.txt"
    path.write_bytes(stored(export(message(1, "x"), "\n\n".join(["Messages #\t1"] * 150_000), message(2, "y"))))
    started = time.process_time()
    result = read_path(path)
    assert time.process_time() - started < 30
    assert is_balanced(result)


@pytest.mark.parametrize(
    "filling",
    [
        "Text:\t" + " " * 500_000 + "x#",
        "Time:\t13/09/2023 18:45:00" + " " * 500_000 + "x (Device)",
        "Time:\t" + "(device) " * 100_000,
        "Time:\t" + "1/" * 300_000,
        " " * 500_000 + "x#",
        " " * 500_000 + ":" + " " * 500_000,
        "a:" * 400_000,
        "\n" * 500_000,
        "From\n" * 200_000,
        "Tel:\t" + "0" * 500_000,
        "Tel:\t" + "(" * 500_000,
    ],
    ids=range(11),
)
def test_hostile_fillings_take_bounded_time(tmp_path: Path, filling: str) -> None:
    started = time.process_time()
    for view in ("Messages/SMS", "Contacts/Contacts", "Device/General Information", "Calls"):
        text = export(message(1, "before"), f"Messages #\t2\n{filling}", message(3, "after"), view=view)
        assert is_balanced(read_text(tmp_path, text))
    assert time.process_time() - started < 40


def test_memory_does_not_grow_with_the_number_of_messages(tmp_path: Path) -> None:
    path = tmp_path / "Messages-SMS.txt"
    with path.open("wb") as file:
        file.write(stored("XRY Export\nCase: x\nMessages/SMS\n\n\n"))
        for start in range(0, 20_000, 1_000):
            entities = (message(number, f"text {number}") + "\n\n" for number in range(start, start + 1_000))
            file.write(stored("".join(entities), mark=""))
    delivery = Delivery(path=path, name=path.name, is_folder=False, sha256="0" * 64)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    events = XryTextParser().read(delivery, ReadContext(scratch_dir=tmp_path))
    assert sum(isinstance(event, Message) for event in events) == 20_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40 * 1024


def test_line_ends_with_a_doubled_return(tmp_path: Path) -> None:
    text = export(*(message(number, body) for number, body in enumerate(BODIES, 1)), count="5 items")
    plain, doubled = (read_bytes(tmp_path, stored(text, line_end=end)) for end in ("\r\n", "\r\r\n"))
    assert bodies_of(doubled) == bodies_of(plain) == BODIES
    assert codes(doubled) == codes(plain)
    assert is_balanced(doubled)


@pytest.mark.parametrize("mark", ["#", "", ";", "\u013a", " "])
@pytest.mark.parametrize("key", ["Tel", "Text", "Time", "Status", "Type", "Storage", "Folder"])
def test_a_key_whose_colon_is_lost_is_that_key(tmp_path: Path, key: str, mark: str) -> None:
    whole = [message(number, body) for number, body in enumerate(["one", "two", "two\nlines", "four", "five"], 1)]
    damaged = [*whole]
    damaged[2] = damaged[2].replace(f"{key}:\t", f"{key}{mark}\t")
    expected, result = (read_text(tmp_path, export(*each)) for each in (whole, damaged))
    assert bodies_of(result) == bodies_of(expected)
    one, other = messages_of(expected)[2], messages_of(result)[2]
    assert (other.from_party, other.time, other.status, other.extra) == (
        one.from_party,
        one.time,
        one.status,
        one.extra,
    )
    assert codes(result) == codes(expected) | {"markup_broken": 1}
    assert is_balanced(result)


@pytest.mark.parametrize("body", ["Text#\tlater", "ok\nStatus\tgood\nsee you", "Time # 5"])
def test_a_line_of_a_text_that_is_not_in_front_of_the_keys_is_text(tmp_path: Path, body: str) -> None:
    bodies = ["one", "two", body, "four"]
    result = read_text(tmp_path, export(*(message(number, each) for number, each in enumerate(bodies, 1))))
    assert bodies_of(result) == bodies
    assert "markup_broken" not in codes(result)


@pytest.mark.parametrize("mark", ["", ": ", ":\u00f6", "\u00f6", ":"])
@pytest.mark.parametrize("key", ["Status", "Type", "Storage", "Folder"])
def test_a_key_behind_the_text_whose_tab_is_lost_is_that_key(tmp_path: Path, key: str, mark: str) -> None:
    whole = [message(number, body) for number, body in enumerate(["one", "two", "two\nlines", "four", "five"], 1)]
    damaged = [*whole]
    damaged[2] = damaged[2].replace(f"{key}:\t", f"{key}{mark}")
    assert damaged != whole
    expected, result = (read_text(tmp_path, export(*each)) for each in (whole, damaged))
    assert bodies_of(result) == bodies_of(expected)
    assert [each.time for each in messages_of(result)] == [each.time for each in messages_of(expected)]
    assert codes(result) == codes(expected) | {"markup_broken": 1}
    assert is_balanced(result)


@pytest.mark.parametrize("typed", ["Time: 5pm\nStatus: ok", f"Time:\t{AT}\nStatus ok", "Status: ok"])
def test_keys_that_somebody_typed_without_a_tab_are_text(tmp_path: Path, typed: str) -> None:
    bodies = ["one", "two", f"ok\n{typed}", "four"]
    result = read_text(tmp_path, export(*(message(number, each) for number, each in enumerate(bodies, 1))))
    assert bodies_of(result) == bodies
    assert "markup_broken" not in codes(result)


def test_a_name_among_several_numbers_is_of_the_one_that_it_stands_behind(tmp_path: Path) -> None:
    head = f"To\nTel:\t{PEER}\nName (Matched):\tJay\nTel:\t07700 900457"
    tail = f"Time:\t{AT}\nStatus:\tSent\nType:\tSubmit"
    result = read_text(tmp_path, export(*(message(number, "on way", head=head, tail=tail) for number in (1, 2))))
    assert [(party.raw, party.name) for party in messages_of(result)[0].to] == [(PEER, "Jay"), ("07700 900457", None)]


@pytest.mark.parametrize("octet", [b"\x00", b"M", b"\xff"])
@pytest.mark.parametrize("ends_in_text", [True, False])
def test_an_octet_behind_the_last_message_costs_nothing_and_is_noticed(
    tmp_path: Path, octet: bytes, *, ends_in_text: bool
) -> None:
    tail = "" if ends_in_text else None
    texts = (message(number, body, tail=tail) for number, body in enumerate(BODIES, 1))
    content = stored(export(*texts, count="5 items"))
    assert bodies_of(read_bytes(tmp_path, content)) == BODIES
    result = read_bytes(tmp_path, content + octet)
    assert bodies_of(result) == BODIES
    assert codes(result)["input_truncated"] == 1
    assert is_balanced(result)
