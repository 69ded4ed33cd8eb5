"""Texts: boxes, parties, times, and characters that XML does not allow."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.contract import Sidecar
from parsers.records.facts import Call, Message
from parsers.records.values import ClockBasis, Moment, Party
from tests.unit.parsers.formats.sms_backup_restore.backup_text import (
    AT,
    AT_UTC,
    E164,
    PEER,
    addr,
    backup,
    bodies_of,
    call,
    codes,
    messages_of,
    mms,
    part,
    read_text,
    sms,
)


def test_a_text_whole(tmp_path: Path) -> None:
    text = sms(date_sent="1715351451000", service_center="+447785016005", contact_name="Jay", sub_id="6", locked="0")
    result = read_text(tmp_path, backup(text))
    (only,) = messages_of(result)
    assert (only.body, only.service, only.direction, only.direction_basis) == ("u about?", "sms", "incoming", "folder")
    assert only.from_party == Party(PEER, E164, "Jay")
    assert (only.to, only.folder, only.status, only.smsc) == ((), "inbox", "read", "+447785016005")
    assert only.time == Moment(AT, AT_UTC, 0, ClockBasis.STATED_UTC)
    assert only.times.sent == Moment("1715351451000", "2024-05-10T14:30:51.000Z", 0, ClockBasis.STATED_UTC)
    assert only.extra == (("sub_id", "6"),)
    assert (only.source.locator, only.deleted, only.listing) == (f"sms {AT} #1", "intact", "top")
    assert codes(result) == {}
    (part,) = result.parts
    assert (part.tool, part.vendor_id, part.extracted_at) == ("SMS Backup & Restore", "b-1", "2024-05-10T14:31:40.000Z")
    assert (part.imei, part.iccid, part.imsi, part.msisdn) == ((), (), (), ())


@pytest.mark.parametrize(
    ("box", "direction", "folder", "status"),
    [
        ("1", "incoming", "inbox", "read"),
        ("2", "outgoing", "sent", "sent"),
        ("3", "draft", "draft", None),
        ("4", "outgoing", "outbox", "outbox"),
        ("5", "outgoing", "failed", "failed"),
        ("6", "outgoing", "queued", "queued"),
        ("0", "unknown", None, None),
        ("99", "unknown", None, None),
        ("x", "unknown", None, None),
        ("null", "unknown", None, None),
    ],
)
def test_boxes(tmp_path: Path, box: str, direction: str, folder: str | None, status: str | None) -> None:
    (only,) = messages_of(read_text(tmp_path, backup(sms(type=box))))
    assert (only.direction, only.folder, only.status) == (direction, folder, status)
    assert only.from_party == (Party(PEER, E164) if direction == "incoming" else None)
    assert only.to == (() if direction == "incoming" else (Party(PEER, E164),))
    assert (("type", box) in only.extra) == (direction == "unknown" and box != "null")


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"type": "1", "read": "0"}, "unread"),
        ({"type": "1", "read": None}, None),
        ({"type": "2", "status": "0"}, "delivered"),
        ({"type": "2", "status": "32"}, "pending"),
        ({"type": "2", "status": "64"}, "failed"),
        ({"type": "2", "status": "-1"}, "sent"),
    ],
)
def test_what_became_of_it(tmp_path: Path, values: dict[str, str | None], status: str | None) -> None:
    (only,) = messages_of(read_text(tmp_path, backup(sms("x", **values))))
    assert only.status == status


@pytest.mark.parametrize(
    ("raw", "utc"),
    [
        ("1715351458724", "2024-05-10T14:30:58.724Z"),
        ("1715351458", "1970-01-20T20:29:11.458Z"),
        ("0", None),
        ("-1", "1969-12-31T23:59:59.999Z"),
        ("3600000", "1970-01-01T01:00:00.000Z"),
        ("99999999999999999", None),
        ("soon", None),
        ("1000000000000", "2001-09-09T01:46:40.000Z"),
    ],
)
def test_times_are_counted_in_utc(tmp_path: Path, raw: str, utc: str | None) -> None:
    (only,) = messages_of(read_text(tmp_path, backup(sms(date=raw)), sidecar=Sidecar(time_zone="Asia/Dubai")))
    assert (only.time.raw, only.time.utc) == (raw, utc)
    assert only.time.basis == ("stated_utc" if utc else "none")


def test_a_text_and_a_call_of_a_handset_whose_clock_was_not_set_are_of_1970(tmp_path: Path) -> None:
    for content in (backup(sms(date="1715351458")), backup(call(date="1715351458"), root="calls")):
        result = read_text(tmp_path, content)
        (only,) = result.records
        assert isinstance(only, Message | Call)
        assert (only.time.raw, only.time.utc) == ("1715351458", "1970-01-20T20:29:11.458Z")
        assert codes(result)["clock_not_set"] == 1


def test_a_count_with_a_fraction_of_zero_is_that_count(tmp_path: Path) -> None:
    text = sms(date=f"{AT}.0", date_sent="1715351451000.00", type="2.0")
    (only,) = messages_of(read_text(tmp_path, backup(text)))
    assert only.time == Moment(f"{AT}.0", AT_UTC, 0, ClockBasis.STATED_UTC)
    assert only.times.sent is not None
    assert (only.times.sent.utc, only.direction) == ("2024-05-10T14:30:51.000Z", "outgoing")


def test_no_time_stays_none(tmp_path: Path) -> None:
    first, second = messages_of(read_text(tmp_path, backup(sms(date="null"), sms(date=None))))
    assert first.time == second.time == Moment()
    assert first.times.sent is None


@pytest.mark.parametrize(
    ("address", "name", "party"),
    [
        ("+44 7700 900456", "null", Party("+44 7700 900456", E164)),
        ("60777", "(Unknown)", Party("60777")),
        (" +44 7700 900456 ", "null", Party(" +44 7700 900456 ", E164)),
        (" 60777", "null", Party(" 60777")),
        (" ", "Jay", Party(name="Jay")),
        ("SunCell", "SunCell", Party("SunCell", None, "SunCell")),
        ("null", "(Unknown)", None),
        ("", "Jay", Party(name="Jay")),
        ("=cmd|'/C calc'!A1", "@SUM(1)", Party("=cmd|'/C calc'!A1", None, "@SUM(1)")),
    ],
)
def test_the_sender(tmp_path: Path, address: str, name: str, party: Party | None) -> None:
    (only,) = messages_of(read_text(tmp_path, backup(sms(address=address, contact_name=name))))
    assert only.from_party == party


def test_several_addresses_in_one(tmp_path: Path) -> None:
    (only,) = messages_of(
        read_text(tmp_path, backup(sms(type="2", address="07700900456~60777", contact_name="Jay, X")))
    )
    assert only.to == (Party("07700900456", E164), Party("60777"))
    assert ("contact_name", "Jay, X") in only.extra


def test_blanks_around_an_address_are_kept_and_make_no_other_party(tmp_path: Path) -> None:
    addresses = (addr(" 07700900456", 137), addr("insert-address-token ", 151), addr("07700900456 ", 151))
    twice, picture = messages_of(
        read_text(
            tmp_path,
            backup(
                sms(type="2", address="60777 ~60777"),
                mms(part("text/plain", "a"), addresses=addresses, address="07700 900456 "),
            ),
        )
    )
    assert twice.to == (Party("60777 "),)
    assert (picture.from_party, picture.to) == (Party(" 07700900456", E164), (Party("07700900456 ", E164),))


def test_the_owners_number_from_the_sidecar(tmp_path: Path) -> None:
    text = backup(sms(address="+447700900100"))
    (only,) = messages_of(read_text(tmp_path, text, sidecar=Sidecar(owner_number="07700 900100")))
    assert only.from_party == Party("+447700900100", "+447700900100", is_owner=True)


@pytest.mark.parametrize(
    ("markup", "body"),
    [
        ("a&#55357;&#56832;b", "a\U0001f600b"),
        ("&#xD83D;&#xDE00;&#55357;&#56397;", "\U0001f600\U0001f44d"),
        ("two&#10;lines&#13;&#10;three", "two\nlines\r\nthree"),
        ("&lt;b&gt; &amp;amp; &quot;x&quot; &apos;", '<b> &amp; "x" \''),
        ("wrapped\nby hand\r\nand a\ttab", "wrapped by hand and a tab"),
        ("  two  spaces  ", "  two  spaces  "),
        ("a > b /> c", "a > b /> c"),
        ("", ""),
        ("\u202epay\u202c\u200b\ufeff", "\u202epay\u202c\u200b\ufeff"),
        ("]]> <!-- --> x".replace("<", "&lt;"), "]]> <!-- --> x"),
        ("<![CDATA[x]]>".replace("<", "&lt;"), "<![CDATA[x]]>"),
        ("{0} %s '); DROP TABLE records; --", "{0} %s '); DROP TABLE records; --"),
        ("&#65533;", "\ufffd"),
        ("\ufdd0 and &#64976;", "\ufdd0 and \ufdd0"),
    ],
)
def test_bodies_come_out_to_the_character(tmp_path: Path, markup: str, body: str) -> None:
    result = read_text(tmp_path, backup(sms(markup), sms("after")))
    assert bodies_of(result) == [body, "after"]
    assert messages_of(result)[0].body_notices == ()
    assert codes(result) == {}


@pytest.mark.parametrize(
    ("markup", "body", "count"),
    [
        (b"a&#0;b", "a\ufffdb", 1),
        (b"a&#55357;b&#56832;", "a\ufffdb\ufffd", 2),
        (b"a\x00\x01b", "a\ufffd\ufffdb", 2),
        (b"a\xff\xfeb", "a\ufffdb", 1),
    ],
)
def test_what_cannot_be_text_is_replaced_and_said(tmp_path: Path, markup: bytes, body: str, count: int) -> None:
    content = backup(sms("@@"), sms("fine")).encode().replace(b"@@", markup)
    result = read_text(tmp_path, content)
    assert bodies_of(result) == [body, "fine"]
    assert [each.body_notices for each in messages_of(result)] == [("replaced_characters",), ()]
    assert codes(result) == {"characters_replaced": count}


def test_a_replaced_character_beside_the_body_is_not_the_bodys(tmp_path: Path) -> None:
    result = read_text(tmp_path, backup(sms(contact_name="J&#0;y")))
    (only,) = messages_of(result)
    assert only.from_party == Party(PEER, E164, "J\ufffdy")
    assert only.body_notices == ()
    assert codes(result) == {"characters_replaced": 1}


def test_null_is_no_text(tmp_path: Path) -> None:
    assert bodies_of(read_text(tmp_path, backup(sms("null"), sms("Null"), sms(body="x")))) == [None, "Null", "x"]


@pytest.mark.parametrize(
    ("other", "copies"),
    [
        (sms(), 1),
        (sms(date=str(int(AT) + 1)), 0),
        (sms(type="2"), 0),
        (sms(address="07700 900457"), 0),
        (sms(body="u about"), 0),
    ],
)
def test_what_is_there_twice_to_the_millisecond_is_listed_twice(tmp_path: Path, other: str, copies: int) -> None:
    first, between, again = messages_of(read_text(tmp_path, backup(sms(), sms("on my way"), other)))
    assert [each.duplicate_of for each in (first, between)] == [None, None]
    assert (again.duplicate_of == first.record_id) == bool(copies)
    assert len({first.record_id, between.record_id, again.record_id}) == 3


def test_two_equal_texts_without_an_instant_or_to_the_second_are_two(tmp_path: Path) -> None:
    for one in (sms(date="0"), sms(date=None), mms(part("text/plain", "u about?"), date="1715351458000")):
        assert all(each.duplicate_of is None for each in messages_of(read_text(tmp_path, backup(one, one))))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-8"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    content = ("\ufeff" + backup(sms("gr\u00fc\u00df &#55357;&#56832;"))).encode(encoding)
    assert bodies_of(read_text(tmp_path, content)) == ["gr\u00fc\u00df \U0001f600"]


@pytest.mark.parametrize("between", [", ", ";", " | ", "~"])
def test_numbers_in_one_address_are_each_a_party(tmp_path: Path, between: str) -> None:
    address = f"07700900701{between}07700900702"
    result = read_text(
        tmp_path, backup(sms("x", address=address, type="2"), mms(part("text/plain", "y"), address=address))
    )
    assert [party.e164 for party in messages_of(result)[0].to] == ["+447700900701", "+447700900702"]
    assert [party.e164 for party in messages_of(result)[1].to] == ["+447700900701", "+447700900702"]


@pytest.mark.parametrize("address", ["Rico, Deals", "07700900701, Rico", "07700900701,"])
def test_an_address_of_which_a_piece_is_no_number_is_one(tmp_path: Path, address: str) -> None:
    (text,) = messages_of(read_text(tmp_path, backup(sms("x", address=address, type="2"))))
    assert [party.raw for party in text.to] == [address]
