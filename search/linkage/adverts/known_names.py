"""Names that the analysis reads in some adverts and not in others.

A name that is known from two wordings, or from three adverts, whoever's they are, is looked for in the adverts that
carry none. A word that many senders use of whom nothing bears it is no name there, even if it is one elsewhere; a line
that takes a new number every fortnight is many senders that bear one name: each in two wordings, or no other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache, partial

import msgspec

from search.linkage.adverts.greeted_names import without_greetings
from search.linkage.adverts.greeting_words import without_greeting_words
from search.linkage.adverts.named_forms import nicknames_as_named
from search.linkage.adverts.own_names import goes_on, lent_names, with_own_names
from search.linkage.adverts.recurring_words import LEAST_WORDINGS, SENDERS_MOST, may_be_name
from search.linkage.adverts.slipped_names import without_slips
from search.linkage.attribution.evidence import DeviceFacts, Evidence
from search.linkage.attribution.senders import Evidenced, by_sender
from search.linkage.extraction.wording_keys import unstretched, words_of
from search.linkage.kept import Kept
from search.linkage.keys import fold_name
from search.linkage.number_use.passed_numbers import PassedNumbers, PassedSurroundings
from search.linkage.number_use.spells_of_senders import lists_of
from search.linkage.number_use.uses import uses_of

_WORDS_OF_A_NAME = 3
_ADVERTS_ENOUGH = 3


def with_known_names(evidence: Evidence, kept: Kept | None = None) -> Evidence:
    """Return the evidence with names known from elsewhere on adverts that carry none, no slips, nobody greeted.

    Args:
        evidence: All that lines are made from.
        kept: What was made before. None: nothing.
    """
    texts = evidence.template_texts
    greeted = without_greetings(without_greeting_words(evidence.adverts, texts))
    read = without_slips(greeted, texts)
    passed = PassedNumbers(by_sender(read), evidence.announcements, texts)
    adverts = with_own_names(read, texts, partial(_kept_names, evidence=evidence, passed=passed, kept=kept or Kept()))
    named = named_as_known(adverts, known_labels(adverts, texts), texts)
    nicknames = nicknames_as_named(evidence.nicknames, evidence.adverts, named, evidence.template_bodies)
    return msgspec.structs.replace(evidence, adverts=named, nicknames=nicknames)


def _kept_names(
    adverts: Sequence[Evidenced], texts: Mapping[str, str], evidence: Evidence, passed: PassedNumbers, kept: Kept
) -> Mapping[int, str]:
    """Return the names that a sender's adverts bear elsewhere in one use (``lent_names``), made before or anew."""
    sender = adverts[0].sender
    return kept.made(
        _lent_in_uses,
        sender,
        tuple(adverts),
        {each.edge.other: texts[each.edge.other] for each in adverts if each.edge.other in texts},
        {each.device_id: evidence.devices[each.device_id] for each in adverts if each.placed.first_at is None},
        lists_of(sender, adverts, evidence.recipients),
        passed.surroundings(adverts),
    )


def _lent_in_uses(
    adverts: Sequence[Evidenced],
    texts: Mapping[str, str],
    devices: Mapping[str, DeviceFacts],
    reached: Mapping[tuple[str, str], frozenset[str]],
    around: PassedSurroundings | None,
) -> Mapping[int, str]:
    passed = PassedNumbers({adverts[0].sender: adverts}) if around is None else around.passed_numbers()
    return lent_names(adverts, texts, lambda held: uses_of(held, devices, reached, passed))


def named_as_known(
    adverts: Sequence[Evidenced], labels: Mapping[str, str], texts: Mapping[str, str]
) -> tuple[Evidenced, ...]:
    """Return adverts with the names on them that others bear, where they carry none and the name stands in them.

    Args:
        adverts: Edges of kind advert.
        labels: How each known name is written (``known_labels``).
        texts: Constants and slots of templates.
    """
    found: dict[str, frozenset[str]] = {}
    senders: dict[str, set[str]] = defaultdict(set)
    borne = _borne(adverts)
    for advert in adverts:
        template_id = advert.edge.other
        if not advert.edge.label:
            if template_id not in found:
                found[template_id] = _phrases(texts.get(template_id)) & labels.keys()
            for name in found[template_id]:
                if (advert.sender, name) not in borne:
                    senders[name].add(advert.sender)
    known = frozenset().union(*found.values())
    usable = {name for name in known if len(senders[name]) <= SENDERS_MOST}
    named = {
        template_id: labels[max(names & usable, key=lambda name: (len(name), name))]
        for template_id, names in found.items()
        if names & usable
    }
    return tuple(_named(advert, named) for advert in adverts) if named else tuple(adverts)


def _borne(adverts: Sequence[Evidenced]) -> set[tuple[str, str]]:
    """Return the senders with the names that they bear: none that one wording alone has, beside others of theirs.

    A word of everybody's that is misread once as a name is read so in the adverts of each who writes it.
    """
    wordings: dict[tuple[str, str], set[str]] = defaultdict(set)
    for advert in adverts:
        if advert.edge.label:
            wordings[advert.sender, unstretched(fold_name(advert.edge.label))].add(advert.edge.other)
    names = Counter(sender for sender, _ in wordings)
    return {bears for bears, held in wordings.items() if len(held) >= LEAST_WORDINGS or names[bears[0]] == 1}


def _named(advert: Evidenced, named: Mapping[str, str]) -> Evidenced:
    label = named.get(advert.edge.other)
    if advert.edge.label or label is None:
        return advert
    return msgspec.structs.replace(advert, edge=msgspec.structs.replace(advert.edge, label=label))


def known_labels(adverts: Sequence[Evidenced], texts: Mapping[str, str]) -> dict[str, str]:
    """Return how each known name is written most often, by its letters without doubled ones.

    A further wording of the sender in which the name stands as a word bears it too.
    """
    templates: dict[str, set[str]] = defaultdict(set)
    written: dict[str, Counter[str]] = defaultdict(Counter)
    of_sender: dict[str, set[str]] = defaultdict(set)
    named: Counter[tuple[str, str, str]] = Counter()
    for advert in adverts:
        if advert.edge.label:
            named[advert.edge.label, advert.edge.other, advert.sender] += advert.edge.count
    for (label, template_id, sender), count in named.items():
        folded = fold_name(label)
        if may_be_name(folded):
            name = unstretched(folded)
            templates[name].add(template_id)
            written[name][label] += count
            of_sender[sender].add(name)
    for advert in adverts:
        names = of_sender.get(advert.sender)
        if names and not advert.edge.label:
            for name in names & _phrases(texts.get(advert.edge.other)):
                templates[name].add(advert.edge.other)
    return {
        name: min(written[name], key=lambda label: (-written[name][label], label))
        for name, held in templates.items()
        if len(held) >= LEAST_WORDINGS or sum(written[name].values()) >= _ADVERTS_ENOUGH
    }


@lru_cache(maxsize=16_384)
def _phrases(text: str | None) -> frozenset[str]:
    """Return the words of a template, and two and three of them together; none that the next word makes another."""
    words = words_of(text) if text else ()
    return frozenset(
        unstretched("".join(words[start:end]))
        for start in range(len(words))
        for end in range(start + 1, min(len(words), start + _WORDS_OF_A_NAME) + 1)
        if not goes_on(words, end)
    )
