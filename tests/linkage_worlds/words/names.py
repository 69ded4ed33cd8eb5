"""Invented nicknames of lines, and slot values of adverts. Those of ``WORDS`` are ordinary words too."""

from __future__ import annotations

NAMES_DEVELOPMENT: tuple[str, ...] = (
    "Kobi", "Dutch", "Jaygo", "Lenny", "Big Rob", "Zeke", "Bishop", "Nino", "Ace", "Milo", "Scouse Benny", "KD",
    "Manny", "Popeye", "Rusty", "Bobby", "Flip", "Shay", "JJ", "Romeo", "Kizzy", "Teddy", "Sketch", "Delroy",
    "Mikey T", "Lil Sam", "Northside", "Chino", "Tariq", "Wilko", "Gaffer", "Woody",
)  # fmt: skip
WORDS_DEVELOPMENT: tuple[str, ...] = ("Tango", "Frosty", "Magic", "Sparks", "Ghost", "Bounce")

NAMES_SECOND: tuple[str, ...] = (
    "Stretch", "Ginge", "Dougie", "Zak", "Tyrese", "Bam", "Lil Ty", "Brummy Joe", "Rayray", "Cass", "Dom", "Big Daz",
    "Fish", "Jonny 2 Phones", "Knox", "Lefty", "Max", "Nugget", "Pablo", "Q", "Rizla", "Slim", "Tino", "Uzi", "Vee",
    "Wasp", "AJ", "MK", "South Side", "Youngs", "Bagz", "Kaiser",
)  # fmt: skip
WORDS_SECOND: tuple[str, ...] = ("Sunny", "Rocket", "Panda", "Smiler", "Flash", "Storm")

NAMES_FINAL: tuple[str, ...] = (
    "Cisco", "Dex", "Marv", "Omar", "Polo", "Reggie", "Sonny", "Vinny", "Wez", "Yaz", "Alfie", "Bugsy", "Casper",
    "Fingers", "Hutch", "Indy", "Kav", "Leo", "Mack", "Nate", "Oz", "Peanut", "Rocco", "Scouse Davey", "TK",
    "Uncle Pat", "Big Col", "Westy", "Abdi", "Junior K", "Smithy", "Rafa",
)  # fmt: skip
WORDS_FINAL: tuple[str, ...] = ("Turbo", "Lucky", "Jinx", "Domino", "Gizmo", "Orbit")

DEALS_DEVELOPMENT: tuple[str, ...] = (
    "3 for 25", "2 4 £15", "7 for £50", "5x40", "4 for 30", "1 for a tenner", "2-20", "6 for 50", "3 4 20", "£10 each",
)  # fmt: skip
DEALS_SECOND: tuple[str, ...] = (
    "2 for £15", "3 4 25", "5 for 40", "3x20", "10 for 75", "two for a score", "4-35", "7 4 60", "£5 bags", "2 4 18",
)  # fmt: skip
DEALS_FINAL: tuple[str, ...] = (
    "3 for £30", "2 for 18", "8 4 60", "5 for 45", "4x35", "two for 20", "10 for £80", "3-25", "7 4 55", "£12 a go",
)  # fmt: skip

HOURS: tuple[str, ...] = ("10", "11", "midnight", "1am", "late", "9.30", "half 10", "12", "2am")

DECORATIONS: tuple[str, ...] = (" \U0001f525", "!!", " \u2705\u2705", " x", "...", " \U0001f680\U0001f680")

GREETINGS = ("yo", "safe bro", "hi mate", "alright", "morning", "easy fam", "hello boss", "wagwan", "oi oi")
