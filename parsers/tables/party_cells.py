"""Cells that say who the sides are: numbers and names, with or without a role, one or several in a cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import msgspec

from parsers.language_words import sides
from parsers.phone_numbers import (
    BETWEEN_PARTIES,
    digits_of_exponent,
    has_lost_digits,
    number_key,
    read_label,
    to_e164,
    without_parameters,
)
from parsers.plain_characters import to_plain_characters
from parsers.records.values import NumberRef, Party
from parsers.tables.label_parts import FEWEST_DIGITS, is_kind_of_number, split_label
from parsers.tables.paired_lines import paired_lines
from parsers.tables.sender_ids import is_no_name

# Google writes three colons between the numbers of one contact. What stands for a carriage return in a workbook is left
# before the line end in a table that a script made of one.
_LINE = re.compile(rf"(?:_x000D_)?[\r\n]+|_x000D_\s*$|{BETWEEN_PARTIES}|[ ]:::[ ]")
_COMMA = re.compile(r"\s*,\s*")
# Between numbers alone; to_e164 reads what of it stands within a number.
_BETWEEN = re.compile(r"\s*[,/&|]\s*(?=[+(0-9])|\s+(?:and\s+)?(?=\+|0)")
_SIDES: Final = sides()
_OTHER_ROLES: Final = "|".join((*_SIDES["from"], *_SIDES["to"]))
_ROLE = re.compile(
    rf"\s*(from|to|cc|bcc|general|participants?|sender|recipients?|{_OTHER_ROLES})\s*:\s*", re.IGNORECASE
)
_OWNER = re.compile(rf"\s*\((?:owner|phone owner|me|{'|'.join(_SIDES['owner'])})\)\s*$", re.IGNORECASE)
# What tools and people write for the handset that was read; "Me" is no nickname in a list of its own messages.
_OWNER_WORDS: Final = frozenset({"local user", "owner", "device owner", "phone owner", "me", "self"})
_SURE_OWNER_WORDS: Final = frozenset({"local user", "device owner", "phone owner"})
"""Of these what nobody is saved as, so that a number beside it is the owner's: ``Phone owner <+44...>``."""
_DIGITS = re.compile(r"[0-9]")
_FORCED_TEXT = re.compile(r'="([^"]*)"')
_LETTERS_OF_KIND: Final = frozenset({"m", "h", "w", "t"})
"""Mobile, home, work, telephone: in brackets or before a colon, where nobody's initial stands."""

# ``07700 900123 (Mobile)``, ``Mobile: 07700 900123``: without bracket or colon the word may be whom it was saved as.
_KIND_BEHIND = re.compile(r"(\S[^()\[\]]*?)\s*[(\[]([^()\[\]]{1,40})[)\]]\s*")
_KIND_BEFORE = re.compile(r"([^:]{1,40}?)\s*:\s*(\S.*)", re.DOTALL)
# What nobody is saved as needs neither: ``Tel 07700 900123``, ``UK 07700900123``.
_KIND_UNMARKED = re.compile(r"((?:tel(?:ephone)?|phone|mob)(?:\s+no)?\.?|no\.?|uk|gb)\s+([+(0].*)", re.IGNORECASE)
_LONGEST_LABEL: Final = 300
"""A longer text is no number and no name that could be taken apart; it is kept as it stands."""

_LONGEST_LIST: Final = 2_000
CACHED: Final = 32_768
"""How many cells are remembered of one file."""

# As a script writes a column of fractions, and a spreadsheet program one of numbers with its formats for money.
_AS_FRACTION = re.compile(r"([0-9]{7,15})\.00?")
_IN_THOUSANDS = re.compile(r"([1-9][0-9]{0,2}(?:,[0-9]{3}){3,4})(?:\.00?)?")
_LEFT_BEHIND = re.compile(r"(?<=[0-9])[,*wp]{1,3}$", re.IGNORECASE)
"""Behind a number, of a list that was cut or of what was to be dialled after it."""

_LOST_ZERO = re.compile(r"7[0-9]{9}")
_OUR_MOBILE = re.compile(
    r"(?:(?:^|[;,\s])0|(?:\+|00|^)44\s?(?:\(0\))?\s?)7[0-9]{3}[\s-]?[0-9]{3}[\s-]?[0-9]{3}(?![0-9])"
)
_FIRST_DIGITS: Final = frozenset("123456789")
_ROLES: Final = {
    **dict.fromkeys(("from", "sender", *map(str.casefold, _SIDES["from"])), "from"),
    **dict.fromkeys(("general", "participant", "participants"), ""),
}

