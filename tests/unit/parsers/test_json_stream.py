"""The walk over JSON: a value ends where its last bracket closes, however deep it is and wherever the buffer ends."""

from __future__ import annotations

import io
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.json_decoding import decode_json
from parsers.json_stream import JsonDamaged, JsonWalk

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


def _step_by_step(walk: JsonWalk) -> list[object]:
    found: list[object] = []
    try:
        while walk.has_next():
            try:
                held, replaced = decode_json(walk.value())
            except ValueError:
                held, replaced = None, 0
            found.append((held, replaced) if isinstance(held, dict) else (None, 0))
    except JsonDamaged as damaged:
        found.append(damaged.code)
    return found


def _as_objects(walk: JsonWalk) -> list[object]:
    found: list[object] = []
    try:
        found.extend(walk.objects())
    except JsonDamaged as damaged:
        found.append(damaged.code)
    return found


_WHOLE = (
    '{"a":1}',
    '{"a":[{"b":2},{"b":3}]}',
    '{"a":"},{"}',
    '{"a":{},\n "b":[{},\n {}]}',
    "{}",
    "7",
    '"x"',
    "[{},{}]",
)
_BROKEN = ("}", "]", "{", '"', '{"a":\n', "\udcff", '{"a":"\\x41"}', '{"a":"\udcff"}', '{"a":1},')
_PIECES = st.sampled_from((*_WHOLE, *_BROKEN))
_BETWEEN = st.sampled_from([",", ",\n  ", " , ", "", "\n"])


@given(
    pieces=st.lists(_PIECES, max_size=12), between=st.lists(_BETWEEN, min_size=1, max_size=2), size=st.integers(1, 60)
)
def test_objects_are_what_walking_step_by_step_gives(pieces: list[str], between: list[str], size: int) -> None:
    marks = [between[place % len(between)] for place in range(len(pieces))]
    inner = "".join(piece + mark for piece, mark in zip(pieces, marks, strict=True))
    for content in (f"[{inner}", f"[{inner}]", f'[{inner}{{"last":1}}] 8'):
        raw = content.encode("utf-8", "surrogateescape")
        walks = [JsonWalk(Drops(raw, size), 10_000) for _ in range(3)] + [JsonWalk(io.BytesIO(raw), 10_000)]
        for walk in walks:
            walk.enter()
        assert _as_objects(walks[0]) == _as_objects(walks[3]) == _step_by_step(walks[1])
        if json_or_none(content) is not None:
            for walk in (JsonWalk(Drops(raw, size), 10_000), JsonWalk(io.BytesIO(raw), 10_000)):
                walk.skip()
                assert walk.is_at_end()


@given(broken=st.lists(st.integers(0, 400), max_size=30), indent=st.sampled_from([None, 1]))
def test_many_objects_are_the_same_however_many_are_taken_at_once(broken: list[int], indent: int | None) -> None:
    texts = [json.dumps({"n": n, "in": [{"a": n}, {}]}, indent=indent) for n in range(400)]
    for place in broken:
        texts[place % 400] = ('{"x":"\\x41"}', "7", "{bad}", '{"y":"},{"}')[place % 4]
    between = "," if indent is None else ",\n "
    raw = f"[{between.join(texts)}]".encode()
    walks = [JsonWalk(io.BytesIO(raw), 100_000), JsonWalk(io.BytesIO(raw), 100_000), JsonWalk(Drops(raw, 7), 100_000)]
    for walk in walks:
        walk.enter()
    assert _as_objects(walks[0]) == _step_by_step(walks[1]) == _as_objects(walks[2])


def test_objects_that_are_all_damaged_are_passed_in_bounded_time() -> None:
    raw = b"[" + b",".join([b'{"a":{"b":"\\x41"}}', *[b'{"a":1}'] * 9] * 20_000) + b"]"
    walk = JsonWalk(io.BytesIO(raw), 100_000)
    walk.enter()
    began = time.process_time()
    assert len(_as_objects(walk)) == 200_000
    assert time.process_time() - began < 10


def json_or_none(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("size", [200, 2_000_000])
def test_an_array_of_objects_is_passed_over_whatever_is_in_them(indent: int | None, size: int) -> None:
    objects = [{"n": n, "held": [{"x": "},\n {"}, {"y": {}}], "text": "t" * (size if n == 3 else n)} for n in range(50)]
    content = json.dumps([objects, 7], indent=indent).encode()
    walk = JsonWalk(io.BytesIO(content), 10_000_000)
    walk.enter()
    assert walk.has_next()
    walk.skip()
    assert walk.has_next()
    assert walk.value() == b"7"
    assert not walk.has_next()
    taken = JsonWalk(io.BytesIO(content), 10_000_000)
    taken.enter()
    assert taken.has_next()
    taken.enter()
    assert [held for held, _ in taken.objects()] == objects
    assert taken.has_next()
    assert taken.value() == b"7"


def test_a_name_that_no_segment_can_hold_is_mended_and_no_value_is_lost() -> None:
    """Half of an emoji, as a cut file leaves it, once as a name, twice where both would read alike."""
    value, replaced = decode_json(rb'{"\ud83d": 1, "\ud83e": {"\ud83d": "\ud83d"}, "a": 2}')
    assert value == {"�": 1, "��": {"�": "�"}, "a": 2}
    assert replaced == 4
