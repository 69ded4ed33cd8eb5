"""From a delivery to the parser that reads it, or to why none does."""

from __future__ import annotations

import msgspec

from parsers.census import with_census
from parsers.contract import Delivery, ExtractionParser, ReadContext
from parsers.errors import InputRefused
from parsers.identification import head_of
from parsers.registry import identify


def parser_for(delivery: Delivery, ctx: ReadContext, *, has_sidecar: bool) -> ExtractionParser:
    """Return the parser of a delivery.

    Args:
        delivery: It is opened for reading only.
        ctx: What the parser is told.
        has_sidecar: Whether the submitter states something beside it, whatever it is.

    Raises:
        InputRefused: No parser reads it, or it cannot or may not be read; with a census where its structure is known.
        OSError: It cannot be read.
    """
    head = head_of(
        delivery.path, delivery.name, is_folder=delivery.is_folder, limits=ctx.limits, has_sidecar=has_sidecar
    )
    try:
        parser, _ = identify(msgspec.structs.replace(head, is_mapped=bool(ctx.sidecar.table)))
    except InputRefused as refused:
        raise with_census(refused, delivery) from refused
    return parser
