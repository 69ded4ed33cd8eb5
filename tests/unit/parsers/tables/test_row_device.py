"""Rows that name the card of their line, and no handset."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.contract import EMPTY_SIDECAR, Sidecar
from parsers.records.values import Party
from tests.unit.parsers.formats.table.made_tables import messages_of, read_text

ONE, OTHER = "234150000000022", "234150000000039"
CARD, OTHER_CARD = "8944100030000000221", "8944100030000000239"


def _table(headings: str, *cells: str) -> str:
    rows = "".join(f"{cell},13/05/2024 10:00,07700900456,07700900001,same\n" for cell in cells)
    return f"{headings},Date,From,To,Message\n{rows}"


def test_rows_of_two_cards_are_two_extractions(tmp_path: Path) -> None:
    result = read_text(tmp_path, _table("IMSI", ONE, OTHER, ONE))
    assert [part.imsi for part in result.parts] == [(ONE,), (OTHER,)]
    first, second, third = messages_of(result)
    assert first.extraction_id == third.extraction_id != second.extraction_id
    assert first.extra == ()


def test_an_iccid_holds_before_an_imsi_which_stays_beside(tmp_path: Path) -> None:
    result = read_text(tmp_path, _table("ICCID,IMSI", f"{CARD},{ONE}", f"{OTHER_CARD},{ONE}"))
    assert [(part.iccid, part.imsi) for part in result.parts] == [((CARD,), ()), ((OTHER_CARD,), ())]
    assert messages_of(result)[0].extra == (("IMSI", ONE),)


def test_a_handset_holds_before_its_cards(tmp_path: Path) -> None:
    imei = "356943000000013"
    result = read_text(tmp_path, _table("IMEI,ICCID", f"{imei},{CARD}", f"{imei},{OTHER_CARD}"))
    assert [(part.imei, part.iccid) for part in result.parts] == [((imei,), ())]


@pytest.mark.parametrize("stated", [{"exhibit_ref": "HW/7"}, {"imei": "356943000000013"}, {"iccid": CARD}])
def test_a_file_of_one_item_by_its_sidecar_is_one_extraction(tmp_path: Path, stated: dict[str, str]) -> None:
    result = read_text(tmp_path, _table("IMSI", ONE, OTHER), sidecar=Sidecar(**stated))
    assert len(result.parts) == 1
    assert [message.extra for message in messages_of(result)] == [(("IMSI", ONE),), (("IMSI", OTHER),)]


@pytest.mark.parametrize("cell", ["SIM 1", "000000000000000", "n/a", ""])
def test_what_is_no_card_tells_nothing(tmp_path: Path, cell: str) -> None:
    result = read_text(tmp_path, _table("IMSI", cell, cell), sidecar=EMPTY_SIDECAR)
    assert [part.imsi for part in result.parts] == [()]
    assert messages_of(result)[0].from_party == Party("07700900456", "+447700900456")
