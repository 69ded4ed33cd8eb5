"""What the tools' scripts of 2020 to 2023 wrote: UTC without saying so, Python's words, markup of pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.demo.writers.container import members_below, write_archive
from parsers.contract import EMPTY_SIDECAR, Sidecar
from parsers.formats.leapp import message_rows
from parsers.formats.leapp.claims import claim_on
from parsers.identification import head_of
from parsers.records.facts import Call, Contact
from parsers.records.values import Attachment
from tests.unit.parsers.formats.leapp.test_known_columns import AT, JAY, ME, lava, messages, tsv
from tests.unit.parsers.made_deliveries import codes_of, of_kind, read_path

SUMMER = "2023-07-13 17:45:00"
TEXTS = ("Date", "Type", "Address", "Body")


@pytest.mark.parametrize(
    ("sidecar", "utc"),
    [
        (EMPTY_SIDECAR, "2023-07-13T17:45:00.000Z"),
        (Sidecar(time_zone="Europe/London"), "2023-07-13T16:45:00.000Z"),
    ],
)
def test_times_without_a_zone_are_utc_unless_the_sidecar_states_one(tmp_path: Path, sidecar: Sidecar, utc: str) -> None:
    result = read_path(tsv(tmp_path, "sms messages", TEXTS, [[SUMMER, "Received", JAY, "x"]]), sidecar=sidecar)
    (found,) = messages(result)
    assert (found.time.raw, found.time.utc, found.time.basis) == (SUMMER, utc, "assumed_zone")
    assert codes_of(result)["zone_assumed"] == 1


def test_an_output_that_is_described_is_of_scripts_that_state_the_zone(tmp_path: Path) -> None:
    result = read_path(lava(tmp_path, "SMS messages", TEXTS, [[SUMMER, "Received", JAY, "x"]], None))
    assert messages(result)[0].time.utc == "2023-07-13T16:45:00.000Z"


def test_the_name_beside_both_sides_of_a_call_is_the_others(tmp_path: Path) -> None:
    head = ("from_id", "to_id", "start_date", "end_date", "direction", "name")
    rows = [
        [JAY, "None", SUMMER, SUMMER, "Incoming", "Jay"],
        ["None", JAY, SUMMER, SUMMER, "Outgoing", "Jay"],
        [JAY, ME, SUMMER, SUMMER, "Incoming", "Jay"],
        [JAY, "", SUMMER, SUMMER, "Incoming", ""],
    ]
    found = of_kind(read_path(tsv(tmp_path, "Call Logs2", head, rows)), Call)
    sides = [
        [(each.raw, each.name) for each in parties if each is not None]
        for call in found
        for parties in ((call.from_party,), call.to)
    ]
    assert sides == [[(JAY, "Jay")], [], [], [(JAY, "Jay")], [(JAY, "Jay")], [(ME, None)], [(JAY, None)], []]


def test_the_owners_side_as_recipient_tells_that_a_message_came_in(tmp_path: Path) -> None:
    head = ("Timestamp", "Sender Name", "From ID", "Receiver", "To ID", "Message")
    jay, own = "447700900456@s.whatsapp.net", "447700900100@s.whatsapp.net"
    rows = [[SUMMER, "Jay", jay, "Local User", own, "in"], [SUMMER, "Local User", "", "Jay", jay, "out"]]
    came, went = messages(read_path(tsv(tmp_path, "Whatsapp - Messages", head, rows)))
    assert (came.direction, [each.is_owner for each in came.to]) == ("incoming", [True])
    assert (went.direction, [each.name for each in went.to]) == ("outgoing", ["Jay"])


def test_the_markup_of_a_picture_is_an_attachment_and_no_text(tmp_path: Path) -> None:
    head = ("Date", "MSG ID", "Read", "From", "To", "Body")
    markup = '<a href="x/PART_1.jpg"><img src="x/PART_1.jpg" class="img-fluid" title="PART_1.jpg"></a>'
    bodies = (("10", markup), ("11", f"{markup} look"))
    rows = [[AT, number, "1", JAY, "insert-address-token", body] for number, body in bodies]
    shown, typed = messages(read_path(tsv(tmp_path, "mms messages", head, rows)))
    assert (shown.body, shown.attachments) == (None, (Attachment("PART_1.jpg"),))
    assert ("Body", markup) in shown.extra
    assert (typed.body, typed.attachments) == (f"{markup} look", ())


def test_the_time_of_sending_of_older_whatsapp(tmp_path: Path) -> None:
    head = ("Message ID", "Direction", "Sender", "Send Timestamp", "Received Timestamp", "Content", "Recipient")
    later = SUMMER.replace(":00", ":01")
    rows = [["1", "Incoming", JAY, SUMMER, later, "in", JAY], ["2", "Outgoing", "", SUMMER, "", "out", JAY]]
    came, went = messages(read_path(tsv(tmp_path, "Whatsapp - Messages", head, rows)))
    assert (came.time.raw, went.time.raw) == (later, SUMMER)
    assert came.times.sent is not None
    assert came.times.sent.raw == SUMMER


PARTS = ("Date", "MSG ID", "Read", "From", "To", "Body")
PICTURE = '<a href="MMS/PART_1.jpg"><img src="MMS/PART_1.jpg" class="img-fluid"></a>'
SOUND = '<audio controls><source src="SMS MMS/PART_2.amr"></audio>'
FILM = '<video width="320" controls="controls"><source src="MMS/PART_3.mp4" type="video/mp4">No video.</video>'


def test_the_parts_of_a_picture_message_are_one(tmp_path: Path) -> None:
    bodies = [("1", "hi"), ("1", PICTURE), ("1", SOUND), ("2", FILM), ("2", "two"), ("3", "a"), ("3", "b")]
    rows = [[SUMMER, number, "1", JAY, ME, body] for number, body in bodies]
    result = read_path(tsv(tmp_path, "mms messages", PARTS, rows))
    assert [(each.body, [file.name for file in each.attachments]) for each in messages(result)] == [
        ("hi", ["PART_1.jpg", "PART_2.amr"]),
        ("two", ["PART_3.mp4"]),
        ("a", []),
        ("b", []),
    ]
    (counts,) = result.tally.values()
    assert counts["message"].seen == counts["message"].indexed + counts["message"].merged == 4


@pytest.mark.parametrize("other", [{"From": ME}, {"Date": "2023-07-13 17:46:00"}, {"MSG ID": "2"}, {"MSG ID": ""}])
def test_rows_of_two_picture_messages_stay_two(tmp_path: Path, other: dict[str, str]) -> None:
    first = dict(zip(PARTS, (SUMMER, "1", "1", JAY, ME, "hi"), strict=True))
    rows = [list(first.values()), list((first | {"Body": PICTURE} | other).values())]
    assert len(messages(read_path(tsv(tmp_path, "mms messages", PARTS, rows)))) == 2


@pytest.mark.parametrize(
    ("markup", "name"),
    [
        (SOUND, "PART_2.amr"),
        (FILM, "PART_3.mp4"),
        ("<img src='x/a.png'>", "a.png"),
        ('<a href="x.jpg">x</a>', None),
        (f"see {SOUND}", None),
    ],
)
def test_markup_of_a_file_as_the_text(tmp_path: Path, markup: str, name: str | None) -> None:
    (found,) = messages(read_path(tsv(tmp_path, "mms messages", PARTS, [[SUMMER, "1", "1", JAY, ME, markup]])))
    assert [each.name for each in found.attachments] == ([] if name is None else [name])
    assert found.body == (markup if name is None else None)


@pytest.mark.parametrize(
    ("markup", "path", "name"),
    [
        ('<img src="/r/y.jpg" width="300"></img>', "Media/447700900456@s.whatsapp.net/x.jpg", "x.jpg"),
        ('<img src="/r/y.jpg" width="300"></img>', "", "y.jpg"),
        ("", "", None),
        *((word, word, None) for word in ("None", "N/A", "null", "0", "-", ".", "..")),
        ("", "../../etc/..", None),
        ("", "Media/A", None),
        ('<img src="x/..">', "", None),
        ('<img src="x/None">', "", None),
        ('<img src="x/PART_7">', "None", "PART_7"),
    ],
)
def test_files_of_ileapps_whatsapp(tmp_path: Path, markup: str, path: str, name: str | None) -> None:
    head = ("Timestamp", "Sender Name", "Receiver", "Message", "Attachment File", "Attachment Local Path")
    rows = [[SUMMER, "Jay", "Local User", "in", markup, path]]
    (found,) = messages(read_path(tsv(tmp_path, "Whatsapp - Messages", head, rows)))
    assert [each.name for each in found.attachments] == ([] if name is None else [name])
    assert found.body == "in"


@pytest.mark.parametrize(
    ("said", "status"),
    [
        *(("Failed", "Failed"), ("Outbox", "Outbox"), ("Queued", "Queued"), ("Sent", None), ("2", None)),
        *(("4", "outbox"), ("5", "failed"), ("6", "queued")),
    ],
)
def test_what_was_not_sent_says_so(tmp_path: Path, said: str, status: str | None) -> None:
    head = (*TEXTS, "Read")
    result = read_path(tsv(tmp_path, "sms messages", head, [[SUMMER, said, JAY, "x", "1"]]))
    (found,) = messages(result)
    assert (found.direction, found.status) == ("outgoing", status)
    assert "direction_unreadable" not in codes_of(result)


def test_numbers_of_androids_calls(tmp_path: Path) -> None:
    head = ("Call Date", "Type", "Partner", "Duration in Secs")
    rows = [[SUMMER, said, JAY, "5"] for said in ("2", "3", "7")]
    result = read_path(tsv(tmp_path, "Call Logs", head, rows))
    assert [each.call_type for each in of_kind(result, Call)] == ["outgoing", "missed", "incoming"]
    assert "direction_unreadable" not in codes_of(result)


def test_calls_of_ios_have_no_numbers_of_android(tmp_path: Path) -> None:
    head = ("Timestamp", "Type", "Phone Number", "Duration")
    rows = [[AT, said, JAY, "5"] for said in ("1", "2", "8", "16")]
    result = read_path(lava(tmp_path, "Call History", head, rows, None))
    assert {each.call_type for each in of_kind(result, Call)} == {"unknown"}


@pytest.mark.parametrize(("tool", "ways"), [("ALEAPP", ["incoming", "outgoing"]), ("iLEAPP", ["unknown", "unknown"])])
def test_the_tool_says_whose_numbers_of_calls_they_are(tmp_path: Path, tool: str, ways: list[str]) -> None:
    head = ("Timestamp", "Type", "Phone Number", "Duration")
    output = lava(tmp_path, "Call Logs", head, [[AT, said, JAY, "5"] for said in ("1", "2")], None)
    described = output / "_lava_data.lava"
    about = json.loads(described.read_text(encoding="utf-8"))
    described.write_text(json.dumps({**about, "parser_info": {"leapp_name": tool}}), encoding="utf-8")
    assert [each.call_type for each in of_kind(read_path(output), Call)] == ways


@pytest.mark.parametrize(("date", "sides"), [(SUMMER, (JAY, ME)), ("", (JAY, ME)), (SUMMER, ("", ""))])
def test_a_row_that_stands_there_twice_is_no_part(tmp_path: Path, date: str, sides: tuple[str, str]) -> None:
    rows = [[date, "1", "1", *sides, PICTURE]] * 2
    result = read_path(tsv(tmp_path, "mms messages", PARTS, rows))
    assert {tuple(file.name for file in each.attachments) for each in messages(result)} == {("PART_1.jpg",)}
    (counts,) = result.tally.values()
    assert counts["message"].seen == counts["message"].indexed + counts["message"].merged == 2


def test_rows_without_a_time_and_a_side_stay_two(tmp_path: Path) -> None:
    rows = [["", "1", "1", "", "", body] for body in ("hi", PICTURE)]
    result = read_path(tsv(tmp_path, "mms messages", PARTS, rows))
    assert [(each.body, len(each.attachments)) for each in messages(result)] == [("hi", 0), (None, 1)]


def test_a_message_has_so_many_parts_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(message_rows, "_MOST_PARTS", 3)
    rows = [[SUMMER, "1", "1", JAY, ME, f'<img src="MMS/PART_{place}.jpg">'] for place in range(7)]
    result = read_path(tsv(tmp_path, "mms messages", PARTS, rows))
    assert [len(each.attachments) for each in messages(result)] == [3, 3, 1]


def test_a_text_longer_than_markup_is_a_text(tmp_path: Path) -> None:
    body = f'<img src="MMS/PART_1.jpg" alt="{"x" * 4_000}">'
    (found,) = messages(read_path(tsv(tmp_path, "mms messages", PARTS, [[SUMMER, "1", "1", JAY, ME, body]])))
    assert (found.body, found.attachments) == (body, ())


@pytest.mark.parametrize("form", ["folder", "zip"])
def test_the_folder_of_tsv_exports_is_read_alone(tmp_path: Path, form: str) -> None:
    rows = [[SUMMER, "Received", JAY, "x"], [SUMMER, "Sent", JAY, "y"]]
    whole = tsv(tmp_path / "out", "sms messages", TEXTS, rows)
    exports = whole / "_TSV Exports"
    path = exports
    if form == "zip":
        path = write_archive(tmp_path / "_TSV Exports.zip", members_below(exports, ""))
    result = read_path(path)
    assert [(each.body, each.direction, each.time.utc) for each in messages(result)] == [
        (each.body, each.direction, each.time.utc) for each in messages(read_path(whole))
    ]
    assert [(part.tool, part.kind) for part in result.parts] == [("LEAPP", "handset")]
    assert "member_not_read" not in codes_of(result)


def test_exports_beside_what_the_tool_does_not_write_are_read_one_by_one(tmp_path: Path) -> None:
    exports = tsv(tmp_path, "sms messages", TEXTS, [[SUMMER, "Received", JAY, "x"]]) / "_TSV Exports"
    (exports / "jay.vcf").write_text("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jay\r\nTEL:07700900123\r\nEND:VCARD\r\n")
    head = head_of(exports, exports.name, is_folder=True)
    assert claim_on(head) is None


@pytest.mark.parametrize("between", ["<br>", "<br />", " <BR/> "])
def test_numbers_of_one_cell_have_the_line_break_of_a_page_between_them(tmp_path: Path, between: str) -> None:
    head = ("Creation Date", "First Name", "Last Name", "Organization", "Phone Numbers")
    rows = [
        [SUMMER, "Bob", "", "Taxi Ltd", f"Mobile: 07700900222{between}Home: 01632 960001"],
        [SUMMER, "", "", "Taxi Ltd", f"07700900223{between}07700900224"],
    ]
    bob, firm = of_kind(read_path(tsv(tmp_path, "Address Book", head, rows)), Contact)
    assert [(number.raw, number.e164, number.label) for number in bob.numbers] == [
        ("07700900222", "+447700900222", "Mobile"),
        ("01632 960001", "+441632960001", "Home"),
    ]
    assert [number.e164 for number in firm.numbers] == ["+447700900223", "+447700900224"]
    assert (bob.name, firm.name) == ("Bob", "Taxi Ltd")
    assert "Taxi Ltd" in dict(bob.extra).values()
    assert "Taxi Ltd" not in dict(firm.extra).values()
