"""What is remembered is bounded: by number, and by the length of what it is kept under."""

from parsers import remembered
from parsers.remembered import Remembered


def test_what_was_kept_is_found_and_what_is_long_is_not_kept() -> None:
    held = Remembered[str, int]()
    held.keep("a", 1, 1)
    held.keep("long", 2, remembered._MOST_CHARS + 1)
    assert held.get("a") == 1
    assert "long" not in held


def test_the_bound_can_be_another() -> None:
    held = Remembered[int, int](most=2)
    for number in range(5):
        held.keep(number, number, 1)
    assert list(held) == [4]


def test_a_lot_is_forgotten_at_once() -> None:
    held = Remembered[int, int]()
    for number in range(10 * remembered._MOST):
        held.keep(number, number, 1)
        assert len(held) <= remembered._MOST
    assert number in held
