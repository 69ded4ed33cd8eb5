"""Which row holds the headings, what its columns are, and what is refused with a census instead of guessed."""

from __future__ import annotations

from pathlib import Path

import pytest
from xlsxwriter import Workbook

from parsers.contract import Head
from parsers.errors import InputRefused
from parsers.formats.table.claims import claim_on
from parsers.records.facts import Direction
from parsers.records.notice_codes import NOTICE_TABLE
from parsers.records.notices import Severity
from parsers.records.tally import TallyRow
from parsers.table_fields import Field
from parsers.tables.labels import label_key, read_label
from tests.unit.parsers.formats.table.made_tables import (
    calls_of,
    codes_of,
    contacts_of,
    messages_of,
    read_file,
    read_text,
)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Timestamp: Date", Field.TIME),
        ("Timestamp-Time", Field.TIME),
        ("timestamp_time", Field.TIME),
        ("PhoneNumber", Field.NUMBER),
        ("Recipient(s)", Field.TO),
        ("  Text:  ", Field.BODY),
        ("Message Sent Date/Time - UTC+00:00 (dd/MM/yyyy)", Field.SENT),
        ("Timestamp Date/Time - UTC+00:00 (dd/MM/yyyy)", Field.TIME),
        ("Received Date/Time - (UTC) (yyyy-MM-dd)", Field.RECEIVED),
        ("isodate", Field.TIME),
        ("Date of msg", Field.TIME),
        ("SMS Type", Field.TYPE),
        ("Chat Session", Field.CHAT),
        ("From (Identifier)", Field.FROM),
        ("Person Name", Field.NAME),
        ("Attachment #3", Field.ATTACHMENT),
        ("Attachment #3 - Details", None),
        ("Name (Matched)", Field.NAME),
        ("Entry #2", Field.ENTRIES),
        ("Originating Number", Field.FROM),
        ("Terminating Number", Field.TO),
        ("Called Party Number", Field.TO),
        ("Called at", None),
        ("A Party", Field.FROM),
        ("B-Party Number", Field.TO),
        ("Dialled Digits", Field.TO),
        ("Start Date & Time", Field.TIME),
        ("Duration (mm:ss)", Field.DURATION),
        ("Number 2", Field.NUMBER),
        ("Mobile 1", Field.NUMBER),
        ("Contact 1", None),
        ("Foo", None),
    ],
)
def test_headings_are_compared_by_their_words(heading: str, field: Field | None) -> None:
    assert read_label(heading).field is field
    assert label_key(label_key(heading)) == label_key(heading)


@pytest.mark.parametrize(
    ("heading", "zone", "order"),
    [
        ("Sent Date/Time - UTC+00:00 (dd/MM/yyyy)", "+00:00", "day_first"),
        ("Call Date/Time - UTC-05:30 (M/d/yyyy)", "-05:30", "month_first"),
        ("Time (UTC)", "Z", None),
        ("Date (UTC+1)", "+01:00", None),
        ("Time", None, None),
        ("UTC", None, None),
    ],
)
def test_a_heading_may_state_zone_and_order(heading: str, zone: str | None, order: str | None) -> None:
    label = read_label(heading)
    assert (label.zone, label.date_order) == (zone, order)


def test_what_stands_above_and_repeated_headings_are_no_records(tmp_path: Path) -> None:
    result = read_text(
        tmp_path,
        "Extraction of HW/7\nPrinted by examiner 12\n\nDate,Number,Message\n2024-01-02 10:00:00,07700900123,one\n"
        "Date,Number,Message\n2024-01-02 10:01:00,07700900123,two\n",
    )
    assert [(message.source.locator, message.body) for message in messages_of(result)] == [
        ("row 5", "one"),
        ("row 7", "two"),
    ]
    (rows,) = result.tally.values()
    assert rows["other:row above the headings"] == TallyRow(seen=2, noticed=2)
    assert rows["other:repeated headings"] == TallyRow(seen=1, noticed=1)


