"""Reads what pySim-shell's ``fsdump`` writes: one JSON object with the files of a card by their paths."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from parsers.formats.sim_files.card_files import NAMES, NO_IDS, CardContent, FileRef, find_file
from parsers.json_decoding import Json, decode_json
from parsers.json_stream import JsonDamaged, JsonWalk
from parsers.part_book import PartBook

_MOST_VALUE_BYTES: Final = 4 * 2**20
_HEX: Final = re.compile(r"(?:[0-9A-Fa-f]{2})++")


def looks_like_dump(first_bytes: bytes) -> bool:
    """Whether the front of a file is that of such a dump."""
    front = first_bytes.removeprefix(b"\xef\xbb\xbf").lstrip()
    return (
        front.startswith(b"{") and b'"files"' in front and (b'"fcp' in front or b'"body"' in front or b"EF." in front)
    )


def dump_contents(path: Path, book: PartBook, ids: Mapping[str, str] = NO_IDS) -> Iterator[CardContent]:
    """Yield the contents of the files of a dump, in its order; what has another shape is counted.

    A dump that is cut off gives the files that are whole.
    """
    with path.open("rb") as stream:
        walk = JsonWalk(stream, _MOST_VALUE_BYTES)
        try:
            walk.enter()
            while (key := walk.next_key()) is not None:
                if key == "files" and walk.kind() == "{":
                    yield from _files(walk, book, ids)
                    continue
                value = _decoded(walk.value())
                if key == "iccid" and isinstance(value, str) and value:
                    yield CardContent(FileRef("ICCID"), None, None, "iccid", value)
        except JsonDamaged as damaged:
            book.note(damaged.code, subject="the dump", ends_reading=True)


def _files(walk: JsonWalk, book: PartBook, ids: Mapping[str, str]) -> Iterator[CardContent]:
    walk.enter()
    while (path := walk.next_key()) is not None:
        if walk.kind() == "{":
            yield from _file(walk, path, book, ids)
        else:
            yield from _body(_file_of(path, None, ids), _decoded(walk.value()), book)


def _file(walk: JsonWalk, path: str, book: PartBook, ids: Mapping[str, str]) -> Iterator[CardContent]:
    """Yield the contents of one file, record by record: a dump that is cut off keeps those before the cut."""
    template: Json = None
    has_body = has_error = False
    walk.enter()
    while (key := walk.next_key()) is not None:
        if key == "body" and walk.kind() == "[":
            has_body = True
            file = _file_of(path, template, ids)
            walk.enter()
            number = 0
            while walk.has_next():
                number += 1
                value = _decoded(walk.value())
                if file is not None:
                    yield from _content(file, number, value, book)
            continue
        value = _decoded(walk.value())
        if key == "fcp":
            template = value
        elif key == "error":
            has_error = True
        elif key == "body" and value is not None:
            has_body = True
            yield from _body(_file_of(path, template, ids), value, book)
    if has_error and not has_body:
        book.leave_out("file that the tool could not read", path)


def _body(file: FileRef | None, body: Json, book: PartBook) -> Iterator[CardContent]:
    if file is None or body is None:
        return
    if isinstance(body, str):
        yield from _content(file, None, body, book)
    elif isinstance(body, list):
        for number, record in enumerate(body, 1):
            yield from _content(file, number, record, book)
    elif file.is_known:
        book.leave_out("decoded content", file.locator(None))


def _decoded(raw: bytes) -> Json:
    try:
        value, _ = decode_json(raw)
    except ValueError as error:
        raise JsonDamaged("input_malformed") from error
    return value


def _file_of(path: str, template: Json, ids: Mapping[str, str]) -> FileRef | None:
    # The id stands in the template where the path has names alone.
    found = find_file(path, ids)
    if found is not None:
        return FileRef(found[0].name, path)
    number = template.get("file_identifier") if isinstance(template, dict) else None
    known = str(number).lower()
    return FileRef(ids.get(known) or NAMES.get(known, str(number)), path) if number is not None else None


def _content(file: FileRef, number: int | None, value: Json, book: PartBook) -> Iterator[CardContent]:
    locator = file.locator(number)
    if isinstance(value, str) and _HEX.fullmatch(value):
        yield CardContent(file, number, bytes.fromhex(value), locator)
    elif file.is_known and value:
        is_text = isinstance(value, str)
        code = "element_unreadable" if is_text else "element_not_read"
        book.leave_out("content of a file" if is_text else "decoded content", locator, code=code)
