"""Accounts of applications as pages name them: told from telephone numbers, and one however tools write it.

Keys do not say of which application an account is. What the report shows of it elsewhere does: the prefix that
Telegram's own export writes, or a sentence that binds the account to a number. Where nothing says it, none is named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Final

Item = Mapping[str, Any]

_WRITTEN: Final = re.compile(r"(user|channel|chat)?([1-9][0-9]{8,})")
_BOUND: Final = re.compile(r"([A-Z][a-z]+) ([1-9][0-9]{8,}), (?:saved|stated) with \+")
_NAMED: Final = re.compile(r"(?:[A-Z][a-z]+ )?account [0-9]+")
_COUNTS_AS: Final = re.compile(
    r"((?:[A-Z][a-z]+ )?account [0-9]+), (?:saved|stated) with (\+[0-9]+)\b[^.]*?, counts as this number"
    r"(?: until another was announced on ([0-9-]{10}))?\.",
    re.IGNORECASE,
)
_TELEGRAM: Final = "Telegram"
_WHOLE: Final = frozenset({"number", "succeeds", "old_number", "sender"})
"""Where a value is a number, an account or a name, and nothing else."""
SAID: Final = frozenset(
    {"sentence", "sentences", "remarks", "why", "basis", "conflicts", "caveats", "reasons", "against", "evidence"}
)
"""Where sentences of ours stand; what a text says is left as it is."""
_LISTED: Final = frozenset({"numbers", "inferred_numbers", "value"})
_SECTIONS: Final = ("lines", "links", "rejected_links", "flares", "suppressed", "events", "new")


def account_names(report: Item) -> dict[str, str]:
    """Return what pages call each account that a line has for a number, or that sent broadcasts, by its digits."""
    held = [number for line in report["lines"] for number in line["numbers"]]
    keys = {number["number"] for number in held} | {flare["sender"] or "" for flare in report["flares"]}
    services = {match[2]: match[1] for number in held for said in number["basis"] for match in _BOUND.finditer(said)}
    found: dict[str, str] = {}
    for written in filter(None, map(_WRITTEN.fullmatch, sorted(keys))):
        kind, digits = written.groups()
        if kind:
            services[digits] = _TELEGRAM
        found[digits] = ""
    return {digits: f"{services[digits]} account {digits}" if digits in services else f"account {digits}"
            for digits in found}  # fmt: skip


def is_named_account(words: str) -> bool:
    """Whether a sender is an account as ``account_names`` calls it."""
    return _NAMED.fullmatch(words) is not None


def short_account(words: str) -> str:
    """Return what stands for an account where there is little room; anything else as it is."""
    return words.replace(" account ", " ") if is_named_account(words) else words


def with_accounts(report: Item, names: Mapping[str, str]) -> dict[str, Any]:
    """Return the report with accounts by their names, where their keys stand and in sentences of ours."""
    return _renamed(report, names, _WHOLE | _LISTED)


def with_accounts_said(report: Item, names: Mapping[str, str]) -> dict[str, Any]:
    """Return the report with accounts by their names in sentences alone; keys stay as they are."""
    return _renamed(report, names, frozenset())


def _renamed(report: Item, names: Mapping[str, str], whole: Collection[str]) -> dict[str, Any]:
    if not names:
        return dict(report)
    keys = {form: name for digits, name in names.items() for form in _forms(digits)}
    services = "|".join(sorted({name.partition(" ")[0] for name in names.values()}))
    in_words = re.compile(rf"(?<![\w+])(?:(?:{services}) )?({'|'.join(map(re.escape, keys))})(?!\w)")

    def said(text: str) -> str:
        return in_words.sub(lambda match: _begun(keys[match[1]], is_first=match.start() == 0), text)

    def key(text: str) -> str:
        return keys.get(text, text)

    return {
        section: _told(value, whole, said, key) if section in _SECTIONS else value for section, value in report.items()
    }


def _forms(digits: str) -> tuple[str, ...]:
    return tuple(f"{kind}{digits}" for kind in ("", "user", "channel", "chat"))


def _begun(name: str, *, is_first: bool) -> str:
    return name[:1].upper() + name[1:] if is_first else name


def _told(value: Any, whole: Collection[str], said: Callable[[str], str], key: Callable[[str], str]) -> Any:
    if isinstance(value, Mapping):
        return {name: _told_at(name, held, whole, said, key) for name, held in value.items()}
    if isinstance(value, list):
        return [_told(one, whole, said, key) for one in value]
    return value


def _told_at(
    name: str, held: Any, whole: Collection[str], said: Callable[[str], str], key: Callable[[str], str]
) -> Any:
    shown = said if name in SAID else key if name in whole else None
    if shown is not None and isinstance(held, str):
        return shown(held)
    if isinstance(held, list) and shown is not None:
        return [shown(one) if isinstance(one, str) else _told(one, whole, said, key) for one in held]
    return _told(held, whole, said, key)


def on_their_numbers(flares: Iterable[Item], numbers: Sequence[Item]) -> list[Item]:
    """Return broadcasts of a line with the number as sender that their account counts as.

    Args:
        flares: Broadcasts of the line; accounts by their names.
        numbers: Its numbers, whose sentences say which accounts count as them.
    """
    counted: dict[str, tuple[str, str]] = {}
    for held in numbers:
        for match in (match for said in held["basis"] for match in _COUNTS_AS.finditer(said)):
            if match[2] == held["number"]:
                counted[match[1].casefold()] = match[2], match[3] or "~"
    return [_counted(flare, counted) for flare in flares] if counted else list(flares)


def _counted(flare: Item, counted: Mapping[str, tuple[str, str]]) -> Item:
    number, until = counted.get(str(flare["sender"] or "").casefold(), ("", ""))
    return {**flare, "sender": number} if number and flare["started_at"][:10] <= until else flare
