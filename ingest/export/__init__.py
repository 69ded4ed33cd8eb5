"""Exports of records: JSON lines, the flat form, and CASE/UCO."""
