"""Names the files beside one report that are known for what they are and cannot be read: they are missing.

A parser of an archive or folder names what it leaves out by its name. That an encrypted backup, another vendor's case
or an archive of a form that is not opened is among it would be lost in that: it is skipped, with the code and the
remedy that it has alone. Archives and folders of several deliveries name such files themselves (``members_reader``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import msgspec

from parsers.census import CENSUS_CODES
from parsers.choosing import parser_for
from parsers.contract import Delivery, ExtractionParser, Head, ReadContext, ReadEvent, keeps_member, reads_members
from parsers.errors import InputRefused
from parsers.identification import mime_type_of
from parsers.json_fronts import front_with_keys
from parsers.leftovers import piece_told
from parsers.members.handset_files import handset_folders, handset_root, last_of
from parsers.members.neighbours import could_be_delivery
from parsers.members.packages import is_named_as_package
from parsers.members.relabelling import as_record, is_record
from parsers.members.sources import MemberSource, open_members
from parsers.members.tried_exports import TriedExports, is_no_delivery
from parsers.members.user_exports import is_exported_by_tool
from parsers.part_book import FURTHER_MEMBERS, shown_name
from parsers.records.facts import Message
from parsers.records.notices import Notice
from parsers.registry import identify
from parsers.sqlite_pages import SQLITE_MAGIC
from parsers.tar_archive import is_packed
from parsers.zip_headers import ZIP_MAGICS

_OUTSIDE: Final = "member_not_read"
_REPORT: Final = ".ufdr"
"""The vendor's own archive: nobody puts anything into it, and what lies there is the tool's."""

_FRONT_BYTES: Final = 64 * 1024
_MOST_FRONTS: Final = 1_000
_MOST_BYTES: Final = 64 * 2**20
"""How many files are looked at, and how large one may be of which the front does not tell enough."""

_BY_WHOLE: Final = CENSUS_CODES | {"file_blank"}
"""Refusals that the front alone does not settle."""


def with_refused(
    parser: ExtractionParser, delivery: Delivery, ctx: ReadContext, events: Iterable[ReadEvent], place: str = ""
) -> Iterator[ReadEvent]:
    """Yield what a parser makes of a delivery, and what lies in it that is refused for what it is.

    Args:
        parser: The parser.
        delivery: What it reads; nothing is added where that is one file.
        ctx: What the parser is told.
        events: What the parser yields.
        place: Where the delivery lies in another, with ``/`` behind it.

    Yields:
        The events; notices of files that are not read last, less those that are named as refused, and these.
    """
    refused = {} if reads_members(parser) else _refused_in(parser, delivery, ctx, place)
    if not refused:
        yield from events
        return
    used: set[str] = set()
    outside: list[Notice] = []
    said: list[str] = []
    try:
        for event in events:
            if is_record(event):
                record = as_record(event)
                used.add(record.source.member or "")
                if isinstance(record, Message):
                    used.update(each.member for each in record.attachments if each.member is not None)
            elif isinstance(event, Notice):
                if event.code == _OUTSIDE:
                    outside.append(event)
                    continue
                said += [each for each in (event.subject, event.first_locator) if each is not None]
            yield event
    except Exception:
        yield from outside
        raise
    missing = {name: error for name, error in refused.items() if name not in used and not _is_said(name, said)}
    yield from _less(outside, missing)
    yield from _notices(missing, place)


def _refused_in(parser: ExtractionParser, delivery: Delivery, ctx: ReadContext, place: str) -> dict[str, InputRefused]:
    """Return the files of a delivery that are refused for what they are, whoever reads it; by name."""
    if not delivery.is_folder and (delivery.name.casefold().endswith(_REPORT) or not _is_zip(delivery.path)):
        return {}
    found: dict[str, InputRefused] = {}
    # What is wrong with the archive itself its reader says.
    with suppress(InputRefused, OSError), open_members(delivery, ctx.limits, ctx.scratch_dir) as source:
        if not delivery.is_folder and is_named_as_package(source.names):
            return {}
        tried = TriedExports(source.names, place)
        names = [name for name in _candidates(source.names, place) if not keeps_member(parser, name)]
        for name in names[:_MOST_FRONTS]:
            with suppress(OSError):
                refused = _refusal_of(source, name, ctx)
                if refused is not None and (not is_no_delivery(refused) or tried.is_export(name, refused)):
                    found[name] = refused
    return found


def _is_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) in ZIP_MAGICS


def _candidates(names: Iterable[str], place: str) -> Iterator[str]:
    names = tuple(names)
    of_handsets = handset_folders(place + name for name in names)
    for name in names:
        if could_be_delivery(name) and not is_exported_by_tool(name):
            inside = place + name
            if handset_root(inside) is None and not inside.startswith(of_handsets):
                yield name


def _refusal_of(source: MemberSource, name: str, ctx: ReadContext) -> InputRefused | None:
    """Return why a file is not read. None: it is, or what it is cannot be told from its front."""
    try:
        front = front_with_keys(lambda size: source.front(name, size), _FRONT_BYTES)
    except InputRefused:
        return None  # its reader says what is wrong with its bytes
    # What stands inside archives and databases tells what they are, and whoever reads these is asked for them first.
    if not front or front.startswith((*ZIP_MAGICS, SQLITE_MAGIC)) or is_packed(front):
        return _by_whole(source, name, ctx) if piece_told(name) is not None else None
    head = Head(name=last_of(name), is_folder=False, first_bytes=front, mime_type=mime_type_of(front))
    try:
        identify(head)
    except InputRefused as refused:
        return _by_whole(source, name, ctx) if refused.code in _BY_WHOLE else refused
    return None


def _by_whole(source: MemberSource, name: str, ctx: ReadContext) -> InputRefused | None:
    with TemporaryDirectory(dir=ctx.scratch_dir) as scratch:
        path = source.place_of(name)
        try:
            if path is None:
                path = Path(scratch) / "file"
                if len(source.front(name, _MOST_BYTES + 1)) > _MOST_BYTES:
                    return None
                source.copy(name, path)
            delivery = Delivery(path=path, name=last_of(name), is_folder=False, sha256="")
            parser_for(delivery, ctx, has_sidecar=False)
        except InputRefused as refused:
            return refused
    return None


def _is_said(name: str, said: Iterable[str]) -> bool:
    """Whether a notice names a file otherwise than as one that is not read."""
    shown = shown_name(name)
    return any(each in (name, shown) or each.startswith(f"{shown}: ") for each in said)


def _less(outside: Iterable[Notice], missing: Iterable[str]) -> Iterator[Notice]:
    """Yield the notices of what is not read without the files that are missing; each is counted in one of them."""
    left = list(outside)
    for name in missing:
        for at, notice in enumerate(left):
            if _counts(notice, name):
                left[at] = msgspec.structs.replace(notice, count=notice.count - 1)
                break
    yield from (notice for notice in left if notice.count > 0)


def _counts(notice: Notice, name: str) -> bool:
    subject = notice.subject or ""
    if subject.endswith("/"):
        folder = subject.removeprefix(f"{FURTHER_MEMBERS} of ")
        return f"/{folder}" in f"/{name}" and notice.count > 0
    is_named = subject == FURTHER_MEMBERS or f"/{shown_name(name)}".endswith(f"/{subject}")
    return is_named and notice.count > 0


def _notices(missing: dict[str, InputRefused], place: str) -> Iterator[Notice]:
    book = TriedExports((), "")
    for name, refused in missing.items():
        shown = shown_name(place + name)
        book.add(refused, refused.about(shown), shown)
    yield from book.notices()
