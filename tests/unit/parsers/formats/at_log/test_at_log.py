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
