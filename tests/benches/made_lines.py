"""Phones of many lines for the bench of linkage: ten a line, made on the fly, each read as the service reads one.

A line has its own phone, six customers, two runners and one phone that has nothing to do with it, and every second line
changes its number once. Wordings come from one pool, so that lines share them; names repeat after a while. Numbers are
of a country code that does not exist: the ranges that are kept for fiction are too small for so many phones.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from zlib import crc32

from parsers.records.facts import Contact, Direction, Message
from parsers.records.findings import NO_NUMBER_CHANGE, NumberChange, NumberChangeRole, Span, SpanKind, TextFinding
from parsers.records.ids import derived_id
from parsers.records.values import ClockBasis, Moment, NumberRef, Party, SourceRef
from search.contract import ExtractionEntry
from search.linkage.extraction.edges import Collected, EdgeCollector
from tests.fakes.index_loads import entry

PHONES_A_LINE = 10
CUSTOMERS, RUNNERS = 6, 2
NAMES, WORDINGS, WORDINGS_A_LINE = 150, 400, 10
BROADCASTS, LIST = 24, 40
"""Broadcasts of a line over three months, and people on its list."""
START = datetime(2024, 1, 1, tzinfo=UTC)
_SYLLABLES = ("ka", "zo", "mi", "ru", "be", "fa", "lo", "nex", "tor", "vi")
_TALK = tuple(f"talk {place}" for place in range(2_000))


def number(*place: int | str) -> str:
    """Return the number of a party, the same for the same words."""
    return f"+999{crc32(' '.join(map(str, place)).encode()) % 10**9:09d}"


def _name(place: int) -> str:
    place %= NAMES
    return f"{_SYLLABLES[place % 10]}{_SYLLABLES[place // 10 % 10]}{_SYLLABLES[place // 100]}".title()


def _finding(text: str, template: str, score: float, line: str | None, change: NumberChange) -> TextFinding:
    spans = (Span(SpanKind.NUMBER, 0, 0, change.number, change.e164, "bench"),) if change.number else ()
    return TextFinding(
        text_id=derived_id("x", text),
        is_advert=score > 0.5,
        advert_score=score,
        line=line,
        line_surface=line,
        spans=spans,
        number_change=change,
        template_id=derived_id("t", template),
        template=template,
        slots=(("line", line),) if line else (),
        nlp_version="1",
        lexicon_version="1",
    )


class MadeLine:
    """One line and the phones around it.

    Args:
        place: Number of the line; the same number gives the same line.
        messages_a_phone: Messages on each of its phones, about.
    """

    def __init__(self, place: int, messages_a_phone: int) -> None:
        self.place = place
        self._messages = messages_a_phone
        chance = random.Random(place)
        self.numbers = [number("line", place, use) for use in range(1 + place % 2)]
        wordings = chance.sample(range(WORDINGS), WORDINGS_A_LINE)
        self._people = [number("party", place, at) for at in range(LIST)]
        self._people += [number("party", place + 1, at) for at in range(LIST // 4)]
        self._broadcasts = []
        for at in range(BROADCASTS):
            day = 90 * at / BROADCASTS + chance.random()
            use = at * len(self.numbers) // BROADCASTS
            self._broadcasts.append((day, use, self._advert(chance.choice(wordings), chance)))
        if len(self.numbers) > 1:
            change = NumberChange(NumberChangeRole.NEW, self.numbers[1], self.numbers[1])
            said = f"{_name(place)} new number {self.numbers[1]}"
            self._broadcasts.append((45.5, 0, _finding(said, "{line} new number {number}", 0.95, _name(place), change)))

    def _advert(self, wording: int, chance: random.Random) -> TextFinding:
        is_missed, is_named = chance.random() < 0.1, chance.random() < 0.7
        line = _name(self.place) if is_named and not is_missed else None
        template = f"{'{line} ' if line else ''}offer{wording} deal{wording % 7} ring{wording // 7}"
        score = 0.2 if is_missed else 0.95
        return _finding(template.replace("{line}", line or ""), template, score, line, NO_NUMBER_CHANGE)

    def phones(self) -> Iterator[tuple[ExtractionEntry, Collected]]:
        """Yield what the service keeps of each phone."""
        yield self._phone("line", 0, self.numbers[-1])
        for at in range(CUSTOMERS):
            yield self._phone("customer", at, self._people[at])
        for at in range(RUNNERS):
            yield self._phone("runner", at, number("runner", self.place, at))
        for at in range(PHONES_A_LINE - 1 - CUSTOMERS - RUNNERS):
            yield self._phone("other", at, number("other", self.place, at))

    def _phone(self, role: str, at: int, own: str) -> tuple[ExtractionEntry, Collected]:
        extraction_id = derived_id("ex", str(self.place), role, str(at))
        chance = random.Random(extraction_id)
        phone = _Phone(extraction_id, own)
        if role in {"line", "customer"}:
            self._add_broadcasts(phone, chance, is_sent=role == "line")
        others = self._people if role == "line" else self.numbers if role in {"customer", "runner"} else ()
        friends = [number("friend", self.place, role, at, place) for place in range(30)] + [number("taxi")]
        while phone.count < self._messages:
            day = 90 * chance.random()
            other = chance.choice(others) if others and chance.random() < 0.3 else chance.choice(friends)
            text = chance.choice(_TALK)
            said = _finding(text, text, 0.01 + chance.random() ** 8 * 0.4, None, NO_NUMBER_CHANGE)
            phone.text(other, day, said, is_sent=chance.random() < 0.5)
        for friend in friends:
            phone.save(friend)
        return phone.finished(f"{self.place}/{role}/{at}")

    def _add_broadcasts(self, phone: _Phone, chance: random.Random, *, is_sent: bool) -> None:
        for day, use, said in self._broadcasts:
            for place, person in enumerate(self._people if is_sent else (phone.own,)):
                if is_sent or chance.random() < 0.8:
                    sender = person if is_sent else self.numbers[use]
                    phone.text(sender, day + place / 20_000, said, is_sent=is_sent)


class _Phone:
    """One phone in the making."""

    def __init__(self, extraction_id: str, own: str) -> None:
        self.own = own
        self._extraction_id = extraction_id
        self._collector = EdgeCollector(extraction_id, [own])
        self.count = 0
        self._ordinal = 0
        self._days: list[float] = []

    def _base(self) -> dict[str, object]:
        self._ordinal += 1
        return {
            "source": SourceRef("0" * 64, "bench", None, str(self._ordinal), "bench", "1"),
            "record_id": derived_id("r", self._extraction_id, str(self._ordinal)),
            "extraction_id": self._extraction_id,
        }

    def text(self, other: str, day: float, said: TextFinding, *, is_sent: bool) -> None:
        instant = (START + timedelta(days=day)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        party, own = Party(other, other), Party(self.own, self.own, None, True)  # noqa: FBT003  # a field
        message = Message(
            **self._base(),  # type: ignore[arg-type]  # the fields that every record has
            service="sms",
            direction=Direction.OUTGOING if is_sent else Direction.INCOMING,
            from_party=own if is_sent else party,
            to=(party,) if is_sent else (own,),
            body=said.template,
            time=Moment(instant, instant, 0, ClockBasis.STATED_OFFSET),
        )
        self._collector.add(self._ordinal, message, said)
        self.count += 1
        self._days.append(day)

    def save(self, other: str) -> None:
        contact = Contact(**self._base(), name="friend", numbers=(NumberRef(other, other),))  # type: ignore[arg-type]  # as above
        self._collector.add(self._ordinal, contact)

    def finished(self, exhibit: str) -> tuple[ExtractionEntry, Collected]:
        made = entry(
            self._extraction_id,
            exhibit_ref=exhibit,
            msisdn=(self.own,),
            message_count=self.count,
            first_message_at=(START + timedelta(days=min(self._days))).isoformat().replace("+00:00", "Z"),
            last_message_at=(START + timedelta(days=max(self._days))).isoformat().replace("+00:00", "Z"),
        )
        return made, self._collector.collected()


def made_lines(messages: int, messages_a_phone: int) -> Sequence[MadeLine]:
    """Return as many lines as have so many messages on their phones."""
    count = max(1, round(messages / (PHONES_A_LINE * messages_a_phone)))
    return [MadeLine(place, messages_a_phone) for place in range(count)]
