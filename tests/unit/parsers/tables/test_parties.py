"""Cells that say who the sides are, and what spreadsheet programs do to numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.contract import Sidecar
from parsers.records.facts import CallType, Contact, Direction
from parsers.records.notice_codes import NOTICE_TABLE
from parsers.records.notices import Severity
from parsers.records.values import Party
from parsers.tables.party_cells import PartyReader
from tests.unit.parsers.formats.table.made_tables import calls_of, codes_of, contacts_of, messages_of, read_text

PEOPLE = PartyReader("GB", frozenset({"+447700900999"}))
AT = "2024-01-02 10:00:00"
JAY = "+447700900123"
KAY = Party("+447700900124", "+447700900124")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+447700900123 Jay", [("", Party(JAY, JAY, "Jay"))]),
        ("From:  +447700900123 Jay", [("from", Party(JAY, JAY, "Jay"))]),
        ("07700 900123", [("", Party("07700 900123", JAY))]),
        (" 07700 900123 \u00a0", [("", Party(" 07700 900123 \u00a0", JAY))]),
        ("07700 900123 (Mobile) ", [("", Party("07700 900123 (Mobile) ", JAY))]),
        (" 60777 ", [("", Party(" 60777 "))]),
        (" Jay ", [("", Party(name="Jay"))]),
        (" 07700 900123 Jay ", [("", Party("07700 900123", JAY, "Jay"))]),
        ("07700900123 ; 07700900124 ", [("", Party("07700900123", JAY)), ("", Party("07700900124", "+447700900124"))]),
        ("07700900123 3", [("", Party("07700900123", JAY, "3"))]),
        ("To:  +447700900123 12", [("to", Party(JAY, JAY, "12"))]),
        ("07700900123 9 Mill St", [("", Party("07700900123", JAY, "9 Mill St"))]),
        ("0770090 0123", [("", Party("0770090 0123", JAY))]),
        ("07700 900123 Jay Two", [("", Party("07700 900123", JAY, "Jay Two"))]),
        ("+447700900123 (Jay)", [("", Party(JAY, JAY, "Jay"))]),
        ("+447700900123 (Mobile)", [("", Party("+447700900123 (Mobile)", JAY))]),
        ("From: 07700 900123 [Work phone]", [("from", Party("07700 900123 [Work phone]", JAY))]),
        ("Tel 07700900123", [("", Party("Tel 07700900123", JAY))]),
        ("UK 07700 900123", [("", Party("UK 07700 900123", JAY))]),
        ("07700 900123 (M)", [("", Party("07700 900123 (M)", JAY))]),
        ("M: 07700 900123", [("", Party("M: 07700 900123", JAY))]),
        ("07700900123 - Jay", [("", Party("07700900123", JAY, "Jay"))]),
        ("07700 900123 / Jay", [("", Party("07700 900123", JAY, "Jay"))]),
        ("07700900123/Jay", [("", Party("07700900123", JAY, "Jay"))]),
        ("12/05/2024/Jay", [("", Party(name="12/05/2024/Jay"))]),
        (f"Jay\n{JAY}", [("", Party(JAY, JAY, "Jay"))]),
        ("Jay B\r\n+44 7700 900123", [("", Party("+44 7700 900123", JAY, "Jay B"))]),
        (f"From: Jay\n{JAY}", [("from", Party(JAY, JAY, "Jay"))]),
        (f"Mobile\n{JAY}", [("", Party(JAY, JAY))]),
        (f"Owner\n{JAY}", [("", Party(JAY, JAY, "Owner", is_owner=True))]),
        (f"Jay\n{JAY}\nKay\n{KAY.raw}", [("", Party(JAY, JAY, "Jay")), ("", Party(KAY.raw, KAY.e164, "Kay"))]),
        (f"Jay\n{JAY}\n{KAY.raw}", [("", Party(name="Jay")), ("", Party(JAY, JAY)), ("", KAY)]),
        (f"Jay\nKay\n{JAY}", [("", Party(name="Jay")), ("", Party(name="Kay")), ("", Party(JAY, JAY))]),
        (f"jay@example.org\n{JAY}", [("", Party("jay@example.org")), ("", Party(JAY, JAY))]),
        (f"Jay; {JAY}", [("", Party(name="Jay")), ("", Party(JAY, JAY))]),
        *(
            (f"07700900123 {name}", [("", Party("07700900123", JAY, name.strip("()")))])
            for name in ("Smith, John", "Jay: London", "Ann - Work", "Ann-Marie / Mum", "(Jay - dealer)")
        ),
        ("447,700,900,123", [("", Party("447,700,900,123", JAY))]),
        ("447700900123.00", [("", Party("447700900123.00", JAY))]),
        ("07700900123*", [("", Party("07700900123*", JAY))]),
        ("07700900123w", [("", Party("07700900123w", JAY))]),
        ("07700900123,", [("", Party("07700900123,", JAY))]),
        ("Telly 07700900123", [("", Party("07700900123", JAY, "Telly"))]),
        ("Mobile: 07700 900123", [("", Party("Mobile: 07700 900123", JAY))]),
        ("+447700900123 Home", [("", Party(JAY, JAY, "Home"))]),
        ("Jay (07700 900123)", [("", Party("07700 900123", JAY, "Jay"))]),
        ("Jay <+447700900123>", [("", Party(JAY, JAY, "Jay"))]),
        ("447700900123@s.whatsapp.net Jay", [("", Party("447700900123@s.whatsapp.net", JAY, "Jay"))]),
        ("24/7 Line", [("", Party(name="24/7 Line"))]),
        ("SunCell", [("", Party(name="SunCell"))]),
        ("60777", [("", Party("60777"))]),
        ("Private", [("", Party("Private"))]),
        ("-2", [("", Party("-2"))]),
        ("*100#", [("", Party("*100#"))]),
        ("#31#07700900123", [("", Party("#31#07700900123"))]),
        ("123456789012345@lid", [("", Party("123456789012345@lid"))]),
        ("O2", [("", Party(name="O2"))]),
        ("=cmd|1", [("", Party(name="=cmd|1"))]),
        (
            "07700900123; 07700900124, 07700900125",
            [
                ("", Party("07700900123", JAY)),
                ("", Party("07700900124", "+447700900124")),
                ("", Party("07700900125", "+447700900125")),
            ],
        ),
        ("Lee, Kay; Ann", [("", Party(name="Lee, Kay")), ("", Party(name="Ann"))]),
        ("+447700900123;ext=5", [("", Party("+447700900123;ext=5", JAY))]),
        ("+447700900123;phone-context=x", [("", Party("+447700900123;phone-context=x", JAY))]),
        ("07700900123;phone-context=+1", [("", Party(name="07700900123;phone-context=+1"))]),
        (
            "+447700900123;ext=5; 07700900124",
            [("", Party("+447700900123;ext=5", JAY)), ("", Party("07700900124", "+447700900124"))],
        ),
        ("jay@example.com", [("", Party("jay@example.com"))]),
        ("Smith, John", [("", Party(name="Smith, John"))]),
        ("System Message System Message", [("", Party("System Message", None, "System Message"))]),
        ("07700900123, 07700900124", [("", Party("07700900123", JAY)), ("", Party("07700900124", "+447700900124"))]),
        (
            "To: 07700900123\r\nTo: 07700900124",
            [("to", Party("07700900123", JAY)), ("to", Party("07700900124", "+447700900124"))],
        ),
        ("07700900999", [("", Party("07700900999", "+447700900999", None, is_owner=True))]),
        (
            "447700900124@s.whatsapp.net Mo (owner)",
            [("", Party("447700900124@s.whatsapp.net", "+447700900124", "Mo", is_owner=True))],
        ),
        ('="07700900123"', [("", Party('="07700900123"', JAY))]),
        ("=cmd|' /C calc'!A0", [("", Party(name="=cmd|' /C calc'!A0"))]),
        ("Jay 07700900123", [("", Party("07700900123", JAY, "Jay"))]),
        ("Jay2 07700900123", [("", Party("07700900123", JAY, "Jay2"))]),
        ("Jay Bee / 07700 900123", [("", Party("07700 900123", JAY, "Jay Bee"))]),
        ("447700900123.0", [("", Party("447700900123.0", JAY))]),
        ("7700900123.0", [("", Party("7700900123.0", JAY))]),
        ("<+447700900123>", [("", Party("<+447700900123>", JAY))]),
        ('"Jay B" 07700900123', [("", Party("07700900123", JAY, "Jay B"))]),
        ("tel:+447700900123", [("", Party("tel:+447700900123", JAY))]),
        (
            "Jay (07700900123), Kay (07700900124)",
            [("", Party("07700900123", JAY, "Jay")), ("", Party("07700900124", "+447700900124", "Kay"))],
        ),
        ("Bee, Jay (07700900123)", [("", Party("07700900123", JAY, "Bee, Jay"))]),
        *(
            (f"To: 07700 900123{mark}+447700900124", [("to", Party("07700 900123", JAY)), ("to", KAY)])
            for mark in (" ", "/", " & ", " and ", ", ")
        ),
        ("01632 960001/2", [("", Party("01632 960001/2"))]),
        ("Jay 07700900123 07700900124", [("", Party(name="Jay 07700900123 07700900124"))]),
        ("", []),
        (" \n ", []),
    ],
)
def test_cells(text: str, expected: list[tuple[str, Party]]) -> None:
    assert PEOPLE.parties(text) == expected


@given(st.text(max_size=60))
def test_no_cell_is_lost_and_none_is_an_error(text: str) -> None:
    parties = PEOPLE.parties(text)
    kept = "".join(f"{party.raw or ''}{party.name or ''}" for _, party in parties)
    has_more_than_marks = any(char.isalnum() for char in text.replace("owner", "").replace("me", ""))
    assert kept or not has_more_than_marks or ":" in text


def test_a_zero_that_a_spreadsheet_took_away_is_given_back_where_none_was_kept(tmp_path: Path) -> None:
    result = read_text(
        tmp_path, "Time,Number,Message\n2024-01-02 10:00:00,7700900123,a\n2024-01-02 10:00:00,447700900124,b\n"
    )
    assert [(message.to[0].raw, message.to[0].e164) for message in messages_of(result)] == [
        ("7700900123", JAY),
        ("447700900124", "+447700900124"),
    ]
    assert codes_of(result)["zero_restored"] == 1


@pytest.mark.parametrize("other", ["0035312345678", "01632960001"])
def test_a_column_of_texts_keeps_its_zeros_so_that_none_is_given_back(tmp_path: Path, other: str) -> None:
    result = read_text(tmp_path, f"Time,Number,Message\n{AT},7700900123,a\n{AT},{other},b\n")
    assert messages_of(result)[0].to[0].e164 is None
    assert "zero_restored" not in codes_of(result)


@pytest.mark.parametrize("other", ["07700900124", "00447700900124", "07700900125; +44 7700 900124"])
def test_beside_mobile_numbers_of_ours_ten_digits_from_seven_on_are_one(tmp_path: Path, other: str) -> None:
    rows = f"{AT},7700900123,a\n{AT},{other},b\n{AT},9009001,c\n{AT},+17700900123,d\n{AT},07700900129,e\n"
    result = read_text(tmp_path, f"Time,Number,Message\n{rows}")
    first, second, third, fourth, _ = messages_of(result)
    assert (first.to[0].raw, first.to[0].e164, second.to[-1].e164) == ("7700900123", JAY, "+447700900124")
    assert (third.to[0].e164, fourth.to[0].e164) == (None, "+17700900123")
    assert codes_of(result)["zero_restored"] == 1


def test_ten_digits_of_an_account_have_lost_no_zero(tmp_path: Path) -> None:
    rows = f"{AT},SMS,7700900123,a\n{AT},Telegram,7700900124,b\n{AT},SMS,07700900125,c\n"
    result = read_text(tmp_path, f"Time,Application,Number,Message\n{rows}")
    assert [message.to[0].e164 for message in messages_of(result)] == [JAY, None, "+447700900125"]
    assert codes_of(result)["zero_restored"] == 1


def test_a_number_that_lost_its_digits_is_no_owner(tmp_path: Path) -> None:
    result = read_text(tmp_path, f"Time,Account,From,To,Message\n{AT},4.47701E+11,4.47701E+11,07700900123,a\n")
    (message,) = messages_of(result)
    assert message.from_party is not None
    assert (message.from_party.raw, message.from_party.is_owner) == ("4.47701E+11", None)


@pytest.mark.parametrize("other", ["07700 900124", "(0)7700-900124", "+44 (0)7700 900124"])
def test_a_number_that_no_program_takes_for_one_keeps_its_zero_and_shows_nothing(tmp_path: Path, other: str) -> None:
    result = read_text(
        tmp_path, f"Time,Number,Message\n2024-01-02 10:00:00,7700900123,a\n2024-01-02 10:00:00,{other},b\n"
    )
    assert [message.to[0].e164 for message in messages_of(result)] == [JAY, "+447700900124"]
    assert codes_of(result)["zero_restored"] == 1


@pytest.mark.parametrize("shown", ["4.47701E+11", "447700900125.0"])
def test_a_column_whose_cells_were_taken_for_numbers_lost_its_zeros(tmp_path: Path, shown: str) -> None:
    rows = "".join(f"2024-01-02 10:00:00,{number},a\n" for number in ("7700900123", "07700900124", shown))
    result = read_text(tmp_path, f"Time,Number,Message\n{rows}")
    first, second, _ = messages_of(result)
    assert (first.to[0].raw, first.to[0].e164, second.to[0].e164) == ("7700900123", JAY, "+447700900124")
    assert codes_of(result)["zero_restored"] == 1


def test_a_rounded_number_stays_and_has_no_key(tmp_path: Path) -> None:
    result = read_text(tmp_path, "Time,Number,Message\n2024-01-02 10:00:00,4.47701E+11,a\n")
    assert messages_of(result)[0].to == (Party("4.47701E+11"),)
    assert codes_of(result)["number_rounded"] == 1


@pytest.mark.parametrize(
    ("sender", "recipient"),
    [
        ("4.47700900123E11", "7.700900456E9"),
        ("4.47700900123E+11", "7.700900456E+09"),
        ("4,47700900123e+11", "7,700900456e+09"),
    ],
)
def test_a_number_with_an_exponent_that_keeps_its_digits_is_whole(tmp_path: Path, sender: str, recipient: str) -> None:
    rows = f"14/09/2023 16:49:42;{sender};;a\n14/09/2023 16:50:42;;{recipient};b\n"
    result = read_text(tmp_path, f"Time;From;To;Message\n{rows}")
    came, went = messages_of(result)
    assert came.from_party is not None
    assert (came.from_party.raw, came.from_party.e164) == (sender, "+447700900123")
    assert [(each.raw, each.e164) for each in went.to] == [(recipient, "+447700900456")]
    assert "number_rounded" not in codes_of(result)


def test_a_number_with_an_exponent_of_a_call_and_of_a_contact(tmp_path: Path) -> None:
    (call,) = calls_of(
        read_text(tmp_path, "Time,Number,Type,Duration\n14/09/2023 16:49:42,4.47700900123E11,Missed,1.2E1\n")
    )
    assert call.from_party is not None
    assert call.from_party.e164 == "+447700900123"
    (contact,) = contacts_of(read_text(tmp_path, "Name,Number\nJay,4.47700900123E11\n", name="contacts.csv"))
    assert [each.e164 for each in contact.numbers] == ["+447700900123"]


@pytest.mark.parametrize("heading", ["Amount", "Cost", "Size"])
def test_an_amount_with_an_exponent_is_nobodys_number(tmp_path: Path, heading: str) -> None:
    table = f"Time,From,{heading},Message\n14/09/2023 16:49:42,07700900123,7.700900456E9,a\n"
    (found,) = messages_of(read_text(tmp_path, table))
    assert found.from_party is not None
    assert (found.from_party.e164, found.to) == ("+447700900123", ())
    assert "7.700900456E9" in dict(found.extra).values()


def test_sender_recipients_and_owner(tmp_path: Path) -> None:
    result = read_text(
        tmp_path,
        "Time,From,From Name,To,Message\n2024-01-02 10:00:00,07700900123,Jay,07700900999,a\n"
        "2024-01-02 10:01:00,07700900999,Mo,07700900123; 07700900124,b\n"
        "2024-01-02 10:02:00,07700900123,,07700900124,c\n",
        sidecar=Sidecar(owner_number="07700 900999"),
    )
    found = messages_of(result)
    assert [(message.direction, message.direction_basis) for message in found] == [
        (Direction.INCOMING, "owner_flag"),
        (Direction.OUTGOING, "owner_flag"),
        (Direction.UNKNOWN, None),
    ]
    assert [party.e164 for party in found[1].to] == [JAY, "+447700900124"]


def test_one_side_alone_is_the_other_party(tmp_path: Path) -> None:
    result = read_text(
        tmp_path, "Time,From,To,Message\n2024-01-02 10:00:00,07700900123,,a\n2024-01-02 10:00:00,,07700900123,b\n"
    )
    assert [(message.direction, message.direction_basis) for message in messages_of(result)] == [
        (Direction.INCOMING, "party_role"),
        (Direction.OUTGOING, "party_role"),
    ]


@pytest.mark.parametrize(
    ("columns", "cells", "direction", "basis"),
    [
        ("Direction", "Incoming", Direction.INCOMING, "direction"),
        ("Direction", "Draft", Direction.DRAFT, "direction"),
        ("Type", "Outgoing <i data-feather='x'></i>", Direction.OUTGOING, "type"),
        ("Folder", "Inbox", Direction.INCOMING, "folder"),
        ("Folder,Direction", "Drafts,Outgoing", Direction.DRAFT, "folder"),
        ("Status", "Failed", Direction.OUTGOING, "status"),
        ("Status", "Read", Direction.INCOMING, "status"),
        ("Direction", "Outgoing (not delivered)", Direction.OUTGOING, "direction"),
        ("Direction", "Incoming and outgoing", Direction.UNKNOWN, None),
        ("Direction", "Not sent", Direction.UNKNOWN, None),
        ("Direction", "1", Direction.UNKNOWN, None),
    ],
)
def test_what_a_direction_rests_on(
    tmp_path: Path, columns: str, cells: str, direction: Direction, basis: str | None
) -> None:
    (message,) = messages_of(
        read_text(tmp_path, f"Time,Number,Message,{columns}\n2024-01-02 10:00:00,07700900123,a,{cells}\n")
    )
    assert (message.direction, message.direction_basis) == (direction, basis)


@pytest.mark.parametrize(
    ("direction", "call_type", "status", "expected"),
    [
        ("Incoming", "", "", CallType.INCOMING),
        ("", "Missed call", "", CallType.MISSED),
        ("Incoming", "", "Not answered", CallType.MISSED),
        ("Outgoing", "", "Not answered", CallType.OUTGOING),
        ("Outgoing", "Missed", "", CallType.OUTGOING),
        ("", "Outgoing (answered)", "", CallType.OUTGOING),
        ("", "Outgoing (not answered)", "", CallType.OUTGOING),
        ("", "Incoming (not answered)", "", CallType.MISSED),
        ("", "Dialled", "", CallType.OUTGOING),
        ("", "Rejected", "", CallType.REJECTED),
        ("", "Voicemail", "", CallType.VOICEMAIL),
        ("", "", "", CallType.UNKNOWN),
    ],
)
def test_how_a_call_went(tmp_path: Path, direction: str, call_type: str, status: str, expected: CallType) -> None:
    row = f"2024-01-02 10:00:00,07700900123,00:00:00,{direction},{call_type},{status}"
    content = f"Time,Number,Duration,Direction,Call Type,Status\n{row}\n"
    (call,) = calls_of(read_text(tmp_path, content, name="calls.csv"))
    assert call.call_type is expected
    assert call.duration_seconds == 0
    side = (
        call.from_party
        if expected in {CallType.INCOMING, CallType.MISSED, CallType.REJECTED, CallType.VOICEMAIL}
        else call.to[0]
    )
    assert side is not None
    assert side.e164 == JAY


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("00:01:05", 65),
        ("1:05", 65),
        ("PT1M5S", 65),
        ("PT3M", 180),
        ("65", 65),
        ("65 s", 65),
        ("1m 5s", 65),
        ("1.02:03:04", 93_784),
        ("0", 0),
        ("soon", None),
    ],
)
def test_durations(tmp_path: Path, text: str, seconds: int | None) -> None:
    content = f"Time,Number,Duration,Direction\n2024-01-02 10:00:00,07700900123,{text},In\n"
    (call,) = calls_of(read_text(tmp_path, content, name="calls.csv"))
    assert call.duration_seconds == seconds
    assert (("Duration", text) in call.extra) is (seconds is None)


def test_numbers_under_type_are_androids_words_in_its_own_table_alone(tmp_path: Path) -> None:
    rows = "".join(f"{n},+447700900123,169471018200{n},{n},hi\n" for n in range(1, 7))
    result = read_text(tmp_path, f"_id,address,date,type,body\n{rows}")
    assert [message.direction.value for message in messages_of(result)] == [
        *("incoming", "outgoing", "draft", "outgoing", "outgoing", "outgoing")
    ]
    calls = "".join(f"+447700900123,169471018200{n},{n},0\n" for n in range(1, 7))
    result = read_text(tmp_path, f"number,date,type,duration\n{calls}", name="calls.csv")
    assert [call.call_type.value for call in calls_of(result)] == [
        *("incoming", "outgoing", "missed", "voicemail", "rejected", "rejected")
    ]
    result = read_text(tmp_path, "Number,Date,Type,Text\n07700900123,2024-01-02 10:00:00,1,hi\n")
    assert [message.direction for message in messages_of(result)] == [Direction.UNKNOWN]


@pytest.mark.parametrize("to", ["", "447700900999@s.whatsapp.net Mo"])
def test_the_participants_of_a_chat_say_who_the_owner_is(tmp_path: Path, to: str) -> None:
    people = '"447700900123@s.whatsapp.net Jay\r\n447700900999@s.whatsapp.net Mo (owner)"'
    head = "Chat #,Participants,Source,Instant Message #,From,To,Body,Timestamp: Time\n"
    result = read_text(
        tmp_path,
        f"{head}1,{people},WhatsApp,1,447700900123@s.whatsapp.net Jay,{to},hi,14/09/2023 16:49:42(UTC+0)\n"
        f"1,{people},WhatsApp,2,447700900999@s.whatsapp.net Mo,,yo,14/09/2023 16:49:43(UTC+0)\n",
        name="chats.csv",
    )
    one, two = messages_of(result)
    assert (one.direction, one.direction_basis) == (Direction.INCOMING, "owner_flag")
    assert [party.is_owner for party in one.to] == [True]
    assert (two.direction, two.direction_basis) == (Direction.OUTGOING, "owner_flag")
    assert [party.name for party in two.to] == ["Jay"]


def test_a_mast_is_nobody(tmp_path: Path) -> None:
    text = "Calling Number,Called Number,Start Time,Duration,Cell\n07700900123,07700900456,2023-09-14 10:00:00,65,1\n"
    (call,) = calls_of(read_text(tmp_path, text))
    assert [party.e164 for party in call.to] == ["+447700900456"]
    assert ("Cell", "1") in call.extra
    (row,) = messages_of(read_text(tmp_path, "Time,Cell,Text\n2023-09-14 10:00:00,07700900123,on\n"))
    assert [party.e164 for party in row.to] == [JAY]


@pytest.mark.parametrize("word", ["Local User", "Me", "owner"])
def test_the_handset_by_a_word(tmp_path: Path, word: str) -> None:
    text = f"From,To,Text,Time\n07700900123,{word},in,2023-09-14 10:00:00\n{word},07700900123,out,2023-09-14 10:01:00\n"
    came, went = messages_of(read_text(tmp_path, text))
    assert (came.direction, went.direction) == (Direction.INCOMING, Direction.OUTGOING)
    assert went.from_party == Party(name=word, is_owner=True)


def test_the_message_centres_words_for_the_direction(tmp_path: Path) -> None:
    text = "Msg Type|A Number|B Number|Message Date|Content\nSMS-MT|07700900123|07700900456|13-Sep-2023 18:45|on\n"
    (only,) = messages_of(read_text(tmp_path, text))
    assert (only.direction, only.direction_basis, only.service) == (Direction.INCOMING, "type", "sms")


def test_a_number_behind_a_name() -> None:
    assert PEOPLE.parties("Jay - 07700 900123") == [("", Party("07700 900123", JAY, "Jay"))]
    assert PEOPLE.parties("Jay: 07700900123") == [("", Party("07700900123", JAY, "Jay"))]
    assert PEOPLE.parties("Jay 24/7") == [("", Party(name="Jay 24/7"))]
    assert [each.raw for each in PEOPLE.numbers("+44 7700 900123 ::: 07700 900456", None)] == [
        "+44 7700 900123",
        "07700 900456",
    ]


def test_a_text_among_calls(tmp_path: Path) -> None:
    text = (
        "DATE,TIME,NUMBER,TYPE,DURATION\n"
        "14/09/2023,16:49,07700900123,INCOMING CALL,65\n"
        "15/09/2023,16:49,07700900123,OUTGOING SMS,\n"
    )
    result = read_text(tmp_path, text)
    assert [call.call_type for call in calls_of(result)] == [CallType.INCOMING]
    (only,) = messages_of(result)
    assert (only.direction, only.service, only.body, only.to[0].e164) == (Direction.OUTGOING, "sms", None, JAY)


def test_entries_that_do_not_say_what_they_are(tmp_path: Path) -> None:
    text = 'Contact,Phones & Emails\nDee,"Mobile: +447700900123\nd@example.com\n60777\nHome: 01632 960001"\n'
    (contact,) = [each for each in read_text(tmp_path, text, name="contacts.csv").records if isinstance(each, Contact)]
    assert [(each.raw, each.e164, each.label) for each in contact.numbers] == [
        (JAY, JAY, "Mobile"),
        ("60777", None, None),
        ("01632 960001", "+441632960001", "Home"),
    ]
    assert contact.emails == ("d@example.com",)


def test_a_cell_that_comes_again_gives_parties_of_its_own_and_is_counted_again() -> None:
    reader = PartyReader("GB", frozenset())
    first = reader.parties("Jay (07700 900123)")
    first.clear()
    assert [party.e164 for _, party in reader.parties("Jay (07700 900123)")] == ["+447700900123"]
    for _ in range(3):
        reader.parties("7700900123", may_lack_zero=True)
    assert reader.lost_zero_count == 3


def test_a_cell_that_comes_again_is_the_owners_once_the_owner_is_known() -> None:
    reader = PartyReader("GB", frozenset())
    assert reader.parties("07700 900123")[0][1].is_owner is None
    reader.learn_own("07700900123")
    assert reader.parties("07700 900123")[0][1].is_owner is True


@pytest.mark.parametrize(
    ("headings", "names", "name", "extra"),
    [
        ("First Name,Last Name", "Jay,Bee", "Jay Bee", ()),
        ("Name,Name (Matched)", "Jay,J Bee", "Jay", (("Name (Matched)", "J Bee"),)),
    ],
)
def test_a_second_name_is_not_lost(
    tmp_path: Path, headings: str, names: str, name: str, extra: tuple[tuple[str, str], ...]
) -> None:
    text = f"Time,Number,{headings},From,Message\n2024-02-13T10:00:00Z,07700900123,{names},,hi\n"
    (message,) = messages_of(read_text(tmp_path, text))
    assert message.to == (Party("07700900123", JAY, name),)
    assert message.extra == extra


def test_participants_in_several_columns_are_all_listed(tmp_path: Path) -> None:
    text = "Time,Participants,Members,Message\n2024-02-13T10:00:00Z,07700900123,07700900124,hi\n"
    (message,) = messages_of(read_text(tmp_path, text))
    assert [party.e164 for party in message.to] == [JAY, "+447700900124"]


def test_one_column_with_a_number_and_one_with_a_name_are_one_party(tmp_path: Path) -> None:
    text = "Date,Number,Correspondent,Message,Direction\n13/02/2024 10:00,07700 900123,Jay,hi,Incoming\n"
    (message,) = messages_of(read_text(tmp_path, text))
    assert message.from_party == Party("07700 900123", "+447700900123", "Jay")
    assert message.to == ()


OWNER_AND_JAY = '"07700 900001 (owner)\n07700 900123 Jay"'


@pytest.mark.parametrize(
    ("participants", "direction", "sender", "recipients"),
    [
        ("07700 900123", "Incoming", "07700 900123", []),
        ("07700 900123", "Outgoing", None, ["07700 900123"]),
        (OWNER_AND_JAY, "Incoming", "07700 900123", ["07700 900001"]),
        (OWNER_AND_JAY, "Outgoing", "07700 900001", ["07700 900123"]),
        ("07700 900123; 07700 900124", "Incoming", None, ["07700 900123", "07700 900124"]),
    ],
)
def test_participants_alone_are_the_sides(
    tmp_path: Path, participants: str, direction: str, sender: str | None, recipients: list[str]
) -> None:
    row = f"13/02/2024 10:00,{participants},{{}},{direction}\n"
    (message,) = messages_of(read_text(tmp_path, f"Date,Participants,Text,Direction\n{row.format('hi')}"))
    (call,) = calls_of(read_text(tmp_path, f"Date,Participants,Duration,Direction\n{row.format('65')}", name="c.csv"))
    for record in (message, call):
        assert (record.from_party.raw if record.from_party else None) == sender
        assert [party.raw for party in record.to] == recipients


@pytest.mark.parametrize("direction", ["Incoming", "Outgoing"])
def test_a_name_beside_the_only_participant_is_his(tmp_path: Path, direction: str) -> None:
    row = f"13/02/2024 10:00,07700 900123,Jay,{{}},{direction}\n"
    (message,) = messages_of(read_text(tmp_path, f"Date,Participants,Name,Text,Direction\n{row.format('hi')}"))
    heads = "Date,Participants,Contact,Duration,Direction\n"
    (call,) = calls_of(read_text(tmp_path, heads + row.format("65"), name="c.csv"))
    jay = Party("07700 900123", "+447700900123", "Jay")
    for record in (message, call):
        assert (record.from_party, *record.to) == ((jay,) if direction == "Incoming" else (None, jay))


def test_what_stands_for_a_carriage_return_parts_parties_in_a_table_made_of_a_workbook(tmp_path: Path) -> None:
    text = (
        "Chat #,Participants,From,Body,Source,Attachment #1\n"
        '1,"447700900001@s.whatsapp.net Me (owner)_x000D_\n447700900123@s.whatsapp.net Jay",'
        '447700900123@s.whatsapp.net Jay_x000D_,"one_x000D_\ntwo",WhatsApp,"a.jpg_x000D_\nb.jpg"\n'
    )
    (message,) = messages_of(read_text(tmp_path, text, name="chats.csv"))
    assert (message.direction, message.body) == (Direction.INCOMING, "one_x000D_\ntwo")
    assert message.from_party == Party("447700900123@s.whatsapp.net", "+447700900123", "Jay")
    assert [(party.name, party.is_owner) for party in message.to] == [("Me", True)]
    assert [attachment.name for attachment in message.attachments] == ["a.jpg", "b.jpg"]
    entries = '"Phone-Mobile: 07700 900123_x000D_\nEmail-Home: j@example.org"'
    (contact,) = contacts_of(read_text(tmp_path, f"#,Name,Entries\n1,Jay,{entries}\n", name="contacts.csv"))
    assert ([number.raw for number in contact.numbers], contact.emails) == (["07700 900123"], ("j@example.org",))


@pytest.mark.parametrize(
    "heading",
    ["To/From", "Message Sender", "Sender's Number", "Sent By", "Sender Phone Number", "Party Number", "Sender JID"],
)
def test_the_other_party_under_the_headings_that_people_and_tools_give_it(tmp_path: Path, heading: str) -> None:
    result = read_text(tmp_path, f"Time,Direction,{heading},Text\n2024-01-02 10:00:00,Incoming,07700900123 Jay,a\n")
    assert messages_of(result)[0].from_party == Party("07700900123", JAY, "Jay")


def test_a_name_alone_is_that_of_the_side_whose_number_the_row_has(tmp_path: Path) -> None:
    result = read_text(
        tmp_path,
        "Time,Direction,From,To,Contact Name,Text\n2024-01-02 10:00:00,Incoming,07700900123,,Jay,a\n"
        "2024-01-02 10:01:00,Outgoing,,07700900123,Jay,b\n",
    )
    came, went = messages_of(result)
    assert (came.from_party, came.to) == (Party("07700900123", JAY, "Jay"), ())
    assert (went.from_party, went.to) == (None, (Party("07700900123", JAY, "Jay"),))


def test_a_number_alone_is_that_of_the_side_whose_name_the_row_has(tmp_path: Path) -> None:
    incoming, outgoing = messages_of(
        read_text(
            tmp_path,
            "Created,Number,Sender Name,Recipient Name,Text,Folder\n"
            "2024-06-10 10:00:00,07700900123,Jay,,hi,Inbox\n"
            "2024-06-10 10:01:00,07700900123,,Jay,hi,Sent\n",
        )
    )
    assert incoming.from_party == Party("07700900123", JAY, "Jay")
    assert incoming.to == ()
    assert outgoing.to == (Party("07700900123", JAY, "Jay"),)


def test_a_number_that_stands_in_two_columns_is_one_side(tmp_path: Path) -> None:
    incoming, outgoing = messages_of(
        read_text(
            tmp_path,
            "Date,Number,Phone Number,Name,Text,Folder\n"
            "2024-06-10 10:00:00,07700900123,07700900123,Jay,hi,Inbox\n"
            "2024-06-10 10:01:00,07700900123,07700900123,Jay,hi,Sent\n",
        )
    )
    assert (incoming.from_party, incoming.to) == (Party("07700900123", JAY, "Jay"), ())
    assert (outgoing.from_party, outgoing.to) == (None, (Party("07700900123", JAY, "Jay"),))


def test_who_sent_a_message_is_no_recipient_of_it_for_standing_in_a_second_column(tmp_path: Path) -> None:
    (outgoing,) = messages_of(
        read_text(
            tmp_path,
            "sender,receiver,contact,body,type,date,full_sender\n"
            "SELF,07700900123,07700900123,hi,2,1718000000000,SELF\n",
        )
    )
    assert outgoing.to == (Party("07700900123", JAY),)


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Chatted", ("07700900123", "+44 7700 900124")),
        ("Gesprächsziel", ("07700900123 Jay", "Kay (07700 900124)")),
        ("WA", ("447700900123@s.whatsapp.net", "447700900124@s.whatsapp.net")),
        ("", ("7700900123", "7700900124")),
    ],
)
def test_the_one_unread_column_of_numbers_is_the_other_side_and_is_named(
    tmp_path: Path, heading: str, cells: tuple[str, str]
) -> None:
    result = read_text(
        tmp_path,
        f"Time,Direction,{heading},Text,Own SIM,Note\n"
        f"2024-01-02 10:00:00,Incoming,{cells[0]},a,07700900999,x\n"
        f"2024-01-02 10:01:00,Outgoing,{cells[1]},b,07700900999,y\n",
    )
    came, went = messages_of(result)
    assert came.from_party is not None
    assert ([came.from_party.e164], came.to) == ([JAY], ())
    assert (went.from_party, [party.e164 for party in went.to]) == (None, ["+447700900124"])
    assert dict(came.extra) == {"Direction": "Incoming", "Own SIM": "07700900999", "Note": "x"}
    (notice,) = (notice for notice in result.notices if notice.code == "side_by_cells")
    assert (notice.subject, notice.count) == (heading or "column C", 2)
    assert NOTICE_TABLE[notice.code].severity is Severity.ASSUMED


@pytest.mark.parametrize(
    ("alpha", "beta", "named"), [("Jay", "12", "Alpha"), ("07700900123", "07700900124", "Alpha, Beta")]
)
def test_messages_of_which_no_column_tells_the_other_side_are_not_called_whole(
    tmp_path: Path, alpha: str, beta: str, named: str
) -> None:
    text = f"Time,Direction,Alpha,Beta,Text\n2024-01-02 10:00:00,Incoming,{alpha},{beta},a\n"
    result = read_text(tmp_path, text)
    (message,) = messages_of(result)
    assert (message.from_party, message.to) == (None, ())
    (notice,) = (notice for notice in result.notices if notice.code == "side_not_read")
    assert (notice.subject, notice.count) == (named, 1)
    assert NOTICE_TABLE[notice.code].severity is Severity.SKIPPED


def test_a_table_that_holds_no_further_column_lacks_nothing(tmp_path: Path) -> None:
    result = read_text(tmp_path, "Time,Direction,Text\n2024-01-02 10:00:00,Incoming,a\n")
    assert "side_not_read" not in codes_of(result)


def test_calls_under_a_name_of_calls_have_the_side_that_their_cells_tell(tmp_path: Path) -> None:
    text = "Date,Direction,Zed,Length,Epoch\n2024-01-02 10:00:00,Incoming,07700900123,65,1704189600\n"
    (call,) = calls_of(read_text(tmp_path, text, name="calls.csv"))
    assert call.from_party is not None
    assert call.from_party.e164 == JAY


def test_the_jid_of_the_other_participant_is_whom_the_owner_wrote_to(tmp_path: Path) -> None:
    text = (
        "Message Timestamp,Other Participant WA User Name,Other Participant JID,Sending Party JID,Message Direction,"
        "Message\n"
        "2024-01-02 10:00:00,Jay,447700900123@s.whatsapp.net,,Outgoing,a\n"
        "2024-01-02 10:01:00,Jay,447700900123@s.whatsapp.net,447700900123@s.whatsapp.net,Incoming,b\n"
    )
    went, came = messages_of(read_text(tmp_path, text))
    jay = Party("447700900123@s.whatsapp.net", JAY, "Jay")
    assert (went.from_party, went.to) == (None, (jay,))
    assert (came.from_party, came.to) == (jay, ())


def test_the_name_of_a_conversation_is_its_thread(tmp_path: Path) -> None:
    text = (
        "Timestamp,Conversation Name,Sending Party JID,Direction,Message\n"
        "2024-01-02 10:00:00,Lads,447700900123@s.whatsapp.net,Incoming,a\n"
    )
    assert messages_of(read_text(tmp_path, text))[0].thread == "Lads"


@pytest.mark.parametrize("heading", ["From", "Parties", "Number"])
def test_nobody_sent_a_line_of_the_application(tmp_path: Path, heading: str) -> None:
    cell = "From: System Message System Message" if heading == "Parties" else "System Message System Message"
    text = (
        f"Time,{heading},Participants,Direction,Status,Text\n"
        f"2024-01-02 10:00:00,{cell},07700900123 Jay,Incoming,Read,Jay joined\n"
    )
    (message,) = messages_of(read_text(tmp_path, text))
    assert (message.from_party, message.to, message.body) == (None, (), "Jay joined")
    assert (message.direction, message.status) == (Direction.UNKNOWN, "system")
    assert {(heading, cell), ("Status", "Read"), ("Participants", "07700900123 Jay")} <= set(message.extra)


def test_a_number_of_a_contact_with_its_kind_beside_it(tmp_path: Path) -> None:
    text = "#,Name,Phone number\n1,Jay,07700 900123 (Mobile); 07700 900124 (Home)\n2,Kay,07700 900125\n"
    first, second = contacts_of(read_text(tmp_path, text, name="contacts.csv"))
    assert [(number.raw, number.e164, number.label) for number in first.numbers] == [
        ("07700 900123 (Mobile)", JAY, "Mobile"),
        ("07700 900124 (Home)", "+447700900124", "Home"),
    ]
    assert [(number.e164, number.label) for number in second.numbers] == [("+447700900125", None)]


def test_a_cell_under_party_says_its_role(tmp_path: Path) -> None:
    rows = (
        '"From: 07700 900123 Jay",,hi',
        '"To: 07700 900456",,yo',
        '"From: 07700 900123","To: 07700 900789",both',
    )
    lines = "".join(f"13/09/2023 16:49,{row}\n" for row in rows)
    found = messages_of(read_text(tmp_path, f"Time,Party,Party,Text\n{lines}"))
    assert [message.direction for message in found] == [Direction.INCOMING, Direction.OUTGOING, Direction.UNKNOWN]
    assert [message.from_party and message.from_party.e164 for message in found] == [JAY, None, JAY]
    assert [[party.e164 for party in message.to] for message in found] == [[], ["+447700900456"], ["+447700900789"]]


def test_headings_of_lists_of_calls(tmp_path: Path) -> None:
    result = read_text(
        tmp_path,
        "Date & Time (UK),Caller,Called,Length,Outcome\n14/09/2023 16:49,07700900123,07700900456,1:05,Answered\n",
    )
    (call,) = calls_of(result)
    assert call.from_party is not None
    assert (call.from_party.e164, [party.e164 for party in call.to]) == (JAY, ["+447700900456"])


def test_blanks_around_a_number_are_kept_and_make_no_other_party(tmp_path: Path) -> None:
    rows = "60777 ,, 60777,one,Incoming\n 07700 900123 ,Jay,07700 900123,two,Incoming\n"
    found = messages_of(read_text(tmp_path, f"From,Name,Parties,Message,Direction\n{rows}"))
    assert [(each.from_party, each.to) for each in found] == [
        (Party("60777 "), ()),
        (Party(" 07700 900123 ", JAY, "Jay"), ()),
    ]


def test_blanks_around_the_number_of_a_contact_are_kept() -> None:
    (number,) = PEOPLE.numbers(" 07700 900123 ", "mobile")
    assert (number.raw, number.e164, number.label) == (" 07700 900123 ", JAY, "mobile")
    assert [each.raw for each in PEOPLE.numbers("07700 900123 ; 60777 ", None)] == ["07700 900123", "60777"]


@pytest.mark.parametrize(
    ("written", "sender"),
    [
        ("BrynFishVan", Party("BrynFishVan")),
        ("Basement9", Party("Basement9")),
        ("Jay", Party(name="Jay")),
        ("MUM", Party(name="MUM")),
        ("Big Dave", Party(name="Big Dave")),
        ("TheGreenGrocer", Party(name="TheGreenGrocer")),
    ],
)
def test_letters_under_which_an_sms_came_are_what_the_source_says_and_no_saved_name(
    tmp_path: Path, written: str, sender: Party
) -> None:
    rows = f"Source,From,Date,Body\nSMS,{written},2023-09-13 19:44:22,hi\n"
    (message,) = messages_of(read_text(tmp_path, rows))
    assert message.from_party == sender
    (chat,) = messages_of(read_text(tmp_path, rows.replace("SMS", "WhatsApp")))
    assert chat.from_party == Party(name=written)


def test_what_stands_where_a_number_would_is_what_the_source_says_beside_a_column_of_names(tmp_path: Path) -> None:
    cells = (("Vodafone", ""), ("O2", "O2"), ("3", ""), ("BX7-NEW", "Adverts"), ("07700 900123", "Jay"))
    rows = "".join(f"2024-02-05T12:0{n}:00Z,Incoming,{a},{b},text {n}\n" for n, (a, b) in enumerate(cells))
    found = messages_of(read_text(tmp_path, f"Date/Time,Direction,Number,Name,Message\n{rows}"))
    assert [each.from_party for each in found] == [
        Party("Vodafone"),
        Party(name="O2"),
        Party("3"),
        Party("BX7-NEW", None, "Adverts"),
        Party("07700 900123", JAY, "Jay"),
    ]


def test_without_a_column_of_names_a_cell_may_hold_one(tmp_path: Path) -> None:
    rows = "2024-02-05T12:00:00Z,Incoming,Mum,text\n2024-02-05T12:01:00Z,Incoming,Withheld,text\n"
    found = messages_of(read_text(tmp_path, f"Date/Time,Direction,Number,Message\n{rows}"))
    assert [each.from_party for each in found] == [Party(name="Mum"), Party("Withheld")]


def test_androids_own_column_of_addresses_holds_no_names(tmp_path: Path) -> None:
    table = "address,date,type,body\nO2,1700000000000,1,text\n07700900123,1700000001000,1,text\n"
    found = messages_of(read_text(tmp_path, table))
    assert [each.from_party for each in found] == [Party("O2"), Party("07700900123", JAY)]


@pytest.mark.parametrize("head", ["Address,Number", "Number,Address"])
def test_where_somebody_lives_is_no_side(tmp_path: Path, head: str) -> None:
    lived = ["9 Mill St", "12 High Street, London N1", "Flat 2,Hillside"]
    cells = [f'"{each}",07700900123' if head[0] == "A" else f'07700900123,"{each}"' for each in lived]
    rows = "".join(f"13/02/2024 10:00,{way},{cell},hi\n" for way in ("in", "out") for cell in cells)
    result = read_text(tmp_path, f"Date/Time,Direction,{head},Message\n{rows}")
    for message, where in zip(messages_of(result), lived * 2, strict=True):
        sides = [message.from_party, *message.to]
        assert [side.raw for side in sides if side is not None] == ["07700900123"]
        assert ("Address", where) in message.extra


def test_a_sender_in_words_is_no_place_where_somebody_lives(tmp_path: Path) -> None:
    # an application's own, or a service that sends under a word, beside the handset's own number
    for sender in ("VODAFONE", "O2", "EE Team"):
        rows = f"13/02/2024 10:00,{sender},07700900001,Incoming,hi\n"
        for head in ("Phone Number", "MSISDN", "CLI", "Home"):
            (message,) = messages_of(read_text(tmp_path, f"Date,Address,{head},Type,Body\n{rows}"))
            sides = [message.from_party, *message.to]
            names = [side.name or side.raw for side in sides if side is not None]
            assert names[0] == sender, (sender, head, names)


def test_an_address_beside_the_number_of_both_sides_is_no_third(tmp_path: Path) -> None:
    row = "13/02/2024 10:00,07700900123,07700900124,9 Mill St,hi"
    (message,) = messages_of(read_text(tmp_path, f"Time,From,To,Address,Message\n{row}\n"))
    assert [party.e164 for party in message.to] == [KAY.e164]
    # the number of an application, and of a row that has no other, is the side
    rows = "13/02/2024 10:00,in,,O2,hi\n13/02/2024 10:00,in,,07700900123,hi\n"
    one, two = messages_of(read_text(tmp_path, f"Time,Direction,Number,Address,Message\n{rows}"))
    assert one.from_party is not None
    assert two.from_party is not None
    assert (one.from_party.raw, two.from_party.e164) == ("O2", JAY)


def test_a_lost_zero_of_a_number_that_is_shown_in_groups(tmp_path: Path) -> None:
    rows = "".join(f"13/02/2024 10:00,in,{number},hi\n" for number in ("7700900123", "7700 900124", '"7,700,900,123"'))
    result = read_text(tmp_path, f"Time,Direction,Number,Message\n{rows}")
    found = [message.from_party.e164 for message in messages_of(result) if message.from_party is not None]
    assert (found, codes_of(result)["zero_restored"]) == ([JAY, KAY.e164, JAY], 3)


def test_whom_two_columns_name_in_two_spellings_is_one_recipient(tmp_path: Path) -> None:
    result = read_text(
        tmp_path,
        "Originating Number,Terminating Number,Dialled Digits,Start Date/Time (UTC),Duration\n"
        "447700900001,447700900456,07700900456,13/07/2024 10:00:00,65\n"
        "447700900001,447700900456,07700900457,13/07/2024 10:01:00,65\n",
    )
    one, two = calls_of(result)
    assert one.to == (Party("447700900456", "+447700900456"),)
    assert ("Dialled Digits", "07700900456") in one.extra
    assert [party.e164 for party in two.to] == ["+447700900456", "+447700900457"]


def test_a_sender_with_name_and_number_is_one(tmp_path: Path) -> None:
    rows = (
        f'{AT},"Jay; {JAY}",07700900124,a',
        f'{AT},"{JAY};Jay",07700900124,b',
        f'{AT},"Jay\n{JAY}","Owner\n07700900124",c',
        f'{AT},07700900124,"Jay; {JAY}",d',
    )
    first, second, third, last = messages_of(read_text(tmp_path, "\n".join(("Date,From,To,Message", *rows)) + "\n"))
    for message in (first, second, third):
        assert message.from_party == Party(JAY, JAY, "Jay", message.from_party.is_owner), message.body
        assert [party.e164 for party in message.to] == ["+447700900124"]
    assert third.to[0].name == "Owner"
    assert len(last.to) == 2
