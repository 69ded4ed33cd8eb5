"""Phones of a line, one row each: what each has to do with it, on how many records, and which to open."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from search.linkage.counting_order import counting_order
from search.linkage.phrases import counted
from search.reports.cited import Cited, Searches, cited, row_query
from search.reports.cuts import Cut, cut

Item = Mapping[str, Any]

RELATIONS: Final = {
    "sent_adverts": ("S", "sent its adverts"),
    "carries_line_sim": ("N", "has its number or SIM"),
    "received_adverts": ("R", "received its adverts"),
    "contact_of_line": ("C", "one-to-one texts or calls with it"),
    "mentions_line": ("m", "its number or name, and no traffic that is shown to be with it"),
}
"""Letter and words of each, those first that make a phone the line's own."""
INFERRED: Final = ("n", "sent from its number, which the phone does not state: inferred from what other phones hold")
"""The same of a number that other phones show."""
AFTER: Final = ("a", "texts or calls with its number after the last advert from it, not shown to be with the line")
"""The same of a mention that rests on such traffic."""
LETTERS: Final = (*RELATIONS.values(), AFTER, INFERRED)
"""What the key of the matrix explains."""
OWN_PHONE: Final = ("sent_adverts", "carries_line_sim")
PHONES_SHOWN: Final = 60
RECORDS_SHOWN: Final = 3
NUMBERS_A_PHONE: Final = 24
"""Of one relation."""
_BY_NAME: Final = "it wrote to a sender whom it shows by a name alone"
_STATED: Final = "stated by the extraction"
_BY_SUBMITTER: Final = "stated by the submitter"
_CORRECTED: Final = "corrected by a person"
_PROVEN_WORDS: Final = "holds texts that were sent from its number, which the phone does not state"
_PROVEN: Final = "as copies on other phones show, to a few seconds"
MENTIONS: Final = {
    "saved": "has a number of it saved",
    "written": "has its number or name in texts",
    "traffic_not_with_line": "texts or calls with its number, not shown to be with the line",
    "traffic_after_last_advert": "texts or calls with its number after the last advert from it",
    "own_number_at_another_time": "has its number, not shown to be in the line's time",
}
"""What a mention rests on, in words."""


class ShownRelation(msgspec.Struct, frozen=True):
    """One relation of a phone.

    Attributes:
        words: What it is.
        count: How many records show it, or what does where no record is one of them.
        cited: The first of them.
    """

    words: str
    count: str
    cited: Cited

    @property
    def record_ids(self) -> tuple[str, ...]:
        """Records to open."""
        return self.cited.record_ids


class PhoneRow(msgspec.Struct, frozen=True):
    """One phone of a line; its numbers are those of the line that it has to do with."""

    device_id: str
    relations: tuple[ShownRelation, ...]
    numbers: tuple[str, ...]

    @property
    def has_records(self) -> bool:
        """Whether there is a record to open."""
        return any(relation.record_ids for relation in self.relations)


def phone_rows(
    rows: Sequence[Item],
    devices: Mapping[str, Item],
    labels: Mapping[str, str],
    searches: Searches,
    flares: Sequence[Item] = (),
) -> Cut:
    """Return the phones, the line's own first.

    Args:
        rows: One for each relation of each device, as in the report.
        devices: Those of the report by id.
        labels: How the page names each device.
        searches: What searches that are cited need to know.
        flares: Broadcasts of the line.
    """
    unread: Counter[str] = Counter()
    for flare in flares:
        if flare["direction"] == "sent":
            unread[flare["device_id"]] += unread_in(flare)
    order = {relation: place for place, relation in enumerate(RELATIONS)}
    held: dict[str, list[Item]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: order[row["relation"]]):
        held[row["device_id"]].append(row)
    ordered = sorted(held, key=lambda key: (order[held[key][0]["relation"]], counting_order(labels[key])))
    part = cut(ordered, PHONES_SHOWN)
    return Cut(
        tuple(_phone_row(key, held[key], devices, labels, searches, unread[key]) for key in part.items), part.total
    )


def unread_in(flare: Item) -> int:
    """Return how many messages of a broadcast read like no adverts."""
    messages: int = flare["message_count"]
    read = flare.get("advert_count")
    if read is None:  # of an index that was made before they were counted
        read = messages if flare.get("is_advert", True) else 0
    return messages - read


def _phone_row(
    device_id: str,
    rows: Sequence[Item],
    devices: Mapping[str, Item],
    labels: Mapping[str, str],
    searches: Searches,
    unread: int,
) -> PhoneRow:
    return PhoneRow(
        device_id=device_id,
        relations=tuple(_shown(row, devices, labels, searches, unread) for row in rows),
        numbers=(
            *_shown_numbers(_own_first(rows)),
            *_shown_numbers(
                sorted({f"{held['number']} (not joined)" for row in rows for held in _unjoined(row) if held["number"]})
            ),
        ),
    )


