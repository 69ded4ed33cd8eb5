"""Whom a sender greets on each phone is no part of its name; what it calls itself stands on several."""

from __future__ import annotations

import pytest

from search.contract import Edge, EdgeKind
from search.linkage.adverts.greeted_names import without_greetings
from search.linkage.attribution.senders import Evidenced

SENDER = "+447700900001"


def advert(device_id: str, label: str) -> Evidenced:
    edge = Edge(
        kind=EdgeKind.ADVERT, key=SENDER, role="received", other="t-1", label=label, extraction_id="ex-1", count=2
    )
    return Evidenced(edge=edge, device_id=device_id, sender=SENDER)


@pytest.mark.parametrize(
    ("labels", "named"),
    [
        (["Craig Harley", "Donna Harley", "Big Stu Harley"], ["Harley", "Harley", "Harley"]),
        (["Craig Harley", "Donna Harley", "Harley"], ["Harley", "Harley", "Harley"]),
        (["Craig Harley", "Donna Harley"], ["Craig Harley", "Donna Harley"]),
        (["Scouse Lee", "Scouse Lee", "Big Lee", "Lee"], ["Scouse Lee", "Scouse Lee", "Big Lee", "Lee"]),
        (["Craig Harley", "Donna Sunny", "", "Lex"], ["Craig Harley", "Donna Sunny", "", "Lex"]),
    ],
)
def test_what_is_another_on_each_phone_is_no_part_of_the_name(labels: list[str], named: list[str]) -> None:
    found = without_greetings([advert(f"dv-{at}", label) for at, label in enumerate(labels)])
    assert [each.edge.label for each in found] == named


def test_several_ways_on_one_phone_greet_nobody() -> None:
    labels = ["Big Lee", "Scouse Lee", "Young Lee"]
    found = without_greetings([advert("dv-1", label) for label in labels])
    assert [each.edge.label for each in found] == labels
