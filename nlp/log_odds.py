"""Log-odds as a chance, for scores that people and programs read."""

from __future__ import annotations

from math import exp, log
from typing import Final

_CAP: Final = 30.0
"""Beyond, a chance is nought or one to any digit that is shown, and the exponential could overflow."""

_PLACES: Final = 4


def chance_of(log_odds: float) -> float:
    """Return the chance, 0 to 1."""
    return 1.0 / (1.0 + exp(-max(-_CAP, min(_CAP, log_odds))))


def score_of(log_odds: float) -> float:
    """Return the chance as findings give it: to four places."""
    return round(chance_of(log_odds), _PLACES)


def odds_of(score: float) -> float:
    """Return the log-odds of a score; of nought and one those of the least and the greatest that is told apart."""
    least = 0.5 * 10.0**-_PLACES
    chance = min(1.0 - least, max(least, score))
    return log(chance / (1.0 - chance))