def _own_first(rows: Sequence[Item]) -> list[str]:
    """Return the numbers that a phone has to do with, those that are its own before others."""
    own = {number for row in rows if row["relation"] in OWN_PHONE for number in row["numbers"]}
    return [*sorted(own), *sorted({number for row in rows for number in row["numbers"]} - own)]


def _shown_numbers(numbers: Sequence[str]) -> tuple[str, ...]:
    """Return the numbers of a phone; of very many the first, and how many more there are."""
    part = cut(numbers, NUMBERS_A_PHONE)
    return (*part.items, f"and {part.left_out} more, all of them in the JSON form") if part.left_out else part.items


def relation_words(row: Item) -> str:
    """Return in words what a phone has to do with a line; of a mention what it rests on."""
    if is_proven(row):
        return _PROVEN_WORDS
    return ", ".join(MENTIONS[what] for what in row["mentions"]) or RELATIONS[row["relation"]][1]


def letter_of(row: Item) -> str:
    """Return the letter that stands for what a phone has to do with a line."""
    if is_proven(row):
        return INFERRED[0]
    return AFTER[0] if "traffic_after_last_advert" in row["mentions"] else RELATIONS[row["relation"]][0]


def is_proven(row: Item) -> bool:
    """Whether a phone states none of the line's numbers that it carries: copies on others show that it sent from it."""
    return row["relation"] == "carries_line_sim" and bool(
        row.get("inferred_numbers") and row["numbers"] == row["inferred_numbers"]
    )


def _unjoined(row: Item) -> Sequence[Item]:
    held: Sequence[Item] = row.get("unjoined", ())
    return held


def _shown(
    row: Item, devices: Mapping[str, Item], labels: Mapping[str, str], searches: Searches, unread: int
) -> ShownRelation:
    count, words = row["record_count"], relation_words(row)
    if count:
        told = f"{count} record{'' if count == 1 else 's'}{_further(row, unread)}"
    else:
        told = _BY_NAME if row["relation"] == "contact_of_line" else _stated(row, devices, labels)
    device = devices.get(row["device_id"])
    held = () if device is None else (device,)
    query = row_query(row) if held else ""
    return ShownRelation(words, told, cited(row["record_ids"], count, query, held, RECORDS_SHOWN, searches))


def _further(row: Item, unread: int) -> str:
    """Return what is said behind the records of a row: adverts by their words alone, those that are not, and whose.

    ``unread``: messages in broadcasts of the line that were sent from the phone, and read like no adverts.
    """
    recovered = row.get("recovered_count", 0)
    others = sum(held["count"] for held in _unjoined(row))
    which = "" if others == row["record_count"] else f"{others} of them "
    said = [f"{which}from a number not joined"] if others else []
    if recovered:
        which = "no" if recovered == row["record_count"] else f"{recovered} of them no"
        said.append(f"{which} {'advert by its' if recovered == 1 else 'adverts by their'} words alone")
    more = unread - recovered if row["relation"] == "sent_adverts" else 0
    if more > 0:
        said.append(f"{counted(more, 'further message')} in its broadcasts")
    if failed := row.get("failed_count", 0):
        said.append(f"{counted(failed, 'more advert')} failed to send and {'is' if failed == 1 else 'are'} not counted")
    return "".join(f"; {words}" for words in said)


def _whose_word(stated: set[str], device: Item) -> str:
    """Return whose word numbers of a device are, all of them; one that the extraction states outweighs."""
    corrected = set(device.get("msisdn_corrected", ()))
    if not stated.issubset(corrected.union(device.get("msisdn_of_submitter", ()))):
        return _STATED
    return _CORRECTED if stated.issubset(corrected) else _BY_SUBMITTER


def _stated(row: Item, devices: Mapping[str, Item], labels: Mapping[str, str]) -> str:
    """Return what states the number of a phone: its extraction, another one of the same SIM, or copies elsewhere."""
    if is_proven(row):
        return _PROVEN
    device = devices.get(row["device_id"])
    if device is None:
        return _STATED
    if stated := set(row["numbers"]).intersection(device["msisdn"]):
        return _whose_word(stated, device)
    sims = {*device["iccid"], *device["imsi"]}
    stating = [
        labels[other_id]
        for other_id, other in devices.items()
        if other is not device
        and not sims.isdisjoint(other["iccid"] + other["imsi"])
        and not set(row["numbers"]).isdisjoint(other["msisdn"])
    ]
    return (
        f"by its SIM, whose number the extraction of {min(stating, key=counting_order)} states" if stating else _STATED
    )
