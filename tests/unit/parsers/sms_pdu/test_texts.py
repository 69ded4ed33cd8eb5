"""Texts of stored SMS: every alphabet to the code point, every address form, and what cannot be text is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.demo.truth import Peer, Travel
from ingest.demo.writers.sms_octets import SmsForm, gsm_septets, packed, sms_octets
from parsers.records.facts import Direction
from parsers.sms_pdu.alphabets import DEFAULT, septets_to_text, ucs2_to_text, unpack_septets
from parsers.sms_pdu.national_shifts import EXTENSION, LOCKING, SINGLE, VOID
from parsers.sms_pdu.stored_sms import SmsKind, read_stored_sms
from parsers.sms_pdu.user_data import text_of
from tests.fakes.deliveries import QUICK
from tests.unit.parsers.sms_pdu.sms_texts import JAY, Reader, deliver, text, with_tables

GSM = st.text(st.sampled_from(sorted({*DEFAULT, *EXTENSION.values()} - {VOID})), max_size=700)
ANY = st.text(st.characters(codec="utf-8"), max_size=400)


PUBLISHED = [
    # Octets that were published as examples (the first is of a British network), with senders of the drama range.
    (
        "0791447758100650040C914477000910320000909010711423400A2050EC468B81C4733A",
        ("  1741 bst", "+447700900123", "+447785016005", "2009-09-01T16:41:32.000Z"),
    ),
    (
        "07911326040000F0040C914477000910320000208062917314080CC8F71D14969741F977FD07",
        ("How are you?", "+447700900123", "+31624000000", "2002-08-26T19:37:41.000Z"),
    ),
    (
        "07914306073011F0040C914477000910320008" + "80604290224080084E2D5174901A8BAF",
        ("中兴通讯", "+447700900123", "+34607003110", "2008-06-24T07:22:04.000Z"),
    ),
    (
        "07919333852804000412D0F7FBDD454FB75D693A0000903002801153400FCD301E9F0605D9E971191483C140",
        ("Maxxi Alice 100", "www.tim.it", "+393358824000", "2009-03-20T07:11:35.000Z"),
    ),
]


@pytest.mark.parametrize(("octets", "expected"), PUBLISHED)
def test_published_examples(octets: str, expected: tuple[str, ...]) -> None:
    (message,) = Reader().read(bytes.fromhex(octets))
    assert message.from_party is not None
    assert (message.body, message.from_party.raw, message.smsc, message.time.utc) == expected
    assert (message.direction, message.direction_basis, message.service) == (Direction.INCOMING, "message_type", "sms")


def test_a_submitted_example_has_a_recipient_and_no_time() -> None:
    octets = bytes.fromhex("07914346466554F601000C91447700091032000806304253F68449")
    (message,) = Reader().read(octets)
    assert (message.body, message.direction.value) == ("あ叶葉", "outgoing")
    assert [(party.raw or "")[-4:] for party in message.to] == ["0123"]
    assert (message.from_party, message.time.raw, message.time.utc) == (None, None, None)


@QUICK
@given(GSM)
def test_septets_go_round(body: str) -> None:
    septets = gsm_septets(body)
    assert unpack_septets(packed(septets), len(septets)) == septets
    assert septets_to_text(septets) == (body, 0)


@QUICK
@given(st.one_of(GSM, ANY), st.sampled_from(Travel), st.booleans())
def test_a_text_goes_round_in_any_alphabet_and_number_of_parts(body: str, travel: Travel, is_wide: bool) -> None:  # noqa: FBT001 - hypothesis
    parts = sms_octets(text(body, travel=travel), SmsForm(is_wide=is_wide))
    reader = Reader()
    (message,) = reader.read(*parts)
    assert message.body == body
    assert set(reader.codes()) <= {"zone_assumed"}
    assert ("joined_parts" in message.body_notices) == (len(parts) > 1)


@pytest.mark.parametrize("language", LOCKING)
def test_locking_tables(language: int) -> None:
    septets = bytes(place for place in range(128) if place != 0x1B)
    (message,) = Reader().read(with_tables(septets[:64], locking=language))
    assert message.body == "".join(LOCKING[language][place] for place in septets[:64]).replace(VOID, "\ufffd")
    assert septets_to_text(septets[64:], language)[0] == LOCKING[language][65:].replace(VOID, "\ufffd")


@pytest.mark.parametrize("language", SINGLE)
def test_single_shift_tables(language: int) -> None:
    table = SINGLE[language]
    septets = b"".join(bytes([0x1B, place]) for place in table)
    assert septets_to_text(septets, 0, language) == ("".join(table.values()), 0)
    assert table[0x65] == "€"
    (message,) = Reader().read(with_tables(b"\x1b\x65ok", single=language))
    assert message.body == "€ok"


def test_tables_that_were_spot_checked_by_hand() -> None:
    """Characters as the standard prints them, in cells where published transcriptions differ."""
    assert LOCKING[6][0x2C] == LOCKING[13][0x2C] == ","
    assert LOCKING[7][0x24] == "\u0ca1"
    assert LOCKING[1][0x07] == "\u0131"
    assert LOCKING[3][0x60] == "~"
    assert (SINGLE[2][0x09], SINGLE[3][0x7F]) == ("ç", "â")
    assert SINGLE[13][0x3F] == "\u06d4"
    assert {len(table) for table in LOCKING.values()} == {128}


@pytest.mark.parametrize(
    ("septets", "expected", "replaced"),
    [
        (b"\x1b\x1b", " ", 0),
        (b"\x1b\x41", "A", 0),
        (b"A\x1b", "A\ufffd", 1),
        (b"\x1b\x0a", "\f", 0),
    ],
)
def test_odd_escapes(septets: bytes, expected: str, replaced: int) -> None:
    assert septets_to_text(septets) == (expected, replaced)


@pytest.mark.parametrize(
    ("octets", "expected", "replaced"),
    [
        ("D83DDE00", "\U0001f600", 0),
        ("D83D0041", "\ufffdA", 1),
        ("DE00", "\ufffd", 1),
        ("004100", "A\ufffd", 1),
    ],
)
def test_ucs2(octets: str, expected: str, replaced: int) -> None:
    assert ucs2_to_text(bytes.fromhex(octets)) == (expected, replaced)


def test_a_replaced_character_is_named_on_its_message() -> None:
    reader = Reader()
    (message,) = reader.read(deliver(bytes.fromhex("0041D83D"), 4, coding=8))
    assert (message.body, message.body_notices) == ("A\ufffd", ("replaced_characters",))
    assert reader.codes() == {"characters_replaced": 1}


def test_an_emoji_that_is_cut_between_two_parts_is_whole() -> None:
    first, second = (
        deliver(bytes([5, 0, 3, 9, 2, place]) + units, 8, coding=8, flags=0x44)
        for place, units in ((1, b"\xd8\x3d"), (2, b"\xde\x00"))
    )
    (message,) = Reader().read(first, second)
    assert (message.body, message.body_notices) == ("\U0001f600", ("joined_parts",))


def test_eight_bit_data_is_text_where_it_can_only_be_text() -> None:
    (message,) = Reader().read(*sms_octets(text("Hi there £5"), SmsForm(as_data=True)))
    assert (message.body, message.body_notices) == ("Hi there £5", ("data_read_as_text",))
    assert dict(message.extra)["user_data"] == "Hi there £5".encode("latin-1").hex()
    reader = Reader()
    (message,) = reader.read(deliver(bytes([0, 1, 2, 0xFF]), 4, coding=4))
    assert (message.body, message.body_notices, dict(message.extra)) == (None, ("not_text",), {"user_data": "000102ff"})
    assert reader.codes() == {"body_not_text": 1}


def test_a_compressed_text_is_kept_as_octets() -> None:
    (message,) = Reader().read(deliver(b"\x01\x02", 2, coding=0x20))
    assert (message.body, dict(message.extra)["user_data"]) == (None, "0102")


@pytest.mark.parametrize(
    ("coding", "body"), [(0x00, "A"), (0xC8, "A"), (0xD0, "A"), (0xF0, "A"), (0xE0, "\u4142"), (0x48, "\u4142")]
)
def test_coding_schemes(coding: int, body: str) -> None:
    user_data = b"\x41" if body == "A" else b"\x41\x42"
    (message,) = Reader().read(deliver(user_data, len(user_data), coding=coding))
    assert message.body == body


@pytest.mark.parametrize(
    ("written", "raw", "e164"),
    [
        ("+447700900123", "+447700900123", "+447700900123"),
        ("07700900123", "07700900123", "+447700900123"),
        ("60777", "60777", None),
        ("+7588", "+7588", None),
        ("SunCell", "SunCell", None),
        ("Lebara UK 1", "Lebara UK 1", None),
        ("*100#", "*100#", None),
        ("O2", "O2", None),
    ],
)
@pytest.mark.parametrize("travel", [Travel.IN, Travel.OUT])
def test_addresses(written: str, raw: str, e164: str | None, travel: Travel) -> None:
    (message,) = Reader().read(*sms_octets(text("x", peer=Peer(written), travel=travel)))
    party = message.from_party if travel is Travel.IN else message.to[0]
    assert party is not None
    assert (party.raw, party.e164) == (raw, e164)


def test_a_text_to_nobody_has_no_recipient() -> None:
    octets = bytes.fromhex("00010000810000") + b"\x02\xe1\x61"
    (message,) = Reader().read(octets)
    assert (message.to, message.direction.value) == ((), "outgoing")


def test_what_stands_behind_a_text_is_kept() -> None:
    (message,) = Reader().read(deliver(b"\x41", 1) + b"\x01\x02\xff\xff")
    assert dict(message.extra) == {"octets behind": "0102"}


def test_a_class_and_a_protocol_are_kept() -> None:
    octets = bytearray(deliver(b"\x41", 1, coding=0x10))
    octets[10] = 0x40
    (message,) = Reader().read(bytes(octets))
    assert dict(message.extra) == {"protocol": "40", "class": "0"}


def test_a_status_report_is_counted_and_no_text() -> None:
    octets = bytes.fromhex("07914306073011F006270C91447700091032012081111345400120811174054043")
    assert read_stored_sms(octets).kind is SmsKind.STATUS_REPORT
    reader = Reader()
    assert reader.read(octets) == []
    assert dict(reader.book.seen()) == {"other:SMS status report": 1}
    assert reader.codes() == {"element_not_read": 1}


@pytest.mark.parametrize(("element", "port"), [("0504 0B84 23F0", 2948), ("0402 C8 00", 200)])
def test_what_is_addressed_to_an_application_is_counted_and_no_text(element: str, port: int) -> None:
    elements = bytes.fromhex(element)
    reader = Reader()
    user_data = bytes([len(elements)]) + elements + b"\x01\x02"
    assert reader.read(deliver(user_data, len(user_data), coding=4, flags=0x44)) == []
    assert dict(reader.book.seen()) == {f"other:SMS to port {port}": 1}


@QUICK
@given(st.binary(max_size=200))
def test_any_octets_are_a_text_or_a_notice(octets: bytes) -> None:
    reader = Reader()
    found = reader.read(octets)
    seen = dict(reader.book.seen())
    noticed = sum(notice.count for notice in reader.book.notices() if notice.element is not None)
    assert sum(seen.values()) == len(found) + noticed == 1


@QUICK
@given(st.data())
def test_a_cut_or_changed_text_is_a_text_or_a_notice(data: st.DataObject) -> None:
    whole = sms_octets(text("wholesale prices \u20ac5"))[0]
    place = data.draw(st.integers(0, len(whole)))
    reader = Reader()
    assert len(reader.read(whole[:place])) == (place == len(whole))
    octets = bytearray(whole)
    if place < len(whole):
        octets[place] = data.draw(st.integers(0, 255))
    assert len(Reader().read(bytes(octets))) <= 1


def test_a_party_of_nothing_is_none() -> None:
    assert read_stored_sms(sms_octets(text("x"))[0]).address.party("GB") is not None
    assert text_of([]) == ("", 0)
    assert JAY.number == JAY.written
