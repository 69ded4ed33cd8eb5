"""Nicknames: which words may be a line's name, what they weigh, and which spellings are one name."""
