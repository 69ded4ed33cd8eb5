"""What was shared and kept from linking, with why: shown in the report, so that nothing is hidden by a rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

import msgspec

from search.linkage.joining.groups import LineGroup, lines_by_number
from search.linkage.keys import is_number
from search.linkage.model import Line, Suppressed
from search.linkage.phrases import counted
from search.linkage.weights import COMMON_NAME_LINES, RARE_DEVICES, hub_threshold

_ON_DEVICES = "On "
"""What a sentence begins with that counts the devices of a number, and leaves out those whose own it is."""
SHARED_RECIPIENTS = 2
"""Recipients that two lines have in common before the report says so."""


def suppressed_numbers(
    devices_of_number: Mapping[str, Collection[str]], line_numbers: Iterable[str], device_count: int
) -> list[Suppressed]:
    """Return shared numbers that are hubs: services, short codes, and numbers on many of the devices."""
    own = set(line_numbers)
    found = []
    for number in sorted(devices_of_number):
        count = len(devices_of_number[number])
        if number in own or count < 2:
            continue
        if not is_number(number):
            why = (
                f"No telephone number in full but a short code, a name or an account, on {count} of "
                f"{counted(device_count, 'device')}: it joins nobody."
            )
        elif count >= hub_threshold(device_count):
            why = (
                f"{_ON_DEVICES}{count} of {device_count} devices and no line's: a service, or somebody whom many know."
            )
        else:
            continue
        holders = frozenset(devices_of_number[number])
        found.append(Suppressed(kind="number", value=number, device_count=count, why=why, device_ids=holders))
    return found


def _own_words(count: int) -> str:
    return f"{count} more {'has' if count == 1 else 'have'} it as {'its' if count == 1 else 'their'} own number."


def suppressed_line_numbers(groups: Sequence[LineGroup]) -> list[Suppressed]:
    """Return numbers that two lines used one after the other: given out again, they join nobody."""
    found = []
    for number, lines in sorted(lines_by_number(groups).items()):
        if len(lines) > 1:
            spells = [spell for group in lines for spell in group.spells_of(number)]
            devices = frozenset().union(*(spell.sending | spell.receiving for spell in spells))
            why = (
                f"Used for {len(lines)} lines with a gap in time or another name; "
                "each use counts for its own line alone."
            )
            found.append(
                Suppressed(kind="number", value=number, device_count=len(devices), why=why, device_ids=devices)
            )
    return found


def suppressed_wordings(
    lines: Sequence[Line],
    lines_of_template: Mapping[str, int],
    devices_of_template: Mapping[str, int],
    devices_of_name: Mapping[str, int],
) -> list[Suppressed]:
    """Return wordings and names that several lines use, each with on how many devices adverts have it."""
    phones_of = {line.line_id: frozenset(row.device_id for row in line.devices) for line in lines}
    users: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        for template_id in line.template_ids:
            users[template_id] |= phones_of[line.line_id]
    templates = [
        Suppressed(
            kind="template",
            value=template_id,
            device_count=devices_of_template.get(template_id, 0),
            why=f"Used by {count} lines: wordings are copied, and similar wording is not common authorship.",
            device_ids=frozenset(users[template_id]),
        )
        for template_id, count in sorted(lines_of_template.items())
        if count > 1
    ]
    bearers: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        for name in line.folded_names:
            bearers[name].append(line)
    for name in sorted(bearers):
        if len(bearers[name]) > 1:
            devices = frozenset().union(*(phones_of[line.line_id] for line in bearers[name]))
            how = "counts for nothing" if len(bearers[name]) >= COMMON_NAME_LINES else "joins nothing by itself"
            why = f"Read as the name of {len(bearers[name])} lines that are not taken for one; it {how}."
            count = devices_of_name.get(name, 0) or len(devices)
            templates.append(Suppressed(kind="nickname", value=name, device_count=count, why=why, device_ids=devices))
    return templates


def suppressed_recipients(lines: Sequence[Line], devices: Collection[str]) -> list[Suppressed]:
    """Return pairs of lines whose adverts went to the same phones and numbers.

    Args:
        lines: All lines.
        devices: Device ids of all phones held.
    """
    lines_of_recipient: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        for recipient in line.recipients:
            lines_of_recipient[recipient].append(line)
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    names = {line.line_id: line.name or "a line without a name" for line in lines}
    phones_of = {line.line_id: frozenset(row.device_id for row in line.devices) for line in lines}
    for recipient, held in lines_of_recipient.items():
        if len(held) <= RARE_DEVICES:
            for a, b in combinations(sorted(held, key=lambda line: line.line_id), 2):
                shared[a.line_id, b.line_id].append(recipient)
    return [
        Suppressed(
            kind="shared_contacts",
            value=f"{names[a]} ({a}) and {names[b]} ({b})",
            device_count=(among := sum(recipient in devices for recipient in recipients)),
            why=(
                f"{counted(len(recipients), 'recipient')} in common, {among or 'none'} of them among the devices held: "
                "one phone can get adverts of both, and that joins none."
            ),
            device_ids=phones_of[a] & phones_of[b],
        )
        for (a, b), recipients in sorted(shared.items())
        if len(recipients) >= SHARED_RECIPIENTS
    ]


def with_all_holders(
    found: Iterable[Suppressed], holders: Mapping[str, Collection[str]], own_numbers: Mapping[str, frozenset[str]]
) -> Iterator[Suppressed]:
    """Yield what was suppressed, each number with all devices that it is on.

    Its sentence may be about some of them: those beside that have it as their own are said too.

    Args:
        found: What was suppressed.
        holders: Devices by number, of numbers on two extractions or more.
        own_numbers: Own numbers by device.
    """
    owners: dict[str, set[str]] = defaultdict(set)
    for device_id, numbers in own_numbers.items():
        for number in numbers:
            owners[number].add(device_id)
    for each in found:
        if each.kind == "number":
            own = owners[each.value].difference(each.device_ids)
            held = max(each.device_count, len(owners[each.value].union(holders.get(each.value, ()))))
            why = f"{each.why} {_own_words(len(own))}" if own and each.why.startswith(_ON_DEVICES) else each.why
            yield msgspec.structs.replace(each, device_count=held, why=why)
        else:
            yield each
