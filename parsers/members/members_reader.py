"""Reads the units of an archive or folder one after the other, each by its own parser.

What fails in one costs that one alone: it is named, and the others are read. Archives that hold several deliveries may
be packed in one another once; what is packed deeper is named. A packed single file (``sms.xml.gz``) is no such level.
"""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Final

import msgspec

from parsers.choosing import parser_for
from parsers.contract import (
    EMPTY_SIDECAR,
    Delivery,
    ExtractionParser,
    ExtractionPart,
    PartKind,
    ReadContext,
    ReadEvent,
    Seen,
    Sidecar,
)
from parsers.device_ids import imei_key
from parsers.errors import InputRefused, is_out_of_room
from parsers.lost_blocks import lost_blocks
from parsers.members.beside_files import BesideFiles
from parsers.members.handset_files import is_named_as_packed
from parsers.members.litter import litter_subject
from parsers.members.neighbours import could_be_delivery
from parsers.members.nokia_backups import NOKIA_BACKUP, is_nokia_backup
from parsers.members.refused_members import with_refused
from parsers.members.relabelling import Relabelling, as_record, is_record
from parsers.members.sources import MemberSource, UnpackBudget, open_members
from parsers.members.tried_exports import TriedExports, is_no_delivery
from parsers.members.units import CONTAINER, Unit, common_folder, plan_of
from parsers.members.unpacking import Delivered, delivered
from parsers.members.user_exports import is_kept_archive
from parsers.outcome import NoticeBook
from parsers.part_book import shown_name
from parsers.records.notices import Notice
from parsers.tar_archive import is_packed_alone

_LOG = logging.getLogger(__name__)

_MOST_NESTED: Final = 1
_CUT: Final = "input_truncated"
"""Said by a reader of its file, and once: what unpacks and copies it finds the same end."""

_PACKED_TOO_DEEP: Final = "packed_too_deep"
_NAMED_MEMBERS: Final = 50
_NAMED_REASONS: Final = 8
_IDENTITY: Final = ("exhibit_ref", "imei", "iccid")
_CARDS: Final = frozenset({PartKind.SIM, PartKind.MEMORY_CARD})
_FURTHER: Final = "further members"
_HOLDS_NONE: Final = frozenset({"members_unknown"})
"""Refusals of an archive in which no delivery lies: a handset's storage has many such."""

_WEB_PAGES: Final = frozenset({"web_export_not_read", "web_alone_not_read"})
"""Refusals of a page of which an export may have hundreds."""

_OF_DELIVERIES: Final = frozenset({"workbook_form_not_read", "file_blank"})
"""Refusals that are said only of what may be a delivery: other pages and pictures may be like that, too."""


