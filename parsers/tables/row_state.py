"""What the makers of single records share while one table is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from parsers.contract import SourceStamp
from parsers.directions import unread_way
from parsers.records.facts import Direction
from parsers.records.values import NO_MOMENT, NO_TIMES, DeletedState, MessageTimes, Moment, Party
from parsers.service_families import service_family
from parsers.sheets.rows import Row
from parsers.table_fields import Field, TableKind
from parsers.tables.alike_rows import AlikeRows
from parsers.tables.columns import Column
from parsers.tables.country_codes import NO_CODES, code_in, with_code
from parsers.tables.known_headings import CALLING_LINE, OF_NO_ROLE
from parsers.tables.named_ways import NAME_BASES, NamedWay
from parsers.tables.own_words import owned
from parsers.tables.paired_lines import sender_in_lines
from parsers.tables.party_cells import PartyReader, RoleParty
from parsers.tables.party_details import party_in_details
from parsers.tables.party_lines import fared_times, people_alone
from parsers.tables.row_ledger import RowLedger
from parsers.tables.row_sides import (
    as_one,
    is_id_beside_number,
    is_id_heading,
    is_of_line,
    is_postal,
    is_senders,
    name_of,
    stands_in,
    without_groups,
    without_sides,
)
from parsers.tables.row_status import androids_status, take_status, told_deletion
from parsers.tables.row_view import RowView
from parsers.tables.sender_ids import as_address
from parsers.tables.short_times import ShortTimes
from parsers.tables.tick_columns import tick_key
from parsers.tables.times import TimeReader
from parsers.tables.unnamed_contacts import NamesAbove
from parsers.tables.word_meanings import ANDROID_TEXT_TYPES, counted_way

_TIME: Final = Field.TIME
_FURTHER_TIMES: Final = (Field.SENT, Field.RECEIVED, Field.READ, Field.DELIVERED)
_NO_CHATS: Final[Mapping[str, Mapping[tuple[str, ...], Row]]] = {}
_WRITERS: Final = (Field.FROM, Field.PARTICIPANTS)
_OF_IDS: Final = frozenset({"telegram", "messenger", "instagram", "twitter", "tiktok", "discord"})
"""Applications that know an account by digits; those of Telegram are ten, and may begin with a seven."""
_TIME_ALONE: Final = frozenset({Field.TIME})


class RowState(msgspec.Struct, frozen=True, kw_only=True):
    """What holds for all rows of one table.

    Attributes:
        stamp: Makes sources and ids.
        region: For numbers without a country code.
        people: Reads the parties.
        times: Reads each time.
        lost_zeros: Columns whose numbers have lost their leading zero.
        same_numbers: Columns in which one number stands in every row: it may be the owner's.
        has_marks: Whether cells of parties have marks of the tool at their names.
        service: Of rows that name none.
        values: Field to a cell's text to a direction, as a mapping states it.
        blank_is_intact: Whether an empty cell under ``Deleted`` states that nothing was deleted.
        handle_first: Whether labels of an application's people begin with what it knows them by.
        is_workbook: Whether cells have a limit.
        listing: Name of the list.
        ledger: Counts what is odd in cells.
        alike: What rows came to that are messages.
        has_own_words: Whether ``You`` and ``Myself`` are the owner.
        chats: Who writes in each chat, where nothing but its name may say who the other side is.
        is_of_one_name: Whether first and last names are one person's beside many numbers.
        named: Which way its rows went, by the name of its sheet or file. None: it says none.
        codes: Columns of country codes, by the columns of the numbers that they are of.
        short_times: Its times of day in digits alone. None: there are none.
        open_sides: Columns that may be the side which is not read.
        names_above: What rows came to that are contacts.
    """

    stamp: SourceStamp
    region: str
    people: PartyReader
    times: Mapping[Field, TimeReader]
    lost_zeros: frozenset[int]
    service: str | None
    values: Mapping[str, Mapping[str, str]]
    blank_is_intact: bool
    handle_first: bool
    is_workbook: bool
    listing: str
    ledger: RowLedger
    alike: AlikeRows
    has_own_words: bool = False
    same_numbers: frozenset[int] = frozenset()
    has_marks: bool = False
    chats: Mapping[str, Mapping[tuple[str, ...], Row]] = _NO_CHATS
    is_of_one_name: bool = False
    named: NamedWay | None = None
    codes: Mapping[int, int] = NO_CODES
    short_times: ShortTimes | None = None
    open_sides: tuple[int, ...] = ()
    names_above: NamesAbove = msgspec.field(default_factory=NamesAbove)

    def moment(self, view: RowView, field: Field) -> Moment:
        """Return a time of the row; ``NO_MOMENT`` where it has none."""
        reader = self.times.get(field)
        if reader is None:
            return NO_MOMENT
        row = view.row
        if self.short_times is not None:
            row = self.short_times.filled(row, (column.place for column in view.columns_of(field)))
        moment, places = reader.moment(row)
        if row is not view.row and moment.raw is not None:
            self.ledger.note("time_zero_restored", f"row {row.number}")
            moment = msgspec.structs.replace(moment, raw=" ".join(view.row.cells[place].strip() for place in places))
        if moment.utc is not None:
            reader.has_instant = True
        elif moment.raw is not None:
            reader.lost_count += 1
        view.take_at(places)
        return moment

    def message_times(self, view: RowView, direction: Direction) -> tuple[Moment, MessageTimes]:
        """Return the time of a message, and its further ones."""
        time = self.moment(view, _TIME)
        if self.times.keys() <= _TIME_ALONE and not view.has(Field.PARTIES):
            return time, NO_TIMES
        sent, received, read, delivered = [self.moment(view, field) for field in _FURTHER_TIMES]
        if time is NO_MOMENT:
            pair = (received, sent) if direction is Direction.INCOMING else (sent, received)
            time = next((each for each in pair if each is not NO_MOMENT), NO_MOMENT)
        told = self._fared(view, time)
        read, delivered = (
            own if own is not NO_MOMENT else beside for own, beside in zip((read, delivered), told, strict=True)
        )
        if sent is received is read is delivered is NO_MOMENT:
            return time, NO_TIMES
        times = (None if each is NO_MOMENT else each for each in (sent, received, read, delivered))
        return time, MessageTimes(*times)

    def _fared(self, view: RowView, time: Moment) -> Sequence[Moment]:
        """Return when a text was read and delivered, as its cell of parties says beside its time."""
        cells = [text for _, text in view.texts(Field.PARTIES) if ":" in text]
        reader = next(iter(self.times.values()), None)
        read, delivered = fared_times(cells[0]) if len(cells) == 1 and reader is not None else (None, None)
        return tuple(
            NO_MOMENT if at is None or reader is None else reader.written(at, view.row, time)
            for at in (read, delivered)
        )

    def deleted(self, view: RowView) -> DeletedState:
        """Return what the row says of deletion; a word that is not known stays beside the record."""
        texts = list(view.texts(Field.DELETED))
        if not texts:
            return DeletedState.INTACT if self.blank_is_intact else DeletedState.UNKNOWN
        told = told_deletion(texts)
        if told is None:
            return DeletedState.UNKNOWN
        view.take_at((told[1].place,))
        return told[0]

    def status(self, view: RowView) -> str | None:
        """Return what became of the message of a row. None: the row does not say."""
        if self.values.get(Field.TYPE.value) is ANDROID_TEXT_TYPES:
            return androids_status(view)
        return take_status(view)

    def named_way(self, view: RowView, kind: TableKind) -> NamedWay | None:
        """Return which way a row of a kind went by the name of its table. None: it says none, or a column would."""
        named = self.named
        if named is None or not named.holds_for(kind):
            return None
        return None if unread_way(view.look(Field.DIRECTION)) is not None else named

    def note_named(self, locator: str, basis: str | None) -> None:
        """Count a row of which the name of the table told the way."""
        if self.named is not None and basis in NAME_BASES:
            self.ledger.note("direction_by_name", locator, value=self.named.words)

    def note_contrary(
        self, locator: str, direction: Direction, sender: Party | None, recipients: Sequence[Party]
    ) -> None:
        """Count a row that says it came in and is from the owner, or went out and is to the owner."""
        is_from, is_to = sender is not None and sender.is_owner is True, any(party.is_owner for party in recipients)
        if is_from != is_to and direction is (Direction.INCOMING if is_from else Direction.OUTGOING):
            self.ledger.note("direction_contrary", locator)

    def note_way(
        self,
        view: RowView,
        locator: str,
        sides: tuple[Party | None, Sequence[Party]],
        kind: str | None = None,
    ) -> None:
        """Count a row of which the direction is not known: what it says of it was not understood, or it says nothing.

        Args:
            view: The row.
            locator: Where it stands.
            sides: Sender and recipients as its record has them.
            kind: Of a call, in words that are not known. None: it is known, or says nothing of the way.
        """
        sender, recipients = sides
        text = unread_way(view.look(Field.DIRECTION))
        is_open = sender is None and bool(recipients)
        if text is None and is_open:
            text = counted_way(view.look(Field.TYPE)) or kind
        if text is not None:
            self.ledger.note("direction_unreadable", locator, value=text)
        elif is_open:
            self.ledger.note("direction_untold", locator)

    def stated(self, view: RowView, field: Field) -> str | None:
        """Return what a cell says, in the mapping's word for it where it has one."""
        if field is Field.DIRECTION and len(view.columns_of(field)) > 1:
            said = (self.values.get(tick_key(column.place), {}).get(text.strip()) for column, text in view.texts(field))
            ways = {way for way in said if way is not None}
            if len(ways) == 1:
                return ways.pop()
        text = view.look(field)
        words = self.values.get(field.value)
        return text if text is None or words is None else words.get(text.strip(), text)

    def sides(self, view: RowView) -> tuple[list[Party], list[Party], list[Party]]:
        """Return senders, recipients, and those that no column and no role tells the side of."""
        senders = self.senders(view)
        recipients = [party for _, party in self._parties(view, Field.TO, Field.TO_NAME)]
        others: list[Party] = []
        stated = self._parties(view, self._numbered(view), Field.NAME)
        if not senders and recipients and is_senders(view):
            stated = [(role or "from", party) for role, party in stated]
        for column, text in view.take_all(Field.PARTIES):
            people = people_alone(text, has_marks=self.has_marks)
            if people != text:
                view.keep(column.place)
            stated += self.parties_in(people)
        for role, party in stated:
            (senders if role == "from" else recipients if role == "to" else others).append(party)
        if not (senders or recipients or others) and (details := view.details()) is not None:
            named = party_in_details(details, self.people)
            others = [] if named is None else [named]
        return senders, recipients, without_sides(others, senders, recipients)

    def parties_in(self, text: str, *, may_lack_zero: bool = False) -> list[RoleParty]:
        """Return the parties of a cell, with the roles that these state."""
        parties = self.people.parties(text, may_lack_zero=may_lack_zero)
        return owned(parties) if self.has_own_words else parties

    def caller(self, view: RowView) -> Party | None:
        """Return whose line made what went out, where a column of its own says that. None: none does."""
        for column, text in view.callers():
            parties = self.people.parties(text, may_lack_zero=self.may_lack_zero(view, column))
            if len(parties) == 1:
                view.take_at((column.place,))
                party = parties[0][1]
                is_owner = view.is_owner_calling and column.label.key != CALLING_LINE
                return msgspec.structs.replace(party, is_owner=True) if is_owner else party
        return None

    def without_own(self, view: RowView, others: list[Party]) -> list[Party]:
        """Return the further parties of a row with two sides without those whose heading says nothing of their side."""
        for column, text in view.texts(Field.NUMBER) if others else ():
            if column.label.key in OF_NO_ROLE:
                may_lack_zero = self.may_lack_zero(view, column)
                numbers = {
                    party.e164 or party.raw for _, party in self.people.parties(text, may_lack_zero=may_lack_zero)
                }
                if any((party.e164 or party.raw) in numbers for party in others):
                    view.keep(column.place)
                    others = [party for party in others if (party.e164 or party.raw) not in numbers]
        return others

    def lists_open_side(self, view: RowView) -> bool:
        """Whether a row has a number that may be its other side, so that its one side says nothing of its way."""
        return any(view.cell(place) for place in self.open_sides)

    def country_code(self, view: RowView, column: Column) -> str | None:
        """Return the country code that another cell of the row states for the numbers of a column. None: none does."""
        place = self.codes.get(column.place) if self.codes else None
        return None if place is None else code_in(view.cell(place))

    def may_lack_zero(self, view: RowView, column: Column) -> bool:
        """Whether a number of a column may have lost its zero to a spreadsheet program; an account's id has none."""
        if self.country_code(view, column) is not None:
            return False
        if not view.is_number(column.place) and column.place not in self.lost_zeros:
            return False
        return service_family(view.look(Field.SERVICE) or self.service) not in _OF_IDS

    def _numbered(self, view: RowView) -> Field:
        """Return the field whose number a name beside it is of: one participant alone, where no column names a side."""
        has_sides = any(map(view.has, (Field.FROM, Field.FROM_NAME, Field.TO, Field.TO_NAME, Field.NUMBER)))
        text = None if has_sides or not view.has(Field.NAME) else view.look(Field.PARTICIPANTS)
        return Field.PARTICIPANTS if text is not None and len(self.people.parties(text)) == 1 else Field.NUMBER

    def senders(self, view: RowView) -> list[Party]:
        """Return who a row says to have sent it."""
        return [party for _, party in self._parties(view, Field.FROM, Field.FROM_NAME)]

    def _parties(self, view: RowView, field: Field, name_field: Field) -> list[RoleParty]:
        """Return the parties of a field's cells, with the roles that these state."""
        if view.lacks(field, name_field):
            return []
        cells = self._sure(view, field, view.take_all(field))
        name, places = name_of(view, name_field)
        if name_field is Field.NAME and self._is_nobodys(view):
            name, places = None, ()
        found: list[RoleParty] = []
        has_copies = any(column.label.is_copy for column, _ in cells)
        for column, cell in cells:
            text = sender_in_lines(cell, self.region) if field is Field.FROM else cell
            parties = self.parties_in(text, may_lack_zero=self.may_lack_zero(view, column))
            if (code := self.country_code(view, column)) is not None:
                parties = [(role, self.people.owned(with_code(party, code))) for role, party in parties]
            if column.label.is_address_alone or view.has(name_field):
                own_name = name if len(cells) == 1 else None
                parties = [(role, as_address(party, own_name)) for role, party in parties]
            further = [each for each in parties if has_copies or not stands_in(each, found)]
            if len(further) < len(parties):
                # The other spelling of a number, of one person in two columns.
                view.keep(column.place)
            found += further
        if len(cells) == len(found) == 2 and not has_copies:
            found = self._as_one(view, [column for column, _ in cells], found)
        if name is not None and (not found or (len(found) == 1 and found[0][1].name in {None, name})):
            view.take_at(places)
            if not found:
                return self.parties_in(name)
            ((role, party),) = found
            found = [(role, msgspec.structs.replace(party, name=name))]
        return found

    @staticmethod
    def _as_one(view: RowView, columns: Sequence[Column], found: list[RoleParty]) -> list[RoleParty]:
        """Return the party that two columns of one side name, or both where each has one of its own."""
        joined = as_one(*found)
        ids = [place for place, column in enumerate(columns) if is_id_heading(column.label.key)]
        if len(ids) != 1 or found[0][0] != found[1][0]:
            return joined
        told, other = found[ids[0]], found[1 - ids[0]]
        if is_id_beside_number(told[1], other[1]):
            # The number is who it is; what a database counts its people by stays beside the record.
            view.keep(columns[ids[0]].place)
            return [other]
        return joined if len(joined) == 1 else as_one((told[0], as_address(told[1], None)), other)

    def _is_nobodys(self, view: RowView) -> bool:
        """Whether the names of a row are those of neither side, and stay beside it."""
        named = next(view.texts(Field.NAME), None) if self.is_of_one_name else None
        is_of_one = named is not None and named[0].label.is_name_part
        return is_of_one or is_of_line(view, self.people.is_address)

    def _sure(self, view: RowView, field: Field, cells: list[tuple[Column, str]]) -> list[tuple[Column, str]]:
        """Return the cells without those that stand under a doubtful heading, unless nothing else names the side."""
        if field is Field.NUMBER and view.has_any(*_WRITERS):
            cells = without_groups(view, cells)
        if field is Field.NUMBER:
            cells = self._without_postal(view, cells)
        if field is not Field.NUMBER or not any(column.label.is_unsure_number for column, _ in cells):
            return cells
        has_other = any(not column.label.is_unsure_number for column, _ in cells)
        sure = []
        for column, text in cells:
            if column.label.is_unsure_number and (has_other or not self.people.is_address(text)):
                view.keep(column.place)
            else:
                sure.append((column, text))
        return sure

    def _without_postal(self, view: RowView, cells: list[tuple[Column, str]]) -> list[tuple[Column, str]]:
        """Return the cells without an address that is where somebody lives: another column says who the side is."""
        posts = [
            column
            for column, text in cells
            if column.label.is_address_alone and not self.people.is_address(text) and is_postal(text)
        ]
        is_told = len(posts) < len(cells) or (view.holds(Field.FROM) and view.holds(Field.TO))
        if not posts or not is_told:
            return cells
        for column in posts:
            view.keep(column.place)
        return [each for each in cells if each[0] not in posts]
