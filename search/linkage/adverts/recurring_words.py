"""Words that come back in one sender's wordings and in few others': perhaps a name that the analysis does not read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise

from search.linkage.extraction.wording_keys import unstretched, words_of
from search.linkage.keys import fold_name
from search.linkage.number_use.spells import Spell

LEAST_WORDINGS = 2
SENDERS_MOST = 4
"""A word in wordings of more senders than this is no name of one line."""
_SHORTEST = 3
_INITIALS = _PAIR = 2
_WRITTEN_SHORT = """
ad ah al am an as at av be bk by da de di do dy em et ex ey fi go ha he hi hr id if im in is it ja la le lo me mi mo my
na ne nd no nt nu of oh ok on op or ot ow ox oz pa pe pm po pt qu re rn se si sn so st su ta te th ti to ty ur up us ve
vs wa we wi wk ya ye yn yo yr yu
"""
_SHORT_WORDS = frozenset(_WRITTEN_SHORT.split())
"""Words and shortenings of two letters, in the languages of adverts; no initials."""


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
    """Return, by place of spell, the names of other spells that stand in its wordings: as a word, or word by word.

    Words of wordings have each letter once, so that "Tommy" is looked for as "tomy". Of initials and of what differs
    from its name those count that few senders write: what others write too is a word.
    """
    forms = _forms_as_written(spells)
    said = {spell.place: forms.keys() & set(_words_and_pairs(wordings_of(spell, texts))) for spell in spells}
    senders = Counter(chain.from_iterable(said.values()))
    return {
        spell.place: frozenset(
            form
            for words in said[spell.place]
            for form in forms[words] - spell.forms
            if (words == (form,) and may_be_name(form)) or senders[words] <= SENDERS_MOST
        )
        for spell in spells
    }


def _forms_as_written(spells: Sequence[Spell]) -> dict[tuple[str, ...], set[str]]:
    """Return the names of spells by the words that they are in wordings; what is too short to tell is left out."""
    forms: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for form in {form for spell in spells for form in spell.forms}:
        word = unstretched(form)
        if may_be_name(word) or may_be_initials(form):
            forms[word,].add(form)
    for label in {advert.edge.label for spell in spells for advert in spell.adverts if " " in advert.edge.label}:
        words = tuple(unstretched(fold_name(word)) for word in label.split())
        if len(words) == _PAIR and all(map(may_be_name, words)):
            forms[words].add(fold_name(label))
    return forms


def _words_and_pairs(wordings: Iterable[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    for wording in wordings:
        yield from zip(wording)
        yield from pairwise(wording)


def may_be_name(word: str) -> bool:
    """Whether a folded word can be a name: letters, and not too few."""
    return len(word) >= _SHORTEST and word.isalpha()


def may_be_initials(form: str) -> bool:
    """Whether a folded form can be initials: two letters that are no word, and none that is shortened."""
    return len(form) == _INITIALS and form.isalpha() and form not in _SHORT_WORDS


def wordings_of(spell: Spell, texts: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Return the words of each wording of a spell, the slot of the name marked."""
    of_key: dict[str, tuple[str, ...]] = {}
    for template_id in sorted(spell.template_ids - spell.to_few):
        text = texts.get(template_id)
        if text is not None:
            of_key.setdefault(spell.wording_of[template_id], words_of(text))
    return list(of_key.values())
