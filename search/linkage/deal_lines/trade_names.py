"""Whether phones saved a sender under the name of a trade, a club or an office: what its contacts take it for.

Who buys from a line saves its name, a letter or a nickname; who has hair cut saves "Jo nails". Of all evidence of a
sender this alone comes from other people than the sender, and is in no text that might be read amiss.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from search.contract import Edge
from search.linkage.adverts.traders import SavedNames
from search.linkage.keys import fold_name

_WORD: Final = re.compile(r"[^\W\d_]+")

_TRADE: Final = re.compile(
    r"""(?x)
    accountant | aerials | aesthetics | aftershaves | allotments | alterations | angling | aquatics | baker
    | bakers | bakery | bakes | barber | barbering | barbers | barbershop | beautician | beauty | bets | betting
    | bistro | blinds | bodyshop | bootcamp | bouncy | boutique | breeder | breeders | brickie | bricklayer | brows
    | buffet | builder | builders | butcher | butchers | butchery | cab | cabs | cafe | cakes | candles | caravans
    | carpenter | carpenters | carpet | carpets | carwash | caterers | catering | cattery | chapel | chemist
    | childcare | childminder | chimney | chippie | chippy | chiropodist | choir | church | cleaner | cleaners
    | cleaning | clinic | clothing | cobbler | conservatories | courier | couriers | creamery | cuts | dairy
    | decorating | decorator | decorators | deli | dental | dentist | dentists | detailing | doctors | driveways
    | eggs | electrical | electrician | electrics | exhausts | farm | fc | fencing | firewood | fishmonger
    | fishmongers | fitness | flooring | florist | florists | flowers | foodbank | footcare | fragrance | fragrances
    | fryer | furniture | garage | garages | gardener | gardeners | gardening | glazier | glaziers | glazing
    | greengrocer | grill | groomer | grooming | groundworks | gurdwara | guttering | gutters | hairdresser
    | hairdressers | hairdressing | handyman | hardware | haulage | hire | instructor | insurance | ironing
    | jewellers | jewellery | joiner | joiners | joinery | karate | kebab | kebabs | kennels | kitchens | landlord
    | lashes | launderette | laundrette | laundry | letting | lettings | locksmith | locksmiths | logs | meat
    | meats | mechanic | mechanics | milkman | minibus | minicab | minicabs | mosque | mot | motorcycles | motors
    | nails | nursery | optician | opticians | optometrist | osteopath | painter | painters | parish | parlour
    | perfume | perfumes | pet | pets | pharmacist | pharmacy | photography | physio | physiotherapy | pilates
    | pizza | pizzeria | plants | plasterer | plasterers | plastering | playgroup | plumber | plumbers | plumbing
    | podiatrist | poultry | preschool | puppies | raffle | recruitment | removals | repairs | restaurant | roofer
    | roofers | roofing | salon | sandwiches | scaffolders | scaffolding | scents | scouts | seafood | seamstress
    | sofa | sofas | solicitor | solicitors | spa | stall | storage | straw | sunbeds | surgery | surveyor | sweeps
    | synagogue | tackle | tailor | takeaway | tandoori | tanning | tattoo | tattoos | taxi | taxis | tearoom
    | temple | tiler | tilers | tiling | tips | tipster | tobacco | tobacconist | trainers | tuition | tutor
    | tutoring | tutors | tyre | tyres | unisex | upholstery | utd | valet | valeting | valets | van | vape | vapes
    | vaping | vet | veterinary | vets | vicar | vicarage | waxing | welder | welding | wok | yoga | zumba
    """
)
"""Words of contacts' names that say what somebody does for a living, or what is held there. None that is said of what
lines sell or of how they are saved ("shop", "food", "work", "wash"), or of where somebody is known from ("gym").
"""

_PAIRS: Final = frozenset(
    {("car", "wash"), ("hand", "wash"), ("corner", "shop"), ("chip", "shop"), ("village", "shop"), ("card", "shop")}
)

_BEFORE_PLACES: Final = frozenset(
    {
        *("across", "along", "around", "at", "behind", "beside", "by", "down", "in"),
        *("inside", "near", "opp", "oposite", "outside", "over", "past", "round", "under"),
    }
)
_PAIRS_BEFORE_PLACES: Final = frozenset({("next", "to"), ("front", "of"), ("back", "of"), ("side", "of")})
_BETWEEN: Final = 2
"""Words that may stand between one of these, every letter once, and a place: "by the old garage"."""
_WAITING: Final = frozenset({"outside", "here"})
"""What follows a car or a van in which somebody waits: "van outside", "taxi is here"."""
_SUBJECT_FROM: Final = 1
"""The last place of a word that may be what a text is about: "gel nails has gaps"."""

_DISGUISE_PHONES: Final = 2
"""A name that is such a word alone ("Taxi") may be a disguise: it counts on so many phones and more."""


def saved_names(edges: Iterable[Edge], device_of: Mapping[str, str], names: Iterable[str]) -> SavedNames:
    """Return on how many phones numbers stand under the name of a trade, and under another.

    Args:
        edges: Edges of the numbers.
        device_of: Device by extraction.
        names: Folded names that the sender's adverts bear: a line may be called by such a word.
    """
    own = frozenset(names)
    clear: set[str] = set()
    saving: set[str] = set()
    bare: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        device_id = device_of.get(edge.extraction_id)
        words = [fold_name(word) for word in _WORD.findall(edge.label)] if device_id and edge.label else []
        if device_id is None or not words:
            continue
        saving.add(device_id)
        if not _is_trade(words, own):
            continue
        if len(words) > 1:
            clear.add(device_id)
        else:
            bare[words[0]].add(device_id)
    trade = clear.union(*(held for held in bare.values() if len(held) >= _DISGUISE_PHONES))
    return SavedNames(len(trade), len(saving - trade))


def is_trade_name(name: str) -> bool:
    """Whether a name of several words, as a sender signs with it, says a trade: "Jo Nails". One word may be a brand."""
    words = [fold_name(word) for word in _WORD.findall(name)]
    return len(words) > 1 and _is_trade(words, ())


def is_of_trade(words: Sequence[str]) -> bool:
    """Whether a text is about a trade, or signed with one: "nails has gaps today". One word may be a brand.

    Whoever sells in the street meets people at shops and comes in a van: "by the garage", "van outside".

    Args:
        words: Its words as ``wording_key`` has them: folded, each letter once.
    """
    return len(words) > 1 and any(
        (first <= _SUBJECT_FROM or after == len(words)) and not _is_place(words, first, after)
        for first, after in _trades_in(words)
    )


def _trades_in(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where a trade is named: its first word and the one after its last."""
    for place, word in enumerate(words):
        if _TRADE.fullmatch(word):
            yield place, place + 1
        elif tuple(words[place : place + 2]) in _PAIRS:
            yield place, place + 2


def _is_place(words: Sequence[str], first: int, after: int) -> bool:
    """Whether somebody meets there, or sits in it."""
    before = words[max(first - 1 - _BETWEEN, 0) : first]
    pairs_before = pairwise(words[max(first - 2 - _BETWEEN, 0) : first])
    return (
        not _BEFORE_PLACES.isdisjoint(before)
        or not _PAIRS_BEFORE_PLACES.isdisjoint(pairs_before)
        or not _WAITING.isdisjoint(words[after : after + 2])
    )


def _is_trade(words: Sequence[str], own: Collection[str]) -> bool:
    is_said = any(_TRADE.fullmatch(word) and word not in own for word in words)
    return is_said or any(pair in _PAIRS for pair in pairwise(words))
