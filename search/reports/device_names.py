"""How pages and tables name a device, everywhere alike: its exhibit and case, else what a person can find it by.

Sentences of the data name a device without an exhibit by its inner id; pages show its name in that place.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
_CASE_END: Final = ")"
_SECTIONS: Final = ("devices", "lines", "links", "rejected_links", "decisions", "suppressed", "events", "new")


def device_labels(report: Item) -> dict[str, str]:
    """Return the name of each device; no two are alike."""
    entries: dict[str, list[Item]] = defaultdict(list)
    for entry in report["extractions"]:
        entries[entry["device_id"]].append(entry)
    devices = {device["device_id"]: device for device in report["devices"]}
    labels = {key: _label(device, entries[key], report["scope"]) for key, device in devices.items()}
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


def put_labels(report: dict[str, Any]) -> None:
    """Name devices in a report's sentences by their labels, where linkage, that knows no scope, has another exhibit.

    Call it when corrections stand in the report. Exhibits without a case stay: they may be any word of a sentence.
    """
    entries: dict[str, list[Item]] = defaultdict(list)
    for entry in report["extractions"]:
        entries[entry["device_id"]].append(entry)
    linked = {device["device_id"]: _label_in_linkage(entries[device["device_id"]]) for device in report["devices"]}
    often = Counter(linked.values())
    names = {
        said: label
        for device in report["devices"]
        if (said := linked[device["device_id"]]) is not None
        and often[said] == 1
        and said.endswith(_CASE_END)
        and (label := _label(device, entries[device["device_id"]], report["scope"])) != said
    }
    if names:
        said_one = re.compile(rf"(?<![\w/])(?:{'|'.join(map(re.escape, names))})")
        for key in _SECTIONS:
            if key in report:
                report[key] = _told(report[key], lambda text: said_one.sub(lambda match: names[match[0]], text))


def _label_in_linkage(entries: Sequence[Item]) -> str | None:
    """Return the exhibit, with its case, by which linkage names a device. None: it has none."""
    current = [entry for entry in entries if entry["exhibit_ref"] and not entry.get("superseded_by")]
    return min(exhibits_of(current or entries), key=counting_order, default=None)


def _label(device: Item, entries: Sequence[Item], scope: Item) -> str:
    current = _in_scope(_not_corrected_since(entries), scope)
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


def _not_corrected_since(entries: Sequence[Item]) -> list[Item]:
    """Return extractions with an exhibit, without replaced readings under a label that was found wrong.

    A replaced reading under another label stays: two cases may each have seized the phone.
    """
    wrong = {pair for entry in entries for pair in _earlier_labels(entry)}
    return [
        entry
        for entry in entries
        if entry["exhibit_ref"] and not (entry.get("superseded_by") and wrong.intersection(_labels_meant(entry, wrong)))
    ]


def _earlier_labels(entry: Item) -> Iterator[tuple[str, str]]:
    """Yield exhibit and case that an extraction had before each correction, the latest first; empty: none."""
    held = {field: entry[field] for field in ("exhibit_ref", "case_ref")}
    for correction in reversed(entry.get("corrections", ())):
        was = {each["field"]: each["was"] for each in correction["changed"] if each["field"] in held}
        if was:
            held |= was
            yield held["exhibit_ref"] or "", held["case_ref"] or ""


def _labels_meant(entry: Item, labels: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return the label of an extraction; without a case, each of ``labels`` that has its exhibit."""
    exhibit, case = entry["exhibit_ref"], entry["case_ref"] or ""
    return {(exhibit, case)} if case else {label for label in labels if label[0] == exhibit}


def _in_scope(entries: Sequence[Item], scope: Item) -> Sequence[Item]:
    """Return the extractions of the cases and exhibits that a report is of; all where none is, or it is of all."""
    held = [
        entry
        for entry in entries
        if (not scope["cases"] or entry["case_ref"] in scope["cases"])
        and (not scope["exhibits"] or entry["exhibit_ref"] in scope["exhibits"])
    ]
    return held or entries


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
            if isinstance(held, list | tuple) and key in _SAID_KEYS
            else _told(held, shown)
            if isinstance(held, Mapping)
            else held
            for key, held in value.items()
        }
    if isinstance(value, list | tuple):
        return [_told(one, shown) for one in value]
    return value
