"""Numbers that a line had for a day: "Rico on this phone just for today, other one is on charge".

One name from a number that nobody has seen, to the same people, is what an imitator sends too, and a day shows neither
his words nor his list. Who goes for a line's customers does not tell them that he is gone tomorrow, and the line does
not fall silent for him just then. So the text must say that it is for the day, or that another phone is out of use;
the line's own number must send nothing meanwhile (on the day itself it may have sent before), and must have sent to
nearly all who got it before and again after; and it must not warn them of anybody afterwards, but in words that it had
sent again and again. Where the line changed its number shortly before, what it sent from that one counts. Where it has
two, as for day and night, and both were silent and have these customers, it is the line's whichever it stood in for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from typing import Final

from search.linkage.attribution.evidence import Evidence
from search.linkage.attribution.senders import Evidenced
from search.linkage.extraction.edge_table import merged_record_ids
from search.linkage.extraction.said_edges import DAY_CHARS
from search.linkage.extraction.wording_keys import unstretched
from search.linkage.instants import days_between
from search.linkage.joining.announcements import PlacedJoin
from search.linkage.model import Join
from search.linkage.number_use.spells import Spell
from search.linkage.number_use.told_renames import IMITATES, spoken_words
from search.linkage.phrases import counted, day_of
from search.linkage.weights import JOIN_WEIGHTS

BORROWED: Final = "borrowed_for_a_day"
_MOST_DAYS: Final = 2.0
_LEAST_PHONES: Final = 2
_MOST: Final = 2 / 3
_NEARLY_ALL: Final = 0.75
"""Of the phones that got it, those that the line's number sent to before and after; and of these, those that got it.
Reasoned; of thirteen such numbers of sixteen worlds of another maker none has less."""
_PAUSE_DAYS: Final = 0.25
"""How long the line's number sends nothing after the first text, where it sent on that day before."""
_AROUND_DAYS: Final = 60.0
"""How far from it the line's own number must have sent to those phones."""
_WARNED_DAYS: Final = 7.0
"""Who sees his name on another phone says so when he sends next. Reasoned."""
_DAYS_OF_ALWAYS: Final = 2
"""Days before on which a line had sent a warning: it is then one of its texts, and no answer to what came now."""


def _words(*words: str) -> frozenset[str]:
    return frozenset(map(unstretched, words))


_PHONE: Final = _words("phone", "fone", "fon", "phne", "mobile", "mob", "moby", "handset", "sim", "number", "num", "no")
_BORROWED: Final = _words("borrowed", "borrowing", "borrow", "lent", "loan", "loaned", "lend")
_OTHER: Final = _words("other", "main", "normal", "usual", "proper", "regular", "mine", "mines", "real")
_OUT_OF_USE: Final = _words(
    *("charge", "charging", "charger", "battery", "batt", "flat", "cracked", "broke", "broken", "smashed", "screen"),
    *("fixed", "fixing", "repair", "repaired", "mended", "dead", "died", "bk", "back"),
)
_TODAY: Final = _words("today", "2day", "tday", "tonight", "tonite", "2nite", "2night", "tnite", "day")
_ONLY: Final = _words("only", "just", "til", "till", "until", "for")
_WHILE: Final = frozenset({*_TODAY, *_words("tomorrow", "tomoz", "tmrw", "tomo", "tmo", "tom", "2moro", "morning")})
_THIS: Final = _words("this", "dis", "diff", "different", "another", "mates", "mate")
_FOR_GOOD: Final = _words("new", "save", "delete", "lost", "binned", "gone", "nicked", "forever", "good", "permanent")
"""Who has another number for good says so."""
_WARNS: Final = IMITATES | _words("impersonating", "imposter", "impostor", "nothing")
_NOT: Final = _words("not", "aint", "isnt", "wasnt", "arent", "never")
_US: Final = _words("me", "us", "we", "ours", "him", "them")


