"""Ordinary talk between people who know each other: hand-made, beside the ham of a public collection.

Part of it sounds like something else, on purpose.
"""

from __future__ import annotations

Talk = tuple[str, ...]

TALKS: tuple[Talk, ...] = (
    ("u home yet", "nearly", "get bread"),
    ("what time is kick off", "quarter past", "il be there"),
    ("nan says thank u for the card", "aw bless"),
    ("did it stop raining there", "no its chucking it down"),
    ("is the gas man coming today", "between 8 n 1", "course he is"),
    ("can u pick ash up at 3", "yes no bother"),
    ("where did u put the charger", "kitchen drawer"),
    ("im outside", "coming down"),
    ("on my way", "ok"),
    ("2 mins", "il open the gate"),
    ("u about tomorrow", "yeh after work", "pint?"),
    ("need a hand with the sofa sat", "what time", "10"),
    ("got paid?", "fri"),
    ("lend us 20 til monday", "skint mate sorry"),
    ("is that offer still on at the gym", "3 months for 2 yeh til sunday"),
    ("new line manager started", "any good", "no"),
    ("get white paint not cream", "2 tins?", "3 for 25 in the shop by u"),
    ("brown bread or white", "brown", "ok"),
    ("happy bday!! have a good one", "cheers x"),
    ("whats the wifi", "back of the router"),
    ("did u see the match", "shocking", "both goals offside"),
    ("sorry missed ur call was drivin", "its ok ring l8r"),
    ("bus is off again", "get the train"),
    ("how is ur mum", "better ta, home thurs"),
    ("appointment is at 4", "good luck"),
    ("ring me when u can", "in a meeting"),
    ("u up", "yeh cant sleep", "same"),
    ("that telly still for sale", "yes 60", "can i come see it"),
    ("dont forget bins", "done"),
    ("love u", "love u too x"),
    ("running late sorry", "no rush"),
    ("any jobs going at urs", "ask for dave", "nice one"),
    ("lost my purse", "cancel ur cards", "found it"),
    ("meet at the station", "which exit", "front"),
    ("is tea ready", "in the oven"),
    ("hows the new place", "cold lol"),
    ("prescription is ready at boots", "ta il get it"),
    ("u going to the funeral", "yes il drive"),
    ("got the stuff for the bbq", "how many coming", "about 12"),
    ("kids are at my mums til 7", "see u then \U0001f609"),
    ("can u get me some green from ur mate", "he aint got any"),
    ("party sat shall i bring something", "just urself lol"),
    ("hiya new number, its jo", "saved x"),
)

NAME_TALKS: tuple[Talk, ...] = (
    ("is {name} coming sat", "said he is"),
    ("{name} lost his job", "no way", "gutted for him"),
    ("whos driving", "{name}"),
    ("saw {name} in town", "hows he doing", "all good, got a dog"),
    ("tell {name} his mum rang", "will do"),
)
"""About, or with, somebody who bears the name of a line."""

WORD_TALKS: dict[str, Talk] = {
    "Tango": ("what drink u want", "tango pls", "no tango left, fanta?"),
    "Frosty": ("bit frosty this morning", "scraped the car for 10 mins"),
    "Magic": ("was the show any good", "magic, kids loved it"),
    "Sparks": ("need a sparks for the kitchen", "try big kev he does sparks work"),
    "Ghost": ("u seen ghost on telly tonight", "seen it 100 times"),
    "Bounce": ("taking them to bounce sat", "trampoline place?", "yeh bounce is great"),
    "Turbo": ("car is losing power", "sounds like the turbo"),
    "Lucky": ("lucky u caught it", "i know lucky or what"),
    "Jinx": ("dont jinx it", "lol ok"),
    "Domino": ("fancy a domino pizza", "domino every time"),
    "Gizmo": ("hows gizmo", "vet says the cat is fine"),
    "Orbit": ("got any orbit gum", "in my bag"),
}
"""With a word that is the name of a line too."""
