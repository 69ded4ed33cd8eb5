"""Rows that are entries of a phone book, or accounts with services."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from parsers.language_words import english_cell, english_heading
from parsers.number_headings import is_like_number, may_be_number
from parsers.phone_numbers import BETWEEN_PARTIES
from parsers.records.facts import Account, Contact
from parsers.records.values import NumberRef
from parsers.services import application_service, is_sim, names_file, phone_book
from parsers.table_fields import Field
from parsers.tables.columns import Column, surnames_last
from parsers.tables.country_codes import number_with_code
from parsers.tables.labels import NAME_PARTS, NICKNAME, number_label
from parsers.tables.row_sides import is_person_id
from parsers.tables.row_state import RowState
from parsers.tables.row_view import Extra, RowView

# ``Phone-Mobile: +44...``, ``User ID-Username: jay``, ``Phone-: ...``; iOS wraps its labels: ``_$!<Mobile>!$_``.
_ENTRY = re.compile(
    r"\s*(phone(?: number)?|e-?mail(?: address)?|user ?id|[^\W\d_](?:[^\W\d_]|[ .'\u2019]){2,30}?)"
    r"\s*-\s*([^:\n]{0,80}?)\s*:\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)
_SHORT_CODE = re.compile(r"[0-9]{3,6}")
_WRAPPED = re.compile(r"_\$!<(.*)>!\$_")
_LINE = re.compile(r"(?:_x000D_)?(?:\r?\n|\r)|_x000D_\s*$")
_SEVERAL = re.compile(rf"(?:{BETWEEN_PARTIES}|[\r\n])+")
_LABELLED_EMAIL = re.compile(r"[^:@]{1,40}:\s*([^\s@]+@[^\s@]+)")
"""``Home: jay@example.org``."""
_KINDS: Final = {
    **dict.fromkeys(("phone", "phone number"), "number"),
    **dict.fromkeys(("email", "e-mail", "email address"), "email"),
    **dict.fromkeys(("user id", "userid"), "handle"),
}
_FOREIGN_KINDS: Final = {"phone number": "number", "mobile number": "number", "email": "email", "username": "handle"}
"""By the English heading that a word of another language stands for."""


class _Reached:
    """How somebody is reached: numbers, addresses, handles, each once and in order."""

    def __init__(self) -> None:
        self.numbers: dict[tuple[str, str | None], NumberRef] = {}
        self.emails: dict[str, None] = {}
        self.handles: dict[str, None] = {}
        self.further: Extra = []

    def add_number(self, number: NumberRef) -> None:
        self.numbers.setdefault((number.raw.strip(), number.label), number)


def read_contact(state: RowState, view: RowView, locator: str, extraction_id: str) -> Contact:
    """Return the record of a row."""
    reached = _reached(state, view)
    texts = _taken_names(view)
    name, nicknames = _names(texts)
    if not reached.numbers:
        name = _reached_by_name(state, view, texts, reached) or name
    if state.names_above.leaves_open(view, name):
        state.ledger.note("name_above", locator)
    source = english_cell(_store(view))
    deleted = state.deleted(view)
    view.take_places(Field.ROW)
    return Contact(
        source=state.stamp.source(locator),
        record_id=state.stamp.record_id("contact", locator),
        extraction_id=extraction_id,
        deleted=deleted,
        name=name,
        numbers=tuple(reached.numbers.values()),
        emails=tuple(reached.emails),
        handles=tuple(reached.handles),
        stored_in=phone_book(source, is_sim_part=False),
        listing="sim" if is_sim(source) else state.listing,
        extra=(*nicknames, *reached.further, *view.extra()),
    )


def read_account(state: RowState, view: RowView, locator: str, extraction_id: str) -> Account:
    """Return the record of a row."""
    reached = _reached(state, view)
    handles = [*reached.handles, *reached.emails]
    for handle in handles:
        raw, e164 = state.people.number(handle)
        if e164 is not None and all(number.e164 != e164 for number in reached.numbers.values()):
            reached.add_number(NumberRef(raw, e164))
    name, nicknames = _names(_taken_names(view))
    deleted = state.deleted(view)
    service = application_service(english_cell(view.take_word(Field.SERVICE))) or state.service
    view.take_places(Field.ROW)
    return Account(
        source=state.stamp.source(locator),
        record_id=state.stamp.record_id("account", locator),
        extraction_id=extraction_id,
        deleted=deleted,
        service=service,
        name=name,
        handles=tuple(dict.fromkeys(handles)),
        numbers=tuple(reached.numbers.values()),
        listing=state.listing,
        extra=(*nicknames, *reached.further, *view.extra()),
    )


def _reached_by_name(
    state: RowState, view: RowView, texts: Sequence[tuple[Column, str]], reached: _Reached
) -> str | None:
    """Take the number of somebody who has it in the name alone (``Mo 07700 900123``); return the name without it.

    The cell stays beside the record. None: no one cell holds one number.
    """
    if len(texts) != 1:
        return None
    column, text = texts[0]
    parties = state.people.parties(text)
    party = parties[0][1] if len(parties) == 1 else None
    if party is None or party.raw is None or party.e164 is None:
        return None
    reached.add_number(NumberRef(party.raw, party.e164))
    view.keep(column.place)
    return party.name


def _store(view: RowView) -> str | None:
    """Return where a row says that a contact is stored; the file that it was read from stays beside the record."""
    for column, text in view.texts(Field.STORED_IN):
        # "Phonebook (contacts2.db)" names the store too.
        if "(" in text or not names_file(text):
            view.take_at((column.place,))
            return text.strip()
    return view.filled.get(Field.STORED_IN)


def _taken_names(view: RowView) -> Sequence[tuple[Column, str]]:
    """Return the names of a row; the id of a person stays beside the record."""
    texts = view.take_all(Field.NAME)
    for column, text in texts:
        if is_person_id(view, column, text):
            view.keep(column.place)
    return [each for each in texts if not is_person_id(view, *each)]


def _names(texts: Sequence[tuple[Column, str]]) -> tuple[str | None, Extra]:
    """Return the name that a row gives somebody, and the nicknames beside it; without a name they are it."""
    nicknames = [(column.heading, text) for column, text in texts if column.label.key == NICKNAME]
    names = [(column, text) for column, text in texts if column.label.key != NICKNAME]
    return (_name_of(names), nicknames) if names else (_name_of(texts), [])


def _name_of(texts: Sequence[tuple[Column, str]]) -> str | None:
    """Return the name that a row gives somebody; of first and last name what a whole name beside them lacks."""
    wholes = [text for column, text in texts if column.label.key not in NAME_PARTS]
    known = {word for text in wholes for word in text.casefold().split()}
    names = [
        text.strip()
        for column, text in surnames_last(texts)
        if column.label.key not in NAME_PARTS or not known.issuperset(text.casefold().split())
    ]
    return " ".join(dict.fromkeys(names)) or None


def _reached(state: RowState, view: RowView) -> _Reached:
    found = _Reached()
    for _, text in view.take_all(Field.HANDLE):
        for piece in filter(None, map(str.strip, _SEVERAL.split(text))):
            found.handles.setdefault(piece)
    for column, text in view.take_all(Field.EMAIL):
        for piece in filter(None, map(str.strip, _SEVERAL.split(text))):
            labelled = _LABELLED_EMAIL.fullmatch(piece)
            found.emails.setdefault(piece if labelled is None else labelled[1])
            if labelled is not None:
                found.further.append((column.heading, piece))
    for column, text in view.take_all(Field.NUMBER):
        may_be = is_like_number if column.label.may_head_number else may_be_number
        if column.label.is_doubtful_number and not may_be(text, state.region):
            view.keep(column.place)
            continue
        may_lack_zero = state.may_lack_zero(view, column)
        code = state.country_code(view, column)
        label = number_label(column.heading, column.label) or view.take_kind(column)
        for number in state.people.numbers(text, label, may_lack_zero=may_lack_zero):
            found.add_number(number if code is None else number_with_code(number, code))
    for _, text in view.take_all(Field.ENTRIES):
        _add_entries(state, text, found)
    return found


def _add_entries(state: RowState, text: str, found: _Reached) -> None:
    """Read a cell of several lines; one that starts as no entry goes on with the entry before it, if there is one."""
    entries: list[list[str]] = []
    for line in _LINE.split(text):
        if _ENTRY.match(line) or not entries or not _ENTRY.match(entries[-1][0]):
            entries.append([line])
        else:
            entries[-1].append(line)
    for lines in entries:
        entry = _ENTRY.fullmatch("\n".join(lines))
        if entry is None:
            _add_bare(state, "\n".join(lines), found)
            continue
        domain, label, value = entry[1], _WRAPPED.sub(r"\1", entry[2]), entry[3].strip()
        kind = _KINDS.get(domain.casefold()) or _FOREIGN_KINDS.get(english_heading(domain) or "")
        if not value:
            continue
        if kind == "number":
            for number in state.people.numbers(value, label or None):
                found.add_number(number)
        elif kind == "email":
            found.emails.setdefault(value)
        elif kind == "handle":
            found.handles.setdefault(value)
        else:
            found.further.append((f"{domain}-{label}" if label else domain, value))


def _add_bare(state: RowState, text: str, found: _Reached) -> None:
    """Read an entry that says nothing of what it is."""
    value = text.strip()
    if not value:
        return
    label, _, stated = value.rpartition(":")
    stated = stated.strip()
    raw, e164 = state.people.number(stated)
    if e164 is not None or _SHORT_CODE.fullmatch(stated) is not None:
        found.add_number(NumberRef(raw, e164, label.strip() or None))
    elif "@" in stated and " " not in stated:
        found.emails.setdefault(stated)
    else:
        found.further.append(("Entry", value))
