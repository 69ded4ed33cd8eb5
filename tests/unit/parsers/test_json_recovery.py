"""Behind a malformed place of a list its whole objects are read on, each once, and the gap is told."""

from __future__ import annotations

import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.json_recovery import Gap, Keys, ListRule, RecoveringWalk, front_keys
from parsers.json_stream import JsonDamaged

RULE = ListRule(lambda held: "id" in held and "text" in held, re.compile(rb'"messages": \['))
MESSAGES = [{"id": number, "text": f"u about {number} {{", "in": [{"type": "bold"}]} for number in range(40)]


def read(content: bytes) -> tuple[list[Keys | None], list[Gap], str | None]:
    walk = RecoveringWalk(io.BytesIO(content), 1 << 26)
    objects: list[Keys | None] = []
    gaps: list[Gap] = []
    try:
        walk.enter()
        for found in walk.elements(RULE):
            if isinstance(found, Gap):
                gaps.append(found)
            else:
                objects.append(found[0])
    except JsonDamaged as damaged:
        return objects, gaps, damaged.code
    return objects, gaps, None


def numbers(objects: list[Keys | None]) -> list[object]:
    return [held["id"] for held in objects if held is not None]


@pytest.mark.parametrize("indent", [None, 1])
@given(octet=st.sampled_from(b'"{}[],:\\\n\0\xffx'), place=st.floats(0, 1), is_lost=st.booleans())
def test_one_damaged_octet_costs_the_objects_that_it_touches(
    indent: int | None, octet: int, place: float, *, is_lost: bool
) -> None:
    content = json.dumps(MESSAGES, indent=indent).encode()
    # The first octets tell the encoding.
    at = 4 + int(place * (len(content) - 6))
    damaged = content[:at] + (b"" if is_lost else bytes((octet,))) + content[at + 1 :]
    objects, gaps, code = read(damaged)
    whole = numbers([held for held in objects if held in MESSAGES])
    assert len(whole) >= len(MESSAGES) - 2
    assert whole == sorted(set(map(int, map(str, whole))))
    assert len(objects) >= len(MESSAGES) or gaps or code is not None
    ends = [0]
    for gap in gaps:
        assert ends[-1] <= gap.offset < gap.offset + gap.length <= len(damaged)
        ends.append(gap.offset + gap.length)


@pytest.mark.parametrize("indent", [None, 1])
@given(
    odd=st.lists(
        st.tuples(st.integers(0, 199), st.sampled_from([None, "u", 3, 1.5, True, [], ["u"], [{}]])), max_size=6
    )
)
def test_values_that_are_no_objects_cost_no_other_and_make_no_copies(
    indent: int | None, odd: list[tuple[int, object]]
) -> None:
    held: list[object] = [{"id": number, "text": f"u about {number}"} for number in range(200)]
    for place, value in odd:
        held.insert(place, value)
    objects, gaps, code = read(json.dumps(held, indent=indent).encode())
    assert (numbers(objects), code) == (list(range(200)), None)
    if [{}] not in held:
        assert (len(objects), gaps) == (len(held), [])


def test_a_gap_says_where_it_is_and_which_lists_begin_in_it() -> None:
    content = (
        json.dumps(MESSAGES[:3])[:-2] + ', "x: 1}], "n": 1}, {"id": 7, "messages": [' + json.dumps(MESSAGES[5:9])[1:]
    )
    objects, (gap,), code = read(content.encode())
    assert (numbers(objects), code) == ([0, 1, 5, 6, 7, 8], None)
    assert content[gap.offset :].startswith('{"id": 2')
    assert content[gap.offset + gap.length :].startswith('{"id": 5')
    assert (gap.opened, front_keys(gap.front), gap.is_filled) == (1, {"id": 7}, False)


def test_an_object_within_a_malformed_one_is_none_of_the_list() -> None:
    content = json.dumps([{"id": 1, "text": "a", "in": [{"type": "x"}, {"type": "y"}]}, *MESSAGES[2:4]])
    objects, gaps, _ = read(content.replace('"text": "a"', "text: a").encode())
    assert (numbers(objects), len(gaps)) == ([2, 3], 1)


@pytest.mark.parametrize("cut", [30, 1, 60])
def test_a_file_that_ends_inside_is_cut_and_nothing_else(cut: int) -> None:
    objects, gaps, code = read(json.dumps(MESSAGES).encode()[:-cut])
    assert (gaps, code) == ([], "input_truncated")
    assert numbers(objects) == list(range(40))[: len(objects)]


def test_a_file_whose_last_object_is_malformed_is_not_cut() -> None:
    content = json.dumps(MESSAGES)
    objects, gaps, code = read(content.replace('"text": "u about 39', '"text": u about 39').encode())
    assert (len(objects), len(gaps), code) == (39, 1, "input_malformed")


def test_other_values_than_objects_are_no_gaps() -> None:
    objects, gaps, code = read(b'[1, {"id": 1, "text": ""}, "a", null, {"id": 2, "text": ""}]')
    assert (objects[0], numbers(objects), gaps, code) == (None, [1, 2], [], None)


@pytest.mark.parametrize("odd", [None, "text", 7, True, [1], []])
@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("places", [(0,), (2,), (20,), (40,), (3, 4, 30)])
def test_other_values_between_objects_alike_double_none(
    odd: object, indent: int | None, places: tuple[int, ...]
) -> None:
    values: list[object] = list(MESSAGES)
    for place in reversed(places):
        values.insert(place, odd)
    objects, gaps, code = read(json.dumps(values, indent=indent).encode())
    assert numbers(objects) == list(range(40))
    assert (objects.count(None) + len(gaps), code) == (len(places), None)
    # A bracket may be one that damage has put there.
    assert not gaps or isinstance(odd, list)


@pytest.mark.parametrize("hostile", [b'{"id":', b'{"a":}', b'{"id": 1, "text": "a}, ', b"}", b'[{"'])
def test_what_is_sought_in_vain_ends(hostile: bytes) -> None:
    objects, _, _ = read(b"[" + hostile * 20_000 + b"]")
    assert numbers(objects) == []


def test_an_object_whose_end_was_taken_by_octets_that_are_no_text_does_not_hold_those_behind_it() -> None:
    rows = [json.dumps(message) for message in MESSAGES]
    content = f"[{rows[0]}, {rows[1]}, ".encode()
    content += b'{"id": 2, "text": "u about", "in": [{"type": "bo\xfe\xa2\xdb", "text": "5 mins"}'
    content += b", " + ", ".join(rows[4:]).encode() + b"]}]"
    objects, gaps, _ = read(content)
    assert numbers(objects) == [0, 1, *range(4, len(MESSAGES))]
    assert len(gaps) >= 1
