"""The list of formats, made from the readers themselves: what they state is what is printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ingest.printed.output import visible
from parsers.registry import all_parsers

Format = Mapping[str, object]


def known_formats() -> list[Format]:
    """Return what each registered reader states of itself, in the order in which readers are asked."""
    return [
        {
            "name": parser.name,
            "title": parser.title,
            "tier": parser.tier.value,
            "version": parser.version,
            "versions_seen": list(parser.versions_seen),
            "not_read": list(parser.not_read),
        }
        for parser in all_parsers()
    ]


def format_lines(formats: Sequence[Format]) -> Iterator[str]:
    """Yield a paragraph a format."""
    for each in formats:
        yield visible(f"{each['name']}: {each['title']} ({each['tier']}, reader version {each['version']})")
        yield visible(f"  seen:     {_joined(each['versions_seen'])}")
        yield visible(f"  not read: {_joined(each['not_read'])}")


def _joined(values: object) -> str:
    assert isinstance(values, list)
    # an item can hold commas itself
    return "; ".join(values) or "-"
