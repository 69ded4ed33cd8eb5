"""Texts that a phone tried to send and that failed: they reached nobody, and are told as such."""

from __future__ import annotations

from collections.abc import Callable

from parsers.records.facts import Message
from parsers.records.findings import TextFinding
from parsers.unsent import is_failed
from search.contract import EdgeKind
from search.linkage.extraction.edge_table import EdgeTable
from search.linkage.extraction.sent_texts import SentText, SentTexts
from search.linkage.keys import Role, party_key_in


def note_failed(
    table: EdgeTable,
    sent: SentTexts,
    message: Message,
    finding: TextFinding | None,
    own_key: Callable[[Message, str], str],
) -> None:
    """Note a text if it failed to send: an advert as one that went to nobody, of another whom it was meant for.

    Whom a person tried to reach he has to do with, as by a call that was not answered; a broadcast did not reach him.

    Args:
        table: Edges in the making.
        sent: Takes what is no advert, until it is known what was broadcast.
        message: The text; of one that did not fail nothing is noted.
        finding: What the analysis says of it.
        own_key: Gives the key of the number that a text was sent from, by its SIM.
    """
    if not is_failed(message):
        return
    if finding is not None and finding.is_advert:
        edge = (EdgeKind.UNSENT, own_key(message, ""), Role.SENT, finding.template_id, finding.line or "")
        table.note(edge, message.time.utc, message.record_id)
        return
    template_id, score = ("", 0.0) if finding is None else (finding.template_id, finding.order_score)
    for party in message.to:
        key = party_key_in(message.service, party)
        if key is not None:
            text = SentText(key, party.name or "", template_id, message.time.utc, message.record_id, "", score)
            sent.add(text)
