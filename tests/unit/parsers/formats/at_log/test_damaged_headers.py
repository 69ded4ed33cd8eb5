"""Headers of texts and contacts that are damaged, and lines whose ends are lost: read, or named and kept."""

from __future__ import annotations

import pytest

from parsers.records.facts import Direction
from tests.fakes.deliveries import bodies_of, codes_of, contacts_of, is_balanced, messages_of, read_content

HEADERS = tuple(
    f'+CMGL: {n},"{status}","+447700900456",,{time}'
    for n, (status, time) in enumerate(
        [("REC READ", f'"24/07/15,13:0{n}:05+04"') for n in range(3)]
        + [("STO SENT", ""), ("REC UNREAD", '"24/07/16,13:00:05+04"')],
        1,
    )
)
BODIES = ("u about", "5 mins", "two\nlines", "on way", "ok then")


def listing(headers: tuple[str, ...] = HEADERS, *, is_text: bool = True) -> str:
    lines = ["AT+CMGF=1", "OK"] if is_text else []
    lines += ['AT+CMGL="ALL"']
    for header, body in zip(headers, BODIES, strict=True):
        lines += [header, *body.split("\n")] if header else [*body.split("\n")]
    return "\r\n".join([*lines, "", "OK", ""])


def with_header(place: int, header: str) -> str:
    return listing((*HEADERS[:place], header, *HEADERS[place + 1 :]))


def test_a_whole_log_has_nothing_to_say() -> None:
    result = read_content(listing(), "a.log")
    assert (bodies_of(result), codes_of(result)) == (list(BODIES), {})


@pytest.mark.parametrize("place", range(5))
@pytest.mark.parametrize("name", ["+CGL: ", "+CM\x07L: ", "#CMGL: ", "CMGL: ", "+CMGL ", "", "+CMG: "])
def test_a_header_of_which_the_name_is_damaged_is_one(place: int, name: str) -> None:
    result = read_content(with_header(place, HEADERS[place].replace("+CMGL: ", name)), "a.log")
    assert bodies_of(result) == list(BODIES)
    found = messages_of(result)[place]
    assert found.source.locator == f"store {place + 1}"
    assert codes_of(result) == {"markup_broken": 1}
    assert is_balanced(result)


@pytest.mark.parametrize("place", range(5))
def test_a_text_on_the_line_of_its_header_is_the_text(place: int) -> None:
    result = read_content(listing().replace(f"{HEADERS[place]}\r\n", HEADERS[place]), "a.log")
    assert bodies_of(result) == list(BODIES)
    assert codes_of(result) == {"markup_broken": 1}


@pytest.mark.parametrize("place", range(1, 5))
def test_a_header_on_the_last_line_of_a_text_is_the_next_header(place: int) -> None:
    result = read_content(listing().replace(f"\r\n{HEADERS[place]}", HEADERS[place]), "a.log")
    assert bodies_of(result) == list(BODIES)
    assert codes_of(result) == {"markup_broken": 1}


def test_lines_that_are_all_one_are_read() -> None:
    lines = [*HEADERS[:2], *HEADERS[4:]]
    joined = "".join(f"{header}{body}" for header, body in zip(lines, ("one", "two", "three"), strict=True))
    result = read_content(f'AT+CMGF=1\r\nOK\r\nAT+CMGL="ALL"\r\n{joined}\r\n\r\nOK\r\n', "a.log")
    assert bodies_of(result) == ["one", "two", "three"]


def test_so_are_thousands_on_one_line() -> None:
    listed = listing((*HEADERS[:4], HEADERS[4] + "x" + f"{HEADERS[0]}x" * 2_000))
    result = read_content(listed, "a.log")
    assert len(messages_of(result)) == 5 + 2_000
    assert is_balanced(result)


@pytest.mark.parametrize("details", [",145,7", ",145,7,", ""])
def test_details_behind_the_time_are_no_text(details: str) -> None:
    result = read_content(with_header(1, f"{HEADERS[1]}{details}"), "a.log")
    assert (bodies_of(result), codes_of(result)) == (list(BODIES), {})


@pytest.mark.parametrize(
    ("header", "direction"),
    [
        ('+CMGL: 2,"REC READ","+4477', Direction.INCOMING),
        ('REC READ","+447700900456",,"24/07/15,13:01:05+04"', Direction.INCOMING),
        ('0456","","24/07/15,13:01:05+04"', Direction.UNKNOWN),
    ],
)
def test_what_is_left_of_a_header_begins_a_message_of_its_own(header: str, direction: Direction) -> None:
    result = read_content(with_header(1, header), "a.log")
    assert bodies_of(result) == list(BODIES)
    assert messages_of(result)[1].direction is direction
    assert is_balanced(result)


@pytest.mark.parametrize("header", ["+CGL: 1,\x00\x00", "lost", "+C: 1"])
def test_a_text_whose_header_is_lost_at_the_front_of_a_list_is_kept(header: str) -> None:
    result = read_content(with_header(0, header), "a.log")
    assert BODIES[0] in (bodies_of(result)[0] or "")
    assert bodies_of(result)[1:] == list(BODIES[1:])
    assert codes_of(result)["message_unbegun"] == 1
    assert is_balanced(result)


def test_a_header_that_is_gone_is_told_by_the_places() -> None:
    result = read_content(with_header(1, ""), "a.log")
    assert bodies_of(result) == ["u about\n5 mins", *BODIES[2:]]
    assert codes_of(result) == {"numbers_left_out": 1}


ENTRIES = [f'+CPBR: {n},"0770090040{n}",129,"Jay {n}"' for n in range(1, 5)]


def entries(lines: list[str]) -> str:
    return "\r\n".join(['AT+CPBS="SM"', "OK", "AT+CPBR=1,250", *lines, "", "OK", ""])


@pytest.mark.parametrize("name", ["+PBR: ", "#CPBR: ", "CPBR: ", "+C\ufffdBR: ", ""])
@pytest.mark.parametrize("place", range(4))
def test_an_entry_of_which_the_name_is_damaged_is_one(place: int, name: str) -> None:
    lines = [*ENTRIES]
    lines[place] = lines[place].replace("+CPBR: ", name)
    result = read_content(entries(lines), "a.log")
    assert [contact.name for contact in contacts_of(result)] == ["Jay 1", "Jay 2", "Jay 3", "Jay 4"]
    assert codes_of(result) == {"markup_broken": 1}


def test_what_is_left_of_an_entry_is_a_contact_that_is_lost() -> None:
    result = read_content(entries([ENTRIES[0], '+PBR: 2,"077009', '402",129,"Jay 2"', ENTRIES[3]]), "a.log")
    assert [contact.name for contact in contacts_of(result)] == ["Jay 1", "Jay 4"]
    assert [(notice.element, notice.count) for notice in result.notices] == [("contact", 2)]
    assert is_balanced(result)


def test_entries_on_one_line_are_each_read() -> None:
    result = read_content(entries([ENTRIES[0], "".join(ENTRIES[1:3]), ENTRIES[3]]), "a.log")
    assert [contact.name for contact in contacts_of(result)] == ["Jay 1", "Jay 2", "Jay 3", "Jay 4"]
    assert codes_of(result) == {"markup_broken": 1}


@pytest.mark.parametrize(
    "body", ['he said "ok", then 5', '"REC READ" is what it says', '3,"4",5', 'at "24/07/15,13:01:05+04"']
)
def test_quotes_in_a_text_are_text(body: str) -> None:
    result = read_content(listing().replace("5 mins", body), "a.log")
    assert bodies_of(result)[1] == body
    assert codes_of(result) == {}
