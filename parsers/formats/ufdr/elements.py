"""Names of report.xml's elements, and how the fields of a model are read.

A model holds fields by name; a field holds one value, several values, or further models. The walk is the hot path of
the whole reader: it makes no proxy that it does not need, and looks at a tag only where the text leaves a doubt.
"""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Iterator
from typing import Final, TypeAlias

from lxml import etree

from parsers.xml_guard import attributes_of, unmark

_MOST_MENDED: Final = 1_000
"""Attributes of one element that are mended. Setting one takes time with their number; the vendor writes fifteen."""

NAMESPACE: Final = "http://pa.cellebrite.com/report/2.0"

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml has no public name for the type of its elements
Field: TypeAlias = "str | Element | None"
Fields: TypeAlias = "dict[str, Field]"

MESSAGES: Final = "Messages"
"""Name of the list of a Chat's messages."""

MARKUP: Final = "#markup."
"""What stands before the name of a field whose value holds elements, where that value is kept as it is written."""

_ONE_VALUE: Final = frozenset(
    {
        "Body",
        "Snippet",
        "TimeStamp",
        "DateRead",
        "DateDelivered",
        "Folder",
        "Status",
        "SMSC",
        "Source",
        "SourceApplication",
        "Type",
        "Direction",
        "Duration",
        "Identifier",
        "Role",
        "Name",
        "IsPhoneOwner",
        "FromIsOwner",
        "ChatId",
        "Username",
        "ServiceType",
        "Category",
        "Value",
        "Domain",
    }
)
"""Fields of which the readers take one value: further ones are kept as those of a repeated field are."""

MODEL, FILE, METADATA, EXTRACTION, CASE = "model", "file", "metadata", "extractionInfo", "caseInformation"


NAME: Final = b"name"
"""As bytes, which lxml looks an attribute up by in four fifths of the time of text; so are those below."""
TYPE, ID, EXTRACTION_ID = b"type", b"id", b"extractionId"


def tags_of(*names: str) -> dict[str, str]:
    """Return tag to name, with the vendor's namespace and without: re-saved files lose it."""
    return {tag: name for name in names for tag in (f"{{{NAMESPACE}}}{name}", name)}


TAGS: Final = tags_of(MODEL, FILE, METADATA, EXTRACTION, CASE)
"""The elements whose end the parser reports."""

_VALUE_TAGS = frozenset(tags_of("value"))
_MODEL_TAGS = frozenset(tags_of("model"))
_EMPTY_TAGS = frozenset(tags_of("empty"))
_NAMES = tags_of(
    "project",
    "modelType",
    "model",
    "multiModelField",
    "modelField",
    "multiField",
    "field",
    "dataField",
    "nodeField",
    "value",
    "empty",
    "taggedFiles",
    "file",
    "jumptargets",
    "metadata",
    "extractionInfo",
    "caseInformation",
    "item",
)


def name_of(element: Element) -> str:
    """Return the local name of an element of the vendor; the tag as it is for any other."""
    tag = element.tag
    return _NAMES.get(tag, tag) if isinstance(tag, str) else ""


def fields_of(model: Element, repeats: list[tuple[str, Field]] | None = None) -> Fields:
    """Return the fields of a model by name, in source order.

    A value is its text, ``""`` where it is empty, None where the vendor says ``<empty/>``. A field that holds models
    or several values is its element. Of a repeated name the first value that is not empty holds; what differs from it
    is put in ``repeats``. A value in which elements stand is its whole text; as it is written it is put in ``repeats``
    too, under ``MARKUP`` and the field's name.
    """
    found: Fields = {}
    # A slice is a third faster than iterating; the stubs do not know that it is a list.
    children: list[Element] = model[:]  # type: ignore[index,assignment]
    for child in children:
        try:
            first = child[0]
        except IndexError:
            found[child.get(NAME, "")] = _own_text(child)
            continue
        text = first.text
        # White space in front is the indent of a model, or a value that starts blank: only the tag tells.
        if not text:
            found[child.get(NAME, "")] = _without_text(child, first, repeats)
        elif text[0] <= " " and first.tag not in _VALUE_TAGS:
            found[child.get(NAME, "")] = child
        elif len(child) + len(first) > 1:
            found[child.get(NAME, "")] = _not_one_text(child, first, repeats)
        else:
            found[child.get(NAME, "")] = text
    if len(found) != len(children) or "" in found:
        return _fields_with_repeats(children, repeats)
    return found


def _fields_with_repeats(children: list[Element], repeats: list[tuple[str, Field]] | None) -> Fields:
    found: Fields = {}
    for child in children:
        name = child.get("name") or "#" + name_of(child)
        value = _own_text(child) if not len(child) else _value_of(child, child[0], repeats)
        if name in found:
            _note_repeat(found, name, value, repeats)
        else:
            found[name] = value
    return found


def _value_of(child: Element, first: Element, repeats: list[tuple[str, Field]] | None) -> Field:
    text = first.text
    if text and first.tag in _VALUE_TAGS:
        return text if len(child) + len(first) == 1 else _not_one_text(child, first, repeats)
    return _without_text(child, first, repeats)


def _own_text(child: Element) -> str | None:
    text = child.text
    return text if text and not text.isspace() else None


