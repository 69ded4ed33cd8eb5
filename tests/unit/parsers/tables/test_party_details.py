"""Rows as Oxygen writes them: the other side among the details, ids behind names, ``UTC 0`` in a heading."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.records.values import Party
from tests.unit.parsers.formats.table.made_tables import messages_of, read_text

HEAD = "Direction,Source,Time stamp (UTC 0),Text,From,To,Details\n"
AT = "2020-10-22 08:55:14"


def details(*lines: str) -> str:
    return '"' + "\n".join(("Source file: /data/cache4.db", *lines)) + '"'


def test_the_remote_party_of_the_details_is_the_other_side(tmp_path: Path) -> None:
    tes = details("Remote party ID: 1313943896", "Remote party: Tes", "Remote party phone number: 447700900101")
    kim = details("Remote party ID: 1313943897", "Remote party: Kim")
    both = details("Remote party: Tes", "Remote party: Kim")
    rows = [
        f"Incoming,Telegram,{AT},in,,,{tes}\n",
        f"Outgoing,Telegram,{AT},out,,,{tes}\n",
        f"Incoming,Telegram,{AT},in,,,{kim}\n",
        f"Incoming,Telegram,{AT},in,,,{both}\n",
        f"Incoming,Telegram,{AT},in,07700900103,,{tes}\n",
    ]
    found = messages_of(read_text(tmp_path, HEAD + "".join(rows)))
    party = Party("447700900101", "+447700900101", "Tes")
    assert [(each.from_party, each.to) for each in found] == [
        (party, ()),
        (None, (party,)),
        (Party("1313943897", None, "Kim"), ()),
        (None, ()),
        (Party("07700900103", "+447700900103"), ()),
    ]
    assert {each.time.utc for each in found} == {"2020-10-22T08:55:14.000Z"}
    assert all(any(name == "Details" for name, _ in each.extra) for each in found)


def test_details_that_name_the_side_are_no_column_that_was_not_read(tmp_path: Path) -> None:
    head = "Direction,Time stamp (UTC 0),Text,Details,Device\n"
    kim, nobody = details("Remote party: Kim"), details("Remote party: Unknown")
    named, mixed = tmp_path / "named", tmp_path / "mixed"
    named.mkdir()
    mixed.mkdir()
    told = read_text(named, f"{head}Incoming,{AT},in,{kim},Nokia\n")
    partly = read_text(mixed, f"{head}Incoming,{AT},in,{kim},Nokia\nIncoming,{AT},in,{nobody},Nokia\n")
    assert {notice.code: notice.subject for notice in told.notices} == {
        "columns_assumed": "direction = Direction, time = Time stamp (UTC 0), body = Text, "
        "other side where no column names it = Details; kept beside the records and not read: Device"
    }
    assert [(notice.code, notice.subject) for notice in partly.notices if notice.code == "side_not_read"] == [
        ("side_not_read", "Device")
    ]
    assert [each.from_party for each in messages_of(partly)] == [Party(name="Kim"), None]


def test_details_that_name_nobody_are_not_read(tmp_path: Path) -> None:
    rows = f"Incoming,SMS,{AT},in,07700900103,,{details('Remote party: Kim')}\n"
    (notice,) = [each for each in read_text(tmp_path, HEAD + rows).notices if each.code == "columns_assumed"]
    assert notice.subject is not None
    assert notice.subject.endswith("not read: Details")


def test_details_are_read_line_by_line_whatever_ends_a_line(tmp_path: Path) -> None:
    lines = "a\r Remote party ID : 1313943896\rRemote party: Tes _x000D_\r"
    (found,) = messages_of(read_text(tmp_path, f'{HEAD}Incoming,Telegram,{AT},in,,,"{lines}"\n'))
    assert found.from_party == Party("1313943896", None, "Tes")


@pytest.mark.parametrize(
    ("cell", "raw", "name"),
    [
        ("Own <987>", "987", "Own"),
        ("<123456789>", "123456789", None),
        ("Jay K <123456789>", "123456789", "Jay K"),
        ("<Device Owner>", None, "<Device Owner>"),
        ("Jay <3", None, "Jay <3"),
    ],
)
def test_an_id_in_angles_is_what_the_source_knows_somebody_by(
    tmp_path: Path, cell: str, raw: str | None, name: str | None
) -> None:
    (found,) = messages_of(read_text(tmp_path, f"{HEAD}Incoming,Instagram,{AT},hi,{cell},,\n"))
    assert found.from_party == Party(raw, None, name)