RoleParty = tuple[str, Party]
"""Role (``from``, ``to``, or empty where none is stated) and the party."""


class PartyReader:
    """Reads the cells of one extraction, and counts what it had to choose.

    Attributes:
        lost_zero_count: Numbers whose leading zero a spreadsheet program took away, and which were read with it.
        rounded_count: Numbers that a spreadsheet program rounded (``4.47701E+11``); they have no key.
    """

    def __init__(self, region: str, own_keys: frozenset[str], cached: int = CACHED) -> None:
        """Make a reader.

        Args:
            region: ISO 3166 code for numbers without a country code.
            own_keys: Number keys of the owner.
            cached: How many cells and parties it remembers.
        """
        self._cached = cached
        self.lost_zero_count = 0
        self.rounded_count = 0
        self._region = region
        self._own_keys = own_keys
        self._cache: dict[tuple[str, str | None, bool], Party] = {}
        self._cells: dict[tuple[str, bool], list[RoleParty]] = {}

    @property
    def chosen_count(self) -> int:
        """How often something was chosen so far."""
        return self.lost_zero_count + self.rounded_count

    def learn_own(self, raw: str) -> None:
        """Take a number as the owner's from here on. A text that is no number says nothing."""
        key = to_e164(raw, self._region)
        if key is not None and key not in self._own_keys:
            self._own_keys |= {key}
            self._cache.clear()
            self._cells.clear()

    def number(self, text: str, *, may_lack_zero: bool = False) -> tuple[str, str | None]:
        """Return a number as written and its key form."""
        bare = text.strip()
        if len(bare) > _LONGEST_LABEL:
            return text, None
        forced = _FORCED_TEXT.fullmatch(bare)
        plain = forced[1] if forced else bare
        if (as_number := _digits_as_number(plain)) is not None:
            # A program took the column for numbers, which have no leading zero.
            plain, may_lack_zero = as_number, True
        elif plain.startswith("=+"):
            # Somebody wrote a formula so that a spreadsheet program keeps the sign.
            plain = plain[1:]
        elif plain.startswith("<") and plain.endswith(">"):
            plain = plain[1:-1]
        e164 = to_e164(_LEFT_BEHIND.sub("", without_parameters(plain)), self._region)
        bare = to_plain_characters(plain)
        if e164 is None and may_lack_zero and self._region == "GB" and _LOST_ZERO.fullmatch(bare.replace(" ", "")):
            e164 = to_e164(f"0{bare}", self._region)
            self.lost_zero_count += e164 is not None
        elif e164 is None and has_lost_digits(plain):
            self.rounded_count += 1
        return text, e164

    def parties(self, text: str, *, may_lack_zero: bool = False) -> list[RoleParty]:
        """Return the parties of a cell, in a list of the caller's own."""
        if len(text) > _LONGEST_LABEL:
            return self._parties(text, may_lack_zero=may_lack_zero)
        key = (text, may_lack_zero)
        held = self._cells.get(key)
        if held is not None:
            return held.copy()
        lost, rounded = self.lost_zero_count, self.rounded_count
        found = self._parties(text, may_lack_zero=may_lack_zero)
        if (lost, rounded) == (self.lost_zero_count, self.rounded_count):
            # As for one party: what was chosen is counted each time.
            if len(self._cells) >= self._cached:
                self._cells.clear()
            self._cells[key] = found.copy()
        return found

    def _parties(self, text: str, *, may_lack_zero: bool) -> list[RoleParty]:
        if pairs := paired_lines(text, self._region):
            return self._paired(pairs, may_lack_zero=may_lack_zero)
        found = []
        role = ""
        for piece in _pieces(text):
            stated = _ROLE.match(piece)
            if stated is not None:
                role = _ROLES.get(stated[1].casefold(), "to")
                piece = piece[stated.end() :]  # noqa: PLW2901 - the role is read, the rest is the party
            if piece.strip():
                found.append((role, self.party(piece, may_lack_zero=may_lack_zero)))
        return found

    def _paired(self, pairs: list[tuple[str, str]], *, may_lack_zero: bool) -> list[RoleParty]:
        """Return the parties of names with their numbers below them."""
        found = []
        role = ""
        for line, number in pairs:
            stated = _ROLE.match(line)
            if stated is not None:
                role = _ROLES.get(stated[1].casefold(), "to")
            name: str | None = line if stated is None else line[stated.end() :]
            is_owner = calls_owner(name or "")
            if not name or is_no_name(name) or is_kind_of_number(name):
                name = None
            party = self.party(number, name, may_lack_zero=may_lack_zero)
            found.append((role, msgspec.structs.replace(party, is_owner=True) if is_owner else party))
        return found

    def is_address(self, text: str) -> bool:
        """Whether a cell is a number or an address of an application, and not the number of a row or of a mast."""
        return "@" in text or self.number(text)[1] is not None

    def party(self, text: str, name: str | None = None, *, may_lack_zero: bool = False) -> Party:
        """Return one party; a name that stands in a column of its own holds before one in the cell."""
        if len(text) > _LONGEST_LABEL:
            return self._made(text, name, may_lack_zero=may_lack_zero)
        key = (text, name, may_lack_zero)
        held = self._cache.get(key)
        if held is not None:
            return held
        lost, rounded = self.lost_zero_count, self.rounded_count
        party = self._made(text, name, may_lack_zero=may_lack_zero)
        if (lost, rounded) == (self.lost_zero_count, self.rounded_count):
            # What was chosen is counted each time that it is.
            if len(self._cache) >= self._cached:
                self._cache.clear()
            self._cache[key] = party
        return party

    def _made(self, text: str, name: str | None, *, may_lack_zero: bool) -> Party:
        if len(text) > _LONGEST_LABEL:
            return Party(name=text.strip())
        shown = _OWNER.sub("", text)
        is_owner = True if shown != text else None
        bare = shown.strip()
        if bare.casefold() in _OWNER_WORDS:
            return Party(name=bare, is_owner=True)
        labelled_number = self._without_kind(bare)
        if labelled_number is not None:
            return self.owned(Party(shown, labelled_number[0], name, is_owner))
        identifier, beside = split_label(bare)
        if beside is not None and beside.casefold() in _SURE_OWNER_WORDS:
            is_owner = True
        _, e164 = self.number(identifier, may_lack_zero=may_lack_zero)
        # A number that is the whole cell is kept with the blanks around it; the same number without them is the same.
        raw = shown if identifier == bare else identifier
        is_spelt_out = _FORCED_TEXT.fullmatch(identifier) or has_lost_digits(identifier)
        if beside is None and e164 is None and not is_spelt_out:
            labelled = read_label(identifier, self._region)
            if labelled.raw is None and (is_no_name(identifier) or name not in {None, bare}):
                party = Party(raw, None, name, is_owner)
            else:
                written = None if labelled.raw is None else raw
                party = Party(written, labelled.e164, labelled.name or name, is_owner)
        else:
            party = Party(raw, e164, name or beside, is_owner)
        return self.owned(party)

    def owned(self, party: Party) -> Party:
        """Return the party, marked as the owner where its number is one of the owner's."""
        if party.is_owner is None and number_key(party.raw, party.e164) in self._own_keys:
            return msgspec.structs.replace(party, is_owner=True)
        return party

    def numbers(self, text: str, label: str | None, *, may_lack_zero: bool = False) -> list[NumberRef]:
        """Return the numbers of a contact's cell."""
        found = []
        for piece in _pieces(text):
            raw, e164 = self.number(piece, may_lack_zero=may_lack_zero)
            kind = None
            if e164 is None and (labelled := self._without_kind(raw.strip())) is not None:
                e164, kind = labelled
            elif e164 is None and ":" not in raw and (parts := split_label(raw.strip()))[1] is not None:
                # What stands before a colon is a label that a tool wrote, which readers of its lists take off.
                e164 = self.number(parts[0])[1]
            if not raw.isspace():
                found.append(NumberRef(raw, e164, label or kind))
        return found

    def _without_kind(self, text: str) -> tuple[str, str] | None:
        """Return the key form of a number that has its kind beside it, and the kind. None: it is no such number."""
        if len(text) > _LONGEST_LABEL:
            return None
        behind, before, unmarked = (each.fullmatch(text) for each in (_KIND_BEHIND, _KIND_BEFORE, _KIND_UNMARKED))
        for found, number, kind in ((behind, 1, 2), (before, 2, 1), (unmarked, 2, 1)):
            if found is None:
                continue
            if is_kind_of_number(found[kind]) or found[kind].casefold() in _LETTERS_OF_KIND:
                e164 = to_e164(found[number], self._region)
                if e164 is not None:
                    return e164, found[kind]
        return None


