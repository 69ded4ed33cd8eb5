"""Reads one entity: its title, its keys, and the text, which can hold anything.

Which lines of a text are the text's and which are the entity's is told from the end: the entity's own keys stand there
in one run, each once. What stands above that run is text, whatever it looks like.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from parsers.bracketed_times import is_time
from parsers.formats.xry_text.blocks import Block, locator_of
from parsers.formats.xry_text.broken_keys import with_colons, with_tabs
from parsers.formats.xry_text.header import TITLE
from parsers.formats.xry_text.layout import NOTHING, Layout, is_further_segment
from parsers.formats.xry_text.line_keys import LineKey, LineKeys
from parsers.formats.xry_text.text_lines import Line, settle
from parsers.formats.xry_text.titles import Titles
from parsers.formats.xry_text.views import (
    FILE_KEYS,
    OWN_KEYS,
    OWN_WORDS,
    PARTY_KEYS,
    RARE_KEYS,
    SEGMENT_NUMBER,
    SIDES,
    TEXT_KEYS,
)
from parsers.remembered import Remembered

_MOST_FORMS: Final = 1_000
_MOST_FORM_LINES: Final = 40
_NUL_RUN: Final = "\x00" * 8
"""A copy that lost a block has zeros in its place; no text has so many."""


class Field(msgspec.Struct, frozen=True, eq=False, gc=False):
    """One key with its value; short lines that are alike mostly share one, and equal by identity.

    Attributes:
        name: As written.
        key: In lower case.
        value: Trimmed; further lines of it behind a line feed.
        side: Namespace that it stands in: ``from``, ``to``, ``participant``. Empty: none.
        side_number: Which namespace of the entity that is, from 1; 0 for none.
    """

    name: str
    key: str
    value: str
    side: str = ""
    side_number: int = 0


_Form = tuple[list[str], int, int]


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """One entity.

    Attributes:
        locator: Category, number and line of its title.
        fields: All but the text, in order.
        text: As it is stored, halves of characters included (see ``settle``). None: it has none.
        has_text_last: Whether nothing stands behind the text.
        looks_alike: Whether the text holds empty lines, or lines that look like the report's own.
        stray: Lines that belong to no key.
        written: The lines as they stand, where ``looks_alike``; else empty.
        is_damaged: Whether a block of zeros stands in it.
        may_be_cut: Whether it is the last of a file that may have been cut off in its text.
        replaced_count: Characters of its fields that were replaced by U+FFFD.
        is_mended: Whether a key of it lacked its colon or its tab.
    """

    locator: str
    fields: tuple[Field, ...]
    text: str | None
    has_text_last: bool
    looks_alike: bool
    stray: tuple[str, ...] = ()
    written: str = ""
    is_damaged: bool = False
    may_be_cut: bool = False
    replaced_count: int = 0
    is_mended: bool = False

    def value(self, *keys: str) -> str | None:
        """Return the first value that is not empty under the first of the keys that has one."""
        for key in keys:
            for field in self.fields:
                if field.key == key and field.value:
                    return field.value
        return None


class EntityReader:
    """Makes entities of the blocks of one file."""

    def __init__(self, layout: Layout, titles: Titles, *, is_utf16: bool, has_nuls: bool) -> None:
        self._layout = layout
        self._titles = titles
        self._is_utf16 = is_utf16
        self._has_nuls = has_nuls
        self._forms: dict[tuple[LineKey, ...], _Form] = {}
        self._asked_values = False
        self._known = Remembered[tuple[str, str, int], Field]()

    def read(self, block: Block) -> Entity:
        """Return the entity of a block."""
        lines = block.lines
        names, place, end = form = self._form_of(lines)
        mended = None
        if NOTHING in names[:place] or end > place + 1:
            mended = with_colons(lines, form, self._layout)
        if mended is None and end > place + 1 and not block.is_last:
            mended = with_tabs(lines, form, self._layout)
        if mended is not None:
            block, lines = msgspec.structs.replace(block, lines=mended), mended
            names, place, end = self._form_of(lines)
        collected = _Fields(self._known, is_utf16=self._is_utf16)
        collected.take(lines[:place], names)
        text, looks_alike = None, False
        if place < len(lines):
            text = self._text_of(block, place, end)
            looks_alike = end > place + 1 and any(
                line.is_blank or self._layout.resembles(line.key) or TITLE.fullmatch(line.text) is not None
                for line in lines[place + 1 : end]
            )
            collected.take(lines[end:], names[end:])
        return Entity(
            locator=locator_of(block.title),
            fields=tuple(collected.fields),
            text=text,
            has_text_last=text is not None and end == len(lines),
            looks_alike=looks_alike,
            stray=tuple(collected.stray),
            written=settle("\n".join(line.text for line in lines), is_utf16=self._is_utf16)[0] if looks_alike else "",
            is_damaged=self._has_nuls and _NUL_RUN in "\n".join([line.text for line in lines]),
            replaced_count=collected.replaced_count,
            is_mended=mended is not None,
        )

    def _form_of(self, lines: Sequence[Line]) -> _Form:
        """Return the key of each line, where the text begins and where it ends; found once for lines of like keys.

        Where there is no text, both are behind the last line.
        """
        # Line ends tell too, in a file in which they are not all the same.
        keys = tuple([line.key for line in lines])
        is_plain = not self._titles.is_crlf or "\n" not in [line.ending for line in lines]
        form = self._forms.get(keys) if is_plain else None
        if form is not None:
            return form
        names = [self._layout.name_of(key, takes_any=True) for key in keys]
        place = next((place for place, name in enumerate(names) if name in TEXT_KEYS), None)
        if place is None:
            # A key that lost the blank behind it, as that of a text without a character does.
            place = next((place for place, key in enumerate(keys) if self._layout.is_bare_text_key(key)), None)
        if place is None:
            form = (names, len(lines), len(lines))
        else:
            end = self._end_of_text(lines, names, place)
            is_plain = is_plain and not self._asked_values
            head = [name or self._layout.loose_name_of(key) for name, key in zip(names[:place], keys, strict=False)]
            form = (head + names[place:], place, end)
        if is_plain and len(keys) <= _MOST_FORM_LINES:
            if len(self._forms) >= _MOST_FORMS:
                self._forms.clear()
            self._forms[keys] = form
        return form

    def _text_of(self, block: Block, place: int, end: int) -> str:
        lines = block.lines
        written, key = lines[place].text, lines[place].key
        # A text may begin with white space of its own; what this file puts behind every colon is not the text's.
        separator, usual = key.separator, self._layout.separator
        padding = usual if usual is not None and separator.startswith(usual) else separator
        first = written[key.size - len(separator) + len(padding) :]
        if end == place + 1 < len(lines):
            return first
        blanks = 0
        if end == len(lines) and not block.is_last:
            blanks = max(0, block.blank_count - self._titles.blank_run)
        return "\n".join([first, *(line.text for line in lines[place + 1 : end]), *[""] * blanks])

    def _end_of_text(self, lines: Sequence[Line], names: Sequence[str], place: int) -> int:
        """Return where the text ends: at the first line of the run of keys that ends the entity."""
        layout = self._layout
        self._asked_values = False
        start = self._start_of_run(lines, names, place)
        anchor = layout.anchor
        if anchor == NOTHING:
            return start if start < len(names) and RARE_KEYS.issuperset(names[start:]) else len(names)
        if anchor is not None and anchor in names[start:]:
            anchored = names.index(anchor, start)
            while anchored > start and (
                layout.may_precede(names[anchored - 1], anchor) or self._tells_itself(lines[anchored - 1])
            ):
                anchored -= 1
            return anchored
        further = layout.further_anchor
        # Where it stands in front of the run, it tells nothing that the run does not.
        if further in names[start + 1 :] and further != names[start] and self._is_further(lines, names[start:]):
            anchored = names.index(further, start)
            while anchored > start and self._tells_itself(lines[anchored - 1]):
                anchored -= 1
            return anchored
        while start < len(names) and names[start] not in layout.known:
            start += 1
        return start

    def _is_further(self, lines: Sequence[Line], run: Sequence[str]) -> bool:
        """Whether an entity is a segment that is not the first, and so lacks the key behind the text of others."""
        if SEGMENT_NUMBER not in run:
            return False
        self._asked_values = True
        return is_further_segment(lines)

    def _tells_itself(self, line: Line) -> bool:
        """Whether a key that few entities have is one by its value: a time, a word that reports have under it, or none.

        A card's sent texts have no time: that of the one text received stands in front of what all have. Nobody types
        a key of the view with a tab and nothing behind it.
        """
        key = line.key
        if "\t" not in key.separator:
            return False
        if not key.has_value:
            return key.folded in self._layout.known
        self._asked_values = True
        value = line.text[key.size :].strip()
        if key.folded == "time":
            return is_time(value)
        return value.casefold() in OWN_WORDS.get(key.folded, ())

    def _start_of_run(self, lines: Sequence[Line], names: Sequence[str], place: int) -> int:
        layout = self._layout
        taken = {name for name in names[:place] if name and name not in PARTY_KEYS | SIDES} | TEXT_KEYS
        has_party = any(name in PARTY_KEYS | SIDES for name in names[:place])
        party: set[str] = set()
        run: list[str] = []
        start = len(names)
        for at in range(len(names) - 1, place, -1):
            name = names[at]
            if not name or name in taken or (self._titles.is_crlf and lines[at - 1].ending == "\n"):
                break
            if name in SIDES or name in PARTY_KEYS:
                is_bare = name in SIDES and not lines[at].key.size
                if (has_party and not layout.has_sides_behind_text) or name in party or (is_bare and not party):
                    break
                party = set() if name in SIDES else {*party, name}
            else:
                if any(layout.contradicts(name, later) for later in run):
                    break
                if name not in FILE_KEYS:
                    taken.add(name)
                run.append(name)
            start = at
        return start


class _Fields:
    """Collects the fields of an entity, line by line."""

    def __init__(self, known: Remembered[tuple[str, str, int], Field], *, is_utf16: bool) -> None:
        self._known = known
        self.fields: list[Field] = []
        self.stray: list[str] = []
        self.replaced_count = 0
        self._is_utf16 = is_utf16
        self._side = ""
        self._side_number = 0

    def take(self, lines: Sequence[Line], names: Sequence[str]) -> None:
        """Take lines, each with what the layout makes of it; more names than lines are left over."""
        known, fields = self._known, self.fields
        for line, name in zip(lines, names, strict=False):
            field = known.get((line.text, self._side, self._side_number)) if name else None
            if field is not None:
                fields.append(field)
            else:
                self._add(line, name)

    def _add(self, line: Line, name: str) -> None:
        text, replaced = settle(line.text, is_utf16=self._is_utf16)
        self.replaced_count += replaced
        if not name:
            self._add_further(text)
            return
        key = LineKeys()[text] if text is not line.text else line.key
        value = text[key.size :].strip() if key.size else ""
        if name in SIDES:
            self._side, self._side_number = name, self._side_number + 1
            if not value:
                return
        field = Field(key.name.strip(), name, value, self._side, self._side_number)
        self.fields.append(field)
        if name in SIDES:
            self._side = ""
        elif name not in OWN_KEYS and text is line.text:
            self._known.keep((text, self._side, self._side_number), field, len(text))

    def _add_further(self, text: str) -> None:
        if not self.fields:
            if text.strip():
                self.stray.append(text)
            return
        last = self.fields[-1]
        self.fields[-1] = msgspec.structs.replace(last, value=f"{last.value}\n{text.rstrip()}")
