"""One ``@id`` in several nodes of a bundle: parts of one thing are one record, two contents are two."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from parsers.formats.case_jsonld import references
from parsers.formats.case_jsonld.parted_nodes import all_of
from parsers.json_decoding import decode_json
from parsers.records.facts import Call, Contact, Message
from tests.unit.parsers.formats.case_jsonld.test_case_jsonld import graph
from tests.unit.parsers.made_deliveries import codes_of, of_kind

Node = dict[str, Any]
STUB: Node = {"@id": "kb:m1", "@type": "uco-observable:Message"}
PEER: Node = {
    "@id": "kb:a1",
    "@type": "uco-observable:PhoneAccount",
    "uco-core:hasFacet": [{"@type": "uco-observable:PhoneAccountFacet", "uco-observable:phoneNumber": "+447700900123"}],
}


def message(body: str, node_id: str = "kb:m1") -> Node:
    return {
        "@id": node_id,
        "@type": "uco-observable:Message",
        "uco-core:hasFacet": [
            {
                "@type": "uco-observable:MessageFacet",
                "uco-observable:messageText": body,
                "uco-observable:from": {"@id": "kb:a1"},
                "uco-observable:sentTime": "2024-02-05T12:00:00Z",
            }
        ],
    }


DELETED: Node = {
    "@id": "kb:m1",
    "@type": "uco-observable:Message",
    "uco-core:hasFacet": {"@type": "uco-observable:RecoveredObjectFacet", "uco-observable:contentRecoveredStatus": "x"},
}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_node_its_stub_and_a_facet_elsewhere_are_one_message(tmp_path: Path, order: tuple[int, ...]) -> None:
    parts = (STUB, message("bell me"), DELETED)
    result = graph(tmp_path, *(parts[place] for place in order), PEER)
    (only,) = of_kind(result, Message)
    assert (only.body, only.deleted, only.source.locator) == ("bell me", "deleted", "kb:m1")
    assert only.from_party is not None
    assert only.from_party.e164 == "+447700900123"
    assert not codes_of(result).keys() - {"file_fragment"}


def test_a_call_in_two_nodes_is_one(tmp_path: Path) -> None:
    call = {
        "@id": "kb:c1",
        "@type": "uco-observable:Call",
        "uco-core:hasFacet": [{"@type": "uco-observable:CallFacet", "uco-observable:duration": 42}],
    }
    (only,) = of_kind(graph(tmp_path, {"@id": "kb:c1", "@type": "uco-observable:Call"}, call), Call)
    assert only.duration_seconds == 42


def test_a_contact_and_its_stub_are_one(tmp_path: Path) -> None:
    contact = {
        "@id": "kb:k1",
        "@type": "uco-observable:Contact",
        "uco-core:hasFacet": [{"@type": "uco-observable:ContactFacet", "uco-observable:displayName": "Jay"}],
    }
    (only,) = of_kind(graph(tmp_path, {"@id": "kb:k1", "@type": "uco-observable:Contact"}, contact), Contact)
    assert only.name == "Jay"


def test_one_id_with_two_contents_is_two_facts(tmp_path: Path) -> None:
    found = of_kind(graph(tmp_path, message("one"), message("two"), PEER), Message)
    assert [each.body for each in found] == ["one", "two"]
    assert len({each.record_id for each in found}) == 2


def test_the_same_node_twice_is_listed_twice(tmp_path: Path) -> None:
    first, second = of_kind(graph(tmp_path, message("one"), message("one"), PEER), Message)
    assert second.duplicate_of == first.record_id


def test_nodes_of_other_ids_stay_apart(tmp_path: Path) -> None:
    found = of_kind(graph(tmp_path, STUB, message("one", "kb:m2"), message("two"), PEER), Message)
    assert sorted(each.body or "" for each in found) == ["one", "two"]


def test_nodes_of_one_id_are_decoded_once_however_many_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoded: list[bytes] = []

    def counted(raw: bytes) -> Any:
        decoded.append(raw)
        return decode_json(raw)

    monkeypatch.setattr(references, "decode_json", counted)
    apart = [message(f"text {number}") for number in range(100)]
    found = of_kind(graph(tmp_path, *apart), Message)
    assert [each.body for each in found] == [f"text {number}" for number in range(100)]
    assert len(decoded) <= 2
    decoded.clear()
    (only,) = of_kind(graph(tmp_path, message("bell me"), *[STUB] * 100), Message)
    assert only.body == "bell me"
    assert len(decoded) <= 101


def test_what_differs_in_many_nodes_stands_beside_each_other() -> None:
    nodes: list[dict[str, Any]] = [{"@id": "kb:m1", "word": number} for number in range(4)]
    nodes.append({"@id": "kb:m1", "word": [8, 9], "other": [1]})
    assert all_of(nodes) == {"@id": "kb:m1", "word": [0, 1, 2, 3, 8, 9], "other": [1]}
    assert nodes[4]["word"] == [8, 9]