@lru_cache(maxsize=CACHED)
def parties_of_label(text: str, region: str) -> tuple[Party, ...]:
    """Return the parties of one label, as a cell that holds it alone would be read: ``Jay (07700 900123)``."""
    return tuple(party for _, party in PartyReader(region, frozenset()).parties(text))


def calls_owner(text: str) -> bool:
    """Whether a cell says that somebody is the owner: ``Me``, ``Jay (owner)``."""
    return len(text) <= _LONGEST_LABEL and (
        text.strip().casefold() in _OWNER_WORDS or ("(" in text and _OWNER.search(text) is not None)
    )


def lacks_zero(text: str) -> bool | None:
    """Whether a number has ten digits where a national one has a zero before them; False: it kept it. None: neither.

    Only digits in one piece are a number to a spreadsheet program: others keep their zero in any column.
    """
    plain = to_plain_characters(text)
    if plain[:1] == "7" and _LOST_ZERO.fullmatch(plain):
        return True
    return False if plain.startswith("0") and plain.isdecimal() else None


def shows_our_mobile(text: str) -> bool:
    """Whether a cell holds a British mobile number with its zero or country code: ``07700 900123``, ``+44 7...``.

    Ten digits from 7 on beside such are of the same kind, and nothing else is as long.
    """
    return "7" in text and len(text) <= _LONGEST_LIST and _OUR_MOBILE.search(text) is not None


