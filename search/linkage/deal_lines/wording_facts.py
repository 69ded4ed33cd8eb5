"""The wordings of a group of numbers: which read like adverts, which do not, and which like nothing of the kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from search.linkage.adverts.bulk_traces import PHONES_THAT_SHOW_IT
from search.linkage.adverts.bulk_wordings import BulkWording
from search.linkage.adverts.traders import ALONE, ALONE_MOST, ordinary_weight, ordinary_weights
from search.linkage.attribution.together import are_each_together
from search.linkage.deal_lines.trade_names import is_of_trade
from search.linkage.extraction.said_edges import DAY_CHARS
from search.linkage.extraction.wording_keys import wording_key
from search.linkage.joining.groups import WINDOW_PAD_DAYS
from search.linkage.keys import Role
from search.linkage.number_use.spells import Spell


class WordingFacts:
    """The wordings of some spells.

    Args:
        spells: The spells.
        bulk: What senders broadcast that is no advert to the analysis, by sender.
        texts: Constants and slots of templates, as far as they are known.

    Attributes:
        likely: Advert score of each wording that the analysis takes for an advert, by wording.
        named: Wordings that carry a name.
    """

    def __init__(
        self, spells: Iterable[Spell], bulk: Mapping[str, Sequence[BulkWording]], texts: Mapping[str, str]
    ) -> None:
        self._texts = texts
        self.likely: dict[str, float] = {}
        self.named: set[str] = set()
        self._unlikely: dict[str, float] = {}
        self._to_many: set[str] = set()
        self._wordless: set[str] = set()
        self._days_alone: dict[str, set[str | None]] = defaultdict(set)
        for spell in spells:
            self._add_adverts(spell, {wording.template_id for wording in bulk.get(spell.sender, ())})
            self._add_broadcasts(spell, bulk.get(spell.sender, ()))

    def _add_adverts(self, spell: Spell, broadcast: set[str]) -> None:
        for advert in spell.adverts:
            if advert.edge.other in spell.to_few:
                continue
            key = spell.wording_of[advert.edge.other]
            self._note_words(key, advert.edge.other)
            held = self._unlikely if advert.is_recovered else self.likely
            held[key] = max(held.get(key, 0.0), advert.edge.score)
            if advert.edge.other in broadcast:
                self._to_many.add(key)
            elif advert.is_recovered:
                self._days_alone[key].add(advert.edge.first_at and advert.edge.first_at[:DAY_CHARS])
            if advert.edge.label:
                self.named.add(key)

    def _add_broadcasts(self, spell: Spell, wordings: Iterable[BulkWording]) -> None:
        for wording in wordings:
            if any(spell.covers(flare.started_at, WINDOW_PAD_DAYS) for _, flare in wording.flares) or _came_to_several(
                spell, wording
            ):
                key = spell.wording_of.get(wording.template_id) or wording_key(
                    wording.template_id, self._texts.get(wording.template_id), spell.forms
                )
                self._note_words(key, wording.template_id)
                self._unlikely[key] = max(self._unlikely.get(key, 0.0), wording.score)
                self._to_many.add(key)

    def _note_words(self, key: str, template_id: str) -> None:
        if key == template_id:
            self._wordless.add(key)

    def _words_of(self, key: str) -> str | None:
        return None if key in self._wordless else key

    @property
    def unlikely(self) -> dict[str, float]:
        """Return the score of each broadcast wording that the analysis takes for no advert."""
        return {key: score for key, score in self._unlikely.items() if key not in self.likely}

    def ordinary(self) -> tuple[float, ...]:
        """Return what each wording that reads like nothing of the kind says against a line.

        Of those that one phone alone holds such count as are taken for adverts: what is stated is weighed. Who writes
        the same again on another day does not write it to one person; a line does, to its runners, so that where other
        wordings are known to have gone to many these say no more together than ``ALONE_MOST``.
        """
        alone: list[float] = []
        to_many: list[tuple[float, str | None, bool]] = []
        for key, score in sorted(self.unlikely.items()):
            words = self._words_of(key)
            if key in self._to_many:
                to_many.append((score, words, words is not None and is_of_trade(words.split())))
            elif key in self._days_alone:
                share = 1.0 if len(self._days_alone[key]) > 1 else ALONE
                alone.append(share * ordinary_weight(score, words))
        weights = [*ordinary_weights(to_many), *([max(sum(alone), ALONE_MOST)] if self._to_many else alone)]
        return tuple(weight for weight in weights if weight < 0.0)


def _came_to_several(spell: Spell, wording: BulkWording) -> bool:
    """Whether phones enough got a wording unasked at about one time, between the first and last advert of a spell.

    Of what comes after the last one another holder of the number may be the sender.
    """
    unasked = [
        (copy.edge.first_at, copy.edge.last_at, copy.device_id)
        for copy in wording.copies
        if copy.edge.role != Role.RECEIVED_ANSWER
        and copy.edge.first_at is not None
        and copy.edge.last_at is not None
        and spell.first_at is not None
        and spell.covers(copy.edge.first_at, 0)
    ]
    together = are_each_together(unasked)
    phones = {device_id for (_, _, device_id), is_together in zip(unasked, together, strict=True) if is_together}
    return len(phones) >= PHONES_THAT_SHOW_IT
