"""The values of one hit by what they mean, and what no field holds."""

from __future__ import annotations

from typing import Final

from parsers.formats.axiom_xml.artifacts import Artifact
from parsers.formats.axiom_xml.fragments import FragmentName, read_name
from parsers.formats.axiom_xml.hit_stream import Fragment, Hit
from parsers.formats.axiom_xml.reading_state import PartState
from parsers.formats.table.word_meanings import deleted_state
from parsers.phone_numbers import to_e164
from parsers.records.values import NO_MOMENT, DeletedState, Moment, Party

_LOCAL_USER: Final = "local user"
_LONGEST_EXTRA: Final = 2_000
_PARSING, _CARVING = "parsing", "carving"
_MANY: Final = frozenset({"imei", "imsi", "iccid", "number", "attachment", "email", "handle"})
_OF_EVERY_HIT: Final = frozenset({"evidence"})


class HitValues:
    """One hit. What is asked for is taken; ``extra`` gives what was not.

    Attributes:
        replaced_count: Characters that could not be text, in all of its values.
    """

    def __init__(self, hit: Hit, artifact: Artifact, state: PartState) -> None:
        self.artifact = artifact
        self.replaced_count = 0
        self._state = state
        self._held: dict[str, list[tuple[FragmentName, Fragment]]] = {}
        self._others: list[tuple[str, str]] = []
        for fragment in hit.fragments:
            self.replaced_count += fragment.replaced
            name = read_name(fragment.name)
            if name.meaning is None or (name.meaning in self._held and name.meaning not in _MANY):
                self._others.append((fragment.name, fragment.text))
            else:
                self._held.setdefault(name.meaning, []).append((name, fragment))

    def raw(self, meaning: str) -> str | None:
        """Return a value exactly as it stands. None: the hit has no such fragment."""
        held = self._held.pop(meaning, None)
        return None if held is None else held[0][1].text

    def fragment(self, meaning: str) -> Fragment | None:
        """Return a value with what was wrong with it. None: the hit has no such fragment."""
        held = self._held.pop(meaning, None)
        return None if held is None else held[0][1]

    def word(self, meaning: str) -> str | None:
        """Return a value without white space around it. None: there is none, or it is blank."""
        text = self.raw(meaning)
        return text.strip() or None if text is not None else None

    def pieces(self, meaning: str) -> list[str]:
        """Return all values of a meaning, those that stand in one fragment apart: lines, or with ``;`` or ``,``."""
        texts = [fragment.text for _, fragment in self._held.pop(meaning, [])]
        pieces = [piece.strip() for text in texts for line in text.splitlines() for piece in line.split(";")]
        return list(dict.fromkeys(piece for piece in pieces if piece))

    def moment(self, meaning: str) -> Moment:
        """Return a time."""
        held = self._held.pop(meaning, None)
        return NO_MOMENT if held is None else self._state.moment(held[0][0], held[0][1].text)

    def parties(self, meaning: str, name_meaning: str) -> list[Party]:
        """Return the people of a fragment, with the names that stand in another; ``Local User`` is the owner."""
        text, name = self.word(meaning), self.word(name_meaning)
        if text is None:
            if name is None:
                return []
            text, name = name, None
        owner = self._local_user(text, name)
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

    def _local_user(self, text: str, name: str | None) -> Party | None:
        if not text.casefold().startswith(_LOCAL_USER):
            return None
        rest = text[len(_LOCAL_USER) :].strip(" <>()[]:\t")
        e164 = to_e164(rest, self._state.region) if rest else None
        if not rest or (e164 is None and not any(char.isdigit() for char in rest)):
            return Party(name=name or rest or None, is_owner=True)
        return Party(rest, e164, name, is_owner=True)


def _short(text: str) -> str:
    if len(text) <= _LONGEST_EXTRA:
        return text
    return f"{text[:80]} ... ({len(text)} characters, whole in the original)"
