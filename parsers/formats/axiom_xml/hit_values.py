"""The values of one hit by what they mean, and what no field holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import msgspec

from parsers.file_names import files_in
from parsers.formats.axiom_xml.artifacts import Artifact, ArtifactKind
from parsers.formats.axiom_xml.fragments import FragmentName, read_name
from parsers.formats.axiom_xml.hit_stream import Fragment, Hit
from parsers.formats.axiom_xml.reading_state import PartState
from parsers.number_headings import kind_in_heading, may_be_number
from parsers.phone_numbers import BETWEEN_PARTIES, number_key, to_e164
from parsers.records.values import NO_MOMENT, DeletedState, Moment, Party
from parsers.tables.word_meanings import deleted_state

NO_ORDERS: Final[Mapping[tuple[str, str], str]] = {}
_LOCAL_USER: Final = "local user"
_LONGEST_EXTRA: Final = 2_000
_PARSING, _CARVING = "parsing", "carving"
_PEOPLE: Final = frozenset({"sender", "recipient", "partner"})
_NUMBERS: Final = frozenset({"number", "home_number", "work_number", "saved_number"})
_MANY: Final = (
    frozenset({"imei", "imsi", "iccid", "attachment", "email", "handle", "service_beside"}) | _NUMBERS | _PEOPLE
)
_OF_EVERY_HIT: Final = frozenset({"evidence"})
_TIMES: Final = frozenset({"time", "sent_time", "received_time", "read_time", "delivered_time"})
_TELLING: Final = {
    ArtifactKind.MESSAGE: _TIMES | {"body", "attachment", "direction"},
    ArtifactKind.CALL: _TIMES | {"direction", "duration"},
    ArtifactKind.CONTACT: _NUMBERS | {"name", "first_name", "last_name", "email", "handle"},
}
"""What a hit has one of at least, where its names are known."""
_OWNER_IN_LIST = re.compile(r"(?:^|,)\s*local user\b", re.IGNORECASE)
_NO_NAMES = re.compile(r"\b(?:ids?|identifier|number|address)\b", re.IGNORECASE)
_APART = re.compile(BETWEEN_PARTIES)
_LINE = re.compile(rf"(?:{BETWEEN_PARTIES}|[\r\n])+")


class HitValues:
    """One hit. What is asked for is taken; ``extra`` gives what was not.

    Attributes:
        replaced_count: Characters that could not be text, in all of its values.
        markup_names: Names of the values in which elements stand.
        says_nothing: Whether no value has a name that tells what the artifact is about: they may be in another
            language. None of them is lost: ``extra`` gives them.
    """

    def __init__(
        self, hit: Hit, artifact: Artifact, state: PartState, orders: Mapping[tuple[str, str], str] = NO_ORDERS
    ) -> None:
        self.artifact = artifact
        self._name = hit.artifact
        self._orders = orders
        self.replaced_count = 0
        self._state = state
        self._held: dict[str, list[tuple[FragmentName, Fragment]]] = {}
        self._others: list[tuple[str, str]] = []
        self.markup_names: list[str] = []
        for fragment in hit.fragments:
            self.replaced_count += fragment.replaced
            if fragment.markup is not None:
                self.markup_names.append(fragment.name)
                self._others.append((f"{fragment.name} (as written)", fragment.markup))
            name = read_name(fragment.name)
            if name.meaning is None or (name.meaning in self._held and name.meaning not in _MANY):
                self._others.append((fragment.name, fragment.text))
            else:
                self._held.setdefault(name.meaning, []).append((name, fragment))
        if (beside := self._held.pop("service_beside", None)) is not None:
            self._take_service(beside)
        telling = _TELLING.get(artifact.kind)
        self._owner = self._stated_owner()
        self.says_nothing = bool(self._others) and telling is not None and not telling & self._held.keys()

    def _take_service(self, beside: list[tuple[FragmentName, Fragment]]) -> None:
        """Take the application from a fragment that may name a network too, where no fragment names it alone."""
        left = beside
        if not self.has("service"):
            self._held["service"], left = beside[:1], beside[1:]
        self._others += [(fragment.name, fragment.text) for _, fragment in left]

    def keep(self, name: str, text: str) -> None:
        """Leave a value beside the record that names nobody of it."""
        self._others.append((name, text))

    def raw(self, meaning: str) -> str | None:
        """Return a value exactly as it stands. None: the hit has no such fragment."""
        held = self._held.pop(meaning, None)
        return None if held is None else held[0][1].text

    def fragment(self, meaning: str) -> Fragment | None:
        """Return a value with what was wrong with it. None: the hit has no such fragment."""
        held = self._held.pop(meaning, None)
        return None if held is None else held[0][1]

    def has(self, meaning: str) -> bool:
        """Whether the hit has a fragment of a meaning that holds something, and that was not asked for yet."""
        return any(fragment.text.strip() for _, fragment in self._held.get(meaning, ()))

    def look(self, meaning: str) -> str | None:
        """Return a value as it stands and leave it. None: the hit has no such fragment."""
        held = self._held.get(meaning)
        return held[0][1].text if held else None

    def heading(self, meaning: str) -> str:
        """Return the name that a value has in the export. Empty: the hit has no such fragment."""
        held = self._held.get(meaning)
        return held[0][1].name if held else ""

    def word(self, meaning: str) -> str | None:
        """Return a value without white space around it. None: there is none, or it is blank."""
        text = self.raw(meaning)
        return text.strip() or None if text is not None else None

    def pieces(self, meaning: str) -> list[str]:
        """Return all values of a meaning, those that stand in one fragment apart: lines, or with ``;`` or ``,``."""
        texts = [fragment.text for _, fragment in self._held.pop(meaning, [])]
        pieces = [piece.strip() for text in texts for line in text.splitlines() for piece in _APART.split(line)]
        return list(dict.fromkeys(piece for piece in pieces if piece))

    def written(self, meaning: str) -> list[str]:
        """Return what ``pieces`` does; a value that is one fragment's only one with the white space around it."""
        texts = [fragment.text for _, fragment in self._held.get(meaning, ())]
        alone = {text.strip(): text for text in texts if len(_APART.split(text)) == len(text.splitlines()) == 1}
        return [alone.get(piece, piece) for piece in self.pieces(meaning)]

    def saved_numbers(self, region: str) -> list[tuple[str | None, str]]:
        """Return the numbers under names that say their kind, each with the kind; what may be none stays beside."""
        found: list[tuple[str | None, str]] = []
        for name, fragment in self._held.pop("saved_number", ()):
            self._held["saved_number"] = [(name, fragment)]
            pieces = self.written("saved_number")
            if any(may_be_number(piece, region) for piece in pieces):
                found += [(kind_in_heading(fragment.name), piece) for piece in pieces]
            else:
                self._others.append((fragment.name, fragment.text))
        return found

    def files(self) -> list[str]:
        """Return the files that the hit came with; a value that says where one lies stays beside the record."""
        held = self._held.get("attachment", [])
        self._others += [(each.name, each.text) for _, each in held if "/" in each.text or "\\" in each.text]
        pieces = list(dict.fromkeys(name for piece in self.pieces("attachment") for name in files_in(piece)))
        lying = {_last_of(piece) for piece in pieces if _last_of(piece) != piece}
        return [name for piece in pieces if (name := _last_of(piece)) and (name != piece or name not in lying)]

    def moment(self, meaning: str) -> Moment:
        """Return a time."""
        held = self._held.pop(meaning, None)
        if held is None:
            return NO_MOMENT
        name, fragment = held[0]
        return self._state.moment(name, fragment.text, self._orders.get((self._name, fragment.name)))

    def parties(self, meaning: str, name_meaning: str) -> list[Party]:
        """Return the people of a fragment, with the names that stand in another.

        ``Local User`` is the owner, and who stands in a fragment of that name.
        """
        return [self._owned(party) for party in self._people(meaning, name_meaning)]

    def _people(self, meaning: str, name_meaning: str) -> list[Party]:
        held, name = self._held.pop(meaning, []), self.word(name_meaning)
        texts = [(fragment.name, fragment.text) for _, fragment in held if fragment.text.strip()]
        if not texts:
            return [] if name is None else self._named_people(name, None, name_meaning)
        if name is not None and len(texts) > 1:
            # The name that stands in a fragment of its own is that of the number, wherever this stands.
            texts.sort(key=lambda each: not any(map(str.isdigit, each[1])))
        found = self._named_people(texts[0][1], name, name_meaning)
        is_listed = meaning == "partner"
        for at, (written, text) in enumerate(texts[1:]):
            further = self._named_people(text, None, name_meaning)
            both = (texts[at][0], written)
            one = _as_one(found[0], further[0], both) if len(found) == len(further) == 1 else None
            if one is not None and not (is_listed and bool(found[0].is_owner) is not bool(further[0].is_owner)):
                found = [one]
            elif is_listed and all(party.raw is not None or party.is_owner for party in (*found[-1:], *further)):
                found += further
            elif meaning == "recipient" and _goes_on(both, found, further):
                found += [party for party in further if _key_of(party) not in set(map(_key_of, found))]
            else:
                self._others.append((written, text))
        return found

    def _named_people(self, text: str, name: str | None, name_meaning: str) -> list[Party]:
        pieces = _pieces(text)
        if len(pieces) > 1 and any(map(_OWNER_IN_LIST.match, pieces)):
            if name is not None:
                self._others.append((name_meaning.replace("_", " "), name))
            return [party for piece in pieces for party in self._parties(piece)]
        owner = self._local_user(text.strip(), name)
        if owner is not None:
            return [owner]
        reader = self._state.parties
        found = [party for _, party in reader.parties(text)]
        if len(found) == 1 and name is not None:
            local = self._local_user(name, None)
            if local is not None:
                return [Party(found[0].raw, found[0].e164, local.name or found[0].name, is_owner=True)]
            return [reader.party(text, name)]
        if name is not None and len(found) > 1:
            self._others.append((name_meaning.replace("_", " "), name))
        return found

    def deleted(self) -> DeletedState:
        """Return what the hit says of deletion: a field of its own, else how it was recovered."""
        stated = self.word("deleted")
        found = deleted_state(stated) if stated is not None else None
        method = self._held.get("recovery")
        text = method[0][1].text.strip().casefold() if method is not None else ""
        if found is not None and found is not DeletedState.UNKNOWN:
            return found
        if _CARVING in text:
            return DeletedState.DELETED
        # Parsed from a file that is there; a carved hit was put together from what was left of one.
        return DeletedState.INTACT if text.startswith(_PARSING) else DeletedState.UNKNOWN

    def extra(self) -> tuple[tuple[str, str], ...]:
        """Return the values that nothing has asked for, each with its name, in order of the hit as far as it can be."""
        left = [
            (fragment.name, fragment.text)
            for meaning, held in self._held.items()
            if meaning not in _OF_EVERY_HIT
            for _, fragment in held
        ]
        return tuple((name, _short(text)) for name, text in (*self._others, *left) if text.strip())

    def _stated_owner(self) -> frozenset[str]:
        """Return what tells the owner, where a fragment of its own says who it is; it stays beside the record."""
        held = self._held.get("local_user")
        texts = _pieces(held[0][1].text) if held is not None else ()
        parties = [party for text in texts for _, party in self._state.parties.parties(text)]
        return frozenset(key for party in parties if (key := _key_of(party)) is not None)

    def _owned(self, party: Party) -> Party:
        is_owner = party.is_owner is None and _key_of(party) in self._owner
        return msgspec.structs.replace(party, is_owner=True) if is_owner else party

    def _parties(self, piece: str) -> list[Party]:
        owner = self._local_user(piece, None)
        return [owner] if owner is not None else [party for _, party in self._state.parties.parties(piece)]

    def _local_user(self, text: str, name: str | None) -> Party | None:
        if not text.casefold().startswith(_LOCAL_USER):
            return None
        rest = text[len(_LOCAL_USER) :].strip(" <>()[]:\t")
        e164 = to_e164(rest, self._state.region) if rest else None
        if not rest or (e164 is None and not any(char.isdigit() for char in rest)):
            return Party(name=name or rest or None, is_owner=True)
        return Party(rest, e164, name, is_owner=True)


