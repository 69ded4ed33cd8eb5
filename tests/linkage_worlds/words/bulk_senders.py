"""Those who text many for honest reasons, and those whom everybody has: hand-made, in two banks.

Slots are filled for each sending; of several wordings one is sent at a time.
"""

from __future__ import annotations

import msgspec


class BulkSender(msgspec.Struct, frozen=True, kw_only=True):
    """An honest sender and what it sends."""

    kind: str
    wordings: tuple[str, ...]


DEVELOPMENT: tuple[BulkSender, ...] = (
    BulkSender(
        kind="takeaway",
        wordings=(
            "Bengal Bay open til {till} tonight, 2 mains for £{money}, brown rice or white. Ring to order",
            "Bengal Bay: fresh batch of samosas just landed! {n} for £{money} til {till}",
        ),
    ),
    BulkSender(
        kind="church",
        wordings=(
            "Hope Chapel: both services on sunday {n} and 11. Bring a friend",
            "Hope Chapel kitchen is open for the homeless from {n}, spread the word",
        ),
    ),
    BulkSender(
        kind="club",
        wordings=(
            "Tigers u14 training is ON tonight {n}pm bring both shirts",
            "Tigers training OFF, pitch closed. back on next week",
        ),
    ),
    BulkSender(
        kind="shop",
        wordings=(
            "Corner Vape restock is in! 3 for £{money} on all flavours til {till}. Txt STOP to end",
            "Corner Vape back open after the flood, come see us, {n} for £{money}",
        ),
    ),
    BulkSender(
        kind="person_with_new_number",
        wordings=("Hi its Gemma this is my new number please save it and bin the old one xx",),
    ),
    BulkSender(
        kind="barber",
        wordings=("Sharp Cuts walk ins til {till} today, {n} for £{money} dads and lads, bell us",),
    ),
)

SECOND: tuple[BulkSender, ...] = (
    BulkSender(
        kind="takeaway",
        wordings=(
            "Golden Wok. Meal deal {n} for £{money} collect or deliver til {till}",
            "Golden Wok is OPEN all bank holiday, free prawn crackers",
            "We are back! New menu new chef, ring for a table. Golden Wok",
        ),
    ),
    BulkSender(
        kind="mosque",
        wordings=("Jummah at {n} today, please park with care", "Iftar packs ready from {n}pm, both doors open"),
    ),
    BulkSender(
        kind="club",
        wordings=("Darts on tonight {n}pm, both teams need players", "No boxing tonight, coach is ill, back on thurs"),
    ),
    BulkSender(
        kind="shop",
        wordings=(
            "Fresh fish van is outside the Crown now til {till}, {n} fillets £{money}",
            "Fish van: just landed, crab n cod, {n} for £{money}, first come first served",
            "Fish van off this week, engine trouble",
        ),
    ),
    BulkSender(
        kind="person_with_new_number",
        wordings=("New phone new number, its Dawn off the school run x pls delete the old one",),
    ),
    BulkSender(
        kind="nails",
        wordings=("Nails by Kim: cancellations today, {n} slots til {till}, £{money} full set, msg me",),
    ),
    BulkSender(
        kind="window cleaner",
        wordings=("Doing your street tomorrow, {n} till late, gates open please. £{money} as usual. Ta, Rob windows",),
    ),
    BulkSender(
        kind="pub quiz",
        wordings=(
            "Quiz is on at the Plough {n}pm, £{money} a team, bring a mate",
            "No quiz tonight, back on next week",
        ),
    ),
)

FINAL: tuple[BulkSender, ...] = (
    BulkSender(
        kind="takeaway",
        wordings=(
            "Mamma Rosa back on from {n}, any 2 pizzas £{money}, light or dark beer free. Call now",
            "Mamma Rosa deal of the day {n} for £{money} until {till}",
        ),
    ),
    BulkSender(
        kind="church",
        wordings=(
            "St Bede's food bank is on this thursday {n} til {till}, all welcome",
            "St Bede's: choir is back on, white shirts please, {n}pm",
        ),
    ),
    BulkSender(
        kind="club",
        wordings=(
            "Rovers vets: match ON both teams meet {n}am, bring whites n browns shorts lol",
            "Rovers vets no game this week. On again sunday",
        ),
    ),
    BulkSender(
        kind="shop",
        wordings=(
            "Eggs are in, {n} trays for £{money}, same spot by the gate, til they go. Farmer Jim",
            "Logs ready dry n heavy, {n} bags £{money}, can drop off til {till}. Jim",
        ),
    ),
    BulkSender(
        kind="person_with_new_number",
        wordings=("Changed my phone everyone, this is Steve from the allotment, old number gone",),
    ),
    BulkSender(
        kind="valet",
        wordings=("Shine Car Wash open til {till}, {n} cars for £{money}, ring or just come down",),
    ),
)

TAXI: tuple[str, ...] = (
    "Arrow Cars: {colour} Prius {n} mins away",
    "Arrow Cars: your driver is outside now",
)
SURGERY: tuple[str, ...] = (
    "Park Surgery: your appointment is in {n} days at 10.30. Reply CANCEL to cancel",
    "Park Surgery: your prescription for methadone is ready to collect. Bring ID",
)
NETWORK: tuple[str, ...] = (
    "You have {n} days left on your bundle. Text TOPUP to renew",
    "Thanks for topping up £{money}.",
    "Your one time code is 4{n}{n}1{n}7. Do not share it",
)
COLOURS: tuple[str, ...] = ("white", "silver", "blue", "grey")

POLICE: dict[str, str] = {
    "development": "This number was used to sell drugs and has been seized by Westshire Police. You were in contact "
    "with it. If you want help to stop, or know somebody at risk, ring 01632 960555. Do not reply to this text.",
    "second": "From Northshire Police: the phone behind this number is in our hands. Somebody you text may be a child "
    "who is made to sell. Tell us without giving your name: 01632 960666.",
    "final": "Eastshire Police now hold this phone. It was a drugs line. We know that you may not have made contact "
    "yourself. Support is free and private: 01632 960777.",
}
