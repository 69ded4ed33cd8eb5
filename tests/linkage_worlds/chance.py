"""Chance by seed, the two banks of words, and the telephone numbers of a world.

Numbers are those of Ofcom's drama ranges alone; a world has three thousand of them and gives each out once.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from types import ModuleType

import msgspec

from tests.linkage_worlds.regimes import FINAL_SEEDS_FROM, REGIMES_IN_ALL
from tests.linkage_worlds.words import (
    adverts_development,
    adverts_final,
    adverts_second,
    bulk_senders,
    dealings,
    dealings_second,
    names,
    small_talk,
)
from tests.linkage_worlds.words.bulk_senders import BulkSender

_HAM = Path(__file__).parents[1] / "fixtures" / "noise" / "uci-ham.txt"
WORLD_STARTS_AT = datetime(2024, 1, 8, tzinfo=UTC)


def day(number: float) -> datetime:
    """Return the instant so many days after the world begins."""
    return WORLD_STARTS_AT + timedelta(days=number)


Talk = tuple[str, ...]


class Bank(msgspec.Struct, frozen=True, kw_only=True):
    """The words of one bank."""

    name: str
    adverts: ModuleType
    names: tuple[str, ...]
    words: tuple[str, ...]
    deals: tuple[str, ...]
    bulk_senders: tuple[BulkSender, ...]
    police: str
    ham: tuple[str, ...]
    talks: tuple[Talk, ...] = small_talk.TALKS
    orders: tuple[Talk, ...] = dealings.ORDERS
    runner_talk: tuple[Talk, ...] = dealings.RUNNER_TALK
    elder_talk: tuple[Talk, ...] = dealings.ELDER_TALK


def bank_of(seed: int) -> Bank:
    """Return the bank from which a seed draws."""
    ham = _HAM.read_text(encoding="ascii").splitlines()
    if seed >= FINAL_SEEDS_FROM:
        return Bank(
            name="final",
            adverts=adverts_final,
            names=names.NAMES_FINAL,
            words=names.WORDS_FINAL,
            deals=names.DEALS_FINAL,
            bulk_senders=bulk_senders.FINAL,
            police=bulk_senders.POLICE["final"],
            ham=tuple(ham[1::2]),
        )
    if _is_second(seed):
        return Bank(
            name="second",
            adverts=adverts_second,
            names=names.NAMES_SECOND,
            words=names.WORDS_SECOND,
            deals=names.DEALS_SECOND,
            bulk_senders=bulk_senders.SECOND,
            police=bulk_senders.POLICE["second"],
            ham=tuple(ham[::2]),
            talks=dealings_second.TALKS,
            orders=dealings_second.ORDERS,
            runner_talk=dealings_second.RUNNER_TALK,
            elder_talk=dealings_second.ELDER_TALK,
        )
    return Bank(
        name="development",
        adverts=adverts_development,
        names=names.NAMES_DEVELOPMENT,
        words=names.WORDS_DEVELOPMENT,
        deals=names.DEALS_DEVELOPMENT,
        bulk_senders=bulk_senders.DEVELOPMENT,
        police=bulk_senders.POLICE["development"],
        ham=tuple(ham[::2]),
    )


def _is_second(seed: int) -> bool:
    """Whether a development seed draws from the second bank: each regime has both in turn."""
    turn, regime = divmod(seed, REGIMES_IN_ALL)
    return (turn + regime) % 2 == 1


def chance(seed: int, name: str) -> Random:
    """Return the generator of this seed and name; the same every time."""
    return Random(f"linkage world {seed} {name}")


class NumberBook:
    """Gives out each number of the drama ranges once, in an order that the seed decides."""

    def __init__(self, draw: Random) -> None:
        self._mobiles = [f"+447700900{place:03d}" for place in range(1000)]
        self._others = [f"+{area}{place:03d}" for area in ("441632960", "442079460") for place in range(1000)]
        draw.shuffle(self._mobiles)
        draw.shuffle(self._others)
        self._draw = draw

    def mobile(self) -> str:
        """Return a mobile number that nobody has.

        Raises:
            IndexError: All thousand are given out.
        """
        return self._mobiles.pop()

    def other(self) -> str:
        """Return a fixed-line number that nobody has."""
        return self._others.pop()

    def anybody(self) -> str:
        """Return a number of somebody who does not matter: a mobile as long as there are plenty."""
        is_mobile = len(self._mobiles) > 150 and self._draw.random() < 0.6
        return self.mobile() if is_mobile else self.other()
