"""Elements whose start tag is damaged: read where it is certain what stood there, else counted and named."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.formats.sms_backup_restore.claims import form_of
from parsers.formats.sms_backup_restore.mends import requoted
from parsers.outcome import ReadState
from parsers.xml_guard import MARK
from tests.unit.parsers.formats.sms_backup_restore.backup_text import (
    addr,
    attributes,
    backup,
    bodies_of,
    call,
    calls_of,
    codes,
    is_balanced,
    messages_of,
    mms,
    part,
    read_text,
    sms,
)

_TEXT = sms("two", protocol="0").replace("<sms ", '<sms protocol="0" ', 1).replace(' protocol="0" />', " />")


@pytest.mark.parametrize("lost", [0, 30])
def test_a_further_piece_of_a_file_that_was_split_is_read(tmp_path: Path, lost: int) -> None:
    texts = [sms(body, readable_date="1 Jun 2024 12:30:00") for body in ("one", "two", "three")]
    result = read_text(tmp_path, "\n".join(texts)[lost:] + "\n</smses>")
    assert bodies_of(result) == ["one", "two", "three"][lost > 0 :]
    assert codes(result)["front_lost"] == 1
    assert "more_behind_end" not in codes(result)
    assert ("element_unreadable" in codes(result)) is (lost > 0)
    assert {each.direction for each in messages_of(result)} == {"incoming"}
    assert is_balanced(result)


_WHOLE = "\n".join(
    [
        sms("one > two", readable_date="1 Jun 2024 12:30:00"),
        mms(part("image/jpeg", data="QUJD" * 200), part("text/plain", "two"), addresses=(addr("60777", 137),)),
        sms("three", readable_date="1 Jun 2024 12:30:00"),
        "</smses>",
    ]
)


@pytest.mark.parametrize("cut", range(0, _WHOLE.rindex("<sms ") + 1, 97))
def test_a_file_is_read_wherever_it_was_split(tmp_path: Path, cut: int) -> None:
    left = _WHOLE[cut:]
    result = read_text(tmp_path, left)
    assert len(messages_of(result)) == left.count("<sms ") + left.count("<mms ")
    assert codes(result)["front_lost"] == 1
    assert is_balanced(result)


@pytest.mark.parametrize("front", ["From: Jay <jay@example.com>\n\n", "<page>", "he sent me\n", "a,b > c\nx"])
def test_a_text_of_something_else_that_holds_an_element_is_no_piece(front: str) -> None:
    assert form_of((front + sms("one", readable_date="1 Jun 2024 12:30:00")).encode()) is None


def test_calls_of_a_file_that_was_split_are_read(tmp_path: Path) -> None:
    result = read_text(tmp_path, call() + "</calls>")
    assert (len(calls_of(result)), codes(result)["front_lost"]) == (1, 1)


def _typographic(text: str, opening: str = "\u201d", closing: str = "\u201d") -> str:
    pieces = text.split('"')
    return "".join(piece + (opening, closing)[place % 2] for place, piece in enumerate(pieces[:-1])) + pieces[-1]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("\u201d", "\u201d"), ("\u201c", "\u201d"), ("\u2033", "\u2033"), ("\u2018", "\u2019"), ("&quot;", "&quot;")],
)
def test_a_whole_backup_with_typographic_quotation_marks_is_read(tmp_path: Path, opening: str, closing: str) -> None:
    texts = [
        sms("it's \u201cso\u201d & so > < 5"),
        mms(part("text/plain", "two"), addresses=(addr("60777", 137),)),
        call(),
    ]
    result = read_text(tmp_path, _typographic(backup(*texts, sms("end"), count=9), opening, closing))
    assert bodies_of(result) == ["it's \u201cso\u201d & so > < 5", "two", "end"]
    assert [each.from_party and each.from_party.raw for each in messages_of(result)] == [
        "07700 900456",
        "60777",
        "07700 900456",
    ]
    assert len(calls_of(result)) == 1
    assert codes(result)["markup_broken"] == 4
    assert result.state is ReadState.COMPLETE_WITH_NOTICES
    assert is_balanced(result)


def test_what_the_root_states_is_read_between_typographic_marks(tmp_path: Path) -> None:
    result = read_text(tmp_path, _typographic(backup(sms("one"), count=3)))
    assert (codes(result)["count_short"], result.parts[0].vendor_id) == (2, "b-1")


def test_marks_that_a_code_page_lost_are_told_by_what_follows(tmp_path: Path) -> None:
    result = read_text(tmp_path, backup(sms("one"), sms("end")).encode().replace(b'"', b"\x94"))
    assert bodies_of(result) == ["one", "end"]


def test_more_than_the_limit_of_damaged_elements_is_read_one_by_one(tmp_path: Path) -> None:
    result = read_text(tmp_path, _typographic(backup(*[sms(f"text {number}") for number in range(60_000)])))
    assert len(bodies_of(result)) == 60_000


@pytest.mark.parametrize(
    ("old", "new", "extra"),
    [
        ('protocol="0"', "protocol=\u201d0\u201d", None),
        ('protocol="0"', "protocol=0", None),
        ('protocol="0"', "protocol", "protocol"),
        ('protocol="0"', '"0"', '"0"'),
        ('protocol="0"', '1protocol="0"', '1protocol="0"'),
        ('protocol="0"', 'protocol:"0"', 'protocol:"0"'),
        ('protocol="0"', "protocol=&quot;0&quot;", None),
        ("<sms ", "<sms\u00a0", None),
        ("<sms ", "<sms \0", None),
        ("<sms ", "<smsX ", None),
        ("<sms ", "<SMS ", None),
        ('read="1"', 'read"1"', 'read"1"'),
    ],
)
def test_a_damaged_start_tag_is_read_all_the_same(tmp_path: Path, old: str, new: str, extra: str | None) -> None:
    broken = _TEXT.replace(old, new, 1)
    assert broken != _TEXT
    result = read_text(tmp_path, backup(sms("one"), broken, sms("end"), count=3).replace(' count="3"', ""))
    assert bodies_of(result) == ["one", "two", "end"]
    assert dict(messages_of(result)[1].extra).get("damaged_attribute") == extra
    assert codes(result) == {"markup_broken": 1}
    assert result.state is ReadState.COMPLETE_WITH_NOTICES
    assert is_balanced(result)


@pytest.mark.parametrize(
    "broken",
    [
        _TEXT.replace("body=", "bo dy="),
        _TEXT.replace("<sms ", ""),
        _TEXT.replace("<sms ", "sms "),
        _TEXT.replace("<sms ", "<rcs "),
        _TEXT.replace('protocol="0"', 'protocol="0').replace("body=", "b\0dy="),
        "<sms protocol />",
        f"<sms>{attributes({'body': 'x'})}",
        call().replace("<call ", "<"),
        f"stray <sms bogus {attributes({'body': 'x'})}",
    ],
)
def test_a_damaged_start_tag_that_is_not_certain_is_counted_and_named(tmp_path: Path, broken: str) -> None:
    result = read_text(tmp_path, backup(sms("one"), broken, sms("end"), count=3).replace(' count="3"', ""))
    assert bodies_of(result) == ["one", "end"]
    assert codes(result) == {"element_unreadable": 1}
    assert result.state is ReadState.COMPLETE_WITH_NOTICES
    assert is_balanced(result)
    (rows,) = result.tally.values()
    assert sum(row.seen for row in rows.values()) == 3


@pytest.mark.parametrize("body", ['"/> <sms me', "> <sms date me", "a > <sms b", "<call number"])
def test_what_looks_like_a_start_in_a_value_is_none(tmp_path: Path, body: str) -> None:
    body = body.replace('"', "&quot;")
    result = read_text(tmp_path, backup(sms(body), sms("end")))
    assert bodies_of(result) == [body.replace("&quot;", '"'), "end"]


def test_a_damaged_element_in_a_comment_is_none(tmp_path: Path) -> None:
    result = read_text(tmp_path, backup(sms("one"), f"<!-- <x/> {_typographic(sms('no'))} -->", sms("end"), count=2))
    assert (bodies_of(result), codes(result)) == (["one", "end"], {})


@pytest.mark.parametrize("name", ["smsdraft", "sms_report", "mmsreport", "callback"])
def test_an_element_of_another_name_is_no_text(tmp_path: Path, name: str) -> None:
    broken = _TEXT.replace("<sms ", f"<{name} ")
    result = read_text(tmp_path, backup(sms("one"), broken, sms("end"), count=3).replace(' count="3"', ""))
    assert (bodies_of(result), codes(result)) == (["one", "end"], {"element_unreadable": 1})


@pytest.mark.parametrize("junk", ["<sms address=address />", '<sms address=address read="1" />'])
def test_an_attribute_that_was_taken_for_a_value_is_no_text(tmp_path: Path, junk: str) -> None:
    result = read_text(tmp_path, backup(sms("one"), junk, sms("end"), count=3).replace(' count="3"', ""))
    assert (bodies_of(result), codes(result)) == (["one", "end"], {"element_unreadable": 1})


def test_of_many_damaged_octets_nobody_says_which_were_marks(tmp_path: Path) -> None:
    content = backup(sms("one"), sms("two", x="y" * 500), sms("end")).encode()
    few, many = (content.replace(b"y" * 500, b"\x01" * count).replace(b' x="', b" x=\x94") for count in (50, 500))
    assert bodies_of(read_text(tmp_path, few)) == ["one", "two", "end"]
    assert bodies_of(read_text(tmp_path, many)) == ["one", "end"]


def test_a_run_of_damaged_octets_is_no_value_and_no_name() -> None:
    text = f"<sms address=\u201c{MARK * 21}x"
    assert requoted(text.encode()) is None
    assert (
        requoted(f'<sms a="1"{MARK * 3}b=\u201c2\u201d date="1" address="1" type="1" body="x" />'.encode()) is not None
    )
