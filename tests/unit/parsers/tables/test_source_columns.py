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
