"""The other side of messages that name their chat: a number, a name that the rows show to be a person's, or neither."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.records.facts import Message
from parsers.records.values import Party
from tests.unit.parsers.formats.table.made_tables import codes_of, messages_of, read_text

NUMBER = "+447700900601"
ANN = Party(NUMBER, NUMBER, "Ann")
IMAZING = "Chat Session,Message Date,Delivered Date,Read Date,Service,Type,Sender ID,Sender Name,Status,Text\n"
UNTOLD = "side_untold"


def imazing(tmp_path: Path, *rows: tuple[str, str, str, str]) -> tuple[list[Message], dict[str, int]]:
    lines = [
        f'"{chat}",2023-09-13 18:4{place}:00,,,SMS,{way},{number},{name},Read,text {place}\n'
        for place, (chat, way, number, name) in enumerate(rows)
    ]
    result = read_text(tmp_path, IMAZING + "".join(lines))
    return messages_of(result), codes_of(result)


@pytest.mark.parametrize("chat", [NUMBER, "07700 900601"])
def test_a_chat_that_is_called_by_a_number_is_of_that_number(tmp_path: Path, chat: str) -> None:
    (came, went), codes = imazing(tmp_path, (chat, "Incoming", "", ""), (chat, "Outgoing", "", ""))
    peer = Party(chat, NUMBER)
    assert (came.from_party, came.to, came.thread) == (peer, (), chat)
    assert (went.from_party, went.to, went.thread) == (None, (peer,), chat)
    assert UNTOLD not in codes


def test_a_message_to_a_chat_of_several_numbers_went_to_all(tmp_path: Path) -> None:
    chat = "+447700900601, +447700900602"
    (came, went), codes = imazing(tmp_path, (chat, "Incoming", "", ""), (chat, "Outgoing", "", ""))
    assert [party.e164 for party in went.to] == [NUMBER, "+447700900602"]
    assert came.from_party is None
    assert codes[UNTOLD] == 1


def test_a_chat_is_of_who_alone_writes_in_it_under_its_name(tmp_path: Path) -> None:
    rows = (("Ann", "Incoming", NUMBER, "Ann"), ("Ann", "Outgoing", "", ""))
    (came, went), codes = imazing(tmp_path, *rows)
    assert (came.from_party, came.to, came.thread) == (ANN, (), "Ann")
    assert (went.from_party, went.to, went.thread) == (None, (ANN,), "Ann")
    assert UNTOLD not in codes
    # the row that shows it may stand behind
    (went, _), _ = imazing(tmp_path, *reversed(rows))
    assert went.to == (ANN,)


@pytest.mark.parametrize(
    "others",
    [
        (),
        (("Lads", "Incoming", NUMBER, "Ann"),),
        (("Lads", "Incoming", NUMBER, "Lads"), ("Lads", "Incoming", "+447700900602", "Bob")),
    ],
)
def test_a_chat_of_another_name_may_be_a_group(tmp_path: Path, others: tuple[tuple[str, str, str, str], ...]) -> None:
    (went, *_), codes = imazing(tmp_path, ("Lads", "Outgoing", "", ""), ("Lads", "Outgoing", "", ""), *others)
    assert (went.from_party, went.to, went.thread) == (None, (), "Lads")
    assert codes[UNTOLD] == 2


def test_the_owner_may_be_named_as_a_sender(tmp_path: Path) -> None:
    text = (
        "Message ID,Date,Sender ID,Sender,Chat,Message,Is Outgoing,Media\n"
        "1,2023-09-13T17:45:00+00:00,111,Ann,Ann,in,False,\n2,2023-09-13T17:47:00+00:00,999,Me,Ann,out,True,\n"
    )
    came, went = messages_of(read_text(tmp_path, text))
    assert came.from_party == Party("111", None, "Ann")
    assert (went.from_party, went.to) == (Party("999", None, "Me", is_owner=True), (came.from_party,))
    assert went.thread == "Ann"


def test_a_stated_side_holds_before_the_chat(tmp_path: Path) -> None:
    text = (
        "Message Timestamp,Direction,Sender,Recipient,Message,Chat Name\n"
        f"2023-09-13 17:47:00+00:00,Outgoing,Local User,{NUMBER},out,07700 900602\n"
    )
    (went,) = messages_of(read_text(tmp_path, text))
    assert ([party.e164 for party in went.to], went.thread) == ([NUMBER], "07700 900602")


def test_nobody_is_told_where_senders_alone_have_a_column(tmp_path: Path) -> None:
    text = f"Date,Direction,Sender,Message\n2023-09-13 17:45:00,In,{NUMBER},a\n2023-09-13 17:46:00,Out,,b\n"
    result = read_text(tmp_path, text)
    assert messages_of(result)[1].to == ()
    assert codes_of(result)[UNTOLD] == 1


def test_an_id_of_a_chat_is_nobody(tmp_path: Path) -> None:
    text = "Date,Direction,Sender ID,Chat ID,Message\n2023-09-13 17:46:00,Out,,1000042,b\n"
    (went,) = messages_of(read_text(tmp_path, text))
    assert (went.to, went.thread) == ((), "1000042")


def test_the_handle_of_apples_database_is_the_other_side(tmp_path: Path) -> None:
    text = (
        "ROWID,date,is_from_me,service,handle,text\n"
        f"1,2023-09-13 17:45:00,0,iMessage,{NUMBER},in\n2,2023-09-13 17:47:00,1,iMessage,{NUMBER},out\n"
    )
    result = read_text(tmp_path, text)
    came, went = messages_of(result)
    assert (came.from_party, went.to) == (Party(NUMBER, NUMBER), (Party(NUMBER, NUMBER),))
    assert "side_not_read" not in codes_of(result)


def test_who_is_called_phone_owner_beside_a_number_is_the_owner(tmp_path: Path) -> None:
    text = (
        "Direction,Source,Time stamp (UTC),From,To,Text\n"
        f"Incoming,SMS,13/09/2023 17:45:00,Ann <{NUMBER}>,Phone owner <+447700900820>,a\n"
    )
    (came,) = messages_of(read_text(tmp_path, text))
    assert came.to == (Party("+447700900820", "+447700900820", "Phone owner", is_owner=True),)
