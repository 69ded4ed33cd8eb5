"""Rows that name the card of their line, and no handset."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.parsers.formats.table.made_tables import messages_of, read_text

ONE, OTHER = "234150000000022", "234150000000039"
CARD, OTHER_CARD = "8944100030000000221", "8944100030000000239"


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("ICCID", (CARD, OTHER_CARD, CARD)),
        ("ICCID", (CARD, "", CARD)),
        ("ICCID", (CARD, f"{CARD[:10]} {CARD[10:]}", f"{CARD}F")),
        ("IMSI", (ONE, OTHER, "")),
    ],
)
def test_the_cards_of_a_handset_are_no_devices(tmp_path: Path, heading: str, cells: tuple[str, ...]) -> None:
    rows = "".join(f"13/05/2024 10:0{minute},Outgoing,07700900456,same,{cell}\n" for minute, cell in enumerate(cells))
    result = read_text(tmp_path, f"Date,Direction,Number,Message,{heading}\n{rows}")
    assert [(part.iccid, part.imsi) for part in result.parts] == [((), ())]
    assert {message.extraction_id for message in messages_of(result)} == {result.parts[0].extraction_id}
    beside = [dict(message.extra).get(heading) for message in messages_of(result)]
    assert beside == [cell or None for cell in cells]
