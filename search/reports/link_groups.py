"""Links between phones by the line that ties them, the lines in the order of the page, those that matter first.

A phone that sent adverts of a line or has its number says most. Each two phones that received the same adverts are
linked as well; by that alone they make a heap in which the others are lost: they stand in one row.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

import msgspec

from search.linkage.counting_order import counting_order
from search.linkage.phrases import counted, listed
from search.reports.cited import is_assumed
from search.reports.cuts import shares
from search.reports.line_phones import OWN_PHONE
from search.reports.link_cases import is_across

Item = Mapping[str, Any]

_SAID_ONCE: Final = "common_template"
_MORE_THAN_ADVERTS: Final = frozenset({"same_sim", "same_handset", "shared_contacts"})
"""Of the reasons those that phones have in common beside what came to them from the line."""
_FEW: Final = 3
"""So many links of phones that received stand one by one."""
_PHONES_NAMED: Final = 60
LINKS_ORDER: Final = (
    "Of each line the links of phones that sent its adverts or have its number stand first, of these those across "
    "cases. Phones that merely received the same adverts, or were in touch with the line, are linked with one another "
    "too: those links stand in one row of the line."
)
LINKS_SHOWN: Final = 300
"""Of one band, one by one."""


class Received(msgspec.Struct, frozen=True):
    """Links of a line between phones of others, by what came to them alone.

    Attributes:
        total: How many there are.
        across: How many of them join phones of different cases.
        against: Of how many of them something is said against the link.
        phones: Names of the phones, in order.
    """

    total: int
    across: int
    against: int
    phones: tuple[str, ...]

    def words(self, band: str) -> str:
        """Return what they are, and where each of them stands."""
        across = f", {self.across} across cases" if self.across else ""
        against = f", against {self.against} of which something speaks" if self.against else ""
        return (
            f"{counted(len(self.phones), 'phone')} that received its adverts or were in touch with it are linked with "
            f"one another by that alone ({self.total} {band} links{across}{against}): "
            f"{listed(self.phones, _PHONES_NAMED)}."
        )


class LinkGroup(msgspec.Struct, frozen=True):
    """Links of one line; ``line_id`` is empty where they are of no line that the report shows.

    Attributes:
        links: Those that are shown one by one.
        received: Those that stand in one row; None where none do.
        across: How many of all join phones of different cases.
        shared: On how many of all a wording on both phones is of several lines.
        assumed: How sure it is that the line is one, in a sentence; empty where no link says it.
        under_others: How many further links of the line stand under another one that they are of, too: by the id of
            that line, in the order of the page.
    """

    line_id: str
    links: tuple[Item, ...]
    received: Received | None
    total: int
    phone_count: int
    across: int
    shared: int
    assumed: str
    under_others: tuple[tuple[str, int], ...] = ()

    def under_others_words(self, titles: Mapping[str, str]) -> str:
        """Return how many more links of the line stand elsewhere, and where; empty where none do."""
        return "; ".join(f"{count} more of it under {titles[line_id]}" for line_id, count in self.under_others)

    @property
    def left_out(self) -> int:
        """How many links stand neither one by one nor in the row."""
        return self.total - len(self.links) - (self.received.total if self.received else 0)

    @property
    def shared_words(self) -> str:
        """What is said once of wordings that several lines use; empty where no link has any."""
        if not self.shared:
            return ""
        return (
            f"On both phones of {self.shared} of these links stand texts in wordings that several lines use. Such "
            "wordings are not counted; what else speaks for these links is."
        )


def of_the_link(against: Sequence[Item]) -> list[Item]:
    """Return what speaks against a link, but for what is said of all links of a line at once."""
    return [item for item in against if item["kind"] != _SAID_ONCE]


def elsewhere(title: str) -> str:
    """Return where the links of a line stand one by one; ``title``: what the page calls the line, or nothing."""
    of_line = f", line {title}" if title else ""
    return (
        "Each of them with its reasons: links.csv and link_reasons.csv, or the sheets of these names"
        f"{of_line}; of one "
        "pair: trapline report --exhibit A --exhibit B."
    )


class LinkPart(msgspec.Struct, frozen=True):
    """All links of one band."""

    groups: tuple[LinkGroup, ...]
    total: int

    @property
    def left_out(self) -> int:
        """How many stand on the page neither one by one nor in a row."""
        return sum(group.left_out for group in self.groups)


def link_part(
    links: Sequence[Item], lines: Sequence[Item], cases: Mapping[str, Collection[str]], labels: Mapping[str, str]
) -> LinkPart:
    """Return the links of a band by line.

    Within a line those with a phone that sent its adverts or has its number come first, of these and of the others
    those across cases, and else in the order given.

    Args:
        links: Those of the band.
        lines: Lines in the order of the page; a link of several stands under the first of them.
        cases: Of each device.
        labels: How the page names each device.
    """
    order = {line["line_id"]: place for place, line in enumerate(lines)}
    own = {line["line_id"]: _own_phones(line) for line in lines}
    held: dict[str, list[Item]] = {}
    further: dict[str, Counter[str]] = defaultdict(Counter)
    for link in links:
        first, *others = sorted(filter(order.__contains__, link["line_ids"]), key=order.__getitem__) or [""]
        held.setdefault(first, []).append(link)
        for line_id in others:
            further[line_id][first] += 1
    keys = sorted(held, key=lambda line_id: order.get(line_id, len(order)))
    split = [_split(held[key], own) for key in keys]
    for shown, _ in split:
        shown.sort(key=lambda link: (not _of_own_phone(link, own), not is_across(link, cases)))
    given = shares([len(shown) for shown, _ in split], LINKS_SHOWN)
    groups = tuple(
        LinkGroup(
            line_id=key,
            links=tuple(shown[:count]),
            received=_received(others, cases, labels),
            total=len(held[key]),
            phone_count=len(_phones(held[key])),
            across=sum(is_across(link, cases) for link in held[key]),
            shared=sum(any(item["kind"] == _SAID_ONCE for item in link["against"]) for link in held[key]),
            assumed=next(filter(None, (_assumed(link, key) for link in held[key])), ""),
            under_others=tuple(sorted(further[key].items(), key=lambda pair: order[pair[0]])),
        )
        for key, (shown, others), count in zip(keys, split, given, strict=True)
    )
    return LinkPart(groups, len(links))


def _own_phones(line: Item) -> frozenset[str]:
    return frozenset(row["device_id"] for row in line["devices"] if row["relation"] in OWN_PHONE)


def _split(links: Sequence[Item], own: Mapping[str, Collection[str]]) -> tuple[list[Item], list[Item]]:
    """Return the links that stand one by one, and those of phones of others by what came to them alone."""
    alone = [link for link in links if not _of_own_phone(link, own) and not _says_more(link)]
    if len(alone) <= _FEW:
        return list(links), []
    gathered = set(map(id, alone))
    return [link for link in links if id(link) not in gathered], alone


def _of_own_phone(link: Item, own: Mapping[str, Collection[str]]) -> bool:
    return any(link[end] in own.get(key, ()) for key in link["line_ids"] for end in ("a_device_id", "b_device_id"))


def _says_more(link: Item) -> bool:
    """Whether a link of phones of others rests on more than the line's traffic, or a person decided on it."""
    decided = link["is_by_decision"] or link["decision"] is not None
    return decided or any(reason["kind"] in _MORE_THAN_ADVERTS for reason in link["reasons"])


def _received(
    links: Sequence[Item], cases: Mapping[str, Collection[str]], labels: Mapping[str, str]
) -> Received | None:
    if not links:
        return None
    phones = sorted((labels[key] for key in _phones(links)), key=counting_order)
    return Received(
        total=len(links),
        across=sum(is_across(link, cases) for link in links),
        against=sum(bool(of_the_link(link["against"])) for link in links),
        phones=tuple(phones),
    )


def _assumed(link: Item, line_id: str) -> str:
    said = (reason["sentence"] for reason in link["reasons"] if reason["value"] == line_id and is_assumed(reason))
    return next(said, "")


def _phones(links: Sequence[Item]) -> set[str]:
    return {link[end] for link in links for end in ("a_device_id", "b_device_id")}
