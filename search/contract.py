"""What an index is: the protocol that both back ends keep, and the shapes that cross it.

One contract suite runs over every implementation (``tests/contract/test_index.py``), and one differential test
compares them. Differences that must stay: the order of hits that are equal in time is by record id on both, and
there is no relevance score on either (an investigator sorts by time).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from enum import StrEnum
from typing import Protocol

import msgspec

from search.query.tree import QueryNode


class EdgeKind(StrEnum):
    """What an edge ties an extraction to. Linkage reads edges, never messages.

    number          key: number; the other party of messages and calls, or a saved contact
    mentioned       key: number; written in a body
    template        key: template id of an advert or a flare
    nickname        key: folded canonical nickname, of adverts
    advert          key: sender's number; other: template id; label: canonical nickname
    wording         key: sender's number; other: template id; label: day (UTC) and what the time rests on. Received
                    texts that the analysis nearly takes for adverts, or that bear a name of the sender
    talk            key: sender's number, a space, template id; other and label as of a wording. Other received texts
                    that may have been broadcast: only beside other extractions, or an advert, does one count
    chat_copy       key: template id; other: sender; label: day (UTC), what the time rests on, recipient. Texts that an
                    extraction sent, all to one person: an exported chat, where no broadcast shows by itself
    unsent          key: sender; other: template id; label: canonical nickname. Adverts that failed to send
    announcement    key: old number; other: new number (a change of number that was announced); label: canonical
                    nickname, or where the new number announced it the names that it says were borne; of role
                    ``unclear`` key: sender, other: a number in its text, and which of them is new is not read; of role
                    ``asked`` key: a number or ``unknown``, other: sender, label: a name, of whom it said that it is;
                    of role ``denied`` key: ``unknown``, other: sender, label: whom it told that this is not the number
                    of whom he asks for, and in what words
    sim             key: ICCID key, or ``imsi:`` and the IMSI
    handset         key: IMEI key
    own_number      key: the handset's own number
    account         key: account of an application (id or user name); other: number; label: application. An entry of an
                    address book (``saved``) or an export's statement of its owner (``account``) has both; the same
                    again with key and other changed over. Of role ``received``: a text shows its sender by the account
    """

    NUMBER = "number"
    MENTIONED = "mentioned"
    TEMPLATE = "template"
    NICKNAME = "nickname"
    ADVERT = "advert"
    WORDING = "wording"
    TALK = "talk"
    CHAT_COPY = "chat_copy"
    ANNOUNCEMENT = "announcement"
    SIM = "sim"
    HANDSET = "handset"
    OWN_NUMBER = "own_number"
    ACCOUNT = "account"
    UNSENT = "unsent"


class Edge(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What one extraction says of one key. The store of linkage: cost follows what is distinct.

    Attributes:
        role: ``sent``, ``received``, ``called``, ``called_by``, ``saved`` ... as the kind has it.
        other: Second key, see ``EdgeKind``. Empty where there is none.
        label: Name as the source or the analysis shows it. Empty where there is none.
        count: Records behind the edge, duplicates and superseded facts not counted.
        first_at: RFC 3339 with Z. None: no record behind the edge has an instant.
        last_at: As ``first_at``.
        record_ids: At most five records, earliest first, undated last, then by id.
        score: Highest advert score of the texts behind it, for adverts, wordings and talk; highest order score of those
            sent to a number, or received from it, that are neither adverts nor bulk; else 0.
    """

    kind: EdgeKind
    key: str
    role: str
    other: str = ""
    label: str = ""
    extraction_id: str
    count: int
    first_at: str | None = None
    last_at: str | None = None
    record_ids: tuple[str, ...] = ()
    score: float = 0.0


