"""One ``@id`` in several nodes of a bundle: parts of one thing are one record, two contents are two."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

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
