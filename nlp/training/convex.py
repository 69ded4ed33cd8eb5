"""Finds where a smooth convex function is least: what all models here are trained by."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_STEPS: Final = 300
_MEMORY: Final = 10


def least(loss: Callable[[Floats], tuple[float, Floats]], size: int) -> Floats:
    """Return where a convex function is least (L-BFGS, Liu and Nocedal 1989)."""
    at = np.zeros(size)
    value, slope = loss(at)
    steps: list[tuple[Floats, Floats]] = []
    for _ in range(_STEPS):
        way = slope.copy()
        shares = []
        for moved, turned in reversed(steps):
            share = (moved @ way) / (turned @ moved)
            shares.append(share)
            way -= share * turned
        way *= (
            (steps[-1][0] @ steps[-1][1]) / (steps[-1][1] @ steps[-1][1])
            if steps
            else 1 / max(1.0, float(np.linalg.norm(slope)))
        )
        for (moved, turned), share in zip(steps, reversed(shares), strict=True):
            way += (share - (turned @ way) / (turned @ moved)) * moved
        length = 1.0
        while True:
            next_value, next_slope = loss(at - length * way)
            if next_value <= value - 1e-4 * length * float(slope @ way) or length < 1e-6:
                break
            length /= 2
        moved, turned = -length * way, next_slope - slope
        if moved @ turned > 1e-10:
            steps = [*steps, (moved, turned)][-_MEMORY:]
        at = at + moved
        is_done = abs(value - next_value) < 1e-5 * abs(value)
        value, slope = next_value, next_slope
        if is_done:
            break
    return at