@pytest.mark.parametrize(("delimiter", "count"), [(",", 18), (",", 40), ("^", 0), ("^", 25)])
def test_many_notes_may_stand_above_a_table_of_any_delimiter(tmp_path: Path, delimiter: str, count: int) -> None:
    rows = [
        ["When", "From", "To", "What"],
        ["13/09/2023 19:44:22", "07700900456", "07700900001", "u about?"],
        ["13/09/2023 19:45:05", "07700900001", "07700900456", "yes mate"],
    ]
    notes = [f"Note {number} on exhibit HW/7: seized 5 February" for number in range(count)]
    result = read_text(tmp_path, "\n".join([*notes, *map(delimiter.join, rows), ""]))
    assert [message.body for message in messages_of(result)] == ["u about?", "yes mate"]
    assert messages_of(result)[0].time.utc == "2023-09-13T18:44:22.000Z"


def test_a_second_table_below_the_first_is_a_table_of_its_own(tmp_path: Path) -> None:
    result = read_text(
        tmp_path,
        "Date,Number,Message,Direction\n2024-01-02 10:00:00,07700900123,one,In\n\n"
        "Date,Number,Duration,Call type\n2024-01-02 11:00:00,07700900123,65,Missed\n",
        name="export.csv",
    )
    assert [message.body for message in messages_of(result)] == ["one"]
    assert [call.duration_seconds for call in calls_of(result)] == [65]


@pytest.mark.parametrize("title", ["Calls", "Calls 2 of 2", "Chiamate"])
def test_the_title_of_a_second_table_is_no_row_that_could_not_be_read(tmp_path: Path, title: str) -> None:
    result = read_text(
        tmp_path,
        "SMS\nDate,From,To,Message\n13/05/2024 10:00,07700900456,07700900001,one\n\n"
        f"{title}\nDate,Number,Direction,Duration\n13/05/2024 10:05,07700900456,Incoming,00:01:05\n",
        name="export.csv",
    )
    assert (len(messages_of(result)), len(calls_of(result))) == (1, 1)
    assert "element_unreadable" not in codes_of(result)
    (rows,) = result.tally.values()
    assert rows["other:title of a table"] == TallyRow(seen=1, noticed=1)


def test_a_text_alone_above_a_second_table_is_a_message_where_texts_stand_there(tmp_path: Path) -> None:
    result = read_text(
        tmp_path,
        "Message,Date,Number\none,2024-01-02 10:00:00,07700900123\nCalls\nNumber,Date,Duration\n"
        "07700900123,2024-01-02 11:00:00,65\n",
        name="export.csv",
    )
    assert [message.body for message in messages_of(result)] == ["one", "Calls"]


@pytest.mark.parametrize("row", ["Total,,,3 messages", "Total,,3 texts,", 'Sum,,,"1,204"', "Total,2,,3 messages"])
def test_a_sum_with_a_word_for_what_was_counted_is_no_message(tmp_path: Path, row: str) -> None:
    result = read_text(tmp_path, f"Date,From,To,Message\n2024-01-02 10:00:00,07700900456,07700900001,one\n{row}\n")
    assert [message.body for message in messages_of(result)] == ["one"]
    (rows,) = result.tally.values()
    assert rows["other:row below the headings"] == TallyRow(seen=1, noticed=1)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("a.jpg; b.jpg", ["a.jpg", "b.jpg"]),
        ("IMG_1.jpg,VID_2.mp4", ["IMG_1.jpg", "VID_2.mp4"]),
        ("a.jpg | b.pdf | c.opus", ["a.jpg", "b.pdf", "c.opus"]),
        ("files/a.jpg;files/b.jpg", ["a.jpg", "b.jpg"]),
        ("jay, kay.jpg", ["jay, kay.jpg"]),
        ("me; you; us.jpg", ["me; you; us.jpg"]),
        ("v1.2, final.docx", ["v1.2, final.docx"]),
        ("St.Mary, Oct.2024.pdf", ["St.Mary, Oct.2024.pdf"]),
        ("IMG_1.HEIC, a.3gp;b.m4a", ["IMG_1.HEIC", "a.3gp", "b.m4a"]),
    ],
)
def test_a_cell_may_name_several_files(tmp_path: Path, cell: str, names: list[str]) -> None:
    result = read_text(
        tmp_path,
        f'Date,From,To,Message,Attachment\n2024-01-02 10:00:00,07700900456,07700900001,one,"{cell}"\n',
    )
    (message,) = messages_of(result)
    assert [each.name for each in message.attachments] == names


