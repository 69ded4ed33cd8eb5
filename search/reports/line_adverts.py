"""The adverts of a line on its page: its wordings with texts and counts of its own numbers and phones alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from search.linkage.phrases import counted
from search.reports.cuts import Cut, cut
from search.reports.frames import fitting
from search.reports.line_phones import unread_in

Item = Mapping[str, Any]

ADVERTS_SHOWN: Final = 6
_TEXTS_A_WORDING: Final = 3


class Advert(msgspec.Struct, frozen=True):
    """A wording of a line, texts of the line in it, and how many the line sent, in words."""

    template: Item
    texts: tuple[Item, ...]
    words: str


def sent_in_wordings(lines: Iterable[Item]) -> Mapping[str, int]:
    """Return how many messages of any line are held in each wording."""
    found: Counter[str] = Counter()
    for line in lines:
        for wording in line["wordings"]:
            found[wording["template_id"]] += wording["message_count"]
    return found


def adverts_of(
    line: Item,
    templates: Sequence[Item],
    sent_in: Mapping[str, int],
    flares: Sequence[Item] = (),
    *,
    is_narrowed: bool,
) -> Cut:
    """Return the wordings of a line, those that it used most first.

    Args:
        line: As in the report.
        templates: Its wordings.
        sent_in: How many messages of any line are held in each.
        flares: Broadcasts of the line.
        is_narrowed: The report is of a period, so that what is counted of lines is not of all that is held.
    """
    texts: dict[str, list[Item]] = defaultdict(list)
    for text in line["texts"]:
        texts[text["template_id"]].append(text)
    own = {wording["template_id"]: wording for wording in line["wordings"]}
    used = sorted(own, key=lambda key: (-own[key]["message_count"], key))
    order = {template_id: place for place, template_id in enumerate(used)}
    ordered = sorted(
        templates,
        key=lambda held: (
            order.get(held["template_id"], len(order)),
            -held["message_count"],
            held["template_id"],
        ),
    )
    part = cut(ordered, ADVERTS_SHOWN)
    unread: Counter[str] = Counter()
    for flare in flares:
        unread[flare["template_id"]] += unread_in(flare) if flare["direction"] == "sent" else 0
    shown = []
    for template in part.items:
        key = template["template_id"]
        others = 0 if is_narrowed else template["message_count"] - sent_in.get(key, 0)
        quoted = tuple(fitting(template, texts[key])[:_TEXTS_A_WORDING])
        shown.append(Advert(template, quoted, _words(template, own.get(key), others, unread[key])))
    return Cut(tuple(shown), part.total)


def adverts_cut(adverts: Cut, where: str) -> str:
    """Return how many wordings are not shown, and where they stand; empty where all are."""
    if not adverts.left_out:
        return ""
    return f"{len(adverts.items)} of {adverts.total} wordings are shown here, those that it used most; {where}."


def _words(template: Item, own: Item | None, others: int, unread: int) -> str:
    """Return how many messages in a wording the line sent; ``unread``: in its broadcasts, no adverts by their words."""
    shared = len(template["line_ids"])
    also = f"; {shared} lines use this wording" if shared > 1 else ""
    if own is None:
        # its senders show no number of the line where they stand
        held = counted(template["message_count"], "message")
        return f"{held} in this wording on {counted(len(template['device_ids']), 'phone')}, whoever sent them{also}"
    sent = f"{counted(own['message_count'], 'message')} of it on {counted(len(own['device_ids']), 'phone')}{also}"
    if others <= 0:
        return sent
    in_broadcasts = min(others, unread)
    if in_broadcasts:
        by_words = "no advert by its words" if in_broadcasts == 1 else "no adverts by their words"
        sent += f"; {counted(in_broadcasts, 'further message')} in its broadcasts, {by_words} alone"
    others -= in_broadcasts
    if not others:
        return sent
    more = counted(others, "further message")
    theirs = "by itself it is an advert" if others == 1 else "by themselves they are adverts"
    return f"{sent}; {more} of similar wording not counted here: {theirs} of nobody's line"