def borrowed_joins(
    spells: Sequence[Spell], evidence: Evidence, others: Iterable[PlacedJoin] = ()
) -> Iterator[PlacedJoin]:
    """Yield the joins of numbers that were in use for a day with the one line that each stood in for a number of.

    Where the numbers of two lines of one name may be it, it is joined with none.

    Args:
        spells: All spells, by place.
        evidence: All that lines are made from.
        others: What joins other spells; of one line here are only those that it joins by themselves.
    """
    joined: dict[int, set[int]] = defaultdict(set)
    for a, b, _ in others:
        joined[a].add(b)
        joined[b].add(a)
    brief = [spell for spell in spells if _is_brief(spell)]
    for spell in brief:
        said = [words for words in spoken_words(_to_many(spell), evidence.template_texts) if is_for_the_day(words)]
        if not said:
            continue
        lines = [
            other
            for other in spells
            if other.sender != spell.sender
            and _stood_in(spell, other, _of_line(spell, other, spells, joined), evidence)
        ]
        if all(b.place in joined[a.place] for a, b in combinations(lines, 2)):
            for line in lines:
                beside = [of for of in lines if of is not line]
                earlier = _earlier(spell, _of_line(spell, line, spells, joined))
                yield line.place, spell.place, _join(spell, line, beside, earlier, evidence)


def is_for_the_day(words: Sequence[str]) -> bool:
    """Whether a text says that the phone which it comes from is used for the day, or while another one is out of use.

    Args:
        words: Its words, folded, without doubled letters.
    """
    held = frozenset(words)
    if not held.isdisjoint(_FOR_GOOD) or _warns(words):
        return False
    has_phone = not held.isdisjoint(_PHONE)
    if has_phone and not held.isdisjoint(_BORROWED):
        return True
    if held.isdisjoint(_THIS) or held.isdisjoint(_WHILE):
        return False
    is_other_out = not held.isdisjoint(_OTHER) and not held.isdisjoint(_OUT_OF_USE)
    return is_other_out or (has_phone and _says_today_only(words))


def _says_today_only(words: Sequence[str]) -> bool:
    """Whether "only" and "today" stand side by side, or with a word between: "just for today", "for the day"."""
    return any(
        word in _TODAY and not _ONLY.isdisjoint((*words[max(0, at - 2) : at], *words[at + 1 : at + 2]))
        for at, word in enumerate(words)
    )


def _is_brief(spell: Spell) -> bool:
    if not spell.has_number or not spell.names or not spell.is_broadcast or len(spell.receiving) < _LEAST_PHONES:
        return False
    first, last = spell.period
    return first is not None and last is not None and days_between(first, last) <= _MOST_DAYS


def _to_many(spell: Spell) -> Iterator[Evidenced]:
    return (advert for advert in spell.adverts if advert.edge.other not in spell.to_few)


def _of_line(brief: Spell, line: Spell, spells: Iterable[Spell], joined: Mapping[int, Collection[int]]) -> list[Spell]:
    """Return what a number is joined with, of the spells that share a name with a number in use for a day."""
    return [of for of in spells if of.place in joined.get(line.place, ()) and of.shares_a_name(brief)]


def _earlier(brief: Spell, of_line: Iterable[Spell]) -> list[Spell]:
    """Return the numbers that a line left in the weeks before one for a day."""
    begun = brief.first_at or ""
    return [of for of in of_line if of.last_at is not None and _is_near(of.last_at, begun, before=True)]


def _stood_in(brief: Spell, line: Spell, of_line: Sequence[Spell], evidence: Evidence) -> bool:
    """Whether a number in use for a day stood in for another one, which paused for it.

    Args:
        brief: The number in use for a day.
        line: The other one.
        of_line: What that is joined with.
        evidence: Whose flares say whether it went on sending.
    """
    (first, last), (begun, ended) = brief.period, line.period
    if first is None or last is None or begun is None or ended is None:
        return False
    if not line.has_number or not line.shares_a_name(brief) or not begun < first <= last < ended:
        return False
    if not line.is_broadcast or not _is_silent(line, first, last):
        return False
    had_before = frozenset().union(*(_got(of, first, before=True) for of in (line, *_earlier(brief, of_line))))
    had = had_before & _got(line, last, before=False)
    both = had & brief.receiving
    are_enough = len(both) >= max(_LEAST_PHONES, _MOST * len(brief.receiving), _NEARLY_ALL * len(had))
    is_warned = _warns_after(line, last, _always_said((line, *of_line), first, evidence), evidence)
    return are_enough and not is_warned and not _sends_soon(line, first, evidence)


