"""Line ends of several kinds in one chat: no message is lost in another, and a text keeps what stands in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.outcome import ReadState
from tests.unit.parsers.formats.whatsapp_text.made_chats import bodies_of, codes_of, messages_of, read_lines

STARTS = [f"25/12/2023, 14:{minute:02} - Jay: m{minute}" for minute in range(9)]
BODIES = [f"m{minute}" for minute in range(9)]


@pytest.mark.parametrize(
    "ends",
    [
        ("\r\n", "\r\n", "\r"),
        ("\n", "\n", "\r"),
        ("\r", "\r\n", "\n"),
        ("\r\n", "\n", "\r"),
        ("\r\r\n",),
        ("\n\r",),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_mixed_line_ends(tmp_path: Path, ends: tuple[str, ...], encoding: str) -> None:
    lines = "".join(line + ends[place % len(ends)] for place, line in enumerate(STARTS))
    result = read_lines(tmp_path, lines.encode(encoding))
    assert bodies_of(result) == BODIES
    assert len({message.record_id for message in messages_of(result)}) == len(BODIES)
    assert codes_of(result) == {}


def test_a_return_that_no_start_stands_behind_stays_in_its_text(tmp_path: Path) -> None:
    lines = f"{STARTS[0]}\rmore\r\nlast\r{STARTS[1]}\r\n{STARTS[2]}\r\r\n"
    assert bodies_of(read_lines(tmp_path, lines)) == ["m0\rmore\nlast", "m1", "m2\r"]


def test_a_start_behind_a_return_that_is_text_leaves_the_text_as_it_is(tmp_path: Path) -> None:
    typed = "look\r01/02/2020, 10:00 - Bob: hi\rthere\n[01/02/2020, 10:01:00] Bob: ho"
    result = read_lines(tmp_path, "\n".join((*STARTS[:4], f"{STARTS[4]} {typed}", *STARTS[5:], "")))
    assert bodies_of(result) == [*BODIES[:4], f"m4 {typed}", *BODIES[5:]]
    assert codes_of(result) == {"start_in_text": 2}


def test_lines_within_a_text_of_spoiled_ends(tmp_path: Path) -> None:
    for end in ("\r\r\n", "\n\r"):
        lines = "".join(line + end for line in (STARTS[0], "more", STARTS[1], STARTS[2]))
        assert bodies_of(read_lines(tmp_path, lines)) == ["m0\nmore", "m1", "m2"]


def test_half_a_line_end_at_the_end_of_a_file(tmp_path: Path) -> None:
    result = read_lines(tmp_path, f"{STARTS[0]}\r\n{STARTS[1]}\r")
    assert (bodies_of(result), codes_of(result)) == (["m0", "m1"], {"end_unmarked": 1})
    result = read_lines(tmp_path, f"{STARTS[0]}\n{STARTS[1]}\r")
    assert (bodies_of(result), codes_of(result)) == (["m0", "m1\r"], {"end_unmarked": 1})


@pytest.mark.parametrize(
    "damaged",
    [
        "25/12/2023, 14::02 - Jay: m",
        "25/12/2023, 1402 - Jay: m",
        "2\x00/12/2023, 14:02 - Jay: m",
        "25/1x/2023, 14:02 - Jay: m",
        "25/12/2023, 14::02 - Bob: m",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r"])
def test_a_damaged_start_is_said(tmp_path: Path, damaged: str, end: str) -> None:
    result = read_lines(tmp_path, f"{STARTS[0]}\n{STARTS[1]}{end}{damaged}\n{STARTS[3]}\n")
    assert bodies_of(result) == ["m0", f"m1{end}{damaged}", "m3"]
    assert messages_of(result)[1].body_notices == ("start_in_text",)
    # a zero is damage by itself
    assert codes_of(result) == {"start_in_text": 1, **({"block_lost": 1} if "\x00" in damaged else {})}


@pytest.mark.parametrize(
    "line",
    [
        "07700 900123 - Bob: ring",
        "12.30 - Jay: late",
        "3 - 4 each",
        "25/12/2023 - Christmas: home",
        "[1] Jay: yes",
        "5",
    ],
)
def test_a_line_with_figures_is_no_damaged_start(tmp_path: Path, line: str) -> None:
    assert codes_of(read_lines(tmp_path, f"{STARTS[0]}\n{line}\n{STARTS[1]}\n")) == {}


@pytest.mark.parametrize(
    "front",
    [
        b"25/12/2023, 14:02\xff\xfe\x80Jay: ",
        b"25/12/2023, 14:0\xff\xfe\x80 Jay: ",
        b"25/12/2023, 14:02 \xff\xfe\x80ay: ",
        b"25/12/2023,\xff\xfe\x80:02 - Jay: ",
        b"25/12\xff\xfe\x8023, 14:02 - Jay: ",
        b"\xff\xfe\x8012/2023, 14:02 - Jay: ",
    ],
)
def test_a_start_in_which_characters_were_lost_is_a_message_that_is_missing(tmp_path: Path, front: bytes) -> None:
    lines = f"{STARTS[0]} \U0001f600\n".encode() + front + f"m1\n{STARTS[2]}\n".encode()
    result = read_lines(tmp_path, lines)
    first, last = messages_of(result)
    assert (first.body or "").startswith("m0 \U0001f600\n")
    assert (first.body or "").endswith("m1")
    assert (first.body_notices, last.body) == (("start_in_text", "replaced_characters"), "m2")
    assert codes_of(result) == {"start_in_text": 1, "characters_replaced": 1, "element_unreadable": 1}
    assert result.state is ReadState.COMPLETE_WITH_NOTICES
    (rows,) = result.tally.values()
    assert (rows["other:start of a message"].noticed, rows["message"].seen) == (1, 2)


@pytest.mark.parametrize("rest", [" - Jay: m1", " - Jay: 25/12/2023 was good"])
@pytest.mark.parametrize("lost", [b"\xff", b"\xab\xe4\xe9\xafH", b"\xc3\xf1>\xce=H", b"\xafoj_\xec\x06d\xc3H"])
@pytest.mark.parametrize("wide", ["\U0001f600", ""])
def test_a_start_behind_damaged_octets_that_took_the_line_end_is_missing(
    tmp_path: Path, lost: bytes, rest: str, wide: str
) -> None:
    """Without the emoji a code page is assumed, in which the damaged octets are letters."""
    lines = f"{STARTS[0]} {wide}\n{STARTS[1]}".encode() + lost + f"5/12/2023, 14:02{rest}\n{STARTS[3]}\n".encode()
    result = read_lines(tmp_path, lines)
    assert len(messages_of(result)) == 3
    (rows,) = result.tally.values()
    assert rows["other:start of a message"].noticed == 1
    assert codes_of(result)["element_unreadable"] == 1


@pytest.mark.parametrize(
    "text",
    [
        "caf\xe9 5/12/2023, 14:02 - Bob: m",
        "caf\xe9 at 14:02 - Jay: m",
        "caf\xe9 " + "x" * 40 + " 5/12/2023, 14:02 - Jay: m",
    ],
)
def test_a_letter_beyond_ascii_in_front_of_figures_is_no_lost_start(tmp_path: Path, text: str) -> None:
    result = read_lines(tmp_path, f"{STARTS[0]} {text}\n{STARTS[1]}\n".encode("cp1252"))
    assert codes_of(result) == {"encoding_assumed": 1}


def test_a_line_end_that_was_lost_with_a_start_behind_it_is_one_too(tmp_path: Path) -> None:
    raw = f"{STARTS[0]} \U0001f600\n{STARTS[1]}".encode() + b"\xff\xfe\x80" + f"{STARTS[2][2:]}\n".encode()
    assert codes_of(read_lines(tmp_path, raw))["element_unreadable"] == 1


@pytest.mark.parametrize(
    "line", [b"caf\xe9 10 - Jay: yes", b"\xa310 - Jay: 20", b"12:30\xff - home: x", b"\xff", b"x\xff: y"]
)
def test_other_lines_in_which_characters_were_lost_are_no_starts(tmp_path: Path, line: bytes) -> None:
    lines = f"{STARTS[0]} \U0001f600\n".encode() + line + f"\n{STARTS[1]}\n".encode()
    assert codes_of(read_lines(tmp_path, lines)) == {"characters_replaced": 1}


@pytest.mark.parametrize(
    ("line", "is_lost"),
    [
        (b"25/12/2023, 14:02\xff\xfe\x80Jay: m1", True),
        (b"25/12\xff\xfe\x8023, 14:02 - Jay: m1", True),
        (b"\xa31000 - Jay: owes", False),
        (b"25/12/2023 10:00 \xe0 Paris: oui", False),
    ],
)
def test_in_a_chat_that_is_else_ascii_damage_looks_like_a_code_page(tmp_path: Path, line: bytes, is_lost: bool) -> None:  # noqa: FBT001 - one of a table
    codes = codes_of(read_lines(tmp_path, f"{STARTS[0]}\n".encode() + line + f"\n{STARTS[2]}\n".encode()))
    assert ("encoding_assumed" in codes, codes.get("element_unreadable")) == (True, 1 if is_lost else None)
