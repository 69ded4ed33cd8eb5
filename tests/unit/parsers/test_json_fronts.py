"""A JSON export is told by its keys, however long the first of its texts is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from parsers.json_fronts import front_with_keys
from parsers.records.facts import Message
from tests.unit.parsers.made_deliveries import of_kind, read_path

SIZE = 64
LONG = b'"' + b"w" * 100 + b'"'


def front_of(content: bytes, size: int = SIZE) -> bytes:
    return front_with_keys(lambda most: content[:most], size)


@pytest.mark.parametrize(
    ("content", "front"),
    [
        (b'{"a": %b, "b": 1}' % LONG, b'{"a": "", "b": 1}'),
        (b'\xef\xbb\xbf [{"a": %b, "b": [%b, 2]}]' % (LONG, LONG), b'\xef\xbb\xbf [{"a": "", "b": ["", 2]}]'),
        (b'{"a": "' + b'\\"' * 50 + b'\\\\", "b": 1}', b'{"a": "", "b": 1}'),
        (b'{"a": %b' % LONG[:-1], b'{"a": ""'),
        (b'{"b": 1, "a": %b}' % LONG + b" " * 100, b'{"b": 1, "a": ""}' + b" " * 47),
    ],
)
def test_long_texts_are_left_out_of_the_front(content: bytes, front: bytes) -> None:
    assert front_of(content) == front


@pytest.mark.parametrize(
    "content",
    [
        b'{"a": "short", "b": [1, 2, 3]}' * 10,
        b'{"a": %b}' % LONG[:20],
        b"[12/05/2020, 10:00] Jay: %b" % LONG,
        b'said "%b"' % LONG,
        b"",
    ],
)
def test_other_fronts_are_as_they_stand(content: bytes) -> None:
    assert front_of(content) == content[:SIZE]


def snapchat(text: str) -> object:
    usual = {"From": "jay", "Media Type": "TEXT", "Created": "2024-07-16 09:00:00 UTC"}
    return {"jay": [{**usual, "Content": each, "IsSender": False, "IsSaved": True} for each in (text, "second")]}


def telegram(text: str) -> object:
    usual = {"type": "message", "date": "2024-07-16T10:00:00", "date_unixtime": "1721120400", "from": "Jay"}
    said = [{"text": each, "id": number, **usual} for number, each in enumerate((text, "second"))]
    return {"messages": said, "name": "Jay", "type": "personal_chat", "id": 1}


EXPORTS = [("chat_history.json", snapchat), ("result.json", telegram)]


@pytest.mark.parametrize("way", ["file", "folder", "zip"])
@pytest.mark.parametrize(("name", "make"), EXPORTS, ids=["snapchat", "telegram"])
@pytest.mark.parametrize("length", [70_000, 2_000_000])
def test_an_export_whose_first_text_is_long_is_read(
    tmp_path: Path, name: str, make: Callable[[str], object], way: str, length: int
) -> None:
    text = "w" * length
    folder = tmp_path / "export"
    folder.mkdir()
    written = folder / name
    written.write_text(json.dumps(make(text)), encoding="utf-8")
    path = written
    if way == "folder":
        (folder / "chat_media").mkdir()
        (folder / "chat_media" / "a.jpg").write_bytes(b"\xff\xd8\xff")
        (folder / "photos").mkdir()
        (folder / "photos" / "a.jpg").write_bytes(b"\xff\xd8\xff")
        path = folder
    if way == "zip":
        path = tmp_path / "export.zip"
        with ZipFile(path, "w") as archive:
            archive.write(written, name)
    result = read_path(path)
    assert [each.body for each in of_kind(result, Message)] == [text, "second"]
