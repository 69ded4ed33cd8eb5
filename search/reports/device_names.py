"""How pages and tables name a device, everywhere alike: its exhibit and case, else what a person can find it by.

Sentences of the data name a device without an exhibit by its inner id; pages show its name in that place.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from search.linkage.counting_order import counting_order
from search.linkage.phrases import with_case
from search.reports.page_text import grouped

Item = Mapping[str, Any]

_INNER_NAME: Final = re.compile(r"\b(?:device )?(dv-[0-9a-f]{20})\b")
_SAYS_TOO_MUCH: Final = (
    " of adverts from others before it sent them from",
    " from others that the analysis takes for adverts, before it sent the same from",
)
"""Ordinary people pass on ordinary texts too: what came to them is only what the analysis takes for adverts."""
_SAID_KEYS: Final = frozenset(
    {"sentence", "sentences", "remarks", "why", "value", "basis", "conflicts", "caveats", "reasons", "against",
     "evidence", "numbers", "lines", "traffic", "subject", "handovers", "old_number", "announcements", "sender"}
)  # fmt: skip
_SECTIONS: Final = ("devices", "lines", "links", "rejected_links", "decisions", "suppressed", "events", "new")


def device_labels(report: Item) -> dict[str, str]:
    """Return the name of each device; no two are alike."""
    entries: dict[str, list[Item]] = defaultdict(list)
    for entry in report["extractions"]:
        entries[entry["device_id"]].append(entry)
    devices = {device["device_id"]: device for device in report["devices"]}
    labels = {key: _label(device, entries[key]) for key, device in devices.items()}
    for fuller in (_with_model, _with_number):
        often = Counter(labels.values())
        labels = {
            key: fuller(label, devices[key], entries[key]) if often[label] > 1 else label
            for key, label in labels.items()
        }
    often = Counter(labels.values())
    seen: Counter[str] = Counter()
    for key in sorted(labels):
        label = labels[key]
        if often[label] > 1:
            seen[label] += 1
            labels[key] = f"{label} [{seen[label]} of {often[label]}]"
    return labels


def with_gone(labels: Mapping[str, str], news: Item) -> dict[str, str]:
    """Return the names of devices with those of what only the report before had: news speaks of them too."""
    return {**{gone["device_id"]: gone["label"] for gone in news.get("gone_devices", ())}, **labels}


def exhibits_of(entries: Sequence[Item]) -> list[str]:
    """Return the exhibits of extractions, each with its case, in order."""
    pairs = {(entry["exhibit_ref"], entry["case_ref"] or "") for entry in entries if entry["exhibit_ref"]}
    ordered = sorted(pairs, key=lambda pair: (counting_order(pair[0]), counting_order(pair[1])))
    return [with_case(exhibit, case) for exhibit, case in ordered]


def _label(device: Item, entries: Sequence[Item]) -> str:
    # What was corrected names a device; a reading that was replaced keeps the name that it had.
    current = [entry for entry in entries if entry["exhibit_ref"] and not entry.get("superseded_by")]
    exhibits = exhibits_of(current or entries) or [
        with_case(exhibit, ", ".join(device["case_refs"])) for exhibit in device["exhibit_refs"]
    ]
    if exhibits:
        return exhibits[0]
    words = " ".join(filter(None, (_model(device), _found_by(device))))
    if not words:
        file_name = min((entry["file_name"] for entry in entries), default="")
        words = f"{_kind(entries)} of {file_name}" if file_name else f"{_kind(entries)} without an exhibit"
    return with_case(words, ", ".join(device["case_refs"]))


def _kind(entries: Sequence[Item]) -> str:
    return "SIM" if entries and all(entry.get("part_kind") == "sim" for entry in entries) else "phone"


def _model(device: Item) -> str:
    make, model = device.get("make") or "", device.get("model") or ""
    return model if make and model.casefold().startswith(make.casefold()) else " ".join(filter(None, (make, model)))


def _found_by(device: Item) -> str:
    for name, key in (("", "msisdn"), ("IMEI ", "imei"), ("ICCID ", "iccid"), ("IMSI ", "imsi")):
        if device[key]:
            return f"{name}{grouped(device[key][0])}"
    return ""


def _with_model(label: str, device: Item, entries: Sequence[Item]) -> str:
    words = _model(device) or (_kind(entries) if _kind(entries) == "SIM" else "")
    return f"{label}, {words}" if words and words not in label else label


def _with_number(label: str, device: Item, _: Sequence[Item]) -> str:
    words = _found_by(device)
    return f"{label}, {words}" if words and words not in label else label


def in_words(report: Item, labels: Mapping[str, str]) -> dict[str, Any]:
    """Return the report with sentences as pages show them: devices by their names, nothing said that is not known."""
    if not _has_inner_names(report) and not report["suppressed"]:
        return dict(report)

    def shown(text: str) -> str:
        named = _INNER_NAME.sub(lambda match: labels.get(match[1], match[0]), text) if "dv-" in text else text
        return named.replace(*_SAYS_TOO_MUCH)

    return {key: _told(value, shown) if key in _SECTIONS else value for key, value in report.items()}


def _has_inner_names(report: Item) -> bool:
    return any(not device["exhibit_refs"] for device in report["devices"])


def _told(value: Any, shown: Callable[[str], str]) -> Any:
    """Return a section with its sentences rewritten; ids stay as they are."""
    if isinstance(value, Mapping):
        return {
            key: shown(held)
            if isinstance(held, str) and key in _SAID_KEYS
            else [shown(one) if isinstance(one, str) else _told(one, shown) for one in held]
            if isinstance(held, list) and key in _SAID_KEYS
            else _told(held, shown)
            if isinstance(held, Mapping)
            else held
            for key, held in value.items()
        }
    if isinstance(value, list):
        return [_told(one, shown) for one in value]
    return value
