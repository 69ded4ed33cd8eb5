"""The phones of an earlier report under the ids that they have now: a corrected exhibit gives a phone another id.

A device is named by its exhibit where it has one. What was read from it keeps its extraction id.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from search.linkage.phrases import counted
from search.reports.corrections import corrections_words
from search.reports.device_names import device_labels

Item = Mapping[str, Any]


def with_ids_of_now(earlier: Item, report: Item) -> dict[str, Any]:
    """Return the earlier report with the device ids of now.

    A device that is still there keeps its own; of one that is several now it is the one with most of its extractions.
    """
    now = _device_of(report)
    shares: dict[str, Counter[str]] = defaultdict(Counter)
    for extraction_id, device_id in sorted(_device_of(earlier).items()):
        if extraction_id in now:
            shares[device_id][now[extraction_id]] += 1
    held = {device["device_id"] for device in report["devices"]}
    ids = {old: count.most_common(1)[0][0] for old, count in shares.items() if old not in held}
    return {key: _renamed(value, ids) for key, value in earlier.items()} if ids else dict(earlier)


def new_devices(earlier: Item, report: Item) -> list[str]:
    """Return the devices of which the earlier report had nothing, in the order of the report."""
    before = _device_of(earlier)
    known = {*before.values(), *(device["device_id"] for device in earlier["devices"])}
    known |= {device_id for extraction_id, device_id in _device_of(report).items() if extraction_id in before}
    return [device["device_id"] for device in report["devices"] if device["device_id"] not in known]


def gone_devices(earlier: Item, report: Item) -> list[dict[str, str]]:
    """Return the devices that are not in the report any more, by id, with what the earlier report called them."""
    gone = {device["device_id"] for device in earlier["devices"]} - {item["device_id"] for item in report["devices"]}
    labels = device_labels(earlier) if gone else {}
    return [{"device_id": device_id, "label": labels[device_id]} for device_id in sorted(gone)]


def corrected_words(earlier: Item, report: Item) -> Iterable[str]:
    """Yield what was corrected since, with the old label and who corrected it; nothing where nothing was."""
    before = {item["extraction_id"]: item for item in earlier["extractions"]}
    held = [item for item in report["extractions"] if item["extraction_id"] in before]
    new = [
        {"corrections": _new_corrections(item, before[item["extraction_id"]], earlier["generated_at"])} for item in held
    ]
    yield from corrections_words(new)
    # Another site's folder has the correction; here the outcome alone is known.
    count = sum(
        _named(before[item["extraction_id"]]) != _named(item) and not said["corrections"]
        for item, said in zip(held, new, strict=True)
    )
    if count:
        yield f"The case or exhibit of {counted(count, 'extraction')} was corrected since the earlier report."


def _new_corrections(item: Item, before: Item, at: str) -> list[Item]:
    """Return the corrections of an extraction that an earlier report of that instant does not have."""
    known = before.get("corrections", ())
    # One made by an earlier version has no corrections: what it calls the exhibit says whether it knew of them.
    is_changed = _named(before) != _named(item)
    return [
        each for each in item.get("corrections", ()) if each not in known and (is_changed or each["corrected_at"] >= at)
    ]


def _named(item: Item) -> tuple[object, object]:
    return item["case_ref"], item["exhibit_ref"]


def _device_of(report: Item) -> dict[str, str]:
    return {item["extraction_id"]: item["device_id"] for item in report["extractions"] if item["device_id"]}


def _renamed(value: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return ids.get(value, value)
    if isinstance(value, Mapping):
        return {key: _renamed(held, ids) for key, held in value.items()}
    return [_renamed(held, ids) for held in value] if isinstance(value, list | tuple) else value
