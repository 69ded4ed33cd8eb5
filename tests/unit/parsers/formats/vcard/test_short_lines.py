"""A picture in very many short lines costs the memory of a thousand of them, and no contact."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator

import pytest

from parsers.formats.vcard.cards import CardCutter
from parsers.plain_lines import RawLine
from tests.fakes.deliveries import contacts_of, read_content

COUNT = 200_000


def card(front: str, line: str, count: int = COUNT) -> str:
    lines = ("BEGIN:VCARD", "VERSION:3.0", "FN:Jay", front, *[line] * count, "TEL;TYPE=CELL:07700900123", "END:VCARD")
    return "\r\n".join(lines) + "\r\n"


def raw_lines(content: str) -> Iterator[RawLine]:
    return (RawLine(number, raw.encode(), is_ended=True) for number, raw in enumerate(content.split("\r\n"), 1))


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("PHOTO;ENCODING=b;TYPE=JPEG:", " abc"),
        ("PHOTO;BASE64:/9j/", "abc"),
        ("PHOTO:data:image/jpeg;base64,/9j/", " abc"),
        ("KEY;ENCODING=BASE64:", "\tab=="),
    ],
)
def test_pictures_in_short_lines(front: str, line: str) -> None:
    few, many = (read_content(card(front, line, count)) for count in (3, COUNT))
    (contact,) = contacts_of(many)
    assert (contact.name, [number.e164 for number in contact.numbers]) == ("Jay", ["+447700900123"])
    assert [(notice.code, notice.subject, notice.count) for notice in many.notices] == [
        (notice.code, notice.subject, notice.count) for notice in few.notices
    ]
    lines = (
        RawLine(number, raw.encode(), is_ended=True) for number, raw in enumerate(card(front, line).split("\r\n"), 1)
    )
    tracemalloc.start()
    (cut,) = CardCutter(16_000_000).cards(lines)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(cut.lines) < 1_100
    assert peak < 8_000_000


def test_a_text_in_very_many_short_lines_is_over_the_limit_by_what_they_cost() -> None:
    lines = (
        RawLine(number, raw.encode(), is_ended=True)
        for number, raw in enumerate(card("NOTE:x", " a b").split("\r\n"), 1)
    )
    (cut,) = CardCutter(1_000_000).cards(lines)
    assert cut.is_too_large
