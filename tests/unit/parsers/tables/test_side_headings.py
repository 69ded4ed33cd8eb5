"""Headings that name a side by what became of a call or text, and times that are whole numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.contract import Sidecar
from parsers.table_fields import Field
from parsers.table_mapping import read_mappings
from parsers.tables.side_headings import moved_side, side_in
from tests.unit.parsers.formats.table.made_tables import codes_of, messages_of, read_text

AT = "14/09/2023 16:49"


@pytest.mark.parametrize(
    ("heading", "side"),
    [
        ("sent from", Field.FROM),
        ("received from", Field.FROM),
        ("dialled from", Field.FROM),
        ("called by", Field.FROM),
        ("message sent by", Field.FROM),
        ("sent to number", Field.TO),
        ("received by", Field.TO),
        ("answered by", Field.TO),
        ("call made to", Field.TO),
        ("sent from name", None),
        ("received by name", None),
        ("sent from device", None),
        ("received from server", None),
        ("sent by me", None),
        ("delivered by", None),
        ("exported by", None),
        ("dialling code", None),
        ("sent", None),
        ("received", None),
        ("message received", None),
        ("sent from to", None),
    ],
)
def test_what_moved_and_the_word_behind_it_name_a_side(heading: str, side: Field | None) -> None:
    assert moved_side(heading) is side
    assert side_in(heading) is None


@pytest.mark.parametrize(
    ("sender", "recipient"),
    [
        ("Sent From", "Sent To"),
        ("From", "Received By"),
        ("Dialler", "To"),
        ("From", "Sent to number"),
        ("Gesendet von", "Gesendet an"),
        ("De la part de", "À"),
        ("Enviado por", "Enviado a"),
        ("Verzonden door", "Verzonden aan"),
        ("Wysłane przez", "Wysłane do"),
        ("Anfonwyd gan", "Anfonwyd at"),
    ],
)
def test_both_sides_are_read(tmp_path: Path, sender: str, recipient: str) -> None:
    (message,) = messages_of(
        read_text(tmp_path, f"Date/Time,{sender},{recipient},Message\n{AT},07700900123,07700900999,a\n")
    )
    assert message.from_party is not None
    assert (message.from_party.e164, [party.e164 for party in message.to]) == ("+447700900123", ["+447700900999"])


A, B, C, D = (f"0770090012{each}" for each in range(4))


def _sides(tmp_path: Path, text: str) -> list[tuple[str | None, list[str | None], str]]:
    return [
        (
            None if each.from_party is None else "/".join(filter(None, (each.from_party.raw, each.from_party.name))),
            ["/".join(filter(None, (party.raw, party.name))) for party in each.to],
            str(each.direction),
        )
        for each in messages_of(read_text(tmp_path, text))
    ]


@pytest.mark.parametrize(
    ("headings", "cells"),
    [
        # What sent or took a text, and who handled it: devices, cards, officers.
        ("From,To,Sent From", ("iPhone", "iPad")),
        ("From,To,Received From", ("SIM 1", "SIM 2")),
        ("From,To,Delivered To", ("Handset", "Server")),
        ("From,To,Answered By", (C, D)),
        ("De,Para,Mensaje de", ("Kent", "Will")),
    ],
)
def test_beside_both_sides_it_is_kept_beside(tmp_path: Path, headings: str, cells: tuple[str, str]) -> None:
    day, text = ("Fecha", "Mensaje") if "Mensaje" in headings else ("Date", "Text")
    rows = f"{AT},{A},{B},{cells[0]},a\n{AT},{B},{A},{cells[1]},b\n"
    assert _sides(tmp_path, f"{day},{headings},{text}\n{rows}") == [(A, [B], "unknown"), (B, [A], "unknown")]


@pytest.mark.parametrize("cells", [("DC Summer", "PC 1234 Will"), (C, C)])
def test_who_took_texts_beside_their_senders_changes_nothing(tmp_path: Path, cells: tuple[str, str]) -> None:
    rows = f"{AT},{A},{cells[0]},a\n{AT},{B},{cells[1]},b\n"
    assert _sides(tmp_path, f"Date,From,Received By,Text\n{rows}") == [(A, [], "incoming"), (B, [], "incoming")]


@pytest.mark.parametrize(
    "headings",
    [
        "Date,Number,Received By,Text",
        "Date,Number,Call Made By,Text",
        "Date,Number,Received From,Text",
        "Fecha,Número,Recibido por,Mensaje",
        "Data,Numer,Odebrane przez,Wiadomość",
        "Datum,Nummer,Nachricht von,Nachricht",
        "Date,Numéro,Reçu par,Texte",
    ],
)
@pytest.mark.parametrize("cells", [("Summer", "Kent"), (C, D)])
def test_beside_a_number_it_is_no_side(tmp_path: Path, headings: str, cells: tuple[str, str]) -> None:
    rows = f"{AT},{A},{cells[0]},a\n{AT},{B},{cells[1]},b\n"
    assert _sides(tmp_path, f"{headings}\n{rows}") == [(None, [A], "unknown"), (None, [B], "unknown")]


def test_who_took_what_came_in_is_no_side_where_no_column_names_senders(tmp_path: Path) -> None:
    (message,) = messages_of(
        read_text(tmp_path, f"Date,Number,Direction,Message,Received By\n{AT},07700900123,In,a,DC 1234\n")
    )
    assert message.to == ()


@pytest.mark.parametrize("heading", ["Treść", "Texte", "Texto", "Neges", "Tekst"])
def test_one_heading_of_another_language_may_be_that_of_the_text(tmp_path: Path, heading: str) -> None:
    result = read_text(tmp_path, f"Date/Time,Direction,Number,{heading}\n{AT},Incoming,07700900123,a\n")
    assert [message.body for message in messages_of(result)] == ["a"]


def test_letters_and_arrows_stand_beside_words(tmp_path: Path) -> None:
    rows = "".join(f"{AT},{way},07700900123,a\n" for way in ("Incoming", "I", "O", "<-", "->"))
    result = read_text(tmp_path, f"Date,Direction,Number,Message\n{rows}")
    assert [str(message.direction) for message in messages_of(result)] == [
        *("incoming", "incoming", "outgoing", "incoming", "outgoing"),
    ]


@pytest.mark.parametrize("other", ["Other", "X", "1"])
def test_letters_beside_what_is_no_word_for_a_way_are_not_read(tmp_path: Path, other: str) -> None:
    rows = "".join(f"{AT},{way},07700900123,a\n" for way in ("I", "O", other))
    result = read_text(tmp_path, f"Date,Direction,Number,Message\n{rows}")
    assert [str(message.direction) for message in messages_of(result)] == ["unknown"] * 3


def test_whole_numbers_under_time_are_no_days(tmp_path: Path) -> None:
    result = read_text(tmp_path, "Time,Number,Direction,Message\n31000,07700900123,In,a\n59999,07700900124,Out,b\n")
    assert [(message.time.raw, message.time.utc) for message in messages_of(result)] == [
        ("31000", None),
        ("59999", None),
    ]
    assert codes_of(result)["times_not_read"] == 2


@pytest.mark.parametrize("cells", [("41000", "45183"), ("20000", "20001"), ("59000", "59001"), ("36161", "36900")])
def test_whole_numbers_far_apart_or_of_other_years_are_no_days(tmp_path: Path, cells: tuple[str, str]) -> None:
    rows = [f"{each},07700900123,In,a" for each in cells]
    result = read_text(tmp_path, "\n".join(("Time,Number,Direction,Message", *rows, "")))
    assert [message.time.utc for message in messages_of(result)] == [None, None]


def test_a_mapping_says_that_they_are_days(tmp_path: Path) -> None:
    columns = {"time": ["Time"], "number": ["Number"], "direction": ["Direction"], "body": ["Message"]}
    mapping = read_mappings({"kind": "message", "columns": columns})
    rows = "Time,Number,Direction,Message\n41000,07700900123,In,a\n45183,07700900124,Out,b\n"
    found = messages_of(read_text(tmp_path, rows, sidecar=Sidecar(table=mapping)))
    assert [message.time.utc for message in found] == ["2012-03-31T23:00:00.000Z", "2023-09-13T23:00:00.000Z"]


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Time", ("45183", "45184.5")),
        ("Time", ("45183", "45184")),
        ("Time", ("45184", "45183")),
        ("Date", ("45183", "45184")),
        ("Date/Time", ("45183", "45184")),
    ],
)
def test_days_with_shares_or_under_a_heading_of_days_are_read(
    tmp_path: Path, heading: str, cells: tuple[str, str]
) -> None:
    result = read_text(
        tmp_path, f"{heading},Number,Direction,Message\n{cells[0]},07700900123,In,a\n{cells[1]},07700900124,Out,b\n"
    )
    assert all(message.time.utc is not None for message in messages_of(result))


@pytest.mark.parametrize("heads", ["Zeit,Richtung,Nummer,Nachricht", "Hora,Dirección,Número,Mensaje"])
def test_days_below_the_time_of_other_languages(tmp_path: Path, heads: str) -> None:
    result = read_text(tmp_path, f"{heads}\n45183,In,07700900123,a\n45184,In,07700900124,b\n")
    assert [message.time.utc for message in messages_of(result)] == [
        "2023-09-13T23:00:00.000Z",
        "2023-09-14T23:00:00.000Z",
    ]