def _is_silent(line: Spell, first: str, last: str) -> bool:
    """Whether a number began no broadcast in a period; on its first day it may have sent before."""
    return not any(first[:DAY_CHARS] < day <= last[:DAY_CHARS] for day in line.days)


def _sends_soon(line: Spell, first: str, evidence: Evidence) -> bool:
    """Whether a number began a broadcast in the hours behind an instant."""
    return any(
        sender == line.sender
        and flare.started_at is not None
        and 0 < days_between(first, flare.started_at) <= _PAUSE_DAYS
        for _, flare, sender in evidence.flares
    )


def _got(line: Spell, at: str, *, before: bool) -> frozenset[str]:
    """Return the phones that got adverts of a number in the weeks before or after an instant."""
    return frozenset(
        advert.device_id
        for advert in line.adverts
        if advert.device_id in line.receiving and any(_is_near(held, at, before=before) for held in _instants(advert))
    )


def _instants(advert: Evidenced) -> Iterable[str]:
    return (at for at in (advert.edge.first_at, advert.edge.last_at) if at is not None)


def _is_near(held: str, at: str, *, before: bool) -> bool:
    days = days_between(held, at) if before else days_between(at, held)
    return 0 < days <= _AROUND_DAYS


def _always_said(of_line: Iterable[Spell], first: str, evidence: Evidence) -> frozenset[str]:
    """Return the templates that the numbers of a line had sent on several days before an instant."""
    numbers = {of.sender for of in of_line}
    days: dict[str, set[str]] = defaultdict(set)
    for _, flare, sender in evidence.flares:
        if sender in numbers and flare.started_at is not None and flare.started_at < first:
            days[flare.template_id].add(flare.started_at[:DAY_CHARS])
    return frozenset(key for key, held in days.items() if len(held) >= _DAYS_OF_ALWAYS)


def _warns_after(line: Spell, last: str, always: Collection[str], evidence: Evidence) -> bool:
    """Whether a number warned of somebody in the days after an instant, in words that are not what it always says."""
    soon = (
        advert
        for advert in line.adverts
        if advert.edge.other not in always
        and any(0 < days_between(last, at) <= _WARNED_DAYS for at in _instants(advert))
    )
    return any(_warns(words) for words in spoken_words(soon, evidence.template_texts))


def _warns(words: Sequence[str]) -> bool:
    """Whether a text speaks of one who imitates: of fakes, of who uses the name, or that somebody "aint me"."""
    is_denied = any(word in _NOT and after in _US for word, after in pairwise(words))
    return is_denied or not _WARNS.isdisjoint(words) or {"using", "name"}.issubset(words)


def _join(brief: Spell, line: Spell, beside: Sequence[Spell], earlier: Sequence[Spell], evidence: Evidence) -> Join:
    """Return the join with a line's number.

    Args:
        brief: The number in use for a day.
        line: The line's number.
        beside: Others of that line that it may have stood in for as well.
        earlier: What the line had before its number.
        evidence: What says how numbers are shown.
    """
    number, own = evidence.sender_label(brief.sender), evidence.sender_label(line.sender)
    known, left = (" and ".join(evidence.sender_label(of.sender) for of in held) for held in (beside, earlier))
    which = f" It may have stood in for {known} as well, which is of one line with {own}." if beside else ""
    before = f"before, from {left} too," if earlier else "before"
    on = f" on {day_of(brief.first_at)}" if brief.first_at else ""
    return Join(
        kind=BORROWED,
        older=line.sender,
        newer=brief.sender,
        weight=JOIN_WEIGHTS[BORROWED],
        sentence=(
            f"{number} said under the name of {own}{on} that it is in use for the day, or while another phone is not; "
            f"{own} sent nothing then, and {before} and afterwards to "
            f"{counted(len(brief.receiving & line.receiving), 'phone')} that got it.{which}"
        ),
        record_ids=merged_record_ids([advert.edge for spell in (brief, line) for advert in spell.adverts[:2]], 4),
        at=brief.first_at,
    )


def borrowed_numbers(joins: Iterable[Join]) -> frozenset[str]:
    """Return the numbers of a line that stood in for another one for a day: they follow none, and none follows them."""
    return frozenset(join.newer for join in joins if join.kind == BORROWED)
