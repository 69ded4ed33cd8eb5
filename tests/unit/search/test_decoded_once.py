from __future__ import annotations

from search.backends.payloads import DecodedOnce, encoded
from search.contract import Edge, EdgeKind


def edge(key: str) -> Edge:
    return Edge(
        kind=EdgeKind.NUMBER, key=key, extraction_id="ex-1", role="sent", count=1, first_at=None, last_at=None,
        record_ids=("r-1",),
    )  # fmt: skip


def test_equal_bytes_are_decoded_once() -> None:
    once = DecodedOnce(most=4)
    payload = encoded(edge("a"))
    assert once.decoded(payload, Edge) == edge("a")
    assert once.decoded(bytes(bytearray(payload)), Edge) is once.decoded(payload, Edge)


def test_nothing_is_remembered_beyond_the_bound_nor_after_forgetting() -> None:
    once = DecodedOnce(most=2)
    first = once.decoded(encoded(edge("a")), Edge)
    for key in "bcd":
        assert once.decoded(encoded(edge(key)), Edge) == edge(key)
    again = once.decoded(encoded(edge("a")), Edge)
    assert again == first
    assert again is not first
    once.forget()
    assert once.decoded(encoded(edge("a")), Edge) is not again


def test_equal_texts_of_several_structs_are_one() -> None:
    once = DecodedOnce(most=4)
    one, other = (once.decoded(encoded(edge("a" * 20 + end)), Edge) for end in "bc")
    assert one.key != other.key
    assert (one.extraction_id, one.role) == ("ex-1", "sent")
    assert one.extraction_id is other.extraction_id
    assert one.role is other.role
    assert one.other is other.other
