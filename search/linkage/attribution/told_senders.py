"""Handsets whose records say from which of several numbers a text went: chats do, which name their account."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

import msgspec

from search.contract import Flare
from search.linkage.attribution.shown_senders import Shown
from search.linkage.keys import is_number


class ToldSenders(msgspec.Struct, frozen=True):
    """The numbers that records name as the sender of broadcasts.

    Attributes:
        by_holder: By device, or SIM.
        by_extraction: By extraction.
    """

    by_holder: Mapping[str, frozenset[str]] = {}
    by_extraction: Mapping[str, Collection[str]] = {}

    def is_told(self, extraction_id: str, number: str | None) -> bool:
        """Whether records of the extraction name the number as the sender, so that it stands whatever card was in."""
        return number in self.by_extraction.get(extraction_id, ())


def told_senders(
    broadcasts: Mapping[str, Sequence[Flare]],
    shown: Mapping[str, Sequence[Shown]],
    stated: Mapping[str, Sequence[str]],
    defaults: Mapping[str, str],
) -> ToldSenders:
    """Return the numbers that records name as the sender of broadcasts.

    The one number that an extraction states stands for the sender of all whose records name none, and tells nothing.
    One other number alone may be what a tool writes into every record: it is taken for what the record says where the
    device states another number as well, unless a phone that received the text shows one that differs.

    Args:
        broadcasts: Those that each device, or SIM, sent.
        shown: What receiving phones show of them.
        stated: Numbers that devices state.
        defaults: The one number of extractions that state one.
    """
    by_holder: dict[str, frozenset[str]] = {}
    by_extraction: dict[str, set[str]] = defaultdict(set)
    for holder, sent in broadcasts.items():
        sender_of = {
            flare.flare_id: flare.sender
            for flare in sent
            if flare.sender and is_number(flare.sender) and flare.sender != defaults.get(flare.extraction_id)
        }
        told = frozenset(sender_of.values())
        is_one_of_several = len(told.union(stated.get(holder, ()))) > 1
        if len(told) > 1 or (told and is_one_of_several and not _is_denied(sender_of, shown.get(holder, ()))):
            by_holder[holder] = told
            for flare in sent:
                if flare.flare_id in sender_of:
                    by_extraction[flare.extraction_id].add(sender_of[flare.flare_id])
    return ToldSenders(by_holder, by_extraction)


def _is_denied(sender_of: Mapping[str, str], shown: Sequence[Shown]) -> bool:
    """Whether a phone that received one of these broadcasts shows another sender than its records."""
    return any(sender_of.get(each.flare_id, each.number) != each.number for each in shown)
