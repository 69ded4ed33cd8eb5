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


def regime_of(seed: int) -> Regime:
    """Return the regime of a seed: they take turns."""
    return REGIMES[seed % len(REGIMES)]
