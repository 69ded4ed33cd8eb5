"""Numbers announced by a slip of the thumb and put right at once: "ignore last txt its 07700 900986"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from search.linkage.attribution.senders import Evidenced
from search.linkage.instants import days_between, earliest, latest
from search.linkage.number_use.spells import Spell
from search.linkage.phrases import day_of

_PUT_RIGHT_DAYS: Final = 2.0
"""From the last text with the slip to the first with the right number. Reasoned: whom nobody rings notices by then."""

Told = tuple[Spell, Spell, Sequence[Evidenced]]
"""The spell that announces, the spell of the number, and the announcements."""


def slips(told: Collection[Told], given: Collection[Told]) -> list[tuple[Spell, Spell, str]]:
    """Return the spells of numbers announced by a slip, each with the spell that announced it and the sentence.

    Nothing came from the number. The same sender told another one, written with the same digits but for one, or with
    two side by side changed over, within two days of it; that is in use, or was told later.

    Args:
        told: What each number announced as its next ones.
        given: What it gave in texts of which nobody reads which number is new: "typo, right number is 07700 900986".
    """
    found: list[tuple[Spell, Spell, str]] = []
    by_speaker: dict[int, list[Told]] = defaultdict(list)
    for each in (*told, *given):
        by_speaker[each[0].place].append(each)
    for old, wrong, said in told:
        if not wrong.is_announced_only:
            continue
        for _, right, others in by_speaker[old.place]:
            if _is_slip_of(wrong.sender, right.sender):
                began = _put_right_at(said, others, is_in_use=not right.is_announced_only)
                if began is not None:
                    sentence = (
                        f"{old.sender} gave {wrong.sender} as its next number and then, on {day_of(began)}, "
                        f"{right.sender}, which differs by a slip of the thumb; nothing came from the first, which is "
                        "not taken for a number of the line."
                    )
                    found.append((old, wrong, sentence))
                    break
    return found


def _put_right_at(said: Iterable[Evidenced], others: Iterable[Evidenced], *, is_in_use: bool) -> str | None:
    """Return when the right number was first told after the wrong one or beside it. None: it was not, or not soon."""
    first, last = (pick(each.edge.first_at for each in said) for pick in (earliest, latest))
    instants = sorted(at for each in others for at in (each.edge.first_at, each.edge.last_at) if at is not None)
    if first is None or last is None:
        return None
    later = [at for at in instants if days_between(first, at) >= 0 and days_between(last, at) <= _PUT_RIGHT_DAYS]
    return later[0] if later and (is_in_use or instants[0] > first) else None


def _is_slip_of(one: str, other: str) -> bool:
    """Whether two numbers differ in one digit, or in two side by side that changed places."""
    if len(one) != len(other):
        return False
    at = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    is_swap = len(at) == 2 and at[1] == at[0] + 1 and one[at[0]] == other[at[1]] and one[at[1]] == other[at[0]]
    return len(at) == 1 or is_swap