def test_a_table_of_texts_and_calls_is_told_row_by_row(tmp_path: Path) -> None:
    result = read_text(
        tmp_path,
        "Date,Type,Direction,Number,Duration,Message\n2024-01-02 10:00:00,SMS,Incoming,07700900123,,yo\n"
        "2024-01-02 10:05:00,Voice call,Outgoing,07700900123,1:05,\n2024-01-02 10:06:00,,Incoming,07700900123,9,\n",
        name="activity.csv",
    )
    assert [message.service for message in messages_of(result)] == ["sms"]
    assert [call.duration_seconds for call in calls_of(result)] == [65, 9]


@pytest.mark.parametrize("heading", ["Exhibit", "Exh", "Exh. No.", "Source exhibit"])
def test_rows_that_name_their_exhibit_are_extractions_of_their_own(tmp_path: Path, heading: str) -> None:
    result = read_text(
        tmp_path,
        f"{heading},Date,Number,Message\nHW/7,2024-01-02 10:00:00,07700900123,one\n"
        "HW/8,2024-01-02 10:01:00,07700900123,two\nHW/7,2024-01-02 10:02:00,07700900123,three\n",
    )
    assert [part.exhibit_ref for part in result.parts] == ["HW/7", "HW/8"]
    by_part = {part.extraction_id: part.exhibit_ref for part in result.parts}
    assert [by_part[message.extraction_id] for message in messages_of(result)] == ["HW/7", "HW/8", "HW/7"]


def test_a_postal_address_is_no_number_of_a_contact(tmp_path: Path) -> None:
    result = read_text(
        tmp_path, "Name,Mobile,Address,Email\nJay,07700900123,12 High Street,j@example.org\n", name="c.csv"
    )
    (contact,) = contacts_of(result)
    assert [number.raw for number in contact.numbers] == ["07700900123"]
    assert contact.extra == (("Address", "12 High Street"),)


def test_columns_that_are_not_read_are_named(tmp_path: Path) -> None:
    result = read_text(tmp_path, "timestamp_utc,From,Text,CALL_DT\n2023-09-14T15:49:00,07700900123,hi,x\n")
    assert messages_of(result)[0].time.utc == "2023-09-14T15:49:00.000Z"
    (told,) = [notice.subject for notice in result.notices if notice.code == "columns_assumed"]
    assert told == "time = timestamp_utc, from = From, body = Text; kept beside the records and not read: CALL_DT"


def test_notes_of_contacts_are_said_to_be_found_by_a_search_and_those_of_others_are_not(tmp_path: Path) -> None:
    result = read_text(tmp_path, "Name,Mobile,Notes,Shoe\nJay,07700900123,owes 20,9\n", name="c.csv")
    (told,) = [notice.subject for notice in result.notices if notice.code == "columns_assumed"]
    assert told is not None
    assert told.endswith("; notes: found by search: Notes; kept beside the records and not read: Shoe")
    result = read_text(tmp_path, "timestamp_utc,From,Text,Notes\n2023-09-14T15:49:00,07700900123,hi,x\n")
    (told,) = [notice.subject for notice in result.notices if notice.code == "columns_assumed"]
    assert told is not None
    assert told.endswith("; kept beside the records and not read: Notes")


def test_a_column_that_is_not_known_is_kept_beside_the_record(tmp_path: Path) -> None:
    result = read_text(tmp_path, "Date,Number,Message,Priority,\n2024-01-02 10:00:00,07700900123,one,high,more\n")
    (message,) = messages_of(result)
    assert message.extra == (("Priority", "high"), ("column E", "more"))
    assert message.direction is Direction.UNKNOWN


def test_cells_beyond_the_headings_belong_to_the_text_where_it_stands_last(tmp_path: Path) -> None:
    result = read_text(
        tmp_path,
        "Date,Number,Message\n2024-01-02 10:00:00,07700900123,well, here,  we go\n"
        "2024-01-03 10:00:00,07700900123,ok,,\n",
    )
    assert [message.body for message in messages_of(result)] == ["well, here,  we go", "ok"]
    assert codes_of(result)["row_ragged"] == 1


def test_a_row_with_cells_beyond_the_columns_keeps_them_and_is_named_as_damaged(tmp_path: Path) -> None:
    result = read_text(
        tmp_path,
        "Date,Number,Message,Status\n2024-01-02 10:00:00,07700900123,one,Read\n"
        "2024-01-03 10:00:00,07700900123,,,,text that slid,Read\n2024-01-03 10:00:00,07700900123,two,Read,,\n",
    )
    assert [message.body for message in messages_of(result)] == ["one", None, "two"]
    assert messages_of(result)[1].extra == (("column F", "text that slid"), ("column G", "Read"))
    (told,) = [notice for notice in result.notices if notice.code.startswith("row_")]
    assert (told.code, NOTICE_TABLE[told.code].severity, told.count) == ("row_shifted", Severity.DAMAGED, 1)
    assert told.first_locator == "row 3"


