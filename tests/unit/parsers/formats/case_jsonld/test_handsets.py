"""A bundle of several handsets: each record is of the handset that contains it, and what nothing places is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from parsers.contract import Sidecar
from parsers.reading import ReadResult
from parsers.records.facts import Device, Message
from tests.unit.parsers.formats.case_jsonld.test_case_jsonld import graph, node
from tests.unit.parsers.made_deliveries import codes_of, of_kind, read_path

ONE, TWO, THREE = "356938035643809", "490154203237518", "356943000000021"
OWN_ONE, OWN_TWO, JAY = "07700 900101", "07700 900102", "07700 900123"


def handset(name: str, imei: str, **further: Any) -> dict[str, Any]:
    return node(name, "MobileDevice", MobileDevice={"IMEI": imei, **further})


def message(name: str, sender: str = JAY, recipient: str = OWN_ONE) -> dict[str, Any]:
    told = {"messageText": name, "from": sender, "to": [recipient], "sentTime": "2023-09-14T15:49:00Z"}
    return node(name, "SMSMessage", Message=told)


def within(inner: str, outer: str) -> dict[str, Any]:
    ends = {"uco-core:source": {"@id": f"kb:{inner}"}, "uco-core:target": {"@id": f"kb:{outer}"}}
    name = f"kb:{inner}-in-{outer}"
    kind = "uco-observable:ObservableRelationship"
    return {"@id": name, "@type": kind, **ends, "uco-core:kindOfRelationship": "Contained_Within"}


def imei_of(result: ReadResult) -> dict[str, tuple[str, ...]]:
    """Return the body of each message, with the IMEIs of its extraction."""
    parts = {part.extraction_id: part.imei for part in result.parts}
    return {each.body or "": parts[each.extraction_id] for each in of_kind(result, Message)}


def test_each_message_is_of_the_handset_that_contains_it(tmp_path: Path) -> None:
    handsets = handset("d1", ONE), handset("d2", TWO)
    result = graph(tmp_path, *handsets, message("a"), message("b"), within("a", "d1"), within("b", "d2"))
    assert imei_of(result) == {"a": (ONE,), "b": (TWO,)}
    assert codes_of(result) == {}
    assert {each.extraction_id for each in of_kind(result, Device)} == {each.extraction_id for each in result.parts}


def test_a_file_or_a_card_may_lie_between(tmp_path: Path) -> None:
    file = node("f", "File", File={"fileName": "mmssms.db"})
    card = node("s", "SIMCard", SIMCard={"ICCID": "8944100000000000016"})
    placed = within("a", "f"), within("f", "d1"), within("b", "s"), within("s", "d2")
    result = graph(tmp_path, *placed, message("a"), message("b"), file, card, handset("d1", ONE), handset("d2", TWO))
    assert imei_of(result) == {"a": (ONE,), "b": (TWO,)}
    assert {part.imei: part.iccid for part in result.parts}[(TWO,)] == ("8944100000000000016",)


def test_what_no_relation_places_is_of_none_and_said(tmp_path: Path) -> None:
    handsets = handset("d1", ONE), handset("d2", TWO)
    placed = within("a", "d1"), within("b", "d2"), within("both", "d1"), within("both", "d2")
    result = graph(tmp_path, *handsets, message("a"), message("b"), message("c"), message("both"), *placed)
    assert imei_of(result) == {"a": (ONE,), "b": (TWO,), "c": (), "both": ()}
    assert codes_of(result) == {"handset_unstated": 2}


def test_where_relations_place_nothing_it_is_said(tmp_path: Path) -> None:
    result = graph(tmp_path, handset("d1", ONE), handset("d2", TWO), message("a"))
    assert imei_of(result) == {"a": ()}
    assert codes_of(result) == {"handset_unstated": 1}


def test_a_handset_that_is_only_named_moves_nothing(tmp_path: Path) -> None:
    result = graph(tmp_path, handset("d2", TWO), handset("d1", ONE), message("a"), message("b"), within("a", "d1"))
    assert imei_of(result) == {"a": (ONE,), "b": (ONE,)}
    assert codes_of(result)["handset_unstated"] == 1
    alone = graph(
        tmp_path,
        handset("d2", TWO),
        handset("d1", ONE),
        message("a"),
        message("b"),
        within("a", "d1"),
        within("b", "d1"),
    )
    assert imei_of(alone) == {"a": (ONE,), "b": (ONE,)}
    assert len({part.extraction_id for part in alone.parts}) == 1
    assert codes_of(alone) == {}


def test_two_nodes_of_one_imei_are_one_handset(tmp_path: Path) -> None:
    held = handset("d1", ONE, MSISDN=OWN_ONE), handset("d2", f"{ONE[:8]}-{ONE[8:]}"), message("a"), within("a", "d2")
    result = graph(tmp_path, *held)
    assert len({part.extraction_id for part in result.parts}) == 1
    assert result.parts[-1].imei[0] == ONE
    assert [each.direction.value for each in of_kind(result, Message)] == ["incoming"]
    assert codes_of(result) == {}


def test_the_owner_of_each_is_its_own(tmp_path: Path) -> None:
    handsets = handset("d1", ONE, MSISDN=OWN_ONE), handset("d2", TWO, MSISDN=OWN_TWO)
    sent = message("a", OWN_ONE, OWN_TWO), message("b", OWN_ONE, OWN_TWO)
    graph(tmp_path, *handsets, *sent, within("a", "d1"), within("b", "d2"))
    for stated in (None, OWN_ONE):
        result = read_path(tmp_path / "graph.jsonld", sidecar=Sidecar(owner_number=stated))
        assert [each.direction.value for each in of_kind(result, Message)] == ["outgoing", "incoming"]


def test_a_circle_of_containers_ends(tmp_path: Path) -> None:
    turned = within("a", "f"), within("f", "g"), within("g", "f")
    result = graph(tmp_path, handset("d1", ONE), handset("d2", TWO), message("a"), *turned)
    assert codes_of(result) == {"handset_unstated": 1}
