from __future__ import annotations

import string
from datetime import UTC, datetime

import msgspec
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.records.meanings import Meaning
from search.backends.elastic_lines import edge_lines, place_text, record_lines
from search.backends.payloads import decoded, encoded
from search.contract import FACETS, Edge, EdgeKind, RecordDocument
from search.mapping import (
    EDGE_FIELDS,
    ENTRY_FIELDS,
    FLARE_FIELDS,
    RECORD_FIELDS,
    TEMPLATE_FIELDS,
    TYPE_OF_MEANING,
    FieldType,
    elastic_mapping,
    field_type,
)
from search.stored_values import (
    KEYWORD_CHARS,
    Cursor,
    document_keys,
    keyword,
    read_cursor,
    utc_ms,
    utc_text,
    well_formed,
)
from tests.fakes.index_loads import document, edge, load

TABLES = (RECORD_FIELDS, EDGE_FIELDS, FLARE_FIELDS, TEMPLATE_FIELDS, ENTRY_FIELDS)


def test_every_meaning_has_an_index_type() -> None:
    assert set(TYPE_OF_MEANING) == set(Meaning)


def test_every_table_is_strict_and_versioned() -> None:
    for table in TABLES:
        mapping = elastic_mapping(table)
        assert mapping["dynamic"] == "strict"
        assert mapping["_meta"]
        assert set(msgspec.convert(mapping["properties"], dict[str, object])) == set(table)


def test_what_is_counted_is_a_keyword_or_a_flag() -> None:
    assert {field_type(RECORD_FIELDS[name]) for name in FACETS} == {FieldType.KEYWORD, FieldType.FLAG}


def test_lines_name_only_fields_of_the_tables() -> None:
    """A strict mapping refuses any other, on every document."""
    full = load("ex-1", "bell", direction="incoming", service="sms", line="Rico", template_id="t", flare_id="f")
    full.documents = [document("ex-1", 0, "bell", drugs=("crack",), numbers=("60777",), utc="2020-01-01T00:00:00Z")]
    for line in record_lines(full, 3):
        action, source = map(orjson.loads, line.splitlines())
        assert action == {"index": {"_id": "ex-1-000000000", "version": 3, "version_type": "external_gte"}}
        assert set(source) <= set(RECORD_FIELDS)
    edges = [edge(EdgeKind.NUMBER, "+447700900123", "ex-1", role) for role in ("sent", "received")]
    sources = [orjson.loads(line.splitlines()[1]) for line in edge_lines("ex-1", edges, 3)]
    assert [set(source) for source in sources] == [set(EDGE_FIELDS)] * 2
    assert [source["is_first"] for source in sources] == [True, False]


@given(st.integers(0, 2**40), st.integers(0, 2**40))
def test_places_sort_as_their_ordinals(first: int, second: int) -> None:
    digits = string.digits + string.ascii_lowercase
    texts = place_text(first), place_text(second)
    assert (texts[0] < texts[1]) == (first < second)
    assert int(texts[0], 36) == first
    assert set(texts[0].decode()) <= set(digits)


@given(st.text() | st.text(min_size=KEYWORD_CHARS, max_size=KEYWORD_CHARS * 2))
def test_keywords_are_plain_once_made_plain(value: str) -> None:
    once = keyword(value)
    assert keyword(once) == once
    assert len(once) <= KEYWORD_CHARS
    assert len(once.encode()) < 32_766


def test_long_keywords_stay_apart() -> None:
    assert keyword("x" * 5_000) != keyword("x" * 5_001)
    assert keyword("x" * KEYWORD_CHARS) == "x" * KEYWORD_CHARS


def test_lone_surrogates_become_replacement_characters() -> None:
    assert well_formed("a\ud83db\ude00") == "a\ufffdb\ufffd"
    assert well_formed("\U0001f525 plain") == "\U0001f525 plain"
    kept = encoded(edge(EdgeKind.NUMBER, "\ud83d", "ex-1", label="ok"))
    assert decoded(kept, Edge).key == "\ufffd"


@given(st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)))  # noqa: DTZ001 - the zone is added below
def test_instants_survive_to_the_millisecond(moment: datetime) -> None:
    text = moment.replace(tzinfo=UTC, microsecond=moment.microsecond // 1000 * 1000).isoformat(timespec="milliseconds")
    zulu = text.replace("+00:00", "Z")
    assert utc_text(utc_ms(zulu)) == zulu
    assert utc_ms(text) == utc_ms(zulu)


def test_offsets_are_taken_into_account() -> None:
    assert utc_ms("2020-05-18T18:06:19.000-03:00") == utc_ms("2020-05-18T21:06:19Z")


@pytest.mark.parametrize("value", ["2020-05-18T21:06:19", "yesterday", ""])
def test_an_instant_without_an_offset_is_refused(value: str) -> None:
    with pytest.raises((ValueError, TypeError)):
        utc_ms(value)


@given(st.integers(-(2**60), 2**63 - 1), st.text(st.characters(codec="utf-8")))
def test_cursors_survive_being_handed_out(milliseconds: int, record_id: str) -> None:
    cursor = Cursor(milliseconds, record_id)
    assert read_cursor(cursor.text()) == cursor


def test_keys_of_a_document_are_each_once() -> None:
    made: RecordDocument = document("ex-1", 0, numbers=("+447700900123", "07700 900123", "EE"), line="Rico Line")
    assert document_keys(made) == ["number:+447700900123", "number:ee", "line:rico line"]
    assert document_keys(document("ex-1", 0, is_order=True)) == ["is:order"]