class Flare(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A bulk-text broadcast on one extraction: one sender, many recipients, a short time, one template.

    ``sender`` is the E.164 number, else as written; None where the handset's own number is not known. ``sim`` is the
    SIM that it was sent from, where its records tell SIMs apart and do not say which has a known number.
    ``has_advert`` says whether the analysis takes its wording for an advert, ``advert_score`` how much so (the highest
    of its texts). ``is_in_talk`` says of one that came in that its sender has no number, and that the phone wrote to it
    alone too. Only a deal line's flare gets a line.
    """

    flare_id: str
    extraction_id: str
    direction: str
    sender: str | None
    template_id: str
    line: str | None = None
    has_advert: bool = False
    advert_score: float = 0.0
    started_at: str
    ended_at: str
    time_basis: str
    recipient_count: int
    message_count: int
    variant_count: int
    first_record_id: str
    last_record_id: str
    sim: str | None = None
    is_in_talk: bool = False
    advert_count: int | None = None
    """Of its messages those that the analysis takes for adverts. None: its index was made before that was counted."""


class TemplateEntry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one extraction holds of one template of adverts or flares."""

    template_id: str
    extraction_id: str
    text: str
    message_count: int
    variants: tuple[tuple[str, int, str], ...] = ()
    """Text as stored, number of messages, one record id; most messages first, then by text; at most 20."""
    variant_count: int = 0
    slots: tuple[tuple[str, str, str, int], ...] = ()
    """Slot name, slot kind, value, count."""
    is_advert: bool = False


class ExtractionEntry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One extraction in the catalogue of the index: what filters and reports join to its records.

    ``device_id``, ``case_ref`` and ``exhibit_ref`` can be corrected later and therefore stand here alone, never in
    a message document.
    """

    extraction_id: str
    device_id: str
    file_name: str
    sha256: str
    size_bytes: int
    format: str
    tool: str | None = None
    tool_version: str | None = None
    parser_version: str = ""
    nlp_version: str = ""
    lexicon_version: str = ""
    case_ref: str | None = None
    exhibit_ref: str | None = None
    part_kind: str = "unknown"
    state: str
    superseded_by: str | None = None
    tally: Mapping[str, Mapping[str, int]] = {}
    notices: tuple[Mapping[str, object], ...] = ()
    make: str | None = None
    model: str | None = None
    imei: tuple[str, ...] = ()
    iccid: tuple[str, ...] = ()
    imsi: tuple[str, ...] = ()
    msisdn: tuple[str, ...] = ()
    is_number_of_submitter: bool = False
    """Whether the numbers are what the submitter states, and nothing of the file states them."""
    is_number_corrected: bool = False
    """Whether they are what a person corrected later, and nothing of the file states them."""
    message_count: int = 0
    call_count: int = 0
    contact_count: int = 0
    skipped_counts: Mapping[str, int] = {}
    """Records by kind whose fact counts in another extraction of the device already."""
    first_message_at: str | None = None
    last_message_at: str | None = None


class RecordDocument(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One record as the index holds it.

    Attributes:
        ordinal: Place of the record in its extraction, from 0; with the extraction id it is the document's id.
        crc: CRC-32 of the stored record; the sums of both sides must agree before an extraction counts as loaded.
        text: What free text finds: body, names, numbers as written. Stored as is; its words are those of
            ``search.query.words`` on every back end.
        numbers: Number keys of the other parties (E.164, else as written).
        record: The record as MessagePack, from which ``show`` and ``export`` are answered.
    """

    record_id: str
    extraction_id: str
    ordinal: int
    crc: int
    kind: str
    utc: str | None = None
    direction: str | None = None
    service: str | None = None
    deleted: str = "unknown"
    is_duplicate: bool = False
    text: str = ""
    numbers: tuple[str, ...] = ()
    is_advert: bool = False
    is_order: bool = False
    line: str | None = None
    template_id: str | None = None
    flare_id: str | None = None
    drugs: tuple[str, ...] = ()
    record: bytes = b""
    finding: bytes = b""


class ExtractionLoad(Protocol):
    """One extraction as it is loaded: the entry, and the documents in batches, as often as they are asked for."""

    entry: ExtractionEntry
    document_count: int
    crc_sum: int

    def batches(self) -> Iterator[Sequence[RecordDocument]]:
        """Yield the documents in source order, at most a few thousand at a time."""
        ...

    def edges(self) -> Iterable[Edge]:
        """Yield the edges of the extraction."""
        ...

    def flares(self) -> Iterable[Flare]:
        """Yield the flares of the extraction."""
        ...

    def templates(self) -> Iterable[TemplateEntry]:
        """Yield the templates of adverts and flares on the extraction."""
        ...


class LoadedCounts(msgspec.Struct, frozen=True):
    """What the index holds of one extraction: an order-free check against the segment."""

    documents: int
    crc_sum: int


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """What narrows a search. None or empty: not narrowed. Instants are RFC 3339 with Z; ``until`` is exclusive.

    ``extraction_ids`` is made from case, exhibit and device by the caller, from the catalogue.
    """

    extraction_ids: tuple[str, ...] | None = None
    kinds: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    include_duplicates: bool = False


class SearchRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A query, what narrows it, and which page of it. ``after`` is the cursor of the page before."""

    tree: QueryNode | None = None
    filters: Filters = Filters()
    size: int = 20
    after: str | None = None
    facets: tuple[str, ...] = ()
    """Of ``FACETS``."""


FACETS = ("kind", "service", "direction", "line", "template_id", "extraction_id", "drugs", "is_advert")
"""Fields that can be counted over the hits."""


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """One found record. ``record`` and ``finding`` are MessagePack; ``highlights`` are code-point spans in ``text``."""

    record_id: str
    extraction_id: str
    utc: str | None
    text: str
    highlights: tuple[tuple[int, int], ...]
    record: bytes
    finding: bytes
    flare_id: str | None = None


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A page of hits, oldest first, undated last; ``next_after`` is None on the last page. Totals are exact."""

    hits: tuple[Hit, ...]
    total: int
    next_after: str | None
    facets: Mapping[str, tuple[tuple[str, int], ...]] = {}
    """Value and count, most first, then by value; every value, never cut."""


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the index can be used now, and in words why not."""

    is_ready: bool
    detail: str
    version: str = ""


class EvidenceIndex(Protocol):
    """What linkage and reports read of an index."""

    def reading(self) -> AbstractAsyncContextManager[EvidenceIndex]:
        """Give what the many questions of one linkage or report are put to; it holds all that the index holds now."""
        ...

    async def entries(self) -> tuple[ExtractionEntry, ...]:
        """Return the catalogue, by extraction id."""
        ...

    def shared_keys(self, kind: EdgeKind, minimum_extractions: int) -> AsyncIterator[str]:
        """Yield, in order, the keys of a kind that stand on at least so many extractions."""
        ...

    def edges(
        self, kind: EdgeKind, keys: Sequence[str] | None = None, extraction_ids: Sequence[str] | None = None
    ) -> AsyncIterator[Edge]:
        """Yield edges by (key, extraction id, role, other, label), narrowed by key, by extraction, or by both."""
        ...

    def flares(self, extraction_ids: Sequence[str] | None = None) -> AsyncIterator[Flare]:
        """Yield flares by flare id."""
        ...

    def templates(self, template_ids: Sequence[str] | None = None) -> AsyncIterator[TemplateEntry]:
        """Yield template entries by (template id, extraction id)."""
        ...

    async def get(self, record_id: str) -> Hit | None:
        """Return one record, or None."""
        ...

    async def get_all(self, record_ids: Iterable[str]) -> dict[str, Hit]:
        """Return those of the records that are held, by their ids: as one question, however many they are."""
        ...


class Index(EvidenceIndex, Protocol):
    """Holds what is searched and linked. A projection: it can always be rebuilt from the segments.

    Every write is idempotent. Implementations MUST raise ``IndexUnreachable`` where the store is not there, and MUST
    NOT put evidence text into an exception.
    """

    name: str

    async def open(self) -> None:
        """Make the store ready, creating what is missing."""
        ...

    async def close(self) -> None:
        """Release everything. Safe to call twice."""
        ...

    async def health(self) -> Health:
        """Say whether the store can be used now. Never raises."""
        ...

    async def load(self, load: ExtractionLoad) -> LoadedCounts:
        """Put one extraction, replacing whatever was held of it; it is found only when it is whole."""
        ...

    async def put_entries(self, entries: Sequence[ExtractionEntry]) -> None:
        """Put or replace catalogue entries only (an amended case, a device that became known, superseding)."""
        ...

    async def put_edges(
        self, extraction_id: str, edges: Iterable[Edge], flares: Iterable[Flare], templates: Iterable[TemplateEntry]
    ) -> None:
        """Replace the edges, flares and templates of one extraction, its documents untouched."""
        ...

    async def remove(self, extraction_id: str) -> None:
        """Remove everything of one extraction."""
        ...

    async def counts(self, extraction_id: str) -> LoadedCounts:
        """Return what is held of one extraction; zeros where nothing is."""
        ...

    async def document_counts(self, extraction_ids: Sequence[str]) -> dict[str, int]:
        """Return how many documents are held of each of these extractions; cheap, and 0 where nothing is."""
        ...

    async def search(self, request: SearchRequest) -> Page:
        """Answer a query."""
        ...
