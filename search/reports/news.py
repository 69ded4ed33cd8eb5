"""What is new in a report against an earlier one: extractions, lines, numbers, links, decisions. Pure.

Two reports of one scope are compared as data. A line is the earlier one of its id. An id may change when an earlier
advert turns up: a line whose id one of the two alone has is the other's where they share a number in one period of its
use, or, where no line goes on with the earlier one's numbers, a name and a phone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from search.linkage.instants import periods_touch
from search.linkage.keys import fold_name
from search.linkage.phrases import counted, day_of
from search.reports.earlier_devices import corrected_words, gone_devices, new_devices, with_ids_of_now
from search.reports.last_seen import last_word
from search.reports.line_views import member_ids
from search.reports.news_broadcasts import NewBroadcasts, is_same_event
from search.reports.news_words import decided_words, gone_words, new_of
from search.reports.summary_words import REFUSED

Item = Mapping[str, Any]
Section = dict[str, object]

_BAND_ORDER: Final = {"weak": 0, "moderate": 1, "strong": 2}


def news_of(earlier: Item, report: Item, since: Mapping[str, object]) -> Section:
    """Return the ``new`` section of the report.

    Args:
        earlier: The report that it is compared with.
        report: The report of now, without the section.
        since: What the section states about the earlier one: ``at``, ``generated_at``, ``sha256``.
    """
    as_made, earlier = earlier, with_ids_of_now(earlier, report)
    earlier_of, later_of = _matched(earlier["lines"], report["lines"])
    wordings = _Wordings(earlier, report)
    phones = {device["device_id"] for device in report["devices"]}
    # a phone that is not in the report any more is told with the phones, and left no line
    held = {
        line["line_id"]: {**line, "devices": [row for row in line["devices"] if row["device_id"] in phones]}
        for line in earlier["lines"]
    }
    broadcasts = NewBroadcasts(earlier, report)
    decision_ids = _new_decisions(earlier.get("decisions", ()), report.get("decisions", ()))
    decisions = new_of(report.get("decisions", ()), decision_ids)
    lines = [
        entry
        for line in report["lines"]
        if (
            entry := _line_entry(
                line, [held[key] for key in earlier_of[line["line_id"]]], later_of, wordings, broadcasts, decisions
            )
        )
        is not None
    ]
    return {
        "since": dict(since),
        "extraction_ids": sorted(_read(report) - _read(earlier)),
        "refused_ids": sorted(_refused(report) - _refused(earlier)),
        "device_ids": new_devices(earlier, report),
        "gone_devices": gone_devices(earlier, report),
        "lines": lines,
        "gone_lines": [
            {
                "line_id": line["line_id"],
                "name": line["name"],
                "numbers": list(dict.fromkeys(number["number"] for number in line["numbers"])),
                "is_rejected": _is_rejected(line, report),
            }
            for line in earlier["lines"]
            if not later_of[line["line_id"]]
        ],
        **_links(earlier["links"], report["links"], report.get("rejected_links", ())),
        "event_ids": _added(earlier, report, "events", "event_id"),
        "decision_ids": decision_ids,
        "remarks": [*_remarks(as_made, report), *corrected_words(as_made, report)],
    }


class _Wordings:
    """The wordings of each template of two reports: one that came since may give a template another id."""

    def __init__(self, earlier: Item, report: Item) -> None:
        self._before, self._now = (
            {each["template_id"]: each.get("wording_ids", ()) for each in held.get("templates", ())}
            for held in (earlier, report)
        )

    def new_of(self, line: Item, before: Iterable[Item]) -> list[str]:
        """Return the templates of a line of which no wording was one of the earlier lines'."""
        known = {key for held in before for key in held["template_ids"]}
        known.update(wording for key in tuple(known) for wording in self._before.get(key, ()))
        return sorted(key for key in line["template_ids"] if known.isdisjoint((key, *self._now.get(key, ()))))


def _added(earlier: Item, report: Item, section: str, key: str) -> list[str]:
    held = {item[key] for item in earlier[section]}
    return [item[key] for item in report[section] if item[key] not in held]


def _new_decisions(earlier: Iterable[Item], later: Iterable[Item]) -> list[str]:
    """Return decisions that were made since, taken back since, or come to something else now."""
    held = {item["decision_id"]: item["state"] for item in earlier}
    return [item["decision_id"] for item in later if held.get(item["decision_id"]) != item["state"]]


def _is_rejected(line: Item, report: Item) -> bool:
    """Whether it is gone because a person said that it is no line."""
    numbers = {number["number"] for number in line["numbers"]}
    return any(
        line["line_id"] == rejected["line_id"] or not numbers.isdisjoint(rejected["numbers"])
        for rejected in report.get("rejected_lines", ())
    )


