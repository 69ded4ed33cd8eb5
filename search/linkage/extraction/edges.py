"""What one extraction says, as edges, flares and templates: all that linkage ever reads of it.

The collector streams over the records once, in source order or, where that is none of time within each talk
(``time_order``), its messages in order of time; it holds one row a distinct key.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from parsers.application_lines import nobody_sent
from parsers.device_ids import iccid_key, imei_key, imsi_key
from parsers.phone_numbers import number_key, to_e164
from parsers.records.facts import Account, Call, CallType, Contact, Device, Direction, Message, Record, Sim
from parsers.records.findings import NumberChangeRole, TextFinding
from parsers.records.values import NumberRef
from parsers.unsent import is_unsent
from search.contract import Edge, EdgeKind, Flare, TemplateEntry
from search.linkage.extraction.account_edges import note_account, note_shown
from search.linkage.extraction.answers import is_surely_advert
from search.linkage.extraction.broadcast_texts import note_broadcast, note_elsewhere
from search.linkage.extraction.chat_copies import ChatCopies
from search.linkage.extraction.denials import Denials, note_denial
from search.linkage.extraction.edge_table import EdgeTable
from search.linkage.extraction.either_way import either_key, other_number
from search.linkage.extraction.failed_texts import note_failed
from search.linkage.extraction.flare_rows import RECEIVED, SENT
from search.linkage.extraction.flare_table import FlareTable, FoundFlares
from search.linkage.extraction.flares import FlareFinder
from search.linkage.extraction.group_threads import GroupThreads
from search.linkage.extraction.held_back import HeldBack
from search.linkage.extraction.long_texts import LongTexts
from search.linkage.extraction.said_edges import (
    note_advert,
    note_content,
    note_openings,
    note_party,
    note_wording,
    note_yes,
)
from search.linkage.extraction.sent_texts import SentText, SentTexts
from search.linkage.extraction.sims import Sims, sim_of
from search.linkage.extraction.talks import Talks
from search.linkage.extraction.wordings import WordingTable
from search.linkage.keys import (
    NAME_PREFIX,
    UNKNOWN_NUMBER,
    Role,
    is_name,
    is_number,
    own_key,
    party_key,
    party_key_in,
    party_name,
    recipient_key,
)

_IMSI_PREFIX = "imsi:"


class Collected(msgspec.Struct, frozen=True, kw_only=True):
    """The edges, flares and templates of one extraction.

    Attributes:
        flare_of: Index into ``flares`` by the record's ordinal; -1: in no flare.
        undated_count: Adverts and sent texts without an instant, which are in no flare.
    """

    edges: tuple[Edge, ...]
    flares: tuple[Flare, ...]
    templates: tuple[TemplateEntry, ...]
    flare_of: tuple[int, ...]
    undated_count: int = 0


class EdgeCollector:
    """Streams over one extraction.

    Args:
        extraction_id: The extraction.
        own_numbers: Numbers of the handset as stated by the file or the submitter; may be empty.
        is_owner_stated: They are the submitter's, and hold before any that a record states.
        region: ISO 3166 code for own numbers without a country code.
        skip: Says by ordinal which records another extraction of the device already holds. They are left out, so
            that each fact counts once a device.
        scratch_dir: Where rows are put aside when there are many. None: all are held in memory.
    """

    __slots__ = (
        "_chatting",
        "_copies",
        "_denials",
        "_edges",
        "_finder",
        "_groups",
        "_held_back",
        "_length",
        "_long_texts",
        "_own",
        "_own_sender",
        "_region",
        "_scratch_dir",
        "_sent",
        "_sims",
        "_skip",
        "_stated_by",
        "_stated_own",
        "_talks",
        "_wordings",
        "extraction_id",
    )

    def __init__(
        self,
        extraction_id: str,
        own_numbers: Sequence[str] = (),
        *,
        is_owner_stated: bool = False,
        region: str = "GB",
        skip: Callable[[int], bool] | None = None,
        scratch_dir: Path | None = None,
    ) -> None:
        self.extraction_id = extraction_id
        self._finder = FlareFinder(extraction_id, scratch_dir, skip)
        self._sent = SentTexts(scratch_dir)
        self._sims = Sims()
        self._groups = GroupThreads()
        self._held_back = HeldBack()
        self._long_texts = LongTexts()
        self._wordings = WordingTable(extraction_id, scratch_dir)
        self._scratch_dir = scratch_dir
        self._skip = skip
        self._region = region
        self._length = 0
        self._talks = Talks()
        self._denials = Denials()
        self._chatting: set[str] = set()
        self._own_sender = own_key(extraction_id)
        self._edges = EdgeTable(extraction_id, self._own_sender, scratch_dir)
        self._copies = ChatCopies(extraction_id, self._own_sender, scratch_dir)
        keys = (number_key(raw, to_e164(raw, region)) for raw in own_numbers)
        self._stated_own = tuple(sorted({key for key in keys if key is not None}))
        self._own = set(self._stated_own)
        self._stated_by = Role.OWNER if is_owner_stated else "stated"

    def add(self, ordinal: int, record: Record, finding: TextFinding | None = None) -> None:
        """Take the next record; duplicates leave no trace, skipped facts none but in broadcasts."""
        self._length = max(self._length, ordinal + 1)
        if record.duplicate_of is not None:
            return
        if self._skip is not None and self._skip(ordinal):
            if isinstance(record, Message) and finding is not None:
                note_elsewhere(self._finder, self._long_texts, self.extraction_id, ordinal, record, finding)
            return
        if isinstance(record, Message):
            self._add_message(ordinal, record, self._said(record, finding))
        elif isinstance(record, Call):
            self._add_call(record)
        elif isinstance(record, Contact):
            for number in record.numbers:
                self._note_number(party_key(number), Role.SAVED, record.name or "", None, record.record_id)
            note_account(self._edges, record)
        elif isinstance(record, Account):
            for number in record.numbers:
                self._note(EdgeKind.OWN_NUMBER, party_key(number), Role.ACCOUNT, None, record.record_id)
            note_account(self._edges, record)
        else:
            self._add_identity(record)

    def _said(self, message: Message, finding: TextFinding | None) -> TextFinding | None:
        """Return what the analysis says of a text that somebody sent; of the application's own words None.

        Of whose new number these tell is noted.
        """
        if finding is None or not nobody_sent(message):
            return finding
        if finding.number_change.role is not NumberChangeRole.NONE:
            note_content(self._edges, message, finding, self._sender_key(message, None), is_sent=False)
        return None

    def _add_message(self, ordinal: int, message: Message, finding: TextFinding | None) -> None:
        note_failed(self._edges, self._sent, message, finding, self._own_key)
        if is_unsent(message) or self._is_part(message, finding):
            return
        is_sent = message.direction is Direction.OUTGOING or (
            message.direction is Direction.UNKNOWN and self._is_own(message)
        )
        is_answer = not is_sent and not is_surely_advert(finding) and self._talks.is_answer(message, finding)
        is_opening = not is_sent and self._talks.is_opening(message)
        is_advert = finding is not None and finding.is_advert and not is_answer
        sim, is_in_group = self._sims.of(message) if message.extra else "", False
        if is_sent:
            sender = self._own_key(message, sim)
            is_in_group = self._groups.is_in_one(message, "")
            recipients = self._note_recipients(
                message, sender, finding, sim, is_advert=is_advert, is_to_group=is_in_group
            )
            self._copies.note(message, sender, recipients, finding, is_advert=is_advert)
        else:
            other = other_number(message, self._own)
            sender = self._sender_key(message, other)
            recipients = []
            # what nobody wrote, as the application's own notes at the head of a chat, is no one more in it
            is_in_group = self._groups.is_in_one(message, sender if message.from_party is not None else "")
            is_advert = is_advert and not (is_in_group and self._groups.is_talk(message, sender, finding))
            if is_advert or not is_in_group:
                note_party(self._edges, message, finding, sender, other, is_advert=is_advert)
        note_shown(self._edges, message, sender)
        asked = self._talks.said_yes(message, is_sent=is_sent, is_in_group=is_in_group)
        note_yes(self._edges, message, sender, asked)
        told = self._denials.told(message, finding, is_sent=is_sent, is_in_group=is_in_group)
        note_denial(self._edges, message, sender, told)
        if finding is None:
            return
        if is_advert or is_sent:
            # a broadcast of which is not said who sent it is no flare of each to whom it went
            shown = sender if is_sent or message.from_party is not None else UNKNOWN_NUMBER
            group = (SENT if is_sent else RECEIVED, shown, finding.template_id)
            note_broadcast(self._finder, self._long_texts, group, ordinal, message, recipients, finding)
            if message.body is not None:
                self._wordings.add(finding, message.body, message.record_id)
        if is_advert:
            note_advert(self._edges, self._held_back, message, finding, sender, is_sent=is_sent)
        elif not is_sent and not is_in_group:
            note_wording(
                self._edges, self._held_back, message, finding, sender, is_answer=is_answer, is_opening=is_opening
            )
        if finding.spans or finding.number_change.role is not NumberChangeRole.NONE:
            note_content(self._edges, message, finding, sender, is_sent=is_sent)

    def _is_part(self, message: Message, finding: TextFinding | None) -> bool:
        """Whether a message is the further part of a long text; the number that the text gives may stand in it."""
        is_part, is_advert = self._long_texts.is_further_part(message), finding is not None and finding.is_advert
        is_numbered = self._long_texts.is_numbered_part(message, is_advert=is_advert)
        # of an advert's part that its sender numbered the words count
        if not is_part and (is_advert or not is_numbered):
            return False
        if finding is not None:
            is_sent = message.direction is Direction.OUTGOING
            sender = self._own_key(message, self._sims.of(message)) if is_sent else self._sender_key(message, None)
            note_content(self._edges, message, finding, sender, is_sent=is_sent)
        return True

    def _is_own(self, message: Message) -> bool:
        party = message.from_party
        return party is not None and (party.is_owner is True or party_key_in(message.service, party) in self._own)

    def _own_key(self, message: Message, sim: str) -> str:
        key = party_key_in(message.service, message.from_party)
        if key is None:
            return own_key(self.extraction_id, sim)
        self._sims.note_number(sim, key)
        if key not in self._own:
            self._own.add(key)
        self._edges.note((EdgeKind.OWN_NUMBER, key, Role.SENT, "", ""), message.time.utc, message.record_id)
        return key

    def _sender_key(self, message: Message, other: str | None) -> str:
        key = party_key_in(message.service, message.from_party)
        if key is not None:
            return key
        name = party_name(message.from_party)
        if name:
            return f"{NAME_PREFIX}{self.extraction_id}:{name}"
        return UNKNOWN_NUMBER if other is None else either_key(self.extraction_id, other)

    def _note_recipients(
        self,
        message: Message,
        sender: str,
        finding: TextFinding | None,
        sim: str,
        *,
        is_advert: bool,
        is_to_group: bool,
    ) -> list[str]:
        """Note to whom a text went, and return who they are; what is no advert is put aside until bulk is known."""
        recipients = []
        utc, record_id = message.time.utc, message.record_id
        template_id, score = (finding.template_id, finding.order_score) if finding is not None else ("", 0.0)
        for place, party in enumerate(message.to):
            key = party_key_in(message.service, party)
            if key is not None:
                label = party.name or ""
                if is_advert:
                    self._edges.note((EdgeKind.NUMBER, key, Role.SENT_ADVERT, sender, label), utc, record_id)
                elif not is_to_group:
                    self._sent.add(SentText(key, label, template_id, utc, record_id, sim, score))
            who = key or recipient_key(message, party, place)
            if who:
                recipients.append(who)
                if len(message.to) == 1 and (key is None or is_name(key)):
                    self._chatting.add(who)
                if key is None and len(message.to) == 1:
                    self._edges.note(
                        (EdgeKind.NUMBER, f"{NAME_PREFIX}{self.extraction_id}:{who}", Role.SENT, "", ""), utc, record_id
                    )
                if utc is not None and len(message.to) == 1:
                    self._talks.note_sent(who, utc)
        return recipients

    def _add_call(self, call: Call) -> None:
        is_made = call.call_type is CallType.OUTGOING
        role = Role.CALLED if is_made else Role.CALLED_BY
        for party in call.to if is_made else (call.from_party,):
            if party is None or party.is_owner is True:
                continue
            key = party_key_in(call.service, party)
            if key not in self._own:
                self._note_number(key, role, party.name or "", call.time.utc, call.record_id)

    def _add_identity(self, record: Sim | Device) -> None:
        role = Role.CARRIED
        for raw in record.imei:
            self._note(EdgeKind.HANDSET, imei_key(raw), role, None, record.record_id)
        for raw in record.iccid:
            self._note(EdgeKind.SIM, iccid_key(raw), role, None, record.record_id)
        for raw in record.imsi:
            key = imsi_key(raw)
            self._note(EdgeKind.SIM, _IMSI_PREFIX + key if key else None, role, None, record.record_id)
        for raw in record.msisdn:
            key = party_key(NumberRef(raw, to_e164(raw, self._region)))
            if isinstance(record, Sim):
                self._sims.note_number(sim_of(record), key)
            self._note(EdgeKind.OWN_NUMBER, key, role, None, record.record_id)
            if key is not None:
                self._own.add(key)

    def _note_number(self, key: str | None, role: Role, label: str, utc: str | None, record_id: str) -> None:
        if key is not None:
            self._edges.note((EdgeKind.NUMBER, key, role, "", label), utc, record_id)

    def _note(self, kind: EdgeKind, key: str | None, role: Role, utc: str | None, record_id: str) -> None:
        if key is not None:
            self._edges.note((kind, key, role, "", ""), utc, record_id)

    def collected(self) -> Collected:
        """Return what the records gave. Call it once, after the last record."""
        found = self.found_flares()
        return Collected(
            edges=tuple(self.iter_edges()),
            flares=tuple(found.flares()),
            templates=tuple(self.iter_templates(found)),
            flare_of=tuple(found.flare_of.tolist()),
            undated_count=found.undated_count,
        )

    def found_flares(self) -> FoundFlares:
        """Return the flares. Call it once, after the last record and before edges and templates are asked for."""
        self._long_texts.let_go()
        own = self._stated_own if self._stated_by == Role.OWNER else self._own
        numbers = [key for key in own if is_number(key)]
        own_number = numbers[0] if len(numbers) == 1 else self._own_sender
        names = {"": own_number}
        for sim in self._sims.every():
            names[sim] = self._sims.sender(sim, own_key(self.extraction_id, sim), own_number)
        renamed = {
            stand_in: name for sim, name in names.items() if (stand_in := own_key(self.extraction_id, sim)) != name
        }
        for stand_in, name in renamed.items():
            self._finder.rename_sender(stand_in, name)
        table = FlareTable(self._length, self._scratch_dir)
        for flare, ordinals in self._finder.find():
            # of a sender with a number the edges say so
            is_in_talk = flare.direction == RECEIVED and flare.sender in self._chatting
            table.add(msgspec.structs.replace(flare, is_in_talk=True) if is_in_talk else flare, ordinals)
        if renamed:
            self._edges.name(renamed)
            self._copies.name(renamed)
        self._note_sent(self._finder.bulk_templates(), names)
        note_openings(self._edges, self._held_back)
        return table.found(self._finder.undated_count)

    def _note_sent(self, bulk: Collection[str], names: Mapping[str, str]) -> None:
        """Note the texts that were put aside, bulk apart from private ones."""
        note = self._edges.note
        for text in self._sent.every():
            is_bulk = text.template_id in bulk
            role, other = (Role.SENT_BULK, names[text.sim]) if is_bulk else (Role.SENT, "")
            score = 0.0 if is_bulk else text.order_score
            note((EdgeKind.NUMBER, text.recipient, role, other, text.label), text.utc, text.record_id, score)

    def iter_edges(self) -> Iterator[Edge]:
        """Yield the edges, those with records by kind, key, role, other and label. Call it once."""
        yield from self._edges.edges()
        yield from self._copies.edges()
        yield from self._stated_edges()

    def iter_templates(self, found: FoundFlares) -> Iterator[TemplateEntry]:
        """Yield the templates of adverts and flares, by template id. Call it once."""
        return self._wordings.entries(found.template_ids)

    def _stated_edges(self) -> Iterable[Edge]:
        for key in self._stated_own:
            yield Edge(
                kind=EdgeKind.OWN_NUMBER, key=key, role=self._stated_by, extraction_id=self.extraction_id, count=0
            )  # stated by file or submitter, no record behind it
