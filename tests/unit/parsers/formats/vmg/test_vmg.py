"""vMessages: what each writer puts in is read, whatever is typed into a text; what is broken is named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.demo.truth import Peer, TextMessage, Travel
from ingest.demo.writers.damage import marked_encrypted
from ingest.demo.writers.vmg import VmgStyle, messages, write_message_files, write_messages
from parsers.contract import Limits, Sidecar
from parsers.errors import InputRefused
from parsers.formats.vmg.envelopes import EnvelopeCutter
from parsers.outcome import ReadState
from parsers.records.facts import Direction, Message
from parsers.records.values import ClockBasis
from tests.fakes.deliveries import (
    FEW,
    bodies_of,
    claim_on,
    codes_of,
    is_balanced,
    messages_of,
    read_content,
    read_path,
)
from tests.fakes.golden import golden_reading
from tests.unit.parsers.formats.handset_case import SUMMER, TEXTS, WINTER

STYLES = list(VmgStyle)
DIRECTIONS = {Travel.IN: Direction.INCOMING, Travel.OUT: Direction.OUTGOING, Travel.DRAFT: Direction.DRAFT}
GROUP = TextMessage(
    key="9",
    at=SUMMER,
    travel=Travel.OUT,
    peers=(Peer("07700 900123", "+447700900123", "Zaro"), Peer("07700 900456", "+447700900456", "Jay")),
    body="both on\n\nbell me",
)


def vmsg(*lines: str, card: str = "07700900123", body: str = "u about") -> str:
    held = [*lines, "BEGIN:VCARD", f"TEL:{card}", "END:VCARD"] if card else list(lines)
    return "\r\n".join(
        ["BEGIN:VMSG", "VERSION:1.1", *held, "BEGIN:VENV", "BEGIN:VBODY", body, "END:VBODY", "END:VENV", "END:VMSG", ""]
    )


def only(content: str | bytes) -> Message:
    (message,) = messages_of(read_content(content, "a.vmg"))
    return message


def test_a_body_that_begins_with_properties_is_not_taken_for_a_nokias_by_its_box() -> None:
    coded = "Subject;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:hi=20there"
    body = f"X-BOX:INBOX\r\nX-READ:READ\r\nX-TYPE:SMS\r\nDate:2024/07/16 08:05:30 GMT\r\n{coded}"
    message = only(vmsg("X-IRMC-BOX:INBOX", body=body))
    assert (message.body, message.time.utc) == ("hi there", "2024-07-16T08:05:30.000Z")
    typed = only(vmsg("X-IRMC-BOX:INBOX", body="Date:16.07.2024 08:05:30\r\nX-RAY:ring me"))
    assert typed.body == "X-RAY:ring me"


@pytest.mark.parametrize("style", STYLES)
def test_what_was_written_is_read(tmp_path: Path, style: VmgStyle) -> None:
    texts = (*TEXTS, GROUP)
    result = read_path(write_messages(tmp_path / "a.vmg", texts, style))
    found = messages_of(result)
    assert bodies_of(result) == [text.body for text in texts]
    assert [message.direction for message in found] == [DIRECTIONS[text.travel] for text in texts]
    for message, text in zip(found, texts, strict=True):
        parties = (message.from_party,) if text.travel is Travel.IN else message.to
        assert [party.raw for party in parties if party is not None] == [peer.written for peer in text.peers]
        assert message.time.utc == (None if text.at is None else f"{text.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000Z")
    assert found[-1].to[0].e164 == "+447700900123"
    assert set(codes_of(result)) <= {"zone_assumed"}
    assert is_balanced(result)
    assert result.state is ReadState.COMPLETE


def test_a_time_with_the_digits_of_the_local_one_is_not_taken_for_utc() -> None:
    winter, summer = messages_of(read_content(messages([TEXTS[0], TEXTS[2]], VmgStyle.NOKIA_UTF8), "a.vmg"))
    assert (TEXTS[0].at, TEXTS[2].at) == (WINTER, SUMMER)
    assert winter.time.basis is ClockBasis.DEVICE_LOCAL
    assert dict(winter.extra)["X-NOK-DT"] == "20240205T183005Z"
    assert summer.time.basis is ClockBasis.STATED_UTC
    assert dict(summer.extra)["Date"] == "08.07.2024 09:15:30"
    same = only(vmsg("X-NOK-DT:20240708T091530Z", body="Date:08.07.2024 09:15:30\r\nu about"))
    assert (same.time.utc, same.time.raw) == ("2024-07-08T08:15:30.000Z", "08.07.2024 09:15:30")


@pytest.mark.parametrize(
    ("date", "utc"),
    [
        ("08.07.2024 09:15:30", "2024-07-08T08:15:30.000Z"),
        ("08.07.2024 09:15", "2024-07-08T08:15:00.000Z"),
        ("2024-07-08 09:15:30", "2024-07-08T08:15:30.000Z"),
        ("8.7.24 9:15:30", "2024-07-08T08:15:30.000Z"),
        ("08.07.2024 10:15:30", "2024-07-08T09:15:30.000Z"),
    ],
)
def test_digits_are_the_same_however_the_date_is_written(date: str, utc: str) -> None:
    message = only(vmsg("X-NOK-DT:20240708T091530Z", body=f"Date:{date}\r\nu about"))
    assert message.time.utc == utc
    assert (message.time.basis is ClockBasis.STATED_UTC) == ("10:15" in date)


@pytest.mark.parametrize(
    ("marked", "date", "utc"),
    [
        ("20240110T143058Z", "10-01-2024 14:30:58", "2024-01-10T14:30:58.000Z"),
        ("20241001T143058Z", "10/01/2024 14:30:58", "2024-10-01T13:30:58.000Z"),
        ("20240710T143058Z", "10/7/24, 14:30", "2024-07-10T13:30:00.000Z"),
        ("20240110T143058Z", "10-01-2024 14:30:58 GMT", "2024-01-10T14:30:58.000Z"),
        ("20240113T143058Z", "13-01-2024 14:30:58", "2024-01-13T14:30:58.000Z"),
    ],
)
@pytest.mark.parametrize("order", [None, "month_first"])
def test_a_mark_with_the_digits_of_the_date_tells_its_day_from_its_month(
    marked: str, date: str, utc: str, order: str | None
) -> None:
    content = vmsg(f"X-NOK-DT:{marked}", body=f"Date:{date}\r\nu about")
    result = read_content(content, "a.vmg", sidecar=Sidecar(date_order=order))
    (message,) = messages_of(result)
    assert (message.time.raw, message.time.utc) == (date, utc)
    assert dict(message.extra)["X-NOK-DT"] == marked
    assert set(codes_of(result)) <= {"zone_assumed"}


def test_a_mark_of_another_day_tells_no_order() -> None:
    message = only(vmsg("X-NOK-DT:20120110T143058Z", body="Date:12-01-10 14:30:58\r\nu about"))
    assert (message.time.raw, message.time.utc) == ("12-01-10 14:30:58", None)


def test_what_a_card_says_beside_a_number_is_kept() -> None:
    message = only(vmsg("X-MESSAGE-TYPE:DELIVER", card="07700900123\r\nTEL;HOME:02079460123\r\nEMAIL:j@example.org"))
    assert message.from_party is not None
    assert (message.from_party.raw, message.extra) == (
        "07700900123",
        (("TEL", "02079460123"), ("EMAIL", "j@example.org")),
    )
    mailed = only(vmsg("X-MESSAGE-TYPE:DELIVER", card="\r\nEMAIL:jay@example.org"))
    assert mailed.from_party is not None
    assert (mailed.from_party.raw, mailed.from_party.e164) == ("jay@example.org", None)


def test_a_card_without_a_usual_address_is_not_lost() -> None:
    content = vmsg("X-IRMC-BOX:INBOX")
    named = only(content.replace("TEL:", "FROMTEL:"))
    assert named.from_party is not None
    assert (named.from_party.e164, named.extra) == ("+447700900123", ())
    unnamed = only(content.replace("TEL:", "X-CALLSIGN:"))
    assert (unnamed.from_party, unnamed.extra) == (None, (("X-CALLSIGN", "07700900123"),))
    assert only(content.replace("TEL:07700900123", "TEL: ")).extra == ()


@pytest.mark.parametrize(
    ("line", "utc"),
    [
        ("Date:2014/06/29 09:38:53 GMT", "2014-06-29T09:38:53.000Z"),
        ("Date:1451393917000", "2015-12-29T12:58:37.000Z"),
        ("Date 1451393917000", "2015-12-29T12:58:37.000Z"),
        ("Date:1451393917", "2015-12-29T12:58:37.000Z"),
        ("Date:20240708091530", "2024-07-08T08:15:30.000Z"),
        ("Date:202407080915", "2024-07-08T08:15:00.000Z"),
        ("Date:20240708T091530Z", "2024-07-08T09:15:30.000Z"),
        ("Date:2012.3.4.5.6.7", "2012-03-04T05:06:07.000Z"),
        ("Date:03.09.2007 17:56:00", "2007-09-03T16:56:00.000Z"),
        ("Date:soon", None),
    ],
)
def test_dates_of_bodies(line: str, utc: str | None) -> None:
    message = only(vmsg(body=f"{line}\r\nu about"))
    assert (message.time.utc, message.body) == (utc, "u about")


@pytest.mark.parametrize(
    ("lines", "direction", "basis"),
    [
        (["X-MESSAGE-TYPE:DELIVER"], Direction.INCOMING, "message_type"),
        (["X-MESSAGE-TYPE:SUBMIT", "X-IRMC-BOX:MY FOLDERS"], Direction.OUTGOING, "message_type"),
        (["X-IRMC-BOX:INBOX"], Direction.INCOMING, "folder"),
        (["x-irmc-box:Sentbox"], Direction.OUTGOING, "folder"),
        (["X-MESSAGE-TYPE:SUBMIT", "X-IRMC-BOX:DRAFT"], Direction.DRAFT, "folder"),
        (["X-MESSAGE-TYPE:SUBMIT", "X-IRMC-STATUS:DRAFT"], Direction.DRAFT, "status"),
        (["X-MESSAGE-TYPE:DELIVER", "X-IRMC-BOX:SENT"], Direction.UNKNOWN, None),
        ([], Direction.UNKNOWN, None),
    ],
)
def test_directions(lines: list[str], direction: Direction, basis: str | None) -> None:
    message = only(vmsg(*lines))
    assert (message.direction, message.direction_basis) == (direction, basis)
    if direction is Direction.UNKNOWN and lines:
        assert dict(message.extra)["X-MESSAGE-TYPE"] == "DELIVER"
        assert message.folder == "SENT"


def test_blanks_around_a_number_are_kept() -> None:
    party = only(vmsg("X-IRMC-BOX:INBOX", card=" 07700 900123 ")).from_party
    assert party is not None
    assert (party.raw, party.e164, party.name) == (" 07700 900123 ", "+447700900123", None)


def test_files_of_a_message_each_are_one_extraction(tmp_path: Path) -> None:
    folder = write_message_files(tmp_path / "HW7", TEXTS)
    result = read_path(folder)
    assert sorted(filter(None, bodies_of(result))) == sorted(filter(None, (text.body for text in TEXTS)))
    assert len(result.parts) == 1
    assert {message.source.member for message in messages_of(result)} == {f"{text.key}.vmg" for text in TEXTS}
    with ZipFile(tmp_path / "HW7.zip", "w") as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, f"SMS/{path.name}")
    assert bodies_of(read_path(tmp_path / "HW7.zip")) == bodies_of(result)


def test_files_of_two_folders_are_two_extractions(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "drop.zip", "w") as archive:
        for exhibit in ("HW7", "HW8"):
            for text in TEXTS[:2]:
                archive.writestr(f"{exhibit}/{text.key}.vmg", messages([text]))
    result = read_path(tmp_path / "drop.zip")
    assert [part.member for part in result.parts] == ["HW7", "HW8"]
    assert len(messages_of(result)) == 4


def test_lines_of_the_form_in_a_text_are_text() -> None:
    typed = "END:VBODY\nEND:VCARD\nTEL:07700900999\nBEGIN:VCARD\nX-MESSAGE-TYPE:SUBMIT\nEND:VMS"
    result = read_content(
        vmsg("X-NOK-DT:20240708T091530Z", "X-MESSAGE-TYPE:DELIVER", body=typed.replace("\n", "\r\n")), "a.vmg"
    )
    (message,) = messages_of(result)
    assert message.body == typed
    assert message.direction is Direction.INCOMING
    assert codes_of(result)["structure_in_text"] == 1


@pytest.mark.parametrize("typed", ["To: mum", "X-RATED: yes", "Subject: rent", "TEXT: me", " \tDate:x", "\nlate"])
def test_a_text_that_looks_like_a_property_is_text(typed: str) -> None:
    assert only(vmsg("X-IRMC-BOX:INBOX", body=typed)).body == typed
    dated = TextMessage(key="1", at=SUMMER, travel=Travel.IN, peers=(Peer("60777"),), body=typed)
    for style in STYLES:
        assert only(messages([dated], style)).body == typed


@pytest.mark.parametrize("style", STYLES)
def test_a_message_without_its_end_costs_no_other(style: VmgStyle) -> None:
    encoding = "utf-16-le" if style is VmgStyle.NOKIA else "utf-8"
    whole = messages(TEXTS[:3], style).decode(encoding)
    first_end = whole.index("END:VMSG")
    result = read_content((whole[:first_end] + whole[first_end + 10 :]).encode(encoding), "a.vmg")
    assert bodies_of(result) == [text.body for text in TEXTS[:3]]
    assert codes_of(result)["message_unended"] == 1
    cut = read_content(whole[: whole.rindex("END:VBODY")].encode(encoding), "a.vmg")
    assert bodies_of(cut)[:2] == [text.body for text in TEXTS[:2]]
    assert codes_of(cut)["input_truncated"] == 1
    assert cut.state is ReadState.PARTIAL


@pytest.mark.parametrize("left", ["B", "BEGIN:VM", "begin:vms"])
def test_a_file_that_ends_in_the_beginning_of_a_message_was_cut_off(left: str) -> None:
    result = read_content(f"{vmsg()}{left}", "a.vmg")
    assert bodies_of(result) == ["u about"]
    assert codes_of(result) == {"element_not_read": 1, "input_truncated": 1}
    assert result.state is ReadState.PARTIAL
    assert codes_of(read_content(f"{vmsg()}begun", "a.vmg")) == {"element_not_read": 1, "end_unmarked": 1}


@pytest.mark.parametrize("content", ["B", "noise\r\n", ""])
def test_a_folder_of_files_that_are_only_called_so_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "HW7").mkdir()
    (tmp_path / "HW7" / "1.vmg").write_text(content, encoding="utf-8")
    with pytest.raises(InputRefused) as refused:
        read_path(tmp_path / "HW7")
    assert refused.value.code == "format_unknown"
    (tmp_path / "HW7" / "2.vmg").write_text(vmsg(), encoding="utf-8")
    assert bodies_of(read_path(tmp_path / "HW7")) == ["u about"]


def test_an_archive_of_files_that_cannot_be_opened_says_why(tmp_path: Path) -> None:
    path = tmp_path / "HW7.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("1.vmg", vmsg())
    path.write_bytes(marked_encrypted(path.read_bytes()))
    with pytest.raises(InputRefused) as refused:
        read_path(path)
    assert refused.value.code == "input_protected"


def test_what_is_no_message_is_counted() -> None:
    content = "noise\r\nBEGIN:VMSG\r\nVERSION:1.1\r\nEND:VMSG\r\n" + vmsg("no property at all")
    result = read_content(content, "a.vmg")
    assert bodies_of(result) == ["u about"]
    assert codes_of(result) == {"element_unreadable": 2, "element_not_read": 1}
    assert is_balanced(result)
    large = read_content(vmsg(body="a" * 500) + vmsg(), "a.vmg", limits=Limits(text_chars=300))
    assert bodies_of(large) == ["u about"]
    assert codes_of(large) == {"element_unreadable": 1}


@pytest.mark.parametrize("most_bytes", [40, 10_000])
def test_lines_in_no_message_are_all_counted_however_many_they_are(most_bytes: int) -> None:
    lines = [b"noise %d" % place for place in range(500)]
    cutter = EnvelopeCutter(most_bytes)
    assert list(cutter.envelopes([[*lines[:300], b"END:VENV", *lines[300:]]])) == []
    assert cutter.outside._count == 501


def test_octets_that_are_no_text_are_replaced_and_counted() -> None:
    result = read_content(vmsg(body="a\0b").encode().replace(b"\0", b"\xff"), "a.vmg")
    assert bodies_of(result) == ["a\ufffdb"]
    assert codes_of(result)["characters_replaced"] == 1
    coded = only(vmsg(body="TEXT;ENCODING=QUOTED-PRINTABLE;CHARSET=GBK:=C4=E3=BA=C3"))
    assert coded.body == "\u4f60\u597d"


QP = "Subject;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:"
B64 = "CHARSET=UTF-8;ENCODING=BASE64:"


@pytest.mark.parametrize(
    ("stored", "body"),
    [
        (f"Subject;{B64}b24gbm93", "on now"),
        (f"TEXT;{B64}b24g\r\n bm93", "on now"),
        (f"TEXT;{B64}b24g\r\nbm93\r\n", "on now"),
        (f"TEXT;{B64}not octets", f"TEXT;{B64}not octets"),
        (f"{QP}on=20now", "on now"),
        (f"{QP}on=\r\n now", "on now"),
        (f"{QP}on=0Anow\r\nbell me\r\nNote: till 5", "on\nnow\nbell me\nNote: till 5"),
        (f"{QP}on now\r\nX-BOX:INBOX", "on now"),
        ("Subject:on now", "on now"),
        ("Subject: on now\r\nbell me", "Subject: on now\nbell me"),
        ("Subject: on now\r\nSubject: bell me", "Subject: on now\nSubject: bell me"),
        ("TEXT:on now\r\nX-BOX:INBOX", "on now"),
        ("Date: tomorrow at 5\r\nbell me", "Date: tomorrow at 5\nbell me"),
    ],
)
def test_nothing_that_was_typed_is_lost_beside_a_property(stored: str, body: str) -> None:
    found = only(vmsg(body=f"Date:2023/07/13 18:45:00\r\n{stored}"))
    assert (found.body, found.time.utc) == (body, "2023-07-13T17:45:00.000Z")


def test_the_zone_of_the_sidecar_holds() -> None:
    content = vmsg(body="Date:08.07.2024 09:15:30\r\nu about")
    result = read_content(content, "a.vmg", sidecar=Sidecar(time_zone="Europe/Warsaw"))
    assert messages_of(result)[0].time.utc == "2024-07-08T07:15:30.000Z"


def test_it_is_told_by_its_first_line_and_is_no_address_book() -> None:
    for style in STYLES:
        parser, claim = claim_on(messages(TEXTS, style), "drop.txt")
        assert (parser.name, claim.score) == ("vmg", 95)
    assert claim_on("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jay\r\nEND:VCARD\r\n")[0].name == "vcard"


@pytest.mark.parametrize("name", ["nokia.vmg", "android.vmg"])
def test_the_samples(name: str) -> None:
    assert bodies_of(golden_reading(f"vmg/{name}")) == [text.body for text in (*TEXTS, GROUP)]


BODIES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs",), exclude_characters="\r\0\ufeff"), max_size=200
).filter(lambda body: "VMSG" not in body.upper() and "VBODY" not in body.upper())


@given(
    bodies=st.lists(BODIES, min_size=1, max_size=5),
    travel=st.sampled_from(list(Travel)),
    style=st.sampled_from(STYLES),
    minutes=st.integers(0, 10_000_000),
)
@FEW
def test_whatever_is_typed_comes_out(bodies: list[str], travel: Travel, style: VmgStyle, minutes: int) -> None:
    at = datetime(2006, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    peer = Peer("+447700900123", "+447700900123")
    texts = [
        TextMessage(key=str(place), at=at, travel=travel, peers=(peer,), body=body) for place, body in enumerate(bodies)
    ]
    result = read_content(messages(texts, style), "a.vmg")
    assert bodies_of(result) == bodies
    assert is_balanced(result)


@given(
    content=st.lists(
        st.sampled_from(messages((*TEXTS, GROUP), VmgStyle.NOKIA_UTF8).split(b"\r\n"))
        | st.sampled_from([b"BEGIN:VMSG", b"END:VMSG", b"BEGIN:VBODY", b"END:VBODY", b"BEGIN:VENV", b"END:VCARD"])
        | st.binary(max_size=30).map(lambda octets: octets.replace(bytes(1), b"")),
        max_size=60,
    ),
    is_wide=st.booleans(),
)
@FEW
def test_lines_in_any_order_give_messages_or_notices(content: list[bytes], *, is_wide: bool) -> None:
    raw = b"BEGIN:VMSG\r\nVERSION:1.1\r\nX-MESSAGE-TYPE:DELIVER\r\n" + b"\r\n".join(content)
    result = read_content(raw.decode("latin-1").encode("utf-16-le") if is_wide else raw, "a.vmg")
    assert is_balanced(result)
    assert "reader_failed" not in codes_of(result)


@pytest.mark.parametrize("begin", ["BE\x07IN:VMSG", "BEGIN:\xffVM", "lost"])
def test_a_message_whose_begin_is_damaged_is_read_and_named(begin: str) -> None:
    broken = vmsg(body="two").replace("BEGIN:VMSG", begin, 1)
    result = read_content(vmsg(body="one") + broken + vmsg(body="three"), "a.vmg")
    assert bodies_of(result) == ["one", "two", "three"]
    assert codes_of(result)["message_unbegun"] == 1
    assert is_balanced(result)


def nokia(body: str) -> str:
    return vmsg("X-IRMC-BOX:INBOX", "X-NOK-DT:20240708T091530Z", body=f"Date:08.07.2024 10:15:30{body}")


@pytest.mark.parametrize("body", ["u about", " u about", "5 mins", "two\r\nlines", "at 12:30"])
def test_a_text_on_the_line_of_its_date_is_the_text(body: str) -> None:
    result = read_content(nokia(f"\r\n{body}") + nokia(body), "a.vmg")
    one, other = messages_of(result)
    assert (other.body, other.time) == (one.body, one.time)
    assert codes_of(result)["markup_broken"] == 1


@pytest.mark.parametrize("behind", ["", " ", " AM", "Z", "+01:00", " GMT"])
def test_what_belongs_to_a_date_is_no_text(behind: str) -> None:
    result = read_content(nokia(f"{behind}\r\nu about"), "a.vmg")
    assert bodies_of(result) == ["u about"]
    assert "markup_broken" not in codes_of(result)


@pytest.mark.parametrize("lost", ["END:VMSG", "END:VBODY", "END:VENV", "END:VBODY\r\nEND:VENV\r\nEND:VMSG"])
def test_messages_whose_line_ends_are_lost_are_each_one(lost: str) -> None:
    messages = [vmsg(body=body) for body in ("one", "two", "three")]
    messages[1] = messages[1].replace(f"{lost}\r\n", lost.replace("\r\n", ""))
    result = read_content("".join(messages), "a.vmg")
    assert bodies_of(result) == ["one", "two", "three"]
    assert codes_of(result)["markup_broken"] == 1
    assert is_balanced(result)


@pytest.mark.parametrize("page", ["cp1252", "utf-8"])
def test_a_file_in_a_page_of_windows_is_read_in_it(page: str) -> None:
    result = read_content(vmsg(body="caf\u00e9 \u00a320 \u20ac5").encode(page), "1.vmg")
    (message,) = (each for each in result.records if isinstance(each, Message))
    assert (message.body or "").endswith("caf\u00e9 \u00a320 \u20ac5")
    assert [each.subject for each in result.notices if each.code == "encoding_assumed"] == (
        ["Windows-1252"] if page == "cp1252" else []
    )


@pytest.mark.parametrize("odd", [b"caf\xc3\xa9 \xa320", b"\x81\xa320", b"caf\xe9\x01"])
def test_damage_is_no_page(odd: bytes) -> None:
    result = read_content(vmsg(body="WORDS").encode().replace(b"WORDS", odd), "1.vmg")
    assert "encoding_assumed" not in {each.code for each in result.notices}