def _pieces(text: str) -> list[str]:
    """Return the parts of a list of people; where the owner is one of them, commas stand between them too."""
    pieces = [piece.strip() for piece in _LINE.split(text) if piece.strip()]
    if any("," in piece and _OWNER_IN_LIST.search(piece) for piece in pieces):
        pieces = [part.strip() for piece in pieces for part in piece.split(",") if part.strip()]
    return pieces


def _as_one(one: Party, other: Party, fragments: tuple[str, str]) -> Party | None:
    """Return one party where one value has the name and another what somebody is reached by. None: they say more.

    Args:
        one: Of the first value.
        other: Of the second.
        fragments: The names of both: under one of an ID or of an address stands nobody's name.
    """
    for numbered, named, fragment in ((one, other, fragments[1]), (other, one, fragments[0])):
        if numbered.raw is None or not any(map(str.isdigit, numbered.raw)) or named.raw is not None:
            continue
        is_name = named.is_owner or (not _NO_NAMES.search(fragment) and any(map(str.isalpha, named.name or "")))
        if is_name and numbered.name in {None, named.name}:
            is_owner = numbered.is_owner or named.is_owner
            return msgspec.structs.replace(numbered, name=named.name, is_owner=is_owner)
    return None


def _goes_on(fragments: tuple[str, str], found: list[Party], further: list[Party]) -> bool:
    """Whether a value goes on with the people of the one before it: it has its very name, and tells them alike.

    Under another name (``Recipient ID`` beside ``Recipient``) stands the same one again.
    """
    one, other = fragments
    return one.casefold() == other.casefold() and len({party.raw is None for party in (*found, *further)}) == 1


def _last_of(path: str) -> str:
    """Return the name of a file without where it lies."""
    return path.replace("\\", "/").rpartition("/")[2]


def _key_of(party: Party) -> str | None:
    return number_key(party.raw, party.e164) or party.name


def _short(text: str) -> str:
    if len(text) <= _LONGEST_EXTRA:
        return text
    return f"{text[:80]} ... ({len(text)} characters, whole in the original)"
