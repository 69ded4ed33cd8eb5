"""Names that are slips of the thumb are corrected by what the same sender writes else, whatever it writes besides."""

from __future__ import annotations

import pytest

from search.contract import Edge, EdgeKind
from search.linkage.adverts import slipped_names
from search.linkage.adverts.slipped_names import without_slips
from search.linkage.attribution.senders import Evidenced

SENDER = "+447700900001"


def advert(template_id: str, label: str, count: int) -> Evidenced:
    edge = Edge(
        kind=EdgeKind.ADVERT,
        key=SENDER,
        role="received",
        other=template_id,
        label=label,
        extraction_id="ex-1",
        count=count,
    )
    return Evidenced(edge=edge, device_id="dv-1", sender=SENDER)


@pytest.mark.parametrize(
    ("texts", "labels", "corrected"),
    [
        ({"a": "{line} now bell", "b": "ready now bell"}, {"a": "Reay", "b": ""}, {"a": "", "b": ""}),
        ({"a": "storm on now", "b": "strom on now"}, {"a": "Storm", "b": "Strom"}, {"a": "Storm", "b": "Storm"}),
        ({"a": "storm on now", "b": "quill on now"}, {"a": "Storm", "b": "Quill"}, {"a": "Storm", "b": "Quill"}),
        ({"a": "storm on now", "b": "strom on later"}, {"a": "Storm", "b": "Strom"}, {"a": "Storm", "b": "Strom"}),
    ],
)
def test_a_slip_is_corrected(texts: dict[str, str], labels: dict[str, str], corrected: dict[str, str]) -> None:
    counts = {"a": 9, "b": 2} if labels["b"] else {"a": 2, "b": 9}
    found = without_slips([advert(key, label, counts[key]) for key, label in labels.items()], texts)
    assert {each.edge.other: each.edge.label for each in found} == corrected


def test_what_is_left_of_a_long_text_without_each_word_is_found_in_one_pass() -> None:
    hashed = 0

    class Word(str):
        __slots__ = ()

        def __hash__(self) -> int:
            nonlocal hashed
            hashed += 1
            return super().__hash__()

    said = tuple(Word(f"w{place}") for place in range(400))
    rests = slipped_names._rests(said)
    assert hashed <= 3 * len(said)
    other = slipped_names._rests((*said[:7], Word("slip"), *said[8:]))
    assert [place for place, rest in enumerate(rests) if rest == other[place]] == [7]
