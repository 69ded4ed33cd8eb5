"""A world of one seed: who is in it, which traps are planted, and everything that happens."""

from __future__ import annotations

from tests.linkage_worlds import plant_lines, plant_phones
from tests.linkage_worlds.building import Town, WorldBuilder
from tests.linkage_worlds.cast import Line
from tests.linkage_worlds.chance import day
from tests.linkage_worlds.everyday import add_honest_senders, live_everyday
from tests.linkage_worlds.line_life import LIVES, add_line, add_runner, live
from tests.linkage_worlds.regimes import Regime

_LEAST_PHONES = 40
"""Of lines, customers and strangers; honest senders and the phones of two cases come on top."""


def make_world(seed: int, regime: Regime | None = None) -> WorldBuilder:
    """Return the world of a seed, whole."""
    return _Story(WorldBuilder(seed, regime)).told()


class _Story:
    def __init__(self, world: WorldBuilder) -> None:
        self._world = world
        self._lives: dict[str, str] = {}
        self._imitated: list[tuple[Line, Line]] = []

    def told(self) -> WorldBuilder:
        """Tell everything, in the order in which it can be told."""
        world = self._world
        home, away = world.towns
        self._lines(home, away)
        self._people(home, away)
        self._strangers()
        senders = add_honest_senders(world)
        plant_phones.exhibit_in_two_cases(world)
        plant_phones.read_more_than_once(world)
        for line in world.lines:
            if not line.is_imitation:
                live(world, line, self._life_of(line))
        for fake, real in self._imitated:
            plant_lines.live_imitator(world, fake, real)
        hubs = live_everyday(world)
        plant_phones.hubs_and_honest(world, hubs, senders)
        plant_phones.swapped_lines(world)
        return world

    def _chosen(self, share: float = 0.75) -> bool:
        return self._world.draw.random() < share

    def _life_of(self, line: Line) -> str:
        return self._lives.get(line.key, "renamed" if line.other_names else "single")

    def _add(self, town: Town, life: str, **wanted: str) -> Line:
        line = add_line(self._world, town, life, name=wanted.get("name"))
        self._lives[line.key] = life
        return line

    def _lines(self, home: Town, away: Town) -> None:
        world, draw = self._world, self._world.draw
        plain = [
            self._add(home, draw.choice(LIVES)),
            self._add(home, draw.choice(LIVES), name=draw.choice(world.bank.words)),
            self._add(away, draw.choice(LIVES)),
        ]
        if self._chosen():
            self._note_changes(plant_lines.common_nickname(world, away, draw.choice(plain[:2])))
        if self._chosen():
            self._note_changes(plant_lines.shared_template(world, draw.choice(world.towns), draw.choice(plain)))
        if self._chosen():
            self._note_changes(plant_lines.same_customers(world, home, draw.choice(plain[:2])), "unannounced")
        if self._chosen():
            self._lives[plant_lines.renamed(world, draw.choice(world.towns)).key] = "renamed"
        if self._chosen():
            self._lives[plant_lines.two_at_once(world, draw.choice(world.towns)).key] = "two at once"
        if self._chosen(0.6) or world.regime.seized_share == 0:
            self._note_changes(plant_lines.never_seized(world, draw.choice(world.towns)), "both ends")
        if self._chosen(0.4):
            self._note_changes(plant_lines.recycled_to_line(world, away, plain[0]))

    def _note_changes(self, line: Line, life: str = "announced by old") -> None:
        self._lives[line.key] = life if line.successions else "single"

    def _people(self, home: Town, away: Town) -> None:
        world, draw = self._world, self._world.draw
        towns = {town.name: town for town in (home, away)}
        for line in list(world.lines):
            plant_lines.with_seized_customers(world, towns[line.town], line, 2, 4)
            if draw.random() < 0.4:
                add_runner(world, towns[line.town], line)
        long = [line for line in world.lines if len(line.customers) >= 11]
        if self._chosen(0.85) and long:
            real = draw.choice(long)
            self._imitated.append((plant_lines.imitator(world, towns[real.town], real), real))
        if draw.random() < 0.5:
            line = draw.choice(world.lines[:3])
            plant_phones.line_sim_found_alone(world, towns[line.town], line)

    def _strangers(self) -> None:
        world, draw = self._world, self._world.draw
        lines = [line for line in world.lines if not line.is_imitation]
        town_of = {line.key: next(town for town in world.towns if town.name == line.town) for line in lines}

        def some() -> Line:
            return draw.choice(lines)

        # a number that is given to a person must not be the one that went to another line
        given = {numbers[0] for numbers in self._given_out()}
        keeping = [line for line in lines if line.stints[-1].number not in given]
        if self._chosen():
            line = draw.choice(keeping)
            plant_lines.recycled_to_person(world, town_of[line.key], line)
        for plant, share in (
            (plant_phones.friend_or_word, 0.9),
            (plant_phones.only_saved, 0.5),
            (plant_phones.police_text, 0.8),
            (plant_phones.forwarded_advert, 0.5),
            (plant_phones.steered_by_private_number, 0.5),
        ):
            if self._chosen(share):
                line = world.lines[1] if plant is plant_phones.friend_or_word else some()
                plant(world, town_of[line.key], line)
        if self._chosen(0.6):
            plant_phones.shared_friends(world, draw.choice(world.towns))
        if self._chosen(0.6):
            plant_phones.sim_in_two_handsets(world, draw.choice(world.towns))
        while len(world.phones) < _LEAST_PHONES:
            since = draw.uniform(0, 60)
            world.person(draw.choice(world.towns), "bystander", day(since), day(since + draw.uniform(40, 120)))

    def _given_out(self) -> list[tuple[str, ...]]:
        """Return the numbers that two lines have one after the other."""
        users: dict[str, set[str]] = {}
        for line in self._world.lines:
            for stint in line.stints:
                users.setdefault(stint.number, set()).add(line.key)
        return [(number,) for number, keys in users.items() if len(keys) > 1]
