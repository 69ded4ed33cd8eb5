"""Flares: bulk-text broadcasts of one sender and one wording, found on one extraction.

A sent flare is one sender, one wording, at least ten distinct recipients and no pause over fifteen minutes: pauses
between portions do not end it, and repeats to some belong to it. A received flare is the trace of one on a phone
that got it: one copy of an advert is enough. A received text that is no advert is none here, because a single
copy does not show that it was sent to many; other phones do (``bulk_traces``).

Messages are kept as rows of numbers, 56 bytes each, and sorted at the end: the source need not be in order of time.
Those of one template go to one bucket, and each bucket is sorted alone; templates that turn out to be one wording
(``wording_groups``) are put together in a second round, and sent bursts that turn out to be one broadcast
(``near_bursts``) in a third.

Of a handset that was delivered twice each delivery shows a broadcast with all that it holds of it; messages are counted
where their facts count, and a broadcast of which none counts here is none here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from parsers.bucketed_rows import BucketedRows
from parsers.records.findings import TextFinding
from parsers.records.ids import derived_id
from parsers.records.values import ClockBasis, Moment
from search.contract import Flare
from search.linkage.extraction.flare_rows import (
    ADVERT_FLAG,
    ELSEWHERE_FLAG,
    ID_BYTES,
    NO_LINE,
    NO_RECIPIENT,
    RECEIVED,
    ROW,
    ROW_TYPE,
    SENT,
    SENT_FLAG,
    bursts,
)
from search.linkage.extraction.near_bursts import ALONE, LEFT_OUT, Senders, SentBursts
from search.linkage.extraction.said_edges import RULED_OUT_BELOW
from search.linkage.extraction.sent_bodies import SentBodies
from search.linkage.extraction.shared_out import JoinedRows, SharedOut
from search.linkage.extraction.wording_groups import (
    NO_LETTERS,
    Group,
    Names,
    WordingGroups,
    Wordings,
    bucket_of,
    names_in,
)
from search.linkage.keys import NAME_PREFIX, OWN_PREFIX, UNKNOWN_NUMBER, sim_in

PAUSE_SECONDS = 15 * 60
SMALLEST_RECIPIENTS = 10

_BASES = (
    # from the firmest to the one that assumes most; a flare is as firm as its least firm message
    ClockBasis.STATED_OFFSET,
    ClockBasis.STATED_UTC,
    ClockBasis.NETWORK,
    ClockBasis.DEVICE_LOCAL,
    ClockBasis.ASSUMED_ZONE,
    ClockBasis.NONE,
)
_BASIS_PLACE = {basis: place for place, basis in enumerate(_BASES)}
_ID_PREFIX = "r-"
_ID_CHARS = len(_ID_PREFIX) + 2 * ID_BYTES
ADVERT_SHARE = 0.25
"""Share of its texts that the analysis must take for adverts. Below one half: a broadcast in several spellings is one
wording, and what is an advert in one of them is one in all."""
_Ints = npt.NDArray[np.int64]


class FlareFinder:
    """Collects the messages of one extraction that can belong to a flare, and finds the flares among them.

    Args:
        extraction_id: The extraction.
        scratch_dir: Where rows are put aside when there are many. None: all are held in memory.
        skip: Says by ordinal whose facts count in another extraction of the device. None: all count here.
    """

    __slots__ = (
        "_bodies", "_extraction_id", "_groups", "_lines", "_odd_ids", "_rows", "_scratch_dir", "_sent_templates",
        "_skip", "_undated", "undated_count",
    )  # fmt: skip

    def __init__(
        self, extraction_id: str, scratch_dir: Path | None = None, skip: Callable[[int], bool] | None = None
    ) -> None:
        self._skip = skip
        self._extraction_id = extraction_id
        self._groups = WordingGroups(scratch_dir)
        self._bodies = SentBodies(scratch_dir)
        self._scratch_dir = scratch_dir
        self._rows = BucketedRows(scratch_dir)
        self._odd_ids: dict[int, str] = {}
        self._lines: dict[str, int] = {}
        self._sent_templates: set[str] = set()
        self._undated: dict[str, int | set[int]] = {}
        self.undated_count = 0

    def add(
        self,
        group: Group,
        ordinal: int,
        record_id: str,
        moment: Moment,
        recipients: Sequence[str],
        finding: TextFinding,
        letters: int = NO_LETTERS,
        body: str | None = None,
    ) -> None:
        """Take one message. ``recipients`` is empty for a received one; undated messages are counted and left out.

        Args:
            group: Direction, sender key, template id.
            ordinal: Of the record.
            record_id: Of the record.
            moment: Of the record.
            recipients: Keys or names.
            finding: What the analysis says of its text.
            letters: Of its text (``wording_groups.letters_of``), by which templates are joined.
            body: Its text, by which a sent one is compared with others. None: it is not.
        """
        template_id = group[2]
        if moment.utc is None:
            self.undated_count += 1
            self._note_undated(template_id, recipients)
            return
        is_sent = group[0] == SENT
        text = hash(finding.text_id)
        # talk is left alone: two people are told the same but for a word every day
        is_talk = finding.advert_score < RULED_OUT_BELOW
        key = self._groups.note(group, letters, body if is_sent and not is_talk else None)
        if is_sent and body:
            self._bodies.note(text, body, None if is_talk else finding.template)
        line = NO_LINE if finding.line is None else self._lines.setdefault(finding.line, len(self._lines))
        flags = _BASIS_PLACE[moment.basis] + (ADVERT_FLAG if finding.is_advert else 0)
        flags += (SENT_FLAG if is_sent else 0) + (
            ELSEWHERE_FLAG if self._skip is not None and self._skip(ordinal) else 0
        )
        score = round(100 * min(max(finding.advert_score, 0.0), 1.0))
        milliseconds = _milliseconds(moment.utc)
        identifier = self._packed(ordinal, record_id)
        bucket = self._rows.buckets[bucket_of(template_id)]
        for recipient in recipients or ("",):
            who = hash(recipient) if recipient else NO_RECIPIENT
            bucket += ROW.pack(key, milliseconds, ordinal, who, text, line, flags, score, identifier)
            self._rows.added(ROW.size)

    def _packed(self, ordinal: int, record_id: str) -> bytes:
        # our ids are two letters and 80 bits; ten bytes hold them where the string would take seventy
        if len(record_id) == _ID_CHARS and record_id.startswith(_ID_PREFIX):
            try:
                return bytes.fromhex(record_id[len(_ID_PREFIX) :])
            except ValueError:
                pass
        self._odd_ids[ordinal] = record_id
        return bytes(ID_BYTES)

    def _record_id(self, row: np.void) -> str:
        odd = self._odd_ids.get(int(row["ordinal"]))
        return odd if odd is not None else _ID_PREFIX + row["id"].tobytes().hex()

    def _note_undated(self, template_id: str, recipients: Iterable[str]) -> None:
        """Remember to how many an undated wording went, as far as it matters."""
        for recipient in recipients:
            who, seen = hash(recipient), self._undated.get(template_id)
            if seen is None:
                self._undated[template_id] = who
            elif isinstance(seen, int):
                if seen != who:
                    self._undated[template_id] = {seen, who}
            elif len(seen) < SMALLEST_RECIPIENTS:
                seen.add(who)

    def bulk_templates(self) -> frozenset[str]:
        """Return the templates of sent flares, and of undated texts that went to as many. Call it after ``find``."""
        undated = (
            template_id
            for template_id, seen in self._undated.items()
            if isinstance(seen, set) and len(seen) >= SMALLEST_RECIPIENTS
        )
        return frozenset(self._sent_templates.union(undated))

    def rename_sender(self, old: str, new: str) -> None:
        """Take one sender for another: a handset whose number became known later on."""
        self._groups.rename_sender(old, new)

    def find(self) -> Iterator[tuple[Flare, _Ints]]:
        """Yield each flare with the ordinals of its messages, in no order. Call it once."""
        wordings, names = self._groups.resolved()
        lines = list(self._lines)
        joint, sent = SharedOut(self._scratch_dir), SharedOut(self._scratch_dir)
        senders = Senders()
        for packed, named in zip(self._rows.portions(), names.portions(), strict=True):
            rows, known = np.frombuffer(packed, dtype=ROW_TYPE), names_in(named)
            labels = wordings.labels_of(rows["group"])
            is_sent = (rows["flags"] & SENT_FLAG) != 0
            apart = wordings.are_joint(labels) & ~is_sent
            sent.add_rows(rows[is_sent], labels[is_sent])
            joint.add_rows(rows[apart], labels[apart])
            _share_out_names(known, wordings, joint, sent, senders)
            alone = ~(apart | is_sent)
            yield from self._find_in(rows[alone], labels[alone], known, lines)
        self._rows.close()
        names.close()
        for rows, names_of in joint.portions():
            yield from self._find_in(rows, wordings.labels_of(rows["group"]), names_of(), lines)
        joint.close()
        yield from self._find_sent(sent, wordings, senders, lines)
        sent.close()

    def _find_sent(
        self, sent: SharedOut, wordings: Wordings, senders: Senders, lines: Sequence[str]
    ) -> Iterator[tuple[Flare, _Ints]]:
        """Yield the sent flares: bursts of many recipients, and those that several bursts are together."""
        held = SentBursts(PAUSE_SECONDS * 1000)
        for rows, _ in sent.portions(keep=True):
            held.add(*_in_bursts(rows, wordings.labels_of(rows["group"])))
        verdicts = held.verdicts(self._bodies, senders, SMALLEST_RECIPIENTS)
        self._bodies.close()
        together = JoinedRows(self._scratch_dir)
        burst_count = 0
        for unsorted, names_of in sent.portions():
            rows, labels, starts = _in_bursts(unsorted, wordings.labels_of(unsorted["group"]))
            sizes = np.diff(np.append(starts, len(rows)))
            verdict = np.repeat(verdicts[burst_count : burst_count + len(starts)], sizes)
            burst_count += len(starts)
            if (verdict == LEFT_OUT).all():
                continue
            names, alone, joined = names_of(), verdict == ALONE, verdict >= 0
            yield from self._find_in(rows[alone], labels[alone], names, lines)
            together.add(rows[joined], verdict[joined], names)
        for rows, labels, names_of in together.portions():
            yield from self._find_in(rows, labels, names_of(), lines)
        together.close()

    def _find_in(
        self, unsorted: npt.NDArray[np.void], groups: _Ints, names: Names, lines: Sequence[str]
    ) -> Iterator[tuple[Flare, _Ints]]:
        """Yield the flares of one bucket, by wording and start.

        Args:
            unsorted: The rows.
            groups: For each row a number, equal for those of one wording.
            names: Of their keys.
            lines: Names of lines by their places.
        """
        if not len(unsorted):
            return
        rows, _, starts = _in_bursts(unsorted, groups)
        keys, ordinals, line_of = rows["group"].tolist(), rows["ordinal"], rows["line"].tolist()
        counts_here = (rows["flags"] & ELSEWHERE_FLAG) == 0
        is_whole = bool(counts_here.all())
        for burst in bursts(rows, starts):
            direction, sender, _ = names[keys[burst.start]]
            own = np.arange(burst.start, burst.end)
            if not is_whole:
                own = own[counts_here[own]]
            if direction == SENT:
                if burst.recipient_count < SMALLEST_RECIPIENTS or not len(own):
                    continue
                sender = _sender_of({names[key][1] for key in set(keys[burst.start : burst.end])})
            templates = Counter([names[key][2] for key in keys[burst.start : burst.end]])
            if direction == SENT:
                self._sent_templates.update(templates)
            template_id = _commonest(templates)
            read = own[(rows["flags"][own] & ADVERT_FLAG) != 0]
            first_id, last_id = self._record_id(rows[own[0]]), self._record_id(rows[own[-1]])
            flare = Flare(
                flare_id=derived_id("fl", self._extraction_id, direction, sender, template_id, first_id),
                extraction_id=self._extraction_id,
                direction=direction,
                sender=shown_sender(sender),
                template_id=template_id,
                line=_line_of(line_of[burst.start : burst.end], lines),
                has_advert=burst.advert_count >= ADVERT_SHARE * (burst.end - burst.start),
                advert_score=burst.best_score / 100,
                started_at=_instant(burst.started_ms),
                ended_at=_instant(burst.ended_ms),
                time_basis=str(_BASES[burst.basis]),
                recipient_count=1 if direction == RECEIVED else burst.recipient_count,
                message_count=burst.message_count if is_whole else len(np.unique(ordinals[own])),
                variant_count=burst.variant_count,
                first_record_id=first_id,
                last_record_id=last_id,
                advert_count=len(np.unique(ordinals[read])),
                sim=sim_in(sender) or None if sender.startswith(OWN_PREFIX) else None,
            )
            yield flare, ordinals[own]


def _in_bursts(rows: npt.NDArray[np.void], groups: _Ints) -> tuple[npt.NDArray[np.void], _Ints, _Ints]:
    """Return rows and their groups by group and time, and where a burst starts: a group, or what follows a pause."""
    order = np.lexsort((rows["ordinal"], rows["milliseconds"], groups))
    rows, groups = rows[order], groups[order]
    if not len(rows):
        return rows, groups, np.empty(0, dtype=np.int64)
    breaks = np.flatnonzero((np.diff(groups) != 0) | (np.diff(rows["milliseconds"]) > PAUSE_SECONDS * 1000)) + 1
    return rows, groups, np.concatenate(([0], breaks))


def _share_out_names(names: Names, wordings: Wordings, joint: SharedOut, sent: SharedOut, senders: Senders) -> None:
    """Put the names of sent wordings, and of others that several groups share, with their rows."""
    keys = np.fromiter(names, dtype=np.int64, count=len(names))
    labels = wordings.labels_of(keys)
    for name, label, is_joint in zip(names.items(), labels.tolist(), wordings.are_joint(labels).tolist(), strict=True):
        if name[1][0] == SENT:
            sent.add_name(name, label)
            senders.note(name[0], name[1][1])
        elif is_joint:
            joint.add_name(name, label)


def _sender_of(keys: Collection[str]) -> str:
    """Return the sender of a broadcast, of which the phone may have sent a part without saying from which number."""
    return min(keys, key=lambda key: (key.startswith(OWN_PREFIX), key))


def least_firm(bases: Iterable[str]) -> str:
    """Return what the least firm of several times rests on; there is one."""
    return str(_BASES[max(_BASIS_PLACE[ClockBasis(basis)] for basis in bases)])


def shown_sender(key: str) -> str | None:
    """Return what a report shows for a sender's key: the number, the saved name, or None where neither is known."""
    if key.startswith(OWN_PREFIX) or key == UNKNOWN_NUMBER:
        return None
    return key.split(":", 2)[2] if key.startswith(NAME_PREFIX) else key


def _line_of(places: Iterable[int], lines: Sequence[str]) -> str | None:
    """Return the line that most of the messages name."""
    counts = Counter([lines[place] for place in places if place != NO_LINE])
    return _commonest(counts) if counts else None


def _commonest(counts: Mapping[str, int]) -> str:
    """Return what there is most of, of equals the first in order; there is something."""
    return next(iter(counts)) if len(counts) == 1 else min(counts, key=lambda name: (-counts[name], name))


@lru_cache(maxsize=4_096)
def _milliseconds(utc: str) -> int:
    return round(datetime.fromisoformat(utc).timestamp() * 1000)


def _instant(milliseconds: int) -> str:
    moment = datetime.fromtimestamp(milliseconds // 1000, tz=UTC).replace(tzinfo=None)
    return f"{moment.isoformat()}.{milliseconds % 1000:03d}Z"
