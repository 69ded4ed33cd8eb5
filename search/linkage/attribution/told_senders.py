"""Handsets whose records say from which of several numbers a text went: chats do, which name their account."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from search.contract import Flare
from search.linkage.attribution.shown_senders import Shown
from search.linkage.keys import is_number


class ToldSenders:
    """The numbers that records of extractions name as the sender of broadcasts.

    The one number that an extraction states stands for the sender of all whose records name none, and tells nothing.
    One other number alone may be what a tool writes into every record: it is taken for what the record says where the
    device states another number as well, unless a phone that received the text shows one that differs.

    Args:
        broadcasts: Those that each device, or SIM, sent.
        shown: What receiving phones show of them.
        stated: Numbers that devices state.
        defaults: The one number of extractions that state one.
    """

    def __init__(
        self,
        broadcasts: Mapping[str, Sequence[Flare]] | None = None,
        shown: Mapping[str, Sequence[Shown]] | None = None,
        stated: Mapping[str, Sequence[str]] | None = None,
        defaults: Mapping[str, str] | None = None,
    ) -> None:
        self._numbers: dict[str, set[str]] = defaultdict(set)
        self.by_holder: dict[str, frozenset[str]] = {}
        for holder, sent in (broadcasts or {}).items():
            telling = [
                flare
                for flare in sent
                if flare.sender
                and is_number(flare.sender)
                and flare.sender != (defaults or {}).get(flare.extraction_id)
            ]
            told = frozenset(flare.sender for flare in telling if flare.sender)
            every = told.union((stated or {}).get(holder, ()))
            if told and (len(told) > 1 or (len(every) > 1 and not _is_denied(telling, (shown or {}).get(holder, ())))):
                self.by_holder[holder] = told
                for flare in telling:
                    self._numbers[flare.extraction_id].add(flare.sender or "")

    def is_told(self, extraction_id: str, number: str | None) -> bool:
        """Whether records of the extraction name the number as the sender, so that it stands whatever card was in."""
        return number in self._numbers.get(extraction_id, ())


def _is_denied(telling: Sequence[Flare], shown: Sequence[Shown]) -> bool:
    sender_of = {flare.flare_id: flare.sender for flare in telling}
    return any(sender_of.get(each.flare_id, each.number) != each.number for each in shown)
