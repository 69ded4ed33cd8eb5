"""A facet of many values that several messages name: all is told with the first, in time that its length bears."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from parsers.formats.case_jsonld.parted_nodes import all_of
from parsers.formats.case_jsonld.shared_facets import MOST_AGAIN
from parsers.json_decoding import Json
from parsers.records.facts import Message
from tests.unit.parsers.formats.case_jsonld.test_case_jsonld import graph
from tests.unit.parsers.made_deliveries import of_kind

Node = dict[str, Any]


def messages(count: int) -> list[Node]:
    return [
        {"@id": f"kb:m{number}", "@type": "uco-observable:Message", "uco-core:hasFacet": {"@id": "kb:f"}}
        for number in range(count)
    ]


def facets(count: int) -> list[Node]:
    return [
        {"@id": "kb:f", "@type": "uco-observable:MessageFacet", "uco-observable:messageText": f"text {number}"}
        for number in range(count)
    ]


def test_what_too_many_nodes_of_one_facet_say_is_told_with_the_first_record_alone(tmp_path: Path) -> None:
    found = of_kind(graph(tmp_path, *messages(3), *facets(MOST_AGAIN + 6)), Message)
    assert [each.body for each in found] == ["text 0"] * 3
    first, *others = [[text for name, text in each.extra if name == "messageText"] for each in found]
    assert len(first) == MOST_AGAIN + 5
    assert [len(each) for each in others] == [MOST_AGAIN - 1] * 2
    assert [dict(each.extra).get("further values") for each in found] == [
        None,
        *["6 of this facet, with kb:m0"] * 2,
    ]


@pytest.mark.parametrize("count", [2, 20, MOST_AGAIN])
def test_what_a_facet_can_bear_is_told_with_every_record(tmp_path: Path, count: int) -> None:
    found = of_kind(graph(tmp_path, *messages(2), *facets(count)), Message)
    assert [len(each.extra) for each in found] == [count - 1] * 2


def test_a_large_group_of_one_message_is_whole(tmp_path: Path) -> None:
    to = [f"+4477009{number:05}" for number in range(MOST_AGAIN + 6)]
    facet = {"@id": "kb:f", "@type": "uco-observable:MessageFacet", "uco-observable:messageText": "all of u"}
    (found,) = of_kind(graph(tmp_path, *messages(1), {**facet, "uco-observable:to": to}), Message)
    assert len(found.to) == len(to)
    assert not found.extra


def test_nodes_of_one_facet_are_put_together_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = 0

    def counted(nodes: Any) -> dict[str, Json]:
        nonlocal taken
        listed = list(nodes)
        taken += len(listed)
        return all_of(listed)

    monkeypatch.setattr("parsers.formats.case_jsonld.references.all_of", counted)
    graph(tmp_path, *messages(50), *facets(50))
    assert taken <= 2 * 50