@pytest.mark.parametrize(("blank_count", "is_quoted"), [(0, True), (1, True), (2, True), (1, False), (2, False)])
def test_a_column_without_a_heading_behind_the_text_is_no_part_of_it(
    tmp_path: Path, blank_count: int, *, is_quoted: bool
) -> None:
    rows = [["Date", "Number", "Message", *[""] * blank_count]]
    notes = ["seen by DC 7", *["later"] * (blank_count - 1)]
    rows += [[f"2024-01-0{day} 10:00:00", "07700900123", f"text {day}", *notes] for day in range(1, 6)]
    result = read_text(
        tmp_path, "".join(",".join(f'"{cell}"' if is_quoted else cell for cell in row) + "\n" for row in rows)
    )
    assert [message.body for message in messages_of(result)] == [f"text {day}" for day in range(1, 6)]
    letters = (("column D", "seen by DC 7"), ("column E", "later"))[: len(notes)]
    assert {message.extra for message in messages_of(result)} == {letters}
    assert codes_of(result).get("row_ragged", 0) == (0 if blank_count else 5)
    assert "row_shifted" not in codes_of(result)


def test_a_row_that_runs_on_into_the_next_is_no_text_with_a_note(tmp_path: Path) -> None:
    rows = [f'"2024-01-0{day} 10:00:00","07700900123","text {day}"' for day in range(1, 6)]
    content = "\n".join(["Date,Number,Message", *rows, ""]).replace('text 2"\n"2024', 'text 2""2024')
    result = read_text(tmp_path, content)
    assert codes_of(result)["row_shifted"] == 1


def test_a_cell_beyond_the_headings_of_a_sheet_is_kept_and_not_out_of_place(tmp_path: Path) -> None:
    path = tmp_path / "texts.xlsx"
    with Workbook(str(path)) as book:
        sheet = book.add_worksheet("SMS")
        sheet.write_row(0, 0, ["Date", "Number", "Message"])
        sheet.write_row(1, 0, ["2024-01-02 10:00:00", "07700900123", "one", None, "note"])
    result = read_file(path)
    assert messages_of(result)[0].extra == (("column E", "note"),)
    assert codes_of(result)["row_ragged"] == 1
    assert "row_shifted" not in codes_of(result)


