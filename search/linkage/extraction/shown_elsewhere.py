"""Texts that an extraction lists and that count in another one of the same device: what they say of its broadcasts."""

from __future__ import annotations

from parsers.records.facts import Direction, Message
from parsers.records.findings import TextFinding
from search.linkage.extraction.flare_rows import SENT
from search.linkage.extraction.flares import FlareFinder
from search.linkage.extraction.sims import sim_of
from search.linkage.extraction.wording_groups import letters_of
from search.linkage.keys import own_key, party_key_in, party_name


def note_elsewhere(
    finder: FlareFinder, extraction_id: str, ordinal: int, message: Message, finding: TextFinding
) -> None:
    """Let a text that went out count to its broadcast; an undated one, or one that came in, says nothing here."""
    if message.direction is not Direction.OUTGOING or message.time.utc is None:
        return
    sender = party_key_in(message.service, message.from_party) or own_key(extraction_id, sim_of(message))
    recipients = [who for to in message.to if (who := party_key_in(message.service, to) or party_name(to))]
    body = message.body or ""
    group = SENT, sender, finding.template_id
    finder.add(group, ordinal, message.record_id, message.time, recipients, finding, letters_of(body), body)
