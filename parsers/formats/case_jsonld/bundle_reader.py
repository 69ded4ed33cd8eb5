"""Reads one bundle: its nodes in order, each a record, a part of one, or counted by its type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from parsers.case_words import node_id
from parsers.contract import Delivery, ExtractionParser, ReadContext, ReadEvent, Seen, SourceStamp
from parsers.formats.case_jsonld.graph_stream import Found, GraphStream
from parsers.formats.case_jsonld.handsets import Handsets
from parsers.formats.case_jsonld.nodes import Node
from parsers.formats.case_jsonld.parties import People
from parsers.formats.case_jsonld.reading_state import PartState, Tool, stated_device
from parsers.formats.case_jsonld.references import HAS_ACCOUNT, References, Thing, learnt_references
from parsers.formats.case_jsonld.thing_records import is_typed_as_event, kind_of, record_of
from parsers.formats.case_jsonld.thing_values import Place
from parsers.phone_numbers import number_key, to_e164
from parsers.records import ids
from parsers.records.facts import Record

_MOST_PARTS: Final = 16_384
_EXTRACTION: Final = "TraplineExtraction"
# Nodes that belong to others, and say nothing by themselves.
_OF_OTHERS: Final = frozenset(
    {
        *("Application", "Software", "OperatingSystem", "Organization", "MessageThread", "Thread", "ThreadItem"),
        *("EmailAddress", "ContactPhone", "ContactEmail", "ContactMessaging", "ContactSIP", "Tool", "ConfiguredTool"),
        *("AnalyticTool", "ProvenanceRecord", "Bundle", "Hash", "Dictionary", "DictionaryEntry", "URL"),
    }
)
_OWN_RECORDS: Final = frozenset({"TraplineRecord"})
_TOOLS: Final = frozenset({"Tool", "ConfiguredTool", "AnalyticTool"})
_RELATIONSHIPS: Final = frozenset({"Relationship", "ObservableRelationship"})
_READ_RELATIONSHIPS: Final = frozenset(
    {"attachment_of", "attached_to", "has_account", "contained_within", "has_operating_system", "associated_account"}
)


class BundleReader:
    """Reads one delivery, twice: once for what nodes point at, once for the records."""

    def __init__(self, delivery: Delivery, ctx: ReadContext, parser: type[ExtractionParser]) -> None:
        self._delivery = delivery
        self._ctx = ctx
        self._stamp = SourceStamp(delivery, None, parser)
        self._parts: dict[str | None, PartState] = {}
        self._tool = Tool()
        self._exhibits: dict[str, None] = {}
        self._first_of: dict[str, str] = {}
        self._people: dict[str | None, People] = {}

    def events(self) -> Iterator[ReadEvent]:
        """Yield the parts, the records in the order of the file, notices, and what was seen."""
        with self._delivery.path.open("rb") as first:
            learning = learnt_references(first, self._ctx.scratch_dir)
            with learning as references, self._delivery.path.open("rb") as second:
                handsets = Handsets(references)
                if handsets.are_several:
                    handsets.place_all(first)
                stream = GraphStream(second)
                for found in stream.nodes():
                    yield from self._node_events(found, references, handsets)
        yield from self._closing(stream)

    def _people_of(self, part: str | None, references: References, handsets: Handsets) -> People:
        """Return who is who in an extraction; its owner is known where it is of one handset, or the submitter says it.

        Of several handsets whose number the submitter means is not said: theirs go before it.
        """
        if part in self._people:
            return self._people[part]
        region = self._ctx.default_region
        nodes = handsets.nodes_of(part)
        accounts = [account for node_id in nodes for account in references.linked(HAS_ACCOUNT, node_id)]
        devices = [device for node_id in nodes if (device := references.thing(node_id)) is not None]
        numbers = [number for device in devices for number in device.words("MSISDN")]
        owner = self._ctx.sidecar.owner_number
        if owner and (part is None or not (accounts or numbers)):
            numbers.append(owner)
        keys = {key for number in numbers if (key := number_key(number, to_e164(number, region)))}
        self._people[part] = People(references, region, frozenset(accounts), keys)
        return self._people[part]

    def _node_events(self, found: Found, references: References, handsets: Handsets) -> Iterator[ReadEvent]:
        if found.held is None:
            state = self._part_of(None)
            yield from self._told(state)
            state.book.leave_out("node", found.locator, code="element_unreadable")
            return
        part = Node(found.held)
        node = None if part.is_facet else references.whole(part)
        if node is None:
            return
        thing = Thing(node, references.facets_of(node, found.locator))
        own = thing.own
        self._learn(thing)
        stated = thing.facet(_EXTRACTION)
        if stated is not None:
            yield from self._of_extraction(stated)
            return
        kind = kind_of(thing)
        part_key = handsets.part_of(node.id) if own is None else None
        people = self._people_of(part_key, references, handsets)
        if self._belongs_to_others(thing, kind, references, people):
            return
        state = (
            self._part_of(own.word("extractionId"))
            if own is not None
            else self._part_of(part_key, is_none_apart=handsets.are_apart)
        )
        if own is not None:
            state.case, state.exhibit = own.word("caseRef"), own.word("exhibitRef")
        if not state.is_told:
            yield from self._told(state)
        if kind is None:
            # What has neither an id nor a type is not linked data as it stands: names of a context that is elsewhere.
            is_other = (node.id is not None or node.types) and not is_typed_as_event(thing)
            code = "element_not_read" if is_other else "element_unreadable"
            state.book.leave_out(_name_of(thing), found.locator, code=code)
            return
        if found.replaced:
            state.book.note("characters_replaced", count=found.replaced, locator=found.locator)
        locator = _locator_of(found, own, kind)
        place = Place(self._stamp, locator, state, people, references, people.region, found.replaced)
        yield self._record(kind, thing, place, handsets)

    def _record(self, kind: str, thing: Thing, place: Place, handsets: Handsets) -> Record:
        """Return the record of a thing, and count what its extraction learns of it."""
        record, state = record_of(kind, thing, place), place.state
        is_placed_by_own = thing.own is not None
        if is_placed_by_own or handsets.tells_identity(thing.node.id):
            state.take(record)
        if not is_placed_by_own and handsets.is_unplaced(thing.node.id, kind):
            state.book.note("handset_unstated", locator=place.locator)
        if kind == "message" and thing.has_further("messageText", "body"):
            state.book.note("text_beside", locator=place.locator)
        state.book.saw(record.kind)
        return record

    def _of_extraction(self, stated: Node) -> Iterator[ReadEvent]:
        """Take what our own export says of the device of an extraction, and yield its part."""
        vendor_id, device_id = stated.word("extractionId"), stated.word("deviceId")
        state = self._part_of(vendor_id)
        if vendor_id is None or state.vendor_id != vendor_id:
            return
        state.case, state.exhibit = stated.word("caseRef"), stated.word("exhibitRef")
        state.device = stated_device(stated)
        if device_id is not None:
            first = self._first_of.setdefault(device_id, state.book.extraction_id)
            state.belongs_to = first if first != state.book.extraction_id else None
        yield from self._told(state)

    def _learn(self, thing: Thing) -> None:
        """Take the tool and the exhibit that the file names."""
        if thing.kinds & _TOOLS and self._tool.name is None:
            self._tool = Tool(thing.word("name"), thing.word("version"))
        exhibit = thing.word("exhibitNumber") if "ProvenanceRecord" in thing.kinds else None
        if exhibit is not None and len(self._exhibits) < _MOST_PARTS:
            self._exhibits[exhibit] = None

    def _belongs_to_others(self, thing: Thing, kind: str | None, references: References, people: People) -> bool:
        """Whether a node is told with the records that name it."""
        own = thing.own
        if own is not None:
            return not own.kinds & _OWN_RECORDS
        if kind == "account":
            return references.is_named(thing.node.id) or people.is_line_of_owner(thing)
        if kind is not None:
            return False
        if thing.kinds & _RELATIONSHIPS:
            word = (thing.word("kindOfRelationship") or "").casefold().replace(" ", "_")
            return word in _READ_RELATIONSHIPS
        return bool(thing.kinds & _OF_OTHERS) or references.is_named(thing.node.id)

    def _part_of(self, vendor_id: str | None, *, is_none_apart: bool = False) -> PartState:
        """Return an extraction; what is of none is of the first, unless such is an extraction of its own."""
        if vendor_id not in self._parts:
            is_firsts = vendor_id is None and not is_none_apart
            if self._parts and (is_firsts or len(self._parts) >= _MOST_PARTS):
                return next(iter(self._parts.values()))
            extraction_id = ids.extraction_id(self._delivery.sha256, None, vendor_id)
            self._parts[vendor_id] = PartState(extraction_id, vendor_id, self._ctx)
        return self._parts[vendor_id]

    def _told(self, state: PartState) -> Iterator[ReadEvent]:
        """Yield the part before its first record."""
        if not state.is_told:
            state.is_told = True
            yield state.part(self._tool)

    def _closing(self, stream: GraphStream) -> Iterator[ReadEvent]:
        first = self._part_of(None)
        for gap in stream.gaps:
            first.book.note("stretch_malformed", subject="the bundle", locator=gap.locator, ends_reading=True)
        if stream.damage is not None:
            first.book.note(stream.damage, subject="the bundle", ends_reading=True)
        if missing_count := sum(people.missing_count for people in self._people.values()):
            first.book.note("reference_missing", count=missing_count)
        for state in self._parts.values():
            if state.exhibit is None and len(self._exhibits) == 1:
                state.exhibit = next(iter(self._exhibits))
            yield state.part(self._tool)
            yield from state.notices()
            for element, count in state.book.seen():
                yield Seen(extraction_id=state.book.extraction_id, element=element, count=count)


def _locator_of(found: Found, own: Node | None, kind: str | None) -> str:
    """Return the locator of a record; what our own export says to list the fact of another names that one first.

    So the two are one fact again, however alike the record is to others of its list.
    """
    canonical = own.word("duplicateOf") if own is not None else None
    if canonical is None or kind is None or not found.locator.startswith("kb:"):
        return found.locator
    return f"{node_id(kind, canonical)} #{found.locator}"


def _name_of(thing: Thing) -> str:
    """Return what a thing is called where it gives no record: by its type, else by its first facet."""
    name = thing.node.type_name
    if name is not None:
        return name
    facet = next((facet.type_name for facet in thing.facets if facet.type_name is not None), None)
    return facet.removesuffix("Facet") if facet is not None else next(iter(thing.node.types), "node")
