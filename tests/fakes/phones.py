"""Seized phones for tests of linkage: messages are written as a test says them, edges are made as in the service.

Texts carry their finding with them, so that linkage is tested on what the analysis is meant to say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from parsers.records.facts import Call, CallType, Contact, Direction, Message, Record, Sim
from parsers.records.findings import NO_NUMBER_CHANGE, NumberChange, NumberChangeRole, Span, SpanKind, TextFinding
from parsers.records.ids import derived_id
from parsers.records.values import ClockBasis, Moment, NumberRef, Party, SourceRef
from search.contract import ExtractionEntry
from search.linkage.extraction.edges import Collected, EdgeCollector
from search.linkage.linkage import compute_linkage
from search.linkage.model import Line, Link, Linkage
from tests.fakes.memory_index import MemoryIndex

_TEXTS: dict[str, str] = {}
"""Text by its id: what a finding does not carry, and a message does."""

START = datetime(2024, 1, 1, 9, tzinfo=UTC)


def number(place: int) -> str:
    """Return a number of Ofcom's drama range."""
    return f"+447700900{place:03d}"


def instant(day: float) -> str:
    """Return the instant so many days after the start of the tests' year."""
    return (START + timedelta(days=day)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


_ORDERS = ("u about", "u on", "you about", "are you about", "can i get", "need ")
"""How what customers write to a line begins here."""


def finding(
    text: str,
    *,
    template: str | None = None,
    line: str | None = None,
    advert: bool = False,
    change: NumberChange | None = None,
) -> TextFinding:
    """Return what the analysis says of a text; without a template the text is a template of its own."""
    spans: tuple[Span, ...] = ()
    if change is not None and change.number is not None:
        spans = (Span(SpanKind.NUMBER, 0, 0, change.number, change.e164, "test"),)
    text_id = derived_id("x", text)
    _TEXTS[text_id] = text
    return TextFinding(
        text_id=text_id,
        is_advert=advert,
        advert_score=0.9 if advert else 0.1,
        order_score=0.95 if text.startswith(_ORDERS) else 0.0,
        line=line,
        line_surface=f"{line} line" if line else None,
        spans=spans,
        number_change=change or NO_NUMBER_CHANGE,
        template_id=derived_id("t", template or text),
        template=template or text,
        slots=(("line", line),) if line else (),
        nlp_version="1",
        lexicon_version="1",
    )


_WAYS = {True: Direction.OUTGOING, False: Direction.INCOMING, None: Direction.UNKNOWN}


class Phone:
    """One seized phone with its own number."""

    def __init__(self, name: str, own: int | None, *, case: str = "OP/1", imei: str | None = None) -> None:
        self.name = name
        self.own = number(own) if own is not None else None
        self.case = case
        self.imei = imei
        self.device_id = f"dv-{name}"
        self.extraction_id = f"ex-{name}"
        self.iccid: tuple[str, ...] = ()
        self.superseded_by: str | None = None
        self.is_owner_stated = False
        self.rows: list[tuple[Record, TextFinding | None]] = []

    def _base(self) -> Mapping[str, object]:
        locator = str(len(self.rows))
        return {
            "source": SourceRef("0" * 64, f"{self.name}.ufdr", None, locator, "ufdr", "1"),
            "record_id": derived_id("r", self.name, locator),
            "extraction_id": self.extraction_id,
        }

    def text(
        self,
        other: str | Sequence[str] | None,
        day: float | None,
        said: TextFinding,
        *,
        sent: bool | None,
        name: str | None = None,
        service: str = "sms",
    ) -> None:
        """Add a text with the other party or parties; ``sent`` None: who of them wrote it is not said."""
        others = [other] if other is None or isinstance(other, str) else list(other)
        parties = tuple(Party(raw=key, e164=key if key and key.startswith("+") else None, name=name) for key in others)
        own = Party(raw=self.own, e164=self.own if self.own and self.own.startswith("+") else None, is_owner=True)
        moment = Moment() if day is None else Moment(instant(day), instant(day), 0, ClockBasis.STATED_OFFSET)
        message = Message(
            **self._base(),  # type: ignore[arg-type]  # the fields that every record has
            service=service,
            direction=_WAYS[sent],
            from_party={True: own, False: parties[0], None: None}[sent],
            to=(own,) if sent is False else parties,
            body=_TEXTS[said.text_id],
            time=moment,
        )
        self.rows.append((message, said))

    def call(self, other: str, day: float | None, *, made: bool) -> None:
        """Add a call."""
        moment = Moment() if day is None else Moment(instant(day), instant(day), 0, ClockBasis.STATED_OFFSET)
        party, own = Party(raw=other, e164=other), Party(raw=self.own, e164=self.own, is_owner=True)
        call = Call(
            **self._base(),  # type: ignore[arg-type]  # the fields that every record has
            call_type=CallType.OUTGOING if made else CallType.INCOMING,
            from_party=own if made else party,
            to=(party,) if made else (own,),
            duration_seconds=30,
            time=moment,
        )
        self.rows.append((call, None))

    def save(self, other: str, name: str) -> None:
        """Add a contact."""
        contact = Contact(
            **self._base(),  # type: ignore[arg-type]  # the fields that every record has
            name=name,
            numbers=(NumberRef(other, other),),
        )
        self.rows.append((contact, None))

    def lists_sim(self, msisdn: str) -> None:
        """Add a SIM of which the file states a number."""
        self.rows.append((Sim(**self._base(), msisdn=(msisdn,)), None))  # type: ignore[arg-type]  # see above

    def collected(self) -> Collected:
        """Return the edges of the phone."""
        own = [self.own] if self.own else []
        collector = EdgeCollector(self.extraction_id, own, is_owner_stated=self.is_owner_stated)
        for ordinal, (record, said) in enumerate(self.rows):
            collector.add(ordinal, record, said)
        return collector.collected()

    def entry(self) -> ExtractionEntry:
        """Return the phone's row of the catalogue."""
        messages = [record for record, _ in self.rows if isinstance(record, Message)]
        times = sorted(message.time.utc for message in messages if message.time.utc is not None)
        counts = {"seen": len(self.rows), "indexed": len(self.rows), "merged": 0, "noticed": 0}
        return ExtractionEntry(
            extraction_id=self.extraction_id,
            device_id=self.device_id,
            file_name=f"{self.name}.ufdr",
            sha256=derived_id("x", self.name)[2:].ljust(64, "0"),
            size_bytes=1000,
            format="ufdr",
            tool="UFED",
            parser_version="1",
            nlp_version="1",
            lexicon_version="1",
            case_ref=self.case,
            exhibit_ref=self.name,
            state="complete",
            superseded_by=self.superseded_by,
            tally={"message": counts},
            imei=(self.imei,) if self.imei else (),
            iccid=self.iccid,
            msisdn=(self.own,) if self.own else (),
            message_count=len(messages),
            call_count=sum(isinstance(record, Call) for record, _ in self.rows),
            contact_count=sum(isinstance(record, Contact) for record, _ in self.rows),
            first_message_at=times[0] if times else None,
            last_message_at=times[-1] if times else None,
        )


def offer(line: str | None, wording: str = "{line} on both 3 for 25") -> TextFinding:
    """Return an advert of the line in the wording."""
    return finding(f"{line} {wording}", template=wording, line=line, advert=True)


def moved_to(new: str, line: str | None = None) -> TextFinding:
    """Return an announcement by the old number; an advert where it names a line."""
    change = NumberChange(NumberChangeRole.NEW, new, new)
    return finding(
        f"{line} new number {new}",
        template="{line} new number {number}",
        line=line,
        advert=line is not None,
        change=change,
    )


def moved_from(old: str | None, line: str | None = None) -> TextFinding:
    """Return an announcement by the new number; without an old one it names none."""
    role = NumberChangeRole.OLD if old else NumberChangeRole.NEW
    change = NumberChange(role, old, old)
    return finding(
        f"{line} this is my new number, old was {old}", template="{line} my new number, old was {number}", line=line,
        advert=line is not None, change=change,
    )  # fmt: skip


def campaign(
    line: str, sender: str, phones: Sequence[Phone], days: Sequence[float], wording: str = "{line} on both 3 for 25"
) -> None:
    """Let every phone receive an advert of the line from the sender on every day."""
    for phone in phones:
        for day in days:
            phone.text(sender, day, offer(line, wording), sent=False)


async def index_of(phones: Sequence[Phone]) -> MemoryIndex:
    """Return an index that holds the phones."""
    index = MemoryIndex()
    for phone in phones:
        collected = phone.collected()
        await index.put_entries([phone.entry()])
        await index.put_edges(phone.extraction_id, collected.edges, collected.flares, collected.templates)
    return index


def predecessors(linkage: Linkage) -> dict[str, str | None]:
    """Return the numbers of all lines, each with the one that it took over from."""
    return {held.number: held.succeeds for line in linkage.lines for held in line.numbers}


async def linked(*phones: Phone) -> Linkage:
    """Return what linkage states over the phones."""
    return await compute_linkage(await index_of(phones))


def the_line(linkage: Linkage, name: str) -> Line:
    """Return the one line of the name."""
    (line,) = [line for line in linkage.lines if line.name == name]
    return line


def members(line: Line) -> set[str]:
    """Return the names of the phones that are members of a line."""
    return {row.device_id.removeprefix("dv-") for row in line.devices if row.relation != "mentions_line"}


def link_between(linkage: Linkage, a: Phone, b: Phone) -> Link | None:
    """Return the link of two phones, or None."""
    pair = tuple(sorted((a.device_id, b.device_id)))
    return next((link for link in linkage.links if (link.a_device_id, link.b_device_id) == pair), None)
