"""The walk over JSON: a value ends where its last bracket closes, however deep it is and wherever the buffer ends."""

from __future__ import annotations

import io
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.json_stream import JsonDamaged, JsonWalk, decode_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(alphabet='ab"\\{}[], \u00e9\U0001f525\n'),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=30,
)


class Drops:
    """A stream that gives few bytes at a time, whatever it is asked for."""

    def __init__(self, content: bytes, size: int) -> None:
        self._stream = io.BytesIO(content)
        self._size = size

    def read(self, _size: int, /) -> bytes:
        return self._stream.read(self._size)


@given(values=st.lists(VALUES, min_size=1, max_size=5), size=st.integers(1, 40), depth=st.integers(0, 9))
def test_values_are_cut_out_whole_or_passed_over(values: list[object], size: int, depth: int) -> None:
    nested = [json.dumps("[" * depth), *(json.dumps(value) for value in values)]
    deep = "[" * depth + json.dumps({"a": values}) + "]" * depth
    content = "[" + ",".join([*nested, deep, "7"]) + "]"
    taken = JsonWalk(Drops(content.encode(), size), 10_000)
    passed = JsonWalk(Drops(content.encode(), size), 10_000)
    taken.enter()
    passed.enter()
    for text in (*nested, deep):
        assert taken.has_next()
        assert passed.has_next()
        raw = taken.value()
        assert raw.decode() == text
        assert decode_json(raw)[0] == json.loads(text)
        passed.skip()
    for walk in (taken, passed):
        assert walk.has_next()
        assert walk.value() == b"7"
        assert not walk.has_next()
        assert walk.is_at_end()


@pytest.mark.parametrize(
    "content",
    ["[" * 200_000, '{"a":' * 100_000, "[[],[[],[[],[[],[" * 20_000, "[" + '"a",' * 200_000, "[" + "{" * 4 + '"' * 9],
    ids=["arrays", "objects", "ladders", "texts", "quotes"],
)
def test_what_never_ends_is_found_out_in_bounded_time(content: str) -> None:
    began = time.process_time()
    for ask in (JsonWalk.value, JsonWalk.skip):
        with pytest.raises(JsonDamaged):
            ask(JsonWalk(io.BytesIO(content.encode()), 10_000_000))
    assert time.process_time() - began < 5
