"""What kind of world it is: how lines send, what is seized, and how clean the files are."""

from __future__ import annotations

import msgspec


class Regime(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of world.

    Attributes:
        list_size: Least and most customers on a line's list.
        is_by_hand: Texts go out seconds apart, a dozen at a time, with pauses of minutes; else by a program.
        whatsapp_share: Share of lines that write in WhatsApp.
        seized_share: Share of a line's phones that are seized.
        zoneless_share: Share of phones whose files give times without a zone.
        own_number_share: Share of phones whose files state their own number.
        undated_share: Share of basic phones that keep no time of what they sent.
        dirty_share: Share of files with something wrong that costs no record.
        nameless_share: Share of files with neither IMEI nor SIM.
        short_memory_share: Share of phones that hold a few weeks alone.
        read_again_share: Share of phones that are read more than once, or with the SIM apart.
        portion: Recipients between two pauses, least and most. None: as the way of sending has it.
        pause_seconds: Between two portions, least and most; as ``portion``.
        broadcast_list_share: Share of sendings that are one message to a whole portion, in WhatsApp too.
        unnamed_share: Share of lines that leave their name out of offers.
        is_terse: Offers are of two or three words where there are such.
        copied_share: Share of lines that take most of their wordings from another line.
        slips: Share of sendings with a slip of the thumb in a word.
        is_greeting: Each portion of a sending begins with another greeting.
        names_only_share: Share of phones whose chats show saved people by their name alone.
        friends_in_common: Numbers that everybody of a town writes with, beside their own friends.
        twin_share: Share of lines of a common nickname that have all wordings of the other one, word for word.
        clock_off_share: Share of phones whose clock is an hour fast or slow.
        holders_broadcast: Who gets a line's number later invites everybody to something.
    """

    name: str
    list_size: tuple[int, int] = (30, 70)
    is_by_hand: bool = False
    whatsapp_share: float = 0.0
    seized_share: float = 0.55
    zoneless_share: float = 0.1
    own_number_share: float = 0.85
    undated_share: float = 0.15
    dirty_share: float = 0.0
    nameless_share: float = 0.05
    read_again_share: float = 0.1
    short_memory_share: float = 0.3
    portion: tuple[int, int] | None = None
    pause_seconds: tuple[int, int] | None = None
    broadcast_list_share: float = 0.0
    unnamed_share: float = 0.0
    is_terse: bool = False
    copied_share: float = 0.0
    slips: float = 0.0
    is_greeting: bool = False
    names_only_share: float = 0.0
    friends_in_common: int = 0
    twin_share: float = 0.0
    clock_off_share: float = 0.0
    holders_broadcast: bool = False


REGIMES: tuple[Regime, ...] = (
    Regime(name="small lists by hand", list_size=(11, 32), is_by_hand=True),
    Regime(name="large lists", list_size=(110, 210), seized_share=0.5),
    Regime(name="whatsapp", list_size=(15, 60), is_by_hand=True, whatsapp_share=0.75),
    Regime(name="line phones never seized", seized_share=0.0),
    Regime(name="naive times", zoneless_share=0.8, list_size=(20, 60)),
    Regime(
        name="dirty files",
        list_size=(20, 60),
        own_number_share=0.5,
        undated_share=0.5,
        dirty_share=0.5,
        nameless_share=0.25,
        read_again_share=0.25,
    ),
)

FURTHER_REGIMES: tuple[Regime, ...] = (
    Regime(
        name="a dozen by hand", list_size=(11, 15), is_by_hand=True, portion=(3, 7), pause_seconds=(200, 840), slips=0.3
    ),
    Regime(name="whatsapp lists", list_size=(20, 90), whatsapp_share=0.8, broadcast_list_share=0.7),
    Regime(name="two words", list_size=(18, 60), is_terse=True, unnamed_share=0.3),
    Regime(name="names left out", list_size=(18, 80), unnamed_share=0.6, seized_share=0.35),
    Regime(name="copied wordings", list_size=(18, 80), copied_share=0.6),
    Regime(
        name="undated", list_size=(15, 50), undated_share=1.0, own_number_share=0.4, is_by_hand=True, seized_share=0.8,
        slips=0.2,
    ),
)  # fmt: skip
"""For development seeds alone: what the first six leave out."""

LATER_REGIMES: tuple[Regime, ...] = (
    Regime(name="greetings", list_size=(20, 60), is_by_hand=True, is_greeting=True, portion=(2, 5)),
    Regime(name="saved names", list_size=(15, 50), whatsapp_share=1.0, names_only_share=0.6, seized_share=0.35),
    Regime(name="tiny lists", list_size=(4, 9), is_by_hand=True),
    Regime(
        name="twins among friends", list_size=(18, 70), friends_in_common=6, twin_share=1.0, clock_off_share=0.3,
        holders_broadcast=True, own_number_share=0.7,
    ),
    Regime(name="twins never seized", list_size=(18, 70), twin_share=1.0, seized_share=0.0, holders_broadcast=True),
)  # fmt: skip
"""For development seeds from ``LATER_SEEDS_FROM`` on: what the others leave out."""

LATER_SEEDS_FROM = 400_000
REGIMES_IN_ALL = len(REGIMES) + len(FURTHER_REGIMES)
FINAL_SEEDS_FROM = 500_000
"""Seeds from here on draw from the final bank. Nobody tunes on them, and their errors are not read."""


def regime_of(seed: int) -> Regime:
    """Return the regime of a seed: they take turns."""
    if seed >= FINAL_SEEDS_FROM:
        return REGIMES[seed % len(REGIMES)]
    if seed >= LATER_SEEDS_FROM:
        return LATER_REGIMES[seed % len(LATER_REGIMES)]
    return (*REGIMES, *FURTHER_REGIMES)[seed % REGIMES_IN_ALL]
