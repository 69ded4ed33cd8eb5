"""Calls and contacts."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.records.values import NumberRef, Party
from tests.unit.parsers.formats.xry_text.export_text import (
    E164,
    PEER,
    calls_of,
    codes,
    contacts_of,
    entity,
    export,
    is_balanced,
    read_text,
)

AT = ("Time", "13/09/2023 18:45:00 (Device)")


def call(*lines: str) -> str:
    return "\n".join(["Calls #\t1", *lines])


def test_the_published_example(tmp_path: Path) -> None:
    text = call("Call Type:\tMissed", "Time:\t1/22/2019 1:23:45 PM (Device)", "From", "Tel:\t07700900456")
    (only,) = calls_of(read_text(tmp_path, export(text, view="Calls")))
    assert only.from_party == Party("07700900456", E164)
    assert (only.call_type, only.duration_seconds, only.to) == ("missed", None, ())
    assert (only.time.utc, only.time.basis) == ("2019-01-22T13:23:45.000Z", "device_local")


@pytest.mark.parametrize(
    ("lines", "went"),
    [
        (("Call Type:\tReceived",), "incoming"),
        (("Call Type:\tDialed",), "outgoing"),
        (("Call Type:\tLast Dialed",), "outgoing"),
        (("Call Type:\tRejected",), "rejected"),
        (("Direction:\tOutgoing", "Call Type:\tMissed"), "outgoing"),
        (("Direction:\tIncoming", "Call Type:\tMissed"), "missed"),
        (("Type:\tDialed",), "outgoing"),
        (("From",), "incoming"),
        (("To",), "outgoing"),
        ((), "unknown"),
    ],
)
def test_call_types(tmp_path: Path, lines: tuple[str, ...], went: str) -> None:
    text = call("Time:\t13/09/2023 18:45:00 (Device)", *lines, f"Tel:\t{PEER}", "Duration:\t00:01:05")
    (only,) = calls_of(read_text(tmp_path, export(text, view="Calls")))
    assert (only.call_type, only.duration_seconds) == (went, 65)
    is_theirs = went in {"incoming", "missed", "rejected"}
    assert only.from_party == (Party(PEER, E164) if is_theirs else None)
    assert only.to == (() if is_theirs else (Party(PEER, E164),))


def test_a_call_keeps_what_it_says(tmp_path: Path) -> None:
    text = call(
        "Call Type:\tDialed", f"To:\t{PEER}", "Name (Matched):\tJay", "Duration:\tnone", "Index:\t4", "Deleted:\tYes"
    )
    (only,) = calls_of(read_text(tmp_path, export(text, view="Calls")))
    assert only.to == (Party(PEER, E164, "Jay"),)
    assert (only.deleted, only.duration_seconds) == ("deleted", None)
    assert {("Call Type", "Dialed"), ("Duration", "none"), ("Index", "4")} <= set(only.extra)


def test_a_withheld_number_stays_as_written(tmp_path: Path) -> None:
    (only,) = calls_of(read_text(tmp_path, export(call("Call Type:\tMissed", "From", "Tel:\tPrivate"), view="Calls")))
    assert only.from_party == Party("Private")


def contact(*pairs: tuple[str, str]) -> str:
    return entity("Contacts", 1, *pairs)


def test_numbers_of_a_contact_with_words_beside_them(tmp_path: Path) -> None:
    text = contact(
        ("Name", "Jay"), ("Tel", "07700900456 (Mobile)"), ("Home", "01632 960001; 01632 960002"), ("Tel", "O2")
    )
    (only,) = contacts_of(read_text(tmp_path, export(text, view="Contacts/Contacts")))
    assert only.numbers == (
        NumberRef("07700900456 (Mobile)", "+447700900456"),
        NumberRef("01632 960001", "+441632960001", "Home"),
        NumberRef("01632 960002", "+441632960002", "Home"),
        NumberRef("O2", None),
    )


def test_a_contact(tmp_path: Path) -> None:
    text = contact(
        ("Name", "Jay"), ("Tel", PEER), ("Mobile", "+447700900457"), ("Home", "01632 960001"),
        ("Mobile 2", "07700900458"),
        ("Email Home", "jay@example.org"), ("Address Home", "1 Some Road"), ("Account Name", "jay.1"),
        ("Storage", "SIM"), ("Index", "3"), ("Other", "07700 900459"), ("Picture", "a.jpg"),
    )  # fmt: skip
    (only,) = contacts_of(read_text(tmp_path, export(text, view="Contacts/Contacts")))
    assert only.name == "Jay"
    assert only.numbers == (
        NumberRef(PEER, E164),
        NumberRef("+447700900457", "+447700900457", "Mobile"),
        NumberRef("01632 960001", "+441632960001", "Home"),
        NumberRef("07700900458", "+447700900458", "Mobile 2"),
        NumberRef("07700 900459", "+447700900459", "Other"),
    )
    assert (only.emails, only.handles) == (("jay@example.org",), ("jay.1",))
    assert (only.stored_in, only.listing) == ("sim", "sim")
    assert {("Address Home", "1 Some Road"), ("Index", "3"), ("Picture", "a.jpg")} <= set(only.extra)


@pytest.mark.parametrize(
    ("pairs", "stored"),
    [
        ((("Storage", "Phone"),), "phone"),
        ((("Storage", "Device"),), "phone"),
        ((("Storage", "SIM 1"),), "sim"),
        ((("Related Application", "WhatsApp Messenger"),), "whatsapp"),
        ((("Related Application", "Contacts (Native)"), ("Storage", "Device")), "contacts (native)"),
        ((), None),
    ],
)
def test_where_a_contact_is_stored(tmp_path: Path, pairs: tuple[tuple[str, str], ...], stored: str | None) -> None:
    (only,) = contacts_of(read_text(tmp_path, export(contact(("Name", "Jay"), *pairs), view="Contacts/Contacts")))
    assert only.stored_in == stored


def test_odd_names_and_further_lines_come_out_as_they_are(tmp_path: Path) -> None:
    name = "=cmd|'/C calc'!A1\u202egnp\u200f"
    text = contact(("Name", name), ("Tel", "24/7"), ("Address Home", "1 Some Road\n\nSome Town"), ("Skype", "jay.1"))
    (only,) = contacts_of(read_text(tmp_path, export(text, view="Contacts/Contacts")))
    assert (only.name, [each.raw for each in only.numbers]) == (name, ["24/7"])
    assert {("Address Home", "1 Some Road\n\nSome Town"), ("Skype", "jay.1")} <= set(only.extra)


def test_other_views_are_counted_and_named(tmp_path: Path) -> None:
    text = export(entity("Web", 1, ("Url", "http://example.org")), entity("Web", 2, ("Url", "x")), view="Web/Bookmarks")
    result = read_text(tmp_path, text)
    (notice,) = result.notices
    assert (notice.code, notice.count, notice.element, notice.subject) == (
        *("element_not_read", 2),
        *("other:Web/Bookmarks", "Web/Bookmarks"),
    )
    assert is_balanced(result)
    assert result.state == "complete"


def test_a_view_without_entities_is_read(tmp_path: Path) -> None:
    result = read_text(tmp_path, export(view="Calls", count="0 items"))
    assert (result.records, codes(result), result.state) == ((), {}, "complete")
    assert len(result.parts) == 1


def test_a_contact_with_its_name_in_two_keys(tmp_path: Path) -> None:
    pairs = (("First Name", "Kay"), ("Last Name", "Bee"), ("Mobile", "07700 900125"))
    text = export(entity("Contacts", 1, *pairs), view="Contacts/Contacts")
    (record,) = contacts_of(read_text(tmp_path, text))
    assert record.name == "Kay Bee"
