"""The two runners: young people who are steered by text. No advert is on their handsets.

The content is at the level of reported trials; it is there so that the pages for safeguarding have something to show.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ingest.demo.cast import DEZZY, DEZZY_ELDER, MARLO_ELDER, MARLO_NEW, MARLO_OLD
from ingest.demo.world import World, chance, mobile

_T, _YUNGIN = mobile(43), mobile(45)

_SHIFT = (
    ("how many u got left", "9 n 4"),
    ("what u on cash wise", "340"),
    ("go see the man by the bus stop", "ok 2 min", "done"),
    ("send me ur location", "im at the flat"),
    ("why was ur fone off", "it died sorry"),
    ("stay there til i say", "ok"),
    ("bring the cash to the station", "what time", "half 7"),
    ("somebody coming to u now blue jacket", "yeh i see him"),
)

_STEERED = (
    ("2024-01-22T15:30:00", ("u want new trainers? come work the wkend", "is it safe", "ur with me nothing happens")),
    (
        "2024-01-26T07:05:00",
        ("train is 7.40 get off at ashbrook someone will meet u", "i got school tho", "say ur ill"),
    ),
    (
        "2024-02-02T23:10:00",
        ("they robbed me they took all of it", "then u owe me 600 u work it off", "i didnt do nothin"),
    ),
    (
        "2024-02-06T21:00:00",
        ("can i come home now been 5 days", "when its paid off", "my mum keeps ringin", "dont pick up"),
    ),
    ("2024-02-20T22:15:00", ("the old man in the flat says he wants us out", "he knows the deal tell him shut up")),
    ("2024-03-04T20:40:00", ("delete these msgs every night", "ok")),
    ("2024-03-10T09:12:00", ("dont get any ideas i know where ur sister goes to school", "i wont say anything")),
)

_BEHIND_THE_LINE = (
    ("2024-03-13T08:10:00", ("new one working?", "yh sent it to everyone", "good get the old 1 binned")),
    ("2024-03-18T14:30:00", ("T not answering u seen him", "nah think feds got him", "get someone else on it")),
    ("2024-04-02T21:45:00", ("what we at", "bout done", "il send a top up tmro")),
)

_LONG_TEXT = (
    "listen carefully cos im only saying it once. tomorrow u get the 6.15, not the one after, u sit at the front and "
    "u dont talk to nobody. when u get there she will open the side door, give her nothing. count it twice before u "
    "ring me and ring from the other phone not this one. if anyone asks ur at ur cousins for the weekend. do it right "
    "and the money u owe comes down to 200 \U0001f91d"
)
"""Longer than one text message: the handset joined its parts."""


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _shifts(world: World, line: str, runner: str, period: tuple[str, str], count: int) -> None:
    draw = chance(f"shifts {line} {runner}")
    start, end = (_at(f"{day}T09:00:00") for day in period)
    span = int((end - start).total_seconds())
    for _ in range(count):
        at = start + timedelta(seconds=draw.randrange(span))
        world.talk(at, (line, runner), draw.choice(_SHIFT), pace_seconds=draw.randrange(30, 400))
        if draw.randrange(3) == 0:
            world.call(at + timedelta(minutes=25), line, runner, draw.randrange(0, 90))


def tell(world: World) -> None:
    """Log what was said to the runners, by the lines' numbers and by those behind them."""
    _shifts(world, MARLO_OLD, _T, ("2024-01-24", "2024-03-12"), 70)
    _shifts(world, DEZZY, _YUNGIN, ("2024-03-02", "2024-05-31"), 80)
    for starts_at, lines in _STEERED:
        speaker_is_runner = lines[0].startswith(("they robbed", "can i come", "the old man"))
        people = (_T, MARLO_ELDER) if speaker_is_runner else (MARLO_ELDER, _T)
        world.talk(_at(starts_at), people, lines, pace_seconds=140)
    for starts_at, lines in _BEHIND_THE_LINE:
        world.talk(_at(starts_at), (MARLO_ELDER, MARLO_NEW), lines, pace_seconds=200)
    world.talk(
        _at("2024-04-11T19:22:00"), (DEZZY_ELDER, _YUNGIN), (_LONG_TEXT, "ok but i got exams monday", "then be quick")
    )
