# ruff: noqa: E501 - logs are shown as they stand
"""Logs of AT commands: both modes to the same records, texts that look like the modem's own lines, and damage."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.demo.truth import (
    Handset,
    Holding,
    Peer,
    PhoneCall,
    SavedContact,
    SavedNumber,
    Sim,
    TextMessage,
    Travel,
)
from ingest.demo.writers.at_log import LogForm, log_text, write_log
from parsers.errors import InputRefused
from parsers.records.facts import Device
from tests.fakes.deliveries import (
    FEW,
    bodies_of,
    calls_of,
    claim_on,
    codes_of,
    contacts_of,
    is_balanced,
    messages_of,
    others_of,
    read_content,
    read_path,
)

AT = datetime(2024, 7, 8, 12, 0, 5, tzinfo=timezone(timedelta(hours=1)))
PEER = Peer("+447700900123", "+447700900123")
TEXTS = (
    TextMessage(key="1", at=AT, travel=Travel.IN, peers=(PEER,), body="u about", on_sim=True),
    TextMessage(key="2", at=AT, travel=Travel.IN, peers=(Peer("SunCell"),), body="Top up, now", status="unread"),
    TextMessage(key="3", at=None, travel=Travel.OUT, peers=(Peer("07700900456", "+447700900456"),), body="5 mins"),
    TextMessage(key="4", at=None, travel=Travel.DRAFT, peers=(PEER,), body="on tonight"),
    TextMessage(key="5", at=AT, travel=Travel.IN, peers=(PEER,), body="two\n\nlines"),
)
PHONE = Holding(
    handset=Handset(make="Nokia", model="105", imei=("356943000000013",)),
    sim=Sim(iccid="8944110012345678901", imsi="234150012345678", msisdn="+447700900999"),
    read_at=AT,
    texts=TEXTS,
    contacts=(
        SavedContact(key="a", name="Rico", numbers=(SavedNumber("+447700900123", "+447700900123"),), on_sim=True),
        SavedContact(key="b", name='Jay "J", mum', numbers=(SavedNumber("07700900456", "+447700900456"),)),
    ),
    calls=(
        PhoneCall(key="c", at=AT, call_type="missed", peer=PEER),
        PhoneCall(key="d", at=None, call_type="outgoing", peer=Peer("07700900456", "+447700900456", "Jay")),
        PhoneCall(key="e", at=AT, call_type="incoming", peer=Peer("07700900456")),
    ),
)
FORMS = {
    "pdu": LogForm(),
    "pdu_unix": LogForm(line_end="\n"),
    "text": LogForm(text_mode=True, character_set="GSM"),
    "text_details": LogForm(text_mode=True, has_details=True),
    "text_ucs2": LogForm(text_mode=True, character_set="UCS2"),
    "text_no_echo": LogForm(text_mode=True, has_echo=False),
}


@pytest.mark.parametrize("form", FORMS)
def test_what_was_written_is_read(tmp_path: Path, form: str) -> None:
    result = read_path(write_log(tmp_path / "log.txt", PHONE, FORMS[form]))
    found = messages_of(result)
    assert [message.body for message in found] == [text.body for text in TEXTS]
    assert [message.direction.value for message in found] == [
        "incoming",
        "incoming",
        "outgoing",
        "outgoing",
        "incoming",
    ]
    assert [message.status for message in found] == ["REC READ", "REC UNREAD", "STO SENT", "STO UNSENT", "REC READ"]
    first, word, sent, _, _ = found
    assert first.from_party is not None
    assert (first.from_party.raw, first.from_party.e164) == ("+447700900123", "+447700900123")
    assert (first.time.utc, first.time.offset_minutes) == ("2024-07-08T11:00:05.000Z", 60)
    assert word.from_party is not None
    assert (word.from_party.raw, word.from_party.e164) == ("SunCell", None)
    assert [party.e164 for party in sent.to] == ["+447700900456"]
    assert sent.time.raw is None
    assert is_balanced(result)
    assert set(codes_of(result)) <= {"zone_assumed", "element_not_read", "hex_read_as_text"}


@pytest.mark.parametrize("form", ["pdu", "text", "text_ucs2"])
def test_phone_books_calls_and_identity(tmp_path: Path, form: str) -> None:
    result = read_path(write_log(tmp_path / "log.txt", PHONE, FORMS[form]))
    assert [(contact.name, contact.numbers[0].raw, contact.stored_in) for contact in contacts_of(result)] == [
        ("Rico", "+447700900123", "sim"),
        ('Jay "J", mum', "07700900456", "phone"),
    ]
    calls = {call.call_type.value: call for call in calls_of(result)}
    assert set(calls) == {"missed", "outgoing", "incoming"}
    assert (calls["missed"].time.raw, calls["missed"].time.basis) == ("24/07/08,12:00:05", "device_local")
    assert calls["missed"].time.utc == "2024-07-08T11:00:05.000Z"
    assert (calls["outgoing"].to[0].name, calls["outgoing"].time.raw) == ("Jay", None)
    (device,) = others_of(result)
    assert isinstance(device, Device)
    assert (device.make, device.model, device.imei) == ("Nokia", "105", ("356943000000013",))
    assert (device.iccid, device.imsi, device.msisdn) == (
        ("8944110012345678901",),
        ("234150012345678",),
        ("+447700900999",),
    )
    (part,) = result.parts
    assert (part.kind, part.imei, part.iccid) == ("handset", device.imei, device.iccid)


def test_lists_are_told_apart() -> None:
    result = read_content(log_text(PHONE))
    assert [message.listing for message in messages_of(result)] == ["sim", *["phone"] * 4]
    assert [message.source.locator for message in messages_of(result)] == ["SM 1", "ME 1", "ME 2", "ME 3", "ME 4"]


def test_long_texts_are_joined_in_pdu_mode() -> None:
    text = TextMessage(key="1", at=AT, travel=Travel.IN, peers=(PEER,), body="Best of both \U0001f525 " * 20)
    assert bodies_of(read_content(log_text(Holding(read_at=AT, texts=(text,))))) == [text.body]


def test_a_text_of_ok_is_a_text() -> None:
    for body in ("OK", "yes\nOK", "OK\n", "ERROR", "a\nOK\nb"):
        text = TextMessage(key="1", at=AT, travel=Travel.IN, peers=(PEER,), body=body)
        holding = Holding(read_at=AT, texts=(text, TEXTS[0]))
        for form in (LogForm(text_mode=True), LogForm(text_mode=True, has_details=True)):
            result = read_content(log_text(holding, form))
            assert set(bodies_of(result)) == {body, "u about"}, (body, form)
            assert is_balanced(result)


@pytest.mark.parametrize("body", ["At mine now", "at 7", "Attend\nat the back", "ate", "ATM first", "10:30 atleast"])
def test_a_text_that_begins_as_commands_do_is_a_text(body: str) -> None:
    lines = body.replace("\n", "\r\n")
    log = (
        'AT+CMGL="ALL"\r\n+CMGL: 1,"REC READ","+447700900123",,"24/07/08,12:00:05+04"\r\n'
        f'{lines}\r\n+CMGL: 2,"REC READ","+447700900123",,"24/07/08,12:01:05+04"\r\nyo\r\n\r\nOK\r\nATI\r\nNokia\r\n\r\nOK\r\n'
    )
    assert bodies_of(read_content(log)) == [body, "yo"]


def test_an_empty_text_is_an_empty_text() -> None:
    text = TextMessage(key="1", at=AT, travel=Travel.IN, peers=(PEER,), body="")
    assert bodies_of(read_content(log_text(Holding(read_at=AT, texts=(text,)), LogForm(text_mode=True)))) == [""]


@pytest.mark.parametrize(
    ("log", "body", "raw", "utc"),
    [
        (
            '+CMGR: "REC READ","+447700900123",,"07/04/05,18:02:28+08",145,4,0,0,"+447785016005",145,14\r\nMissed call.\r\nx\r\nOK\r\n',
            "Missed call.\nx",
            "07/04/05,18:02:28+08",
            "2007-04-05T16:02:28.000Z",
        ),
        ('AT+CMGR=1\n+CMGR: "STO UNSENT","+447700900123",,145,17,0,0,167,"+447785016005",145,11\nHello World\nOK\n', "Hello World", None, None),
        (
            '+CMGR: "REC UNREAD","+447700900123",,"06/05/28,18:15:41-20",145,4,0,8,"",145,4\n00480069\n\nOK\n',
            "Hi",
            "06/05/28,18:15:41-20",
            "2006-05-28T23:15:41.000Z",
        ),
        ('+CMGL: 3,"REC READ","7726",,"24/02/31,12:00:00+00"\nx\n\nOK\n', "x", "24/02/31,12:00:00+00", None),
        ('+CMGL: 3,"REC READ","7726",,"24/02/05,12:00:00"\nx\n\nOK\n', "x", "24/02/05,12:00:00", "2024-02-05T12:00:00.000Z"),
    ],
)  # fmt: skip
def test_answers_of_real_modems(log: str, body: str, raw: str | None, utc: str | None) -> None:
    result = read_content(log)
    (message,) = messages_of(result)
    assert (message.body, message.time.raw, message.time.utc) == (body, raw, utc)
    assert is_balanced(result)


@pytest.mark.parametrize(
    ("header", "centre"),
    [
        ('+CMGR: "REC UNREAD","giffgaff",,"23/12/13,18:46:00+00",208,4,0,0,"+447785016005",145,6', "+447785016005"),
        ('+CMGR: "REC UNREAD","giffgaff","23/12/13,18:46:00+00",208,4,0,0,"447785016005",145,6', "+447785016005"),
        ('+CMGR: "STO SENT","+447700900123",,145,17,0,0,167,"+447785016005",145,6', "+447785016005"),
        ('+CMT: "+447700900123",,"23/12/13,18:46:00+00",145,4,0,0,"+447785016005",145,6', "+447785016005"),
        ('+CMGR: "REC READ","+447700900123",,"23/12/13,18:46:00+00",145,4,0,0,"",145,6', None),
        ('+CMGR: "REC READ","+447700900123",,"23/12/13,18:46:00+00"', None),
        ('+CMGL: 3,"REC READ","+447700900123",,"23/12/13,18:46:00+00",145,6', None),
    ],
)
def test_details_in_text_mode_state_the_service_centre(header: str, centre: str | None) -> None:
    (message,) = messages_of(read_content(f"{header}\ntop up\n\nOK\n"))
    assert (message.body, message.smsc) == ("top up", centre)


def test_a_place_that_is_listed_and_read_with_details_is_one_fact() -> None:
    told = '"REC READ","+447700900123",,"24/02/05,12:00:00+00",145'
    answers = f'+CMGL: 3,{told},1\nx\n\nOK\nAT+CMGR=3\n+CMGR: {told},4,0,0,"+447785016005",145,1\nx\n\nOK\n'
    result = read_content(f'AT+CPMS="SM"\nOK\nAT+CMGL="ALL"\n{answers}')
    assert sorted(message.duplicate_of is not None for message in messages_of(result)) == [False, True]


def test_a_place_that_is_read_twice_is_one_fact() -> None:
    answer = '"REC READ","+447700900123",,"24/02/05,12:00:00+00"\nx\n\nOK\n'
    result = read_content(f'AT+CPMS="SM"\nOK\nAT+CMGL="ALL"\n+CMGL: 3,{answer}AT+CMGR=3\n+CMGR: {answer}')
    assert [message.duplicate_of is not None for message in messages_of(result)] == [False, True]
    assert is_balanced(result)


@pytest.mark.parametrize(
    ("answer", "name", "number", "extra"),
    [
        ('1,"+447700900123",145,"Jay"', "Jay", "+447700900123", ()),
        ('1,"447700900123",145,"Jay"', "Jay", "+447700900123", ()),
        (
            '1,,"+447700900123",145,"Mum GSM","2007/11/02,09:27"',
            "Mum GSM",
            "+447700900123",
            (("field", "2007/11/02,09:27"),),
        ),
        ('241,"60777",129,"O2 Assist",0', "O2 Assist", "60777", (("field", "0"),)),
        ('419,"07700900123",129,0052006900630068', "Rich", "07700900123", ()),
        ('5,"",129,"Only a name"', "Only a name", None, ()),
    ],
)
def test_entries_of_phone_books(answer: str, name: str, number: str | None, extra: tuple[tuple[str, str], ...]) -> None:
    (contact,) = contacts_of(read_content(f"+CPBR: {answer}\nOK\n"))
    assert (contact.name, contact.extra) == (name, extra)
    assert [one.raw for one in contact.numbers] == ([number] if number else [])


def test_what_is_not_read_is_counted_by_name() -> None:
    log = (
        'AT+CPIN?\n+CPIN: READY\n\nOK\nAT+CMGR=9\n+CMS ERROR: 321\nAT+CMGL=4\n+CMS ERROR: 302\n+CMTI: "SM",3\n'
        '+CMGL: 4,"REC READ",6,23,"+447700900123",145,"24/02/05,12:00:00+00","24/02/05,12:00:00+00",0\n\nOK\n'
        f"{log_text(PHONE)}"
    )
    result = read_content(log)
    counts = {notice.subject: notice.count for notice in result.notices if notice.code == "element_not_read"}
    assert counts == {"answer +CPIN": 1, "empty place": 1, "answer +CMTI": 1, "SMS status report": 1}
    assert codes_of(result)["command_failed"] == 1
    assert is_balanced(result)


def test_octets_that_are_broken_cost_no_other_text() -> None:
    log = log_text(PHONE)
    first = log.index("+CMGL: 1,1")
    start = log.index("\n", first) + 1
    result = read_content(log[: start + 20] + log[log.index("\r\n", start) :])
    assert bodies_of(result) == [text.body for text in TEXTS[1:]]
    assert codes_of(result)["element_unreadable"] == 1
    assert is_balanced(result)


LISTED = '+CMGL: 1,"REC READ","{}",,"24/07/08,12:00:05+04"\n{}\n\nOK\n'


@pytest.mark.parametrize(
    "number", ["447700900123", "7726", "02079460123", "+447700900123", "0037003700320036", "SunCell"]
)
def test_numbers_in_digits_are_digits_whatever_the_character_set(number: str) -> None:
    log = f'AT+CSCS="UCS2"\nOK\nAT+CMGL="ALL"\n{LISTED.format(number, "00480069")}'
    result = read_content(f'{log}AT+CPBR=1,9\n+CPBR: 1,"{number}",129,"004A00610079"\n\nOK\n')
    expected = "7726" if number.startswith("0037") else number
    (message,) = messages_of(result)
    assert message.from_party is not None
    assert (message.from_party.raw, message.body) == (expected, "Hi")
    (contact,) = contacts_of(result)
    assert (contact.name, contact.numbers[0].raw) == ("Jay", expected)


def test_a_setting_that_the_modem_refuses_does_not_hold() -> None:
    log = f'AT+CSCS="UCS2"\nERROR\nAT+CMGL="ALL"\n{LISTED.format("7726", "12345678")}'
    assert bodies_of(read_content(log)) == ["12345678"]
    log = f'AT+CPMS="SM"\nOK\nAT+CPMS="ME"\n+CMS ERROR: 302\nAT+CMGL="ALL"\n{LISTED.format("7726", "x")}'
    (message,) = messages_of(read_content(log))
    assert (message.source.locator, message.listing) == ("SM 1", "sim")


def test_a_line_like_a_setting_in_a_text_sets_nothing() -> None:
    second = LISTED.format("7726", "12345678").replace(": 1,", ": 2,")
    first = LISTED.format("7726", '+CSCS: "UCS2"').removesuffix("\nOK\n")
    assert bodies_of(read_content(f'AT+CMGL="ALL"\n{first}{second}')) == ['+CSCS: "UCS2"', "12345678"]


@pytest.mark.parametrize(
    ("character_set", "name", "body"),
    [
        ("8859-1", b"Ren\xe9", b"2 for \xa325"),
        ("PCCP437", b"Ren\x82", b"2 for \x9c25"),
        ("UTF-8", "Ren\xe9".encode(), "2 for \xa325".encode()),
        ("GSM", b"Ren\x05", b"2 for \x0125"),
    ],
)
def test_octets_are_those_of_the_character_set(character_set: str, name: bytes, body: bytes) -> None:
    front = f'AT+CSCS="{character_set}"\r\nOK\r\nAT+CMGL="ALL"\r\n+CMGL: 1,"REC READ","7726","'.encode()
    result = read_content(front + name + b'","24/07/08,12:00:05+04"\r\n' + body + b"\r\n\r\nOK\r\n")
    (message,) = messages_of(result)
    assert message.from_party is not None
    assert (message.from_party.name, message.body) == ("Ren\xe9", "2 for \xa325")
    assert codes_of(result) == {}


def test_codes_of_the_gsm_alphabet_are_told_without_a_setting_and_said() -> None:
    result = read_content(f'AT+CMGL="ALL"\n{LISTED.format("7726", chr(1) + "25 " + chr(27) + "e5 me" + chr(0) + "x")}')
    (message,) = messages_of(result)
    assert message.body == "\xa325 \u20ac5 me@x"
    assert dict(message.extra)["stored_text"] == "\x0125 \x1be5 me\0x"
    assert codes_of(result) == {"encoding_assumed": 1}


def test_texts_that_are_handed_on_as_they_come_in_are_read() -> None:
    log = (
        'AT+CNMI=2,2\nOK\n\n+CMT: "+447700900123",,"24/07/08,12:00:05+04"\nOK\n\n'
        '+CMT: "+447700900456","Jay","24/07/08,12:01:05+04",145,4,0,0,"+447785016005",145,6\n5 mins\n\nRING\n\n'
        '+CDS: 6,20,"+447700900123",145,"24/07/08,12:00:05+04","24/07/08,12:00:05+04",0\n'
        '+CMT: "SunCell",,"24/07/08,12:02:05+04"\na\n\nb\n\n+CMTI: "SM",3\n'
    )
    result = read_content(log)
    found = messages_of(result)
    assert [message.body for message in found] == ["OK", "5 mins", "a\n\nb"]
    assert {(message.direction.value, message.direction_basis, message.status) for message in found} == {
        ("incoming", "message_type", None)
    }
    assert [message.time.utc for message in found] == [f"2024-07-08T11:0{minute}:05.000Z" for minute in (0, 1, 2)]
    assert codes_of(result) == {"element_not_read": 3}
    assert result.state == "complete"


def test_an_answer_that_came_unasked_is_no_text() -> None:
    log = f'AT+CMGL="ALL"\n{LISTED.format("7726", "u about")}'.replace("\n\nOK", '\n\n+CMTI: "SM",5\n\nOK')
    result = read_content(log)
    assert bodies_of(result) == ["u about"]
    assert codes_of(result) == {"element_not_read": 1}


@pytest.mark.parametrize("behind", ['+CMTI: "SM",2', "=~=~=~=~=~= PuTTY log 2024.05.14 10:00:00 =~=~=~=~=~="])
def test_a_result_before_what_nobody_asked_for_is_no_text(behind: str) -> None:
    log = f'AT+CMGL="ALL"\n{LISTED.format("7726", "u about")}{behind}\n'
    for more in ("", f'AT+CMGL="ALL"\n{LISTED.format("7726", "yo")}'):
        result = read_content(log + more)
        assert [message.body for message in messages_of(result)][:1] == ["u about"]
        assert "input_truncated" not in codes_of(result)


def test_a_name_that_is_left_out_costs_no_time() -> None:
    result = read_content('AT+CMGL="ALL"\n+CMGL: 1,"REC READ","7726","24/07/08,12:00:05+04"\nx\n\nOK\n')
    (message,) = messages_of(result)
    assert message.from_party is not None
    assert (message.from_party.name, message.time.utc) == (None, "2024-07-08T11:00:05.000Z")


def test_a_status_in_other_words_is_a_status() -> None:
    log = 'AT+CMGL="ALL"\n+CMGL: 1,"REC READ","7726",,"24/07/08,12:00:05+04"\nhi\n+CMGL: 2,"STO DRAFT","",,\nx\n\nOK\n'
    assert [(message.body, message.status) for message in messages_of(read_content(log))] == [
        ("hi", "REC READ"),
        ("x", "STO DRAFT"),
    ]


@pytest.mark.parametrize(
    ("mark", "is_on_texts"),
    [
        ("[2024-07-08 12:00:00] ", True),
        ("[12:00:00] ", False),
        ("2024-07-08 12:00:00.123 RX: ", True),
        ("12:00:00 ", True),
        ("< ", True),
        ("[12:00:00] < ", True),
    ],
)
@pytest.mark.parametrize("body", ["u about", "[lol] u about\n> yes", "5 mins\n\n12 quid", "OK"])
def test_what_a_terminal_puts_before_a_line_is_no_text(mark: str, body: str, *, is_on_texts: bool) -> None:
    lines = f'AT+CMGF=1\nOK\nAT+CMGL="ALL"\n{LISTED.format("7726", body)}AT\nOK\n'.splitlines()
    typed = {*body.split("\n"), ""} if not is_on_texts else set()
    content = "".join(f"{line}\n" if line in typed else f"{mark}{line}\n" for line in lines)
    result = read_content(content)
    assert bodies_of(result) == [body]
    assert codes_of(result) == {}


def test_octets_that_a_terminal_has_cut_are_put_together() -> None:
    log = log_text(PHONE)
    start = log.index("\n", log.index("+CMGL: 1,1")) + 1
    for place in (2, 41, 50):
        result = read_content(log[: start + place] + "\r\n" + log[start + place :])
        assert bodies_of(result) == [text.body for text in TEXTS]
        assert "element_unreadable" not in codes_of(result)


def test_digits_that_nobody_asked_for_are_an_imei_by_their_check_digit_alone() -> None:
    entry = '+CPBR: 1,"7726",129,"x"\n\nOK\n'
    assert [device.imei for device in devices_of(f"{entry}490154203237518\n\nOK\n")] == [("490154203237518",)]
    assert devices_of(f"{entry}262011234567890\n\nOK\n") == []
    (asked,) = devices_of(f"AT+CGMM\n105\nOK\n490154203237518\nOK\nAT+CGSN\n490154203237519\nOK\n{entry}")
    assert (asked.model, asked.imei) == ("105", ("490154203237518", "490154203237519"))


def devices_of(log: str) -> list[Device]:
    return [record for record in others_of(read_content(log)) if isinstance(record, Device)]


def test_a_line_behind_the_end_of_a_log_does_not_cut_it_off() -> None:
    result = read_content(f"{log_text(PHONE)}=== log closed ===\n")
    assert (codes_of(result).get("input_truncated"), result.state) == (None, "complete")


def test_octets_that_end_inside_their_text_are_read_as_far_as_they_go() -> None:
    log = log_text(PHONE)
    start = log.index("\n", log.index("+CMGL: 1,1")) + 1
    end = log.index("\n", start)
    octets = log[start:end].rstrip()
    result = read_content(log[: start + len(octets) - 4] + log[end:])
    (cut,) = (message for message in messages_of(result) if "truncated" in message.body_notices)
    assert cut.body
    (whole,) = (text.body for text in TEXTS if text.body and text.body.startswith(cut.body))
    left = [message.body for message in messages_of(result) if message is not cut]
    assert sorted([*left, whole], key=str) == sorted([text.body for text in TEXTS], key=str)
    assert codes_of(result)["body_truncated"] == 1


def test_a_log_that_ends_in_zeros_was_not_copied_whole() -> None:
    result = read_content(log_text(PHONE) + "\0" * 5000)
    assert len(messages_of(result)) == len(TEXTS)
    assert codes_of(result)["input_truncated"] == 1


def test_a_log_that_is_cut_off_says_so() -> None:
    log = log_text(PHONE, LogForm(text_mode=True))
    result = read_content(log[: log.index("lines") + 3])
    assert bodies_of(result)[-1] == "two\n\nlin"
    assert messages_of(result)[-1].body_notices == ("end_unmarked",)
    assert codes_of(result)["input_truncated"] == 1
    assert result.state == "partial"


def test_digits_that_somebody_typed_are_digits() -> None:
    for body in ("12345678", "07700900", "DEADBEEF", "00440045"):
        text = TextMessage(key="1", at=AT, travel=Travel.IN, peers=(PEER,), body=body)
        holding = Holding(read_at=AT, texts=(text,))
        assert bodies_of(read_content(log_text(holding, FORMS["text"]))) == [body]
    assert bodies_of(read_content(log_text(holding, LogForm(text_mode=True)))) == ["DE"]
    assert codes_of(read_content(log_text(holding, LogForm(text_mode=True))))["hex_read_as_text"] == 1


@pytest.mark.parametrize("content", ["hello\nOK\n", "AT the station\nATM\n", "+CREG: 0,1\nOK\n"])
def test_what_is_no_log_is_not_claimed(content: str) -> None:
    with pytest.raises(InputRefused):
        claim_on(content)


@FEW
@given(st.lists(st.text(max_size=40), max_size=6), st.sampled_from(["pdu", "text"]))
def test_any_lines_in_a_log_are_records_or_notices(lines: list[str], form: str) -> None:
    log = log_text(PHONE, FORMS[form])
    place = log.index("OK\r\n", len(log) // 2)
    result = read_content(
        (log[:place] + "".join(f"{line}\r\n" for line in lines) + log[place:]).encode("utf-8", "replace")
    )
    assert is_balanced(result)
    assert "reader_failed" not in codes_of(result)
    assert bodies_of(result)[0] == "u about"


@FEW
@given(
    st.lists(
        st.sampled_from(
            [
                "OK",
                "+CMGL: 1,1,,20",
                '+CMGL: 2,"REC READ","1"',
                "AT+CMGR=1",
                "+CPBR: ",
                "+CPBR: x,",
                "",
                "x",
                "0791",
                "+CMGR:",
                '+CMGL: "',
                "+CNUM:",
                "+CCLK: ",
                "+CMS ERROR: 1",
                "+CMGR: 1,,",
            ]
        ),
        max_size=30,
    )
)
def test_any_order_of_pieces_is_read(lines: list[str]) -> None:  # fmt: skip
    result = read_content("\n".join(['+CMGL: 1,"REC READ","1"', "x", *lines]))
    assert is_balanced(result)
    assert "reader_failed" not in codes_of(result)
    assert AT.astimezone(UTC).hour == 11


OCTETS_ANSWER = "+CMGL: 1,1,,25\r\n0791447758100650040C9144770009109000083290318190004006007900650073\r\n"


@pytest.mark.parametrize("begun", ["+", "+C", "+CMGL", "+CPBR"])
@pytest.mark.parametrize("front", [OCTETS_ANSWER, '+CMGL: 1,"REC READ","7726",,"24/07/08,12:00:05+04"\r\nyes\r\n\r\n'])
def test_a_log_that_ends_inside_the_name_of_an_answer_is_cut_off(front: str, begun: str) -> None:
    result = read_content(front + begun)
    assert len(messages_of(result)) == 1
    assert codes_of(result)["input_truncated"] == 1
    assert result.state == "partial"
    assert "input_truncated" not in codes_of(read_content(front + begun + "\r\n"))


@pytest.mark.parametrize("text", ["+", "yes", "see\n+44"])
def test_a_log_that_merely_lacks_its_last_line_end_is_not_cut_off(text: str) -> None:
    listed = '+CMGL: 1,"REC READ","7726",,"24/07/08,12:00:05+04"\n'
    for content in (listed + text, OCTETS_ANSWER.rstrip()):
        assert "input_truncated" not in codes_of(read_content(content))


@pytest.mark.parametrize("header", ["+CM\ufffdw: 2,1,,42", "+C\x07GL: 2,1,,42", "lost", ""])
@pytest.mark.parametrize("form", [LogForm(), LogForm(has_echo=False)])
def test_octets_whose_answer_is_damaged_are_read_by_themselves(header: str, form: LogForm) -> None:
    lines = log_text(PHONE, form).split("\r\n")
    second = [place for place, line in enumerate(lines) if line.startswith("+CMGL:")][1]
    lines[second] = header
    result = read_content("\r\n".join(lines), "log.txt")
    assert bodies_of(result) == [text.body for text in TEXTS]
    assert codes_of(result)["message_unbegun"] == 1
    assert is_balanced(result)


def test_octets_of_which_more_is_damaged_are_a_message_that_is_lost() -> None:
    lines = log_text(PHONE).split("\r\n")
    second = [place for place, line in enumerate(lines) if line.startswith("+CMGL:")][1]
    lines[second : second + 2] = ["+CM\ufffd" + lines[second + 1][9:]]
    result = read_content("\r\n".join(lines), "log.txt")
    assert bodies_of(result) == [text.body for text in TEXTS if text.key != "2"]
    assert codes_of(result)["element_unreadable"] == 1
    assert is_balanced(result)


@pytest.mark.parametrize("size", [512, 2048])
def test_a_block_of_zeros_costs_what_stood_there(size: int) -> None:
    texts = tuple(TextMessage(key=str(n), at=AT, travel=Travel.IN, peers=(PEER,), body=f"text {n}") for n in range(40))
    content = log_text(Holding(handset=PHONE.handset, read_at=AT, texts=texts)).encode()
    result = read_content(content[:900] + bytes(size) + content[900 + size :], "log.txt")
    assert 40 - size // 60 <= len(bodies_of(result)) < 40
    assert codes_of(result)["block_lost"] == 1
    assert result.state == "partial"
    assert is_balanced(result)


def test_both_identities_of_a_handset_for_two_cards_are_its_own() -> None:
    first, second = "490154203237518", "490154203237526"
    entry = '+CPBR: 1,"7726",129,"x"\n\nOK\n'
    (device,) = devices_of(f"ATI\nManufacturer: Samsung\nIMEI: {first}\nIMEI2: {second}\n\nOK\n{entry}")
    assert device.imei == (first, second)