def test_an_unknown_table_is_refused_with_its_headings_and_never_with_a_cell(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refused:
        read_text(tmp_path, "alpha,beta,gamma\n2024-01-02 10:00:00,07700900123,hello you\n")
    assert (refused.value.code, refused.value.subject) == ("table_unknown", "columns alpha, beta, gamma")


def test_a_table_without_headings_is_refused_without_naming_any_cell(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refused:
        read_text(tmp_path, "2024-01-02 10:00:00,07700900123,hello you\n2024-01-02 10:00:00,07700900123,hello him\n")
    assert refused.value.subject == "3 columns without a row of headings, 2 rows"


def test_names_alone_are_not_taken_for_headings(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refused:
        read_text(tmp_path, "Jay,Kay,Elle\nEmm,Enn,Oh\n")
    assert refused.value.subject == "3 columns without a row of headings, 2 rows"


@pytest.mark.parametrize(
    "content", ["hello, this is a note\nand another line, too\n", '{"a": 1,\n"b": 2}\n', "<a>,<b>\n"]
)
def test_text_that_is_no_table_is_not_claimed(content: str) -> None:
    head = Head(name="notes.txt", is_folder=False, first_bytes=content.encode(), mime_type="text/plain")
    assert claim_on(head) is None


def test_a_row_that_holds_nothing_that_is_read_is_named(tmp_path: Path) -> None:
    result = read_text(
        tmp_path,
        "#,Date,Number,Message,Note\n1,2024-01-02 10:00:00,07700900123,one,\n2,,,,\n3,,,,see page 4\n,Total,,,\n",
    )
    (rows,) = result.tally.values()
    assert rows["message"] == TallyRow(seen=3, indexed=1, noticed=2)
    assert rows["other:row with its number alone"] == TallyRow(seen=1, noticed=1)
    assert codes_of(result)["element_unreadable"] == 2


@pytest.mark.parametrize(
    ("names", "name"),
    [("Kez T,Kez,T", "Kez T"), ("Mum,Linda,Bee", "Mum Linda Bee"), (",Kez,T", "Kez T"), ("kez t,Kez,Bee", "kez t Bee")],
)
def test_first_and_last_name_add_what_a_whole_name_lacks(tmp_path: Path, names: str, name: str) -> None:
    headings = "Display Name,First Name,Last Name,Phone Number(s),Email Address(es),Source"
    (contact,) = contacts_of(
        read_text(tmp_path, f"{headings}\n{names},07700 900013,j@example.org,contacts2.db\n", name="contacts.csv")
    )
    assert (contact.name, contact.emails, len(contact.numbers)) == (name, ("j@example.org",), 1)


@pytest.mark.parametrize(
    ("headings", "cells", "name", "beside"),
    [
        ("First Name,Last Name,Phone,Nickname", "Ann,Tay,07700 900013,Annie", "Ann Tay", (("Nickname", "Annie"),)),
        ("First Name,Surname,Phone", "Ann,Tay,07700 900013", "Ann Tay", ()),
        ("Surname,Forename,Mobile", "Tay,Ann,07700 900013", "Ann Tay", ()),
        ("Given Name,Middle Name,Family Name,Phone 1 - Value", "Ann,Mo,Tay,07700 900013", "Ann Mo Tay", ()),
        ("Nickname,Name,Phone", "Annie,Ann Tay,07700 900013", "Ann Tay", (("Nickname", "Annie"),)),
        ("Nickname,Name,Phone", "Annie,,07700 900013", "Annie", ()),
        ("Nickname,Phone", "Annie,07700 900013", "Annie", ()),
    ],
)
def test_a_nickname_is_no_part_of_a_name(
    tmp_path: Path, headings: str, cells: str, name: str, beside: tuple[tuple[str, str], ...]
) -> None:
    (contact,) = contacts_of(read_text(tmp_path, f"{headings}\n{cells}\n", name="contacts.csv"))
    assert (contact.name, contact.extra) == (name, beside)


def test_an_account_behind_the_application_is_kept_beside_it(tmp_path: Path) -> None:
    source = "iMessage: +447700900100"
    result = read_text(
        tmp_path,
        f"Date,Source,Direction,Number,Message\n2024-01-02 10:00:00,{source},Incoming,07700900123,yo\n"
        "2024-01-02 10:05:00,iMessage,Incoming,07700900123,ok\n",
        name="export.csv",
    )
    one, other = messages_of(result)
    assert (one.service, other.service) == ("imessage", "imessage")
    assert ("Source", source) in one.extra
    assert not any(name == "Source" for name, _ in other.extra)


def test_the_kind_of_a_number_in_a_column_of_its_own(tmp_path: Path) -> None:
    text = (
        "Name,Notes,Phone 1 - Type,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Phone 3 - Type,Phone 3 - Value\n"
        "Jay,n,Mobile,+44 7700 900601,Work,01632 960001 ::: 01632 960002,Home,\n"
    )
    (jay,) = contacts_of(read_text(tmp_path, text, name="contacts.csv"))
    assert [(number.raw, number.label) for number in jay.numbers] == [
        ("+44 7700 900601", "Mobile"),
        ("01632 960001", "Work"),
        ("01632 960002", "Work"),
    ]
    assert jay.extra == (("Notes", "n"), ("Phone 3 - Type", "Home"))


def test_a_type_of_a_text_says_which_way_it_went(tmp_path: Path) -> None:
    rows = "IN,07700900123,a,2024-01-02 10:00\nOUT,07700900123,b,2024-01-02 10:01\n"
    text = f"SMS Type,Phone Number,Message Body,Date & Time\n{rows}"
    came, went = messages_of(read_text(tmp_path, text))
    assert (came.direction, went.direction) == (Direction.INCOMING, Direction.OUTGOING)


def test_headings_that_are_not_known_may_state_a_zone(tmp_path: Path) -> None:
    text = "Zz,Qq Date/Time - UTC+00:00 (dd/MM/yyyy),Yy\na,13/07/2023 17:45:00,b\n"
    with pytest.raises(InputRefused) as refused:
        read_text(tmp_path, text)
    assert refused.value.subject == "columns Zz, Qq Date/Time - UTC+00:00 (dd/MM/yyyy), Yy"
