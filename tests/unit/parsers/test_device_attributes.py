"""Which pairs of a name and a value say what a handset is told apart by."""

from __future__ import annotations

import pytest

from parsers.clocks import Clock
from parsers.contract import ExtractionPart, PartKind
from parsers.device_attributes import Attribute, described, identifiers

FIRST, SECOND = "490154203237518", "490154203237526"


@pytest.mark.parametrize(
    "names",
    [
        ("IMEI", "IMEI2"),
        ("IMEI1", "IMEI2"),
        ("IMEI", "IMEI_2"),
        ("IMEI 1", "IMEI 2"),
        ("Mobile Id (IMEI)", "Mobile Id (IMEI2)"),
        ("IMEI/MEID", "IMEI"),
    ],
)
def test_every_identity_of_a_handset_with_two_cards_is_one_of_it(names: tuple[str, str]) -> None:
    attributes = [Attribute(name, value) for name, value in zip(names, (FIRST, SECOND), strict=True)]
    assert identifiers(attributes, "imei") == (FIRST, SECOND)


@pytest.mark.parametrize("kind", ["iccid", "imsi", "msisdn"])
def test_so_is_what_its_second_card_has(kind: str) -> None:
    attributes = [Attribute(kind.upper(), "1"), Attribute(f"{kind.upper()}2", "2")]
    assert identifiers(attributes, kind) == ("1", "2")


@pytest.mark.parametrize("name", ["IMEISV", "IMEI22", "Time", "Model"])
def test_a_longer_word_is_another_thing(name: str) -> None:
    assert identifiers([Attribute(name, FIRST)], "imei") == ()


@pytest.mark.parametrize(("region", "at"), [("GB", "2023-09-13T17:45:00.000Z"), ("BD", None)])
def test_times_of_the_device_are_read_in_the_region(region: str, at: str | None) -> None:
    part = ExtractionPart(extraction_id="ex-1", member=None, kind=PartKind.HANDSET, tool="XRY")
    attributes = [Attribute("PC Clock", "13/09/2023 18:45:00 BST")]
    told = described(part, attributes, Clock("Europe/London", "day_first"), region, is_sim_view=False)
    assert told.extracted_at == at
