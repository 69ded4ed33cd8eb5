"""What a line is called, and where that comes from: the analysis reads names in adverts, and may read one amiss."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from search.contract import Edge
from search.linkage.attribution.senders import Evidenced
from search.linkage.deal_lines.unread_names import UnreadName
from search.linkage.instants import periods_touch
from search.linkage.joining.groups import LineGroup
from search.linkage.keys import fold_name
from search.linkage.model import Line
from search.linkage.number_use.names import as_read
from search.linkage.phrases import counted

_CLAIMS: Final = frozenset({"real", "original", "official", "genuine"})
"""What is said of a name and is no part of it, with an article: who imitates a line says that it is the real one, and
the line says so of itself. A name that hardly ever stands without may be one (``Real Deal``)."""
_BARE_SHARE: Final = 0.25
"""Of the adverts of a name with such a word as many at least have it bare. Reasoned: one slip renames no line."""
_SPELLINGS = 5
"""Ways of writing a name that are listed where it is counted."""
_OF_ALL_TIME = "That is of everything held, not of the period of this report alone."


class Title(msgspec.Struct, frozen=True):
    """What a line is called.

    Attributes:
        name: None: its adverts carry no name, and phones saved none.
        basis: Where the name comes from, in one sentence or two; empty where there is none.
        saved_on: Phones whose contacts are all that the name rests on; 0 where it stands in adverts.
    """

    name: str | None
    basis: str = ""
    saved_on: int = 0


def called(group: LineGroup) -> tuple[str, ...]:
    """Return the folded form by which a group is called; none where no name is read in its adverts.

    That which stands for its name, without a word that claims this to be the real one, where it stands so too.
    """
    words = [*map(fold_name, (as_read(_adverts(group), group.names[:1]) or "").split())]
    if _CLAIMS.isdisjoint(words):
        return group.names[:1]
    bare = "".join(word for word in words if word not in {"the", *_CLAIMS})
    counts: Counter[str] = Counter()
    for advert in _adverts(group):
        counts[fold_name(advert.edge.label)] += advert.edge.count
    is_told_so = bare in group.forms and counts[bare] >= _BARE_SHARE * counts["".join(words)]
    return (bare,) if is_told_so else group.names[:1]


def _adverts(group: LineGroup) -> Iterable[Evidenced]:
    return (advert for spell in group.spells for advert in spell.adverts)


def title_of(group: LineGroup, unread: UnreadName | None, forms: Mapping[str, Sequence[Edge]]) -> Title:
    """Return the title of a group; ``forms``: those that its names take in adverts, with their edges."""
    if unread is not None:
        return Title(unread.name, unread.sentence, 0 if forms else unread.saved_on)
    known = called(group)
    name = as_read(_adverts(group), known)
    if name is None:
        return Title(None)
    # as the forms are counted: an advert that bears a name by what others tell of it has none to be read
    counts = {
        form: count
        for form, edges in forms.items()
        if (count := sum(edge.count for edge in edges if edge.key in known))
    }
    adverts = sum(counts.values()) or sum(
        advert.edge.count for advert in _adverts(group) if fold_name(advert.edge.label) in known
    )
    return Title(
        name,
        f"It is called {name} here because the analysis reads that as a name in "
        f"{counted(adverts, 'advert')}{_spelled(name, counts)}; it may read it amiss.",
    )


def _spelled(name: str, counts: Mapping[str, int]) -> str:
    """Return in which spellings the name is counted; empty where it stands as it is called here alone."""
    spellings = sorted(counts, key=lambda form: (-counts[form], form))
    if spellings in ([], [name]):
        return ""
    more = len(spellings) - _SPELLINGS
    return f" (as {', '.join(spellings[:_SPELLINGS])}{f' and in {more} more ways' if more > 0 else ''})"


def titles_of_all_time(groups: Iterable[LineGroup], lines: Sequence[Line]) -> dict[str, Title]:
    """Return the titles of groups of a period, by line id: those of the lines that they are part of.

    Args:
        groups: Of the period.
        lines: The lines that linkage finds in everything held.
    """
    using: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        for sender in {sender for sender, _, _ in line.senders}:
            using[sender].append(line)
    found = {}
    for group in groups:
        whole = _whole_line(group, using)
        if whole is not None and whole.name is not None:
            found[group.line_id] = Title(whole.name, f"{whole.name_basis} {_OF_ALL_TIME}", whole.name_saved_on)
    return found


def _whole_line(group: LineGroup, using: Mapping[str, Sequence[Line]]) -> Line | None:
    """Return the line that has most spells of a group in the time of each; None where none has."""
    shared: dict[str, int] = defaultdict(int)
    lines: dict[str, Line] = {}
    for spell in group.spells:
        for line in using.get(spell.sender, ()):
            if any(sender == spell.sender and _meet(period, spell.period) for sender, *period in line.senders):
                shared[line.line_id] += 1
                lines[line.line_id] = line
    best = min(shared, key=lambda line_id: (-shared[line_id], line_id), default=None)
    return None if best is None else lines[best]


def _meet(one: Sequence[str | None], other: tuple[str | None, str | None]) -> bool:
    first, last = one
    return None in (first, last) or None in other or periods_touch((first, last), other, 0)
