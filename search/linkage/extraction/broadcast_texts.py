"""Texts as the finder of broadcasts takes them: those that count here, and those of which only this is noted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from parsers.records.facts import Direction, Message
from parsers.records.findings import TextFinding
from parsers.unsent import is_unsent
from search.linkage.extraction.flare_rows import SENT
from search.linkage.extraction.flares import FlareFinder
from search.linkage.extraction.long_texts import LongTexts
from search.linkage.extraction.sims import sim_of
from search.linkage.extraction.wording_groups import Group, letters_of
from search.linkage.keys import own_key, party_key_in, recipient_keys


def note_broadcast(
    finder: FlareFinder,
    long_texts: LongTexts,
    group: Group,
    ordinal: int,
    message: Message,
    recipients: Sequence[str],
    finding: TextFinding,
) -> None:
    """Let a text count to its broadcast; a part that its sender numbered counts with the first one."""
    body = message.body or ""
    add = partial(finder.add, group, ordinal, message.record_id, message.time, recipients, finding)
    long_texts.hold(message, lambda: add(letters_of(body), body), is_advert=finding.is_advert)


def note_elsewhere(
    finder: FlareFinder,
    long_texts: LongTexts,
    extraction_id: str,
    ordinal: int,
    message: Message,
    finding: TextFinding,
) -> None:
    """Let a text count to its broadcast that counts in another extraction of the device.

    An undated one, one that came in, or one that did not go, says nothing here.
    """
    if message.direction is not Direction.OUTGOING or message.time.utc is None or is_unsent(message):
        return
    if long_texts.is_further_part(message):
        return
    sender = party_key_in(message.service, message.from_party) or own_key(extraction_id, sim_of(message))
    group = (SENT, sender, finding.template_id)
    note_broadcast(finder, long_texts, group, ordinal, message, recipient_keys(message), finding)
