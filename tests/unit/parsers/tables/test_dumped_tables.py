"""Tables that were written out of a phone's databases as they are, and columns of several states in one table."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.records.facts import Call, Contact, Message
from tests.unit.parsers.made_deliveries import of_kind, read_path

TEXTS = "_id,thread_id,address,person,date,read,status,type,body\n"
CALLS = "_id,number,date,duration,type,name,state,deleted\n"


def test_numbers_of_androids_texts_say_what_became_of_them(tmp_path: Path) -> None:
    path = tmp_path / "sms.csv"
    rows = ((1, -1, 1), (0, -1, 1), (1, 0, 2), (0, -1, 3), (0, -1, 4), (0, 64, 5), (0, -1, 6), (1, -1, 2))
    path.write_text(
        TEXTS
        + "".join(
            f"{at},3,07700900101,,{1718000000000 + at * 60000},{read},{status},{kind},t{at}\n"
            for at, (read, status, kind) in enumerate(rows, start=1)
        ),
        encoding="utf-8",
    )
    found = of_kind(read_path(path), Message)
    assert [(each.direction.value, each.status) for each in found] == [
        ("incoming", "read"),
        ("incoming", "unread"),
        ("outgoing", "delivered"),
        ("draft", None),
        ("outgoing", "outbox"),
        ("outgoing", "failed"),
        ("outgoing", "queued"),
        ("outgoing", "sent"),
    ]
    assert {("read", "0"), ("status", "64"), ("type", "5")} <= set(found[5].extra)


def test_the_row_of_a_person_is_no_name(tmp_path: Path) -> None:
    texts, people, named = tmp_path / "sms.csv", tmp_path / "people.csv", tmp_path / "named.csv"
    texts.write_text(f"{TEXTS}1,3,07700900101,5,1718000000000,1,-1,1,hi\n", encoding="utf-8")
    people.write_text("_id,person,name,number,label,type\n1,5,Ann,07700900101,,2\n", encoding="utf-8")
    named.write_text("Person,Number,Date,Text\nAnn,07700900101,2024-06-10 10:00:00,hi\n", encoding="utf-8")
    (text,) = of_kind(read_path(texts), Message)
    (contact,) = of_kind(read_path(people), Contact)
    (other,) = of_kind(read_path(named), Message)
    assert text.from_party is not None
    assert (text.from_party.raw, text.from_party.name, contact.name) == ("07700900101", None, "Ann")
    assert ("person", "5") in text.extra
    assert ("person", "5") in contact.extra
    assert [party.name for party in other.to] == ["Ann"]


@pytest.mark.parametrize(
    ("folder", "status", "read", "told"),
    [
        ("1", "complete", "1", "complete"),
        ("1", "-1", "Unread", "Unread"),
        ("1", "null", "0", "unread"),
        ("2", "Failed", "1", "Failed"),
        ("2", "64", "Read", "failed"),
        ("5", "-1", "Read", "failed"),
    ],
)
def test_words_in_place_of_androids_numbers_are_the_status(
    tmp_path: Path, folder: str, status: str, read: str, told: str
) -> None:
    path = tmp_path / "sms.csv"
    path.write_text(f"{TEXTS}1,3,07700900101,,1718000000000,{read},{status},{folder},hi\n", encoding="utf-8")
    (text,) = of_kind(read_path(path), Message)
    assert text.status == told


def test_a_number_under_person_is_who_it_is(tmp_path: Path) -> None:
    path, beside = tmp_path / "texts.csv", tmp_path / "beside.csv"
    path.write_text(
        "Date,Person,Direction,Message\n2024-06-10 10:00:00,07700900101,Incoming,hi\n"
        "2024-06-10 10:00:00,447700900102,Outgoing,hi\n2024-06-10 10:00:00,60300,Incoming,hi\n",
        encoding="utf-8",
    )
    beside.write_text(f"{TEXTS}1,3,,07700900101,1718000000000,1,-1,1,hi\n", encoding="utf-8")
    came, went, code = of_kind(read_path(path), Message)
    (text,) = of_kind(read_path(beside), Message)
    assert came.from_party is not None
    assert code.from_party is not None
    assert text.from_party is not None
    assert came.from_party.e164 == text.from_party.e164 == "+447700900101"
    assert [party.e164 for party in went.to] == ["+447700900102"]
    assert code.from_party.raw == "60300"


def test_a_number_under_person_without_a_direction_has_its_notice(tmp_path: Path) -> None:
    path = tmp_path / "texts.csv"
    path.write_text("Person,Date,Text\n07700900101,2024-06-10 10:00:00,hi\n", encoding="utf-8")
    read = read_path(path)
    (text,) = of_kind(read, Message)
    assert [party.e164 for party in text.to] == ["+447700900101"]
    assert "direction_untold" in {notice.code for notice in read.notices}


@pytest.mark.parametrize(
    ("state", "deleted", "read_as"),
    [
        ("0", "1", "deleted"),
        ("0", "0", "intact"),
        ("1", "0", "intact"),
        ("Deleted", "0", "deleted"),
        ("x", "1", "deleted"),
    ],
)
def test_what_is_called_deleted_holds_before_a_state(tmp_path: Path, state: str, deleted: str, read_as: str) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(f"{CALLS}1,07700900101,1718000000000,5,1,Ann,{state},{deleted}\n", encoding="utf-8")
    (call,) = of_kind(read_path(path), Call)
    assert call.deleted == read_as


def test_a_state_that_is_a_place_does_not_hide_that_a_contact_is_deleted(tmp_path: Path) -> None:
    path = tmp_path / "contacts.csv"
    path.write_text("Name,Phone,State,Deleted\nAnn,07700900101,West Yorkshire,Yes\n", encoding="utf-8")
    (contact,) = of_kind(read_path(path), Contact)
    assert contact.deleted == "deleted"
    assert ("State", "West Yorkshire") in contact.extra


def test_whether_a_text_was_read_does_not_hide_what_became_of_it(tmp_path: Path) -> None:
    path = tmp_path / "texts.csv"
    head = "Date,Number,Direction,Text,Read,Status\n"
    rows = ("In,a,Yes,Delivered", "Out,b,No,Draft", "In,c,Yes,", "In,d,Unread,-1", "In,e,1,-1")
    path.write_text(head + "".join(f"2024-06-13 10:00:00,07700900101,{row}\n" for row in rows), encoding="utf-8")
    found = of_kind(read_path(path), Message)
    assert [(each.direction.value, each.status) for each in found] == [
        ("incoming", "Delivered"),
        ("draft", "Draft"),
        ("incoming", "Yes"),
        ("incoming", "Unread"),
        ("incoming", "-1"),
    ]


def test_a_call_that_another_device_answered_came_in(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(f"{CALLS}1,07700900101,1718000000000,5,7,Ann,0,0\n", encoding="utf-8")
    (call,) = of_kind(read_path(path), Call)
    assert call.call_type == "incoming"
