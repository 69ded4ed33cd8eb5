"""``You`` and ``Myself`` among the sides of a table: the owner, unless others show that somebody is saved so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.parsers.formats.table.made_tables import calls_of, messages_of, read_text

JAY = "+44 7700 900601"


def ways(tmp_path: Path, content: str) -> list[str]:
    return [each.direction.value for each in messages_of(read_text(tmp_path, content))]


@pytest.mark.parametrize("word", ["You", "you", "Myself", " You "])
def test_the_sender_of_what_went_out(tmp_path: Path, word: str) -> None:
    result = read_text(tmp_path, f"Date,Sender,Message\n13/06/2024 10:05,{JAY},a\n13/06/2024 10:07,{word},b\n")
    came, went = messages_of(result)
    assert (came.direction, went.direction) == ("incoming", "outgoing")
    assert went.from_party is not None
    assert (went.from_party.name, went.from_party.is_owner) == (word.strip(), True)


def test_both_sides(tmp_path: Path) -> None:
    assert ways(tmp_path, f"Date,From,To,Message\n13/06/2024 10:05,{JAY},You,a\n13/06/2024 10:07,You,{JAY},b\n") == [
        "incoming",
        "outgoing",
    ]


def test_among_the_participants(tmp_path: Path) -> None:
    rows = f'13/06/2024 10:05,{JAY},"{JAY};You",a\n13/06/2024 10:07,You,"{JAY};You",b\n'
    assert ways(tmp_path, f"Date,Sender,Participants,Message\n{rows}") == ["incoming", "outgoing"]


def test_calls(tmp_path: Path) -> None:
    rows = f"13/06/2024 10:05,{JAY},You,5\n13/06/2024 10:07,You,{JAY},5\n"
    result = read_text(tmp_path, f"Date,Caller,Callee,Duration\n{rows}")
    assert [each.call_type for each in calls_of(result)] == ["incoming", "outgoing"]


@pytest.mark.parametrize(
    "content",
    [
        # Somebody else is the owner.
        "Date,From,To,Message\n13/06/2024 10:05,You,Me,a\n",
        "Date,From,To,Message\n13/06/2024 10:05,You,07700 900100 (owner),a\n",
        # What such a sender wrote came in.
        "Date,From,Direction,Message\n13/06/2024 10:05,You,Incoming,a\n13/06/2024 10:07,Jay,Incoming,b\n",
        "Date,Sender,Type,Message\n13/06/2024 10:05,You,Received,a\n13/06/2024 10:07,Jay,Received,b\n",
        "Date,Sender,Folder,Message\n13/06/2024 10:05,You,Inbox,a\n13/06/2024 10:07,Jay,Inbox,b\n",
        # Nobody else is there.
        "Date,Sender,Message\n13/06/2024 10:05,You,a\n13/06/2024 10:07,You,b\n",
        # A number is beside the name.
        "Date,Sender,Message\n13/06/2024 10:05,You <07700900123>,a\n13/06/2024 10:07,Jay,b\n",
    ],
)
def test_somebody_who_is_saved_so(tmp_path: Path, content: str) -> None:
    first = messages_of(read_text(tmp_path, content))[0]
    assert first.from_party is not None
    assert (first.from_party.name, first.from_party.is_owner) == ("You", None)
    assert first.direction != "outgoing"


@pytest.mark.parametrize(("heading", "word"), [("Folder", "Sent"), ("Type", "Sent"), ("Direction", "Outgoing")])
def test_who_got_what_went_out_is_saved_so(tmp_path: Path, heading: str, word: str) -> None:
    rows = f"13/06/2024 10:06,07700900600,You,{word},b\n13/06/2024 10:07,Jay,07700900600,{word},b\n"
    first = messages_of(read_text(tmp_path, f"Date,From,To,{heading},Message\n{rows}"))[0]
    assert (first.direction, first.to[0].name, first.to[0].is_owner) == ("outgoing", "You", None)
