"""Conversations of several people in an application: what one of them posts is one message to all.

Whoever takes part has each post, at one time and word for word, as phones have the copies of a broadcast: a family's
"tea is in the oven" would be one. Nor is it a text of one person to another: who is in a group with somebody has had
nothing to do with them by that. A post that reads like an advert is looked at like any other, but for one that is
hardly one where others wrote before: "subs 5 quid correct money pls" among the players of a Sunday's match.
"""

from __future__ import annotations

from typing import Final

from parsers.records.facts import Message
from parsers.records.findings import NumberChangeRole, TextFinding
from search.linkage.extraction.answers import NO_ANSWER_SCORE

_GROUP_SUFFIX: Final = "@g.us"
"""Of the id of a group in WhatsApp."""
_SERVICES_OF_ONE_TO_ONE: Final = frozenset({None, "sms", "mms"})
"""A picture message to several is sent to each of them; their threads are of numbers that the handset puts together."""


class GroupThreads:
    """Tells the groups of one extraction by what its messages show, one after the other."""

    __slots__ = ("_advertising", "_groups", "_sender_of", "_with_several")

    def __init__(self) -> None:
        self._sender_of: dict[str, str] = {}
        self._groups: set[str] = set()
        self._with_several: set[str] = set()
        self._advertising: set[tuple[str, str]] = set()

    def is_in_one(self, message: Message, sender: str) -> bool:
        """Whether a message went to several: the id says so, it names them, or others wrote in its thread before.

        Args:
            message: A message.
            sender: Key of its sender; empty for what the phone sent itself.
        """
        thread = message.thread
        if message.service in _SERVICES_OF_ONE_TO_ONE or thread is None:
            return False
        if sender != "" and self._sender_of.setdefault(thread, sender) != sender:
            self._with_several.add(thread)
        elif thread in self._groups:
            return True
        is_group = thread in self._with_several or thread.endswith(_GROUP_SUFFIX) or len(message.to) > 1
        if is_group:
            self._groups.add(thread)
        return is_group

    def is_talk(self, message: Message, sender: str, finding: TextFinding | None) -> bool:
        """Whether a member's post that the analysis takes for an advert is talk. Ask it once a post, in their order.

        It is where others posted before, it names no line, tells of no new number and is not surely an advert. Of who
        posted a sure one in the group every further one counts, whoever answers there.

        Args:
            message: A message in a group.
            sender: Key of its sender.
            finding: What the analysis says of it: an advert. None: nothing, and it is no talk.
        """
        thread = message.thread or ""
        if finding is None:
            return False
        is_sure = (
            finding.line is not None
            or finding.advert_score >= NO_ANSWER_SCORE
            or finding.number_change.role is not NumberChangeRole.NONE
        )
        if is_sure:
            self._advertising.add((thread, sender))
            return False
        return thread in self._with_several and (thread, sender) not in self._advertising
