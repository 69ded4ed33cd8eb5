"""A receipt as a person reads it: what was taken in, what it held, what was odd, and where to look next."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from ingest.outcomes import Receipt
from ingest.printed.output import table_lines, visible
from ingest.receipts import (
    DAMAGED_COPY,
    DAMAGED_SEGMENT,
    GRAVE,
    HEALED,
    LOADED_NOW,
    NO_ROOM,
    REFUSED_BEFORE,
    UNKNOWN_SHA256,
    exit_code,
    is_of_litter,
)
from search.linkage.phrases import counted
from search.reports.page_text import size

_STATE_WORDS: Final = {
    "complete": "complete",
    "complete_with_notices": "read to its end; some items were skipped, see the notices",
    "partial": "PARTIAL: not read to its end, see the notices",
    "refused": "REFUSED: nothing was read",
    "superseded": "superseded by another extraction of the same device, which covers it",
}
_GRAVEST_FIRST: Final = ("damaged", "skipped", "assumed", "outside")


def receipt_lines(receipt: Receipt, before: Receipt | None, told: set[str] | None = None) -> Iterator[str]:
    """Yield one receipt; the custody of a delivery stands above the first of its extractions.

    Args:
        receipt: An extraction that was read, or something that was refused.
        before: The receipt that was printed before it. None: it is the first.
        told: What to do about notices, as the run has said it so far: it is said once. Added to. None: nothing yet.
    """
    if before is None or _delivery_of(before) != _delivery_of(receipt):
        if before is not None:
            yield ""
        yield from _custody_lines(receipt)
    yield from _extraction_lines(receipt, set() if told is None else told)


def next_lines(receipts: Sequence[Receipt], data_dir: str) -> Iterator[str]:
    """Yield where to look after a run; nothing where nothing was read."""
    read = [receipt for receipt in receipts if receipt["state"] != "refused"]
    if not read:
        return
    yield ""
    data = f"--data {shlex.quote(data_dir)}"
    yield "Next:"
    yield f"  trapline search 'is:advert' {data}          adverts, oldest first"
    yield f"  trapline report --format html --out report.html {data}"
    if any(receipt.get("waits_for_index") for receipt in read):
        yield (
            "  the same trapline ingest again, when there is room on the disk: it loads what waits first"
            if any(receipt.get(NO_ROOM) for receipt in read)
            else f"  trapline rebuild {data}          when the index can be reached again: segments wait for it"
        )
    damaged = [str(receipt["extraction_id"]) for receipt in read if receipt.get(DAMAGED_SEGMENT)]
    if damaged:
        yield f"  {_reparse(damaged)} {data}          makes damaged segments again, from the copy in the vault"


def summary_lines(receipts: Sequence[Receipt]) -> Iterator[str]:
    """Yield, as a run's last line, how many came to which end, and the names of those that are not whole."""
    made = [receipt for receipt in receipts if not is_of_litter(receipt)]
    if not made:
        return
    of = {state: [each for each in made if each["state"] == state] for state in _STATE_WORDS}
    parts = [
        f"{len(of[state])} {word}{_which(of[state], state)}"
        for state, word in _SUMMED
        if of[state] or state in _ALWAYS_SUMMED
    ]
    waiting = sum(bool(receipt.get("waits_for_index")) for receipt in made)
    parts += [f"{waiting} waiting for the index"] if waiting else []
    damaged = sum(bool(receipt.get(DAMAGED_SEGMENT)) for receipt in made)
    parts += [f"{damaged} not in the index, with a damaged segment"] if damaged else []
    code = exit_code(receipts)
    yield ""
    yield f"{', '.join(parts)}." + (f" Exit code {code}." if code else "")


_SUMMED: Final = (
    ("complete", "complete"),
    ("superseded", "superseded"),
    ("complete_with_notices", "with items skipped or damaged"),
    ("partial", "partial"),
    ("refused", "refused"),
)
"""States in the order of a summary, with their words."""
_ALWAYS_SUMMED: Final = frozenset({"complete", "partial", "refused"})
_NAMED_AT_MOST: Final = 8


