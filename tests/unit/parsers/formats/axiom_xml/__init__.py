"""Exports of Magnet AXIOM."""
