"""How one file writes its entities, learned from those that leave no doubt: one line of text, or none.

A text can hold lines that look like keys. What tells them apart is the way the file writes its own: a tab behind the
colon, each key once, one order of keys, and one key right behind the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from parsers.formats.xry_text.text_lines import Line
from parsers.formats.xry_text.titles import KEY
from parsers.formats.xry_text.views import FILE_KEYS, PARTY_KEYS, RARE_KEYS, SIDES, TEXT_KEYS

NOTHING: Final = ""
"""Stands for the end of the entity where it comes right behind the text."""

_FEW: Final = 3
_FEWEST_CLEAN: Final = 2
_NEARLY_ALL: Final = 0.9
_MOST_KEYS: Final = 400


class Layout:
    """What was learned of one file.

    Attributes:
        known: Keys that are read as keys, in lower case: those of the view, and what this file uses itself.
        has_tabs: Whether a tab stands behind the colon of this file's keys.
        separator: What stands behind nearly every colon. None: it differs.
    """

    def __init__(self, known: frozenset[str]) -> None:
        self.known = set(known)
        self.has_tabs = False
        self.separator: str | None = "\t"
        self._separators: Counter[str] = Counter()
        self._bare_count = 0
        self._writes_bare_keys = True
        self._seen_keys: Counter[str] = Counter()
        self._behind_text: Counter[str] = Counter()
        self._tail_keys: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._clean_count = 0
        self._last_keys: Counter[str] = Counter()
        self._sides_behind_text = 0

    def learn(self, lines: Sequence[Line]) -> None:
        """Take the lines of one entity, without its title and the empty lines at its end."""
        names = [self.name_of(line.text, takes_any=True) for line in lines]
        text = next((place for place, name in enumerate(names) if name in TEXT_KEYS), None)
        head = names if text is None else names[:text]
        self._learn_separators(lines, head)
        self._count(name for name in head if name)
        if text is None:
            self._last_keys[names[-1] if names else NOTHING] += 1
            return
        tail = names[text + 1 :]
        if "\t" in lines[text].text:
            # Where the text's own key has a tab behind it, a key without one is a line that somebody wrote.
            behind = (KEY.fullmatch(line.text) for line in lines[text + 1 :])
            tail = [
                name if found is None or "\t" in found[2] else NOTHING for name, found in zip(tail, behind, strict=True)
            ]
        plain = [name for name in tail if name not in PARTY_KEYS | SIDES | FILE_KEYS]
        if all(tail) and len(set(plain)) == len(plain):
            self._learn_tail(tail)
            self._learn_separators(lines[text + 1 :], tail)

    def _learn_separators(self, lines: Sequence[Line], names: Sequence[str]) -> None:
        for line, name in zip(lines, names, strict=False):
            found = KEY.fullmatch(line.text)
            if name and found is not None and found[3]:
                self._separators[found[2]] += 1
            elif name and found is not None and "\t" not in found[2]:
                self._bare_count += 1

    def _learn_tail(self, tail: list[str]) -> None:
        self._clean_count += 1
        self._behind_text[tail[0] if tail else NOTHING] += 1
        self._tail_keys.update(set(tail) or {NOTHING})
        self._last_keys[tail[-1] if tail else NOTHING] += 1
        self._count(tail)
        self._sides_behind_text += any(name in SIDES for name in tail)
        if len(self._pairs) < _MOST_KEYS * _MOST_KEYS:
            ordered = list(dict.fromkeys(name for name in tail if name not in PARTY_KEYS))
            self._pairs.update((one, other) for place, one in enumerate(ordered) for other in ordered[place + 1 :])

    def _count(self, names: Iterable[str]) -> None:
        if len(self._seen_keys) < _MOST_KEYS:
            self._seen_keys.update(set(names))

    def settle(self) -> None:
        """Decide what was learned; called once, behind the last entity."""
        stated = sum(self._separators.values())
        self.has_tabs = True
        self._writes_bare_keys = self._bare_count >= _FEW
        if stated:
            tabbed = sum(count for separator, count in self._separators.items() if "\t" in separator)
            separator, count = self._separators.most_common(1)[0]
            self.has_tabs = tabbed >= _NEARLY_ALL * stated
            self.separator = separator if count >= _NEARLY_ALL * stated else None
        needed = max(_FEW, self._clean_count // 20)
        self.known |= {name for name, count in self._seen_keys.items() if count >= needed}

    def name_of(self, text: str, *, takes_any: bool = False) -> str:
        """Return the key of a line in lower case, the namespace that it is, or an empty text for any other line.

        Args:
            text: The line.
            takes_any: Whether every key with a tab behind it counts, for a file may use keys that nobody has described.
        """
        found = KEY.fullmatch(text)
        if found is None:
            word = text.strip().casefold()
            return word if word in SIDES else NOTHING
        name = found[1].casefold()
        if "\t" in found[2]:
            return name if name in self.known or takes_any else NOTHING
        if not self.has_tabs or (self._writes_bare_keys and not found[3]):
            return name if name in self.known else NOTHING
        return NOTHING

    def loose_name_of(self, text: str) -> str:
        """Return the key of a line in front of any text, however it is spaced: nobody's words can stand there."""
        found = KEY.fullmatch(text)
        name = found[1].strip().casefold() if found is not None else NOTHING
        return name if name in self.known and name not in TEXT_KEYS else NOTHING

    def resembles(self, text: str) -> bool:
        """Whether a line of a text looks like one of the report's own, however it is spaced."""
        found = KEY.fullmatch(text)
        word = (found[1] if found is not None else text.strip()).casefold()
        return word in (self.known if found is not None else SIDES)

    @property
    def anchor(self) -> str | None:
        """The key right behind most texts; ``NOTHING`` where the text comes last. None: not known.

        Of two that are there as often, the one that more entities have at all: the other may be a text's.
        """
        if self._clean_count < _FEWEST_CLEAN:
            return None
        name = max(self._behind_text, key=lambda each: (self._behind_text[each], self._tail_keys[each]))
        return name if self._behind_text[name] * 2 >= self._clean_count else None

    @property
    def closes_texts(self) -> bool:
        """Whether every text that leaves no doubt has further keys behind it."""
        return bool(self._clean_count) and not self._behind_text[NOTHING]

    def may_precede(self, name: str, later: str) -> bool:
        """Whether a key was seen in front of the other in more than one entity (in any, where there is but one)."""
        return self._pairs[name, later] >= self._believed or name in RARE_KEYS

    def contradicts(self, name: str, later: str) -> bool:
        """Whether the file writes the two keys the other way round, always."""
        return not self._pairs[name, later] and self._pairs[later, name] >= self._believed

    @property
    def _believed(self) -> int:
        """How often an order of two keys must be seen: once where there is but one entity, which may be the text's."""
        return 1 if self._clean_count < _FEWEST_CLEAN else 2

    @property
    def has_sides_behind_text(self) -> bool:
        """Whether the other side stands behind the text in most entities of this file."""
        return self._sides_behind_text * 2 > self._clean_count

    def is_usual_end(self, name: str) -> bool:
        """Whether another entity ends with the key as well, or there is no other to tell by."""
        return self._last_keys[name] > 0 or not self._last_keys.total()
