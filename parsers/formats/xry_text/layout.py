"""How one file writes its entities, learned from those that leave no doubt: one line of text, or none.

A text can hold lines that look like keys. What tells them apart is the way the file writes its own: a tab behind the
colon, each key once, one order of keys, and one key right behind the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from parsers.formats.xry_text.line_keys import LineKey
from parsers.formats.xry_text.text_lines import Line
from parsers.formats.xry_text.views import FILE_KEYS, PARTY_KEYS, RARE_KEYS, SEGMENT_NUMBER, SIDES, TEXT_KEYS

NOTHING: Final = ""
"""Stands for the end of the entity where it comes right behind the text."""

_FEW: Final = 3
_FEWEST_CLEAN: Final = 2
_NEARLY_ALL: Final = 0.9
_MOST_KEYS: Final = 400
_MOST_FORMS: Final = 2_000
_MOST_FORM_LINES: Final = 40
_FIRST_SEGMENTS: Final = frozenset({"0", "1"})


class Layout:
    """What was learned of one file.

    Attributes:
        known: Keys that are read as keys, in lower case: those of the view, and what this file uses itself.
        has_tabs: Whether a tab stands behind the colon of this file's keys.
        separator: What stands behind nearly every colon. None: it differs.
        has_texts: Whether any entity has a text.
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
        self._behind_further: Counter[str] = Counter()
        self._tail_keys: Counter[str] = Counter()
        self._further_keys: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._clean_count = 0
        self.has_texts = False
        self._last_keys: Counter[str] = Counter()
        self._sides_behind_text = 0
        self._again: dict[tuple[LineKey, ...], int] = {}
        self._further_again: dict[tuple[LineKey, ...], int] = {}

    def learn(self, lines: Sequence[Line]) -> None:
        """Take the lines of one entity, without its title and the empty lines at its end."""
        # Most entities are made of the same keys: one that is tells as much again as the first of them did.
        form = tuple([line.key for line in lines])
        if form in self._again:
            self._again[form] += 1
            return
        is_further = is_further_segment(lines)
        again = self._further_again if is_further else self._again
        if form in again:
            again[form] += 1
            return
        text = next((line for line in lines if self.name_of(line.key, takes_any=True) in TEXT_KEYS), None)
        self._learn(form, has_tab=text is not None and "\t" in text.text, is_further=is_further)
        if self._is_full:
            self._learn_again()
        elif (
            len(form) <= _MOST_FORM_LINES
            and len(again) < _MOST_FORMS
            # A tab in the words of a text is not the form's.
            and (text is None or "\t" in text.key.separator)
        ):
            again[form] = 0

    @property
    def _is_full(self) -> bool:
        """Whether further keys are no longer counted, so that an entity may tell less than one like it did."""
        return len(self._seen_keys) >= _MOST_KEYS or len(self._pairs) >= _MOST_KEYS * _MOST_KEYS

    def _learn_again(self) -> None:
        """Take what was put off: the entities that are like one that was learned from."""
        again, self._again = self._again, {}
        further, self._further_again = self._further_again, {}
        for forms, is_further in ((again, False), (further, True)):
            for form, count in forms.items():
                if count:
                    self._learn(form, count, has_tab=True, is_further=is_further)

    def _learn(self, keys: Sequence[LineKey], count: int = 1, *, has_tab: bool, is_further: bool) -> None:
        names = [self.name_of(key, takes_any=True) for key in keys]
        text = next((place for place, name in enumerate(names) if name in TEXT_KEYS), None)
        head = names if text is None else names[:text]
        self._learn_separators(keys, head, count)
        self._count((name for name in head if name), count)
        if text is None:
            self._last_keys[names[-1] if names else NOTHING] += count
            return
        self.has_texts = True
        tail, behind = names[text + 1 :], keys[text + 1 :]
        if has_tab:
            # Where the text's own key has a tab behind it, a key without one is a line that somebody wrote.
            tail = [
                name if not key.size or "\t" in key.separator else NOTHING
                for name, key in zip(tail, behind, strict=True)
            ]
        plain = [name for name in tail if name not in PARTY_KEYS | SIDES | FILE_KEYS]
        if all(tail) and len(set(plain)) == len(plain):
            self._learn_tail(tail, count, is_further=is_further)
            self._learn_separators(behind, tail, count)

    def _learn_separators(self, keys: Sequence[LineKey], names: Sequence[str], count: int) -> None:
        for key, name in zip(keys, names, strict=False):
            if name and key.size and key.has_value:
                self._separators[key.separator] += count
            elif name and key.size and "\t" not in key.separator:
                self._bare_count += count

    def _learn_tail(self, tail: list[str], count: int, *, is_further: bool) -> None:
        self._clean_count += count
        if is_further:
            # It lacks most keys of the first, and a text has more segments than one: it must not outvote that.
            self._behind_further[tail[0] if tail else NOTHING] += count
            self._further_keys.update(dict.fromkeys(tail or (NOTHING,), count))
        else:
            self._behind_text[tail[0] if tail else NOTHING] += count
            self._sides_behind_text += count * any(name in SIDES for name in tail)
            self._tail_keys.update(dict.fromkeys(tail or (NOTHING,), count))
        self._last_keys[tail[-1] if tail else NOTHING] += count
        self._count(tail, count)
        if len(self._pairs) < _MOST_KEYS * _MOST_KEYS:
            ordered = list(dict.fromkeys(name for name in tail if name not in PARTY_KEYS))
            pairs = [(one, other) for place, one in enumerate(ordered) for other in ordered[place + 1 :]]
            self._pairs.update(dict.fromkeys(pairs, count))

    def _count(self, names: Iterable[str], count: int) -> None:
        if len(self._seen_keys) < _MOST_KEYS:
            self._seen_keys.update(dict.fromkeys(names, count))

    def settle(self) -> None:
        """Decide what was learned; called once, behind the last entity."""
        self._learn_again()
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

    def name_of(self, key: LineKey, *, takes_any: bool = False) -> str:
        """Return the key of a line in lower case, the namespace that it is, or an empty text for any other line.

        Args:
            key: The line's, as it stands.
            takes_any: Whether every key with a tab behind it counts, for a file may use keys that nobody has described.
        """
        if not key.size:
            return key.folded
        name = key.folded
        if "\t" in key.separator:
            return name if takes_any or name in self.known else NOTHING
        if not self.has_tabs or (self._writes_bare_keys and not key.has_value):
            return name if name in self.known else NOTHING
        return NOTHING

    def loose_name_of(self, key: LineKey) -> str:
        """Return the key of a line in front of any text, however it is spaced: nobody's words can stand there."""
        name = key.name.strip().casefold()
        return name if name in self.known and name not in TEXT_KEYS else NOTHING

    def is_bare_text_key(self, key: LineKey) -> bool:
        """Whether a line is the text's key with nothing behind it, not the blank that the file's own have either."""
        return bool(key.size) and not key.has_value and key.folded in TEXT_KEYS and key.folded in self.known

    def resembles(self, key: LineKey) -> bool:
        """Whether a line of a text looks like one of the report's own, however it is spaced.

        So does one under any key with the tab that stands behind this file's: a tool may write keys that nobody has
        described, and people seldom type a tab.
        """
        if not key.size:
            return bool(key.folded)
        return key.folded in self.known or (self.has_tabs and "\t" in key.separator and key.has_value)

    @property
    def anchor(self) -> str | None:
        """The key right behind most texts; ``NOTHING`` where the text comes last. None: not known.

        Segments behind the first have no say where there is anything else.
        """
        return _most(self._behind_text, self._tail_keys) if self._behind_text else self.further_anchor

    @property
    def further_anchor(self) -> str | None:
        """The key right behind the text of most segments that are not the first of theirs. None: not known."""
        return _most(self._behind_further, self._further_keys)

    @property
    def closes_texts(self) -> bool:
        """Whether every text that leaves no doubt has further keys behind it."""
        return bool(self._clean_count) and not self._behind_text[NOTHING] and not self._behind_further[NOTHING]

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
        return self._sides_behind_text * 2 > self._behind_text.total()

    def is_usual_end(self, name: str, *, is_learned: bool) -> bool | None:
        """Whether another entity ends with the key as well. None: there is no other to tell by.

        Args:
            name: Last key of an entity.
            is_learned: Whether that entity is one of those that were learned from.
        """
        if self._last_keys.total() <= is_learned:
            return None
        return self._last_keys[name] > is_learned


def _most(behind: Counter[str], anywhere: Counter[str]) -> str | None:
    """Return what stands behind most texts, where it is half of them.

    Of two that are there as often, the one that more entities have at all: the other may be a text's.
    """
    clean_count = behind.total()
    if clean_count < _FEWEST_CLEAN:
        return None
    name = max(behind, key=lambda each: (behind[each], anywhere[each]))
    return name if behind[name] * 2 >= clean_count else None


def is_further_segment(lines: Sequence[Line]) -> bool:
    """Whether the lines of an entity say that it is a segment of a long text, and not the first.

    The last line under the key counts: what stands above it may be the text's.
    """
    for line in reversed(lines):
        if line.key.folded == SEGMENT_NUMBER:
            number = line.text[line.key.size :].strip()
            return number.isascii() and number.isdecimal() and number not in _FIRST_SEGMENTS
    return False
