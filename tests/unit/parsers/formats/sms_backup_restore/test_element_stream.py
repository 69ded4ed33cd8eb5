"""Elements that are one tag each are parsed together, and come out as they would alone."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.contract import Limits
from parsers.formats.sms_backup_restore.element_stream import BackupElement, ElementStream
from parsers.xml_guard import CleanXml

_WHOLE = (
    '<sms address="07700900123" body="a"/>',
    '<call number="07700900123" duration="1" />',
    '<sms body="a &lt; b &#10; &amp;"/>',
    "<sms body='it is \"so\"'/>",
    '<mms m_type="132"/>',
    '<mms><parts><part text="a"/></parts></mms>',
)
_BROKEN = (
    '<sms body="a" body="b"/>',
    '<sms body="never closed/>',
    '<sms body="a & b"/>',
    '<sms body="a"read="1"/>',
    '<sms body="a">',
    '<sms body="&nothing;"/>',
    '<sms x:body="a"/>',
    '<sms body="a > b"/>',
    '<other a="1"/>',
    "<!-- <sms body='no'/> -->",
    "stray",
)


def _read(content: str, chunk: int = 1 << 16) -> tuple[list[object], list[str], bool, bool]:
    class Drops(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(min(chunk, size if size is not None and size > 0 else chunk))

    raw = f"<?xml version='1.0' encoding='UTF-8' ?><smses count='1'>{content}</smses>".encode()
    stream = ElementStream(CleanXml(Drops(raw)), Limits())
    found = [_shown(each) for each in stream.elements()]
    return found, stream.others, stream.has_end, stream.has_more_behind


def _shown(each: BackupElement) -> object:
    attributes = None if each.element is None else [(part.tag, part.items()) for part in each.element.iter()]
    return each.locator, attributes, each.mended, each.replaced, each.is_cut


@given(pieces=st.lists(st.sampled_from((*_WHOLE, *_BROKEN)), max_size=12))
def test_elements_together_are_the_elements_alone(pieces: list[str]) -> None:
    # A comment behind each keeps it from being parsed with its neighbours.
    together, alone = _read("\n".join(pieces)), _read("".join(f"{piece}<!---->" for piece in pieces))
    assert together == alone


def test_a_broken_element_among_others_costs_itself_alone() -> None:
    (first, broken, last), others, has_end, _ = _read('<sms body="a"/>\n<sms body="b" x/>\n<sms body="c"/>')
    assert (first, last) == (
        ("sms 1", [("sms", [("body", "a")])], None, frozenset(), False),
        ("sms 3", [("sms", [("body", "c")])], None, frozenset(), False),
    )
    assert broken == ("sms 2", None, None, frozenset(), False)
    assert (others, has_end) == ([], True)


def test_texts_that_differ_in_their_own_attributes_alone_keep_them() -> None:
    found, *_ = _read("".join(f'<sms type="1" date="{n}" body="t{n}"/>' for n in range(200)))
    assert [each[1] for each in found] == [  # type: ignore[index]
        [("sms", [("type", "1"), ("date", str(n)), ("body", f"t{n}")])] for n in range(200)
    ]


def test_a_large_element_is_looked_through_a_few_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """With each piece of 1,000 it was looked through from its beginning: time grew with the square of its size."""
    looked_at: list[int] = []
    starts = ElementStream._starts

    def counted(self: ElementStream, buffer: bytes, searched: int, *, is_last: bool) -> Iterator[re.Match[bytes]]:
        looked_at.append(len(buffer))
        return starts(self, buffer, searched, is_last=is_last)

    monkeypatch.setattr(ElementStream, "_starts", counted)
    body = "a b c d " * 100_000
    found, *_ = _read(f'<sms body="one"/><sms body="{body}"/><sms body="three"/>', chunk=800)
    assert len(found) == 3
    assert sum(looked_at) < 8 * len(body)
