"""Finder and iTunes backups."""
