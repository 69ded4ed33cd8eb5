"""Lines of hexadecimal: what was written is read, whatever stands around it; damage is named and nothing is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from textwrap import wrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.demo.truth import Peer, TextMessage, Travel
from ingest.demo.writers.pdu_lines import card_records, pdu_lines, write_card_lines, write_pdu_lines
from parsers.errors import InputRefused
from parsers.records.facts import Direction
from tests.fakes.deliveries import FEW, bodies_of, claim_on, codes_of, is_balanced, messages_of, read_content, read_path

AT = datetime(2024, 2, 5, 12, 0, tzinfo=UTC)
PEER = Peer("+447700900123", "+447700900123")
TEXTS = (
    TextMessage(key="1", at=AT, travel=Travel.IN, peers=(PEER,), body="u about"),
    TextMessage(key="2", at=None, travel=Travel.OUT, peers=(Peer("07700900456"),), body="5 mins \U0001f44d"),
    TextMessage(key="3", at=AT + timedelta(hours=1), travel=Travel.IN, peers=(Peer("SunCell"),), body="Top up. " * 30),
    TextMessage(key="4", at=AT, travel=Travel.IN, peers=(PEER,), body="deleted one", deleted=True),
)  # fmt: skip


def test_what_was_written_is_read(tmp_path: Path) -> None:
    result = read_path(write_pdu_lines(tmp_path / "pdus.txt", TEXTS))
    assert bodies_of(result) == [text.body for text in TEXTS]
    incoming, outgoing, word, _ = messages_of(result)
    assert incoming.from_party is not None
    assert (incoming.from_party.raw, incoming.from_party.e164) == ("+447700900123", "+447700900123")
    assert incoming.time.utc == "2024-02-05T12:00:00.000Z"
    assert incoming.smsc == "+447785016005"
    assert [party.e164 for party in outgoing.to] == ["+447700900456"]
    assert word.from_party is not None
    assert (word.from_party.raw, word.from_party.e164) == ("SunCell", None)
    assert [message.source.locator for message in messages_of(result)] == ["line 1", "line 2", "line 3", "line 5"]
    assert codes_of(result) == {}
    assert is_balanced(result)


def test_records_of_a_card_say_what_was_deleted(tmp_path: Path) -> None:
    result = read_path(write_card_lines(tmp_path / "sms.txt", TEXTS))
    found = messages_of(result)
    assert [message.body for message in found] == [text.body for text in TEXTS]
    assert [(message.deleted.value, message.status) for message in found] == [
        ("intact", "read"),
        ("intact", "sent"),
        ("intact", "read"),
        ("deleted", "free"),
    ]
    assert {message.listing for message in found} == {"sim"}
    assert [part.kind for part in result.parts] == ["sim"]


def test_the_documented_example_of_a_card() -> None:
    line = "0791447758100650 040C914477000910320000909010711423400A2050EC468B81C4733A" + " FF" * 20
    for status, deleted in (("01", "intact"), ("00", "deleted")):
        (message,) = messages_of(read_content(f"{status} {line}\n"))
        assert (message.body, message.deleted.value, message.direction) == ("  1741 bst", deleted, Direction.INCOMING)


@pytest.mark.parametrize(
    "form",
    [
        "{}", "{}\r", "  {}  ", "inbox 1\t{}", "1,{}", '"{}"', "PDU: {}", "0x{}", "a1;{};", "07 {}", "07700900999 {}",
    ],
)  # fmt: skip
def test_what_stands_around_the_octets(form: str) -> None:
    lines = [form.format(line) for line in pdu_lines(TEXTS)]
    result = read_content("".join(f"{line}\n" for line in lines))
    assert bodies_of(result) == [text.body for text in TEXTS]
    assert is_balanced(result)


@pytest.mark.parametrize("form", ["{:02} {}", "{:02}: {}", "{:02},{}", "{:02}\t{}", "2024-07-08 12:00:{:02} {}"])
def test_a_number_of_a_line_is_no_status_of_a_card(form: str) -> None:
    lines = [form.format(number, line) for number, line in enumerate(pdu_lines(TEXTS))]
    result = read_content("".join(f"{line}\n" for line in lines))
    found = messages_of(result)
    assert [message.body for message in found] == [text.body for text in TEXTS]
    assert {(message.status, message.deleted.value, message.listing) for message in found} == {(None, "unknown", "top")}
    labels = [form.format(number, "").rstrip(" :,\t") for number in (0, 1, 2, 4)]
    assert [dict(message.extra)["label"] for message in found] == labels
    spaced = [f"{number:02}: " + " ".join(wrap(line, 2)) for number, line in enumerate(pdu_lines(TEXTS))]
    assert {message.status for message in messages_of(read_content("\n".join(spaced)))} == {None}


def test_what_stands_behind_the_octets_is_kept() -> None:
    lines = [f"{number},{line},inbox,Jay" for number, line in enumerate(pdu_lines(TEXTS[:2]))]
    for message in messages_of(read_content("\n".join(["number,pdu,folder,name", *lines, ""]))):
        assert dict(message.extra)["behind"] == "inbox,Jay"
    numbered = [f"{number};08/07/2024 12:00:05;1;{line};7" for number, line in enumerate(pdu_lines(TEXTS[:2]))]
    result = read_content("\n".join([*numbered, ""]))
    assert bodies_of(result) == [text.body for text in TEXTS[:2]]


@pytest.mark.parametrize("mark", [";", " ", ", ", " -> "])
def test_several_sms_in_a_line_are_several_messages(mark: str) -> None:
    result = read_content("1 " + mark.join(pdu_lines(TEXTS)) + "\n")
    assert bodies_of(result) == [text.body for text in TEXTS]
    assert [message.source.locator for message in messages_of(result)] == [
        "line 1", "line 1 SMS 2", "line 1 SMS 3", "line 1 SMS 5"
    ]  # fmt: skip
    assert is_balanced(result)


@pytest.mark.parametrize("spaced", [str.lower, lambda line: " ".join(line[n : n + 2] for n in range(0, len(line), 2))])
def test_how_octets_are_written(spaced: object) -> None:
    lines = [spaced(line) for line in pdu_lines(TEXTS)]  # type: ignore[operator]  # one of two functions
    assert bodies_of(read_content("".join(f"{line}\n" for line in lines))) == [text.body for text in TEXTS]


def test_units_without_a_service_centre() -> None:
    lines = [line[16:] for line in pdu_lines(TEXTS)]
    assert bodies_of(read_content("".join(f"{line}\n" for line in lines))) == [text.body for text in TEXTS]


def test_a_few_sms_among_other_lines_are_found() -> None:
    lines = [*pdu_lines(TEXTS), *["note taken by box 7"] * 30]
    result = read_content("".join(f"{line}\n" for line in lines))
    assert bodies_of(result) == [text.body for text in TEXTS]
    assert codes_of(result) == {"element_not_read": 30}


def test_other_lines_are_counted() -> None:
    lines = ["# taken by box 7", "number\tpdu", "", *pdu_lines(TEXTS)]
    result = read_content("".join(f"{line}\n" for line in lines))
    assert len(messages_of(result)) == 4
    assert codes_of(result) == {"element_not_read": 2}
    assert is_balanced(result)


def test_a_line_that_ends_inside_its_text_is_read_as_far_as_it_goes() -> None:
    lines = list(pdu_lines(TEXTS))
    lines[0] = lines[0][:-2]
    result = read_content("".join(f"{line}\n" for line in lines))
    cut, *whole = messages_of(result)
    assert TEXTS[0].body is not None
    assert cut.body
    assert TEXTS[0].body.startswith(cut.body)
    assert "truncated" in cut.body_notices
    assert [message.body for message in whole] == [text.body for text in TEXTS[1:]]
    assert codes_of(result) == {"body_truncated": 1}
    assert is_balanced(result)


@pytest.mark.parametrize("fault", [lambda line: line[:-1], lambda line: line[:40], lambda _: "F" * 60])
def test_a_broken_line_is_named_and_costs_no_other(fault: object) -> None:  # fmt: skip
    lines = list(pdu_lines(TEXTS))
    lines[0] = fault(lines[0])  # type: ignore[operator]  # one of four functions
    result = read_content("".join(f"{line}\n" for line in lines))
    assert bodies_of(result) == [text.body for text in TEXTS[1:]]
    assert codes_of(result) == {"element_unreadable": 1}
    assert is_balanced(result)


def test_a_deleted_record_that_was_overwritten_is_read_as_far_as_it_goes() -> None:
    record = bytearray(next(card_records([TEXTS[3]])))
    place = record.index(bytes([len("deleted one")]), 20)
    record[place] = 200
    result = read_content(record.hex() + "\n")
    (message,) = messages_of(result)
    assert (message.body or "").startswith("deleted one")
    assert "truncated" in message.body_notices
    assert codes_of(result) == {"body_truncated": 1}


def test_a_last_line_without_an_end_says_so() -> None:
    assert codes_of(read_content(next(pdu_lines(TEXTS)))) == {"end_unmarked": 1}


@pytest.mark.parametrize("digits", [1, 4, 9, 13, 19])
def test_a_last_line_that_is_the_front_of_an_sms_is_one_that_is_lost(digits: int) -> None:
    first, second, *_ = pdu_lines(TEXTS)
    result = read_content(f"{first}\n{second[:digits]}")
    assert bodies_of(result) == ["u about"]
    assert codes_of(result) == {"element_unreadable": 1, "end_unmarked": 1}
    assert is_balanced(result)
    assert codes_of(read_content(f"{first}\n{second[:digits]}\n")) == {"element_not_read": 1}
    assert codes_of(read_content(f"{first}\nend")) == {"element_not_read": 1, "end_unmarked": 1}


def test_unused_records_are_counted() -> None:
    unused = ["00" + "FF" * 175, "00" * 176, "FF" * 176]
    result = read_content("\n".join([*(record.hex() for record in card_records(TEXTS)), *unused, ""]))
    assert len(messages_of(result)) == 4
    assert codes_of(result) == {"element_not_read": 3}


@pytest.mark.parametrize(
    "content", ["hello\n", "0123456789\n" * 5, "deadbeef" * 10 + "\n", "07700900123,07700900456\n"]
)
def test_what_is_no_list_of_sms_is_not_claimed(content: str) -> None:
    with pytest.raises(InputRefused):
        claim_on(content)


@FEW
@given(st.lists(st.one_of(st.text(max_size=60), st.binary(max_size=60).map(bytes.hex)), max_size=6))
def test_any_lines_beside_texts_are_records_or_notices(lines: list[str]) -> None:
    content = "\n".join([*pdu_lines(TEXTS), *(line.replace("\n", " ").replace("\r", " ") for line in lines)])
    result = read_content(content.encode("utf-8", "surrogatepass"))
    assert [text.body for text in TEXTS] == bodies_of(result)[:4]
    assert is_balanced(result)


@FEW
@given(st.integers(0, 1_000), st.integers(0, 255))
def test_any_changed_byte_is_a_record_or_a_notice(place: int, byte: int) -> None:
    content = bytearray("\n".join(pdu_lines(TEXTS)), "ascii")
    content[place % len(content)] = byte
    try:
        result = read_content(bytes(content))
    except InputRefused:
        return
    assert is_balanced(result)
    assert len(messages_of(result)) >= 3 or "element_unreadable" in codes_of(result)


@pytest.mark.parametrize("fault", ["\u00ff", "\0", "G", "?"])
def test_a_line_with_a_broken_character_is_an_sms_that_was_lost(fault: str) -> None:
    line = "0791447758100650040C914497716247010000909010711423400A2050EC468B81C4733A"
    broken = f"{line[:30]}{fault}{line[30:]}"
    result = read_content(f"{line}\nread by a tool of the year 2024\n{broken}\nlabel: {broken}\n{line}\n")
    assert len(messages_of(result)) == 2
    found = {(notice.code, notice.element): notice.count for notice in result.notices}
    assert found["element_unreadable", "message"] == 2
    assert found["element_not_read", "other:line without an SMS"] == 1
    assert is_balanced(result)


@pytest.mark.parametrize("size", [1, 40, 64, 400])
def test_zeros_in_lines_cost_what_stood_there_and_are_damage(size: int) -> None:
    texts = [
        TextMessage(key=str(n), at=AT, travel=Travel.IN, peers=(PEER,), body=f"text {n} of nine") for n in range(9)
    ]
    lines = list(pdu_lines(texts))
    content = "\n".join(lines).encode() + b"\n"
    at = len(lines[0]) + 30
    result = read_content(content[:at] + bytes(size) + content[at + size :], "pdus.txt")
    lost = content[at : at + size].count(b"\n") + 1
    assert len(set(bodies_of(result)) & {text.body for text in texts}) == 9 - lost
    assert codes_of(result)["element_unreadable"] == 1
    assert ("block_lost" in codes_of(result), result.state == "partial") == (size >= 32, size >= 32)
    assert is_balanced(result)


def test_an_sms_that_is_whole_beside_zeros_is_read() -> None:
    one, two, three = pdu_lines([TEXTS[0], TEXTS[3], TEXTS[1]])
    result = read_content(f"{one}\n{two[:30]}{chr(0) * 512}{two}\n{three}\n", "pdus.txt")
    assert [message.source.locator for message in messages_of(result)] == ["line 1", "line 2 behind zeros 1", "line 3"]
    assert codes_of(result) == {"block_lost": 1, "element_unreadable": 1}


@pytest.mark.parametrize("is_card", [False, True])
@pytest.mark.parametrize("together", [2, 3, 4])
def test_sms_whose_line_ends_are_lost_are_read_one_by_one(together: int, *, is_card: bool) -> None:
    texts = [TEXTS[0], TEXTS[3], TEXTS[1], TEXTS[0]]
    lines = [record.hex() for record in card_records(texts)] if is_card else list(pdu_lines(texts))
    result = read_content("\n".join(["".join(lines[:together]), *lines[together:], ""]))
    assert bodies_of(result) == [text.body for text in texts]
    assert [message.source.locator for message in messages_of(result)][:2] == ["line 1", "line 1 SMS 2"]
    assert codes_of(result) == {}
    assert is_balanced(result)


@pytest.mark.parametrize(("kept", "element"), [(50, "message"), (4, "other:octets behind an SMS")])
def test_octets_behind_an_sms_that_are_no_whole_one_are_named(kept: int, element: str) -> None:
    one, two, three = pdu_lines([TEXTS[0], TEXTS[3], TEXTS[1]])
    result = read_content(f"{one}{two[:kept]}\n{three}\n{one}{'00' * 40}\n")
    assert bodies_of(result) == [TEXTS[0].body, TEXTS[1].body, TEXTS[0].body]
    assert dict(messages_of(result)[0].extra)["octets behind"] == two[:kept].lower()
    assert [(notice.element, notice.count) for notice in result.notices] == [(element, 1)]
    assert is_balanced(result)
