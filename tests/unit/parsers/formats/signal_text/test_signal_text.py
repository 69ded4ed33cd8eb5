"""Chats of Signal as text: what the writer puts in is read, what is WhatsApp's stays so, and nothing is lost."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.demo.truth import ChatThread
from ingest.demo.writers.signal_text import SignalForm, signal_chat, write_signal_chat
from parsers.contract import Delivery, Limits, ReadContext, Sidecar
from parsers.formats.signal_text import SignalTextParser
from parsers.outcome import ReadState
from parsers.records.facts import Direction
from parsers.records.tally import TallyRow
from tests.fakes.deliveries import (
    FEW,
    bodies_of,
    claim_on,
    codes_of,
    is_balanced,
    messages_of,
    read_content,
    read_path,
)
from tests.fakes.golden import golden_reading
from tests.unit.parsers.formats.chat_case import GROUP, PAIR, ZARO

JANE = "[2019-12-24, 12:23] Jane Doe: Hello John!\n"
JOHN = "[2020-01-17, 21:49] John Doe: Hello\nJane!\n"


@pytest.mark.parametrize("form", list(SignalForm))
def test_what_was_written_is_read(tmp_path: Path, form: SignalForm) -> None:
    result = read_path(write_signal_chat(tmp_path / f"{ZARO.name}.txt", PAIR, form))
    found = messages_of(result)
    assert [(message.body or "").partition("[")[0].rstrip("!") for message in found] == [
        message.body for message in PAIR.messages
    ]
    assert [message.direction.value for message in found] == [message.travel.value for message in PAIR.messages]
    layout = "%Y-%m-%dT%H:%M:00.000Z" if form is SignalForm.OLDER else "%Y-%m-%dT%H:%M:%S.000Z"
    assert [message.time.utc for message in found] == [
        f"{message.at.astimezone(UTC):{layout}}" for message in PAIR.messages if message.at is not None
    ]
    assert {(message.service, message.thread) for message in found} == {("signal", ZARO.name)}
    assert [party.name for party in found[0].to] == ["Me"]
    assert [party.name for party in found[1].to] == [ZARO.name]
    assert [file.name for file in found[2].attachments] == ["audio_1.ogg"]
    assert codes_of(result) == {"zone_assumed": 4}
    assert (is_balanced(result), result.state) == (True, ReadState.COMPLETE)


def test_in_a_group_nobody_is_said_to_have_got_a_text() -> None:
    result = read_content(signal_chat(GROUP), "index.md")
    assert [message.to for message in messages_of(result)] == [(), (), ()]
    assert [message.direction for message in messages_of(result)] == [
        *(Direction.INCOMING, Direction.INCOMING, Direction.OUTGOING)
    ]
    number = messages_of(result)[1].from_party
    assert number is not None
    assert (number.raw, number.e164) == ("+44 7700 900456", "+447700900456")


@pytest.mark.parametrize("fixture", ["signal_text/test_export.md", "signal_text/made_signal.txt"])
def test_samples(fixture: str) -> None:
    assert is_balanced(golden_reading(fixture))


def test_who_is_the_owner_is_said_to_be_open_where_nothing_tells() -> None:
    result = read_content(JANE + JOHN, "test_export.txt")
    assert bodies_of(result) == ["Hello John!", "Hello\nJane!"]
    assert {message.direction for message in messages_of(result)} == {Direction.UNKNOWN}
    assert codes_of(result) == {"owner_untold": 2, "zone_assumed": 2}
    chat = JANE + "[2019-12-24, 12:25] +447700900456: hi\n"
    stated = read_content(chat, "a.txt", sidecar=Sidecar(owner_number="07700 900456"))
    assert [message.direction for message in messages_of(stated)] == [Direction.INCOMING, Direction.OUTGOING]
    assert stated.parts[0].msisdn == ("+447700900456",)


@pytest.mark.parametrize(
    ("content", "name", "parser"),
    [
        (JANE, "test_export.txt", "signal_text"),
        (JANE, "WhatsApp Chat with Jane Doe.txt", "whatsapp_text"),
        ("[2019-12-24, 12:23:10] Jane: a\n[2019-12-24, 12:23:11] Jay: b\n", "a.txt", "whatsapp_text"),
        ("[2019-12-24, 12:23:10] Jane: a\n[2019-12-24, 12:23:11] Jay: b\n", "a.md", "signal_text"),
        ("[2019-12-24, 12:23:10] Jane: a\n[2019-12-24, 12:23:11] Me: b\n", "a.txt", "signal_text"),
        ("[2019-12-24, 12:23:10] Me: a\n\u200e[2019-12-24, 12:23:11] Jay: b\n", "a.txt", "whatsapp_text"),
        ("[2019-12-24 12:23:10] Jane: a\n\n", "Signal Jane.txt", "signal_text"),
        ("[2019-12-24, 12:23] Jane: a, b\n" * 9, "a.csv", "signal_text"),
    ],
)
def test_which_reader_takes_a_chat(content: str, name: str, parser: str) -> None:
    assert claim_on(content, name)[0].name == parser


def test_blank_lines_of_a_text_are_its_own_and_those_of_the_tool_are_not() -> None:
    older = read_content(JANE.replace("24", "22") + "[2019-12-24, 12:23] Me: a\n\n" + JOHN, "a.txt")
    assert bodies_of(older) == ["Hello John!", "a\n", "Hello\nJane!"]
    newer = read_content("[2019-12-24 12:23:01] Me: a\n\nc\n\n[2019-12-24 12:24:00] Jay: b\n\n", "a.txt")
    assert bodies_of(newer) == ["a\n\nc", "b"]
    cut = read_content("[2019-12-24 12:23:01] Me: a\n\n[2019-12-24 12:24:00] Jay: b\n", "a.txt")
    assert codes_of(cut)["end_unmarked"] == 1


def test_quotes_reactions_and_files_stay_in_the_text() -> None:
    text = "\n\n> u about\n\nyes\n(- Jay: \U0001f44d -)![a.jpg](./media/a.jpg)  [list.pdf](./media/x.pdf)  "
    (message,) = messages_of(read_content(f"[2019-12-24 12:23:01] Me: {text}\n\n", "index.md"))
    assert message.body == text
    assert [file.name for file in message.attachments] == ["a.jpg", "list.pdf"]


def test_a_late_start_is_a_message_and_one_that_the_tool_did_not_part_is_text() -> None:
    lines = ("[2019-12-22, 12:23] Jay: a", "[2019-12-24, 12:23] Me: b", "[2015-01-01, 09:00] Jay: old")
    last = "[2019-12-24, 12:30] Jay: c\n"
    late = read_content("\n".join((*lines, last)), "a.txt")
    assert bodies_of(late) == ["a", "b", "old", "c"]
    assert codes_of(late)["start_out_of_order"] == 1
    spaced = read_content("\n\n".join((*lines, last)) + "\n", "a.txt")
    assert bodies_of(spaced) == ["a", "b", "old", "c"]
    front = "".join(f"[2019-12-{day:02}, 12:23] Jay: {day}\n\n" for day in range(1, 22))
    typed = read_content(f"{front}{lines[1]}\n{lines[2]}\n\n{last}\n", "a.txt")
    assert bodies_of(typed)[-2:] == [f"b\n{lines[2]}", "c"]
    assert codes_of(typed)["start_in_text"] == 1


def test_a_third_name_far_out_of_order_is_text_in_a_chat_of_two() -> None:
    lines = "[2019-12-22, 12:23] Jay: a\n[2019-12-24, 12:23] Me: b\n[2015-01-01, 09:00] Bob: old\n"
    lines += "[2019-12-24, 12:30] Jay: c\n"
    assert bodies_of(read_content(lines, "Jay.txt")) == ["a", "b\n[2015-01-01, 09:00] Bob: old", "c"]
    assert bodies_of(read_content(lines, "a.txt")) == ["a", "b", "old", "c"]


def test_what_is_damaged_is_named() -> None:
    content = JANE.encode() + b"[20\xff9-12-24, 12:24] Jay: lost\n" + JOHN.encode() + b"[2020-0"
    result = read_content(content, "a.txt")
    assert bodies_of(result) == ["Hello John!\n[20\ufffd9-12-24, 12:24] Jay: lost", "Hello\nJane!\n[2020-0"]
    (rows,) = result.tally.values()
    assert rows["other:start of a message"] == TallyRow(seen=2, noticed=2)
    assert codes_of(result)["end_unmarked"] == 1
    before = read_content("exported for HW/7\n" + JANE, "a.txt")
    assert codes_of(before)["element_unreadable"] == 1
    impossible = read_content("[2019-13-44, 12:23] Me: a\n", "a.txt")
    assert messages_of(impossible)[0].time.utc is None
    long = read_content(JANE + "a" * 50 + "\n" + JOHN, "a.txt", limits=Limits(text_chars=60))
    assert codes_of(long)["limit_reached"] == 1


def test_the_name_of_the_chat_is_part_of_what_a_delivery_is(tmp_path: Path) -> None:
    path = write_signal_chat(tmp_path / "Zaro" / "index.md", PAIR)
    ctx = ReadContext(scratch_dir=tmp_path)
    delivery = Delivery(path=path, name="index.md", is_folder=False, sha256="0" * 64, folder="Zaro")
    parser = SignalTextParser()
    assert parser.said_by_name(delivery, ctx) == "Zaro"
    assert parser.said_by_name(msgspec.structs.replace(delivery, name="a.txt"), ctx) == ""


BODIES = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\r\n[]\ufeff"), max_size=40)


@FEW
@given(bodies=st.lists(BODIES, min_size=1, max_size=6), form=st.sampled_from(SignalForm))
def test_any_text_is_read_as_it_was_written(bodies: list[str], form: SignalForm) -> None:
    first = PAIR.messages[1]
    chat: ChatThread = msgspec.structs.replace(
        PAIR, messages=tuple(msgspec.structs.replace(first, key=str(key), body=body) for key, body in enumerate(bodies))
    )
    result = read_content(signal_chat(chat, form), "index.md")
    assert bodies_of(result) == bodies
    assert is_balanced(result)
