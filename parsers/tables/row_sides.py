"""What the cells of one row that may name its sides come to: names, second spellings, and what is nobody's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from parsers.group_ids import is_apple_group
from parsers.phone_numbers import number_key
from parsers.records.values import Party
from parsers.table_fields import Field
from parsers.tables.columns import Column, surnames_last
from parsers.tables.party_cells import RoleParty
from parsers.tables.row_view import RowView

_LONGEST_ROW_ID: Final = 6


def is_postal(text: str) -> bool:
    """Whether a text may be where somebody lives: words with a number. What a sender goes by is mostly one."""
    plain = text.strip()
    is_parted = "," in plain or any(map(str.isspace, plain))
    return is_parted and any(map(str.isdigit, plain)) and any(map(str.isalpha, plain))


def is_person_id(view: RowView, column: Column, text: str) -> bool:
    """Whether a cell of a column of names is the number of a row in Android's address book, and no name.

    In Android's own tables alone, beside the number of that person: elsewhere it is whom a person is known by.
    """
    if not column.label.may_be_person_id or column.heading != column.label.key:
        return False
    plain = text.strip()
    is_row = plain.isdecimal() and len(plain) <= _LONGEST_ROW_ID
    return is_row and any(held.label.is_androids_number for held, _ in view.texts(Field.NUMBER))


def without_groups(view: RowView, cells: list[tuple[Column, str]]) -> list[tuple[Column, str]]:
    """Return the cells without what an iPhone calls a group: nobody, where other columns say who writes in it."""
    for column, text in cells:
        if is_apple_group(text):
            view.keep(column.place)
    return [each for each in cells if not is_apple_group(each[1])]


def is_senders(view: RowView) -> bool:
    """Whether the address of a row is who sent it: it has one of the other end too, as ALEAPP's list of SMS and MMS."""
    numbers = [column.label for column, _ in view.texts(Field.NUMBER)]
    return (
        len(numbers) == 1
        and numbers[0].is_address_alone
        and any(column.label.is_recipients_address for column, _ in view.texts(Field.TO))
    )


def stands_in(told: RoleParty, found: Sequence[RoleParty]) -> bool:
    """Whether a column before has the party of another with its number otherwise spelt, and perhaps a name."""
    role, party = told
    return party.e164 is not None and any(
        role == other and each.e164 == party.e164 and each.raw != party.raw and party.name in {None, each.name}
        for other, each in found
    )


def is_id_heading(key: str) -> bool:
    """Whether a heading says that its cells are what an application knows somebody by: ``sender id``, ``authorid``."""
    return key.endswith("id") and not key.endswith("paid")


def is_id_beside_number(told: Party, other: Party) -> bool:
    """Whether a party under a heading of ids is what an application counts its people by, beside the number of one.

    Not a name (``Caller ID`` may hold one), and not the same as the other.
    """
    if other.raw is None or told.e164 is not None or told.is_owner:
        return False
    return told.raw != other.raw if told.raw is not None else (told.name or "").strip().isdecimal()


def as_one(one: RoleParty, other: RoleParty) -> list[RoleParty]:
    """Return one party where one column has a number and the other a name, which its heading does not say.

    So too where both have the same number.
    """
    if one[0] == other[0] and one[1].raw is not None and one[1].raw == other[1].raw:
        fuller, further = (one, other) if one[1].name is not None else (other, one)
        return [fuller] if further[1].name in {None, fuller[1].name} else [one, other]
    for (role, numbered), (_, named) in ((one, other), (other, one)):
        if numbered.raw is not None and numbered.name is None and named.raw is None:
            is_owner = named.is_owner or numbered.is_owner
            return [(role, msgspec.structs.replace(numbered, name=named.name, is_owner=is_owner))]
    return [one, other]


def name_of(view: RowView, field: Field) -> tuple[str | None, tuple[int, ...]]:
    """Return the name that a row gives somebody, and its columns: the first, or first and last name together."""
    texts = [each for each in view.texts(field) if not is_person_id(view, *each)]
    if not texts:
        return None, ()
    column, text = texts[0]
    if len(texts) > 1 and column.label.is_name_part:
        texts = surnames_last([each for each in texts if each[0].label.is_name_part])
        return " ".join(text.strip() for _, text in texts), tuple(column.place for column, _ in texts)
    return text.strip(), (column.place,)


def without_sides(others: list[Party], senders: list[Party], recipients: list[Party]) -> list[Party]:
    """Return the parties that are no side yet; the name of one that is goes with it."""
    left: list[Party] = []
    for other in others:
        for side in (senders, recipients):
            place = next((place for place, held in enumerate(side) if _is_same(held, other)), None)
            if place is not None:
                if side[place].name is None and other.name is not None:
                    side[place] = msgspec.structs.replace(side[place], name=other.name)
                break
        else:
            left.append(other)
    return left


def _is_same(one: Party, other: Party) -> bool:
    if one.e164 is not None or other.e164 is not None:
        return one.e164 == other.e164
    return number_key(one.raw, None) == number_key(other.raw, None) if one.raw is not None else one.name == other.name


def is_of_line(view: RowView, is_address: Callable[[str], bool]) -> bool:
    """Whether first and last names in a row are of nobody who is a side: both sides are named by their numbers.

    They say whose line it is, or who read the list.
    """
    named = next(view.texts(Field.NAME), None)
    if named is None or not named[0].label.is_name_part:
        return False
    return all(any(is_address(text) for _, text in view.texts(field)) for field in (Field.FROM, Field.TO))
