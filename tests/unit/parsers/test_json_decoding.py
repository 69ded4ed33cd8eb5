"""One JSON value: a key that stands twice in an object loses nothing."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.json_decoding import decode_json, repeats_a_key
from parsers.json_recovery import ListRule, RecoveringWalk

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.text('ab":{}\\, \n\u00e9', max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text('ab":\\ ', max_size=4), inner, max_size=3),
    max_leaves=12,
)


@given(value=VALUES, indent=st.sampled_from([None, 1]), is_ascii=st.booleans())
def test_no_key_is_taken_for_one_that_repeats(value: object, indent: int | None, *, is_ascii: bool) -> None:
    raw = json.dumps(value, indent=indent, ensure_ascii=is_ascii).encode()
    assert decode_json(raw) == (value, 0)
    assert not repeats_a_key(raw, value)  # type: ignore[arg-type]  # made of JSON


@pytest.mark.parametrize(
    ("raw", "held"),
    [
        (b'{"a": 1, "text": "AAA", "text": "BBB"}', {"a": 1, "text": "BBB", "text (earlier)": "AAA"}),
        (b'{"text":"x","text":"x"}', {"text": "x"}),
        (b'{"in":[{"k":1,"k":2,"k":3}]}', {"in": [{"k": 3, "k (earlier)": 1, "k (earlier)'": 2}]}),
        (b'{"text":"a\xff","text":"b"}', {"text": "b", "text (earlier)": "a\ufffd"}),
    ],
)
def test_earlier_values_of_a_key_stand_beside_the_last(raw: bytes, held: object) -> None:
    assert decode_json(raw)[0] == held


def test_so_they_do_among_objects_that_are_decoded_together() -> None:
    objects = [f'{{"id": {number}, "text": "u about {number}"}}' for number in range(200)]
    objects[120] = '{"id": 120, "text": "AAA", "text": "BBB"}'
    walk = RecoveringWalk(io.BytesIO(f"[{', '.join(objects)}]".encode()), 1 << 26)
    walk.enter()
    found = [each[0] for each in walk.elements(ListRule(lambda held: "id" in held)) if isinstance(each, tuple)]
    assert [held and held["id"] for held in found] == list(range(200))
    assert found[120] == {"id": 120, "text": "BBB", "text (earlier)": "AAA"}
