"""Where reading goes on behind a malformed place of a report: at the next model of a list, or part of the header.

A model within another one is none to go on at, whatever its type: what is open above it tells, and a list holds models
of its own type, so that what cannot hold a model has lost its end. Of a torn Chat the list of messages goes on below
one of which nothing is known.
"""

from __future__ import annotations

from typing import Final

from parsers.formats.ufdr.elements import MESSAGES, NAMESPACE
from parsers.formats.ufdr.model_kinds import CHAT, CHAT_ROWS, INSTANT_MESSAGE, PEOPLE, ROWS, is_never_alone, read_as
from parsers.xml_tags import Level

_PROJECT, _DECODED, _LIST, _MODEL = "project", "decodedData", "modelType", "model"
_FIELDS: Final = frozenset({"multiModelField", "modelField"})
_PLACES: Final = {
    "metadata": (_PROJECT,),
    "caseInformation": (_PROJECT,),
    "sourceExtractions": (_PROJECT,),
    "extractionInfo": (_PROJECT, "sourceExtractions"),
    "taggedFiles": (_PROJECT,),
    "file": (_PROJECT, "taggedFiles"),
    "images": (_PROJECT,),
    _DECODED: (_PROJECT,),
    _LIST: (_PROJECT, _DECODED),
    "carvedFiles": (_PROJECT,),
    "entityBookmarks": (_PROJECT,),
    "extraInfos": (_PROJECT,),
    "extraInfo": (_PROJECT, "extraInfos"),
}
"""What stands above the parts of a report that are no models."""


class ReportRule:
    """Tells where a report goes on."""

    def __init__(self, root_tag: str | None) -> None:
        """Take the start tag of the root, by which one is made where the root itself is torn."""
        self._declared = f' xmlns="{NAMESPACE}"'.encode() if NAMESPACE in (root_tag or "") else b""

    def above(self, stack: list[Level], level: Level, _ahead: bytes) -> list[Level] | None:
        """Return what stands above an element to go on at; see ``RecoveryRule``."""
        if level.name == _MODEL:
            return self._above_model(stack, level)
        places = _PLACES.get(level.name)
        if places is None or _is_within(stack, level.name):
            return None
        root = self._root(stack)
        del stack[1:]
        return [root, *(Level(name, root.prefix) for name in places[1:])]

    def _above_model(self, stack: list[Level], model: Level) -> list[Level] | None:
        if not model.written:
            # An end tag that has lost its stroke.
            return None
        kind = model.get("type")
        place = _holder_of(stack, kind)
        del stack[place + 1 :]
        root = self._root(stack)
        holder = stack[place] if place >= 0 else None
        if holder is not None and holder.name in _FIELDS:
            return self._above_message(stack, root, holder, kind)
        listed = holder if holder is not None and holder.name == _LIST else None
        if is_never_alone(kind or (listed.get("type") if listed is not None else "")):
            return None
        front = [root, Level(_DECODED, root.prefix)]
        if listed is None:
            return front
        front.append(listed)
        if listed.get("type") == CHAT and kind == INSTANT_MESSAGE:
            front += (_chat(root), _messages(root))
        return front

    def _above_message(self, stack: list[Level], root: Level, field: Level, kind: str) -> list[Level] | None:
        """Return what stands above a model of a Chat's lists; of any other field's none is given out."""
        listed = next((level for level in stack[:-1] if level.name == _LIST), None)
        if field.get("name") != MESSAGES and not _is_of_chat(stack[:-1]):
            # No other model has a list of that name: where it stands in none, the start of its Chat is torn.
            return None
        if field.get("name") in PEOPLE:
            return None
        if field.get("name") != MESSAGES and ROWS.get(read_as(kind, field.get("type"))) not in CHAT_ROWS:
            return None
        lists = [] if listed is None else [listed]
        return [root, Level(_DECODED, root.prefix), *lists, _chat(root), field]

    def _root(self, stack: list[Level]) -> Level:
        return stack[0] if stack and stack[0].name == _PROJECT else Level(_PROJECT, "", self._declared)


def _is_of_chat(above: list[Level]) -> bool:
    """Whether the innermost element is a Chat that stands in no other model."""
    if not above or above[-1].name != _MODEL or (len(above) > 1 and above[-2].name in _FIELDS):
        return False
    listed = above[-2].get("type") if len(above) > 1 and above[-2].name == _LIST else ""
    return (above[-1].get("type") or listed) == CHAT


def _is_within(stack: list[Level], name: str) -> bool:
    """Whether an element stands where one of its name is no part of the report by itself."""
    names = {level.name for level in stack}
    if name == "metadata":
        return "file" in names
    return name in {"file", "images"} and (_MODEL in names or "file" in names) and "taggedFiles" not in names


def _holder_of(stack: list[Level], kind: str) -> int:
    """Return the place of the innermost element that can hold a model of a type; -1 for none."""
    has_model = False
    for place in range(len(stack) - 1, -1, -1):
        level = stack[place]
        if level.name == _LIST:
            return place
        if level.name in _FIELDS:
            listed = level.get("type")
            is_full = has_model and level.name == "modelField"
            is_torn = not listed and kind not in ROWS and kind != CHAT
            if not is_full and (listed == kind or is_torn or not kind):
                return place
        has_model = has_model or level.name == _MODEL
    return -1


def _chat(root: Level) -> Level:
    return Level(_MODEL, root.prefix, f' type="{CHAT}"'.encode())


def _messages(root: Level) -> Level:
    return Level("multiModelField", root.prefix, f' name="{MESSAGES}" type="{INSTANT_MESSAGE}"'.encode())
