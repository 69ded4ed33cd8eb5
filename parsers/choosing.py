"""From a delivery to the parser that reads it, or to why none does."""

from __future__ import annotations

from typing import Final

import msgspec

from parsers.census import with_census
from parsers.contract import Delivery, ExtractionParser, Head, ReadContext
from parsers.errors import InputRefused
from parsers.identification import head_of
from parsers.leftovers import first_part_told, of_piece
from parsers.registry import identify

_LAST_HEAD: Final[dict[tuple[object, ...], Head]] = {}
"""Of the file that is read next, so that it is looked at once."""


def parser_for(
    delivery: Delivery, ctx: ReadContext, *, has_sidecar: bool, is_read_next: bool = False
) -> ExtractionParser:
    """Return the parser of a delivery.

    Args:
        delivery: It is opened for reading only.
        ctx: What the parser is told.
        has_sidecar: Whether the submitter states something beside it, whatever it is.
        is_read_next: Whether this is asked again for the same file at once: what was seen of it is then kept.

    Raises:
        InputRefused: No parser reads it, or it cannot or may not be read; with a census where its structure is known.
        OSError: It cannot be read.
    """
    try:
        head = msgspec.structs.replace(_head(delivery, ctx, is_read_next=is_read_next), has_sidecar=has_sidecar)
    except InputRefused as refused:
        raise of_piece(refused, delivery.name) from refused
    part = first_part_told(head, delivery.path, ctx.limits)
    if part is not None:
        raise InputRefused(*part)
    try:
        parser, _ = identify(msgspec.structs.replace(head, is_mapped=bool(ctx.sidecar.table)))
    except InputRefused as refused:
        raise with_census(refused, delivery) from refused
    return parser


def _head(delivery: Delivery, ctx: ReadContext, *, is_read_next: bool) -> Head:
    mark = _mark_of(delivery)
    head = _LAST_HEAD.pop(mark, None)
    _LAST_HEAD.clear()
    if head is None:
        head = head_of(delivery.path, delivery.name, is_folder=delivery.is_folder, limits=ctx.limits)
    if is_read_next and mark:
        _LAST_HEAD[mark] = head
    return head


def _mark_of(delivery: Delivery) -> tuple[object, ...]:
    """Return what tells a file from others wherever it is moved to; empty for what is told by nothing."""
    try:
        about = delivery.path.stat()
    except OSError:
        return ()
    is_folder = delivery.is_folder
    return () if is_folder else (delivery.name, about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns)
