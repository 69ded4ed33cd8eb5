"""A column of sources that holds numbers says who wrote or called, and names no service."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.errors import InputRefused
from parsers.records.facts import Call, CallType, Direction, Message
from tests.unit.parsers.formats.table.made_tables import calls_of, codes_of, messages_of, read_text

AT = "14/09/2023 16:49"
ONE, TWO, OWN = "07700900123", "07700900124", "07700900999"


def _sides(record: Call | Message) -> tuple[str | None, list[str | None]]:
    sender = record.from_party
    return (None if sender is None else sender.raw or sender.name), [party.raw or party.name for party in record.to]


@pytest.mark.parametrize(
    ("source", "destination"),
    [("Source", "Destination"), ("Source", "Target"), ("Source Address", "Destination Address"), ("Src", "Dst")],
)
def test_beside_a_destination_a_source_is_the_sender(tmp_path: Path, source: str, destination: str) -> None:
    result = read_text(tmp_path, f"Date,{source},{destination},Text\n{AT},{ONE},{OWN},a\n{AT},{OWN},{TWO},b\n")
    messages = messages_of(result)
    assert [_sides(message) for message in messages] == [(ONE, [OWN]), (OWN, [TWO])]
    assert {message.direction for message in messages} == {Direction.UNKNOWN}
    assert not {message.service for message in messages} & {ONE, OWN}


def test_the_way_of_a_call_that_is_stated_holds(tmp_path: Path) -> None:
    (call,) = calls_of(
        read_text(tmp_path, f"Date,Source,Destination,Type,Duration\n{AT},{ONE},{OWN},Incoming,65\n", name="calls.csv")
    )
    assert (_sides(call), call.call_type, call.service) == ((ONE, [OWN]), CallType.INCOMING, None)


def test_an_application_beside_it_stays_the_service(tmp_path: Path) -> None:
    (message,) = messages_of(
        read_text(tmp_path, f"Application,Date,Source,Destination,Text\nWhatsApp,{AT},{ONE},{OWN},a\n")
    )
    assert (_sides(message), message.service) == ((ONE, [OWN]), "whatsapp")


def test_alone_beside_a_direction_it_is_the_other_side(tmp_path: Path) -> None:
    result = read_text(tmp_path, f"Date,Source,Direction,Text\n{AT},{ONE},In,a\n{AT},{TWO},Out,b\n")
    assert [_sides(message) for message in messages_of(result)] == [(ONE, []), (None, [TWO])]
    assert codes_of(result)["side_by_cells"] == 2


def test_beside_its_device_it_is_who_wrote(tmp_path: Path) -> None:
    result = read_text(
        tmp_path,
        "id,conversationId,type,sent_at,source,sourceDevice,body\n"
        "1,abc,incoming,1694706540000,+447700900123,1,yo\n2,abc,outgoing,1694706550000,+447700900999,1,ok\n",
    )
    assert [_sides(message) for message in messages_of(result)] == [("+447700900123", []), ("+447700900999", [])]


def test_beside_another_column_of_the_other_side_it_is_kept_beside(tmp_path: Path) -> None:
    result = read_text(tmp_path, f"Date,Source,Direction,Number,Text\n{AT},{OWN},In,{ONE},a\n{AT},{OWN},Out,{TWO},b\n")
    assert [_sides(message) for message in messages_of(result)] == [(ONE, []), (None, [TWO])]
    assert all(("Source", OWN) in message.extra for message in messages_of(result))


def test_names_of_applications_stay_the_service(tmp_path: Path) -> None:
    result = read_text(tmp_path, f"Date,Source,Number,Direction,Text\n{AT},WhatsApp,{ONE},In,a\n")
    assert [message.service for message in messages_of(result)] == ["whatsapp"]


def test_a_log_of_a_network_is_no_table_of_messages(tmp_path: Path) -> None:
    with pytest.raises(InputRefused):
        read_text(
            tmp_path, f"Date,Src,Dst,Message\n{AT},192.0.2.10,192.0.2.1,Denied\n{AT},192.0.2.11,192.0.2.1,Denied\n"
        )


@pytest.mark.parametrize("sources", [(OWN, OWN, OWN), (OWN, "07700900998", OWN), ("447700900999@s.whatsapp.net",) * 3])
@pytest.mark.parametrize("name", ["Name", "Chat"])
def test_the_number_of_the_phone_that_a_row_is_of_is_no_party(
    tmp_path: Path, sources: tuple[str, str, str], name: str
) -> None:
    rows = zip(("Kent", "Will", "Summer"), ("In", "Out", "In"), sources, strict=True)
    text = "".join(f"{AT},{who},{way},a,{source}\n" for who, way, source in rows)
    messages = messages_of(read_text(tmp_path, f"Date,{name},Direction,Text,Source\n{text}"))
    held = [party for each in messages for party in (each.from_party, *each.to) if party is not None]
    assert not {party.raw for party in held} & set(sources)
    if name == "Name":
        assert [party.name for party in held] == ["Kent", "Will", "Summer"]
    assert all(("Source", source) in each.extra for each, source in zip(messages, sources, strict=True))


def test_the_number_of_the_phone_is_not_who_wrote_what_came_in(tmp_path: Path) -> None:
    result = read_text(tmp_path, f"Date,Direction,To,Source,Text\n{AT},In,{ONE},{OWN},a\n{AT},Out,{TWO},{OWN},b\n")
    assert all(each.from_party is None or each.from_party.raw != OWN for each in messages_of(result))


def test_applications_among_the_numbers_of_the_phone_stay_the_service(tmp_path: Path) -> None:
    sources = (OWN, OWN, OWN, "WhatsApp")
    text = "".join(f"{AT},{who},In,a,{source}\n" for who, source in zip("KLMN", sources, strict=True))
    messages = messages_of(read_text(tmp_path, f"Date,Name,Direction,Text,Source\n{text}"))
    assert messages[-1].service == "whatsapp"
    assert [each.from_party.name for each in messages if each.from_party is not None] == list("KLMN")
    assert all(each.from_party is None or each.from_party.e164 is None for each in messages)


def test_numbers_that_each_stand_beside_one_name_are_theirs(tmp_path: Path) -> None:
    rows = ((ONE, "Kent", "In"), (TWO, "Will", "Out"), ("07700900125", "Jay", "In"), (ONE, "Kent", "Out"))
    text = "".join(f"{AT},{number},{name},{way},a\n" for number, name, way in rows)
    result = read_text(tmp_path, f"Date,Source,Name,Direction,Text\n{text}")
    assert [_sides(message) for message in messages_of(result)] == [
        *((ONE, []), (None, [TWO]), ("07700900125", []), (None, [ONE])),
    ]
