"""Greetings at the head of a text: they decorate a wording, and change with the hour and with whom it goes to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from nlp.lexicons import LexiconKind, Lexicons

_INTRODUCED: Final = (("its",), ("it's",), ("this", "is"))
"""Words before the name of who writes: ``Kev its Rico. Rico has the best``."""
_INTRODUCING: Final = frozenset({"this", "it", "its", "it's", "number", "num", "phone", "line", "name"})
"""Words that speak of the number: ``Kev this is now Rico``."""
_OF_SOMEBODY: Final = frozenset({"is", "'s", "was", "has", "isn't", "ain't", "wasn't"})
"""Words that make what stands before them a person spoken of: ``Kev is done with this number, its Rico now``."""
_NOW_CALLED: Final = (("is", "now"), ("now", "called"), ("is", "now", "called"), ("is", "called"), ("are", "now"))
"""Words before the line's name that make what stands before them its former one: ``Kev Two is now Rico``."""
_LONGEST_FORMER: Final = 3
_BEFORE_VOCATIVE: Final = frozenset({"my", "all"})
"""Vocatives that another one follows: ``hi all my people``."""
_LOVED: Final = frozenset({
    "you", "u", "ya", "ye", "yous", "it", "this", "that", "these", "those", "him", "her", "them", "us", "me", "my",
    "your", "ur", "to", "how", "when", "what", "from", "and",
})  # fmt: skip
"""Words before which "love" calls nobody: ``love you``, ``love from all of us``."""
_LOVE: Final = frozenset({"love", "luv"})
_OF_WHOM: Final = frozenset({
    "a", "an", "the", "my", "your", "ur", "our", "his", "her", "their", "this", "that", "one", "some", "no", "of",
    "for", "with", "in", "to", "from", "and", "or", "best", "good", "old", "new", "every", "any", "all", "much", "is",
    "as", "like", "bring",
})  # fmt: skip
"""Words behind which a vocative is spoken of and not called: ``bring a mate``, ``one for your pal``."""
_LEAST_BEFORE_CALL: Final = 2


class Openings:
    """Finds where a text begins behind its greeting: ``hi mate``, ``morning all``, ``yo``, ``hi Kev``, ``Kev, ...``."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._decorations = lexicons.terms(LexiconKind.FILLER, "decoration")
        self._greetings = lexicons.terms(LexiconKind.PATTERN, "opening")
        self._before_vocative = lexicons.terms(LexiconKind.PATTERN, "opening_to")
        self._vocatives = lexicons.terms(LexiconKind.FILLER, "vocative") | lexicons.terms(
            LexiconKind.PATTERN, "opening_vocative"
        )
        self._first_names = lexicons.terms(LexiconKind.FIRST_NAME)
        self._called_alone = lexicons.terms(LexiconKind.PATTERN, "called_alone")
        first = {greeting.partition(" ")[0] for greeting in self._greetings}
        self._may_open = frozenset(first) | self._before_vocative | self._decorations

    def length(
        self, words: Sequence[str], is_word: Sequence[bool], first_slot: int, names: Sequence[tuple[int, int]] = ()
    ) -> int:
        """Return how many tokens greet; none where the text says no more than that.

        A vocative or a first name counts behind a greeting alone, and one does: ``hi mate everyone gets looked after``
        greets a mate. What is hardly anything else greets by itself (``bro back on``), and so does a first name before
        a comma, and where another name is the line's: ``Kev, Rico is about``, ``Kev both on Rico``; not where something
        is said of whom it names, or the line was called so. A greeting may follow: ``Kev morning all, Rico is about``.
        Who writes may be said too where the name stands again: ``Kev its Rico. Rico is about``.

        Args:
            words: Normal form of each token.
            is_word: Whether each token is a word.
            first_slot: The first token that a slot takes in, at which a greeting ends; their number where none does.
            names: First and one past the last token of each place where the line's name stands, in order.
        """
        is_former = bool(names) and _is_former(words[: names[0][0]])
        at = self._greeted(words, is_word, first_slot, is_named=bool(names), is_former=is_former)
        if len(names) > 1:
            for introduced in _INTRODUCED:
                if tuple(words[at : at + len(introduced)]) == introduced and names[0][0] == at + len(introduced):
                    return names[0][1]
        return at

    def _greeted(
        self, words: Sequence[str], is_word: Sequence[bool], first_slot: int, *, is_named: bool, is_former: bool
    ) -> int:
        if not words:
            return 0
        called = at = 0 if is_former else self._called(words, first_slot, is_named=is_named)
        if not at and is_word[0] and words[0] not in self._may_open:
            return 0
        is_greeted = is_addressed = False
        while at < len(words):
            if at >= first_slot:
                return at if is_greeted else called
            if is_greeted and not is_addressed and self._is_addressed(words[at]):
                is_addressed = words[at] not in _BEFORE_VOCATIVE
                at += 1
            elif not is_addressed and (count := self._greeting(words, at)):
                at += count
                is_greeted = True
            elif not is_word[at] or words[at] in self._decorations:
                at += 1
            else:
                return at if is_greeted else called
        return 0

    def _called(self, words: Sequence[str], first_slot: int, *, is_named: bool) -> int:
        """Return the tokens of who is called at the head, and of the comma behind a first name."""
        if first_slot and words[0] in self._called_alone:
            is_loved = words[0] in _LOVE and _LOVED.intersection(words[1:2])
            return 0 if is_loved or _OF_SOMEBODY.intersection(words[1:2]) else 1
        if not first_slot or words[0] not in self._first_names or _OF_SOMEBODY.intersection(words[1:2]):
            return 0
        if words[1:2] == [","]:
            return 2 if first_slot > 1 else 0
        return 1 if is_named else 0

    def called_at_end(self, parts: Sequence[str]) -> int:
        """Return how many parts at the end of a template call somebody: ``back on both mate``; one at most.

        None where it is spoken of (``bring a mate``), and where no two other parts stand before it.
        """
        if len(parts) <= _LEAST_BEFORE_CALL or parts[-1] not in self._called_alone:
            return 0
        return int(parts[-2] not in _OF_WHOM)

    def _is_addressed(self, word: str) -> bool:
        return word in self._vocatives or word in self._first_names

    def _greeting(self, words: Sequence[str], at: int) -> int:
        """Return the words of the greeting that begins there."""
        word, following = words[at], words[at + 1 : at + 2]
        if following and f"{word} {following[0]}" in self._greetings:
            return 2
        if word in self._greetings:
            return 1
        return int(word in self._before_vocative and bool(following) and following[0] in self._vocatives)


def _is_former(head: Sequence[str]) -> bool:
    """Whether what stands before the line's name is what it was called, and that it is called otherwise now."""
    return any(
        tuple(head[-len(words) :]) == words and 0 < len(head) - len(words) <= _LONGEST_FORMER for words in _NOW_CALLED
    ) and _INTRODUCING.isdisjoint(head)
