"""Lines, who is a member of them and how, and which number took over from which, as the measures define them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

import msgspec

from ingest.demo.truth import Travel
from tests.linkage_worlds.building import WorldBuilder
from tests.linkage_worlds.cast import Line, Phone, Stint
from tests.linkage_worlds.seizure import Held

SENT, RECEIVED, SIM, CONTACT = "sent_adverts", "received_adverts", "carries_line_sim", "contact_of_line"
_LEAST_ADVERTS = 2


class StintTruth(msgspec.Struct, frozen=True):
    """A number in a line's use, from and to.

    Attributes:
        is_knowable: Whether the phones held show that it is this line's: an advert from it names the line, or one
            announces it. Of a line that is never named, its most used number is knowable.
    """

    number: str
    since: datetime
    until: datetime
    is_knowable: bool


class LineTruth(msgspec.Struct, frozen=True, kw_only=True):
    """One deal line as the phones held can show it.

    Attributes:
        names: Brands that adverts on the phones name; empty: they name none.
        members: Relations by phone.
        unknowable: Phones that belong to it through a number alone that no advert or announcement on the phones held
            shows as its number.
        is_required: Whether a right report has it: two adverts or more are on the phones held, and it is no
            imitation. One that is not required may be in a report or not.
        successions: Pairs of old and new number that the phones held can show.
        possible_successions: Further pairs that are right to state where a number between was never seen.
    """

    key: str
    names: tuple[str, ...]
    stints: tuple[StintTruth, ...]
    members: Mapping[str, frozenset[str]]
    unknowable: frozenset[str]
    is_required: bool
    successions: tuple[tuple[str, str], ...]
    possible_successions: tuple[tuple[str, str], ...]
    is_imitation: bool


def lines_of(world: WorldBuilder, everything: list[Held]) -> Iterator[LineTruth]:
    """Yield the truth of every line that the phones held show at all."""
    seen = _Seen(world.lines, everything)
    for line in world.lines:
        visible = seen.knowable_numbers(line.key)
        adverts = sum(seen.adverts_of[line.key][number] for number in visible)
        known = [stint for stint in line.stints if stint.number in visible]
        members = {held.phone.key: frozenset(found) for held in everything if (found := _relations(line, known, held))}
        belonging = {held.phone.key for held in everything if _relations(line, line.stints, held)}
        yield LineTruth(
            key=line.key,
            names=tuple(sorted(seen.names_of[line.key])),
            stints=tuple(
                StintTruth(stint.number, stint.since, stint.until, stint.number in visible) for stint in line.stints
            ),
            members=members,
            unknowable=frozenset(belonging - members.keys()),
            is_required=adverts >= _LEAST_ADVERTS and not line.is_imitation,
            successions=tuple(pair for pair in line.successions if visible >= set(pair)),
            possible_successions=tuple(_possible(line)),
            is_imitation=line.is_imitation,
        )


class _Seen:
    """What the phones held show of each line: adverts, brands, and numbers that sent or were announced in one."""

    def __init__(self, lines: Iterable[Line], everything: list[Held]) -> None:
        self.adverts_of: dict[str, Counter[str]] = defaultdict(Counter)
        self.names_of: dict[str, set[str]] = defaultdict(set)
        self.numbers_of: dict[str, set[str]] = defaultdict(set)
        pairs = [pair for line in lines for pair in line.successions]
        named: dict[str, dict[str, set[str]]] = {"old": defaultdict(set), "new": defaultdict(set)}
        for old, new in pairs:
            named["old"][old].add(new)
            named["new"][new].add(old)
        for held in everything:
            for text in held.every_text():
                said = held.said[text.key]
                if said.line is None:
                    continue
                self.adverts_of[said.line][said.sender] += 1
                announced = named.get((said.wording or "").split(maxsplit=1)[0], {}).get(said.sender, set())
                self.numbers_of[said.line] |= {said.sender, *announced} if announced else set()
                if said.names is not None:
                    self.names_of[said.line].add(said.names)
                    self.numbers_of[said.line].add(said.sender)

    def knowable_numbers(self, key: str) -> set[str]:
        """Return the numbers that the phones held show as the line's."""
        most_used = [number for number, _ in self.adverts_of[key].most_common(1)]
        return self.numbers_of[key] or set(most_used)


def _possible(line: Line) -> Iterator[tuple[str, str]]:
    numbers = [line.successions[0][0], *(new for _, new in line.successions)] if line.successions else []
    for place, old in enumerate(numbers):
        for new in numbers[place + 1 :]:
            yield old, new


def _relations(line: Line, stints: Sequence[Stint], held: Held) -> set[str]:
    """Return how the phone belongs to the line through these of its numbers, as far as its files can show it.

    A number that is only saved, or only talked about, makes no member.
    """
    found = set()
    numbers = {stint.number for stint in stints}
    for text in held.every_text():
        said = held.said[text.key]
        went = text.travel is Travel.OUT
        if said.line == line.key and said.sender in numbers:
            found.add(SENT if went else RECEIVED)
        elif said.wording is None and any(
            _is_line(stints, other, said.at) for other in (said.recipients if went else (said.sender,))
        ):
            found.add(CONTACT)
    for rang in held.rang.values():
        others = {rang.caller, rang.callee} - {held.phone.number_at(rang.at)}
        if any(_is_line(stints, other, rang.at) for other in others):
            found.add(CONTACT)
    if any(_carries(held.phone, stint) for stint in stints):
        found.add(SIM)
    return found


def _is_line(stints: Sequence[Stint], number: str, at: datetime) -> bool:
    return any(stint.number == number and stint.since <= at <= stint.until for stint in stints)


def _carries(phone: Phone, stint: Stint) -> bool:
    """Whether its files state the number; of an earlier SIM of the handset they know nothing."""
    if not phone.states_number or phone.number != stint.number:
        return False
    return any(
        held.card.number == stint.number
        and held.since <= stint.until + timedelta(hours=3)
        and stint.since <= held.until
        for held in phone.carried
    )