def _which(receipts: Sequence[Receipt], state: str) -> str:
    """Return the names of files that are not whole; of those that are superseded such as lost something in reading."""
    if state == "complete":
        return ""
    is_superseded = state == "superseded"
    held = [each for each in receipts if not is_superseded or not _is_without_loss(each)]
    names = _named([str(each["file_name"]) for each in held])
    return f" ({'not read without loss: ' if is_superseded else ''}{names})" if names else ""


def _is_without_loss(receipt: Receipt) -> bool:
    return GRAVE.isdisjoint(str(_mapping(notice)["severity"]) for notice in _sequence(receipt["notices"]))


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED_AT_MOST} more" if len(names) > _NAMED_AT_MOST else ""
    return ", ".join(map(visible, names[:_NAMED_AT_MOST])) + more


def _custody_lines(receipt: Receipt) -> Iterator[str]:
    custody = _mapping(receipt["custody"])
    yield visible(str(receipt["file_name"]))
    if custody["sha256"] != UNKNOWN_SHA256:
        size_bytes = size(int(str(receipt["size_bytes"])))
        yield f"  SHA-256 {custody['sha256']}, {size_bytes}, received {custody['received_at']}"
    if parts := custody.get("parts"):
        assert isinstance(parts, list | tuple)
        yield f"  That is the hash of its {len(parts)} parts joined; they came as"
        yield from (f"    {visible(str(part['name']))}  SHA-256 {part['sha256']}" for part in parts)
    if receipt.get("already_held"):
        yield f"  {_held_words(receipt)}"
    yield from _copy_lines(receipt)


def _copy_lines(receipt: Receipt) -> Iterator[str]:
    if damage := receipt.get(HEALED):
        was = visible(str(damage))
        yield f"  the copy in the vault was damaged ({was}): it was replaced from this delivery, whose hash is the same"
    if damage := receipt.get(DAMAGED_COPY):
        yield f"  the copy in the vault is DAMAGED ({visible(str(damage))}), and this delivery cannot mend it:"
        yield "    keep the original, and compare the copy with a backup; trapline verify names it until it is mended"


def _held_words(receipt: Receipt) -> str:
    """Return what came of a delivery whose content was held before."""
    if at := receipt.get(REFUSED_BEFORE):
        stated = _mapping(receipt.get("stated_by_submitter", {}))
        how = " with its mapping" if stated.get("table") else " with its sidecar" if any(stated.values()) else ""
        return f"held already: refused on {str(at)[:10]}, read now{how}"
    if receipt.get(LOADED_NOW):
        return "held already: its records were loaded into the index now"
    return "held already: the same delivery was taken in before, nothing was added"


def _stated(values: Mapping[str, object]) -> str:
    """Return what a sidecar states; of mappings of tables only how many."""
    shown = {
        key: f"({len(value)})" if isinstance(value, list) else str(value) for key, value in values.items() if value
    }
    return "; ".join(f"{key} {value}" for key, value in shown.items())


def _extraction_lines(receipt: Receipt, told: set[str]) -> Iterator[str]:
    state = str(receipt["state"])
    if state == "refused":
        yield f"  {_STATE_WORDS[state]}"
        yield f"  reason:  {visible(str(receipt.get('reason') or 'not known'))}"
        if receipt.get("remedy"):
            yield f"  remedy:  {visible(str(receipt['remedy']))}"
        shown = ("outside",) if len(_sequence(receipt["notices"])) > 1 else ()
        yield from _notice_lines(receipt, told, "  ", shown)
        return
    yield f"  extraction {receipt['extraction_id']}: {_STATE_WORDS.get(state, state)}"
    yield f"    {visible(_identity(receipt))}"
    for replaced in map(_mapping, _sequence(receipt.get("supersedes", ()))):
        yield f"    {visible(_replaced(replaced))}"
    if stated := _stated(_mapping(receipt.get("stated_by_submitter", {}))):
        yield f"    stated by the submitter: {visible(stated)}"
    if receipt.get("is_number_corrected"):
        yield f"    owner's number, corrected by a person: {', '.join(map(str, _sequence(receipt['msisdn'])))}"
    if receipt.get("waits_for_index"):
        yield f"    waits for the index, {_NO_ROOM_WORDS if receipt.get(NO_ROOM) else _AWAY_WORDS}"
    if damage := receipt.get(DAMAGED_SEGMENT):
        yield f"    not in the index: its segment is DAMAGED ({damage}). The delivery is in the vault; run"
        yield f"      {_reparse([str(receipt['extraction_id'])])}"
    counted = [(kind, _mapping(row)) for kind, row in _mapping(receipt["tally"]).items()]
    rows = [
        (kind.removeprefix("other:") if kind.startswith("other:") else kind, *(f"{row[key]}" for key in _COUNTS))
        for kind, row in counted
    ]
    for line in table_lines(("read", *_COUNTS), rows) if rows else ():
        yield f"    {line}"
    yield from _notice_lines(receipt, told)


