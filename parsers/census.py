"""A census of a file whose structure is known and whose meaning is not: elements of XML, keys of JSON, tables.

It goes onto the receipt, so that who sent the file, and who writes the next reader, see what is in it. Names of the
structure alone, never a value; a key that may be somebody's name is counted and not shown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from lxml import etree

from parsers.contract import Delivery
from parsers.errors import InputRefused
from parsers.json_decoding import Json, decode_json
from parsers.json_stream import JsonDamaged, JsonWalk
from parsers.sqlite_pages import lacks_tables, table_names
from parsers.xml_guard import CleanXml, strict_parser

CENSUS_CODES: Final = frozenset({"xml_unknown", "json_unknown", "database_unknown"})

_NAME = re.compile(r"[A-Za-z_@$][A-Za-z0-9_@$ .:/()#-]{0,39}")
_DIGITS = re.compile(r"[0-9]{5}")
_SHOWN: Final = 14
_MOST_NAMES: Final = 2_000
_MOST_BYTES: Final = 64 * 2**20
_JSON_ITEMS: Final = 200
_VALUE_BYTES: Final = 4 * 2**20
_NOT_SHOWN: Final = "other names"


def with_census(refused: InputRefused, delivery: Delivery) -> InputRefused:
    """Return a refusal with the census of the file, where it is one that has a census."""
    if refused.code not in CENSUS_CODES or refused.subject is not None or delivery.is_folder:
        return refused
    census = ""
    with suppress(OSError, InputRefused, JsonDamaged, ValueError):
        census = _CENSUSES[refused.code](delivery.path)
    return InputRefused(refused.code, census or "nothing of its structure could be read")


def xml_census(path: Path) -> str:
    """Return root, namespace and the commonest elements of an XML file, up to where it is well-formed."""
    counts: Counter[str] = Counter()
    root = ""
    with path.open("rb") as stream:
        clean = CleanXml(stream)
        parser = strict_parser(("{*}*", "*"), "start")
        for is_sound in _fed(parser, clean):
            for _, element in parser.read_events():
                if not isinstance(element, etree._Element):  # noqa: SLF001  # lxml names the type so
                    continue
                # Taken apart by hand: a prefix that is bound to nothing is part of the name.
                namespace, _, local = str(element.tag).rpartition("}")
                root = root or _root_text(local, namespace.removeprefix("{"))
                counts[local if len(counts) < _MOST_NAMES else _NOT_SHOWN] += 1
                _let_go(element)
            if not is_sound or clean.byte_count > _MOST_BYTES:
                break
    return f"root {root}; elements: {_listed(counts)}" if root else ""


def _fed(parser: etree.XMLPullParser, clean: CleanXml) -> Iterator[bool]:
    """Feed a file to a parser, and yield whether it is well-formed so far; what began before that can be asked for."""
    try:
        for chunk in clean.chunks():
            parser.feed(chunk)
            yield True
    except etree.XMLSyntaxError:
        yield False
        return
    # A file of a few bytes is looked at when it ends; of one that is cut off no tag is taken that is not whole.
    with suppress(etree.XMLSyntaxError):
        parser.close()
        yield True


def json_census(path: Path) -> str:
    """Return what the top of a JSON file is, its keys, and the keys of the first items of its lists."""
    with path.open("rb") as stream:
        walk = JsonWalk(stream, _VALUE_BYTES)
        if walk.kind() == "[":
            return f"a list; {_items_text(walk)}"
        if walk.kind() != "{":
            return ""
        walk.enter()
        shapes: dict[str, str] = {}
        with suppress(JsonDamaged):
            while len(shapes) < _JSON_ITEMS and (key := walk.next_key()) is not None:
                shapes[key] = _shape_of_next(walk)
    if not shapes:
        return "an empty object"
    distinct = {shape.partition(" of")[0] for shape in shapes.values()}
    if len(distinct) == 1 and distinct != {"value"}:
        # One shape under every key: the keys are likely names of people or chats.
        return f"an object of {_counted(len(shapes), 'key')}, each {distinct.pop()}; {next(iter(shapes.values()))}"
    shown = [f"{key} ({shape})" if is_structural(key) else _NOT_SHOWN for key, shape in shapes.items()]
    return "an object with " + ", ".join(dict.fromkeys(shown[:_SHOWN])) + _more(len(shown))


def database_census(path: Path) -> str:
    """Return the names of the tables of an SQLite database."""
    told = tables_told(table_names(path))
    return f"{told}; its list of tables is damaged, so that others may be there" if lacks_tables(path) else told


def tables_told(tables: Iterable[str]) -> str:
    """Return how many tables there are, and names of them; SQLite's own are none."""
    names = sorted(name for name in tables if not name.casefold().startswith("sqlite_"))
    shown = [name for name in names if is_structural(name)]
    return f"{_counted(len(names), 'table')}: " + ", ".join(shown[:_SHOWN]) + _more(len(names)) if names else "no table"


def is_structural(name: str) -> bool:
    """Whether a name can be shown as one of the structure: short, plain, and no number of anybody."""
    return _NAME.fullmatch(name) is not None and not _DIGITS.search(name)


def _root_text(local: str, namespace: str) -> str:
    shown = local if is_structural(local) else _NOT_SHOWN
    if not namespace:
        return shown
    is_plain = namespace.isprintable() and not _DIGITS.search(namespace)
    return f"{shown} of {namespace[:80] if is_plain else 'a namespace that is not shown'}"


def _let_go(element: etree._Element) -> None:
    """Forget what was read before an element; the parser keeps the tree otherwise."""
    parent = element.getparent()
    if parent is not None:
        while (before := element.getprevious()) is not None:
            parent.remove(before)


def _shape_of_next(walk: JsonWalk) -> str:
    kind = walk.kind()
    if kind == "[":
        return f"list of {_items_text(walk)}"
    value, _ = decode_json(walk.value())
    if isinstance(value, dict):
        return f"object of {_keys_text([value])}"
    return "value"


def _items_text(walk: JsonWalk) -> str:
    """Return how many items the list has that comes next, and the keys of the first of them; reads to its end."""
    walk.enter()
    count = 0
    first: list[dict[str, Json]] = []
    try:
        while walk.has_next():
            raw = walk.value()
            count += 1
            if len(first) < _SHOWN and raw.startswith(b"{"):
                value, _ = decode_json(raw)
                if isinstance(value, dict):
                    first.append(value)
    except JsonDamaged:
        return f"{count} or more items{_keys_of_items(first)}"
    return f"{_counted(count, 'item')}{_keys_of_items(first)}"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _keys_of_items(first: list[dict[str, Json]]) -> str:
    return f" with {_keys_text(first)}" if first else ""


def _keys_text(objects: list[dict[str, Json]]) -> str:
    keys = [key for each in objects for key in list(each)[:_JSON_ITEMS]]
    shown = list(dict.fromkeys(key if is_structural(key) else _NOT_SHOWN for key in keys))
    return "/".join(shown[:_SHOWN]) + _more(len(shown))


def _listed(counts: Counter[str]) -> str:
    shown = Counter[str]()
    for name, count in counts.items():
        shown[name if is_structural(name) else _NOT_SHOWN] += count
    return ", ".join(f"{name} {count}" for name, count in shown.most_common(_SHOWN)) + _more(len(shown))


def _more(count: int) -> str:
    return f" and {count - _SHOWN} more" if count > _SHOWN else ""


_CENSUSES: Final = {"xml_unknown": xml_census, "json_unknown": json_census, "database_unknown": database_census}
