"""Words that come back in one sender's wordings and in few others': perhaps a name that the analysis does not read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise

from search.linkage.extraction.wording_keys import unstretched, words_of
from search.linkage.number_use.spells import Spell

LEAST_WORDINGS = 2
SENDERS_MOST = 4
"""A word in wordings of more senders than this is no name of one line."""
_SHORTEST = 3


def recurring_words(spells: Sequence[Spell], texts: Mapping[str, str]) -> dict[int, frozenset[str]]:
    """Return, by place of spell, the words that come back in its wordings and that few other senders use."""
    senders: Counter[str] = Counter()
    counts: dict[int, Counter[str]] = {}
    for spell in spells:
        words = Counter(word for wording in wordings_of(spell, texts) for word in set(wording) if may_be_name(word))
        senders.update(words.keys())
        counts[spell.place] = words
    return {
        place: frozenset(
            word for word, count in words.items() if count >= LEAST_WORDINGS and senders[word] <= SENDERS_MOST
        )
        for place, words in counts.items()
    }


def names_said(spells: Sequence[Spell], texts: Mapping[str, str]) -> dict[int, frozenset[str]]:
    """Return, by place of spell, the names of other spells that stand in its wordings, as a word or as words together.

    Of names of two letters those count that few senders write: what others write too is a word.
    """
    forms: dict[str, set[str]] = defaultdict(set)
    for form in {form for spell in spells for form in spell.forms if may_be_name(form) or _is_short(form)}:
        forms[unstretched(form)].add(form)
    said = {spell.place: forms.keys() & set(_words_and_pairs(wordings_of(spell, texts))) for spell in spells}
    senders = Counter(chain.from_iterable(said.values()))
    return {
        spell.place: frozenset(
            form
            for word in said[spell.place]
            if not _is_short(word) or senders[word] <= SENDERS_MOST
            for form in forms[word] - spell.forms
        )
        for spell in spells
    }


def _is_short(form: str) -> bool:
    return len(form) == _SHORTEST - 1 and form.isalpha()


def _words_and_pairs(wordings: Iterable[Sequence[str]]) -> Iterator[str]:
    for wording in wordings:
        yield from wording
        yield from map("".join, pairwise(wording))


def may_be_name(word: str) -> bool:
    """Whether a folded word can be a name: letters, and not too few."""
    return len(word) >= _SHORTEST and word.isalpha()


def wordings_of(spell: Spell, texts: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Return the words of each wording of a spell, the slot of the name marked."""
    of_key: dict[str, tuple[str, ...]] = {}
    for template_id in sorted(spell.template_ids - spell.to_few):
        text = texts.get(template_id)
        if text is not None:
            of_key.setdefault(spell.wording_of[template_id], words_of(text))
    return list(of_key.values())