def _without_text(child: Element, first: Element, repeats: list[tuple[str, Field]] | None) -> Field:
    tag = first.tag
    if len(child) > 1 or (len(first) and tag in _VALUE_TAGS):
        return _not_one_text(child, first, repeats)
    if tag in _EMPTY_TAGS:
        return None
    return "" if tag in _VALUE_TAGS else child


def _not_one_text(child: Element, first: Element, repeats: list[tuple[str, Field]] | None) -> Field:
    """Return what a field holds that has several values or models, or whose value has elements in it."""
    name = child.get("name", "")
    if len(child) > 1:
        return child if repeats is None or name not in _ONE_VALUE else _first_value(child, name, repeats)
    if repeats is not None:
        _note_once(repeats, MARKUP + name, _markup_of(first))
    return value_text(first)


def _first_value(field: Element, name: str, repeats: list[tuple[str, Field]]) -> Field:
    """Return the first value that is not empty of a field that should have one; what differs from it is a repeat."""
    if any(child.tag not in _VALUE_TAGS and child.tag not in _EMPTY_TAGS for child in field):
        return field
    for child in field:
        if len(child):
            _note_once(repeats, MARKUP + name, _markup_of(child))
    texts = list(dict.fromkeys(texts_of(field)))
    for text in texts[1:]:
        _note_once(repeats, name, text)
    return texts[0] if texts else ""


def _note_once(repeats: list[tuple[str, Field]], name: str, text: str) -> None:
    """Keep a text; the fields of a model may be walked twice."""
    if (name, text) not in repeats:
        repeats.append((name, text))


def value_text(value: Element) -> str:
    """Return the text of a value, that of elements within it too."""
    return "".join(map(str, value.itertext())) if len(value) else value.text or ""


def _markup_of(value: Element) -> str:
    """Return what stands in a value as it is written, without the tags of the value itself."""
    written = etree.tostring(value, encoding="unicode", with_tail=False)
    return written[written.index(">") + 1 : written.rindex("<")]


def _note_repeat(found: Fields, name: str, value: Field, repeats: list[tuple[str, Field]] | None) -> None:
    held = found[name]
    if value is None or value in ("", held):
        return
    if held is None or held == "":
        found[name] = value
    elif repeats is not None:
        repeats.append((name, value))


def text_of(field: Field) -> str | None:
    """Return the text of a field that should hold one value; of several values the first. None: none, or blank."""
    if isinstance(field, str):
        return field if field and not field.isspace() else None
    if field is None:
        return None
    return next((text for text in texts_of(field) if not text.isspace()), None)


def texts_of(field: Field) -> list[str]:
    """Return the texts of a field that holds one or several values; values without text are left out."""
    if field is None or field == "":
        return []
    if isinstance(field, str):
        return [field]
    return [text for child in field if child.tag in _VALUE_TAGS and (text := value_text(child))]


def models_of(field: Field) -> list[Element]:
    """Return the models that a field holds."""
    if field is None or isinstance(field, str):
        return []
    return [child for child in field if child.tag in _MODEL_TAGS]


def leaves_of(field: Element) -> Iterator[tuple[str, str]]:
    """Yield name and text of every value below an element, at any depth; the name is the path of field names."""
    for value in field.iter(*_VALUE_TAGS):
        text = value_text(value)
        if not text or text.isspace():
            continue
        names: list[str] = []
        above = value.getparent()
        while above is not None and above is not field and len(names) < _PATH_DEPTH:
            name = above.get("name")
            if name:
                names.append(name)
            above = above.getparent()
        yield ".".join(reversed(names)), text


_PATH_DEPTH = 8


def value_element(model: Element, name: str) -> Element | None:
    """Return the value element of the named field, for its attributes. None where it has none."""
    for child in model:
        if child.get("name") == name and len(child) and child[0].tag in _VALUE_TAGS:
            return child[0]
    return None


def is_beyond_mending(element: Element) -> bool:
    """Whether more attributes of one node hold marks than ``mend`` turns back; the others keep their marks."""
    return any(
        sum("\ufdd0" in held for _, held in attributes_of(node)) > _MOST_MENDED
        for node in element.iter()
        if len(node.attrib) > _MOST_MENDED
    )


def mend(element: Element) -> set[str]:
    """Turn marks and Base64 values below an element back into the text that the source means.

    Of the attributes of one node the first 1,000 that hold marks are turned back.

    Returns:
        Names of the fields directly below the element in which a character had been replaced.
    """
    mended: set[str] = set()
    for node in element.iter():
        marked = [(key, held) for key, held in attributes_of(node) if "\ufdd0" in held]
        for key, held in marked[:_MOST_MENDED]:
            node.set(key, unmark(held)[0])
        tail = node.tail
        if tail and "\ufdd0" in tail:
            node.tail = unmark(tail)[0]
        text = node.text
        if text and "\ufdd0" in text:
            text, count = unmark(text)
            node.text = text
            above = node.getparent()
            if count and above is not None and above.getparent() is element:
                mended.add(above.get("name", ""))
        if text and node.get("format") == "Base64String":
            node.text = _decoded(text)
            del node.attrib["format"]
    return mended


def _decoded(text: str) -> str:
    """Return the text that a Base64 value holds; the value as it is where it holds none."""
    try:
        decoded = b64decode(text.strip(), validate=True).decode("utf-8")
    except (Base64Error, UnicodeDecodeError, ValueError):
        return text
    is_text = all(character >= " " or character in "\t\n\r" for character in decoded)
    return decoded if is_text and "\ufffe" not in decoded and "\uffff" not in decoded else text
