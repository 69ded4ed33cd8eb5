"""Networks list calls and texts without a duration: what the rows are is said by the cells of their type alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.contract import Head
from parsers.errors import InputRefused
from parsers.formats.table.claims import claim_on
from parsers.reading import ReadResult
from parsers.records.facts import CallType, Direction
from tests.unit.parsers.formats.table.made_tables import calls_of, messages_of, read_text

OWN, OTHER = "447700900001", "447700900456"
SIDES = "A Number,B Number,Start Time,Type"


def rows_of(*types: str, more: str = "") -> str:
    return "".join(
        f"{OWN},{OTHER},2023-09-{13 + place % 15}T17:45:00Z,{kind}{more}\n" for place, kind in enumerate(types)
    )


def read(folder: Path, text: str) -> ReadResult:
    return read_text(folder, text, name=f"{OWN}_Sept.csv")


@pytest.mark.parametrize("name", [f"{OWN}_Sept.csv", f"{OWN}_sms.csv"])
def test_texts_alone_are_read_whatever_the_file_is_called(tmp_path: Path, name: str) -> None:
    text = f"Calling Number,Called Number,Date,Time,Type\n{OWN},{OTHER},13/09/2023,18:45:00,SMS\n"
    (message,) = messages_of(read_text(tmp_path, text, name=name))
    assert (message.service, message.body, message.time.utc) == ("sms", None, "2023-09-13T17:45:00.000Z")
    assert message.from_party is not None
    assert (message.from_party.e164, [party.e164 for party in message.to]) == (f"+{OWN}", [f"+{OTHER}"])


def test_calls_and_texts_are_told_apart_row_by_row(tmp_path: Path) -> None:
    result = read(tmp_path, f"{SIDES},Direction\n" + rows_of("VOICE", more=",OUT") + rows_of("SMS", more=",IN"))
    assert [call.call_type for call in calls_of(result)] == [CallType.OUTGOING]
    assert [message.direction for message in messages_of(result)] == [Direction.INCOMING]


def test_charging_codes_under_a_heading_of_events(tmp_path: Path) -> None:
    head = "A Number,B Number,Date/Time,Event Type,IMEI,Cell ID\n"
    rows = f"{OWN},{OTHER},13/09/2023 18:45:00,MOC,,1\n{OTHER},{OWN},13/09/2023 18:46:00,SMS-MT,,1\n"
    result = read(tmp_path, head + rows)
    assert (len(calls_of(result)), len(messages_of(result))) == (1, 1)


def test_one_side_is_enough_where_types_say_the_way(tmp_path: Path) -> None:
    rows = f"{OWN},13/09/2023 18:45:00,Outgoing call\n{OTHER},13/09/2023 18:46:00,Incoming SMS\n"
    result = read(tmp_path, f"Number,Date/Time,Type\n{rows}")
    assert (len(calls_of(result)), len(messages_of(result))) == (1, 1)


@pytest.mark.parametrize("kind", ["VOICE", "Voice call", "MOC", "Call forwarding"])
def test_calls_alone(tmp_path: Path, kind: str) -> None:
    result = read(tmp_path, f"{SIDES}\n" + rows_of(kind, kind))
    assert (len(calls_of(result)), len(messages_of(result))) == (2, 0)


def test_messages_of_no_service_are_messages_and_no_calls(tmp_path: Path) -> None:
    result = read(tmp_path, f"{SIDES}\n" + rows_of("Message", "Message"))
    assert (len(calls_of(result)), len(messages_of(result))) == (0, 2)


@pytest.mark.parametrize(
    "text",
    [
        f"{SIDES}\n" + rows_of("Transfer", "Standing order"),
        f"{SIDES}\n" + rows_of("Text", "Text", "Text", "Text", "Text", "Voice note"),
        f"{SIDES}\n" + rows_of("Photo", "Text", "Photo"),
        f"{SIDES}\n" + rows_of("DATA", "GPRS"),
        f"{SIDES}\n" + rows_of("Outgoing", "Incoming"),
        f"{SIDES}\n" + rows_of("", "", "", "SMS"),
        f"{SIDES}\n" + rows_of("VOICE", "VOICE", "SMS-MT", "MOC", "MOC", ""),
        # Journeys and letters have sides, days and such types too, and no telephone numbers.
        "From,To,Date,Type\nLeeds,York,13/09/2023,Call\nYork,Hull,14/09/2023,Call\n",
        "Date,From,To,Type\n13/09/2023,Ann,Ben,Message\n14/09/2023,Ben,Ann,Message\n",
        # A book of people has numbers, days and a type.
        f"Name,Number,Date,Type\nJay,{OWN},13/09/2023,VOICE\nKay,{OTHER},14/09/2023,VOICE\n",
        f"Number,Date,Folder,Type\n{OWN},13/09/2023,a,VOICE\n{OTHER},14/09/2023,a,VOICE\n",
        # Bundles that were topped up, and whom to call when: one side, and nothing went anywhere.
        f"Number,Date,Type,Amount\n{OWN},13/09/2023,Voice,5.00\n{OTHER},14/09/2023,Text,5.00\n",
        f"Time,Number,Type\n13/09/2023 10:00,{OWN},Call\n14/09/2023 10:00,{OTHER},Text\n",
        f"Date,Mobile,Type,Agent\n13/09/2023,{OWN},Call,Summer\n14/09/2023,{OTHER},Text,Summer\n",
    ],
)
def test_what_the_cells_do_not_tell_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputRefused) as refused:
        read(tmp_path, text)
    assert refused.value.code == "table_unknown"


def test_the_refusal_says_what_is_not_told(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refused:
        read(tmp_path, f"{SIDES}\n" + rows_of("Outgoing"))
    assert refused.value.subject == (
        "columns A Number, B Number, Start Time, Type; nothing says whether its rows are calls or messages"
    )


def test_text_without_a_suffix_of_tables_is_claimed() -> None:
    text = f"{SIDES}\n" + rows_of("VOICE", "SMS")
    claim = claim_on(Head(name="records.txt", is_folder=False, first_bytes=text.encode(), mime_type="text/plain"))
    assert claim is not None
    assert claim.score == 20