def _matched(earlier: Sequence[Item], later: Sequence[Item]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return the earlier lines of each later one, and the later ones of each earlier one, by line id."""
    by_key: dict[str, list[Item]] = defaultdict(list)
    for line in earlier:
        for key in _keys(line):
            by_key[key].append(line)
    kept = {line["line_id"] for line in earlier} & {line["line_id"] for line in later}
    near = [(other, line) for line in later for other in _near(line, by_key)]
    # what both reports have did not become one with, or come out of, another line that both have
    near = [(other, line) for other, line in near if not kept.issuperset((other["line_id"], line["line_id"]))]
    found = {(line_id, line_id) for line_id in kept}
    found.update((other["line_id"], line["line_id"]) for other, line in near if _shares_number(other, line))
    followed = {line_id for line_id, _ in found}
    found.update(
        (other["line_id"], line["line_id"])
        for other, line in near
        # a further line of a name is a new one where the earlier line of that name goes on
        if other["line_id"] not in followed and _shares_name(other, line)
    )
    earlier_of: dict[str, list[str]] = defaultdict(list)
    later_of: dict[str, list[str]] = defaultdict(list)
    for earlier_id, later_id in sorted(found):
        earlier_of[later_id].append(earlier_id)
        later_of[earlier_id].append(later_id)
    return earlier_of, later_of


def _near(line: Item, by_key: Mapping[str, Sequence[Item]]) -> Iterable[Item]:
    """Return the earlier lines that share a number or a name with a line, once each."""
    return {other["line_id"]: other for key in _keys(line) for other in by_key.get(key, ())}.values()


def _keys(line: Item) -> set[str]:
    return {number["number"] for number in line["numbers"]} | {fold_name(line["name"] or "")} - {""}


def _shares_number(one: Item, other: Item) -> bool:
    return any(
        known["number"] == number["number"] and _touches(known, number)
        for number in other["numbers"]
        for known in one["numbers"]
    )


def _shares_name(one: Item, other: Item) -> bool:
    same_name = bool(one["name"] and other["name"]) and fold_name(one["name"]) == fold_name(other["name"])
    return same_name and bool(member_ids(one) & member_ids(other))


def _touches(a: Item, b: Item) -> bool:
    first = (a["first_seen_at"], a["last_seen_at"])
    second = (b["first_seen_at"], b["last_seen_at"])
    return None in first or None in second or periods_touch(first, second, 0)


def _line_entry(
    line: Item,
    before: Sequence[Item],
    later_of: Mapping[str, Sequence[str]],
    wordings: _Wordings,
    broadcasts: NewBroadcasts,
    decisions: Sequence[Item],
) -> Section | None:
    """Return what is new of a line; None where nothing is. ``decisions``: those made or taken back since."""
    is_parted = any(len(later_of[held["line_id"]]) > 1 for held in before)
    decided = decided_words(line, decisions, is_joined=len(before) > 1, is_parted=is_parted)
    numbers_before = {number["number"] for held in before for number in held["numbers"]}
    first_uses = {number["number"]: number for number in reversed(line["numbers"])}
    numbers = [each for each in line["numbers"] if each is first_uses[each["number"]]]
    numbers = [number for number in numbers if number["number"] not in numbers_before]
    again = [
        use
        for use in line["numbers"]
        # which number follows which is no news where a decision alone put them together
        if not decided and not any(use is first for first in numbers) and not _is_known(use, before)
    ]
    devices_before = set().union(*map(member_ids, before))
    devices = sorted(member_ids(line) - devices_before)
    forms_before = {fold_name(form["form"]) for held in before for form in held["nicknames"]}
    forms = [form["form"] for form in line["nicknames"] if fold_name(form["form"]) not in forms_before]
    templates = wordings.new_of(line, before)
    flares = set(line["flare_ids"]).intersection(broadcasts.flare_ids)
    flares -= {key for held in before for key in held["flare_ids"]}
    # where lines are parted, what each of them has lost is the other's
    gone = [] if is_parted else gone_words(line, devices_before, numbers_before)
    is_new = not before
    sentences = (
        []
        if is_new
        else list(
            _changes(
                line,
                before,
                decided or list(_of_lines(before, is_parted=is_parted)),
                [*_of_numbers(numbers, again), *gone],
                devices,
                forms,
                templates,
                list(broadcasts.words(flares)),
            )
        )
    )
    if not is_new and not sentences:
        return None
    return {
        "line_id": line["line_id"],
        "name": line["name"],
        "change": "new" if is_new else "changed",
        "earlier_line_ids": [held["line_id"] for held in before],
        "numbers": [number["number"] for number in numbers],
        "nicknames": forms,
        "device_ids": devices,
        "template_ids": templates,
        "flare_count": len(flares),
        "sentences": sentences or list(_first_words(line, devices)),
    }


def _is_known(use: Item, before: Sequence[Item]) -> bool:
    """Whether a use of a number that took over from another one did so in an earlier report, at about that time.

    Its first instant alone may change, when an earlier text turns up.
    """
    return use["succeeds"] is None or any(
        (known["number"], known["succeeds"]) == (use["number"], use["succeeds"]) and _touches(known, use)
        for held in before
        for known in held["numbers"]
    )


def _first_words(line: Item, devices: Sequence[str]) -> Iterable[str]:
    numbers = ", ".join(dict.fromkeys(number["number"] for number in line["numbers"])) or "no number known"
    yield f"New line: {numbers}; on {counted(len(devices), 'phone')}."


def _of_numbers(new: Iterable[Item], again: Iterable[Item]) -> Iterable[str]:
    for number in new:
        after = f" in place of {number['succeeds']}" if number["succeeds"] else ""
        yield f"New number {number['number']}{after}, seen from {day_of(number['first_seen_at'])}."
    for use in again:
        yield f"{use['number']} in use in place of {use['succeeds']}, seen from {day_of(use['first_seen_at'])}."


def _of_lines(before: Sequence[Item], *, is_parted: bool) -> Iterable[str]:
    if len(before) > 1:
        yield f"{len(before)} lines of the earlier report are one now."
    if is_parted:
        yield "In the earlier report this line and another one listed here were one line."


def _changes(  # one sentence for each kind of difference, which are what it takes
    line: Item,
    before: Sequence[Item],
    of_lines: Iterable[str],
    of_numbers: Iterable[str],
    devices: Sequence[str],
    forms: Sequence[str],
    templates: Sequence[str],
    broadcasts: Iterable[str],
) -> Iterable[str]:
    yield from of_lines
    names = {fold_name(held["name"] or "") for held in before}
    if fold_name(line["name"] or "") not in names:
        called = ", ".join(sorted(held["name"] for held in before if held["name"])) or "a line without a name"
        yield f"Called {called} in the earlier report."
    yield from of_numbers
    if devices:
        yield f"{counted(len(devices), 'more phone')} with its traffic or a number of it."
    if forms:
        yield f"New forms of its name: {', '.join(forms[:3])}{' and more' if len(forms) > 3 else ''}."
    yield from broadcasts
    if templates:
        yield f"{counted(len(templates), 'new wording')} of adverts."
    last = max((held["last_seen_at"] or "" for held in before), default="")
    # a minute on another phone's clock is no news
    if (line["last_seen_at"] or "") > last and not is_same_event(line["last_seen_at"], last):
        on = day_of(line["last_seen_at"])
        yield f"{last_word(line).capitalize()} on {on}, before that on {day_of(last or None)}."
    verdicts = {(held.get("decision") or {}).get("decision_id") for held in before}
    if line["decision"] is not None and line["decision"]["decision_id"] not in verdicts:
        yield (
            "Confirmed by a person since, before it was split."
            if line["decision"].get("is_before_split")
            else "Confirmed by a person since."
        )


def _read(report: Item) -> set[str]:
    return {item["extraction_id"] for item in report["extractions"]} - _refused(report)


def _refused(report: Item) -> set[str]:
    """Return the deliveries of which nothing was read."""
    return {item["extraction_id"] for item in report["extractions"] if item["state"] == REFUSED}


def _links(earlier: Sequence[Item], later: Sequence[Item], rejected: Iterable[Item]) -> Section:
    # Under the ids of now two phones can have changed places, or be one.
    before = {_pair(link): link["band"] for link in earlier}
    held = {pair: band for pair, band in before.items() if pair[0] != pair[1]}
    now = {_pair(link): link["band"] for link in later}
    no_longer = {_pair(link) for link in rejected}
    decided = {_pair(link) for link in later if link.get("is_by_decision")}
    changed = [(pair, band, held.get(pair)) for pair, band in now.items() if held.get(pair) != band]
    return {
        "links": [
            {
                "a_device_id": pair[0],
                "b_device_id": pair[1],
                "band": band,
                "was": was,
                "change": "new" if was is None else _direction(was, band),
                "is_by_decision": pair in decided,
            }
            for pair, band, was in sorted(changed, key=lambda item: (-_BAND_ORDER[item[1]], item[0]))
        ],
        "gone_links": [
            {"a_device_id": pair[0], "b_device_id": pair[1], "was": band, "is_rejected": pair in no_longer}
            for pair, band in sorted(held.items(), key=lambda item: (-_BAND_ORDER[item[1]], item[0]))
            if pair not in now
        ],
    }


def _pair(link: Item) -> tuple[str, str]:
    a, b = sorted((link["a_device_id"], link["b_device_id"]))
    return a, b


def _direction(was: str, band: str) -> str:
    return "stronger" if _BAND_ORDER[band] > _BAND_ORDER[was] else "weaker"


def _remarks(earlier: Item, report: Item) -> Iterable[str]:
    if earlier["scope"] != report["scope"]:
        yield "The earlier report had another scope: what is new may only be newly in scope."
    versions = ("nlp_version", "lexicon_version")
    if earlier["extractions"] and any(earlier["software"].get(key) != report["software"].get(key) for key in versions):
        yield "The earlier report was made with another version of the analysis: some of what is new may come from it."
    gone = _read(earlier) - _read(report)
    if gone:
        yield f"{counted(len(gone), 'extraction')} of the earlier report are not in this one."
