"""JSON in UTF-16 is read as the same JSON in UTF-8, whichever way its octets stand and wherever a piece of it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.demo.writers.container import write_archive
from parsers.errors import InputRefused
from parsers.json_decoding import decode_json
from parsers.json_encoding import json_front
from parsers.json_stream import JsonDamaged, JsonWalk
from parsers.reading import ReadResult
from parsers.records.facts import Record
from tests.unit.parsers.made_deliveries import codes_of, read_path
from tests.unit.parsers.test_json_stream import VALUES, Drops

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
CODECS = ("utf-16-le", "utf-16-be")
EXPORTS = (
    "telegram_json/made_account.json",
    "meta_json/made_facebook_message_1.json",
    "snapchat_json/chat_history.json",
    "case_jsonld/message.json",
)


def written(text: str, codec: str, mark: str = "\ufeff") -> bytes:
    return (mark + text).encode(codec, "surrogatepass")


@given(value=st.dictionaries(st.text(max_size=3), VALUES), size=st.integers(1, 9), codec=st.sampled_from(CODECS))
def test_a_walk_sees_the_same_values(value: dict[str, object], size: int, codec: str) -> None:
    for mark in ("", "\ufeff"):
        walk = JsonWalk(Drops(written(json.dumps(value, ensure_ascii=False), codec, mark), size), 10_000)
        assert decode_json(walk.value()) == (value, 0)
        assert walk.is_at_end()


@pytest.mark.parametrize("codec", CODECS)
def test_half_a_character_is_one_replaced(codec: str) -> None:
    walk = JsonWalk(Drops(written('["u \ud83d", "\U0001f525"]', codec), 3), 1000)
    assert decode_json(walk.value()) == (["u \ufffd", "\U0001f525"], 1)


@pytest.mark.parametrize("codec", CODECS)
def test_what_is_cut_off_is_damage(codec: str) -> None:
    whole = written('{"a": "u about"}', codec)
    for end in range(4, len(whole)):
        with pytest.raises(JsonDamaged) as damaged:
            JsonWalk(Drops(whole[:end], 5), 1000).value()
        assert damaged.value.code == "input_truncated"


def test_the_front_of_text_that_is_no_json_stays_what_it_is() -> None:
    assert json_front(b"\xef\xbb\xbf {}") == b"{}"
    assert json_front(b"PK\x03\x04") == b"PK\x03\x04"
    assert json_front(b"\xff\xfe\x00") == "\ufffd".encode()


def bare(record: Record) -> dict[str, object]:
    """Return a record's fields without those that name the file."""
    left_out = {"record_id", "extraction_id", "source", "duplicate_of", "listing"}
    return {name: getattr(record, name) for name in record.__struct_fields__ if name not in left_out}


def shown(result: ReadResult) -> list[dict[str, object]]:
    return [bare(record) for record in result.records]


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_saved_as_utf_16_gives_the_same_records(tmp_path: Path, name: str, codec: str) -> None:
    alone = read_path(FIXTURES / name)
    assert alone.records
    text = (FIXTURES / name).read_text(encoding="utf-8-sig")
    for mark in ("", "\ufeff"):
        path = tmp_path / name.rpartition("/")[2]
        path.write_bytes(written(text, codec, mark))
        result = read_path(path)
        assert shown(result) == shown(alone)
        assert codes_of(result) == codes_of(alone)
    packed = read_path(write_archive(tmp_path / "drop.zip", {path.name: path.read_bytes()}))
    assert shown(packed) == shown(alone)


def test_json_of_nobody_is_refused_as_such(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(written('{"foo": [{"bar": 1}]}', "utf-16-le"))
    with pytest.raises(InputRefused) as refused:
        read_path(path)
    assert refused.value.code == "json_unknown"