class MembersReader:
    """Reads one archive or folder.

    Args:
        delivery: The archive or folder.
        ctx: What the parsers are told.
        depth: In how many archives of several deliveries it was packed.
        budget: What these leave it to unpack. None: it was packed in none.
        place: Where it was packed in them, with ``/`` behind it.
        packed: In how many packed single files it was packed.
    """

    def __init__(
        self,
        delivery: Delivery,
        ctx: ReadContext,
        depth: int = 0,
        budget: UnpackBudget | None = None,
        place: str = "",
        packed: int = 0,
    ) -> None:
        self._delivery = delivery
        self._ctx = ctx
        self._depth = depth
        self._budget = budget
        self._place = place
        self._is_packed = not delivery.is_folder and is_packed_alone(delivery.path)
        self._packed = packed + self._is_packed
        if budget is None and not delivery.is_folder:
            self._budget = UnpackBudget(delivery.path.stat().st_size, ctx.limits)
        self._notices = NoticeBook()
        self._seen: list[Seen] = []
        self._refusals: list[InputRefused] = []
        self._unread: list[str] = []
        self._pages: defaultdict[tuple[str, str | None, str], list[str]] = defaultdict(list)
        self._first_of: dict[str, str] = {}
        self._parts: dict[str, ExtractionPart] = {}
        self._has_part = False
        self._is_cut = False
        self._beside = BesideFiles(())
        self._tried = TriedExports((), place)

    def events(self) -> Iterator[ReadEvent]:
        """Yield parts and records unit by unit, then all notices, then what was seen.

        Raises:
            InputRefused: Nothing in it can be read.
        """
        with open_members(self._delivery, self._ctx.limits, self._ctx.scratch_dir, self._budget) as source:
            plan = plan_of(source, self._ctx.limits)
            self._beside = BesideFiles(plan.rest)
            self._tried = TriedExports(source.names, self._place)
            for unit in plan.units:
                yield from self._unit(source, unit)
            if not self._has_part:
                raise self._refusal(source, has_more=bool(plan.over_limit))
            yield from self._cards_of_the_handset()
            for notice in source.notices():
                # The one file that was packed is what its reader found cut.
                if notice.code != _CUT or not (self._is_packed and self._is_cut):
                    self._notices.add(notice)
            self._note_pages()
            for notice in self._tried.notices():
                self._notices.add(notice)
            self._note_members(source, (*self._unread, *plan.rest))
            if plan.litter:
                self._notices.add(
                    Notice(code="litter_left_out", count=len(plan.litter), subject=litter_subject(plan.litter))
                )
            if plan.over_limit:
                self._notices.add(
                    Notice(
                        code="container_limit",
                        count=len(plan.over_limit),
                        first_locator=shown_name(plan.over_limit[0]),
                        ends_reading=True,
                    )
                )
        yield from self._notices.notices()
        yield from self._seen

    def _unit(self, source: MemberSource, unit: Unit) -> Iterator[ReadEvent]:
        """Yield what one unit gives; the boundary of one unit."""
        relabelling: Relabelling | None = None
        self._is_cut = False
        scratch = self._ctx.scratch_dir / f"members-{self._depth}"
        scratch.mkdir(exist_ok=True)
        try:
            if unit.refusal is not None:
                raise InputRefused(*unit.refusal)  # noqa: TRY301 (ends this unit as any other refusal does)
            region = self._ctx.default_region
            with delivered(source, unit, self._delivery, scratch, region) as found:
                ctx = self._context_of(found, scratch)
                parser = unit.parser or parser_for(found.delivery, ctx, has_sidecar=found.sidecar != EMPTY_SIDECAR)
                relabelling = Relabelling(self._delivery, unit, parser, found.sidecar, self._beside)
                for event in self._events_of(parser, found.delivery, ctx, unit):
                    yield from self._relabelled(relabelling, unit, event)
                for notice in found.notices:
                    if notice.code != _CUT or not self._is_cut:
                        self._notices.add(relabelling.about_unit(notice))
        except InputRefused as refused:
            if relabelling is not None and relabelling.parts:
                self._note_failure(relabelling, unit, refused)
            else:
                self._note_refusal(unit, refused)
        except Exception as error:  # the boundary of one unit: its neighbours must be read
            if is_out_of_room(error):
                raise
            self._note_failure(relabelling, unit, error)
        finally:
            if scratch.exists() and not any(scratch.iterdir()):
                scratch.rmdir()

    def _context_of(self, found: Delivered, scratch: Path) -> ReadContext:
        work = scratch / "unit" / "work"
        work.mkdir()
        return msgspec.structs.replace(
            self._ctx, sidecar=_laid_over(found.sidecar, self._ctx.sidecar), scratch_dir=work
        )

    def _events_of(
        self, parser: ExtractionParser, delivery: Delivery, ctx: ReadContext, unit: Unit
    ) -> Iterator[ReadEvent]:
        place = f"{self._place}{unit.key}/" if unit.key else self._place
        if parser.name != CONTAINER:
            events = chain(parser.read(delivery, ctx), lost_blocks(parser, delivery))
            return with_refused(parser, delivery, ctx, events, place)
        depth = self._depth if self._is_packed else self._depth + 1
        inner = MembersReader(delivery, ctx, depth, self._budget, place, self._packed)
        if inner._packed > self._ctx.limits.packed_times:
            raise InputRefused(_PACKED_TOO_DEEP)
        if depth > _MOST_NESTED and not inner._is_packed:
            raise InputRefused("nested_too_deep")
        return inner.events()

    def _relabelled(self, relabelling: Relabelling, unit: Unit, event: ReadEvent) -> Iterator[ReadEvent]:
        if is_record(event):
            yield relabelling.record(as_record(event))
        elif isinstance(event, ExtractionPart):
            first = self._first_of.get(unit.root) if unit.root is not None else None
            part = relabelling.part(
                event,
                is_apart=_is_apart(event.kind, relabelling.stated, self._ctx.sidecar),
                belongs_to=first if first != event.extraction_id else None,
            )
            if unit.root is not None:
                self._first_of.setdefault(unit.root, part.extraction_id)
            self._has_part = True
            self._parts[part.extraction_id] = part
            yield part
        elif isinstance(event, Notice):
            self._is_cut |= event.code == _CUT
            self._notices.add(relabelling.notice(event))
        elif isinstance(event, Seen):
            self._seen.append(event)

    def _cards_of_the_handset(self) -> Iterator[ExtractionPart]:
        """Yield the cards again that were read with the one handset here, where the submitter states one exhibit."""
        if not _states_identity(self._ctx.sidecar):
            return
        handsets = [part for part in self._parts.values() if part.kind is PartKind.HANDSET and part.unit is None]
        known = {key for part in handsets for key in map(imei_key, part.imei) if key}
        if not handsets or len(known) > 1:
            return
        first = handsets[0].belongs_to or handsets[0].extraction_id
        for part in self._parts.values():
            if part.kind in _CARDS and part.belongs_to is None:
                yield msgspec.structs.replace(part, belongs_to=first)

    def _note_refusal(self, unit: Unit, refused: InputRefused) -> None:
        """Name a unit of which nothing was read."""
        key = unit.key or unit.names[0]
        name = shown_name(self._place + key)
        is_none = is_no_delivery(refused) or (refused.code in _HOLDS_NONE and _may_hold_none(key))
        if is_none and unit.parser is None:
            self._refusals.append(refused)
            if not self._tried.takes(key, name, refused):
                self._unread += unit.names
            return
        is_placed = refused.code == _PACKED_TOO_DEEP and refused.subject is not None
        subject = refused.subject if is_placed else refused.about(name)
        self._refusals.insert(0, InputRefused(refused.code, subject))
        if refused.code in _WEB_PAGES:
            self._pages[refused.code, refused.subject, key.partition("/")[0]].append(key)
        elif refused.code in _OF_DELIVERIES and not could_be_delivery(key):
            # A page that was saved beside deliveries, whatever program wrote it; a picture that was wiped.
            self._unread += unit.names
        else:
            self._notices.add(Notice(code=refused.code, subject=subject, first_locator=name))

    def _note_pages(self) -> None:
        """Name the web pages of an application's export once, by the folder that holds them."""
        for (code, what, _), names in self._pages.items():
            folder = common_folder(names) if len(names) > 1 else ""
            name = shown_name(self._place + names[0])
            shown = shown_name(self._place + folder) if folder else name
            subject = InputRefused(code, what).about(shown)
            self._notices.add(Notice(code=code, count=len(names), subject=subject, first_locator=name))

    def _note_failure(self, relabelling: Relabelling | None, unit: Unit, error: Exception) -> None:
        """Say that a reader stopped in a unit; what it gave until then is whole."""
        # The type alone: the text of an error may hold what was being read.
        _LOG.error("reader failed", extra={"member": shown_name(unit.key), "error": type(error).__name__})
        first = next(iter(relabelling.parts), None) if relabelling is not None else None
        self._refusals.append(InputRefused("reader_failed"))
        self._notices.add(
            Notice(
                code="reader_failed", extraction_id=first, subject=shown_name(self._place + unit.key), ends_reading=True
            )
        )

    def _note_members(self, source: MemberSource, names: tuple[str, ...]) -> None:
        """Name files that are not read: one by one where they are few, else by their folders, up to a bound.

        What is damaged may be a delivery that is not told any more.
        """
        damaged = _damaged(source, names)
        for name, code in damaged.items():
            self._notices.add(Notice(code=code, subject=shown_name(self._place + name)))
        names = tuple(name for name in names if name not in damaged)
        groups: Counter[str] = Counter()
        first: dict[str, str] = {}
        for name in names:
            head, slash, _ = name.lstrip("/").partition("/")
            group = name if len(names) <= _NAMED_MEMBERS else head + slash
            if group not in groups and len(groups) >= _NAMED_MEMBERS:
                group = _FURTHER
            groups[group] += 1
            first.setdefault(group, name)
        for group, count in groups.items():
            self._notices.add(
                Notice(
                    code="member_not_read",
                    count=count,
                    subject=shown_name(group),
                    first_locator=shown_name(first[group]) if count > 1 else None,
                )
            )

    def _refusal(self, source: MemberSource, *, has_more: bool) -> InputRefused:
        """Return why nothing was read: what is wrong with the one delivery in it, else what lies in it.

        Args:
            source: The archive or folder.
            has_more: Whether there are files that were not looked at.
        """
        if self._refusals and not is_no_delivery(self._refusals[0]):
            return self._refusals[0]
        unopened = self._unopened(source)
        if unopened is not None:
            return unopened
        if len(self._refusals) == 1 and len(source.names) == 1:
            return self._refusals[0]
        if not source.names:
            return InputRefused("input_empty")
        if is_nokia_backup(source.names):
            return InputRefused(NOKIA_BACKUP, "a backup of Nokia PC Suite (predefmessages)")
        kinds = Counter(name.rpartition("/")[2].rpartition(".")[2].casefold()[:12] for name in source.names)
        listed = ", ".join(f"{count} .{shown_name(kind)}" for kind, count in kinds.most_common(_NAMED_REASONS))
        return InputRefused("members_unknown_so_far" if has_more else "members_unknown", listed)

    def _unopened(self, source: MemberSource) -> InputRefused | None:
        """Return what keeps files from being told that may be deliveries. None: nothing does."""
        damaged = list(_damaged(source, source.names))
        locked = [name for name in source.locked if could_be_delivery(name)]
        for names, code, words in (
            (damaged, "members_damaged", ""),
            (locked, "input_protected", "what could be read needs a password: "),
            (_left_out_twice(source), "archive_refused", "twice in it: "),
        ):
            if names:
                shown = ", ".join(shown_name(self._place + name) for name in names[:_NAMED_REASONS])
                return InputRefused(code, f"{words}{shown}")
        return None


