"""What the writer puts into an output of ALEAPP comes out of the reader, from the database and from the TSV files."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from ingest.demo.truth import Travel
from ingest.demo.writers.container import members_below, write_archive
from ingest.demo.writers.damage import packed_otherwise
from ingest.demo.writers.leapp import LeappForm, write_leapp
from ingest.processes.parsing import holds_report
from parsers.contract import Sidecar
from parsers.errors import InputRefused
from parsers.formats.leapp.artifacts import named_artifact
from parsers.outcome import ReadState
from parsers.reading import ReadResult
from parsers.records.facts import Call, Contact, Message
from parsers.records.values import Party
from tests.unit.parsers.formats.handset_holding import AT, CALLS, CHAT, CONTACTS, HOLDING, TEXTS, text
from tests.unit.parsers.made_deliveries import codes_of, of_kind, read_path

SENT = (*TEXTS, text(8, "not yet", Travel.DRAFT))
FULL = msgspec.structs.replace(HOLDING, texts=SENT)
FORMS = [
    LeappForm(),
    LeappForm(has_tsv=False),
    LeappForm(has_database=False, has_description=False),
    LeappForm(has_database=False),
    LeappForm(has_tsv=False, has_description=False),
]


def output(tmp_path: Path, form: LeappForm = FORMS[0]) -> Path:
    return write_leapp(tmp_path / "ALEAPP_Output_2026-11-24_Tuesday_222556", FULL, form)


def check(result: ReadResult, *, is_whole_seconds: bool) -> None:
    native = [message for message in of_kind(result, Message) if message.service == "sms"]
    # Where a text is empty the tool's files hold nothing at all.
    assert sorted((each.body or "", each.direction.value) for each in native) == sorted(
        (each.body or "", each.travel.value) for each in SENT
    )
    first = next(each for each in native if each.body == TEXTS[0].body)
    assert first.time.utc == ("2024-07-05T12:00:00.000Z" if is_whole_seconds else "2024-07-05T12:00:00.250Z")
    assert first.from_party is not None
    assert (first.from_party.e164, first.status) == ("+447700900123", "read")
    chat = [message for message in of_kind(result, Message) if message.service == "whatsapp"]
    assert [(each.body, each.direction.value) for each in chat] == [(e.body, e.travel.value) for e in CHAT.messages]
    assert chat[0].from_party is not None
    assert (chat[0].from_party.e164, [party.e164 for party in chat[1].to]) == ("+447700900123", ["+447700900123"])
    assert [(call.call_type.value, call.duration_seconds) for call in of_kind(result, Call)] == [
        (call.call_type, call.duration_seconds) for call in CALLS
    ]
    assert [(each.name, each.numbers[0].e164, each.stored_in) for each in of_kind(result, Contact)] == [
        (contact.name, contact.numbers[0].number, "phone") for contact in CONTACTS
    ]
    assert result.state is ReadState.COMPLETE
    assert len(result.parts) == 1


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_an_output_is_one_handset(tmp_path: Path, form: LeappForm) -> None:
    folder = output(tmp_path, form)
    assert holds_report(folder)
    result = read_path(folder)
    check(result, is_whole_seconds=not form.has_tsv)
    assert codes_of(result)["element_not_read"] == 1
    (part,) = result.parts
    expected = ("ALEAPP", "2026.3.2", "LAVA 2", "Android") if form.has_description else ("LEAPP", None, None, None)
    assert (part.tool, part.tool_version, part.format_version, part.os) == expected


def test_the_database_alone(tmp_path: Path) -> None:
    check(read_path(output(tmp_path) / "_lava_artifacts.db"), is_whole_seconds=True)


@pytest.mark.parametrize("prefix", ["", "ALEAPP_Output/", "case/ALEAPP_Output/"])
def test_an_output_may_be_packed(tmp_path: Path, prefix: str) -> None:
    result = read_path(write_archive(tmp_path / "drop.zip", members_below(output(tmp_path), prefix)))
    check(result, is_whole_seconds=False)
    assert {str(message.source.member) for message in of_kind(result, Message)} == {
        f"{prefix}_TSV Exports/SMS Messages.tsv",
        f"{prefix}_TSV Exports/WhatsApp - Messages.tsv",
    }


def test_a_tsv_file_that_was_cut_gives_way_to_the_table(tmp_path: Path) -> None:
    folder = output(tmp_path)
    tsv = folder / "_TSV Exports" / "SMS Messages.tsv"
    tsv.write_bytes(b"\r\n".join(tsv.read_bytes().split(b"\r\n")[:3]) + b"\r\n")
    result = read_path(folder)
    assert len([each for each in of_kind(result, Message) if each.service == "sms"]) == len(SENT)
    assert {each.source.member for each in of_kind(result, Message) if each.service == "sms"} == {"_lava_artifacts.db"}


_PACKED_OTHERWISE = {
    "_TSV Exports/SMS Messages.tsv": "SMS Messages",
    "_TSV Exports/WiFi.tsv": "_TSV Exports/WiFi.tsv: Deflate64, method 9",
    "_lava_data.lava": "_lava_data.lava: Deflate64, method 9",
    "_lava_artifacts.db": "_lava_artifacts.db",
}


@pytest.mark.parametrize(("name", "subject"), _PACKED_OTHERWISE.items())
def test_a_file_that_is_packed_in_a_way_that_is_not_opened_is_named_and_costs_no_other(
    tmp_path: Path, name: str, subject: str
) -> None:
    members = {**members_below(output(tmp_path), ""), "_TSV Exports/WiFi.tsv": b"SSID\tBSSID\r\nHome\t1\r\n"}
    assert "_lava_data.lava" in members
    if name.endswith("Messages.tsv"):
        members = {key: content for key, content in members.items() if not key.startswith("_lava")}
    path = write_archive(tmp_path / "drop.zip", members)
    path.write_bytes(packed_otherwise(path.read_bytes(), name))
    result = read_path(path)
    assert [notice.subject for notice in result.notices if notice.code == "packing_not_read"] == [subject]
    assert len(of_kind(result, Contact)) == len(CONTACTS)
    assert "WhatsApp - Messages.tsv" in {
        str(each.source.member).rpartition("/")[2] for each in of_kind(result, Message)
    }


def test_a_table_with_columns_that_are_not_known_is_named(tmp_path: Path) -> None:
    folder = output(tmp_path, LeappForm(has_tsv=False, has_description=False))
    with sqlite3.connect(folder / "_lava_artifacts.db") as connection:
        connection.executescript("CREATE TABLE get_zz_messages (aa, bb); INSERT INTO get_zz_messages VALUES (1, 2);")
    connection.close()
    result = read_path(folder)
    notice = next(notice for notice in result.notices if notice.code == "element_unreadable")
    assert (notice.subject, notice.count, notice.element) == ("zz messages", 1, "other:zz messages")


def test_a_damaged_database_costs_its_own_rows(tmp_path: Path) -> None:
    texts = tuple(text(number, f"text number {number} " + "x" * 300) for number in range(200))
    folder = write_leapp(tmp_path / "out", msgspec.structs.replace(HOLDING, texts=texts), LeappForm(has_tsv=False))
    path = folder / "_lava_artifacts.db"
    content = bytearray(path.read_bytes())
    place = content.index(b"text number 100 ")
    page = place // 4096 * 4096
    content[page : page + 4096] = b"\xff" * 4096
    path.write_bytes(content)
    result = read_path(folder)
    found = {message.body for message in of_kind(result, Message)}
    assert 150 < len(found) < 203
    assert result.state is ReadState.PARTIAL
    assert codes_of(result)["table_damaged"] == 1


@pytest.mark.parametrize(("content", "code"), [(b"", "input_truncated"), (b"\0" * 5_000, "input_malformed")])
@pytest.mark.parametrize("is_packed", [False, True])
def test_a_database_of_which_nothing_is_left_gives_way_to_the_tsv_files(
    tmp_path: Path, content: bytes, code: str, *, is_packed: bool
) -> None:
    folder = output(tmp_path)
    (folder / "_lava_artifacts.db").write_bytes(content)
    result = read_path(write_archive(tmp_path / "a.zip", members_below(folder, "")) if is_packed else folder)
    whole = read_path(output(tmp_path / "whole"))
    assert len(result.records) == len(whole.records)
    assert sorted(each.body or "" for each in of_kind(result, Message)) == sorted(
        each.body or "" for each in of_kind(whole, Message)
    )
    assert [(notice.subject, notice.count) for notice in result.notices if notice.code == code] == [
        ("_lava_artifacts.db", 1)
    ]
    assert result.state is ReadState.PARTIAL
    shutil.rmtree(folder / "_TSV Exports")
    with pytest.raises(InputRefused, match="format_unknown"):
        read_path(folder)


def test_a_description_that_is_broken_is_named(tmp_path: Path) -> None:
    folder = output(tmp_path)
    (folder / "_lava_data.lava").write_bytes(b'{"artifacts": [')
    result = read_path(folder)
    assert codes_of(result)["element_unreadable"] == 1
    # Without it nothing says which table a file is a twin of: both are read, and told as listed twice.
    texts = [each for each in of_kind(result, Message) if each.service == "sms"]
    assert (len(texts), sum(each.duplicate_of is None for each in texts)) == (2 * len(SENT), len(SENT))


@pytest.mark.parametrize(
    ("name", "kind", "service"),
    [
        ("SMS Messages", "message", "sms"),
        ("Call logs ", "call", None),
        ("Telegram - Messages", "message", "telegram"),
        ("Kik Contacts", "contact", "kik"),
        ("Address Book", "contact", None),
        ("WhatsApp - Message Receipts Per Recipient", None, "whatsapp"),
        ("Notification History", None, None),
        ("Chrome Search Terms", None, None),
        ("Gmail Messages", None, None),
        ("Installed Apps", None, None),
    ],
)
def test_what_an_artifact_holds_is_told_by_its_name(name: str, kind: str | None, service: str | None) -> None:
    artifact = named_artifact(name)
    # "Gmail Messages" is about mail, whatever else it says.
    assert (artifact.kind, artifact.service) == (kind, service)
    assert AT.year == 2024


def files(folder: Path, contents: dict[str, str]) -> Path:
    """Write TSV files by hand, below the folder of an output, and return it."""
    for name, content in contents.items():
        path = folder / "_TSV Exports" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(f"\ufeff{content}".encode())
    return folder


def texts_of(*bodies: str, kind: str = "Received") -> str:
    rows = [f"2024-05-10 14:30:58+00:00\t{kind}\t07700 900456\t{body}\r\n" for body in bodies]
    return "Date\tType\tAddress\tBody\r\n" + "".join(rows)


def bodies(result: ReadResult) -> list[str | None]:
    return sorted(each.body or "" for each in of_kind(result, Message))


def test_files_whose_names_differ_in_capitals_or_folders_alone_are_all_read(tmp_path: Path) -> None:
    names = ("SMS Messages.tsv", "sms messages.TSV", "older/SMS Messages.tsv")
    result = read_path(files(tmp_path / "out", {name: texts_of(name) for name in names}))
    assert bodies(result) == sorted(names)
    assert codes_of(result) == {}


def test_what_is_not_read_of_a_folder_is_told_apart_from_what_is(tmp_path: Path) -> None:
    result = read_path(
        files(tmp_path / "out", {"SMS.tsv": texts_of("a"), "Wifi.tsv": "Ssid\r\nx\r\n", "../_HTML/a.html": "x"})
    )
    told = {notice.subject: notice.count for notice in result.notices if notice.code == "member_not_read"}
    assert told == {"further members of _TSV Exports/": 1, "_HTML/": 1}


@pytest.mark.parametrize("has_tables", [True, False])
@pytest.mark.parametrize("written", [("a", "b"), ("a",)])
def test_artifacts_that_share_a_name_are_each_read_once(
    tmp_path: Path, written: tuple[str, ...], *, has_tables: bool
) -> None:
    """The tool writes one file for both, and one of the two where it begins that file anew."""
    folder = files(tmp_path / "out", {"Messages.tsv": "".join(map(texts_of, written))})
    columns = {"date": "Date", "type": "Type", "address": "Address", "body": "Body"}
    described = {
        category: [{"name": "Messages", "tablename": f"{category}_messages", "column_map": columns, "record_count": 1}]
        for category in "ab"
    }
    about = {"lava_schema_version": 2, "parser_info": {"leapp_name": "ALEAPP"}, "artifacts": described}
    (folder / "_lava_data.lava").write_text(json.dumps(about), encoding="utf-8")
    if has_tables:
        with sqlite3.connect(folder / "_lava_artifacts.db") as connection:
            for body in "ab":
                connection.execute(f"CREATE TABLE {body}_messages (date INTEGER, type, address, body)")
                row = (1715351458, "Received", "07700 900456", body)
                connection.execute(f"INSERT INTO {body}_messages VALUES (?, ?, ?, ?)", row)
        connection.close()
    result = read_path(folder)
    assert bodies(result) == (["a", "b"] if has_tables else list(written))
    assert all(each.duplicate_of is None for each in of_kind(result, Message))


@pytest.mark.parametrize("kept", [0, 1])
def test_rows_that_the_description_states_and_nothing_holds_are_said(tmp_path: Path, kept: int) -> None:
    folder = output(tmp_path, LeappForm(has_database=False))
    tsv = folder / "_TSV Exports" / "SMS Messages.tsv"
    if kept:
        tsv.write_bytes(b"\r\n".join(tsv.read_bytes().split(b"\r\n")[: kept + 1]) + b"\r\n")
    else:
        tsv.unlink()
    result = read_path(folder)
    (notice,) = (notice for notice in result.notices if notice.code == "count_short")
    assert (notice.subject, notice.count) == ("SMS Messages", sum(len(text.peers) for text in SENT) - kept)
    assert result.state is ReadState.COMPLETE_WITH_NOTICES


@pytest.mark.parametrize("kept", [1, 2])
def test_a_cut_file_says_how_many_rows_the_description_states_beyond_it(tmp_path: Path, kept: int) -> None:
    folder = output(tmp_path, LeappForm(has_database=False))
    tsv = folder / "_TSV Exports" / "SMS Messages.tsv"
    rows = tsv.read_bytes().split(b"\r\n")
    tsv.write_bytes(b"\r\n".join([*rows[: kept + 1], rows[kept + 1][:12]]))
    result = read_path(folder)
    stated = sum(len(text.peers) for text in SENT)
    (notice,) = (notice for notice in result.notices if notice.code.startswith("count_"))
    missing = f"{stated} rows of SMS Messages and holds {kept}: {stated - kept}"
    assert (notice.code, notice.subject) == ("count_cut", missing)
    assert result.state is ReadState.PARTIAL


def test_an_artifact_of_no_rows_is_not_counted(tmp_path: Path) -> None:
    folder = output(tmp_path, LeappForm(has_database=False))
    about = json.loads((folder / "_lava_data.lava").read_text(encoding="utf-8"))
    about["artifacts"]["Other"] = [{"name": "Cookies", "tablename": "cookies", "record_count": 0}]
    (folder / "_lava_data.lava").write_text(json.dumps(about), encoding="utf-8")
    assert "other:Cookies" not in next(iter(read_path(folder).tally.values()))


def test_the_address_book_of_ileapp(tmp_path: Path) -> None:
    head = "Creation Date\tFirst Name\tLast Name\tPhone Numbers\tEmail addresses\r\n"
    numbers = "Mobile: 07700 900456\r : 01632 960001\rNew one: 07700 900457"
    row = f'2024-05-10 14:30:58+00:00\tJay\tB\t"{numbers}"\tHome: jay@example.org\r\n'
    (contact,) = of_kind(read_path(files(tmp_path / "out", {"Address Book.tsv": head + row})), Contact)
    assert (contact.name, contact.stored_in) == ("Jay B", "phone")
    assert (contact.emails, ("Email addresses", "Home: jay@example.org") in contact.extra) == (
        ("jay@example.org",),
        True,
    )
    assert [(number.raw, number.e164, number.label) for number in contact.numbers] == [
        ("07700 900456", "+447700900456", "Mobile"),
        ("01632 960001", "+441632960001", None),
        ("07700 900457", "+447700900457", "New one"),
    ]


def test_blanks_behind_a_labelled_number_are_kept(tmp_path: Path) -> None:
    table = "First Name\tLast Name\tPhone Numbers\tEmail addresses\r\nJay\tB\tMobile: 07700 900456 \t\r\n"
    (contact,) = of_kind(read_path(files(tmp_path / "out", {"Address Book.tsv": table})), Contact)
    assert [(number.raw, number.e164) for number in contact.numbers] == [("07700 900456 ", "+447700900456")]


@pytest.mark.parametrize(
    ("kind", "direction"),
    [("3", "draft"), ("4", "outgoing"), ("5", "outgoing"), ("6", "outgoing"), ("Failed", "outgoing"), ("7", "unknown")],
)
def test_boxes_that_the_tool_writes_as_android_does(tmp_path: Path, kind: str, direction: str) -> None:
    (message,) = of_kind(read_path(files(tmp_path / "out", {"sms messages.tsv": texts_of("x", kind=kind)})), Message)
    assert (message.direction.value, [party.e164 for party in message.to]) == (direction, ["+447700900456"])
    assert ("Type", kind) in message.extra


def test_the_placeholder_of_android_is_the_owner(tmp_path: Path) -> None:
    head = "Date\tMSG ID\tFrom\tTo\tBody\r\n"
    rows = (
        "2024-05-10 14:30:58+00:00\t1\t07700 900456\tinsert-address-token\tin\r\n"
        "2024-05-10 14:30:58+00:00\t2\tinsert-address-token\t07700 900456\tout\r\n"
    )
    came, went = of_kind(read_path(files(tmp_path / "out", {"mms messages.tsv": head + rows})), Message)
    assert (came.direction.value, [party.is_owner for party in came.to]) == ("incoming", [True])
    assert went.from_party is not None
    assert (went.direction.value, went.from_party.is_owner, went.to[0].e164) == ("outgoing", True, "+447700900456")


IOS_TEXTS = (
    "Message Timestamp\tRead Timestamp\tMessage\tService\tMessage Direction\tAccount\tChat Contact ID\tChat ID\r\n"
    "2023-09-14 16:49:42+00:00\t\tboth on\tSMS\tIncoming\tP:+447700900111\t+447700900456\t7\r\n"
    "2023-09-14 16:50:42+00:00\t\tomw\tiMessage\tOutgoing\tP:+447700900111\tjay@example.org\t8\r\n"
    "2023-09-14 16:51:42+00:00\t\twho is in\tiMessage\tIncoming\tP:+447700900111\tchat99\t9\r\n"
    "2023-09-14 16:52:42+00:00\t\tnot me\tiMessage\tOutgoing\tP:+447700900111\tchat99\t9\r\n"
)
IOS_CALLS = (
    "Starting Timestamp\tEnding Timestamp\tService Provider\tCall Direction\tPhone Number\tAnswered\tCall Duration\r\n"
    "2023-09-14 16:49:42+00:00\t2023-09-14 16:50:42+00:00\tTelephony\tIncoming\t07700900456\tYes\t00:01:00\r\n"
    "2023-09-14 17:49:42+00:00\t\tTelephony\tIncoming\t07700900456\tNo\t00:00:00\r\n"
    "2023-09-14 18:49:42+00:00\t\tTelephony\tOutgoing\t07700900456\tNo\t00:00:00\r\n"
)
IOS_CHAT = (
    "Timestamp\tSender Name\tFrom ID\tReceiver\tTo ID\tMessage\r\n"
    "2023-09-14 16:49:42+00:00\tK1\t447700900456@s.whatsapp.net\tLocal User\t\thi\r\n"
    "2023-09-14 16:50:42+00:00\tLocal User\t\tK1\t447700900456@s.whatsapp.net\tyo\r\n"
)


def test_the_headings_of_ileapp(tmp_path: Path) -> None:
    folder = tmp_path / "iLEAPP_Output_2023-09-14_Thursday_101010" / "_TSV Exports"
    folder.mkdir(parents=True)
    for name, content in (
        ("SMS & iMessage - Messages", IOS_TEXTS),
        ("Call History", IOS_CALLS),
        ("WhatsApp - Messages", IOS_CHAT),
    ):
        (folder / f"{name}.tsv").write_bytes(f"\ufeff{content}".encode())
    result = read_path(folder.parent)
    assert [(each.call_type.value, each.duration_seconds, each.time.utc) for each in of_kind(result, Call)] == [
        ("incoming", 60.0, "2023-09-14T16:49:42.000Z"),
        ("missed", 0.0, "2023-09-14T17:49:42.000Z"),
        ("outgoing", 0.0, "2023-09-14T18:49:42.000Z"),
    ]
    assert all(each.service is None for each in of_kind(result, Call))
    jay = Party("447700900456@s.whatsapp.net", "+447700900456", "K1")
    found = {each.body: each for each in of_kind(result, Message)}
    assert {body: (each.service, each.direction.value, each.from_party, each.to) for body, each in found.items()} == {
        "both on": ("sms", "incoming", Party("+447700900456", "+447700900456"), ()),
        "omw": ("imessage", "outgoing", None, (Party("jay@example.org"),)),
        "who is in": ("imessage", "incoming", None, ()),
        "not me": ("imessage", "outgoing", None, (Party(name="chat99"),)),
        "hi": ("whatsapp", "incoming", jay, (Party(name="Local User", is_owner=True),)),
        "yo": ("whatsapp", "outgoing", Party(name="Local User", is_owner=True), (jay,)),
    }
    assert ("Chat", "chat99") in found["who is in"].extra


FILES_OF_IOS = (
    ("12", "pics", "07700900456", "1.jpg"),
    ("12", "pics", "07700900456", "2.jpg"),
    ("13", "omw", "07700900456", ""),
    ("14", "omw", "07700900456", ""),
    ("15", "in two chats", "07700900456", ""),
    ("15", "in two chats", "07700900457", ""),
)


@pytest.mark.parametrize("heading", ["Message Row ID", "Message ID", None])
def test_a_message_of_two_files_is_one_by_the_id_of_its_row(tmp_path: Path, heading: str | None) -> None:
    head = ("Message Timestamp", "Message", "Message Direction", "Chat Contact ID", "Attachment Name", heading or "Zz")
    rows = [
        ("2023-09-14 16:49:42+00:00", body, "Incoming", peer, file, number) for number, body, peer, file in FILES_OF_IOS
    ]
    content = "".join("\t".join(row) + "\r\n" for row in (head, *rows))
    result = read_path(files(tmp_path / "out", {"SMS.tsv": content}))
    found = of_kind(result, Message)
    assert [[file.name for file in each.attachments] for each in found] == [["1.jpg"], ["2.jpg"], [], [], [], []]
    assert len({each.record_id for each in found}) == len(rows)
    copies = {each.body: each.duplicate_of for each in found if each.duplicate_of is not None}
    assert copies == ({} if heading is None else {"pics": found[0].record_id})
    assert [each.source.locator for each in found[:2]] == ["row 2", "row 3" if heading is None else "row 2 #3"]


ALEAPP_ONE_TO_ONE = (
    "Message Timestamp\tReceived Timestamp\tOther Participant WA User Name\tSending Party JID\tMessage Direction"
    "\tMessage\r\n"
    "2024-05-10 14:30:58+00:00\tN/A\tJay\t447700900456@s.whatsapp.net\tIncoming\thi\r\n"
    "2024-05-10 14:31:58+00:00\tN/A\tJay\t\tOutgoing\tyo\r\n"
)
ALEAPP_GROUP = (
    "Message Timestamp\tConversation Name\tSending Party\tSending Party JID\tMessage Direction\tMessage\r\n"
    "2024-05-10 14:30:58+00:00\tLads\tKay\t447700900457@s.whatsapp.net\tIncoming\ton way\r\n"
    "2024-05-10 14:30:59+00:00\tLads\tSelf\t\tOutgoing\tok\r\n"
)
ALEAPP_CALLS = (
    "Call Start Timestamp\tCall End Timestamp\tCall Duration\tGroup Name\tCall Direction\tCaller\tCaller JID"
    "\tCall Type\r\n"
    "2024-05-10 14:30:58+00:00\t2024-05-10 14:31:58+00:00\t00:01:00\t\tIncoming\tJay\t447700900456@s.whatsapp.net"
    "\tAudio\r\n"
)


def test_the_headings_of_whatsapp_in_aleapp(tmp_path: Path) -> None:
    contents = {
        "WhatsApp - One To One Messages.tsv": ALEAPP_ONE_TO_ONE,
        "WhatsApp - Group Messages.tsv": ALEAPP_GROUP,
        "WhatsApp - Call Logs.tsv": ALEAPP_CALLS,
    }
    result = read_path(files(tmp_path / "out", contents))
    jay = Party("447700900456@s.whatsapp.net", "+447700900456", "Jay")
    kay = Party("447700900457@s.whatsapp.net", "+447700900457", "Kay")
    assert {
        each.body: (each.service, each.direction.value, each.from_party, each.to) for each in of_kind(result, Message)
    } == {
        "hi": ("whatsapp", "incoming", jay, ()),
        "yo": ("whatsapp", "outgoing", None, (Party(name="Jay"),)),
        "on way": ("whatsapp", "incoming", kay, ()),
        "ok": ("whatsapp", "outgoing", Party(name="Self", is_owner=True), ()),
    }
    (call,) = of_kind(result, Call)
    assert (call.service, call.call_type.value, call.from_party, call.duration_seconds, call.time.utc) == (
        "whatsapp", "incoming", jay, 60.0, "2024-05-10T14:30:58.000Z",
    )  # fmt: skip


def test_the_id_of_a_row_is_no_number_of_a_contact(tmp_path: Path) -> None:
    head = "Contact ID\tFirst Name\tLast Name\tPhone Numbers\r\n"
    (contact,) = of_kind(
        read_path(files(tmp_path / "out", {"Address Book.tsv": f"{head}7\tJay\tB\t07700 900456\r\n"})), Contact
    )
    assert [number.raw for number in contact.numbers] == ["07700 900456"]
    assert ("Contact ID", "7") in contact.extra


def described(folder: Path, written: str, kind: str | None) -> Path:
    """Make an output whose table of texts has one time as it is written, in a column that is declared so."""
    folder.mkdir()
    with closing(sqlite3.connect(folder / "_lava_artifacts.db")) as database:
        for table in ("_artifact_search_patterns", "_file_path_list"):
            database.execute(f"CREATE TABLE {table} (id)")
        database.execute("CREATE TABLE get_sms (date, type TEXT, address TEXT, body TEXT)")
        database.execute("INSERT INTO get_sms VALUES (?, 'Received', '07700900123', 'u about')", (written,))
        database.commit()
    artifact: dict[str, object] = {
        "name": "SMS Messages",
        "tablename": "get_sms",
        "column_map": {"date": "Date", "type": "Type", "address": "Address", "body": "Body"},
    }
    if kind is not None:
        artifact["object_columns"] = [{"name": "date", "type": kind}]
    about = {"lava_schema_version": 2, "parser_info": {"leapp_name": "ALEAPP"}, "artifacts": {"SMS": [artifact]}}
    (folder / "_lava_data.lava").write_text(json.dumps(about), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("written", "kind", "zone", "instant"),
    [
        ("2024-07-05 12:00:00", "datetime", None, "2024-07-05T12:00:00.000Z"),
        ("2024-07-05 12:00:00", None, None, "2024-07-05T11:00:00.000Z"),
        ("2024-07-05 12:00:00", "phonenumber", None, "2024-07-05T11:00:00.000Z"),
        ("2024-07-05 12:00:00", "datetime", "Europe/Paris", "2024-07-05T10:00:00.000Z"),
        ("2024-07-05 12:00:00+02:00", "datetime", None, "2024-07-05T10:00:00.000Z"),
    ],
)
def test_a_time_that_stayed_a_text_in_a_column_of_times_is_in_utc(
    tmp_path: Path, written: str, kind: str | None, zone: str | None, instant: str
) -> None:
    result = read_path(described(tmp_path / "out", written, kind), sidecar=Sidecar(time_zone=zone))
    (message,) = of_kind(result, Message)
    assert (message.time.raw, message.time.utc) == (written, instant)


def test_a_file_whose_artifact_was_read_from_its_table_is_not_left(tmp_path: Path) -> None:
    folder = described(tmp_path / "out", "2024-07-05 12:00:00+00:00", "datetime")
    files(folder, {"SMS Messages.tsv": "Date\tType\tAddress\tBody\r\n", "Wifi.tsv": "Ssid\r\nx\r\n"})
    result = read_path(folder)
    assert len(of_kind(result, Message)) == 1
    told = {notice.subject: notice.count for notice in result.notices if notice.code == "member_not_read"}
    assert told["further members of _TSV Exports/"] == 1
    (folder / "_TSV Exports" / "Wifi.tsv").unlink()
    left = {notice.subject for notice in read_path(folder).notices if notice.code == "member_not_read"}
    assert left == set()
