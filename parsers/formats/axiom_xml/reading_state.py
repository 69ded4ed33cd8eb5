"""What the readers of one extraction share: counts, clocks, parties, and what was learnt of the handset."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from parsers.clocks import Clock
from parsers.contract import ReadContext, SourceStamp
from parsers.formats.axiom_xml.fragments import FragmentName
from parsers.locale_times import DAY_FIRST, MONTH_FIRST
from parsers.part_book import PartBook
from parsers.phone_numbers import number_key, to_e164
from parsers.plain_characters import to_plain_characters
from parsers.records.notices import Notice
from parsers.records.values import NO_MOMENT, ClockBasis, Moment
from parsers.tables.party_cells import PartyReader
from parsers.tables.time_cells import states_zone

_MOST: Final = 64
_BST, _BRITAIN, _SUMMER = "BST", "GB", "+01:00"
_KINDS: Final = ("imei", "iccid", "imsi", "msisdn")


class PartState:
    """One extraction: the hits of one item of evidence.

    Attributes:
        book: Counts and notices.
        evidence: What the export calls the evidence. None: it does not say.
        image: The image that its hits were read from, where that tells it from others. None: the evidence does.
        region: For numbers without a country code.
        parties: Reads cells that name people.
        identifiers: What was learnt of the handset and its cards, by kind, each once.
        make: Of the handset; so for model and system.
        is_told: Whether something was learnt since the extraction was given out last.
        disagrees: Whether dates show another order than the sidecar states.
    """

    def __init__(self, extraction_id: str, evidence: str | None, ctx: ReadContext, image: str | None = None) -> None:
        self.book = PartBook(extraction_id)
        self.evidence = evidence
        self.image = image
        owner = ctx.sidecar.owner_number
        own_key = number_key(owner, to_e164(owner, ctx.default_region)) if owner else None
        self.region = ctx.default_region
        self.parties = PartyReader(ctx.default_region, frozenset([own_key] if own_key else []))
        self.identifiers: dict[str, dict[str, None]] = {kind: {} for kind in _KINDS}
        self.make: str | None = None
        self.model: str | None = None
        self.os: str | None = None
        self.is_told = True
        self.disagrees = False
        self._stated_order = ctx.sidecar.date_order
        self._has_stated_zone = ctx.sidecar.time_zone is not None
        self._clocks = {
            order: Clock(ctx.time_zone, order or ctx.sidecar.date_order) for order in (None, DAY_FIRST, MONTH_FIRST)
        }

    @property
    def extraction_id(self) -> str:
        """Its id."""
        return self.book.extraction_id

    def learn(self, kind: str, value: str) -> None:
        """Take an identifier of the handset or a card."""
        held = self.identifiers[kind]
        if value not in held and len(held) < _MOST:
            held[value] = None
            self.is_told = True
            if kind == "msisdn":
                self.parties.learn_own(value)

    def moment(self, name: FragmentName, raw: str, shown: str | None = None) -> Moment:
        """Return a time, read with the zone and the order that its name states.

        Args:
            name: What the name says.
            raw: The value.
            shown: The order of day and month that the values under this name show. None: they show none.
        """
        text = to_plain_characters(raw)
        if not text:
            return NO_MOMENT
        if name.date_order is None and shown is not None and self._stated_order not in {None, shown}:
            self.disagrees = True
        clock = self._clocks[name.date_order or shown]
        basis = ClockBasis.DEVICE_LOCAL if name.is_local else ClockBasis.ASSUMED_ZONE
        moment = NO_MOMENT
        if not (":" in text and states_zone(text)):
            zone = self._zone_of(name)
            if zone is not None:
                moment = clock.locale(f"{text}{zone}", basis)
            elif name.zone_name is not None and not self._has_stated_zone:
                self.book.note("zone_name_unknown", subject=name.zone_name)
                return Moment(raw)
        if moment.utc is None and moment.offset_minutes is None:
            # The value may state a zone itself.
            moment = clock.locale(text, basis)
        return msgspec.structs.replace(moment, raw=raw)

    def _zone_of(self, name: FragmentName) -> str | None:
        """Return the zone that the name of a time states, and say which name of a zone stands beside it."""
        if name.zone is not None and name.zone_name is not None:
            self.book.note("zone_name_beside", subject=name.zone_name)
        is_british = name.zone_name == _BST and self.region == _BRITAIN
        return _SUMMER if is_british and name.zone is None else name.zone

    def notices(self) -> Iterator[Notice]:
        """Yield everything that is to be said of the extraction."""
        if self.disagrees:
            self.book.note("sidecar_disagrees", subject="date_order")
        yield from self.book.notices()
        for clock in self._clocks.values():
            yield from clock.notices(self.extraction_id)
        counts = (("number_rounded", self.parties.rounded_count), ("zero_restored", self.parties.lost_zero_count))
        for code, count in counts:
            if count:
                yield Notice(code=code, extraction_id=self.extraction_id, count=count)


class Place(msgspec.Struct, frozen=True):
    """Where a record stands, and what is put on it."""

    stamp: SourceStamp
    locator: str
    members: dict[str, str]
    """Name of a delivered file in lower case, without folder, to its member."""