def is_as_number(text: str) -> bool:
    """Whether a number is written as by a program that took its cell for a number: ``4.477E+11``, ``447700900123.0``.

    Such a program takes the zero from each cell that it takes so, and leaves it to those that somebody made texts.
    """
    if text[:1] not in _FIRST_DIGITS:
        return False
    return _digits_as_number(text) is not None or has_lost_digits(text)


def _digits_as_number(text: str) -> str | None:
    """Return the digits of a number that a program wrote as one: ``447700900123.00``, ``4.47700900123E11``."""
    if (digits := digits_of_exponent(text)) is not None:
        return digits
    found = None
    if "," in text:
        found = _IN_THOUSANDS.fullmatch(text)
    elif text.endswith((".0", ".00")):
        found = _AS_FRACTION.fullmatch(text)
    return None if found is None else found[1].replace(",", "")


def _pieces(text: str) -> Sequence[str]:
    """Return the parts of a cell that holds several parties: lines, or numbers with something between."""
    lines = _LINE.split(text)
    # What stands around each of several is what lies between them, and around one the source's own.
    pieces = [piece.strip() for piece in lines if piece.strip()] if len(lines) > 1 else [text] if text.strip() else []
    if len(text) > _LONGEST_LIST:
        return pieces
    pieces = [part for piece in pieces for part in (_by_commas(piece) if "," in piece else (piece,))]
    if len(pieces) != 1:
        return pieces
    parts = _BETWEEN.split(_ROLE.sub("", text.strip(), count=1))
    if len(parts) > 1 and to_e164(text) is None and all(to_e164(part) is not None for part in parts):
        stated = _ROLE.match(text)
        return parts if stated is None else [f"{stated[0]}{parts[0]}", *parts[1:]]
    return pieces


def _by_commas(text: str) -> Sequence[str]:
    """Return the parts of a piece that stand between commas where each is a number, or a name with its number."""
    parts = [part for part in _COMMA.split(text.strip()) if part]
    return parts if len(parts) > 1 and all(_is_number(part) or _names_number(part) for part in parts) else (text,)


def _names_number(text: str) -> bool:
    """Whether a part of a cell is a name with its number."""
    identifier, name = split_label(_ROLE.sub("", text, count=1))
    return name is not None and to_e164(identifier) is not None


def _is_number(text: str) -> bool:
    plain = _ROLE.sub("", text, count=1)
    return to_e164(plain) is not None or (
        len(_DIGITS.findall(plain)) >= FEWEST_DIGITS and not re.search("[^\\W\\d_]", plain)
    )