def _may_hold_none(name: str) -> bool:
    return is_kept_archive(name) or is_named_as_packed(name)


def _damaged(source: MemberSource, names: Iterable[str]) -> dict[str, str]:
    """Return what was wrong with files that may be deliveries, which their bytes do not tell any more."""
    return {name: code for name in names if could_be_delivery(name) and (code := source.damage_of(name))}


def _left_out_twice(source: MemberSource) -> list[str]:
    """Return the files that may be deliveries and of which none was read, because two have one name."""
    counts = Counter(notice.subject for notice in source.notices() if notice.code == "member_refused")
    return [name for name, count in counts.items() if count > 1 and name is not None and could_be_delivery(name)]


def _laid_over(own: Sidecar, outer: Sidecar) -> Sidecar:
    """Return what is stated of a unit: beside itself, else beside the delivery that it came in."""
    if own == EMPTY_SIDECAR:
        return outer
    stated = {name: value for name, value in msgspec.structs.asdict(own).items() if value}
    return msgspec.structs.replace(outer, **stated)


def _is_apart(kind: PartKind, own: Sidecar, outer: Sidecar) -> bool:
    """Whether nothing says that an extraction is of the same device as others here.

    A card may be an exhibit of its own and was read with its handset all the same.
    """
    if not _states_identity(outer):
        return True
    return kind not in _CARDS and any(
        (stated := getattr(own, name)) and stated != getattr(outer, name) for name in _IDENTITY
    )


def _states_identity(sidecar: Sidecar) -> bool:
    """Whether the submitter says which one exhibit everything is of."""
    return any(getattr(sidecar, name) for name in _IDENTITY)
