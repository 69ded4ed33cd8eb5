"""Names that are slips of the thumb: ``Reay`` in "reay now" of a sender who writes "ready now" else.

Two texts of one sender that say the same but for one such slip are one wording, and what is read as a name in the one
that went out less often is corrected to what is read in the other, which may be no name at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

import msgspec

from search.linkage.attribution.senders import Evidenced
from search.linkage.extraction.wording_keys import SLOT_MARK, unstretched, words_of
from search.linkage.keys import fold_name
from search.linkage.number_use.names import is_slip

_Wording = tuple[str, str]
"""Template id and label."""

_Rest = tuple[int, int, int]
"""Where a word is left out, and the hashes of what stands before and behind it."""

_WORDS_OF_A_SLOT = 50
"""Words in one place of a text from which on they are no slips of one word; bounds the comparisons of a sender."""


def without_slips(adverts: Sequence[Evidenced], texts: Mapping[str, str]) -> tuple[Evidenced, ...]:
    """Return the adverts with names corrected that are slips.

    Args:
        adverts: Edges of kind advert.
        texts: Constants and slots of their templates.
    """
    copies: dict[str, dict[_Wording, int]] = defaultdict(lambda: defaultdict(int))
    for advert in adverts:
        copies[advert.sender][advert.edge.other, advert.edge.label] += advert.edge.count
    corrected = {
        (sender, *wording): label
        for sender, counts in copies.items()
        if len(counts) > 1 and any(label for _, label in counts)
        for wording, label in _corrections(counts, texts)
    }
    if not corrected:
        return tuple(adverts)
    return tuple(_corrected(advert, corrected) for advert in adverts)


def _corrected(advert: Evidenced, corrected: Mapping[tuple[str, str, str], str]) -> Evidenced:
    label = corrected.get((advert.sender, advert.edge.other, advert.edge.label))
    if label is None:
        return advert
    return msgspec.structs.replace(advert, edge=msgspec.structs.replace(advert.edge, label=label))


def _corrections(counts: Mapping[_Wording, int], texts: Mapping[str, str]) -> Iterator[tuple[_Wording, str]]:
    """Yield wordings whose name is a slip, with what stands instead."""
    words = {wording: _written(*wording, texts) for wording in counts}
    alike = _alike(words)
    for wording, count in counts.items():
        said = words[wording]
        if wording[1]:
            like = [
                (counts[other], other)
                for at, rest in enumerate(_rests(said))
                for other in alike.get(rest, ())
                if counts[other] > count
                and is_slip(said[at], words[other][at])
                and fold_name(other[1]) != fold_name(wording[1])
            ]
            if like:
                yield wording, max(like)[1][1]


def _alike(words: Mapping[_Wording, tuple[str, ...]]) -> dict[_Rest, list[_Wording]]:
    """Return the wordings by what is left of them without one word; those that many share are left out."""
    alike: dict[_Rest, list[_Wording]] = defaultdict(list)
    for wording, said in words.items():
        for rest in _rests(said):
            held = alike[rest]
            if len(held) <= _WORDS_OF_A_SLOT:
                held.append(wording)
    return {rest: held for rest, held in alike.items() if 1 < len(held) <= _WORDS_OF_A_SLOT}


def _rests(said: Sequence[str]) -> list[_Rest]:
    """Return what is left of a text without each of its words in turn, in time that grows with their number alone."""
    before, behind = _running(said), _running(said[::-1])
    return [(at, before[at], behind[len(said) - 1 - at]) for at in range(len(said))]


def _running(said: Iterable[str]) -> list[int]:
    """Return the hashes of no word, of the first one, of the first two ..."""
    return list(accumulate(said, lambda held, word: hash((held, word)), initial=0))


def _written(template_id: str, label: str, texts: Mapping[str, str]) -> tuple[str, ...]:
    """Return the words of a template with the name in its slot."""
    name = tuple(unstretched(fold_name(part)) for part in label.split())
    return tuple(_filled(words_of(texts.get(template_id, "")), name))


def _filled(words: Iterable[str], name: Sequence[str]) -> Iterator[str]:
    for word in words:
        if word == SLOT_MARK:
            yield from name
        else:
            yield word
