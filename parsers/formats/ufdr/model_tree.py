"""What the tree of a report holds: finished elements by what they are, and what stands where nothing should."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import Final

from parsers.formats.ufdr.elements import MESSAGES, MODEL, TAGS, Element, tags_of
from parsers.formats.ufdr.model_kinds import CHAT, CHAT_ROWS, INSTANT_MESSAGE, PEOPLE, ROWS, is_chat, is_never_alone

MODEL_TAGS: Final = frozenset(tags_of(MODEL))
_HEADER_TAGS: Final = frozenset(TAGS) - MODEL_TAGS
OPEN_TAGS: Final = frozenset(tags_of("metadata", "caseInformation", "file"))
FIELD_TAGS: Final = frozenset(tags_of("multiModelField", "modelField", "multiField", "field"))
_STRAY_TAGS: Final = FIELD_TAGS | frozenset(tags_of("value"))
TYPE_TAGS: Final = frozenset(tags_of("modelType"))
LIST_TAGS: Final = frozenset(tags_of("modelType", "decodedData"))
_HOLDER_TAGS: Final = LIST_TAGS | frozenset(tags_of("project"))

_HOLDS_MODELS: Final = ("multiModelField", "modelField")


class Found(IntEnum):
    """What a finished element is."""

    TOP_MODEL = 1
    CHAT_MESSAGE = 2
    HEADER = 3
    STRAY = 4
    STRETCH = 5


FoundElement = tuple[Found, Element, Element | None]
"""What it is; the element; its parent, of a chat message the Chat.

A chat message is a model of any list of a Chat but those of its people. A stretch is no element: it
could not be read.
"""


def found_in(element: Element) -> Iterator[FoundElement]:
    """Yield what a finished element is, or holds at any depth: models that stand alone, parts of the header.

    Fields, values and unknown elements that stand among models come last.
    """
    for found in element.iter(*TAGS):
        parent = found.getparent()
        if found.tag in _HEADER_TAGS:
            yield Found.HEADER, found, parent
            continue
        if parent is None or parent.tag in FIELD_TAGS or _has_model_above(parent):
            continue
        if is_chat(found, parent):
            for message in listed_in(found):
                yield Found.CHAT_MESSAGE, message, found
        yield Found.TOP_MODEL, found, parent
    if element.tag in _HOLDER_TAGS:
        yield from _strays_in(element)


def listed_in(chat: Element) -> Iterator[Element]:
    """Yield the models of all lists of a Chat but those of its people."""
    for field in chat:
        if field.get("name") not in PEOPLE:
            yield from (model for model in field if model.tag in MODEL_TAGS)


def listed_below(chat: Element) -> list[Element]:
    """Return the messages of a torn Chat of which the list stands in another field: the end of that is missing."""
    lists = (field for field in chat.iter(*FIELD_TAGS) if field.get("name") == MESSAGES)
    return [model for field in lists for model in field if model.tag in MODEL_TAGS]


def _strays_in(element: Element) -> Iterator[FoundElement]:
    """Yield fields, values and unknown elements that stand among models."""
    for holder in element.iter(*LIST_TAGS):
        for child in holder:
            if is_stray(child, holder):
                yield Found.STRAY, child, holder


def is_stray(child: Element, holder: Element) -> bool:
    """Whether a child of a list is no model and holds none, though it stands where models do."""
    if child.tag in _STRAY_TAGS:
        return True
    is_among_models = holder.tag in TYPE_TAGS and child.tag not in MODEL_TAGS
    return is_among_models and next(child.iter(*MODEL_TAGS), None) is None


def messages_of_open(chat: Element, holder: Element) -> Element | None:
    """Return the Messages field that is open; None where the model is no Chat, or is open at another field."""
    if not len(chat) or not is_chat(chat, holder):
        return None
    messages = chat[-1]
    return messages if messages.get("name") == MESSAGES else None


def depth_of(element: Element) -> int:
    """Return how many elements stand above one."""
    return sum(1 for _ in element.iterancestors())


def drop_from(element: Element | None) -> None:
    """Drop an element and what stands behind it from what holds it: it is read once more, where it belongs."""
    above = element.getparent() if element is not None else None
    if above is not None and element is not None:
        del above[above.index(element) :]


def _has_model_above(element: Element) -> bool:
    return element.tag in MODEL_TAGS or any(above.tag in MODEL_TAGS for above in element.iterancestors())


def kind_in_list(model: Element) -> str:
    """Return the type of a model of a Chat that states none: that of its list."""
    above = model.getparent()
    if above is None or above.get("name") == MESSAGES:
        return INSTANT_MESSAGE
    return above.get("type") or ""


def is_swallowed(child: Element, holder: Element) -> bool:
    """Whether an element within a model stands where nothing of a good report does: the end of another one is missing.

    A list in a model, a model directly in another one, and a message, a call or a Chat in a field that cannot hold it.
    """
    if child.tag not in MODEL_TAGS:
        return child.tag in TYPE_TAGS
    if holder.tag in MODEL_TAGS:
        return True
    kind, listed = child.get("type"), holder.get("type") or ""
    if kind == listed or (ROWS.get(kind or "") not in CHAT_ROWS and kind != CHAT):
        return False
    above = holder.getparent()
    if above is not None and above.get("type") == CHAT and holder.get("name") not in PEOPLE:
        # A Chat has lists of messages and calls, whatever they say that they hold.
        return False
    return is_never_alone(listed) or not str(holder.tag).endswith(_HOLDS_MODELS)
