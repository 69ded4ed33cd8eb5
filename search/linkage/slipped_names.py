"""Names that are slips of the thumb: ``Reay`` in "reay now" of a sender who writes "ready now" else.

Two texts of one sender that say the same but for such a slip are one wording, and what is read as a name in the one
that went out less often is corrected to what is read in the other, which may be no name at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from search.linkage.keys import fold_name
from search.linkage.names import is_slip
from search.linkage.senders import Evidenced
from search.linkage.wording_keys import SLOT_MARK, unstretched, words_of

_Wording = tuple[str, str]
"""Template id and label."""


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
    for wording, count in counts.items():
        if wording[1]:
            like = [
                (counts[other], other)
                for other, said in words.items()
                if counts[other] > count and fold_name(other[1]) != fold_name(wording[1])
                and _says_the_same(words[wording], said)
            ]  # fmt: skip
            if like:
                yield wording, max(like)[1][1]


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


def _says_the_same(slipped: Sequence[str], said: Sequence[str]) -> bool:
    """Whether two texts have the same words but for slips, of which there is one at least."""
    if len(slipped) != len(said) or slipped == said:
        return False
    return all(a == b or is_slip(a, b) for a, b in zip(slipped, said, strict=True))