def _reparse(extraction_ids: Sequence[str]) -> str:
    # Many would be no line to copy: without a name all are read again.
    return " ".join(("trapline reparse", *(extraction_ids if len(extraction_ids) <= _NAMED_AT_MOST else ())))


_AWAY_WORDS: Final = "which cannot be used; nothing is lost: trapline status, then trapline rebuild"
_NO_ROOM_WORDS: Final = "for which no room is left on the disk; nothing is lost: make room, then ingest again"
_COUNTS: Final = ("seen", "indexed", "merged", "noticed")


def _notice_lines(
    receipt: Receipt, told: set[str], indent: str = "    ", severities: Sequence[str] = _GRAVEST_FIRST
) -> Iterator[str]:
    groups: dict[tuple[object, ...], list[Mapping[str, object]]] = {}
    for notice in map(_mapping, _sequence(receipt["notices"])):
        # The same said of several elements or files is one line; JSON has each.
        groups.setdefault((notice["severity"], notice["code"], notice["sentence"]), []).append(notice)
    for severity in severities:
        for (of, _, sentence), notices in groups.items():
            if of != severity:
                continue
            remedy = str(notices[0].get("remedy") or "")
            said = "" if remedy in told else f" {remedy}"
            told.add(remedy)
            line = visible(f"{sentence}{_how_often(notices)}{said}".rstrip())
            yield f"{indent}{severity}: {line}"


def _how_often(notices: Sequence[Mapping[str, object]]) -> str:
    """Return how often notices of one sentence hold, and where several of them do first."""
    count = sum(int(str(notice["count"])) for notice in notices)
    word = _COUNT_WORDS.get(str(notices[0]["code"]), "times")
    words = [f"{count} {word}"] if count > 1 or word in _ALWAYS_COUNTED else []
    if len(notices) > 1:
        places = list(dict.fromkeys(str(place) for notice in notices if (place := notice.get("first_locator"))))
        more = f" and {len(places) - _PLACES_AT_MOST} more" if len(places) > _PLACES_AT_MOST else ""
        words += [f"first at {', '.join(places[:_PLACES_AT_MOST])}{more}"] if places else []
    return f" ({'; '.join(words)})" if words else ""


_COUNT_WORDS: Final = {
    "count_short": "missing",
    "count_exceeded": "more",
    "input_truncated": "of its parts",
}
"""What the count of a notice is of, where it is not how often it holds."""
_ALWAYS_COUNTED: Final = frozenset({"missing", "more"})
_PLACES_AT_MOST: Final = 3


def _replaced(held: Mapping[str, object]) -> str:
    count = counted(int(str(held["message_count"])), "message")
    how = f"which was read only in part ({count})" if held["was_partial"] else f"read before ({count})"
    return f"replaces {held['file_name']} ({held['extraction_id']}), {how}; what that alone has still counts"


def _identity(receipt: Receipt) -> str:
    tool = " ".join(str(receipt[key]) for key in ("tool", "tool_version") if receipt.get(key))
    parts = [
        f"case {receipt['case_ref']}" if receipt["case_ref"] else "no case stated",
        f"exhibit {receipt['exhibit_ref']}" if receipt["exhibit_ref"] else "no exhibit stated",
        f"device {receipt['device_id']}",
        f"format {receipt['format']}" + (f" ({tool})" if tool else ""),
    ]
    return ", ".join(parts)


def _delivery_of(receipt: Receipt) -> tuple[object, object]:
    custody = _mapping(receipt["custody"])
    return custody["sha256"], custody["original_path"]


def _mapping(value: object) -> Mapping[str, object]:
    assert isinstance(value, Mapping)
    return value


def _sequence(value: object) -> Sequence[object]:
    assert isinstance(value, Sequence)
    return value
